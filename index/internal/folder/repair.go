package folder

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"baogao"
	"baogao/index/internal/system"
)

// Repair makes the newest generation in the index folder dir of which check
// finds no fault the one in use, unless the one in use is such. It says what it
// did, "" for nothing, and the faults of the generations that it passed over, a
// line each. It fails with ErrDamaged where no generation is whole, and with
// ErrLocked while another process writes.
func Repair(dir string, check func(gen string) (faults []string, err error)) (done string, faults []string, err error) {
	if _, err := Current(dir); errors.Is(err, baogao.ErrNoIndex) {
		return "", nil, err // and no lock is left in a folder that is no index
	}
	lock, err := LockWriter(dir)
	if err != nil {
		return "", nil, err
	}
	defer lock.Close()
	r := repair{dir: dir, check: check}
	if err := r.begin(); err != nil {
		return "", nil, err
	}
	for _, name := range r.names {
		if whole, err := r.try(name); whole || err != nil {
			return r.done, r.faults, err
		}
	}
	return "", r.faults, fmt.Errorf("%s: %w: no generation is whole", dir, baogao.ErrDamaged)
}

// repair looks for a whole generation.
type repair struct {
	dir    string
	check  func(gen string) (faults []string, err error)
	named  string   // by CURRENT; "" is none
	reason string   // what is to be said of CURRENT if that is not whole
	names  []string // of the generations, in the order in which they are tried

	done   string
	faults []string
}

// begin reads CURRENT and puts the generations in order: the one in use, and
// then the newest first.
func (r *repair) begin() (err error) {
	var fault *currentError
	switch r.named, err = readCurrent(r.dir); {
	case err == nil:
		r.reason = fmt.Sprintf("names %s, which is not whole", r.named)
	case !errors.As(err, &fault):
		return err
	default:
		r.reason = fault.reason
	}
	if r.names, err = generations(r.dir); err != nil {
		return err
	}
	slices.Reverse(r.names)
	if at := slices.Index(r.names, r.named); at >= 0 {
		r.names = slices.Insert(slices.Delete(r.names, at, at+1), 0, r.named)
	}
	return nil
}

// try makes a generation the one in use if it is whole.
func (r *repair) try(name string) (whole bool, err error) {
	gen := filepath.Join(r.dir, name)
	lock, err := LockReader(gen)
	if err != nil {
		return false, r.passOver(err)
	}
	defer lock.Close() // until then nobody can remove it
	faults, err := r.check(gen)
	if name == r.named && errors.Is(err, baogao.ErrFormat) {
		return false, err // it is whole, for all that is known
	}
	if err != nil {
		return false, r.passOver(err)
	}
	r.faults = append(r.faults, faults...)
	if len(faults) > 0 || name == r.named {
		return len(faults) == 0, nil
	}
	if err := Publish(r.dir, name); err != nil {
		return false, err
	}
	r.done = fmt.Sprintf("%s %s: put back to %s, which is whole", currentFile, r.reason, name)
	return true, system.SyncFile(r.dir)
}

// passOver makes a fault of an error, unless it says nothing of the files.
func (r *repair) passOver(err error) error {
	if isShortage(err) {
		return err
	}
	r.faults = append(r.faults, err.Error())
	return nil
}
