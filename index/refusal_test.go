package index

import (
	"errors"
	"flag"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"baogao"
	"baogao/index/internal/system"
)

// refusals are what a system says that has run out of something, or whose disk
// does not answer.
var refusals = []syscall.Errno{syscall.EIO, syscall.ENOSPC, syscall.EMFILE, syscall.ENOMEM}

var refuseAll = flag.Bool("refuse-all", false, "let TestRefusedCalls have each call refused for every reason")

// TestRefusedCalls has the system refuse each call for a file in turn, of a build,
// an update and a search. What failed says so and does not call the index damaged;
// then the former index or the new one is there whole, and the next build goes
// through.
func TestRefusedCalls(t *testing.T) {
	if testing.Short() {
		t.Skip("no calls are refused under -short")
	}
	before, after := testReports()[:2], testReports()
	former, latter := reportsFound(t, before), reportsFound(t, after)
	calls := map[string][]string{ // that each makes
		"build": {"create", "fsync", "list", "mkdir", "mmap", "open", "rename"}, "update": {"create", "fsync", "list", "mkdir", "mmap", "open", "rename"},
		"search": {"mmap", "open"}, "verify": {"mmap", "open"},
	}
	for what, do := range map[string]func(dir string) error{
		"build":  func(dir string) error { return rebuild(t, dir, after) },
		"update": func(dir string) error { return renew(t, dir, after) },
		"search": func(dir string) error {
			n, err := heldOf(t, dir)
			if err == nil && n != former {
				t.Errorf("%d reports are found, not %d", n, former)
			}
			return err
		},
		"verify": func(dir string) error { _, err := Verify(dir); return err },
	} {
		t.Run(what, func(t *testing.T) {
			dir := t.TempDir()
			if err := rebuild(t, dir, before); err != nil {
				t.Fatal(err)
			}
			asked, err := callsOf(func() error { return do(dir) })
			if err != nil || !slices.Equal(asked, calls[what]) {
				t.Fatalf("the calls are %q, want %q, %v", asked, calls[what], err)
			}
			for _, call := range asked {
				for n, refused := 0, true; refused; n++ {
					if err := rebuild(t, dir, before); err != nil {
						t.Fatalf("after %s %d was refused: %v", call, n-1, err)
					}
					at, why := n, refusals[n%len(refusals)]
					if *refuseAll {
						at = n / len(refusals)
					}
					refused, err = refuse(system.Call(call), at, why, func() error { return do(dir) })
					if err != nil && (!errors.Is(err, why) || errors.Is(err, baogao.ErrDamaged) || errors.Is(err, baogao.ErrNoIndex)) {
						t.Errorf("%s %d refused with %v is told as %v", call, at, why, err)
					}
					checkHeld(t, dir, at, err, former, latter)
				}
			}
		})
	}
}

// callsOf does something and tells which kinds of calls it makes.
func callsOf(do func() error) ([]string, error) {
	var kinds sync.Map
	restore := system.Refuse(func(call system.Call, _ string) error {
		kinds.Store(string(call), true)
		return nil
	})
	defer restore()
	err := do()
	var all []string
	for kind := range kinds.Range {
		all = append(all, kind.(string))
	}
	slices.Sort(all)
	return all, err
}

// refuse does something while a call of a kind is refused, by its number among them, and
// tells whether there was one. Files are opened side by side, so that among calls of all
// kinds the number would be another each time.
func refuse(kind system.Call, at int, why syscall.Errno, do func() error) (refused bool, err error) {
	var calls atomic.Int64
	var hit atomic.Bool
	restore := system.Refuse(func(call system.Call, _ string) error {
		if call != kind || calls.Add(1) != int64(at)+1 {
			return nil
		}
		hit.Store(true)
		return why
	})
	defer restore()
	err = do()
	return hit.Load(), err
}

// reportsFound is how many of some reports are found in an index of them.
func reportsFound(t *testing.T, reports []*baogao.Report) int {
	t.Helper()
	dir := t.TempDir()
	buildIndex(t, dir, reports)
	n, err := heldOf(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// checkHeld finds the index whole, with the reports there were or the new ones.
func checkHeld(t *testing.T, dir string, at int, failed error, former, latter int) {
	t.Helper()
	if faults, err := Verify(dir); err != nil || len(faults) > 0 {
		t.Fatalf("call %d: %v %v", at, faults, err)
	}
	n, err := heldOf(t, dir)
	if err != nil || n != former && n != latter {
		t.Errorf("call %d: %d reports, %v, after %v", at, n, err, failed)
	}
	entries, err := os.ReadDir(dir)
	if names := namesOf(entries); err != nil || len(names) > 4 || slices.Contains(names, "CURRENT.new") && failed == nil {
		t.Errorf("call %d leaves %v, %v", at, names, err)
	}
}

func namesOf(entries []os.DirEntry) []string {
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// heldOf is the number of reports that a search of everything finds.
func heldOf(t *testing.T, dir string) (reports int, err error) {
	x, err := Open(dir)
	if err != nil {
		return 0, err
	}
	res, err := x.Search(t.Context(), baogao.Request{})
	if err := errors.Join(err, x.Close()); err != nil {
		return 0, err
	}
	return res.Total.Reports, nil
}

func rebuild(t *testing.T, dir string, reports []*baogao.Report) error {
	w, err := Create(dir, "test")
	if err != nil {
		return err
	}
	return publishAll(t, w, reports)
}

func renew(t *testing.T, dir string, reports []*baogao.Report) error {
	w, _, err := Update(t.Context(), dir, "test")
	if err != nil {
		return err
	}
	return publishAll(t, w, reports)
}

func publishAll(t *testing.T, w baogao.Writer, reports []*baogao.Report) error {
	for _, r := range reports {
		if err := w.Add(t.Context(), r); err != nil {
			return errors.Join(err, w.Close())
		}
	}
	_, err := w.Publish(t.Context())
	return errors.Join(err, w.Close())
}
