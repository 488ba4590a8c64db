package analyzer

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestFind(t *testing.T) {
	tests := []struct {
		word, text string
		want       []Span
	}{
		{"行政复议", "受理行政復議，行政复议", []Span{{2, 6}, {7, 11}}},
		{"行政復議", "行政复议", []Span{{0, 4}}},
		{" 　行政复议\t", "行政复议", []Span{{0, 4}}},
		{"议", "复议议", []Span{{1, 2}, {2, 3}}},
		{"议议", "议议议", []Span{{0, 2}}},
		{"14件", "共114件、14件", []Span{{6, 9}}},
		{"14件", "３１４件 １４件", []Span{{5, 8}}},
		{"14", "14.5 14", []Span{{5, 7}}},
		{"2%", "99.2%，2%", []Span{{6, 8}}},
		{"99.2", "99.2.1", []Span{{0, 4}}},
		{"99.2", "199.2", nil},
		{"2.28", "2023.2.28", []Span{{5, 9}}},
		{"28", "2023.2.28", []Span{{7, 9}}},
		{".2", "99.2", nil},
		{"led", "tled led (LED)", []Span{{5, 8}, {10, 13}}},
		{"g", "5G", []Span{{1, 2}}},
		{"cafe", "cafe\u0301", nil},
		{"100%", "100件", nil},
		{"(2023)21号", "遂安委〔2023〕21号", []Span{{3, 12}}},
		{"a  b", "a b a  b", []Span{{4, 8}}},
		{"、", "甲、乙、", []Span{{1, 2}, {3, 4}}},
		{"", "甲", nil},
		{" ", "甲 乙", nil},
		{"甲乙丙", "甲乙", nil},
	}
	for _, tt := range tests {
		t.Run(tt.word+" in "+tt.text, func(t *testing.T) {
			p, folded := Compile(tt.word), FoldRunes(nil, tt.text)
			if got := p.Find(folded, nil); !slices.Equal(got, tt.want) {
				t.Errorf("Compile(%q).Find(%q) = %v, want %v", tt.word, tt.text, got, tt.want)
			}
			if got := p.In(folded); got != (len(tt.want) > 0) {
				t.Errorf("Compile(%q).In(%q) = %v, want %v", tt.word, tt.text, got, tt.want)
			}
		})
	}
}

func TestFindAppends(t *testing.T) {
	got := Compile("议").Find([]rune("复议"), []Span{{7, 8}})
	if want := []Span{{7, 8}, {1, 2}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPatternTerms(t *testing.T) {
	tests := []struct {
		in   string
		want []Term
	}{
		{"", nil},
		{"，。、", nil},
		{"议", []Term{{"议", true}}},
		{"行政復議", []Term{{"行政", false}, {"政复", false}, {"复议", false}}},
		{"14件", []Term{{"14件", false}}},
		{"14件案", []Term{{"14件", false}, {"件案", false}}},
		{"件14", []Term{{"件", false}, {"14", false}}},
		{"2%", []Term{{"2", false}, {"%", false}}},
		{"甲、乙", []Term{{"甲", false}, {"乙", true}}},
		{"甲、乙、", []Term{{"甲", false}, {"乙", false}}},
		{"5G网", []Term{{"5", false}, {"g", false}, {"网", true}}},
		{"12.5亿元", []Term{{"12.5亿", false}, {"亿元", false}}},
		{"2023.2.28", []Term{{"2023", false}, {"2", false}, {"28", false}}},
		{"人人人人", []Term{{"人人", false}}},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			if got := Compile(tt.in).Terms(); !slices.Equal(got, tt.want) {
				t.Errorf("Compile(%q).Terms() = %v, want %v", tt.in, got, tt.want)
			}
		})
	}
}

func TestPatternString(t *testing.T) {
	if got := CompileLiteral(" 「復議」 １４ ").String(); got != `"复议" 14` {
		t.Errorf("got %q", got)
	}
	if got := Compile(" 「復議」 １４ ").String(); got != `复议" 14` {
		t.Errorf("got %q", got)
	}
}

// findByUnits is what Find means: the runs of whole units that have the
// characters of the word.
func findByUnits(p *Pattern, folded []rune) []Span {
	want := p.String()
	units := Units(folded)
	var spans []Span
	for i := 0; i < len(units) && want != ""; i++ {
		for j := i; j < len(units); j++ {
			if string(folded[units[i].Start:units[j].End]) == want {
				spans = append(spans, Span{units[i].Start, units[j].End})
				i = j
				break
			}
		}
	}
	return spans
}

// ways are those in which a word may be asked for.
var ways = []func(word string) *Pattern{Compile, CompileLiteral}

func checkFind(t *testing.T, word, text string) {
	t.Helper()
	for _, compile := range ways {
		pattern := compile(word)
		folded := read(text, pattern.Literal()).Runes
		want := findByUnits(pattern, folded)
		if got := pattern.Find(folded, nil); !slices.Equal(got, want) {
			t.Errorf("%q (literal %v) in %q: found at %v, want %v", word, pattern.Literal(), text, got, want)
		}
	}
}

// TestFindByUnits holds Find to its definition for all short words in all
// short texts.
func TestFindByUnits(t *testing.T) {
	alphabet := []rune("1.a\u0301议")
	var words []string
	eachText(alphabet, 3, func(s string) { words = append(words, s) })
	eachText(alphabet, 5, func(text string) {
		for _, word := range words {
			checkFind(t, word, text)
		}
	})
}

