package clean

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"baogao"
)

// cleaned is the text of the lines that Lines leaves.
func cleaned(t *testing.T, text string) (string, baogao.Cleaning) {
	t.Helper()
	var c baogao.Cleaning
	var texts []string
	for _, l := range Lines(text, &c) {
		texts = append(texts, l.Text)
	}
	return strings.Join(texts, "\n"), c
}

func TestStripGlosses(t *testing.T) {
	for _, tt := range []struct {
		in, want string
		glosses  int
	}{
		{"鼓樓區(qū)政府", "鼓樓區政府", 1},
		{"法治政府建設（shè）", "法治政府建設", 1},
		{"強（qiáng）化責(zé)任", "強化責任", 2},
		{"女(nǚ)職工與綠(lǜ)化、戰(zhàn)略(lüè)", "女職工與綠化、戰略", 4},
		{"區(qū)(qū)政府", "區政府", 2},
		{"創(chuàng)新、莊(zhuāng)嚴", "創新、莊嚴", 2},
		{norm.NFD.String("區(qū)政府、綠(lǜ)化"), "區政府、綠化", 2},
		{"區\u200b(qū)政府", "區政府", 1},
		{"區(q\u0251\u0304n)", "區(q\u0251\u0304n)", 0}, // qān is no syllable
		{"(qū)政府", "(qū)政府", 0},                       // behind no character
		{"區(qūyù)域", "區(qūyù)域", 0},                   // two syllables
		{"區(qǔú)域", "區(qǔú)域", 0},                     // two marks
		{"區(QŪ)域", "區(QŪ)域", 0},
		{"(一)組織領導。含(含)稅，職(工)、協定(RCEP)、案卷(A类)、辦法(试行)、註(1)", "(一)組織領導。含(含)稅，職(工)、協定(RCEP)、案卷(A类)、辦法(试行)、註(1)", 0},
		{"建設的(de)要求", "建設的(de)要求", 0},
		{"區(qū)、務(wù)的(de)要求", "區、務的(de)要求", 2},
		{"區(qū)、務(wù)、設(shè)的(de)要求，會議(yi)，指標(GDP)、(ok)", "區、務、設的要求，會議，指標(GDP)、(ok)", 5},
		{"咖啡(café)館", "咖啡(café)館", 0},
	} {
		t.Run(tt.in, func(t *testing.T) {
			got, c := cleaned(t, tt.in)
			if got != tt.want || c.Glosses != tt.glosses {
				t.Errorf("Lines(%q) = %q, %d glosses, want %q, %d", tt.in, got, c.Glosses, tt.want, tt.glosses)
			}
		})
	}
}

func TestDropInvisible(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"行政\u200b复议", "行政复议"},
		{"\uFEFF行政复议", "行政复议"},
		{"行政\u00AD复议\u2060", "行政复议"},
		{"行\uE123政复议", "行政复议"},
		{"办件\x01１４件，⻄部「」", "办件１４件，⻄部「」"}, // what has width stays as published
		{"甲\t乙　丙", "甲\t乙　丙"},
		{"葛\U000E0100城", "葛城"},
	} {
		t.Run(tt.in, func(t *testing.T) {
			if got, _ := cleaned(t, tt.in); got != tt.want {
				t.Errorf("Lines(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestSplitLines(t *testing.T) {
	got, _ := cleaned(t, "甲\r\n乙\r丙\n\n丁\u2028戊\u0085己\f庚")
	if want := "甲\n乙\n丙\n丁\n戊\n己\n庚"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
