package segment

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"baogao/index/internal/block"
)

// A passage is what is indexed in these tests.
type passage struct {
	text   string
	values []Value
}

// passages have terms once, many times, more often than layers are kept, and in
// all of them.
func passages() []passage {
	var all []passage
	for i, text := range []string{
		"关于2022年度法治政府建设情况的报告", "全年共受理行政复议案件14件,出庭应诉率达100%。“12345”热线办件114件。",
		"街道行政復議、法治建設１４件,信訪100件。", "安装ＬＥＤ屏5G基站2023.2.28,营商环境向好。", "议", "法治建设与信访工作,复议发发发展。", "",
		strings.Repeat("人", 3000), strings.Repeat("工作", MaxLayers-1), strings.Repeat("管理、", MaxLayers+40), "独有的词语", "LED灯2023.2.28与14件、14件", "工作", "工作",
	} {
		all = append(all, passage{text, []Value{
			{Region, "510000"}, {Region, fmt.Sprint(510000 + i%3)}, {Level, []string{"city", "unknown"}[i%2]}, {Year, strconv.Itoa(2020 + i%4)}, {Kind, "work"},
		}})
	}
	return all
}

// open writes passages into segments of some sizes and opens them. Those with a
// number in gone are marked as gone.
func open(t *testing.T, all []passage, sizes []int, gone ...uint32) *Index {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Dir(Path(dir, "x")), 0o755); err != nil {
		t.Fatal(err)
	}
	var list []Entry
	files := map[string]*block.File{}
	n := 0
	for i, size := range sizes {
		b, e := NewBuilder(), Entry{File: fmt.Sprintf("%012x.zap", i), Gone: roaring.New()}
		for doc := range size {
			b.Add(all[n].text, all[n].values, n)
			if slices.Contains(gone, uint32(n)) {
				e.Gone.Add(uint32(doc))
			}
			n++
		}
		if err := b.Write(t.Context(), Path(dir, e.File)); err != nil {
			t.Fatal(err)
		}
		list = append(list, e)
		b2, err := os.ReadFile(Path(dir, e.File))
		if err != nil {
			t.Fatal(err)
		}
		var sums block.Summer
		sums.Write(b2)
		if files[Path(dir, e.File)], err = block.Open(Path(dir, e.File), sums.Sums()); err != nil {
			t.Fatal(err)
		}
	}
	if err := WriteList(dir, list); err != nil {
		t.Fatal(err)
	}
	x, err := Open(dir, files)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

// TestSegmentsAgreeWithBleve holds our segments to those that bleve makes of
// the same passages: every term of every field has the same documents and, in
// the text, the same frequencies, and no other term is there. What our reader
// finds in them is what bleve's own reader and its public search find.
func TestSegmentsAgreeWithBleve(t *testing.T) {
	all := passages()
	for _, tt := range []struct {
		sizes []int
		gone  []uint32
	}{{[]int{len(all)}, nil}, {[]int{1, 4, len(all) - 5}, nil}, {[]int{6, len(all) - 6}, []uint32{1, 9, 12}}} {
		t.Run(fmt.Sprint(tt), func(t *testing.T) {
			x := open(t, all, tt.sizes, tt.gone...)
			theirs := readerOf(t, indexByBleve(t, all, tt.gone))
			if n, m := docCount(t, x.reader), docCount(t, theirs); n != m {
				t.Fatalf("%d documents, bleve has %d", n, m)
			}
			for _, field := range append([]string{Text}, Keywords...) {
				terms := termsOf(t, theirs, field)
				plain := slices.DeleteFunc(termsOf(t, x.reader, field), func(term string) bool { return strings.Contains(term, "\x00") })
				if missing := slices.DeleteFunc(slices.Clone(terms), func(term string) bool { return slices.Contains(plain, term) }); len(missing) > 0 || len(tt.gone) == 0 && !slices.Equal(plain, terms) {
					t.Errorf("%s: terms %q, bleve has %q", field, plain, terms)
				}
				for _, term := range terms {
					want := map[string]int{}
					eachPosting(t, theirs, field, term, func(id string, freq int) {
						want[id] = 1
						if field == Text {
							want[id] = min(freq, MaxLayers)
						}
					})
					if got := frequenciesOf(t, x, tt.sizes, field, term); !maps.Equal(got, want) {
						t.Errorf("%s %q: %v, bleve has %v", field, term, got, want)
					}
				}
			}
		})
	}
}

// indexByBleve indexes passages as bleve itself does, with frequencies.
func indexByBleve(t *testing.T, all []passage, gone []uint32) bleve.Index {
	t.Helper()
	m := newMapping()
	m.DefaultMapping.Properties[Text].Fields[0].SkipFreqNorm = false
	ix, err := bleve.NewMemOnly(m)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	for n, p := range all {
		if slices.Contains(gone, uint32(n)) {
			continue
		}
		doc := map[string]any{Text: p.text}
		for _, v := range p.values {
			values, _ := doc[v.Field].([]string)
			doc[v.Field] = append(values, v.Value)
		}
		if err := ix.Index(string(docID(uint32(n))), doc); err != nil {
			t.Fatal(err)
		}
	}
	return ix
}

