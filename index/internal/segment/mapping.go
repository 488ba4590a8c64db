package segment

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"

	"baogao/internal/analyzer"
)

// The fields of a passage in the bleve index. The text is searched; the
// others narrow, and hold baogao.Unknown where the report does not say.
const (
	Text   = "text"
	Region = "region" // the codes of the region and of all divisions above it
	Level  = "level"
	Year   = "year"
	Kind   = "kind"
)

// Keywords are the fields but the text.
var Keywords = []string{Region, Level, Year, Kind}

// A Value is a value of a keyword field.
type Value struct{ Field, Value string }

// newMapping describes a passage to bleve. The text is kept beside the bleve
// index, and matching is checked against it, so neither positions nor stored
// values nor doc values are needed: with them the index is four times as large.
func newMapping() *mapping.IndexMappingImpl {
	text := bleve.NewTextFieldMapping()
	text.Analyzer = analyzer.Name
	text.Store, text.IncludeTermVectors, text.IncludeInAll, text.DocValues = false, false, false, false
	text.SkipFreqNorm = true

	word := bleve.NewTextFieldMapping()
	word.Analyzer = keyword.Name
	word.Store, word.IncludeTermVectors, word.IncludeInAll, word.DocValues = false, false, false, false
	word.SkipFreqNorm = true

	passage := bleve.NewDocumentStaticMapping()
	passage.AddFieldMappingsAt(Text, text)
	for _, name := range Keywords {
		passage.AddFieldMappingsAt(name, word)
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping = passage
	m.DefaultAnalyzer = analyzer.Name
	return m
}
