package ocr

import (
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"baogao/internal/extract"
)

// What the folder of a store may hold.
const (
	mostKept  = 512 << 20 // bytes; a page takes some 2 KB
	mostEntry = 64 << 20  // of a page, unpacked
)

// A store keeps what was read of pictures in files, by their keys: a sum, and what it
// is of, packed. A file that is not whole is none. Files appear whole, so that several
// programs may use one folder; what was asked for longest ago goes first.
type store struct{ folder string }

func (s store) path(key string) string { return filepath.Join(s.folder, key[:2], key[2:]) }

// get is what was put under a key.
func (s store) get(key string) (read extract.Recognised, ok bool) {
	if s.folder == "" {
		return read, false
	}
	data, err := os.ReadFile(s.path(key))
	if err != nil || len(data) < sha256.Size {
		return read, false
	}
	sum := sha256.Sum256(data[sha256.Size:])
	if !bytes.Equal(sum[:], data[:sha256.Size]) {
		return read, false
	}
	unpacked := io.LimitReader(flate.NewReader(bytes.NewReader(data[sha256.Size:])), mostEntry)
	if json.NewDecoder(unpacked).Decode(&read) != nil {
		return extract.Recognised{}, false
	}
	now := time.Now()
	_ = os.Chtimes(s.path(key), now, now) // only which goes first depends on it
	return read, true
}

// put keeps what was read. Where it cannot be kept it is read again, another time.
func (s store) put(key string, read extract.Recognised) {
	if s.folder == "" {
		return
	}
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, flate.BestCompression) // the level is one
	if json.NewEncoder(w).Encode(read) != nil || w.Close() != nil {
		return
	}
	sum := sha256.Sum256(packed.Bytes())
	dir := filepath.Dir(s.path(key))
	if os.MkdirAll(dir, 0o700) != nil {
		return
	}
	f, err := os.CreateTemp(dir, "new-*")
	if err != nil {
		return
	}
	_, err = f.Write(append(sum[:], packed.Bytes()...))
	if err = cmp.Or(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), s.path(key))
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
}

// prune removes what was asked for longest ago, until half of what may be kept is
// left, where there is more than may be kept.
func (s store) prune() {
	if s.folder == "" {
		return
	}
	type entry struct {
		path string
		size int64
		used time.Time
	}
	var all []entry
	var total int64
	_ = filepath.WalkDir(s.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // what cannot be read is not counted
		}
		if info, err := d.Info(); err == nil {
			all = append(all, entry{path, info.Size(), info.ModTime()})
			total += info.Size()
		}
		return nil
	})
	if total <= mostKept {
		return
	}
	slices.SortFunc(all, func(a, b entry) int { return a.used.Compare(b.used) })
	for _, e := range all {
		if total <= mostKept/2 {
			return
		}
		if os.Remove(e.path) == nil {
			total -= e.size
		}
	}
}
