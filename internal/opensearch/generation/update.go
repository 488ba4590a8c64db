package generation

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"baogao"
)

// updater fills a fresh index with what is kept of the one in use, and with what is
// new. What is kept is indexed anew and not made anew: no file of it is read.
type updater struct {
	*writer
	base    *Stored // nil where there is none
	held    []baogao.Held
	number  map[string]int // of a report of the base, by its id
	kept    map[string]bool
	changes baogao.Changes
	// The first reports of the base as they stand there, while nothing else is added:
	// they are not written yet, for there may be no need to.
	waiting []baogao.File
	changed bool
}

var _ baogao.Updater = (*updater)(nil)

// Update starts a generation that begins with the one in use, and returns the reports
// that can be kept. If another revision made them they have no keys. It fails with
// ErrLocked while another process writes, and with ErrFormat for an index of another
// format.
func Update(ctx context.Context, at, revision string) (baogao.Updater, []baogao.Held, error) {
	w, err := create(ctx, at, revision)
	if err != nil {
		return nil, nil, err
	}
	u := &updater{writer: w, number: map[string]int{}, kept: map[string]bool{}}
	gen, err := Load(ctx, w.client)
	if errors.Is(err, baogao.ErrNoIndex) {
		return u, nil, nil
	}
	if err == nil {
		u.base = gen
		u.held, err = heldIn(ctx, w.client, gen.Index, revision != "" && gen.Revision == revision)
	}
	if err != nil {
		return nil, nil, errors.Join(err, u.Close())
	}
	for i, h := range u.held {
		u.number[h.ID] = i
	}
	return u, slices.Clone(u.held), nil
}

// Add adds a report that was made anew.
func (u *updater) Add(ctx context.Context, r *baogao.Report) error {
	if err := u.change(ctx); err != nil {
		return err
	}
	if err := u.writer.Add(ctx, r); err != nil {
		return err
	}
	if _, is := u.number[r.Meta.ID]; is {
		u.changes.Changed++
	} else {
		u.changes.Added++
	}
	return nil
}

// Keep takes over a report that is held. It fails with ErrDamaged where its passages
// are not as they were published: the damage would be carried on.
func (u *updater) Keep(ctx context.Context, r *baogao.Report) error {
	number, is := u.number[r.File.Held]
	if !is || u.kept[r.File.Held] {
		return fmt.Errorf("report %s: is not held", r.Meta.ID)
	}
	kept, err := checked(ctx, u.client, u.base.Index, r.File.Held)
	if err != nil {
		return err
	}
	stands := !u.changed && number == len(u.waiting) && r.Meta.ID == r.File.Held && r.File.Place == u.held[number].Place
	if stands {
		u.waiting = append(u.waiting, r.File)
	} else if err = u.change(ctx); err == nil {
		err = u.write(ctx, kept, r.Meta.ID, r.File)
	}
	if err != nil {
		return err
	}
	u.kept[r.File.Held] = true
	if r.File.Unread {
		u.changes.Unread++
	} else {
		u.changes.Kept++
	}
	return nil
}

// write writes a report of the base under an id.
func (u *updater) write(ctx context.Context, kept *baogao.Report, id string, file baogao.File) error {
	kept.Meta.ID, kept.File = id, baogao.File{Place: file.Place, Key: file.Key}
	return u.writer.Add(ctx, kept)
}

// change writes what waits: the new generation is another than the base.
func (u *updater) change(ctx context.Context) error {
	u.changed = true
	for len(u.waiting) > 0 {
		file := u.waiting[0]
		kept, err := checked(ctx, u.client, u.base.Index, file.Held)
		if err != nil {
			return err
		}
		if err := u.write(ctx, kept, file.Held, file); err != nil {
			return err
		}
		u.waiting = u.waiting[1:]
	}
	return nil
}

// Publish makes the new generation the one in use, unless it would be the same as
// the one that is.
func (u *updater) Publish(ctx context.Context) (*baogao.Published, error) {
	if u.base != nil && !u.changed && len(u.waiting) == len(u.held) {
		return u.same(ctx)
	}
	if err := u.change(ctx); err != nil {
		return nil, err
	}
	for id := range u.number {
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

// same is what is published where nothing has changed: the base.
func (u *updater) same(ctx context.Context) (*baogao.Published, error) {
	copyOf, err := copiesHeld(ctx, u.client, u.base.Index)
	if err != nil {
		return nil, err
	}
	stats, err := DiskOf(ctx, u.client, u.base.Index, u.base.Stats)
	return &baogao.Published{Stats: stats, CopyOf: copyOf, Changes: u.changes}, err
}
