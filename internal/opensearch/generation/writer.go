package generation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/copies"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/nodes"
)

// patience is how long a writer goes on asking: a cluster that lost its manager takes
// no writes for seconds.
const patience = 2 * time.Minute

// A writer fills a fresh index beside the one in use.
type writer struct {
	client    *nodes.Client
	lock      *lock
	index     string // of the new generation
	number    int
	manifest  Manifest
	bulk      *nodes.Bulk
	ids       map[string]int // report id → number
	metas     []*baogao.Meta // by report
	first     []int          // number of its first passage, by report
	reports   copies.Collection
	holding   map[rune]int // passages that hold a character
	published bool
}

var _ baogao.Writer = (*writer)(nil)

// Create starts a new generation of an index in a cluster. It fails with ErrLocked
// while another process writes there.
func Create(ctx context.Context, at, revision string) (baogao.Writer, error) {
	w, err := create(ctx, at, revision)
	if err != nil {
		return nil, err // a nil *writer would be a Writer that is not nil
	}
	return w, nil
}

func create(ctx context.Context, at, revision string) (*writer, error) {
	c, err := nodes.Connect(at)
	if err != nil {
		return nil, err
	}
	c.Patience = patience
	w := &writer{client: c, ids: map[string]int{}, holding: map[rune]int{}, manifest: Manifest{Format: document.Format, Revision: revision}}
	if w.lock, err = takeLock(ctx, c); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	if err := w.begin(ctx); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// begin removes what builds that died have left, and makes the index of the new
// generation.
func (w *writer) begin(ctx context.Context) error {
	current, err := Current(ctx, w.client)
	if err != nil && !errors.Is(err, baogao.ErrNoIndex) {
		return err
	}
	all, err := generations(ctx, w.client)
	if err != nil {
		return err
	}
	for _, g := range all {
		w.number = max(w.number, g.number)
		if g.Built == "" && g.Index != current {
			if err := w.remove(ctx, g.Index); err != nil {
				return err
			}
		}
	}
	w.number++
	w.index = w.client.Location.Index(w.number)
	w.bulk = nodes.NewBulk(w.client, w.index, named)
	var health struct {
		Nodes int `json:"number_of_data_nodes"`
	}
	if err := w.client.Do(ctx, http.MethodGet, "/_cluster/health", nil, &health); err != nil {
		return err
	}
	err = w.client.Do(ctx, http.MethodPut, "/"+w.index, nodes.Object{"settings": document.Settings(health.Nodes), "mappings": document.Mapping(w.manifest)}, nil)
	if nodes.IsKind(err, nodes.AlreadyExists) { // by an attempt whose answer was lost: the lock keeps others out
		return nil
	}
	return err
}

func (w *writer) remove(ctx context.Context, index string) error {
	err := w.client.Do(ctx, http.MethodDelete, "/"+index, nil, nil)
	if nodes.IsKind(err, nodes.NoSuchIndex) {
		return nil
	}
	return err
}

// Add adds a report. Its id must be new, and its passages must have numbers of
// their own.
func (w *writer) Add(ctx context.Context, r *baogao.Report) error {
	if err := errors.Join(ctx.Err(), w.lock.lost()); err != nil {
		return err
	}
	if err := w.check(r); err != nil {
		return fmt.Errorf("report %s: %w", r.Meta.ID, err)
	}
	number, f := len(w.metas), document.FacetsOf(r)
	meta := r.Meta
	w.metas, w.first, w.ids[meta.ID] = append(w.metas, &meta), append(w.first, w.manifest.All.Passages), number
	w.reports.Add(meta, copies.Read(r))
	d := document.Report{
		Doc: document.ReportKind, Report: number, Passages: len(r.Passages), Facets: f, Streams: document.MetaStreams(&meta),
		Details: document.Details{
			Meta: meta, Sure: r.Sure(), OCR: r.Recognition(), Findings: r.Findings, Facts: r.Facts, Cleaning: r.Cleaning,
			First: w.manifest.All.Passages, Place: r.File.Place, Key: r.File.Key,
		},
	}
	sum := sha256.New()
	for i := range r.Passages {
		p := document.PassageOf(&r.Passages[i], f)
		p.Number, p.Report = w.manifest.All.Passages, number
		p.Index(&meta)
		w.count(&p)
		sum.Write(document.SumOf(&p.Body))
		d.Details.Measured = append(d.Details.Measured, r.Passages[i].Measured)
		if err := w.bulk.Put(ctx, document.PassageID(p.Number), number, p); err != nil {
			return err
		}
	}
	d.Details.Sum = hex.EncodeToString(sum.Sum(nil))
	w.manifest.Stats.Reports++
	return w.bulk.Put(ctx, document.ReportID(number), number, d)
}

// count counts a passage for the manifest.
func (w *writer) count(p *document.Passage) {
	w.manifest.All.add(p, 1)
	w.manifest.Stats.Passages++
	w.manifest.Stats.Tokens += int64(p.Units)
	w.manifest.Stats.TextBytes += int64(len(p.Body.Text))
	seen := map[rune]bool{}
	for _, r := range analyzer.FoldRunes(nil, p.Body.Text) {
		if analyzer.IsCJK(r) && !seen[r] {
			seen[r] = true
			w.holding[r]++
		}
	}
}

func (w *writer) check(r *baogao.Report) error {
	if r.Meta.ID == "" {
		return errors.New("has no id")
	}
	if _, known := w.ids[r.Meta.ID]; known {
		return errors.New("is in the index already")
	}
	seen := make(map[[2]int]bool, len(r.Passages))
	for _, p := range r.Passages {
		at := [2]int{p.Paragraph, p.Piece}
		if seen[at] {
			return fmt.Errorf("has two passages %s", baogao.PassageID("", p.Paragraph, p.Piece))
		}
		seen[at] = true
	}
	return nil
}

// named names the report or the passage of a document that was refused.
func named(text []byte) string {
	var p document.Passage
	if json.Unmarshal(text, &p) != nil || p.Doc != document.PassageKind {
		return "report " + p.ID
	}
	return "passage " + baogao.PassageID(p.ID, p.Body.Paragraph, p.Body.Piece)
}

// Close ends the build. What was not published is removed.
func (w *writer) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), nodes.AttemptTimeout)
	defer cancel()
	var err error
	if !w.published && w.index != "" {
		err = w.remove(ctx, w.index)
	}
	return errors.Join(err, w.lock.release(ctx), w.client.Close())
}
