package folder

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"slices"

	"baogao"
	"baogao/index/internal/block"
	"baogao/index/internal/system"
)

// sums.bin holds, of every other file but the manifest, its name, the number of
// its blocks, and the sum of each, little endian. The manifest vouches for it.

// WriteSums writes sums.bin and returns its mark.
func WriteSums(gen string, sums map[string]block.Sums) (Mark, error) {
	var b []byte
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		b = append(binary.AppendUvarint(b, uint64(len(name))), name...)
		b = binary.AppendUvarint(b, uint64(len(sums[name])))
		for _, sum := range sums[name] {
			b = binary.LittleEndian.AppendUint32(b, sum)
		}
	}
	path := filepath.Join(gen, SumsFile)
	if err := system.WriteFile(path, b); err != nil {
		return Mark{}, err
	}
	mark, _, err := markFile(path)
	return mark, err
}

// ReadSums reads the sums of the files of a generation, by name.
func ReadSums(gen string, m *Manifest) (map[string]block.Sums, error) {
	path := filepath.Join(gen, SumsFile)
	if mark, _, err := markFile(path); err != nil {
		return nil, err
	} else if mark != m.Files[SumsFile] {
		return nil, fmt.Errorf("%s: %w: bytes have changed since it was published", path, baogao.ErrDamaged)
	}
	b, err := system.ReadFile(path)
	if err != nil {
		return nil, err
	}
	sums := map[string]block.Sums{}
	for len(b) > 0 {
		name, n := "", 0
		if name, b = cutName(b); b != nil {
			n, b = cutNumber(b)
		}
		if b == nil || n > len(b)/4 {
			return nil, fmt.Errorf("%s: %w: is not whole", path, baogao.ErrDamaged)
		}
		of := make(block.Sums, n)
		for i := range of {
			of[i] = binary.LittleEndian.Uint32(b[4*i:])
		}
		sums[name], b = of, b[4*n:]
	}
	return sums, nil
}

// cutNumber takes a number from the front of b; what is left is nil where it is not
// whole.
func cutNumber(b []byte) (n int, rest []byte) {
	v, size := binary.Uvarint(b)
	if size <= 0 || v > math.MaxInt32 {
		return 0, nil
	}
	return int(v), b[size:]
}

// cutName takes a name from the front of b, likewise.
func cutName(b []byte) (name string, rest []byte) {
	n, b := cutNumber(b)
	if b == nil || n > len(b) {
		return "", nil
	}
	return string(b[:n]), b[n:]
}
