package index

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"baogao"
)

// segmentReports are reports whose passages have terms once, many times, more
// often than layers are kept, and in all of them.
func segmentReports() []*baogao.Report {
	reports := testReports()
	for i, line := range []string{
		strings.Repeat("人", 3000), strings.Repeat("工作", maxLayers-1), strings.Repeat("管理、", maxLayers+40), "独有的词语", "LED灯2023.2.28与14件、14件",
	} {
		reports = append(reports, report(baogao.Meta{ID: "segment" + string(rune('a'+i)), Year: 2020 + i, Level: baogao.City}, line, "工作"))
	}
	return reports
}

// TestSegmentsAgreeWithBleve holds our segments to those that bleve makes of
// the same passages: every term of every field has the same documents and, in
// the text, the same frequencies, and no other term is there.
func TestSegmentsAgreeWithBleve(t *testing.T) {
	reports := segmentReports()
	x := openIndex(t, reports)
	ours, theirs := bleveReader(t, x.postings.index), bleveReader(t, bleveIndex(t, reports))
	if n, m := docCount(t, ours), docCount(t, theirs); n != m {
		t.Fatalf("%d documents, bleve has %d", n, m)
	}
	for _, field := range append([]string{fieldText}, keywordFields...) {
		terms := fieldTerms(t, theirs, field)
		plain := slices.DeleteFunc(fieldTerms(t, ours, field), func(term string) bool { return strings.Contains(term, "\x00") })
		if !slices.Equal(plain, terms) {
			t.Errorf("%s: terms %q, bleve has %q", field, plain, terms)
		}
		for _, term := range terms {
			got, want := frequenciesOf(t, x, field, term), map[string]int{}
			eachPosting(t, theirs, field, term, func(id string, freq int) {
				want[id] = 1
				if field == fieldText {
					want[id] = min(freq, maxLayers)
				}
			})
			if !maps.Equal(got, want) {
				t.Errorf("%s %q: %v, bleve has %v", field, term, got, want)
			}
		}
	}
}

// bleveIndex indexes reports as bleve itself does, with frequencies.
func bleveIndex(t *testing.T, reports []*baogao.Report) bleve.Index {
	t.Helper()
	m := newMapping()
	m.DefaultMapping.Properties[fieldText].Fields[0].SkipFreqNorm = false
	ix, err := bleve.NewMemOnly(m)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	n := 0
	for _, r := range reports {
		for _, p := range r.Passages {
			doc := map[string]any{fieldText: p.Text}
			for _, f := range reportFields(r.Meta) {
				values, _ := doc[f.field].([]string)
				doc[f.field] = append(values, f.value)
			}
			if err := ix.Index(docID(n), doc); err != nil {
				t.Fatal(err)
			}
			n++
		}
	}
	return ix
}

func bleveReader(t *testing.T, ix bleve.Index) bleveindex.IndexReader {
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

func fieldTerms(t *testing.T, r bleveindex.IndexReader, field string) (terms []string) {
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
// that bleve's own reader finds in our segments.
func frequenciesOf(t *testing.T, x *Index, field, term string) map[string]int {
	t.Helper()
	got, public := map[string]int{}, map[string]int{}
	for seg := range x.postings.segments {
		if field == fieldText {
			layers, err := x.postings.layers(seg, term)
			if err != nil {
				t.Fatal(err)
			}
			eachFrequency(layers, stretch{seg, 0, uint32(len(x.docs[seg]))}, func(doc uint32, freq int) { got[docID(int(x.docs[seg][doc]))] = freq })
			continue
		}
		b, err := x.postings.term(seg, field, term)
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range b.ToArray() {
			got[docID(int(x.docs[seg][doc]))] = 1
		}
	}
	eachPosting(t, x.postings.reader, field, term, func(id string, _ int) { public[id] = got[id] })
	if !maps.Equal(got, public) {
		t.Errorf("%s %q: our reader has %v, bleve's %v", field, term, got, public)
	}
	return got
}
