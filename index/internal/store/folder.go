// Package store keeps the files of an index folder: reports and their passages
// go in and come out as they were, in columns beside the postings, a generation
// published in one step, locked while it is read, each file with its mark.
package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"baogao"
)

// Files of the index folder and of a generation in it.
const (
	currentFile   = "CURRENT"
	lockFile      = "LOCK"
	manifestFile  = "manifest.json"
	bleveDir      = "bleve"    // the bleve index, which package segment writes and reads
	textFile      = "text.bin" // passages in UTF-16, each with its published paragraph where there is one
	passagesFile  = "passages.bin"
	docsFile      = "docs.bin" // of each document of each segment, the ordinal of its passage, little endian
	sectionsFile  = "sections.bin"
	reportsFile   = "reports.bin"
	detailsFile   = "details.zst"
	sketchesFile  = "sketches.bin"
	sumsFile      = "sums.bin"    // see sums.go
	copiesFile    = "copies.json" // pairs of ordinals of reports, the second shown for the first
	generationFmt = "gen-%06d"
)

// Current returns the name of the generation in use in the index folder dir.
func Current(dir string) (string, error) {
	b, err := os.ReadFile(filepath.Join(dir, currentFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s: %w", dir, baogao.ErrNoIndex)
	}
	if err != nil {
		return "", err
	}
	name := strings.TrimSpace(string(b))
	if _, ok := generationNumber(name); !ok {
		return "", fmt.Errorf("%s: names no generation: %w", filepath.Join(dir, currentFile), baogao.ErrDamaged)
	}
	return name, nil
}

// generationNumber reads the number of a generation out of its folder's name.
func generationNumber(name string) (n int, ok bool) {
	if _, err := fmt.Sscanf(name, generationFmt, &n); err != nil {
		return 0, false
	}
	return n, fmt.Sprintf(generationFmt, n) == name
}

// generations lists the folders of generations in dir, oldest first, whole or
// not.
func generations(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if _, ok := generationNumber(e.Name()); ok && e.IsDir() {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// nextGeneration returns a name that no folder of dir has.
func nextGeneration(dir string) (string, error) {
	names, err := generations(dir)
	if err != nil {
		return "", err
	}
	n := 0
	if len(names) > 0 {
		n, _ = generationNumber(names[len(names)-1])
	}
	return fmt.Sprintf(generationFmt, n+1), nil
}

// ownFolder refuses a folder that holds something else than an index.
func ownFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		_, generation := generationNumber(e.Name())
		if e.Name() == currentFile {
			return nil
		}
		if !generation && e.Name() != lockFile && e.Name() != currentFile+".new" {
			return fmt.Errorf("%s holds other files, such as %s; give the index a folder of its own", dir, e.Name())
		}
	}
	return nil
}

// lockWriter takes the one writer's lock of dir. It does not wait.
func lockWriter(dir string) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(dir, lockFile))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("%s: %w", dir, baogao.ErrLocked)
	}
	return lock, nil
}

// lockReader marks the generation gen as in use until the lock is released.
// The manifest serves as the lock, so a reader writes nothing.
func lockReader(gen string) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(gen, manifestFile), flock.SetFlag(os.O_RDONLY))
	ok, err := lock.TryRLock()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("%s: is being removed: %w", gen, fs.ErrNotExist)
	}
	return lock, nil
}

// sweep removes the generations of dir that are not in use: those a build
// left unfinished, and former ones no reader holds. The caller holds the
// writer's lock.
func sweep(dir, keep string) error {
	names, err := generations(dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		if name == keep {
			continue
		}
		if err := RemoveUnused(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// RemoveUnused removes the generation gen unless a reader holds it.
func RemoveUnused(gen string) error {
	if _, err := os.Stat(filepath.Join(gen, manifestFile)); err == nil {
		lock := flock.New(filepath.Join(gen, manifestFile), flock.SetFlag(os.O_RDONLY))
		ok, err := lock.TryLock()
		if err != nil || !ok {
			return err // a reader needs it; the next build asks again
		}
		defer lock.Close()
	}
	return os.RemoveAll(gen)
}

// publish makes the generation called name the one in use.
func publish(dir, name string) error {
	if err := writeFile(filepath.Join(dir, currentFile+".new"), []byte(name+"\n")); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(dir, currentFile+".new"), filepath.Join(dir, currentFile)); err != nil {
		return err
	}
	return syncFile(dir)
}
