package main

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// changeByte turns over the middle byte of a file and returns the path.
func changeByte(t *testing.T, path string) string {
	t.Helper()
	found, err := filepath.Glob(path)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %d files, %v", path, len(found), err)
	}
	b, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(found[0], b, 0o600); err != nil {
		t.Fatal(err)
	}
	return found[0]
}

// TestSearchOfAChangedByte names the file that has changed, whichever it is.
func TestSearchOfAChangedByte(t *testing.T) {
	for _, name := range []string{
		"text.bin", "passages.bin", "docs.bin", "sections.bin", "reports.bin", "details.zst", "sums.bin", "manifest.json",
		"copies.json", "bleve/store/*.zap", "bleve/store/root.bolt", "bleve/index_meta.json",
	} {
		t.Run(name, func(t *testing.T) {
			dir := sampleIndex(t)
			args := []string{"行政复议", "--index", dir}
			if name == "details.zst" { // no question needs them
				args = []string{"show", "0001.txt", "--index", dir}
			}
			path := changeByte(t, filepath.Join(dir, "gen-000001", name))
			var stdout, stderr strings.Builder
			code := run(t.Context(), args, &stdout, &stderr)
			if code != exitError || stdout.String() != "" || !strings.Contains(stderr.String(), path) || !strings.Contains(stderr.String(), "\nhint: ") {
				t.Errorf("%d %s\n%s", code, stdout.String(), stderr.String())
			}
		})
	}
}

// TestServeAChangedByte serves an index whose texts have changed: what needs them
// is refused, and all else goes on.
func TestServeAChangedByte(t *testing.T) {
	dir := sampleIndex(t)
	path := changeByte(t, filepath.Join(dir, "gen-000001", "text.bin"))
	s := serveHere(t, "--index", dir)
	for _, c := range []struct {
		path string
		code int
	}{
		{"/api/v1/search?q=行政复议", 503},
		{"/api/v1/stats", 200},
		{"/search?q=行政复议", 503},
		{"/api/v1/export?q=行政复议&format=csv", 503},
		{"/api/v1/search?q=行政复议", 503},
		{"/healthz", 200},
		{"/", 200},
	} {
		res, err := http.Get(s.addr + c.path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		if err := errors.Join(err, res.Body.Close()); err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != c.code || strings.Contains(string(body), dir) {
			t.Errorf("%s: %d, want %d\n%s", c.path, res.StatusCode, c.code, body)
		}
	}
	s.stop()
	if code := <-s.code; code != 0 || !strings.Contains(s.rest.String(), path+": index is damaged: bytes 0 to ") {
		t.Errorf("%d %s", code, s.rest)
	}
}
