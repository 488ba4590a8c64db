package store

import (
	"os"
	"sync/atomic"

	"baogao/index/internal/block"
)

// Whatever asks the system for a file of a generation goes through here, so that
// tests can have the system refuse.

// A Call is one kind of call to the system.
type Call string

// The calls that can be refused.
const (
	callOpen   Call = "open"
	callList   Call = "list"
	callCreate Call = "create"
	callMkdir  Call = "mkdir"
	callMap    Call = "mmap"
	callSync   Call = "fsync"
	callRename Call = "rename"
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

func openFile(path string) (*os.File, error) {
	if err := ask(callOpen, path); err != nil {
		return nil, err
	}
	return os.Open(path)
}

func readFile(path string) ([]byte, error) {
	if err := ask(callOpen, path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

func readDir(path string) ([]os.DirEntry, error) {
	if err := ask(callList, path); err != nil {
		return nil, err
	}
	return os.ReadDir(path)
}

// createFile makes a file, which must be new.
func createFile(path string) (*os.File, error) {
	if err := ask(callCreate, path); err != nil {
		return nil, err
	}
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

func mkdir(path string) error {
	if err := ask(callMkdir, path); err != nil {
		return err
	}
	return os.Mkdir(path, 0o755)
}

func mapFile(path string, sums block.Sums) (*block.File, error) {
	for _, call := range []Call{callOpen, callMap} {
		if err := ask(call, path); err != nil {
			return nil, err
		}
	}
	return block.Open(path, sums)
}

func syncOpen(f *os.File) error {
	if err := ask(callSync, f.Name()); err != nil {
		return err
	}
	return f.Sync()
}

func rename(from, to string) error {
	if err := ask(callRename, to); err != nil {
		return err
	}
	return os.Rename(from, to)
}
