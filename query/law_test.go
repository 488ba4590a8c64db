package query

import (
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The law of the language: a question printed and parsed again is the same
// question, and nothing in it is odd any more.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		``, `议`, `营商环境 -街道`, `a OR (b c) -d`, `region:四川 year:2020..2024 level:街道 "行政 复议"`,
		`within:sentence 「a "b" c」 『「d」』`, `-(a|"OR") year:去年`, nested(40), `““十四五”规划” （“a”b） 《c》（一） 1）‘d’`,
	} {
		f.Add(seed)
	}
	f.Fuzz(checkLaw)
}

// Random bytes seldom make a question, so the law is tried on random rows of
// what means something too.
func TestParsePrintsWhatItReads(t *testing.T) {
	pieces := strings.Fields(`a 议 OR AND NOT | ｜ - - － ( ( ) ) （ ） " ＂ “ ” 「 」 『 』 region: year: level： kind:工作 number: title: sure: .8 within: within:句 2020 .. 省 : 、 \ 《 》 ‘ ’ “ ” , ; 、 ' 〝 ﹃ 甲 一 ① 地区: 年份: 标题： 范围: 章节:问题`)
	pieces = append(pieces, " ", " ", " ", "　", "\n", "\u200b", "\xff")
	random := rand.New(rand.NewPCG(1, 2))
	for range 50_000 {
		var text strings.Builder
		for range 1 + random.IntN(16) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		checkLaw(t, text.String())
	}
}

// warningForm is a place and an id with its arguments.
var warningForm = regexp.MustCompile(`^character [1-9]\d*( and after)?: [a-z-]+[0-9]?( (?s:.*))?$`)

// checkLaw fails the test unless text means a canonical tree, its warnings
// name their places, and its canonical form means the same.
func checkLaw(t *testing.T, text string) {
	t.Helper()
	q := Parse(text)
	checkTree(t, q.Root)
	for _, w := range q.Warnings {
		if !warningForm.MatchString(w.String()) {
			t.Errorf("%q warns %q", text, w)
		}
	}
	canonical := q.String()
	if utf8.RuneCountInString(canonical) > MaxText {
		return // it is cut when it is read; the law speaks of what is read whole
	}
	again := Parse(canonical)
	if !reflect.DeepEqual(again.Root, q.Root) || again.Within != q.Within {
		t.Errorf("%q prints as %q\nfirst  %#v within %q\nsecond %#v within %q", text, canonical, q.Root, q.Within, again.Root, again.Within)
	}
	if slices.ContainsFunc(again.Warnings, func(w Warning) bool { return w.ID != textBracket || !hasMark(canonical) }) {
		t.Errorf("%q prints as %q, which warns %q", text, canonical, again.Warnings)
	}
	if second := again.String(); second != canonical {
		t.Errorf("%q prints as %q, then as %q", text, canonical, second)
	}
}

// checkTree fails the test unless the tree is canonical.
func checkTree(t *testing.T, n Node) {
	t.Helper()
	switch n := n.(type) {
	case And:
		if len(n) < 2 || slices.ContainsFunc(n, func(part Node) bool { return part == nil || is[And](part) }) {
			t.Errorf("not canonical: %#v", n)
		}
		for _, part := range n {
			checkTree(t, part)
		}
	case Or:
		if len(n) < 2 || slices.ContainsFunc(n, func(part Node) bool { return part == nil || is[Or](part) }) {
			t.Errorf("not canonical: %#v", n)
		}
		for _, part := range n {
			checkTree(t, part)
		}
	case Not:
		if n.Node == nil || is[Not](n.Node) {
			t.Errorf("not canonical: %#v", n)
		}
		checkTree(t, n.Node)
	case Word:
		if strings.TrimSpace(string(n)) == "" || !utf8.ValidString(string(n)) {
			t.Errorf("not a word: %q", string(n))
		}
	case Literal:
		if !hasMark(string(n)) || !utf8.ValidString(string(n)) {
			t.Errorf("not a literal: %q", string(n))
		}
	case Field:
		if strings.TrimSpace(n.Value) != n.Value || n.Value == "" {
			t.Errorf("not a value: %#v", n)
		}
	}
}
