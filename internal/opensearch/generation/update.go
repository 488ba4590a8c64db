package generation

import (
	"context"
	"errors"
	"fmt"

	"baogao"
)

// updater fills a fresh index with what is kept of the one in use, and with what is
// new. What is kept is indexed anew and not made anew: no file of it is read.
type updater struct {
	*writer
	base    *Stored // nil where there is none
	held    map[string]bool
	kept    map[string]bool
	changes baogao.Changes
}

var _ baogao.Updater = (*updater)(nil)

// Update starts a generation that begins with the one in use, and returns the reports
// that can be kept. If another revision made them they have no keys. It fails with
// ErrLocked while another process writes, and with ErrFormat for an index of another
// format.
func Update(ctx context.Context, at, revision string) (_ baogao.Updater, held []baogao.Held, err error) {
	w, err := create(ctx, at, revision)
	if err != nil {
		return nil, nil, err
	}
	u := &updater{writer: w, held: map[string]bool{}, kept: map[string]bool{}}
	gen, err := Load(ctx, w.client)
	if errors.Is(err, baogao.ErrNoIndex) {
		return u, nil, nil
	}
	if err == nil {
		u.base = gen
		held, err = heldIn(ctx, w.client, gen.Index, revision != "" && gen.Revision == revision)
	}
	if err != nil {
		return nil, nil, errors.Join(err, u.Close())
	}
	for _, h := range held {
		u.held[h.ID] = true
	}
	return u, held, nil
}

// Add adds a report that was made anew.
func (u *updater) Add(ctx context.Context, r *baogao.Report) error {
	if err := u.writer.Add(ctx, r); err != nil {
		return err
	}
	if u.held[r.Meta.ID] {
		u.changes.Changed++
	} else {
		u.changes.Added++
	}
	return nil
}

// Keep takes over a report that is held. It fails with ErrDamaged where its passages
// are not as they were published: the damage would be carried on.
func (u *updater) Keep(ctx context.Context, r *baogao.Report) error {
	if !u.held[r.File.Held] || u.kept[r.File.Held] {
		return fmt.Errorf("report %s: is not held", r.Meta.ID)
	}
	kept, err := checked(ctx, u.client, u.base.Index, r.File.Held)
	if err != nil {
		return err
	}
	u.kept[r.File.Held] = true
	kept.Meta.ID, kept.File = r.Meta.ID, baogao.File{Place: r.File.Place, Key: r.File.Key}
	if err := u.writer.Add(ctx, kept); err != nil {
		return err
	}
	if r.File.Unread {
		u.changes.Unread++
	} else {
		u.changes.Kept++
	}
	return nil
}

// Publish makes the new generation the one in use.
func (u *updater) Publish(ctx context.Context) (*baogao.Published, error) {
	for id := range u.held {
		if _, is := u.ids[id]; !is {
			u.changes.Gone++
		}
	}
	published, err := u.writer.Publish(ctx)
	if err == nil {
		published.Changes = u.changes
	}
	return published, err
}
