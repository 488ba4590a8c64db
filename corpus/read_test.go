package corpus

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"path"
	"path/filepath"

	"baogao"
)

// Read reads one file that is in memory. The name stands for its path. It
// returns the reports of the file and what could not be read of it.
func Read(name string, data []byte, o Options) ([]*baogao.Report, []*FileError) {
	var reports []*baogao.Report
	var faults []*FileError
	w := newWalk(o, func(r *baogao.Report, err error) bool {
		var fault *FileError
		switch {
		case errors.As(err, &fault):
			faults = append(faults, fault)
		case r != nil:
			reports = append(reports, r)
		}
		return true
	})
	f := file{place: place{path: name}, id: path.Base(filepath.ToSlash(name))}
	w.run(context.Background(), func() error {
		return w.read(f, bufio.NewReaderSize(bytes.NewReader(data), headBytes))
	})
	return reports, faults
}
