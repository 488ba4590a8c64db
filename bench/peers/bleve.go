package peers

import (
	"context"
	"errors"
	"os"
	"runtime/debug"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/highlight/highlighter/html"
	"github.com/blevesearch/bleve/v2/search/query"

	"baogao/bench/texts"
	"baogao/bench/workload"
)

// stock is bleve as its documentation shows it: text fields with the cjk
// analyzer, keyword fields, batches filled by one goroutine.
var stock = Peer{
	Name: "bleve", Title: "bleve, stock mapping, cjk", Slow: true,
	Version: func(context.Context) string { return "bleve " + moduleVersion("github.com/blevesearch/bleve/v2") },
	Missing: nothing,
	build:   buildStock, ask: askStock,
}

const (
	stockBatch = 1000
	facetSize  = 50
	topHits    = 10
)

func moduleVersion(path string) string {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == path {
			return m.Version
		}
	}
	return "of unknown version"
}

func stockMapping() mapping.IndexMapping {
	word := bleve.NewTextFieldMapping()
	word.Analyzer = keyword.Name
	text := bleve.NewTextFieldMapping()
	text.Analyzer = cjk.AnalyzerName
	m := bleve.NewIndexMapping()
	m.DefaultMapping.AddFieldMappingsAt("text", text)
	for _, name := range append([]string{"regions"}, facetFields...) {
		m.DefaultMapping.AddFieldMappingsAt(name, word)
	}
	return m
}

func buildStock(_ context.Context, at Place) error {
	if err := os.RemoveAll(at.Index); err != nil { // bleve makes the folder itself
		return err
	}
	x, err := bleve.New(at.Index, stockMapping())
	if err != nil {
		return err
	}
	return errors.Join(fillStock(x, at.Work), x.Close())
}

func fillStock(x bleve.Index, work string) error {
	batch := x.NewBatch()
	for p, err := range texts.Passages(work) {
		if err != nil {
			return err
		}
		doc := map[string]any{"text": p.Text, "region": p.Region, "regions": p.Regions, "level": p.Level, "year": p.Year, "kind": p.Kind}
		if err := batch.Index(p.ID, doc); err != nil {
			return err
		}
		if batch.Size() < stockBatch {
			continue
		}
		if err := x.Batch(batch); err != nil {
			return err
		}
		batch = x.NewBatch()
	}
	return x.Batch(batch)
}

func askStock(ctx context.Context, at Place, plan workload.Plan) (*workload.Answers, error) {
	x, err := bleve.OpenUsing(at.Index, map[string]any{"read_only": true})
	if err != nil {
		return nil, err
	}
	defer x.Close()
	return plan.Run(ctx, workload.Shared(func(q workload.Question) (func() (int, error), error) {
		r, err := x.SearchInContext(ctx, stockRequest(q))
		return func() (int, error) { return int(r.Total), nil }, err
	}))
}

func stockRequest(q workload.Question) *bleve.SearchRequest {
	var parts []query.Query
	for _, word := range q.Words {
		phrase := bleve.NewMatchPhraseQuery(word)
		phrase.SetField("text")
		parts = append(parts, phrase)
	}
	for _, f := range q.Filters() {
		term := bleve.NewTermQuery(f[1])
		term.SetField(f[0])
		parts = append(parts, term)
	}
	var root query.Query = bleve.NewMatchAllQuery()
	if len(parts) > 0 {
		root = bleve.NewConjunctionQuery(parts...)
	}
	req := bleve.NewSearchRequestOptions(root, topHits, 0, false)
	req.Fields = []string{"text"}
	req.Highlight = bleve.NewHighlightWithStyle(html.Name)
	req.Highlight.AddField("text")
	for _, name := range facetFields {
		req.AddFacet(name, bleve.NewFacetRequest(name, facetSize))
	}
	return req
}
