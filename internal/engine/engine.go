// Package engine opens a search engine by its location. It is the only place
// that knows which engines there are.
package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"baogao"
	"baogao/index"
	"baogao/internal/opensearch"
)

// Open opens the index at a location for searching: the folder of an index
// built by Create, or opensearch://HOST:PORT,HOST:PORT/NAME.
func Open(location string) (baogao.Searcher, error) {
	if opensearch.Is(location) {
		ctx, cancel := opening()
		defer cancel()
		x, err := opensearch.Open(ctx, location)
		if err != nil {
			return nil, err
		}
		return x, nil
	}
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
	if opensearch.Is(location) {
		return opensearch.Follow(location, onError)
	}
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
	if opensearch.Is(location) {
		ctx, cancel := opening()
		defer cancel()
		return opensearch.Create(ctx, location, revision)
	}
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
	if opensearch.Is(location) {
		return opensearch.Update(ctx, location, revision)
	}
	dir, err := folder(location)
	if err != nil {
		return nil, nil, err
	}
	return index.Update(ctx, dir, revision)
}

// Verify reads the whole index at a location and returns its faults, a line
// each.
func Verify(location string) ([]string, error) {
	if opensearch.Is(location) {
		return opensearch.Verify(context.Background(), location)
	}
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
	if opensearch.Is(location) {
		return "", nil, errNotYet("index verify --repair", "the cluster keeps a copy of each shard; where none is left: index build")
	}
	dir, err := folder(location)
	if err != nil {
		return "", nil, err
	}
	return index.Repair(dir)
}

// Look says what is wrong with how the index at a location names the state in
// use, as far as costs nothing to see.
func Look(location string) error {
	if opensearch.Is(location) {
		return nil
	}
	dir, err := folder(location)
	if err != nil {
		return err
	}
	return index.Look(dir)
}

// longestOpening is how long a cluster has to answer before it is said not to.
const longestOpening = time.Minute

func opening() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), longestOpening)
}

// errNotYet is the error of what is not done over a cluster.
func errNotYet(what, next string) error {
	return fmt.Errorf("%s is not yet done over a cluster; %s", what, next)
}

// Copy makes a new index at a location of the reports of another one, whatever
// engines they are of, and returns what was published. It fails before anything is
// published where not all reports arrived.
func Copy(ctx context.Context, from, to, revision string) (published *baogao.Published, err error) {
	s, err := Open(from)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	held, err := s.Stats(ctx)
	if err != nil {
		return nil, err
	}
	w, err := Create(to, revision)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	reports, passages := 0, 0
	for h, err := range s.Hits(ctx, baogao.Request{Copies: true, Grouped: true}) {
		if err != nil {
			return nil, err
		}
		r, err := s.Report(ctx, h.Report.ID)
		if err != nil {
			return nil, err
		}
		r.CopyOf, r.Copies = "", nil // the other engine finds them again
		if err := w.Add(ctx, r); err != nil {
			return nil, err
		}
		reports, passages = reports+1, passages+len(r.Passages)
	}
	if reports != held.Reports || passages != held.Passages {
		return nil, fmt.Errorf("%s: %w: it gives %d of %d reports and %d of %d passages", from, baogao.ErrDamaged, reports, held.Reports, passages, held.Passages)
	}
	return w.Publish(ctx)
}

func folder(location string) (string, error) {
	if scheme, _, ok := strings.Cut(location, "://"); ok {
		return "", fmt.Errorf("%s: no engine for %s://; give the folder of an index, or opensearch://HOST:9200/NAME", location, scheme)
	}
	return location, nil
}
