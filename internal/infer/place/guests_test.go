package place

import (
	"testing"

	"baogao/internal/gazetteer"
)

func TestGuests(t *testing.T) {
	tests := []struct {
		line  string
		guest bool
	}{
		{"组织骨干赴宁波市考察", true},
		{"对口支援宁波市", true},
		{"借鉴宁波市先进做法", true},
		{"宁波市经验", true},
		{"宁波市考核为优秀", false},
		{"赴外地学习,宁波市给予肯定", false},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			found := gazetteer.Find(tt.line)
			if len(found) != 1 || isGuest(tt.line, found[0]) != tt.guest {
				t.Errorf("%+v, want one name with guest %v", found, tt.guest)
			}
		})
	}
}

func TestNumberFits(t *testing.T) {
	tests := []struct {
		letters, code string
		want          bool
	}{
		{"徐鼓", "320302", true},
		{"徐鼓", "320106", false},
		{"鼓", "320106", true},
		{"川", "510000", true},
		{"渝", "500000", true},
		{"渝北", "500112", true},
		{"遂安", "510904", true},
		{"浙", "320302", false},
	}
	for _, tt := range tests {
		t.Run(tt.letters+" "+tt.code, func(t *testing.T) {
			p, ok := gazetteer.ByCode(tt.code)
			if got := fits(p, []rune(tt.letters)); !ok || got != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}
