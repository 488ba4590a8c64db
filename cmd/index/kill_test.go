package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"baogao"
	"baogao/internal/engine"
	"baogao/query"
)

// TestKilledBuilds kills builds and updates at random moments. Each time
// the index published last must be whole and answer: the former one, or the new
// one if the work was killed behind its last step. The next build must clear
// away what was left.
func TestKilledBuilds(t *testing.T) {
	if testing.Short() {
		t.Skip("no builds are killed under -short")
	}
	bin := filepath.Join(t.TempDir(), "index")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const few, many = 20, 1000
	small, large, dir := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "index")
	writeReports(t, small, few)
	writeReports(t, large, many)
	buildSmall := func() {
		if out, err := exec.Command(bin, "build", small, "--index", dir).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	buildSmall()
	whole := buildTime(t, bin, large)
	random := newRandom(t)
	t.Logf("a whole build takes %v", whole)
	kept := 0
	for i := range *kills {
		after := time.Duration(random.Int64N(int64(whole)))
		ctx, cancel := context.WithTimeout(t.Context(), after)
		err := exec.CommandContext(ctx, bin, []string{"build", "update"}[i%2], large, "--index", dir).Run()
		cancel()
		switch n := reportsHeld(t, dir, after); {
		case n == few && err != nil:
			kept++
		case n == many:
			buildSmall()
		default:
			t.Fatalf("killed after %v (%v): %d reports, neither the former index nor the new one", after, err, n)
		}
	}
	if kept == 0 {
		t.Error("no build was killed before its end")
	}
	buildSmall()
	left, err := filepath.Glob(filepath.Join(dir, "gen-*"))
	if err != nil || len(left) != 1 {
		t.Errorf("generations left: %v, %v", left, err)
	}
}

// buildTime returns how long a whole build takes.
func buildTime(t *testing.T, bin, corpus string) time.Duration {
	t.Helper()
	began := time.Now()
	if out, err := exec.Command(bin, "build", corpus, "--index", t.TempDir()).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return time.Since(began)
}

func writeReports(t *testing.T, dir string, n int) {
	t.Helper()
	for i := range n {
		text := fmt.Sprintf("遂宁市安居区人民政府2022年度法治政府建设报告\n全区第%d件行政复议案件已经办结,信访和应诉工作有序推进。\n", i+1)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.txt", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// reportsHeld holds an index to be whole, and to answer alike in all its
// counts, and returns how many reports it has.
func reportsHeld(t *testing.T, dir string, killed time.Duration) int {
	t.Helper()
	if faults, err := engine.Verify(dir); err != nil || len(faults) > 0 {
		t.Fatalf("killed after %v: %v, %v", killed, faults, err)
	}
	s, err := engine.Open(dir)
	if err != nil {
		t.Fatalf("killed after %v: %v", killed, err)
	}
	defer s.Close()
	res, err := s.Search(t.Context(), baogao.Request{Query: query.Parse("行政复议")})
	if err != nil {
		t.Fatalf("killed after %v: %v", killed, err)
	}
	if n := res.Total.Reports; res.Total.Occurrences != n || res.Total.Passages != n {
		t.Fatalf("killed after %v: %+v", killed, res.Total)
	}
	return res.Total.Reports
}
