package corpus

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
)

// Size returns about how many files Reports will read below paths, and their
// bytes, for telling how far the reading of them is.
func Size(ctx context.Context, paths []string, o Options) (files int, bytes int64) {
	excluded := realPaths(o.Exclude)
	for _, p := range paths {
		_ = filepath.WalkDir(p, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return ctx.Err() // what cannot be read is told by Reports
			}
			if d.IsDir() {
				if real, err := realPath(name); err == nil && excluded[real] {
					return fs.SkipDir
				}
				return ctx.Err()
			}
			if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() && !isHidden(d.Name()) {
				files++
				bytes += info.Size()
			}
			return ctx.Err()
		})
	}
	return files, bytes
}
