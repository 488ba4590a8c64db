package main

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
)

// stock is bleve as its documentation shows it: text fields with the cjk
// analyzer, keyword fields, batches filled by one goroutine.
var stock = peer{
	name: "bleve", title: "bleve, stock mapping, cjk", slow: true,
	version: func(context.Context) string { return "bleve " + moduleVersion("github.com/blevesearch/bleve/v2") },
	missing: func() string { return "" },
	build:   buildStock, ask: askStock,
}

const (
	stockBatch = 1000
	facetSize  = 50
	topHits    = 10
)

// facetFields are what every engine counts by.
var facetFields = []string{"region", "level", "year", "kind"}

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

func buildStock(_ context.Context, w workplace) error {
	if err := os.RemoveAll(w.index); err != nil { // bleve makes the folder itself
		return err
	}
	x, err := bleve.New(w.index, stockMapping())
	if err != nil {
		return err
	}
	return errors.Join(fillStock(x, w), x.Close())
}

func fillStock(x bleve.Index, w workplace) error {
	batch := x.NewBatch()
	for p, err := range passages(w.work) {
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

func askStock(ctx context.Context, w workplace, l load) (*answers, error) {
	x, err := bleve.OpenUsing(w.index, map[string]any{"read_only": true})
	if err != nil {
		return nil, err
	}
	defer x.Close()
	return l.put(ctx, func() (ask, func() error, error) {
		return func(q question) (func() (int, error), error) {
			r, err := x.SearchInContext(ctx, stockRequest(q))
			return func() (int, error) { return int(r.Total), nil }, err
		}, nothing, nil
	})
}

func stockRequest(q question) *bleve.SearchRequest {
	var parts []query.Query
	for _, word := range q.Words {
		phrase := bleve.NewMatchPhraseQuery(word)
		phrase.SetField("text")
		parts = append(parts, phrase)
	}
	for _, f := range q.filters() {
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
