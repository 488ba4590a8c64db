package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A currentCase is something that may stand in the place of CURRENT.
type currentCase struct {
	name string
	put  func(path string) error // after CURRENT was removed
	said string                  // of it
}

func currentCases(line string) []currentCase {
	holding := func(text string) func(string) error {
		return func(path string) error { return os.WriteFile(path, []byte(text), 0o644) }
	}
	linked := func(to string) func(string) error {
		return func(path string) error { return os.Symlink(to, path) }
	}
	cases := []currentCase{
		{"missing", func(string) error { return nil }, "CURRENT is missing"},
		{"empty", holding(""), "CURRENT is empty"},
		{"garbage", holding("\x00\xff\n"), "CURRENT is damaged"},
		{"large", holding(strings.Repeat("gen-000001\n", 1<<16)), "CURRENT is damaged"},
		{"cut short", holding(line[:12]), "CURRENT is damaged"},
		{"another generation", holding("gen-000003\n"), "CURRENT names gen-000003, where no generation is"},
		{"link to itself", linked("CURRENT"), "CURRENT is no plain file"},
		{"link elsewhere", linked("../elsewhere"), "CURRENT is no plain file"},
		{"folder", func(path string) error { return os.Mkdir(path, 0o755) }, "CURRENT is a folder"},
		{"FIFO", func(path string) error { return exec.Command("mkfifo", path).Run() }, "CURRENT is no plain file"},
	}
	for bit := range 8 * len(line) {
		bad := []byte(line)
		bad[bit/8] ^= 1 << (bit % 8)
		cases = append(cases, currentCase{fmt.Sprintf("bit %d", bit), holding(string(bad)), "CURRENT is damaged"})
	}
	return cases
}

// TestWrongCurrent puts other things in the place of CURRENT. Every command
// says which generation is whole; a build that comes to nothing, and an update,
// leave it byte for byte; --repair brings it back with its answers.
func TestWrongCurrent(t *testing.T) {
	reports, empty, dir := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "index")
	writeReports(t, reports, 3)
	path := filepath.Join(dir, "CURRENT")
	command := func(args ...string) (code int, said string) {
		var out bytes.Buffer
		code = run(t.Context(), append(args, "--index", dir), &out, &out)
		return code, out.String()
	}
	if code, said := command("build", reports); code != 0 {
		t.Fatal(said)
	}
	line, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, answer := command("stats")
	files := sums(t, dir)
	for i, tt := range currentCases(string(line)) {
		if strings.HasPrefix(tt.name, "bit") && testing.Short() && i%16 != 0 {
			continue
		}
		t.Run(tt.name, func(t *testing.T) {
			if _, err := exec.LookPath("mkfifo"); tt.name == "FIFO" && err != nil {
				t.Skip("there is no mkfifo here")
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := tt.put(path); err != nil {
				t.Fatal(err)
			}
			const whole = "; whole generations: gen-000001; put it back with: index verify --repair\n"
			for _, args := range [][]string{{"stats"}, {"verify"}, {"build", empty}, {"update", reports}} {
				if code, said := command(args...); code != 1 || !strings.Contains(said, tt.said+whole) {
					t.Errorf("%s: %d %s", args[0], code, said)
				}
			}
			if got := sums(t, dir); got != files {
				t.Errorf("the generation is not as it was:\n%swant\n%s", got, files)
			}
			code, said := command("verify", "--repair")
			if !strings.Contains(said, "index: CURRENT ") || !strings.Contains(said, ": put back to gen-000001, which is whole\n") {
				t.Errorf("--repair says %s", said)
			}
			if code != 0 {
				t.Errorf("--repair: %d %s", code, said)
			}
			if _, again := command("stats"); again != answer {
				t.Errorf("after --repair %s", again)
			}
		})
	}
	if code, said := command("verify", "--repair"); code != 0 || !strings.HasSuffix(said, ": whole\n") {
		t.Errorf("--repair of what is whole: %d %s", code, said)
	}
	if got := sums(t, dir); got != files {
		t.Errorf("the generation is not as it was:\n%swant\n%s", got, files)
	}
}

// sums are the checksums of the files of the generations in dir, a line each.
func sums(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || filepath.Dir(path) == dir {
			return err
		}
		b, err := os.ReadFile(path)
		fmt.Fprintf(&all, "%s %x\n", path, sha256.Sum256(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// TestRepairOfNothingWhole damages the only generation.
func TestRepairOfNothingWhole(t *testing.T) {
	reports, dir := t.TempDir(), filepath.Join(t.TempDir(), "index")
	writeReports(t, reports, 3)
	var out bytes.Buffer
	command := func(args ...string) int {
		out.Reset()
		return run(t.Context(), append(args, "--index", dir), &out, &out)
	}
	if command("verify", "--repair") != 1 || !strings.Contains(out.String(), "no index") {
		t.Errorf("--repair of nothing: %s", &out)
	}
	if _, err := os.Lstat(dir); err == nil {
		t.Error("--repair makes a folder")
	}
	if command("build", reports) != 0 {
		t.Fatal(&out)
	}
	name := filepath.Join(dir, "gen-000001", "text.bin")
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if code := command("verify", "--repair"); code != 1 || !strings.Contains(out.String(), name+": ") ||
		!strings.Contains(out.String(), "no generation is whole") {
		t.Errorf("%d %s", code, &out)
	}
}
