package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao"
	"baogao/internal/neardup"
)

// updater builds a generation out of the one in use. The columns are written
// anew, in the order of Keep and Add, so that they are those of a full build.
// The segments of the bleve index, which never change once they are written,
// are shared by links; passages that are gone are marked as gone there. New
// ones make a segment of their own, which takes the place of small ones, so
// that segments stay few.
type updater struct {
	*writer
	base     *Index         // nil where everything is made again
	held     map[string]int // report of base by its key
	mu       sync.Mutex     // guards moved against Holds, which another goroutine may ask
	moved    []int          // ordinal that the first passage of a report of base has now, by report; -1 where it was not kept
	same     bool           // as far as it went, the new generation is the base
	compared []byte         // the sketches of base

	former  map[string]bool // ids of base
	changes baogao.Changes
}

var _ baogao.Updater = (*updater)(nil)

// Update starts a generation that begins with the one in use in dir. If there
// is none, or another revision made its reports, it holds nothing. It fails
// with ErrLocked while another process writes, with ErrFormat for an index of
// another format, and with ErrDamaged for one whose files have changed: what
// is kept of it would carry the damage on.
func Update(dir, revision string) (_ baogao.Updater, err error) {
	w, err := lockedWriter(dir, revision)
	if err != nil {
		return nil, err
	}
	u := &updater{writer: w, held: map[string]int{}, former: map[string]bool{}, same: true}
	if err := u.open(); err != nil {
		return nil, errors.Join(err, u.Close())
	}
	return u, nil
}

func (u *updater) open() error {
	base, err := Open(u.dir, Options{})
	if errors.Is(err, baogao.ErrNoIndex) {
		return u.writer.open()
	}
	if err != nil {
		return err
	}
	u.base, u.moved = base, make([]int, len(base.reports))
	for i, r := range base.reports {
		u.former[r.Meta.ID], u.moved[i] = true, -1
	}
	if r := u.manifest.Revision; r == "" || base.manifest.Revision != r {
		return u.writer.open()
	}
	faults, err := base.manifest.checkMarks(base.gen)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return fmt.Errorf("%w: %s", baogao.ErrDamaged, faults[0])
	}
	for i, r := range base.reports {
		if key := r.key(); key != "" {
			u.held[key] = i
		}
	}
	if u.compared, err = os.ReadFile(filepath.Join(base.gen, sketchesFile)); err != nil {
		return err
	}
	u.manifest.Documents, u.manifest.Segments = base.manifest.Documents, base.manifest.Segments
	return u.writer.open()
}

// Holds reports whether a report made of what key names can be kept.
func (u *updater) Holds(key string) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	i, ok := u.held[key]
	return ok && u.moved[i] < 0
}

// Add adds a report that was made anew.
func (u *updater) Add(ctx context.Context, r *baogao.Report) error {
	if err := u.writer.Add(ctx, r); err != nil {
		return err
	}
	if u.same = false; u.former[r.Meta.ID] {
		u.changes.Changed++
	} else {
		u.changes.Added++
	}
	return nil
}

// Keep takes over a report that is held.
func (u *updater) Keep(ctx context.Context, key, id string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	i, ok := u.held[key]
	switch {
	case !ok || u.moved[i] >= 0:
		return fmt.Errorf("report %s: is not held", id)
	case u.ids[id]:
		return fmt.Errorf("report %s: is in the index already", id)
	}
	if len(u.compared) < (i+1)*neardup.SketchSize {
		return fmt.Errorf("%s: %w: shorter than the reports it describes", sketchesFile, baogao.ErrDamaged)
	}
	entry := u.base.reports[i]
	u.mu.Lock()
	u.moved[i] = u.manifest.Passages
	u.mu.Unlock()
	u.same = u.same && i == u.manifest.Reports && entry.Meta.ID == id
	entry.Meta.ID = id
	details, err := u.base.detailsLine(i)
	if err != nil {
		return err
	}
	first := entry.First
	u.place(entry, details, neardup.ParseSketch(u.compared[i*neardup.SketchSize:]))
	u.copyPassages(first, entry.Count)
	u.manifest.Reports++
	u.changes.Kept++
	return u.columnError()
}

