// Package engine opens a search engine by its location. It is the only place
// that knows which engines there are.
package engine

import (
	"context"
	"fmt"
	"strings"

	"baogao"
	"baogao/index"
)

// Open opens the index at a location for searching: the folder of an index
// built by Create.
func Open(location string) (baogao.Searcher, error) {
	dir, err := folder(location)
	if err != nil {
		return nil, err
	}
	x, err := index.Open(dir)
	if err != nil {
		return nil, err // a nil *Index would be a Searcher that is not nil
	}
	return x, nil
}

// Follow opens the index at a location for a program that stays up: it
// answers from the newest generation, and ErrNoIndex until there is one.
// onError, which may be nil, is told why it stays on an old one.
func Follow(location string, onError func(error)) (baogao.Searcher, error) {
	dir, err := folder(location)
	if err != nil {
		return nil, err
	}
	f, err := index.Follow(dir, onError)
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

// Update starts an index that begins with the reports of the one in use, and
// returns them; they have no keys if another revision made them. That one stays
// in use until the Updater has published.
func Update(ctx context.Context, location, revision string) (u baogao.Updater, held []baogao.Held, err error) {
	dir, err := folder(location)
	if err != nil {
		return nil, nil, err
	}
	return index.Update(ctx, dir, revision)
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

// Repair makes the newest whole state of the index at a location the one in use,
// unless the one in use is whole. It says what it did, "" for nothing, and the
// faults of the states that it passed over, a line each.
func Repair(location string) (done string, faults []string, err error) {
	dir, err := folder(location)
	if err != nil {
		return "", nil, err
	}
	return index.Repair(dir)
}

// Look says what is wrong with how the index at a location names the state in
// use, as far as costs nothing to see.
func Look(location string) error {
	dir, err := folder(location)
	if err != nil {
		return err
	}
	return index.Look(dir)
}

func folder(location string) (string, error) {
	if scheme, _, ok := strings.Cut(location, "://"); ok {
		return "", fmt.Errorf("%s: no engine for %s://; give the folder of an index", location, scheme)
	}
	return location, nil
}
