package figures

import (
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestTable(t *testing.T) {
	tab := NewTable("engine", "s", "MB")
	tab.Add("a", 1.234, []float64{123.4})
	const want = "| engine | s | MB |\n|---|--:|--:|\n| a | 1.23 | 123 |\n"
	if got := tab.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestPercentile(t *testing.T) {
	times := []float64{4, 1, 3, 2, 10, 9, 8, 7, 6, 5}
	for _, tt := range []struct{ p, want float64 }{{0, 1}, {50, 5}, {95, 10}, {90, 9}, {91, 10}, {100, 10}} {
		if got := Percentile(times, tt.p); got != tt.want {
			t.Errorf("percentile %g is %g, want %g", tt.p, got, tt.want)
		}
	}
	if got := Percentile(nil, 50); got != 0 {
		t.Errorf("of nothing: %g", got)
	}
}

func TestPublish(t *testing.T) {
	const marked = "<!-- bench: begin -->\nnew\n<!-- bench: end -->\n"
	for _, tt := range []struct{ name, old, want string }{
		{"no file", "", marked},
		{"no marks", "# Title\n", "# Title\n\n" + marked},
		{"marks", "a\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nb\n", "a\n" + marked + "b\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "bench.md")
			if tt.old != "" {
				if err := os.WriteFile(file, []byte(tt.old), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 { // the second time changes nothing
				if err := Publish(io.Discard, file, "bench", "new\n"); err != nil {
					t.Fatal(err)
				}
			}
			got, err := os.ReadFile(file)
			if err != nil || string(got) != tt.want {
				t.Errorf("%q, %v; want %q", got, err, tt.want)
			}
		})
	}
	file := filepath.Join(t.TempDir(), "bench.md")
	if err := os.WriteFile(file, []byte("<!-- bench: begin -->\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Publish(io.Discard, file, "bench", "new\n"); err == nil {
		t.Error("a file whose text has no end was written")
	}
}
