package analyzer

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"行政复议", "行政复议"},
		{"行政復議", "行政复议"},
		{"幹部作風", "干部作风"},
		{"干部", "干部"},
		{"檢查后", "检查后"},
		{"檢查後", "检查后"},
		{"知責于心", "知责于心"},
		{"知責於心", "知责于心"},
		{"答覆", "答复"},
		{"隨著", "随着"},
		{"公共衞生", "公共卫生"},
		{"公共衛生", "公共卫生"},
		{"裏裡", "里里"},
		{"羣峯", "群峰"},
		{"⻄部人⺠⻓江", "西部人民长江"},
		{"⼀⽇⽅⾯", "一日方面"},
		{"金更說", "金更说"},
		{"𫠠龜 龜龜", "𫠠龟 龟龟"},
		{"１４件ＡＢＣａ％", "14件abca%"},
		{"ｶﾀｶﾅ", "カタカナ"},
		{"RCEP Äß Ω Я", "rcep äß ω я"},
		{"二○二三年二◯二三〇", "二〇二三年二〇二三〇"},
		{"①⑩½㎡℃", "①⑩½㎡℃"},
		{"二十届", "二十届"},
		{"〔2023〕［1］【2】（一）[3]", "(2023)(1)(2)(一)(3)"},
		{"“法治”„‟\"「」『』﹁﹂＂", `"法治"""""""""""`},
		{"‘法’'＇", "'法'''"},
		{"——–―−－─-", "--------"},
		{"a\u3000b\u00a0c\td\ne\u2003f\r", "a b c d e f "},
		{"：；，！？。、", ":;,!?。、"},
		{"買買提·艾力•阿凡提", "买买提·艾力·阿凡提"},
		{"a\xffb\xe6\x94", "a\ufffdb\ufffd\ufffd"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			if got := Fold(tt.in); got != tt.want {
				t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
			}
			if got := string(FoldRunes([]rune("x"), tt.in)); got != "x"+tt.want {
				t.Errorf("FoldRunes(x, %q) = %q, want %q", tt.in, got, "x"+tt.want)
			}
		})
	}
}

func TestFoldOfEveryRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		f := FoldRune(r)
		if again := FoldRune(f); again != f {
			t.Errorf("FoldRune(%U) = %U, which folds to %U", r, f, again)
		}
		if want := entryOf(f); lookup(r)&^readFlags != want {
			t.Errorf("lookup(%U) = %x, want %x", r, lookup(r), want)
		}
		if !utf8.ValidRune(r) {
			continue
		}
		s := "议" + string(r) + "a"
		folded := Fold(s)
		if got, want := utf8.RuneCountInString(folded), utf8.RuneCountInString(s); got != want {
			t.Errorf("Fold(%q) = %q has %d runes, want %d", s, folded, got, want)
		}
		if again := Fold(folded); again != folded {
			t.Errorf("Fold(%q) = %q, which folds to %q", s, folded, again)
		}
	}
}

// entryOf classifies a folded rune by its properties alone.
func entryOf(f rune) entry {
	c := charOf(f)
	if isDigit(f) {
		c = digit
	}
	return entry(f) | entry(c)<<classShift
}

func TestFoldAllocatesNothingForFoldedText(t *testing.T) {
	s := strings.Repeat("行政复议案件14件,", 20)
	if n := testing.AllocsPerRun(10, func() { _ = Fold(s) }); n != 0 {
		t.Errorf("Fold of folded text allocates %v times, want 0", n)
	}
}

func TestFoldDataIsSortedPairs(t *testing.T) {
	var last rune
	pairs := 0
	for line := range strings.Lines(foldData) {
		if line[0] == '#' {
			continue
		}
		runes := []rune(line)
		if len(runes) != 4 || runes[1] != '\t' || runes[3] != '\n' || runes[0] <= last {
			t.Errorf("line %q is not a pair after %q", line, last)
		}
		last = runes[0]
		pairs++
	}
	if pairs < 4000 {
		t.Errorf("%d pairs, want at least 4000", pairs)
	}
}

func FuzzFold(f *testing.F) {
	f.Add("行政復議１４件")
	f.Add("a\xff\xe6")
	f.Fuzz(func(t *testing.T, s string) {
		folded := Fold(s)
		if again := Fold(folded); again != folded {
			t.Errorf("Fold(%q) = %q, which folds to %q", s, folded, again)
		}
		if utf8.RuneCountInString(folded) != utf8.RuneCountInString(s) {
			t.Errorf("Fold(%q) = %q has another number of runes", s, folded)
		}
		if got := string(FoldRunes(nil, s)); got != folded {
			t.Errorf("FoldRunes(%q) = %q, Fold gives %q", s, got, folded)
		}
	})
}
