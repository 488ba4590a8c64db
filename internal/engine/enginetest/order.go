package enginetest

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"baogao"
	"baogao/query"
)

// ordered are questions of one and two words of Chinese characters, whose order
// by relevance is held to the formula.
var ordered = []struct {
	text  string
	words []string
}{
	{"行政复议", []string{"行政复议"}}, {"复议", []string{"复议"}}, {"议", []string{"议"}}, {"法治政府", []string{"法治政府"}},
	{"行政复议 应诉", []string{"行政复议", "应诉"}}, {"信访 OR 街道", []string{"信访", "街道"}}, {"法治 建设 -信访", []string{"法治", "建设"}},
	{"法治", []string{"法治"}}, {"改革 OR 条例", []string{"改革", "条例"}}, {"plan:no 法治 OR 营商环境", []string{"法治", "营商环境"}},
}

// testOrder asks them and holds the order of the hits to scores worked out by
// reading every passage.
func testOrder(t *testing.T, s baogao.Searcher, o *Oracle) {
	for _, q := range ordered {
		req := Question{Text: q.text}.request(t, s)
		req.Limit = 1 << 20
		f := o.formula(q.words)
		before, bare := math.Inf(1), false
		for _, h := range search(t, s, req).Hits {
			score := f.score(o.passage(h.ID))
			if h.Heading && !bare {
				before, bare = math.Inf(1), true
			}
			if score > before*(1+1e-9) {
				t.Errorf("%s: %s, worth %g, stands behind one of %g", q.text, h.ID, score, before)
			}
			if bare && !h.Heading {
				t.Errorf("%s: %s stands behind a bare heading", q.text, h.ID)
			}
			before = score
		}
	}
}

// testRelated asks what few passages match: what follows them is none of them, in
// no count, and within the filters.
func testRelated(t *testing.T, s baogao.Searcher, o *Oracle) {
	for _, q := range append(Questions, Question{Text: "出庭应诉率 行政复议决定"}) {
		want := o.Ask(query.Parse(q.Text), q.Filter)
		req := q.request(t, s)
		exact := search(t, s, req)
		req.Exact = false
		res := search(t, s, req)
		if n := want.Total.Passages; n == 0 || n >= 5 {
			if len(res.Related) > 0 {
				t.Errorf("%s: something follows %d matches", name(q), n)
			}
			continue
		}
		if res.Total != want.Total || !reflect.DeepEqual(res.Facets, exact.Facets) || !reflect.DeepEqual(res.Hits, exact.Hits) {
			t.Errorf("%s: what follows changes the answer", name(q))
		}
		if len(res.Hits)+len(res.Related) > baogao.DefaultLimit {
			t.Errorf("%s: %d hits and %d that follow", name(q), len(res.Hits), len(res.Related))
		}
		all := o.Ask(query.Parse(""), q.Filter).Marks
		for _, h := range res.Related {
			_, match := want.Marks[h.ID]
			if _, held := all[h.ID]; match || !held || len(h.Highlights) == 0 {
				t.Errorf("%s: %s follows", name(q), h.ID)
			}
		}
	}
}

// passage finds a passage by its id.
func (o *Oracle) passage(id string) *baogao.Passage {
	for _, r := range o.Reports {
		for i, p := range r.Passages {
			if baogao.PassageID(r.Meta.ID, p.Paragraph, p.Piece) == id {
				return &r.Passages[i]
			}
		}
	}
	panic("enginetest: no passage is called " + id)
}

// A formula weighs passages for some words.
type formula struct {
	oracle  *Oracle
	words   []string
	weights []float64
	mean    float64 // length of running text
}

func (o *Oracle) formula(words []string) *formula {
	f := &formula{oracle: o, words: words}
	all, texts, length := 0, 0, 0
	holding := make([]int, len(words))
	for _, r := range o.Reports {
		for _, p := range r.Passages {
			all++
			if p.Heading == 0 && !p.Title {
				texts, length = texts+1, length+o.length(p.Text)
			}
			for i, w := range words {
				if holdsPairs(o.reading(typeset{text: p.Text}).text, w) {
					holding[i]++
				}
			}
		}
	}
	f.mean = float64(length) / float64(max(texts, 1))
	for _, n := range holding {
		f.weights = append(f.weights, math.Log(1+(float64(all-n)+0.5)/(float64(n)+0.5)))
	}
	return f
}

// holdsPairs reports whether a text holds all pairs of neighbours of a word: an
// index knows no more of where it may stand.
func holdsPairs(text, word string) bool {
	runes := []rune(word)
	for i := 0; i < max(len(runes)-1, 1); i++ {
		if !strings.Contains(text, string(runes[i:min(i+2, len(runes))])) {
			return false
		}
	}
	return true
}

// length is how many characters, numbers and Latin words a text has.
func (o *Oracle) length(text string) (n int) {
	for _, u := range o.reading(typeset{text: text}).units {
		if r, _ := utf8.DecodeRuneInString(u); unicode.IsLetter(r) || r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

// score is BM25 with k1 1.2 and b 0.25, times what figures and plans make of it.
func (f *formula) score(p *baogao.Passage) (sum float64) {
	length := float64(f.oracle.length(p.Text)) / f.mean
	for i, w := range f.words {
		if n := float64(len(f.oracle.occurrences(p.Text, w, false))); n > 0 {
			sum += f.weights[i] * n * 2.2 / (n + 1.2*(0.75+0.25*length))
		}
	}
	sum *= 1 + math.Log(1+float64(p.Figures))/4
	if p.Plan {
		sum *= 0.8
	}
	return sum
}
