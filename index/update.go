package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao"
	"baogao/index/internal/catalogue"
	"baogao/index/internal/segment"
	"baogao/index/internal/store"
	"baogao/internal/analyzer"
	"baogao/internal/copies"
)

// updater builds a generation out of the one in use. The columns are written
// anew, in the order of Keep and Add, so that they are those of a full build.
// The segments of the bleve index, which never change once they are written,
// are shared by links; passages that are gone are marked as gone there. New ones
// make a segment, which takes the place of small ones, so that segments stay few.
type updater struct {
	*writer
	base     *Index         // nil where there is none
	other    bool           // another revision made base: of its reports those alone are kept whose files cannot be read
	held     map[string]int // report of base by its id
	moved    []int          // ordinal that the first passage of a report of base has now, by report; -1 where it was not kept
	same     bool           // as far as it went, the new generation is the base
	sketches [][]byte       // of base
	files    []string       // of base

	changes baogao.Changes
}

var _ baogao.Updater = (*updater)(nil)

// Update starts a generation that begins with the one in use in dir, and returns
// the reports that can be kept. If another revision made them they have no keys.
// It fails with ErrLocked while another process writes, with ErrFormat for an
// index of another format, and with ErrDamaged for one whose files have changed:
// what is kept of it would carry the damage on.
func Update(ctx context.Context, dir, revision string) (_ baogao.Updater, held []baogao.Held, err error) {
	w, err := newWriter(dir, revision)
	if err != nil {
		return nil, nil, err
	}
	u := &updater{writer: w, same: true}
	if err := cmp.Or(u.open(dir), ctx.Err()); err != nil {
		return nil, nil, errors.Join(err, u.Close())
	}
	if u.base == nil {
		return u, nil, nil
	}
	err = store.Guard(u.base.gen.Dir, func() error { held = u.base.gen.Held(u.files, !u.other); return nil })
	if err != nil {
		return nil, nil, errors.Join(err, u.Close())
	}
	return u, held, nil
}

func (u *updater) open(dir string) error {
	base, err := Open(dir)
	if errors.Is(err, baogao.ErrNoIndex) {
		return u.begin()
	}
	if err != nil {
		return err
	}
	u.base, u.moved = base, slices.Repeat([]int{-1}, len(base.gen.Reports))
	if err := store.Guard(base.gen.Dir, func() error { u.held = base.reports.ByID(); return nil }); err != nil {
		return err
	}
	if err := base.gen.CheckMarks(); err != nil {
		return err
	}
	if u.sketches, err = base.gen.Sketches(copies.SketchSize); err != nil {
		return err
	}
	if u.files, err = base.gen.Files(); err != nil {
		return err
	}
	if u.other = u.columns.Manifest.Revision == "" || base.gen.Manifest.Revision != u.columns.Manifest.Revision; !u.other {
		u.columns.Manifest.Documents, u.columns.Manifest.Segments = base.gen.Manifest.Documents, base.gen.Manifest.Segments
	}
	return u.begin()
}

// Add adds a report that was made anew.
func (u *updater) Add(ctx context.Context, r *baogao.Report) error {
	if err := u.writer.Add(ctx, r); err != nil {
		return err
	}
	u.same = false
	if _, ok := u.held[r.Meta.ID]; ok {
		u.changes.Changed++
	} else {
		u.changes.Added++
	}
	return nil
}

// Keep takes over a report that is held.
func (u *updater) Keep(ctx context.Context, r *baogao.Report) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	id := r.Meta.ID
	i, ok := u.held[r.File.Held]
	switch {
	case !ok || u.moved[i] >= 0:
		return fmt.Errorf("report %s: is not held", id)
	case u.ids[id]:
		return fmt.Errorf("report %s: is in the index already", id)
	}
	return store.Guard(u.base.gen.Dir, func() error { return u.keep(r, i) })
}

// keep takes over report i of the base.
func (u *updater) keep(r *baogao.Report, i int) error {
	id, entry := r.Meta.ID, *u.base.gen.Entry(i)
	u.moved[i] = u.columns.Manifest.Passages
	u.same = u.same && i == u.columns.Manifest.Reports && entry.Meta.ID == id && u.files[i] == r.File.Place
	entry.Meta.ID = id
	entry.SetKey(r.File.Key)
	details, err := u.base.gen.DetailsLine(i)
	if err != nil {
		return err
	}
	u.place(entry, r.File.Place, details, copies.ParseSketch(u.sketches[i]))
	u.columns.Copy(u.base.gen, u.base.gen.Reports[i].Extent)
	if r.File.Unread {
		u.changes.Unread++
	} else {
		u.changes.Kept++
	}
	return u.columns.Err()
}

