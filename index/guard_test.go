package index

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"baogao"
	"baogao/index/internal/folder"
	"baogao/index/internal/store"
	"baogao/query"
)

// TestCutShortUnderASearcher empties each file of a generation that is open,
// as a copy over it does. Asking anything then gives an answer or the error of
// a damaged index, on every goroutine that reads.
func TestCutShortUnderASearcher(t *testing.T) {
	defer func(a, b int) { stretchDocs, fewCandidates = a, b }(stretchDocs, fewCandidates)
	stretchDocs, fewCandidates = 4, 0
	dir := t.TempDir()
	buildIndex(t, dir, testReports())
	m, err := folder.ReadManifest(filepath.Join(dir, "gen-000001"))
	if err != nil {
		t.Fatal(err)
	}
	for name := range m.Files {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			buildIndex(t, dir, testReports())
			x, err := Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			if err := os.Truncate(filepath.Join(dir, "gen-000001", filepath.FromSlash(name)), 0); err != nil {
				t.Fatal(err)
			}
			mapped := name == "text.bin" || filepath.Ext(name) == ".zap"
			for what, err := range asked(t.Context(), x) {
				if err != nil && !errors.Is(err, baogao.ErrDamaged) || err == nil && mapped && what == "a word" {
					t.Errorf("%s: %v", what, err)
				}
			}
		})
	}
}

// asked asks an index in every way there is, and returns the errors.
func asked(ctx context.Context, x *Index) map[string]error {
	errs := map[string]error{}
	for what, text := range map[string]string{
		"a word": "行政复议", "two characters": "复议", "one character": "件", "parts of a word": "行政复议决定书送达回证",
		"sentences": "within:sentence 行政 OR 复议", "reports": "within:report 行政 复议", "all": "",
	} {
		req := baogao.Request{Query: query.Parse(text)}
		_, errs[what] = x.Search(ctx, req)
		for _, err := range x.Hits(ctx, req) {
			errs["hits of "+what] = err
		}
	}
	for i := range x.gen.Reports {
		r := x.gen.Entry(i)
		_, errs["report "+r.Meta.ID] = x.Report(ctx, r.Meta.ID)
		if r.Count == 0 {
			continue
		}
		errs["passage of "+r.Meta.ID] = store.Guard(x.gen.Dir, func() error {
			first := x.gen.Passage(r.First)
			_, err := x.Passage(ctx, baogao.PassageID(r.Meta.ID, first.Paragraph, first.Piece))
			return err
		})
	}
	_, errs["pairs"] = x.Pairs(ctx, nil, nil)
	_, errs["stats"] = x.Stats(ctx)
	return errs
}
