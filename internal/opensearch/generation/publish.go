package generation

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"slices"
	"time"

	"baogao"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/nodes"
)

// Publish waits until all is written, finds the copies, holds the counts of the
// cluster to those of the reports that were added, and makes the new generation the
// one in use. After an error the former one still is.
func (w *writer) Publish(ctx context.Context) (*baogao.Published, error) {
	if err := w.bulk.Flush(ctx); err != nil {
		return nil, err
	}
	if err := w.refresh(ctx); err != nil {
		return nil, err
	}
	copyOf, err := w.findCopies(ctx)
	if err != nil {
		return nil, err
	}
	if err := w.finish(ctx); err != nil {
		return nil, err
	}
	if err := w.turn(ctx); err != nil {
		return nil, err
	}
	w.published = true
	stats, err := DiskOf(ctx, w.client, w.index, w.manifest.Stats)
	return &baogao.Published{Stats: stats, CopyOf: copyOf}, err
}

func (w *writer) refresh(ctx context.Context) error {
	return w.client.Do(ctx, http.MethodPost, "/"+w.index+"/_refresh", nil, nil)
}

// findCopies compares the reports and marks those that are copies.
func (w *writer) findCopies(ctx context.Context) (map[string]string, error) {
	var fault error
	texts := func(i int) iter.Seq[string] {
		return func(yield func(string) bool) {
			passages, err := document.PassagesOf(ctx, w.client, w.index, i)
			fault = errors.Join(fault, err)
			for _, p := range passages {
				if !yield(p.Body.Text) {
					return
				}
			}
		}
	}
	pairs, ids, err := w.reports.Find(ctx, texts)
	if err := errors.Join(err, fault); err != nil {
		return nil, err
	}
	w.manifest.Shown = w.manifest.All
	shown := map[int][]baogao.Copy{}
	for _, p := range pairs {
		m := w.metas[p[0]]
		shown[p[1]] = append(shown[p[1]], baogao.Copy{ID: m.ID, Title: m.Title, Source: m.Source})
		if err := w.rewrite(ctx, p[0], func(d *document.Report) { d.Copy, d.Details.CopyOf = true, w.metas[p[1]].ID }); err != nil {
			return nil, err
		}
	}
	for _, i := range slices.Sorted(maps.Keys(shown)) {
		if err := w.rewrite(ctx, i, func(d *document.Report) { d.Details.Copies = shown[i] }); err != nil {
			return nil, err
		}
	}
	w.manifest.Stats.Copies = len(pairs)
	return ids, w.bulk.Flush(ctx)
}

// rewrite writes a report anew, and where it becomes a copy its passages too.
func (w *writer) rewrite(ctx context.Context, number int, change func(*document.Report)) error {
	d, err := document.ReportBy(ctx, w.client, w.index, nodes.Object{"term": nodes.Object{"report": number}})
	if err != nil {
		return err
	}
	was := d.Copy
	change(d)
	meta := &d.Details.Meta
	d.Facets.Complete(meta)
	d.Streams = document.MetaStreams(meta)
	if err := w.bulk.Put(ctx, document.ReportID(number), number, d); err != nil || d.Copy == was {
		return err
	}
	passages, err := document.PassagesOf(ctx, w.client, w.index, number)
	if err != nil {
		return err
	}
	for i := range passages {
		p := &passages[i]
		p.Copy = true
		p.Facets.Complete(meta)
		p.Index(meta)
		w.manifest.Shown.add(p, -1)
		if err := w.bulk.Put(ctx, document.PassageID(p.Number), number, p); err != nil {
			return err
		}
	}
	return nil
}

// finish writes how common characters are and, when the cluster holds what was
// added, the manifest.
func (w *writer) finish(ctx context.Context) error {
	sample := nodes.Object{"doc": "sample", "sample": Characters{w.manifest.All.Passages, w.holding}.document()}
	if err := w.bulk.Put(ctx, "sample", 0, sample); err != nil {
		return err
	}
	if err := w.bulk.Flush(ctx); err != nil {
		return err
	}
	if err := w.refresh(ctx); err != nil {
		return err
	}
	for doc, want := range map[string]int{document.PassageKind: w.manifest.Stats.Passages, document.ReportKind: w.manifest.Stats.Reports} {
		n, err := w.client.Count(ctx, w.index, nodes.Object{"term": nodes.Object{"doc": doc}})
		if err != nil {
			return err
		}
		if n != want {
			return fmt.Errorf("%s: %w: the cluster holds %d documents of %ss, of %d that were sent; the index in use is as it was", w.client.Location, baogao.ErrDamaged, n, doc, want)
		}
	}
	w.manifest.Built = time.Now().UTC().Format(time.RFC3339)
	w.manifest.Stats.State = baogao.State{Generation: generationOf(w.number), Number: w.number, Built: w.manifest.Built}
	return w.client.Do(ctx, http.MethodPut, "/"+w.index+"/_mapping", nodes.Object{"_meta": nodes.Object{"baogao": w.manifest}}, nil)
}

// turn makes the new generation the one in use, in one action, and removes those
// before the former one, which those may still read that have just asked.
func (w *writer) turn(ctx context.Context) error {
	if err := w.lock.lost(); err != nil {
		return err
	}
	former, err := Current(ctx, w.client)
	if err != nil && !errors.Is(err, baogao.ErrNoIndex) {
		return err
	}
	actions := []nodes.Object{{"add": nodes.Object{"index": w.index, "alias": w.client.Location.Name}}}
	if former != "" {
		actions = append(actions, nodes.Object{"remove": nodes.Object{"index": former, "alias": w.client.Location.Name}})
	}
	if err := w.client.Do(ctx, http.MethodPost, "/_aliases", nodes.Object{"actions": actions}, nil); err != nil {
		return err
	}
	all, err := generations(ctx, w.client)
	if err != nil {
		return nil // it is published; the next build removes what is left
	}
	for _, g := range all {
		if g.Index != w.index && g.Index != former {
			w.remove(ctx, g.Index) // likewise
		}
	}
	return nil
}