// copyPassages writes down passages of the base as those of the next report.
func (u *updater) copyPassages(first, count int) {
	for _, rec := range u.base.passages.records[first : first+count] {
		rec.section = u.section(u.base.sections[rec.section])
		u.record(rec)
	}
	offsets := u.base.passages.offsets
	u.text.write(u.base.text.bytes[offsets[first]:offsets[first+count]])
}

// Publish makes the new generation the one in use, unless it would be the
// same as the one that is.
func (u *updater) Publish(ctx context.Context) (*baogao.Published, error) {
	for id := range u.former {
		if !u.ids[id] {
			u.changes.Gone++
		}
	}
	if u.base != nil && u.same && u.manifest.Reports == len(u.base.reports) {
		return &baogao.Published{Stats: *u.base.manifest.stats(), Changes: u.changes, CopyOf: u.base.copyIDs()}, nil
	}
	if err := u.takeSegments(ctx); err != nil {
		return nil, err
	}
	if err := u.closeBase(); err != nil { // so that it can be cleared away
		return nil, err
	}
	published, err := u.writer.Publish(ctx)
	if err != nil {
		return nil, err
	}
	published.Changes = u.changes
	return published, nil
}

// takeSegments takes over the segments of the base. What is left of small ones
// goes into the new segment.
func (u *updater) takeSegments(ctx context.Context) error {
	if u.base == nil || len(u.held) == 0 {
		return nil
	}
	ordinals := u.ordinals()
	docs, living := make([][]uint32, len(u.base.docs)), make([]int, len(u.base.docs))
	bySize := make([]int, len(docs))
	for seg, base := range u.base.docs {
		bySize[seg], docs[seg] = seg, make([]uint32, len(base))
		for i, ordinal := range base {
			docs[seg][i] = goneDocument
			if ordinal != goneDocument {
				docs[seg][i] = ordinals[ordinal]
			}
			if docs[seg][i] != goneDocument {
				living[seg]++
			}
		}
	}
	slices.SortFunc(bySize, func(a, b int) int { return cmp.Compare(living[a], living[b]) })
	for _, seg := range bySize {
		var err error
		small := living[seg] <= 2*len(u.terms.ids) && living[seg] <= segmentDocs/2
		if small || living[seg] <= len(docs[seg])/2 {
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
	now := make([]uint32, len(u.base.passages.records))
	for i, r := range u.base.reports {
		for n := range r.Count {
			now[r.First+n] = goneDocument
			if u.moved[i] >= 0 {
				now[r.First+n] = uint32(u.moved[i] + n)
			}
		}
	}
	return now
}

// takeSegment takes over a segment of the base whose documents are docs now.
func (u *updater) takeSegment(seg int, docs []uint32) error {
	from, err := u.base.postings.path(seg)
	if err != nil {
		return err
	}
	file := filepath.Base(from)
	if err := linkFile(from, segmentPath(filepath.Join(u.gen, bleveDir), file)); err != nil {
		return err
	}
	gone := roaring.New()
	for doc, ordinal := range docs {
		if ordinal == goneDocument {
			gone.Add(uint32(doc))
		}
	}
	u.segments, u.docs = append(u.segments, snapshotSegment{file, gone}), append(u.docs, docs)
	return nil
}

// indexAgain adds what is left of a segment of the base to the new segment.
func (u *updater) indexAgain(ctx context.Context, seg int, docs []uint32) error {
	for doc, ordinal := range docs {
		if ordinal == goneDocument {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		former := u.base.docs[seg][doc]
		fields := reportFields(u.base.reports[u.base.passages.records[former].report].Meta)
		u.terms.add(toString(u.base.readText(int(former))), fields, u.manifest.Documents, int(ordinal))
		u.manifest.Documents++
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

// linkFile makes a link to a file, or a copy where links cannot be.
func linkFile(from, to string) error {
	if os.Link(from, to) == nil {
		return nil
	}
	return copyFile(from, to)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
