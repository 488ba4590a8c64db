// Package engine opens a search engine by its location. It is the only place
// that knows which engines there are.
package engine

import (
	"fmt"
	"strings"

	"baogao"
	"baogao/index"
)

// Options of an engine. The zero value works.
type Options struct {
	Resolve baogao.Resolver // reads the regions of a question; see index.Options
}

// Open opens the index at a location for searching: the folder of an index
// built by Create.
func Open(location string, o Options) (baogao.Searcher, error) {
	dir, err := folder(location)
	if err != nil {
		return nil, err
	}
	return index.Open(dir, index.Options{Resolve: o.Resolve})
}

// Follow opens the index at a location for a program that stays up: it
// answers from the newest generation, and ErrNoIndex until there is one.
func Follow(location string, o Options) (baogao.Searcher, error) {
	dir, err := folder(location)
	if err != nil {
		return nil, err
	}
	return index.Follow(dir, index.Options{Resolve: o.Resolve})
}

// Create starts a new index at a location. What is there stays in use until
// the Writer has published.
func Create(location string) (baogao.Writer, error) {
	dir, err := folder(location)
	if err != nil {
		return nil, err
	}
	return index.Create(dir)
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
