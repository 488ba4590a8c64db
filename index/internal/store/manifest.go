package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"baogao"
)

// formatVersion names the layout of a generation. Another version is refused.
const formatVersion = 3

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
	n, _ := generationNumber(m.Generation)
	return baogao.State{Generation: m.Generation, Number: n, Built: m.Built}
}

// A Mark is what a file is checked by.
type Mark struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// ReadManifest reads the manifest of the generation folder gen and refuses
// one of another format.
func ReadManifest(gen string) (*Manifest, error) {
	name := filepath.Join(gen, manifestFile)
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", name, baogao.ErrDamaged, err)
	}
	if m.Sum != "" || m.Format == formatVersion { // former formats had none
		if again, err := m.Encode(); err != nil || !bytes.Equal(again, b) {
			return nil, fmt.Errorf("%s: %w: bytes have changed since it was published", name, baogao.ErrDamaged)
		}
	}
	if m.Format != formatVersion {
		return nil, fmt.Errorf("%s: %w: format %d, this program reads format %d", gen, baogao.ErrFormat, m.Format, formatVersion)
	}
	return &m, nil
}

// check compares the files of a generation with its manifest as far as it
// costs nothing: the sizes, which catches what a full disk or a broken copy
// leaves, and the bytes of bleve's small control files, which bleve maps into
// memory and trusts.
func (m *Manifest) check(gen string) error {
	for name, mark := range m.Files {
		path := filepath.Join(gen, filepath.FromSlash(name))
		info, err := os.Stat(path)
		if err != nil {
			return err // that it is missing is damage, or the generation was replaced; see Open
		}
		if info.Size() != mark.Size {
			return fmt.Errorf("%s: %w: %d bytes, published with %d", path, baogao.ErrDamaged, info.Size(), mark.Size)
		}
		if !strings.HasPrefix(name, bleveDir+"/") || strings.HasSuffix(name, ".zap") {
			continue
		}
		found, err := markFile(path)
		if err != nil {
			return err
		}
		if found != mark {
			return fmt.Errorf("%s: %w: bytes have changed since it was published", path, baogao.ErrDamaged)
		}
	}
	return nil
}

// markFiles takes the marks of all files of a generation except its manifest
// and waits until each is on disk.
func markFiles(gen string) (map[string]Mark, error) {
	marks := map[string]Mark{}
	err := filepath.WalkDir(gen, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return syncFile(path)
		}
		rel, err := filepath.Rel(gen, path)
		if err != nil || rel == manifestFile {
			return err
		}
		if err := syncFile(path); err != nil {
			return err
		}
		mark, err := markFile(path)
		marks[filepath.ToSlash(rel)] = mark
		return err
	})
	return marks, err
}

func markFile(path string) (Mark, error) {
	f, err := os.Open(path)
	if err != nil {
		return Mark{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return Mark{Size: n, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}

// CheckMarks reads every file of the generation gen and compares it with its
// mark: a line a fault, each naming the file.
func (m *Manifest) CheckMarks(gen string) (faults []string, err error) {
	names := make([]string, 0, len(m.Files))
	for name := range m.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		path := filepath.Join(gen, filepath.FromSlash(name))
		mark, err := markFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			faults = append(faults, fmt.Sprintf("%s: is missing", path))
		case err != nil:
			return nil, err
		case mark.Size != m.Files[name].Size:
			faults = append(faults, fmt.Sprintf("%s: has %d bytes, published with %d", path, mark.Size, m.Files[name].Size))
		case mark.SHA256 != m.Files[name].SHA256:
			faults = append(faults, fmt.Sprintf("%s: bytes have changed since it was published", path))
		}
	}
	return faults, nil
}
