package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A replacement is a file that is written as a whole: beside what it replaces,
// which stays until the new one is whole and on disk. What is no regular file, a
// pipe or a device, is written to as it is.
type replacement struct {
	name   string      // as it was given
	path   string      // of the file itself, where name is a link
	former os.FileInfo // nil where there was none
}

// newReplacement fails, in time, where the file cannot be written.
func newReplacement(name string) (*replacement, error) {
	r := &replacement{name: name, path: name}
	if err := r.find(); err != nil {
		return nil, r.fault(err)
	}
	if r.isDirect() {
		return r, nil
	}
	f, err := r.beside()
	if err != nil {
		return nil, r.fault(err)
	}
	return r, r.fault(errors.Join(f.Close(), os.Remove(f.Name())))
}

// find looks for the former file, which must be one that may be written.
func (r *replacement) find() error {
	info, err := os.Stat(r.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	r.former = info
	if r.isDirect() && !info.IsDir() {
		return nil // to open a pipe waits for its reader
	}
	f, err := os.OpenFile(r.name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	f.Close()
	r.path, err = filepath.EvalSymlinks(r.name)
	return err
}

func (r *replacement) isDirect() bool { return r.former != nil && !r.former.Mode().IsRegular() }

// beside makes the new file. Its name is hidden, so that one that a killed build
// leaves is no report.
func (r *replacement) beside() (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(filepath.Dir(r.path), ".report-"+rand.Text()), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err == nil && r.former != nil {
		f.Chmod(r.former.Mode().Perm()) // a file system without modes is as good
	}
	return f, err
}

// write writes the file by a function.
func (r *replacement) write(content func(io.Writer) error) error {
	if r.isDirect() {
		f, err := os.OpenFile(r.path, os.O_WRONLY, 0)
		if err != nil {
			return r.fault(err)
		}
		return r.fault(errors.Join(content(f), f.Close()))
	}
	f, err := r.beside()
	if err != nil {
		return r.fault(err)
	}
	err = errors.Join(content(f), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), r.path)
	}
	if err != nil {
		os.Remove(f.Name()) // it is of no use, and the error that counts is the first
	}
	return r.fault(err)
}

// fault names the file in an error that is about it, or about the one beside it.
func (r *replacement) fault(err error) error {
	if err == nil {
		return nil
	}
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("--report %s: %w", r.name, err)
}
