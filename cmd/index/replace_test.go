package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestReplacementOnAFullDisk writes half a file: the former one stays, and
// nothing stays beside it.
func TestReplacementOnAFullDisk(t *testing.T) {
	for _, former := range []string{"", "former"} {
		dir := t.TempDir()
		name := filepath.Join(dir, "files.csv")
		if former != "" {
			if err := os.WriteFile(name, []byte(former), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		r, err := newReplacement(name)
		if err != nil {
			t.Fatal(err)
		}
		err = r.write(func(w io.Writer) error {
			io.WriteString(w, "half")
			if former != "" && content(t, name) != former {
				t.Error("the former file is gone before the new one is whole")
			}
			return &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}
		})
		if !errors.Is(err, syscall.ENOSPC) || err.Error() != "--report "+name+": no space left on device" {
			t.Errorf("error %v", err)
		}
		want := []string{}
		if former != "" {
			want = []string{"files.csv"}
			if content(t, name) != former {
				t.Errorf("the former file is now %q", content(t, name))
			}
		}
		if got := namesIn(t, dir); !slices.Equal(got, want) {
			t.Errorf("left are %q", got)
		}
	}
}

// TestReplacement writes what is written whole: a new file, one with rights of
// its own, and one behind a link, which stays a link.
func TestReplacement(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	fresh, link, real := filepath.Join(dir, "fresh.csv"), filepath.Join(dir, "link.csv"), filepath.Join(elsewhere, "real.csv")
	if err := errors.Join(os.WriteFile(real, []byte("former and longer"), 0o600), os.Symlink(real, link)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{fresh, link} {
		r, err := newReplacement(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.write(func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }); err != nil {
			t.Fatal(err)
		}
		if content(t, name) != "new" {
			t.Errorf("%s holds %q", name, content(t, name))
		}
	}
	info, err := os.Lstat(real)
	if to, e := os.Readlink(link); err != nil || e != nil || to != real || info.Mode() != 0o600 {
		t.Errorf("the link leads to %q (%v), a file of mode %v (%v)", to, e, info.Mode(), err)
	}
	if got := append(namesIn(t, dir), namesIn(t, elsewhere)...); !slices.Equal(got, []string{"fresh.csv", "link.csv", "real.csv"}) {
		t.Errorf("left are %q", got)
	}
}

// TestReplacementIsRefused names what cannot be written: that is told before
// the work.
func TestReplacementIsRefused(t *testing.T) {
	dir := t.TempDir()
	locked, closed := filepath.Join(dir, "locked.csv"), filepath.Join(dir, "closed")
	if err := errors.Join(os.WriteFile(locked, nil, 0o400), os.Mkdir(closed, 0o500)); err != nil {
		t.Fatal(err)
	}
	want := map[string]error{dir: syscall.EISDIR, filepath.Join(dir, "none", "a.csv"): syscall.ENOENT, filepath.Join(locked, "a.csv"): syscall.ENOTDIR}
	if os.Getuid() == 0 {
		t.Log("root may write everywhere; what is closed to others is left out")
	} else {
		want[locked], want[filepath.Join(closed, "a.csv")] = syscall.EACCES, syscall.EACCES
	}
	for name, want := range want {
		if _, err := newReplacement(name); !errors.Is(err, want) || !strings.HasPrefix(err.Error(), "--report "+name+": ") {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
}

// TestReplacementOfAPipe writes to what is no regular file.
func TestReplacementOfAPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skipf("no pipes here: %v", err)
	}
	read := make(chan string)
	go func() {
		b, _ := os.ReadFile(pipe)
		read <- string(b)
	}()
	r, err := newReplacement(pipe)
	if err == nil {
		err = r.write(func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err })
	}
	if got := <-read; err != nil || got != "new" {
		t.Errorf("%q came through, %v", got, err)
	}
	if r, err = newReplacement("/dev/full"); err != nil {
		t.Skipf("no full device here: %v", err)
	}
	if err := r.write(func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full device takes it: %v", err)
	}
}

func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
