package store

import (
	"encoding/binary"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"baogao"
	"baogao/index/internal/block"
	"baogao/index/internal/system"
)

// sums.bin holds, of every other file but the manifest, its name, the number of
// its blocks, and the sum of each, little endian. The manifest vouches for it.

// writeSums writes sums.bin and returns its mark.
func writeSums(gen string, sums map[string]block.Sums) (Mark, error) {
	var b []byte
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		b = appendNumber(appendText(b, name), len(sums[name]))
		for _, sum := range sums[name] {
			b = binary.LittleEndian.AppendUint32(b, sum)
		}
	}
	path := filepath.Join(gen, sumsFile)
	if err := writeFile(path, b); err != nil {
		return Mark{}, err
	}
	mark, _, err := markFile(path)
	return mark, err
}

// readSums reads the sums of the files of a generation, by name.
func readSums(gen string, m *Manifest) (map[string]block.Sums, error) {
	path := filepath.Join(gen, sumsFile)
	if mark, _, err := markFile(path); err != nil {
		return nil, err
	} else if mark != m.Files[sumsFile] {
		return nil, fmt.Errorf("%s: %w: bytes have changed since it was published", path, baogao.ErrDamaged)
	}
	b, err := system.ReadFile(path)
	if err != nil {
		return nil, err
	}
	sums := map[string]block.Sums{}
	for f := (&fieldReader{rest: string(b)}); len(f.rest) > 0; {
		name, n := f.text(), f.number()
		if f.failed || 4*n > len(f.rest) {
			return nil, fmt.Errorf("%s: %w: is not whole", path, baogao.ErrDamaged)
		}
		of := make(block.Sums, n)
		for i := range of {
			of[i] = binary.LittleEndian.Uint32([]byte(f.rest[4*i : 4*i+4]))
		}
		sums[name], f.rest = of, f.rest[4*n:]
	}
	return sums, nil
}
