// Package folder keeps the generations of an index folder: which there are, which
// one is in use, that each is as it was published, and who holds the locks.
package folder

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"baogao"
	"baogao/index/internal/system"
)

// Files of the index folder and of a generation in it.
const (
	currentFile  = "CURRENT"
	lockFile     = "LOCK"
	ManifestFile = "manifest.json"
	SumsFile     = "sums.bin" // see sums.go
)

// Own refuses a folder that holds something else than an index.
func Own(dir string) error {
	entries, err := system.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		_, generation := generationNumber(e.Name())
		if e.Name() == currentFile {
			return nil
		}
		if !generation && e.Name() != lockFile && !strings.HasPrefix(e.Name(), currentFile+".") {
			return fmt.Errorf("%s holds other files, such as %s; give the index a folder of its own", dir, e.Name())
		}
	}
	return nil
}

// LockWriter takes the one writer's lock of dir. It does not wait.
func LockWriter(dir string) (*flock.Flock, error) {
	path := filepath.Join(dir, lockFile)
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: is no plain file; remove it", path)
	}
	lock := flock.New(path)
	ok, err := lock.TryLock()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("%s: %w", dir, baogao.ErrLocked)
	}
	return lock, nil
}

// LockReader marks the generation gen as in use until the lock is released.
// The manifest serves as the lock, so a reader writes nothing.
func LockReader(gen string) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(gen, ManifestFile), flock.SetFlag(os.O_RDONLY))
	ok, err := lock.TryRLock()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("%s: is being removed: %w", gen, fs.ErrNotExist)
	}
	return lock, nil
}

// Sweep removes the former generations of dir, those a build left unfinished
// included, unless a reader holds them. The caller holds the writer's lock, and
// has just published keep.
func Sweep(dir, keep string) error {
	return removeEach(dir, func(name string) (bool, error) { return name != keep, nil })
}

// SweepUnfinished removes what builds left unfinished in dir, but for what
// CURRENT names. The caller holds the writer's lock.
func SweepUnfinished(dir string) error {
	named, _ := readCurrent(dir) // an error names nothing
	return removeEach(dir, func(name string) (bool, error) {
		done, err := finished(filepath.Join(dir, name))
		return !done && name != named, err
	})
}

// removeEach removes the generations of dir that go, unless a reader holds
// them.
func removeEach(dir string, goes func(name string) (bool, error)) error {
	names, err := generations(dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		switch yes, err := goes(name); {
		case err != nil:
			return err
		case yes:
			if err := Remove(filepath.Join(dir, name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Remove removes the generation gen, unless a reader holds it or CURRENT names it.
// Where it is whole, the caller has opened, or published, the one that took its
// place.
func Remove(gen string) error {
	done, err := finished(gen)
	if err != nil {
		return err
	}
	if done {
		lock := flock.New(filepath.Join(gen, ManifestFile), flock.SetFlag(os.O_RDONLY))
		ok, err := lock.TryLock()
		if err != nil || !ok {
			return err // a reader needs it; the next build asks again
		}
		defer lock.Close()
	}
	if named, err := readCurrent(filepath.Dir(gen)); err != nil && done || named == filepath.Base(gen) {
		return err // a repair may have put it back
	}
	return os.RemoveAll(gen)
}
