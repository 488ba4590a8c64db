package corpus

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"baogao/internal/extract/pdf"
)

// Revision names what makes reports of files: this very program, and what of
// the machine it uses. Where it differs, the same file may give another
// report. It is "" where the program cannot read itself.
var Revision = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	io.WriteString(h, pdf.Tools())
	return hex.EncodeToString(h.Sum(nil))
})

// Size returns about how many files there are below paths, and their bytes,
// for telling how far the reading of them is.
func Size(ctx context.Context, paths []string) (files int, bytes int64) {
	for _, p := range paths {
		_ = filepath.WalkDir(p, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return ctx.Err() // what cannot be read is told by Reports
			}
			if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
				files++
				bytes += info.Size()
			}
			return ctx.Err()
		})
	}
	return files, bytes
}
