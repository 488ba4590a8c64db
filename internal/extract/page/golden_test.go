package page

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baogao/internal/extract"
)

var updatePages = flag.Bool("update", false, "rewrite the golden files")

// TestPages reads every page of testdata/html and compares what was taken out
// of it with the golden file beside it.
func TestPages(t *testing.T) {
	readers := map[string]func([]byte, extract.Limits) (extract.Text, error){
		".html":  HTML,
		".mhtml": MHTML,
		".md":    func(data []byte, l extract.Limits) (extract.Text, error) { return Markdown(string(data), l) },
	}
	files, err := filepath.Glob("testdata/html/*.*")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages in testdata/html", err)
	}
	for _, file := range files {
		read := readers[filepath.Ext(file)]
		if read == nil {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, err := read(data, extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			comparePage(t, strings.TrimSuffix(file, filepath.Ext(file))+".golden", describePage(text))
		})
	}
}

func comparePage(t *testing.T, file string, got []byte) {
	t.Helper()
	if *updatePages {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run go test -update and read the diff\ngot:\n%s", file, got)
	}
}

func describePage(text extract.Text) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "title: %s\nsource: %s\ncharset: %s\n", text.Title, text.Source, text.Charset)
	for _, f := range text.Facts {
		fmt.Fprintf(&b, "fact: %s = %s\n", f.Label, f.Value)
	}
	fmt.Fprintf(&b, "\n%s\n", text.Body)
	return b.Bytes()
}
