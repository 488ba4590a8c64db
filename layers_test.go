package baogao_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers says which packages of ours each package may import. Leaves come
// first; an arrow that would run backwards fails the test. Commands may import
// anything, and a package that is missing here may import nothing.
var layers = map[string][]string{
	"query":                      {},
	"":                           {"query"},
	"internal/gazetteer":         {},
	"internal/analyzer":          {},
	"internal/charset":           {},
	"internal/extract":           {"", "internal/charset"},
	"internal/extract/office":    {"internal/charset", "internal/extract"},
	"internal/extract/page":      {"", "internal/charset", "internal/extract"},
	"internal/extract/pdf":       {"internal/charset", "internal/extract"},
	"internal/clean":             {"", "internal/charset"},
	"internal/outline":           {"", "internal/analyzer", "internal/clean"},
	"internal/officetest":        {},
	"internal/eval":              {""},
	"internal/neardup":           {"internal/analyzer"},
	"corpus":                     {"", "query", "internal/gazetteer", "internal/analyzer", "internal/charset", "internal/clean", "internal/outline", "internal/extract", "internal/extract/office", "internal/extract/page", "internal/extract/pdf"},
	"index":                      {"", "query", "internal/analyzer", "internal/neardup"},
	"internal/engine":            {"", "index"},
	"internal/engine/enginetest": {"", "query"},
	"internal/export":            {""},
	"internal/places":            {"", "internal/analyzer", "internal/gazetteer"},
	"internal/indextest":         {"", "corpus", "internal/engine", "internal/engine/enginetest", "internal/places"},
	"internal/web/service":       {""},
	"internal/web/api":           {"", "query", "internal/export"},
	"internal/web/pages":         {"", "query", "internal/export"},
	"internal/web":               {"", "internal/web/api", "internal/web/pages", "internal/web/service"},
	"internal/cli":               {""},
}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}:{{join .Imports " "}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		path, imports, _ := strings.Cut(strings.TrimSpace(line), ":")
		pkg := ours(path)
		if strings.HasPrefix(pkg, "cmd/") || strings.Contains(pkg, "/gen") {
			continue
		}
		for _, imported := range strings.Fields(imports) {
			if imported != "baogao" && !strings.HasPrefix(imported, "baogao/") {
				continue
			}
			if !slices.Contains(layers[pkg], ours(imported)) {
				t.Errorf("%q imports %q; the layers do not allow it", pkg, ours(imported))
			}
		}
	}
}

func ours(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, "baogao"), "/")
}

// TestSearchLinksNoCorpus keeps the code that reads files out of search.
func TestSearchLinksNoCorpus(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./cmd/search").Output()
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(strings.Fields(string(out)), "baogao/corpus") {
		t.Error("cmd/search links corpus")
	}
}
