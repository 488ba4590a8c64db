package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"baogao"
	"baogao/internal/engine"
	"baogao/query"
)

// TestKilledBuilds kills a build at ten random moments. Each time the index
// published before must be whole and answer as it did, and the next build
// must clear away what was left.
func TestKilledBuilds(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "index")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	small, large, dir := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "index")
	writeReports(t, small, 20)
	writeReports(t, large, 3000)
	if out, err := exec.Command(bin, "build", small, "--index", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole := buildTime(t, bin, large)
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	killed := 0
	for range 10 {
		after := time.Duration(random.Int64N(int64(whole)))
		ctx, cancel := context.WithTimeout(t.Context(), after)
		err := exec.CommandContext(ctx, bin, "build", large, "--index", dir).Run()
		cancel()
		if err != nil {
			killed++
			checkIndex(t, dir, 20, after)
			continue
		}
		checkIndex(t, dir, 3000, after) // it was done before its time came
		if out, err := exec.Command(bin, "build", small, "--index", dir).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	if killed == 0 {
		t.Error("no build was killed")
	}
	if out, err := exec.Command(bin, "build", small, "--index", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
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

// checkIndex holds an index to be whole and to answer with n reports.
func checkIndex(t *testing.T, dir string, n int, killed time.Duration) {
	t.Helper()
	if faults, err := engine.Verify(dir); err != nil || len(faults) > 0 {
		t.Fatalf("killed after %v: %v, %v", killed, faults, err)
	}
	s, err := engine.Open(dir, engine.Options{})
	if err != nil {
		t.Fatalf("killed after %v: %v", killed, err)
	}
	defer s.Close()
	res, err := s.Search(t.Context(), baogao.Request{Query: query.Parse("行政复议")})
	if err != nil || res.Total.Reports != n || res.Total.Occurrences != n {
		t.Fatalf("killed after %v: %+v, %v, want %d reports", killed, res, err, n)
	}
}
