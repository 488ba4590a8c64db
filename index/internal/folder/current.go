package folder

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"baogao"
	"baogao/index/internal/system"
)

// CURRENT is a line: the name of the generation in use and the CRC32C of that
// name, in hex, so that a bit that has changed never names another one. Former
// programs wrote the name alone, which is read still.

// currentLimit is more than CURRENT ever holds, in bytes.
const currentLimit = 1 << 10

// currentError says that CURRENT leads to no generation, and which it could
// lead to.
type currentError struct {
	dir     string
	missing bool
	reason  string   // what follows CURRENT in a sentence
	whole   []string // generations
}

func (e *currentError) Error() string {
	s := fmt.Sprintf("%s: %s %s", e.dir, currentFile, e.reason)
	if len(e.whole) == 0 {
		return s + "; no generation is whole"
	}
	return fmt.Sprintf("%s; whole generations: %s; put it back with: index verify --repair", s, strings.Join(e.whole, ", "))
}

func (e *currentError) Unwrap() error { return baogao.ErrDamaged }

// Current returns the name of the generation in use in the index folder dir.
// It fails with ErrNoIndex where there is no generation, and with ErrDamaged,
// naming those that are whole, where CURRENT does not say which is in use.
func Current(dir string) (string, error) {
	name, err := readCurrent(dir)
	var fault *currentError
	if errors.As(err, &fault) {
		return "", fault.explain()
	}
	return name, err
}

// explain names the generations that are whole.
func (e *currentError) explain() (err error) {
	if e.missing {
		some, err := anyFinished(e.dir)
		if err != nil {
			return err
		}
		if !some {
			return fmt.Errorf("%s: %w", e.dir, baogao.ErrNoIndex)
		}
	}
	if e.whole, err = wholeGenerations(e.dir); err != nil {
		return err
	}
	return e
}

// readCurrent reads CURRENT, which is a plain file; reading a pipe would never
// end. The error is a currentError where that is wrong.
func readCurrent(dir string) (string, error) {
	wrong := func(reason string) (string, error) { return "", &currentError{dir: dir, reason: reason} }
	path := filepath.Join(dir, currentFile)
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", &currentError{dir: dir, missing: true, reason: "is missing"}
	case err != nil:
		return "", err
	case info.IsDir():
		return wrong("is a folder")
	case !info.Mode().IsRegular():
		return wrong("is no plain file")
	}
	f, err := system.OpenAtOnce(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, currentLimit))
	if err != nil {
		return "", err
	}
	if len(b) == 0 {
		return wrong("is empty")
	}
	name, ok := parseCurrent(string(b))
	if !ok {
		return wrong("is damaged")
	}
	return name, nil
}

// currentLine is what CURRENT holds for a generation.
func currentLine(name string) string {
	sum := crc32.Checksum([]byte(name), crc32.MakeTable(crc32.Castagnoli))
	return fmt.Sprintf("%s crc32c=%08x\n", name, sum)
}

func parseCurrent(line string) (name string, ok bool) {
	name, _, _ = strings.Cut(strings.TrimSuffix(line, "\n"), " ")
	_, ok = generationNumber(name)
	return name, ok && (line == currentLine(name) || line == name+"\n")
}

// Publish makes the generation called name the one in use, whatever CURRENT
// was before. Nothing is written through a link, and a folder is kept beside it:
// what is in it is nothing of the index.
func Publish(dir, name string) error {
	current := filepath.Join(dir, currentFile)
	fresh := current + ".new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := system.WriteFile(fresh, []byte(currentLine(name))); err != nil {
		return err
	}
	if info, err := os.Lstat(current); err == nil && info.IsDir() {
		aside, err := os.MkdirTemp(dir, currentFile+".folder-")
		if err := errors.Join(err, system.Rename(current, filepath.Join(aside, currentFile))); err != nil {
			return err
		}
	}
	return system.Rename(fresh, current)
}

// errNoGeneration is of a name at which no generation is.
var errNoGeneration = fmt.Errorf("no generation: %w", fs.ErrNotExist)

// Open opens the generation in use in the index folder dir.
func Open[T any](dir string, open func(gen string) (T, error)) (opened T, err error) {
	for {
		name, err := Current(dir)
		if err != nil {
			return opened, err
		}
		gen := filepath.Join(dir, name)
		done, err := finished(gen)
		switch {
		case done:
			opened, err = open(gen)
		case err == nil:
			err = errNoGeneration
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return opened, err
		}
		// A writer may have replaced the generation between the two steps;
		// then CURRENT names another one by now.
		if again, e := Current(dir); e == nil && again != name {
			continue
		}
		if errors.Is(err, errNoGeneration) {
			fault := currentError{dir: dir, reason: fmt.Sprintf("names %s, where no generation is", name)}
			return opened, fault.explain()
		}
		return opened, fmt.Errorf("%s: %w: %w", name, baogao.ErrDamaged, err)
	}
}

// InUse returns the folder of the generation in use in the index folder dir and
// its manifest. The errors are those of Open.
func InUse(dir string) (gen string, m *Manifest, err error) {
	m, err = Open(dir, func(folder string) (*Manifest, error) { gen = folder; return ReadManifest(folder) })
	return gen, m, err
}
