package baogao_test

import (
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the imports of all packages to the table of doc/design.md.
func TestImports(t *testing.T) {
	design, err := os.ReadFile("doc/design.md")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	imports := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		pkg := ours(words[0])
		imports[pkg] = []string{}
		for _, w := range words[1:] {
			if w == module || strings.HasPrefix(w, module+"/") {
				imports[pkg] = append(imports[pkg], ours(w))
			}
		}
	}
	for _, fault := range layerFaults(string(design), imports) {
		t.Error(fault)
	}
}

const module = "baogao"

// ours is the path of a package below the module; that of the root is "root".
func ours(importPath string) string {
	if importPath == module {
		return "root"
	}
	return strings.TrimPrefix(importPath, module+"/")
}

// TestLayerFaults breaks the table in each way that it can be broken.
func TestLayerFaults(t *testing.T) {
	const head = "text\n\n| Package | Owns | May import (ours) |\n|---|---|---|\n"
	const root, query, formats, commands = "| root `baogao` | nouns, not `index` | `query` |\n", "| `query` | questions | nothing |\n",
		"| `internal/extract/pdf` `page` | formats | root, `extract/*` |\n", "| `cmd/*` | flags | anything |\n"
	imports := map[string][]string{
		"root": {"query"}, "query": {}, "internal/extract/pdf": {"root"}, "internal/extract/page": {"internal/extract/pdf"}, "cmd/search": {"root", "query"},
	}
	for _, tt := range []struct{ table, want string }{
		{head + root + query + formats + commands, ""},
		{head + root + query + formats + commands + "\n| `internal/other` | another table | nothing |\n", ""},
		{head + root + "| `query` | questions | (`pdf`) |\n" + formats + commands, ""},
		{root + query + formats + commands, "doc/design.md has no table of imports"},
		{head + root + formats + commands, "query stands in no row of the table"},
		{head + root + query + query + formats + commands, "query stands in two rows of the table"},
		{head + root + query + formats + commands + "| `internal/web` | pages | nothing |\n", "`internal/web` in the table names no package"},
		{head + root + "| `query` | questions | `webs` |\n" + formats + commands, "`webs` in the table names no package"},
		{head + root + "| `query` | questions | |\n" + formats + commands, "the row of query does not say what it may import"},
		{head + strings.Replace(root, "`query`", "nothing", 1) + query + formats + commands, "root imports query; the table does not allow it"},
		{head + root + strings.Replace(query, "nothing", "root", 1) + formats + commands, "the row of query allows `root`, which it does not import"},
	} {
		t.Run(tt.want, func(t *testing.T) {
			if got := strings.Join(layerFaults(tt.table, imports), "; "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// A layer is a row of the table.
type layer struct {
	packages, may []string // names in the row
	idle          []string // of may, what stands in brackets: it need not be imported
}

var (
	tableName = regexp.MustCompile("`[^`]+`|\\broot\\b|\\bnothing\\b|\\banything\\b")
	brackets  = regexp.MustCompile(`\([^)]*\)`)
)

// readLayers reads the table whose last column is headed "May import (ours)".
// Its first column names packages: in backquotes, by the end of their path
// where that is enough, with * for any name; the root is root.
func readLayers(design string) []layer {
	_, table, _ := strings.Cut(design, "| May import (ours)")
	_, table, _ = strings.Cut(table, "\n")
	var rows []layer
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if line[0] != '|' || len(cells) < 2 {
			break
		}
		if strings.Trim(cells[0], "-: ") == "" {
			continue
		}
		may := cells[len(cells)-1]
		l := layer{packages: namesIn(cells[0]), may: namesIn(may)}
		for _, s := range brackets.FindAllString(may, -1) {
			l.idle = append(l.idle, namesIn(s)...)
		}
		rows = append(rows, l)
	}
	return rows
}

// namesIn are the names in a cell, without backquotes. The root is once root
// and once the name of the module.
func namesIn(cell string) []string {
	var names []string
	for _, name := range tableName.FindAllString(cell, -1) {
		if name = strings.Trim(name, "`"); name == module {
			name = "root"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// named are the packages that a name of the table stands for: the one of that
// path, or else those whose paths end with it.
func named(name string, imports map[string][]string) []string {
	if _, ok := imports[name]; ok {
		return []string{name}
	}
	var found []string
	for pkg := range imports {
		parts := strings.Split(pkg, "/")
		tail := parts[max(0, len(parts)-strings.Count(name, "/")-1):]
		if ok, _ := path.Match(name, strings.Join(tail, "/")); ok {
			found = append(found, pkg)
		}
	}
	if len(found) > 1 && !strings.Contains(name, "*") {
		return nil
	}
	slices.Sort(found)
	return found
}

// layerFaults compares the imports of packages with the table.
func layerFaults(design string, imports map[string][]string) (faults []string) {
	rows := readLayers(design)
	if len(rows) == 0 {
		return []string{"doc/design.md has no table of imports"}
	}
	seen := map[string]int{}
	for _, row := range rows {
		packages, unknown := namedAll(row.packages, imports)
		faults = append(append(faults, unknown...), row.faults(packages, imports)...)
		for _, pkg := range packages {
			seen[pkg]++
		}
	}
	for pkg := range imports {
		switch {
		case seen[pkg] == 0:
			faults = append(faults, pkg+" stands in no row of the table")
		case seen[pkg] > 1:
			faults = append(faults, pkg+" stands in two rows of the table")
		}
	}
	slices.Sort(faults)
	return faults
}

// namedAll are the packages that names of the table stand for, and faults of
// those that stand for none.
func namedAll(names []string, imports map[string][]string) (packages, faults []string) {
	for _, name := range names {
		list := named(name, imports)
		if len(list) == 0 && name != "nothing" && name != "anything" {
			faults = append(faults, fmt.Sprintf("`%s` in the table names no package", name))
		}
		packages = append(packages, list...)
	}
	return packages, faults
}

// faults compares the packages of a row with what they may import, and what
// they may import with what they do.
func (l layer) faults(packages []string, imports map[string][]string) []string {
	who := strings.Join(l.packages, ", ")
	if len(l.may) == 0 {
		return []string{"the row of " + who + " does not say what it may import"}
	}
	may, faults := namedAll(l.may, imports)
	var does []string
	for _, pkg := range packages {
		for _, imported := range imports[pkg] {
			does = append(does, imported)
			if !slices.Contains(may, imported) && !slices.Contains(l.may, "anything") {
				faults = append(faults, fmt.Sprintf("%s imports %s; the table does not allow it", pkg, imported))
			}
		}
	}
	for _, name := range l.may {
		list := named(name, imports)
		idle := len(list) > 0 && !slices.ContainsFunc(list, func(pkg string) bool { return slices.Contains(does, pkg) })
		if idle && !slices.Contains(l.idle, name) {
			faults = append(faults, fmt.Sprintf("the row of %s allows `%s`, which it does not import", who, name))
		}
	}
	return faults
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

// TestBleveInside keeps what lies below bleve's public interface in the one
// package whose tests hold it to bleve's own reading and writing.
func TestBleveInside(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	inside := regexp.MustCompile(`blevesearch/(bleve/v2/(index|util|document)|bleve_index_api|scorch_segment_api|zapx|vellum)`)
	found := 0
	for line := range strings.Lines(string(out)) {
		pkg, imports, _ := strings.Cut(line, " ")
		for _, path := range strings.Fields(imports) {
			if !inside.MatchString(path) {
				continue
			}
			if found++; pkg != "baogao/index/internal/segment" {
				t.Errorf("%s imports %s; only index/internal/segment may", pkg, path)
			}
		}
	}
	if found == 0 {
		t.Error("nothing imports what lies inside bleve: the test looks for the wrong paths")
	}
}

var link = regexp.MustCompile(`\]\(([^)#:]+)[^):]*\)`)

// TestLinks follows the links of the documents to the files of the project.
func TestLinks(t *testing.T) {
	pages, err := filepath.Glob("doc/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range append(pages, "README.md", "README.zh-CN.md", "CHANGELOG.md", "samples/README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", page, m[1])
			}
		}
	}
}
