// Package system is where an index asks the system for its files, so that tests can
// have it refuse.
package system

import (
	"errors"
	"os"
	"sync/atomic"
	"syscall"

	"baogao/index/internal/block"
)

// A Call is one kind of call to the system.
type Call string

// The calls that can be refused.
const (
	CallOpen   Call = "open"
	CallList   Call = "list"
	CallCreate Call = "create"
	CallMkdir  Call = "mkdir"
	CallMap    Call = "mmap"
	CallSync   Call = "fsync"
	CallRename Call = "rename"
)

var refusal atomic.Pointer[func(Call, string) error]

// Refuse has a function decide, by its error, which calls the system refuses, and
// for which paths, until restore is called. Tests alone use it.
func Refuse(why func(call Call, path string) error) (restore func()) {
	refusal.Store(&why)
	return func() { refusal.Store(nil) }
}

// ask is the error of a call that is refused.
func ask(call Call, path string) error {
	if why := refusal.Load(); why != nil {
		if err := (*why)(call, path); err != nil {
			return &os.PathError{Op: string(call), Path: path, Err: err}
		}
	}
	return nil
}

// Open opens a file to read.
func Open(path string) (*os.File, error) {
	if err := ask(CallOpen, path); err != nil {
		return nil, err
	}
	return os.Open(path)
}

// OpenAtOnce opens a file to read, and does not wait where it is a pipe.
func OpenAtOnce(path string) (*os.File, error) {
	if err := ask(CallOpen, path); err != nil {
		return nil, err
	}
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// ReadFile reads a file.
func ReadFile(path string) ([]byte, error) {
	if err := ask(CallOpen, path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// ReadDir lists a folder.
func ReadDir(path string) ([]os.DirEntry, error) {
	if err := ask(CallList, path); err != nil {
		return nil, err
	}
	return os.ReadDir(path)
}

// Create makes a file, which must be new.
func Create(path string) (*os.File, error) {
	if err := ask(CallCreate, path); err != nil {
		return nil, err
	}
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

// Mkdir makes a folder.
func Mkdir(path string) error {
	if err := ask(CallMkdir, path); err != nil {
		return err
	}
	return os.Mkdir(path, 0o755)
}

// Map maps a file, whose blocks have sums.
func Map(path string, sums block.Sums) (*block.File, error) {
	for _, call := range []Call{CallOpen, CallMap} {
		if err := ask(call, path); err != nil {
			return nil, err
		}
	}
	return block.Open(path, sums)
}

// Sync has what was written to a file reach its disk.
func Sync(f *os.File) error {
	if err := ask(CallSync, f.Name()); err != nil {
		return err
	}
	return f.Sync()
}

// Rename gives a file or a folder another name, in one step.
func Rename(from, to string) error {
	if err := ask(CallRename, to); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// WriteFile writes a new file and waits until it is on disk.
func WriteFile(path string, b []byte) error {
	f, err := Create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, Sync(f), f.Close())
}

// SyncFile waits until a file, or the list of files of a folder, is on disk.
func SyncFile(path string) error {
	f, err := Open(path)
	if err != nil {
		return err
	}
	return errors.Join(Sync(f), f.Close())
}
