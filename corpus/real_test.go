package corpus

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baogao/internal/testkit"
)

// TestRealTexts: no real text is taken for garbage, of a thousand of all kinds that are
// beside the project.
func TestRealTexts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Path(t, "../shared/data"), "*.jsonl.gz"))
	if err != nil || len(files) == 0 {
		t.Skip("no real texts beside the project, in ../shared/data")
	}
	const most = 200 // of a file
	read := 0
	for _, name := range files {
		for _, text := range realTexts(t, name, most) {
			reports, faults := Read("a.txt", []byte(text), Options{})
			if read++; len(reports) != 1 {
				t.Errorf("%s: %.60q is refused: %v", filepath.Base(name), text, faults)
			}
		}
	}
	if read < 500 {
		t.Errorf("only %d texts", read)
	}
}

// realTexts are texts of a file, from all over it.
func realTexts(t *testing.T, name string, most int) (texts []string) {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	var all []string
	for lines.Scan() {
		var line struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(line.Text, "<") && len(line.Text) > 300 { // else a page, or nothing to read
			all = append(all, line.Text)
		}
	}
	for i := 0; i < len(all); i += max(1, len(all)/most) {
		texts = append(texts, all[i])
	}
	return texts
}
