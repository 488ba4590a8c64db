// Package testkit is what the tests of several packages share: indexes of
// reports, and office documents made by hand or by LibreOffice. It imports
// nothing that reads files, so that what reads them can be tested with it.
package testkit

import (
	"io"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/engine"
	"baogao/internal/engine/enginetest"
)

// Samples is the folder of the sample reports, below that of the project.
const Samples = "samples/reports"

// Path is the place of a file of the project, by its path below the project's
// folder.
func Path(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, name)
		}
	}
	t.Fatal("no go.mod above")
	return ""
}

// SampleLines are the paragraphs of a sample report with headings of three
// ranks.
func SampleLines(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile(Path(t, Samples+"/江苏省/徐州市/鼓楼区2021年法治政府建设情况报告.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return LinesIn(string(data))
}

// LinesIn are the lines of a text that are not blank.
func LinesIn(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// Collect gathers reports as they are read, of which there must be some and
// none with a fault.
func Collect(t testing.TB, read iter.Seq2[*baogao.Report, error]) []*baogao.Report {
	t.Helper()
	var reports []*baogao.Report
	for r, err := range read {
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	if len(reports) == 0 {
		t.Fatal("no reports")
	}
	return reports
}

// Build builds an index of reports and returns its folder.
func Build(t testing.TB, reports []*baogao.Report) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	w, err := engine.Create(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	enginetest.Fill(t, w, reports)
	return dir
}

// Open builds an index of reports and opens it until the test ends.
func Open(t testing.TB, reports []*baogao.Report) baogao.Searcher {
	t.Helper()
	s, err := engine.Open(Build(t, reports))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Get asks for an address, wants the status of the answer, and returns its body and
// its header.
func Get(t testing.TB, address string, status int) (body string, header http.Header) {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != status {
		t.Fatalf("%s: %s, %v, want %d", address, res.Status, err, status)
	}
	return string(b), res.Header
}

// NodeModule is where tools/install-test-tools.sh puts a file of a package of
// npm. The test is skipped where it did not.
func NodeModule(t testing.TB, file string) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Skip("no folder for caches:", err)
	}
	path := filepath.Join(cache, "baogao", "node", "node_modules", file)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not installed; tools/install-test-tools.sh installs it where there is npm", filepath.Dir(file))
	}
	return path
}