func FuzzFind(f *testing.F) {
	f.Add("14件", "共114件、14件")
	f.Add("2.28", "2023.2.28")
	f.Fuzz(checkFind)
}

// blankThousands is a number that a blank parts, which is one only before its
// unit.
var blankThousands = regexp.MustCompile(`[0-9０-９][ \x{a0}\x{2007}\x{2009}\x{202f}][0-9０-９]{3}`)

// checkLaw holds every word cut from text at the borders of units, up to most
// units long, to the text, in which it occurs there, and its terms to the tokens
// of text.
func checkLaw(t *testing.T, text string, most int) {
	t.Helper()
	have := map[string]bool{}
	begins := map[string]bool{}
	for _, token := range (Tokenizer{}).Tokenize([]byte(text)) {
		have[string(token.Term)] = true
		for i := range string(token.Term) {
			begins[string(token.Term[:i])] = true
		}
		begins[string(token.Term)] = true
	}
	of := map[bool]*Text{false: read(text, false), true: read(text, true)}
	source, units := []rune(text), Units(of[false].Runes)
	for i := range units {
		for j := i; j < min(len(units), i+most); j++ {
			at := of[false].Source(Span{units[i].Start, units[j].End})
			word := string(source[at.Start:at.End])
			if blankThousands.MatchString(word) {
				continue
			}
			for _, compile := range ways {
				pattern := compile(word)
				in := of[pattern.Literal()]
				if pattern.Bare() != "" && !slices.ContainsFunc(every(pattern, in.Runes), func(s Span) bool { return holds(in.Source(s), at, source) }) {
					t.Errorf("%q is not found at %v of %q, literal %v", word, at, text, pattern.Literal())
				}
				for _, term := range pattern.Terms() {
					if ok := have[term.Text] || term.Prefix && begins[term.Text]; !ok {
						t.Errorf("%q in %q: no token for %v", word, text, term)
					}
				}
			}
		}
	}
}

// every is where a word stands in a text, overlapping or not.
func every(p *Pattern, folded []rune) (all []Span) {
	for at := p.next(folded, 0); at >= 0; at = p.next(folded, at+1) {
		all = append(all, Span{at, at + len(p.word)})
	}
	return all
}

// holds reports whether a span is another one but for blanks and marks around it.
func holds(s, in Span, source []rune) bool {
	blank := func(from, to int) bool {
		return strings.TrimFunc(string(source[from:to]), func(r rune) bool { return unicode.IsSpace(r) || IsQuotation(r) }) == ""
	}
	return in.Start <= s.Start && s.End <= in.End && blank(in.Start, s.Start) && blank(s.End, in.End)
}

func TestTermsOfShortTexts(t *testing.T) {
	eachText([]rune("12.a议，"), 5, func(s string) { checkLaw(t, s, 6) })
	eachText([]rune("1议“《”a"), 5, func(s string) { checkLaw(t, s, 6) })
	for _, text := range []string{"1,234件", "11,1,234件", "12,345,678.90元", "0.5,123", "1,234,56", "1234,567,890", "共1 234“件”", "3 1 234 件", "１，２３４件，１１", "5㎡，5km²", "Ⅱ类", "cafe\u0301", "カ\u3099ﾞ“ガ”"} {
		checkLaw(t, text, 12)
	}
}

func TestTermsOfRandomTexts(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		checkLaw(t, randomText(rnd, rnd.IntN(40)), 12)
	}
}

func FuzzTerms(f *testing.F) {
	f.Add("受理行政復議１４件，99.2%")
	f.Fuzz(func(t *testing.T, s string) { checkLaw(t, s, 10) })
}

func TestTermsOfRealTexts(t *testing.T) {
	for _, text := range realTexts(t, 300) {
		checkLaw(t, text, 12)
	}
}

// randomText mixes Han of both scripts, digits, letters, punctuation and
// bytes that are no text.
func randomText(rnd *rand.Rand, n int) string {
	kinds := []string{"行政復議复议著覆衞⻄金", "0123456789０１９", ".．.,，。、 \u3000\n", "aBｃéβ\u0301", "〔〕()“”%％‰《》‘", "カｶﾞー한𠀀勣①½㎡Ⅱm²"}
	var b strings.Builder
	for b.Len() < n {
		kind := []rune(kinds[rnd.IntN(len(kinds))])
		for range 1 + rnd.IntN(4) {
			b.WriteRune(kind[rnd.IntN(len(kind))])
		}
		if rnd.IntN(20) == 0 {
			b.WriteByte(byte(0x80 + rnd.IntN(0x80)))
		}
	}
	return b.String()
}

// TestSettled holds the bytes of words to occurrences in settled texts.
func TestSettled(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"全年受理行政复议案件14件，ＬＥＤ屏100％。", true}, {"行政復議", false}, {"長", false}, {"⻓", false}, {"", true}, {"ABC（一）", true}, {"二○二二", false}, {"“放管服”改革1,234件", true}, {"5㎡", false}, {"カ\u3099", false},
	} {
		if got := Settled(tt.text); got != tt.want {
			t.Errorf("%s: %v", tt.text, got)
		}
	}
	for word, want := range map[string]string{"行政復議": "行政复议", "议": "议", "14件": "", "，": "", "5G": "", "": "", "复议 案件": ""} {
		if got := string(Compile(word).Bytes()); got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
	text := "行政复议，行政 复议。行a政复议行政复议"
	if n := len(Compile("行政復議").Find(read(text, false).Runes, nil)); n != 2 || strings.Count(text, "行政复议") != n {
		t.Errorf("%d occurrences", n)
	}
}