func readerOf(t *testing.T, ix bleve.Index) bleveindex.IndexReader {
	t.Helper()
	inner, err := ix.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	r, err := inner.Reader()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func docCount(t *testing.T, r bleveindex.IndexReader) uint64 {
	t.Helper()
	n, err := r.DocCount()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func termsOf(t *testing.T, r bleveindex.IndexReader, field string) (terms []string) {
	t.Helper()
	d, err := r.FieldDict(field)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for {
		e, err := d.Next()
		if err != nil {
			t.Fatal(err)
		}
		if e == nil {
			return terms
		}
		terms = append(terms, e.Term)
	}
}

func eachPosting(t *testing.T, r bleveindex.IndexReader, field, term string, yield func(id string, freq int)) {
	t.Helper()
	list, err := r.TermFieldReader(context.Background(), []byte(term), field, true, false, false)
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	for {
		p, err := list.Next(nil)
		if err != nil {
			t.Fatal(err)
		}
		if p == nil {
			return
		}
		id, err := r.ExternalID(p.ID)
		if err != nil {
			t.Fatal(err)
		}
		yield(id, int(p.Freq))
	}
}

// frequenciesOf reads a term as search does, and holds its documents to those
// that bleve's own reader and its public search find in our segments.
func frequenciesOf(t *testing.T, x *Index, sizes []int, field, term string) map[string]int {
	t.Helper()
	got, public, found := map[string]int{}, map[string]int{}, map[string]int{}
	first := 0
	for seg, s := range x.Segments {
		add := func(doc uint32, freq int) { got[string(docID(uint32(first+int(doc))))] = freq }
		if field == Text {
			layers, err := s.Layers(term)
			if err != nil {
				t.Fatal(err)
			}
			EachFrequency(layers, 0, uint32(s.Size()), add)
		} else {
			b, err := s.Term(field, term)
			if err != nil {
				t.Fatal(err)
			}
			for _, doc := range b.ToArray() {
				add(doc, 1)
			}
		}
		first += sizes[seg]
	}
	eachPosting(t, x.reader, field, term, func(id string, _ int) { public[id] = got[id] })
	q := bleve.NewTermQuery(term)
	q.SetField(field)
	res, err := x.index.Search(bleve.NewSearchRequestOptions(q, first, 0, false))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range res.Hits {
		found[h.ID] = got[h.ID]
	}
	if !maps.Equal(got, public) || !maps.Equal(got, found) {
		t.Errorf("%s %q: our reader has %v, bleve's %v, its search %v", field, term, got, public, found)
	}
	return got
}

// TestPrefix holds what begins with a character to all terms that do.
func TestPrefix(t *testing.T) {
	x := open(t, passages(), []int{5, 9})
	for _, prefix := range []string{"工", "人", "行", "1", "没"} {
		for i, s := range x.Segments {
			want := roaring.New()
			for _, term := range termsOf(t, x.reader, Text) {
				if strings.HasPrefix(term, prefix) {
					b, err := s.Term(Text, term)
					if err != nil {
						t.Fatal(err)
					}
					want.Or(b)
				}
			}
			got, err := s.Prefix(prefix)
			if err != nil || !got.Equals(want) {
				t.Errorf("segment %d, %s: %v, want %v; %v", i, prefix, got, want, err)
			}
			lists, _, err := s.PrefixLayers(prefix)
			if err != nil || !s.Union(lists).Equals(want) {
				t.Errorf("segment %d, layers of %s: %v, want %v; %v", i, prefix, s.Union(lists), want, err)
			}
		}
	}
}

// TestPairs walks the dictionary for pairs of characters, and wants those terms of
// two characters that bleve has, with their documents.
func TestPairs(t *testing.T) {
	x := open(t, passages(), []int{len(passages())}, 3)
	s := x.Segments[0]
	want := map[string]int{}
	var characters []rune
	for _, term := range termsOf(t, x.reader, Text) {
		if r := []rune(term); len(r) == 2 && len(string(r[0])) == 3 && len(string(r[1])) == 3 {
			eachPosting(t, x.reader, Text, term, func(string, int) { want[term]++ })
			characters = append(characters, r...)
		}
	}
	if len(want) < 40 {
		t.Fatalf("only %d pairs", len(want))
	}
	some := characters[:20]
	for name, of := range map[string][2][]rune{
		"all": {}, "some before any": {some, nil}, "any before some": {nil, some}, "some before some": {some, some}, "none": {[]rune("𠀀x"), nil},
	} {
		got := map[string]int{}
		if err := s.Pairs(of[0], of[1], func(first, second rune, docs int) { got[string([]rune{first, second})] += docs }); err != nil {
			t.Fatal(err)
		}
		expected := maps.Clone(want)
		maps.DeleteFunc(expected, func(term string, _ int) bool {
			r := []rune(term)
			return of[0] != nil && !slices.Contains(of[0], r[0]) || of[1] != nil && !slices.Contains(of[1], r[1])
		})
		if !maps.Equal(got, expected) {
			t.Errorf("%s: %v, want %v", name, got, expected)
		}
	}
}
