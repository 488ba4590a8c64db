package index

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"baogao"
	"baogao/internal/neardup"
)

// updater builds a generation out of the one in use. The columns are written
// anew, in the order of Keep and Add, so that they are those of a full build.
// The segments of the bleve index, which never change once they are written,
// are shared by links; passages that are gone are deleted there, and new ones
// have new numbers.
type updater struct {
	*writer
	base     *Index         // nil where everything is made again
	held     map[string]int // report of base by its key
	kept     []bool         // by report of base
	same     bool           // as far as it went, the new generation is the base
	cloned   bool           // the bleve index began with that of base
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
		return u.writer.open("")
	}
	if err != nil {
		return err
	}
	u.base, u.kept = base, make([]bool, len(base.reports))
	for _, r := range base.reports {
		u.former[r.Meta.ID] = true
	}
	if r := u.manifest.Revision; r == "" || base.manifest.Revision != r {
		return u.writer.open("")
	}
	faults, err := base.manifest.checkMarks(base.gen)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return fmt.Errorf("%w: %s", baogao.ErrDamaged, faults[0])
	}
	for i, r := range base.reports {
		if r.Key != "" {
			u.held[r.Key] = i
		}
	}
	if u.compared, err = os.ReadFile(filepath.Join(base.gen, sketchesFile)); err != nil {
		return err
	}
	u.manifest.Documents, u.cloned = base.manifest.Documents, true
	return u.writer.open(filepath.Join(base.gen, bleveDir))
}

// Holds reports whether a report made of what key names can be kept.
func (u *updater) Holds(key string) bool {
	i, ok := u.held[key]
	return ok && !u.kept[i]
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
	case !ok || u.kept[i]:
		return fmt.Errorf("report %s: is not held", id)
	case u.ids[id]:
		return fmt.Errorf("report %s: is in the index already", id)
	}
	if len(u.compared) < (i+1)*neardup.SketchSize {
		return fmt.Errorf("%s: %w: shorter than the reports it describes", sketchesFile, baogao.ErrDamaged)
	}
	entry := u.base.reports[i]
	u.kept[i], u.same = true, u.same && i == u.manifest.Reports && entry.Meta.ID == id
	entry.Meta.ID = id
	details, err := u.base.detailsLine(i)
	if err != nil {
		return err
	}
	first := entry.First
	u.place(entry, neardup.ParseSketch(u.compared[i*neardup.SketchSize:]))
	u.details.write(details)
	u.copyPassages(first, entry.Count)
	u.manifest.Reports++
	u.changes.Kept++
	return u.columnError()
}

// copyPassages writes down passages of the base as those of the next report.
func (u *updater) copyPassages(first, count int) {
	var size int64
	for _, rec := range u.base.passages.records[first : first+count] {
		size += int64(rec.text) + int64(rec.published)
		rec.report, rec.section = uint32(u.manifest.Reports), u.section(u.base.sections[rec.section])
		u.record(rec)
	}
	if count == 0 {
		return
	}
	at := u.base.passages.offsets[first]
	u.text.write(u.base.text.bytes[at : at+size])
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
	if err := u.deleteGone(ctx); err != nil {
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

// deleteGone deletes the passages of the reports that were not kept from the
// bleve index, and has it merge its segments so that they stay few.
func (u *updater) deleteGone(ctx context.Context) error {
	if !u.cloned {
		return nil // it began empty
	}
	for i, r := range u.base.reports {
		if u.kept[i] {
			continue
		}
		for n := range r.Count {
			u.batch.Delete(docID(r.Document + n))
			if u.batch.Size() >= batchSize {
				if err := u.flush(); err != nil {
					return err
				}
			}
		}
	}
	if err := u.settle(); err != nil {
		return err
	}
	return u.merge(ctx)
}

// merge has bleve merge its segments. It does not wait for a bleve that gave
// up, or for one whose caller did: then the bleve index is not touched again.
func (u *updater) merge(ctx context.Context) error {
	merged := make(chan error, 1)
	go func() { merged <- mergeSegments(ctx, u.bleve) }()
	select {
	case err := <-merged:
		return err
	case u.gaveUp = <-u.broken:
	case <-ctx.Done():
		u.gaveUp = ctx.Err()
	}
	return u.gaveUp
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

// cloneBleve makes a bleve index at to that has the documents of the one at
// from. Segments are linked, or copied where links cannot be; all other files
// are copied, for they are written to.
func cloneBleve(from, to string) error {
	if err := os.MkdirAll(filepath.Join(to, "store"), 0o755); err != nil {
		return err
	}
	return filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if filepath.Ext(path) == ".zap" && os.Link(path, target) == nil {
			return nil
		}
		return copyFile(path, target)
	})
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
