package index

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

	"github.com/gofrs/flock"

	"baogao"
)

// formatVersion names the layout of a generation. Another version is refused.
const formatVersion = 3

// Files of the index folder and of a generation in it.
const (
	currentFile   = "CURRENT"
	lockFile      = "LOCK"
	manifestFile  = "manifest.json"
	bleveDir      = "bleve"
	textFile      = "text.bin"
	passagesFile  = "passages.bin"
	docsFile      = "docs.bin"
	sectionsFile  = "sections.bin"
	reportsFile   = "reports.bin"
	detailsFile   = "details.zst"
	sketchesFile  = "sketches.bin"
	copiesFile    = "copies.json"
	generationFmt = "gen-%06d"
)

// manifest describes a published generation.
type manifest struct {
	Format     int                 `json:"format"`
	Generation string              `json:"generation"`
	Built      string              `json:"built"`     // RFC 3339
	Revision   string              `json:"revision"`  // of what made the reports: another one may make others of the same files
	Documents  int                 `json:"documents"` // numbers given to passages in bleve, those of passages that are gone included
	Segments   int                 `json:"segments"`  // numbers given to segments, likewise
	Reports    int                 `json:"reports"`
	Copies     int                 `json:"copies"`
	Passages   int                 `json:"passages"`
	Tokens     int64               `json:"tokens"`
	TextBytes  int64               `json:"text_bytes"`
	Files      map[string]fileMark `json:"files"` // by path below the generation, with slashes
	Sum        string              `json:"sum"`   // SHA-256, in hex, of the manifest as it is where this is ""
}

// encode returns the manifest as it is written.
func (m manifest) encode() ([]byte, error) {
	m.Sum = ""
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	m.Sum = hex.EncodeToString(sum[:])
	return json.MarshalIndent(m, "", "  ")
}

// stats are the counts of the manifest.
func (m *manifest) stats() *baogao.Stats {
	s := &baogao.Stats{
		Generation: m.Generation, Built: m.Built, Reports: m.Reports, Copies: m.Copies, Passages: m.Passages,
		Tokens: m.Tokens, TextBytes: m.TextBytes,
	}
	for _, mark := range m.Files {
		s.DiskBytes += mark.Size
	}
	return s
}

// fileMark is what a file is checked by.
type fileMark struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// current returns the name of the generation in use in the index folder dir.
func current(dir string) (string, error) {
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
		if err := removeUnused(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func removeUnused(gen string) error {
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

// writeFile writes a file and waits until it is on disk.
func writeFile(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

// syncFile waits until a file, or the list of files of a folder, is on disk.
func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// readManifest reads the manifest of the generation folder gen and refuses
// one of another format.
func readManifest(gen string) (*manifest, error) {
	name := filepath.Join(gen, manifestFile)
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var m manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", name, baogao.ErrDamaged, err)
	}
	if m.Sum != "" || m.Format == formatVersion { // former formats had none
		if again, err := m.encode(); err != nil || !bytes.Equal(again, b) {
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
func (m *manifest) check(gen string) error {
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
func markFiles(gen string) (map[string]fileMark, error) {
	marks := map[string]fileMark{}
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

func markFile(path string) (fileMark, error) {
	f, err := os.Open(path)
	if err != nil {
		return fileMark{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return fileMark{Size: n, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}
