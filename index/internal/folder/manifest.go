package folder

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"baogao"
	"baogao/index/internal/block"
	"baogao/index/internal/system"
)

// Format names the layout of a generation, and what its terms are made of.
// Another version is refused.
const Format = 7

// A Manifest describes a published generation.
type Manifest struct {
	Format     int             `json:"format"`
	Generation string          `json:"generation"`
	Built      string          `json:"built"`     // RFC 3339
	Revision   string          `json:"revision"`  // of what made the reports: another one may make others of the same files
	Documents  int             `json:"documents"` // numbers given to passages in bleve, those of passages that are gone included
	Segments   int             `json:"segments"`  // numbers given to segments, likewise
	Reports    int             `json:"reports"`
	Copies     int             `json:"copies"`
	Passages   int             `json:"passages"`
	Figures    int             `json:"figures"` // see baogao.Passage.Measured
	Tokens     int64           `json:"tokens"`
	TextBytes  int64           `json:"text_bytes"`
	Files      map[string]Mark `json:"files"` // by path below the generation, with slashes
	Sum        string          `json:"sum"`   // SHA-256, in hex, of the manifest as it is where this is ""
}

// Encode returns the manifest as it is written, with its checksum.
func (m Manifest) Encode() ([]byte, error) {
	m.Sum = ""
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	m.Sum = hex.EncodeToString(sum[:])
	return json.MarshalIndent(m, "", "  ")
}

// Stats are the counts of the manifest, without facets and cells.
func (m *Manifest) Stats() *baogao.Stats {
	s := &baogao.Stats{
		State: m.State(), Reports: m.Reports, Copies: m.Copies, Passages: m.Passages,
		Tokens: m.Tokens, TextBytes: m.TextBytes,
	}
	for _, mark := range m.Files {
		s.DiskBytes += mark.Size
	}
	return s
}

// State names the generation.
func (m *Manifest) State() baogao.State {
	s := baogao.State{Generation: m.Generation, Built: m.Built}
	if n, ok := generationNumber(m.Generation); ok && n.IsInt64() {
		s.Number = int(n.Int64())
	}
	return s
}

// A Mark is what a file is checked by.
type Mark struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// ReadManifest reads the manifest of the generation folder gen and refuses
// one of another format.
func ReadManifest(gen string) (*Manifest, error) {
	name := filepath.Join(gen, ManifestFile)
	b, err := system.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", name, baogao.ErrDamaged, err)
	}
	if m.Sum != "" || m.Format == Format { // former formats had none
		if again, err := m.Encode(); err != nil || !bytes.Equal(again, b) {
			return nil, fmt.Errorf("%s: %w: bytes have changed since it was published", name, baogao.ErrDamaged)
		}
	}
	if m.Format != Format {
		return nil, fmt.Errorf("%s: %w: format %d, this program reads format %d", gen, baogao.ErrFormat, m.Format, Format)
	}
	return &m, nil
}

// Check compares the sizes of the files of a generation with its manifest, which
// catches what a full disk or a broken copy leaves.
func (m *Manifest) Check(gen string) error {
	for name, mark := range m.Files {
		path := filepath.Join(gen, filepath.FromSlash(name))
		info, err := os.Stat(path)
		if err != nil {
			return err // that it is missing is damage, or the generation was replaced; see Open
		}
		if info.Size() != mark.Size {
			return fmt.Errorf("%s: %w: %d bytes, published with %d", path, baogao.ErrDamaged, info.Size(), mark.Size)
		}
	}
	return nil
}

// MarkFiles takes the marks and the sums of all files of a generation except its
// manifest, side by side, and waits until each is on disk.
func MarkFiles(gen string) (map[string]Mark, map[string]block.Sums, error) {
	var paths []string
	err := filepath.WalkDir(gen, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return system.SyncFile(path)
		case path != filepath.Join(gen, ManifestFile):
			paths = append(paths, path)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	marks, sums := map[string]Mark{}, map[string]block.Sums{}
	for i, f := range markAll(paths, system.SyncFile) {
		name, err := filepath.Rel(gen, paths[i])
		if err := cmp.Or(f.err, err); err != nil {
			return nil, nil, err
		}
		name = filepath.ToSlash(name)
		marks[name], sums[name] = f.Mark, f.sums
	}
	return marks, sums, nil
}

// A marked file is one with its mark and its sums, or what kept it from being read.
type marked struct {
	Mark
	sums block.Sums
	err  error
}

// markAll does something with files and marks them, on all processors.
func markAll(paths []string, first func(path string) error) []marked {
	all := make([]marked, len(paths))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(paths)) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(paths)); i = next.Add(1) - 1 {
				f := &all[i]
				if f.err = first(paths[i]); f.err == nil {
					f.Mark, f.sums, f.err = markFile(paths[i])
				}
			}
		})
	}
	workers.Wait()
	return all
}

func markFile(path string) (Mark, block.Sums, error) {
	f, err := system.Open(path)
	if err != nil {
		return Mark{}, nil, err
	}
	defer f.Close()
	h, blocks := sha256.New(), &block.Summer{}
	n, err := io.Copy(io.MultiWriter(h, blocks), f)
	return Mark{Size: n, SHA256: hex.EncodeToString(h.Sum(nil))}, blocks.Sums(), err
}

// CheckMarks reads every file of the generation gen and compares it with its
// mark: a line a fault, each naming the file and the place.
func (m *Manifest) CheckMarks(gen string) (faults []string, err error) {
	names := make([]string, 0, len(m.Files))
	for name := range m.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	sums, err := ReadSums(gen, m)
	if err != nil {
		sums = nil // no places are known; that it has changed is told below
	}
	paths := make([]string, len(names))
	for i, name := range names {
		paths[i] = filepath.Join(gen, filepath.FromSlash(name))
	}
	for i, f := range markAll(paths, func(string) error { return nil }) {
		path, published := paths[i], m.Files[names[i]]
		switch {
		case errors.Is(f.err, fs.ErrNotExist):
			faults = append(faults, fmt.Sprintf("%s: is missing", path))
		case f.err != nil:
			return nil, f.err
		case f.Size != published.Size:
			faults = append(faults, fmt.Sprintf("%s: has %d bytes, published with %d", path, f.Size, published.Size))
		case f.SHA256 != published.SHA256:
			faults = append(faults, firstChanged(path, f.sums, sums[names[i]]))
		}
	}
	return faults, nil
}

// firstChanged tells the first block of a file whose sum is not the one that was
// published.
func firstChanged(path string, now, published block.Sums) string {
	for i, sum := range now {
		if i < len(published) && sum != published[i] {
			return (&block.Fault{Name: path, Block: i}).Error()
		}
	}
	return path + ": bytes have changed since it was published"
}
