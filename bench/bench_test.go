package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"baogao/bench/compare"
	"baogao/bench/texts"
)

const root = ".."

func TestWithoutTexts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "main")
	if err := os.CopyFS(filepath.Join(dir, "bench"), os.DirFS(filepath.Join(root, "bench"))); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index", "search"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, command := range []string{"corpus", "compare", "scale", "studies"} {
		var out, errs strings.Builder
		code := run(t.Context(), []string{command, "--root", dir, "--bin", dir, "--work", t.TempDir()}, &out, &errs)
		if code != 0 || !strings.Contains(out.String(), "nothing is measured") {
			t.Errorf("%s: exit code %d: %s%s", command, code, &out, &errs)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, tt := range []struct {
		args string
		code int
		says string
	}{
		{"compare --only grep", 2, "no engine is called grep"},
		{"compare --rounds 0", 2, "--rounds is 1 or more"},
		{"scale --sizes 0", 2, "--rounds and --sizes are 1 or more"},
		{"load --clients 0", 2, "--clients and --seconds are 1 or more"},
		{"load --seconds 0", 2, "--clients and --seconds are 1 or more"},
		{"load --sockets -1", 2, "--sockets 0 or more"},
		{"load now", 2, "hint: bench --help"},
		{"compare all", 2, "hint: bench --help"},
		{"compare --bin nowhere --root " + root, 1, "make build"},
	} {
		t.Run(tt.args, func(t *testing.T) {
			var out, errs strings.Builder
			if code := run(t.Context(), strings.Fields(tt.args), &out, &errs); code != tt.code || !strings.Contains(errs.String(), tt.says) {
				t.Errorf("exit code %d: %s", code, &errs)
			}
		})
	}
}

// install builds the commands of the project and bench itself into a folder.
func install(t *testing.T, bin string) {
	t.Helper()
	for _, args := range [][]string{{"-C", root, "build", "-o", bin, "./cmd/index", "./cmd/search"}, {"build", "-o", bin, "."}} {
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
}

// TestEndToEnd compares the engines written in Go over the samples.
func TestEndToEnd(t *testing.T) {
	work, bin := t.TempDir(), t.TempDir()
	install(t, bin)
	samples := filepath.Join(root, "samples", "reports")
	if _, err := (texts.Options{Dir: work}).Make(t.Context(), []string{samples}); err != nil {
		t.Fatal(err)
	}
	figures, page := filepath.Join(work, "figures.json"), filepath.Join(work, "bench.md")
	command := func(args ...string) string {
		cmd := exec.Command(filepath.Join(bin, "bench"), append(args, "--root", root, "--bin", bin, "--work", work, "--rounds", "1")...)
		var errs strings.Builder
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, &errs)
		}
		return string(out)
	}
	// The other engines are programs of others; what is installed, and how they
	// fare on a busy machine, is not ours to test.
	out := command("compare", "--only", "ours,bleve", "--seconds", "1", "--json", figures, "--out", page)
	for _, want := range []string{"| baogao |", "| baogao, from the files |", "| bleve, stock mapping, cjk |", "Every total equals", "`text.bin`", "ours ÷"} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is missing in\n%s", want, out)
		}
	}
	var c compare.Comparison
	b, err := os.ReadFile(figures)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	if len(c.Rows) != 2 || len(c.Wrong) != 0 {
		t.Errorf("%d engines, %v", len(c.Rows), c.Wrong)
	}
	for _, r := range c.Rows {
		if r.Answers.Totals[len(r.Answers.Totals)-1] != c.Corpus.Passages {
			t.Errorf("%s: %v; the last one is every passage of %d", r.Name, r.Answers.Totals, c.Corpus.Passages)
		}
	}
	out = command("scale", "--sizes", "100,2000")
	if got := strings.Count(out, "\n"); got != 4 {
		t.Errorf("%d lines:\n%s", got, out)
	}
}

// TestLoad asks a server over the samples.
func TestLoad(t *testing.T) {
	bin := t.TempDir()
	install(t, bin)
	index, page := filepath.Join(bin, "samples.index"), filepath.Join(bin, "bench.md")
	build := exec.Command(filepath.Join(bin, "index"), "build", filepath.Join(root, "samples", "reports"), "--index", index)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.WriteFile(page, []byte("# Figures\n\n<!-- load: begin -->\nformer figures\n<!-- load: end -->\n\nThe end.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs strings.Builder
	args := []string{"load", "--root", root, "--bin", bin, "--index", index, "--seconds", "1", "--clients", "4", "--sockets", "20", "--out", page}
	if code := run(t.Context(), args, &out, &errs); code != 0 {
		t.Fatalf("exit code %d\n%s%s", code, &errs, &out)
	}
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	got := string(b)
	for _, want := range []string{
		"| API: search |", "| page: results |", "| conditional, unchanged |", "| hostile |", "| all |", "| beside them |",
		"An export of every passage with `发展`", "Every answer has a status that is declared", "# Figures\n", "The end.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, got)
		}
	}
	if strings.Contains(got, "former figures") || strings.Count(got, "<!-- load: begin -->") != 1 {
		t.Errorf("the former section is not replaced:\n%s", got)
	}
}
