package index

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// innerFiles are the files that may use what lies below bleve's public
// interface: one reads segments, one writes them, one lists them.
var innerFiles = []string{"postings.go", "segment.go", "snapshot.go"}

// TestInnerPackages keeps bleve's inner packages in the files that are held to
// bleve's own reading and writing.
func TestInnerPackages(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || slices.Contains(innerFiles, name) {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			path := strings.Trim(i.Path.Value, `"`)
			for _, inner := range []string{"bleve/v2/index", "bleve/v2/util", "bleve_index_api", "scorch_segment_api", "blevesearch/zapx", "blevesearch/vellum"} {
				if strings.Contains(path, inner) {
					t.Errorf("%s imports %s; only %v may", name, path, innerFiles)
				}
			}
		}
	}
}
