package engine_test

import (
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/analyzer"
	"baogao/internal/copies"
	"baogao/internal/engine"
	"baogao/internal/engine/enginetest"
	"baogao/internal/gazetteer"
	"baogao/internal/testkit"
	"baogao/query"
)

var pairs = flag.Int("pairs", 60, "how many pairs of reports TestCopies makes, half of them copies")

// A pairMaker makes pairs of texts out of real or invented reports.
type pairMaker struct {
	random *rand.Rand
	texts  []string
	other  map[rune]rune // a Traditional character for each Simplified one that has some
}

func newPairMaker(t *testing.T) *pairMaker {
	t.Helper()
	m := &pairMaker{random: rand.New(rand.NewPCG(7, 11)), other: map[rune]rune{}}
	for r := rune(0x4E00); r < 0xA000; r++ {
		if f := analyzer.FoldRune(r); f != r && m.other[f] == 0 {
			m.other[f] = r
		}
	}
	names, err := filepath.Glob(samples + "/*/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob(seeds + "/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for r, err := range corpus.Reports(t.Context(), append(names, more...), corpus.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, p := range r.Paragraphs {
			text.WriteString(p.Text + "\n")
		}
		if text.Len() > 1500 {
			m.texts = append(m.texts, text.String())
		}
	}
	if len(m.texts) < 8 {
		t.Fatalf("only %d texts to make pairs of", len(m.texts))
	}
	return m
}

func (m *pairMaker) text() string { return m.texts[m.random.IntN(len(m.texts))] }

// each replaces some of the characters of a text.
func (m *pairMaker) each(text string, share float64, replace func(r rune) string) string {
	var b strings.Builder
	for _, r := range text {
		if m.random.Float64() < share {
			b.WriteString(replace(r))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// copyOf makes a copy of a text as other sites and programs do.
func (m *pairMaker) copyOf(text string) (name, copied string) {
	glosses := map[rune]string{'政': "zhèng", '法': "fǎ", '区': "qū", '市': "shì", '行': "xíng", '发': "fā", '工': "gōng", '建': "jiàn"}
	kinds := []struct {
		name string
		make func(string) string
	}{
		{"other script", func(s string) string {
			return m.each(s, 1, func(r rune) string {
				if o := m.other[r]; o != 0 {
					return string(o)
				}
				return string(r)
			})
		}},
		{"glossed", func(s string) string {
			return m.each(s, 1, func(r rune) string {
				if g := glosses[r]; g != "" {
					return string(r) + "(" + g + ")"
				}
				return string(r)
			})
		}},
		{"page of a mirror", func(s string) string {
			return "首页 > 文库 > 政府工作报告\n您的位置:首页\n" + s + "\n上一篇:没有了\n下一篇:某某公司简介\n相关推荐\n2024年度工作总结范文\n版权所有 某某文库网\n"
		}},
		{"hard-wrapped", func(s string) string {
			var b strings.Builder
			for line := range strings.Lines(s) {
				runes := []rune(strings.TrimSpace(line))
				for i := 0; i < len(runes); i += 36 {
					b.WriteString(string(runes[i:min(i+36, len(runes))]) + "\n")
				}
			}
			return b.String()
		}},
		{"other punctuation", func(s string) string {
			return strings.NewReplacer("，", ",", "。", "．", "；", ";", "（", "(", "）", ")", "1", "１", "2", "２").Replace(s)
		}},
		{"misread characters", func(s string) string {
			return m.each(s, 0.01, func(rune) string { return string(rune(0x4E00 + m.random.IntN(5000))) })
		}},
		{"end lost", func(s string) string {
			runes := []rune(s)
			return string(runes[:len(runes)*93/100])
		}},
		{"beginning lost", func(s string) string {
			runes := []rune(s)
			return string(runes[len(runes)*5/100:])
		}},
	}
	first, second := kinds[m.random.IntN(len(kinds))], kinds[m.random.IntN(3)]
	if m.random.IntN(3) > 0 || first.name == second.name {
		return first.name, first.make(text)
	}
	return first.name + ", " + second.name, second.make(first.make(text))
}

var (
	yearPattern   = regexp.MustCompile(`20[12]\d`)
	numberPattern = regexp.MustCompile(`\d+`)
	placePattern  = regexp.MustCompile(`[\p{Han}]{2}(区|县|市|街道)`)
)

// otherReport makes a text that is like another and reports something else.
func (m *pairMaker) otherReport(text string) (name, other string) {
	nextYear := func(s string) string {
		s = yearPattern.ReplaceAllStringFunc(s, func(y string) string {
			n, _ := strconv.Atoi(y)
			return strconv.Itoa(n + 1)
		})
		return numberPattern.ReplaceAllStringFunc(s, func(n string) string {
			if len(n) == 4 && n[0] == '2' || m.random.IntN(4) == 0 {
				return n
			}
			return strconv.Itoa(m.random.IntN(900) + 1)
		})
	}
	newSentences := func(s string, share float64) string {
		parts, donor := strings.SplitAfter(s, "。"), strings.SplitAfter(m.text(), "。")
		for i := range parts {
			if m.random.Float64() < share && len(donor) > 0 {
				parts[i] = donor[m.random.IntN(len(donor))]
			}
		}
		return strings.Join(parts, "")
	}
	switch m.random.IntN(4) {
	case 0:
		return "the next year, all sentences kept", nextYear(text)
	case 1:
		return "the next year, most sentences kept", newSentences(nextYear(text), 0.2)
	case 2:
		if place := placePattern.FindString(text); place != "" {
			return "another place, by the same form", nextYear(strings.ReplaceAll(text, place, "青石"+string([]rune(place)[2:])))
		}
	}
	for {
		if o := m.text(); o != text {
			return "another report", o
		}
	}
}

// TestCopies makes pairs of reports, takes each through reading and indexing,
// and counts which are taken for copies.
func TestCopies(t *testing.T) {
	if testing.Short() {
		t.Skip("no pairs of reports are made under -short")
	}
	m := newPairMaker(t)
	var right, missed, wrong int
	lowest, highest := 1.0, 0.0
	for n := range *pairs {
		text := m.text()
		made, same := m.otherReport, n%2 == 0
		if same {
			made = m.copyOf
		}
		name, second := made(text)
		a, b := parse(t, "a.txt", text), parse(t, "b.txt", second)
		found := len(copiesOf(t, a, b)) == 1
		of, other := copies.Read(a).Sketch, copies.Read(b).Sketch
		r := of.Agreement(&other)
		if same {
			lowest = min(lowest, r)
		} else {
			highest = max(highest, r)
		}
		switch {
		case found && same:
			right++
		case found:
			wrong++
			t.Logf("pair %d: %s is taken for a copy, resemblance %.2f\n%+v\n%+v", n, name, r, a.Meta, b.Meta)
		case same:
			missed++
			t.Logf("pair %d: %s is not found, resemblance %.2f\n%+v\n%+v", n, name, r, a.Meta, b.Meta)
		}
	}
	precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(right+missed)
	t.Logf("%d pairs: precision %.3f, recall %.3f; resemblance of copies from %.2f, of others up to %.2f", *pairs, precision, recall, lowest, highest)
	if precision < 0.98 || recall < 0.98 {
		t.Errorf("precision %.3f and recall %.3f, want 0.98", precision, recall)
	}
}

func parse(t *testing.T, id, text string) *baogao.Report {
	t.Helper()
	r, err := corpus.Parse(t.Context(), id, text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// copiesOf indexes reports and returns which are copies, and of what.
func copiesOf(t *testing.T, reports ...*baogao.Report) map[string]string {
	t.Helper()
	w, err := engine.Create(filepath.Join(t.TempDir(), "index"), "test")
	if err != nil {
		t.Fatal(err)
	}
	return enginetest.Fill(t, w, reports).CopyOf
}

// TestRewritings holds three forms of one report, and the report of the same
// place on another year, to what is searched by default and with all copies.
func TestRewritings(t *testing.T) {
	for _, name := range []string{seeds + "/004_6f831936e3e1718a.txt", samples + "/安徽省/合肥市/肥西县2022年度法治政府建设情况.txt"} {
		t.Run(filepath.Base(name), func(t *testing.T) { testRewritings(t, name) })
	}
}

func testRewritings(t *testing.T, name string) {
	b, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("%s is not here: the real reports are kept beside the project, not in it", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	first := parse(t, "source.txt", string(b))
	var text strings.Builder
	for _, p := range first.Paragraphs {
		text.WriteString(analyzer.Fold(p.Text) + "\n")
	}
	plain := parse(t, "plain.txt", text.String())
	glossed := parse(t, "glossed.txt", strings.NewReplacer("政", "政(zhèng)", "法", "法(fǎ)", "工", "工(gōng)").Replace(text.String()))
	next := parse(t, "next.txt", strings.NewReplacer("2022", "2023", "2023", "2024", "4", "7").Replace(text.String()))
	all := []*baogao.Report{first, plain, glossed, next}

	s := testkit.Open(t, all)
	shown := &enginetest.Oracle{Reports: []*baogao.Report{plain, next}, Fold: analyzer.Fold, Resolve: gazetteer.Resolve}
	every := &enginetest.Oracle{Reports: all, Fold: analyzer.Fold, Resolve: gazetteer.Resolve}
	for _, q := range []string{"", "行政复议", "街道", "法治政府 -街道", "within:report 行政复议 街道", "year:2022"} {
		for _, o := range []struct {
			oracle *enginetest.Oracle
			copies bool
		}{{shown, false}, {every, true}} {
			res, err := s.Search(t.Context(), baogao.Request{Query: query.Parse(q), Copies: o.copies, Exact: true, Limit: 1000})
			if err != nil {
				t.Fatal(err)
			}
			if want := o.oracle.Ask(query.Parse(q), baogao.Filter{}); res.Total != want.Total || len(res.Hits) != len(want.Marks) {
				t.Errorf("%s, copies %v: %+v, reading every passage gives %+v", q, o.copies, res.Total, want.Total)
			}
			for _, h := range res.Hits {
				if ids, of := copyIDs(h.Copies), h.CopyOf; h.Report.ID == "plain.txt" && ids != "source.txt glossed.txt" ||
					h.Report.ID == "next.txt" && ids != "" || (of == "plain.txt") != (h.Report.ID == "source.txt" || h.Report.ID == "glossed.txt") {
					t.Errorf("%s: copies %q, copy of %q", h.ID, ids, of)
				}
			}
		}
	}
	stats, err := s.Stats(t.Context())
	if err != nil || stats.Reports != 4 || stats.Copies != 2 {
		t.Errorf("%+v, %v", stats, err)
	}
}

func copyIDs(copies []baogao.Copy) string {
	var ids []string
	for _, c := range copies {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, " ")
}
