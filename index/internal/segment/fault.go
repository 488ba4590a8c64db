package segment

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	zap "github.com/blevesearch/zapx/v17"

	"baogao"
)

// fault is a place of the segment that makes no sense.
func (s *Segment) fault(format string, args ...any) error {
	return fmt.Errorf("%s: %w: %s", s.file.Name(), baogao.ErrDamaged, fmt.Sprintf(format, args...))
}

// cause looks for what kept bleve from opening what is at path, and gives err
// where there is nothing. Bleve says of a file only that it is missing, and goes
// on without a segment that it could not open. All are open at once here, as
// they were there.
func (x *Index) cause(path string, err error) error {
	for _, name := range []string{filepath.Join(path, "index_meta.json"), Path(path, "root.bolt")} {
		f, e := os.Open(name)
		if e != nil {
			return e
		}
		defer f.Close()
	}
	var plugin zap.ZapPlugin
	for name := range x.files {
		s, e := plugin.Open(name)
		if e != nil {
			return fmt.Errorf("%s: %w", name, e)
		}
		defer s.Close()
	}
	return err
}

// checkSegments holds the segments that are open to the files there are.
func (x *Index) checkSegments(path string) error {
	if len(x.files) != len(x.Segments) {
		return x.cause(path, errors.New("some segments were left out"))
	}
	return nil
}
