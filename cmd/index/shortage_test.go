package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTooFewFiles opens an index with ever more files allowed: either it opens,
// or it says what it is short of. It is not damaged.
func TestTooFewFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("no program is built under -short")
	}
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell here")
	}
	bin, reports, dir := filepath.Join(t.TempDir(), "index"), t.TempDir(), filepath.Join(t.TempDir(), "index")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	writeReports(t, reports, 20)
	if out, err := exec.Command(bin, "build", reports, "--index", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	short, opened := 0, false
	for n := 5; n < 40 && !opened; n++ {
		for _, do := range []string{"stats", "verify"} {
			out, err := exec.Command(shell, "-c", fmt.Sprintf("ulimit -n %d && exec %s %s --index %s", n, bin, do, dir)).CombinedOutput()
			said := string(out)
			switch {
			case err == nil:
				opened = do == "verify" && strings.Contains(said, "whole")
			case strings.Contains(said, "too many open files") && strings.Contains(said, "hint: let this program open more files") &&
				!strings.Contains(said, "damaged"):
				short++
			case !strings.Contains(said, "index: "): // the runtime itself did not get so far
			default:
				t.Errorf("%s with %d files: %v\n%s", do, n, err, said)
			}
		}
	}
	if short == 0 || !opened {
		t.Errorf("short of files %d times, opened %v", short, opened)
	}
}
