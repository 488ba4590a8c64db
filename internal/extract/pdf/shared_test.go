package pdf

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baogao/internal/extract"
	"baogao/internal/testkit"
)

// TestSharedFormats reads the collected files of the table of formats, where they
// are at hand: each must hold a text, blanks apart, and may not hold others.
func TestSharedFormats(t *testing.T) {
	dir := testkit.Path(t, "../shared/cases/formats")
	table, err := os.Open(filepath.Join(dir, "expected.csv"))
	if err != nil {
		t.Skipf("%s is not here: the collected files are kept beside the project, not in it", dir)
	}
	defer table.Close()
	rows, err := csv.NewReader(table).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	plain := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for _, row := range rows[1:] {
		if filepath.Ext(row[0]) != ".pdf" {
			continue
		}
		t.Run(row[0]+" "+row[1], func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(dir, row[0]))
			if err != nil {
				t.Fatal(err)
			}
			got, err := Read(t.Context(), data, extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			whole := false
			for line := range strings.Lines(got.Body) {
				whole = whole || strings.Contains(plain(line), plain(row[2]))
			}
			if !whole {
				t.Errorf("no line holds %q in\n%s", row[2], got.Body)
			}
			if row[3] != "" && strings.Contains("\n"+got.Body, "\n"+row[3]+"\n") || strings.HasPrefix(row[3], "—") && strings.Contains(got.Body, row[3]) {
				t.Errorf("%q is in\n%s", row[3], got.Body)
			}
		})
	}
}
