// Package engine opens a search engine by its location. It is the only place
// that knows which engines there are.
package engine

import (
	"fmt"
	"strings"

	"baogao"
	"baogao/index"
)

// Options of an engine; see index.Options.
type Options = index.Options

// Open opens the index at a location for searching: the folder of an index
// built by Create.
func Open(location string, o Options) (baogao.Searcher, error) {
	dir, err := folder(location)
	if err != nil {
		return nil, err
	}
	x, err := index.Open(dir, o)
	if err != nil {
		return nil, err // a nil *Index would be a Searcher that is not nil
	}
	return x, nil
}

// Follow opens the index at a location for a program that stays up: it
// answers from the newest generation, and ErrNoIndex until there is one.
func Follow(location string, o Options) (baogao.Searcher, error) {
	dir, err := folder(location)
	if err != nil {
		return nil, err
	}
	f, err := index.Follow(dir, o)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Create starts a new index at a location. What is there stays in use until
// the Writer has published. The revision names what makes the reports.
func Create(location, revision string) (baogao.Writer, error) {
	dir, err := folder(location)
	if err != nil {
		return nil, err
	}
	return index.Create(dir, revision)
}

// Update starts an index that begins with the reports of the one in use, if
// the same revision made them. That one stays in use until the Updater has
// published.
func Update(location, revision string) (baogao.Updater, error) {
	dir, err := folder(location)
	if err != nil {
		return nil, err
	}
	return index.Update(dir, revision)
}

// Verify reads the whole index at a location and returns its faults, a line
// each.
func Verify(location string) ([]string, error) {
	dir, err := folder(location)
	if err != nil {
		return nil, err
	}
	return index.Verify(dir)
}

func folder(location string) (string, error) {
	if scheme, _, ok := strings.Cut(location, "://"); ok {
		return "", fmt.Errorf("%s: no engine for %s://; give the folder of an index", location, scheme)
	}
	return location, nil
}
