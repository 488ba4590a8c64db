package corpus

import (
	"archive/tar"
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
)

// isTar knows the mark of POSIX and GNU.
func isTar(head []byte, _ string) bool { return len(head) > 262 && string(head[257:262]) == "ustar" }

// readTar reads the files of an archive in their order, as if they lay in a folder
// of its name.
func readTar(r *reader, f file, in *bufio.Reader) error {
	if f.depth == maxArchives {
		return r.fault(f.place, errDeep)
	}
	f.bound()
	t := tar.NewReader(in)
	for members := 0; ; {
		h, err := t.Next()
		switch {
		case err == io.EOF && members == 0:
			return r.fault(f.place, errNoFiles)
		case err == io.EOF:
			return nil
		case err != nil:
			return r.fault(f.place, fmt.Errorf("tar: %w; it may not have been downloaded to its end", reason(err)))
		case h.Typeflag != tar.TypeReg:
			continue
		case members == maxMembers:
			return r.fault(f.place, errMany)
		}
		members++
		inner, why := f.inside(memberName(h.Name))
		switch {
		case why != "":
			err = r.pass(inner.path, why)
		case path.Base(inner.path) == metadataName:
			err = r.fault(inner.place, unused(errors.New("it lies in a tar archive; put it beside the archive, or pack all as ZIP")))
		default:
			err = r.read(inner, bufio.NewReaderSize(&counter{ctx: r.ctx, in: t, progress: func(int64) {}}, headBytes))
		}
		if err != nil {
			return err
		}
	}
}
