package index

import (
	"slices"
	"strconv"
	"testing"

	"github.com/blevesearch/bleve/v2"
)

// comparePostings holds the documents of a term to what bleve's public search
// finds, and their frequencies to their number.
func comparePostings(t *testing.T, x *Index, field, term string) {
	t.Helper()
	q := bleve.NewTermQuery(term)
	q.SetField(field)
	req := bleve.NewSearchRequestOptions(q, len(x.passages.records), 0, false)
	res, err := x.postings.index.Search(req)
	if err != nil {
		t.Fatal(err)
	}
	var want, got, counted []int
	for _, h := range res.Hits {
		ordinal, err := parseDocID(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, ordinal)
	}
	for seg := range x.postings.segments {
		b, err := x.postings.term(seg, field, term)
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range b.ToArray() {
			got = append(got, int(x.docs[seg][doc]))
		}
		if field != fieldText {
			continue
		}
		layers, err := x.postings.layers(seg, term)
		if err != nil {
			t.Fatal(err)
		}
		eachFrequency(layers, stretch{seg, 0, uint32(len(x.docs[seg]))}, func(doc uint32, freq int) {
			if freq < 1 {
				t.Errorf("%s %q: frequency %d", field, term, freq)
			}
			counted = append(counted, int(x.docs[seg][doc]))
		})
	}
	slices.Sort(want)
	slices.Sort(got)
	slices.Sort(counted)
	if !slices.Equal(got, want) || (field == fieldText && !slices.Equal(counted, want)) {
		t.Errorf("%s %q: postings %v, frequencies %v, bleve's search %v", field, term, got, counted, want)
	}
}

func parseDocID(id string) (int, error) {
	n, err := strconv.ParseUint(id, 16, 32)
	return int(n), err
}
