package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"baogao/index/internal/system"
)

// generationPrefix begins the name of the folder of a generation; its number
// follows, in six digits or more.
const generationPrefix = "gen-"

func generationName(n *big.Int) string { return fmt.Sprintf(generationPrefix+"%06d", n) }

// generationNumber reads the number of a generation, of any length, out of its
// folder's name.
func generationNumber(name string) (n *big.Int, ok bool) {
	digits, ok := strings.CutPrefix(name, generationPrefix)
	if !ok {
		return nil, false
	}
	n, ok = new(big.Int).SetString(digits, 10)
	return n, ok && n.Sign() >= 0 && generationName(n) == name
}

// byNumber compares the names of two generations.
func byNumber(a, b string) int {
	m, _ := generationNumber(a)
	n, _ := generationNumber(b)
	return m.Cmp(n)
}

// generations lists the folders of generations in dir, oldest first, whole or
// not. What is no plain folder, as a link, is none.
func generations(dir string) ([]string, error) {
	entries, err := system.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if _, ok := generationNumber(e.Name()); ok && e.IsDir() {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, byNumber)
	return names, nil
}

// Next returns a name that nothing in dir has, behind all others and
// behind what CURRENT names.
func Next(dir string) (string, error) {
	entries, err := system.ReadDir(dir)
	if err != nil {
		return "", err
	}
	last := new(big.Int)
	behind := func(name string) {
		if n, ok := generationNumber(name); ok && n.Cmp(last) > 0 {
			last = n
		}
	}
	for _, e := range entries {
		behind(e.Name())
	}
	if name, err := readCurrent(dir); err == nil {
		behind(name)
	}
	return generationName(last.Add(last, big.NewInt(1))), nil
}

// finished reports whether gen is the folder of a generation that was written
// to its end. What is no plain folder is none.
func finished(gen string) (bool, error) {
	for _, path := range []string{gen, filepath.Join(gen, ManifestFile)} {
		info, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) || err == nil && path == gen && !info.IsDir() {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// anyFinished reports whether a generation in dir was written to its end.
func anyFinished(dir string) (bool, error) {
	names, err := generations(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	for _, name := range names {
		if done, err := finished(filepath.Join(dir, name)); done || err != nil {
			return done, err
		}
	}
	return false, err
}

// look says what is wrong with the generation in the folder gen, as far as
// costs nothing to see: its manifest, and the sizes of its files.
func look(gen string) error {
	m, err := ReadManifest(gen)
	if err != nil {
		return err
	}
	return m.Check(gen)
}

// wholeGenerations lists the generations in dir that are whole as far as costs
// nothing to see, oldest first.
func wholeGenerations(dir string) (whole []string, err error) {
	names, err := generations(dir)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		err := look(filepath.Join(dir, name))
		if isShortage(err) {
			return nil, err
		}
		if err == nil {
			whole = append(whole, name)
		}
	}
	return whole, nil
}
