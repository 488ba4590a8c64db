package analyzer

import "testing"

func TestArabicYears(t *testing.T) {
	for in, want := range map[string]string{
		"二〇二三年":          "2023年",
		"二零二三年度":         "2023年度",
		"关于一九九八年至二〇〇五年的": "关于1998年至2005年的",
		Fold("二○二一年"):    "2021年",
		"2023年":          "2023年",
		"三〇二三年":          "三〇二三年",
		"二〇二年":           "二〇二年",
		"二〇二三":           "二〇二三",
		"":               "",
	} {
		if got := ArabicYears(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestChineseDigit(t *testing.T) {
	for r, want := range map[rune]int{'〇': 0, '零': 0, '一': 1, '九': 9, '十': -1, '1': -1, '年': -1} {
		if got := ChineseDigit(r); got != want {
			t.Errorf("%c: got %d, want %d", r, got, want)
		}
	}
}