// Publish makes the new generation the one in use, unless it would be the
// same as the one that is.
func (u *updater) Publish(ctx context.Context) (*baogao.Published, error) {
	for id := range u.held {
		if !u.ids[id] {
			u.changes.Gone++
		}
	}
	if u.base != nil && u.same && u.columns.Manifest.Reports == len(u.base.gen.Reports) {
		same := &baogao.Published{Stats: *u.base.gen.Manifest.Stats(), Changes: u.changes}
		return same, store.Guard(u.base.gen.Dir, func() error { same.CopyOf = u.copyIDs(); return nil })
	}
	if u.base != nil {
		if err := store.Guard(u.base.gen.Dir, func() error { return u.takeSegments(ctx) }); err != nil {
			return nil, err
		}
	}
	if err := u.closeBase(); err != nil { // so that it can be cleared away
		return nil, err
	}
	published, err := u.writer.Publish(ctx)
	if err == nil {
		published.Changes = u.changes
	}
	return published, err
}

// copyIDs is the id of the report that is shown, by the id of each copy of the
// base.
func (u *updater) copyIDs() map[string]string {
	ids := map[string]string{}
	for i := range u.base.gen.Reports {
		if of := u.base.reports.ShownFor(i); of != "" {
			ids[u.base.gen.Entry(i).Meta.ID] = of
		}
	}
	return ids
}

// takeSegments takes over the segments of the base. What is left of small ones
// goes into the new segment, as does that of segments another revision made,
// whose terms may be others.
func (u *updater) takeSegments(ctx context.Context) error {
	ordinals := u.ordinals()
	docs, living := make([][]uint32, len(u.base.docs)), make([]int, len(u.base.docs))
	bySize := make([]int, len(docs))
	for seg, base := range u.base.docs {
		bySize[seg], docs[seg] = seg, make([]uint32, len(base))
		for i, ordinal := range base {
			docs[seg][i] = store.Gone
			if ordinal != store.Gone {
				docs[seg][i] = ordinals[ordinal]
			}
			if docs[seg][i] != store.Gone {
				living[seg]++
			}
		}
	}
	slices.SortFunc(bySize, func(a, b int) int { return cmp.Compare(living[a], living[b]) })
	for _, seg := range bySize {
		var err error
		small := living[seg] <= 2*u.terms.Len() && living[seg] <= segmentDocs/2
		if u.other || small || living[seg] <= len(docs[seg])/2 {
			err = u.indexAgain(ctx, seg, docs[seg])
		} else {
			err = u.takeSegment(seg, docs[seg])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ordinals returns the ordinals that the passages of the base have now.
func (u *updater) ordinals() []uint32 {
	now := slices.Repeat([]uint32{store.Gone}, len(u.base.gen.Records))
	for i, at := range u.moved {
		r := &u.base.gen.Reports[i]
		for n := 0; at >= 0 && n < r.Count; n++ {
			now[r.First+n] = uint32(at + n)
		}
	}
	return now
}

// takeSegment takes over a segment of the base whose documents are docs now.
func (u *updater) takeSegment(seg int, docs []uint32) error {
	file, err := u.base.bleve.Segments[seg].Link(u.columns.Bleve())
	if err != nil {
		return err
	}
	gone := roaring.New()
	for doc, ordinal := range docs {
		if ordinal == store.Gone {
			gone.Add(uint32(doc))
		}
	}
	u.columns.Linked(segment.Path("", file), u.base.gen)
	u.segments, u.docs = append(u.segments, segment.Entry{File: file, Gone: gone}), append(u.docs, docs)
	return nil
}

// indexAgain adds what is left of a segment of the base to the new segment.
func (u *updater) indexAgain(ctx context.Context, seg int, docs []uint32) error {
	for doc, ordinal := range docs {
		if ordinal == store.Gone {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		former := int(u.base.docs[seg][doc])
		values := catalogue.Values(&u.base.gen.Entry(int(u.base.gen.Records[former].Report)).Meta)
		u.pending = append(u.pending, ordinal)
		u.index(analyzer.UTF16String(u.base.gen.Text(former)), values)
		if err := u.endIfFull(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Close ends the update and lets go of the base.
func (u *updater) Close() error { return errors.Join(u.writer.Close(), u.closeBase()) }

func (u *updater) closeBase() error {
	if u.base == nil {
		return nil
	}
	err := u.base.Close()
	u.base = nil
	return err
}
