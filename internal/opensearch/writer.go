package opensearch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/copies"
	"baogao/internal/weight"
)

// bulkBytes is about how much is sent to the cluster at a time.
const bulkBytes = 4 << 20

// A writer fills a fresh index beside the one in use.
type writer struct {
	*client
	lock      *lock
	index     string // of the new generation
	number    int
	manifest  manifest
	pending   bytes.Buffer
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
	l, err := parseLocation(at)
	if err != nil {
		return nil, err
	}
	c, err := newClient(l)
	if err != nil {
		return nil, err
	}
	c.patience = writerPatience
	w := &writer{client: c, ids: map[string]int{}, holding: map[rune]int{}, manifest: manifest{Format: format, Revision: revision}}
	if w.lock, err = takeLock(ctx, c); err != nil {
		return nil, errors.Join(err, c.close())
	}
	if err := w.begin(ctx); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// begin removes what builds that died have left, and makes the index of the new
// generation.
func (w *writer) begin(ctx context.Context) error {
	current, err := w.client.current(ctx)
	if err != nil && !errors.Is(err, baogao.ErrNoIndex) {
		return err
	}
	all, err := w.generations(ctx)
	if err != nil {
		return err
	}
	for _, g := range all {
		w.number = max(w.number, g.number)
		if g.Built == "" && g.index != current {
			if err := w.remove(ctx, g.index); err != nil {
				return err
			}
		}
	}
	w.number++
	w.index = fmt.Sprintf("%s-%06d", w.location.name, w.number)
	var health struct {
		Nodes int `json:"number_of_data_nodes"`
	}
	if err := w.do(ctx, http.MethodGet, "/_cluster/health", nil, &health); err != nil {
		return err
	}
	err = w.do(ctx, http.MethodPut, "/"+w.index, object{"settings": settings(health.Nodes), "mappings": mapping(w.manifest)}, nil)
	if isKind(err, alreadyExists) { // by an attempt whose answer was lost: the lock keeps others out
		return nil
	}
	return err
}

func (w *writer) remove(ctx context.Context, index string) error {
	err := w.do(ctx, http.MethodDelete, "/"+index, nil, nil)
	if isKind(err, noSuchIndex) {
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
	number, f := len(w.metas), facetsOf(r)
	meta := r.Meta
	w.metas, w.first, w.ids[meta.ID] = append(w.metas, &meta), append(w.first, w.manifest.All.Passages), number
	w.reports.Add(meta, copies.Read(r))
	d := report{
		Doc: reportDoc, Report: number, Passages: len(r.Passages), facets: f, streams: metaStreams(&meta),
		Details: details{
			Meta: meta, Sure: r.Sure(), OCR: r.Recognition(), Findings: r.Findings, Facts: r.Facts, Cleaning: r.Cleaning,
			First: w.manifest.All.Passages, Place: r.File.Place, Key: r.File.Key,
		},
	}
	sum := sha256.New()
	for i := range r.Passages {
		p := passageOf(&r.Passages[i], f)
		p.Number, p.Report = w.manifest.All.Passages, number
		p.index(&meta)
		w.count(&p)
		sum.Write(sumOf(&p.Body))
		d.Details.Measured = append(d.Details.Measured, r.Passages[i].Measured)
		if err := w.put(ctx, passageID(p.Number), number, p); err != nil {
			return err
		}
	}
	d.Details.Sum = hex.EncodeToString(sum.Sum(nil))
	w.manifest.Stats.Reports++
	return w.put(ctx, reportID(number), number, d)
}

func passageID(n int) string { return "p" + strconv.Itoa(n) }
func reportID(n int) string  { return "r" + strconv.Itoa(n) }

// sumOf are the bytes of a passage that its report's sum is of.
func sumOf(b *body) []byte {
	text, _ := json.Marshal(b) // strings and numbers have a form in JSON
	return text
}

// count counts a passage for the manifest.
func (w *writer) count(p *passage) {
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

// add adds a passage to a view, or takes it away where n is -1.
func (v *view) add(p *passage, n int) {
	v.Passages += n
	if !p.Bare {
		v.Texts += n
		v.Units += int64(n * p.Units)
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

// put sends a document of a report, with others as soon as there are enough.
func (w *writer) put(ctx context.Context, id string, report int, document any) error {
	action, err := json.Marshal(object{"index": object{"_id": id, "routing": strconv.Itoa(report)}})
	if err != nil {
		return err
	}
	text, err := json.Marshal(document)
	if err != nil {
		return err
	}
	w.pending.Write(append(action, '\n'))
	w.pending.Write(append(text, '\n'))
	if w.pending.Len() < bulkBytes {
		return nil
	}
	return w.flush(ctx)
}

// An item is what the cluster says of one document of a bulk.
type item struct {
	ID     string `json:"_id"`
	Status int    `json:"status"`
	Error  *struct {
		Type   string `json:"type"`
		Reason string `json:"reason"`
	} `json:"error"`
}

// bulkAttempts is how often documents are sent that the cluster is too busy for.
const bulkAttempts = 8

// flush sends what is pending. Documents that the cluster is too busy for are sent
// again, later and later, so that it is not asked for more than it can do; each that
// it refuses is named.
func (w *writer) flush(ctx context.Context) error {
	for attempt := 0; w.pending.Len() > 0; attempt++ {
		var answer struct {
			Items []map[string]item `json:"items"`
		}
		sent := bytes.Clone(w.pending.Bytes())
		if err := w.do(ctx, http.MethodPost, "/"+w.index+"/_bulk", sent, &answer); err != nil {
			return err
		}
		w.pending.Reset()
		lines := bytes.SplitAfter(sent, []byte("\n"))
		if len(answer.Items) != len(lines)/2 {
			return fmt.Errorf("%s: the cluster answers for %d of %d documents", w.location, len(answer.Items), len(lines)/2)
		}
		var faults []error
		for i, one := range answer.Items {
			for _, it := range one {
				switch {
				case it.Status == http.StatusTooManyRequests || it.Status == http.StatusServiceUnavailable:
					w.pending.Write(lines[2*i])
					w.pending.Write(lines[2*i+1])
				case it.Status >= http.StatusBadRequest && it.Error != nil:
					faults = append(faults, fmt.Errorf("%s: %s: %s", w.named(lines[2*i+1]), it.Error.Type, it.Error.Reason))
				}
			}
		}
		if len(faults) > 0 {
			return errors.Join(faults...)
		}
		if w.pending.Len() > 0 && attempt == bulkAttempts {
			return fmt.Errorf("%s: %w: it is too busy for a build", w.location, baogao.ErrUnavailable)
		}
		if w.pending.Len() > 0 {
			if err := wait(ctx, backoff(attempt)); err != nil {
				return err
			}
		}
	}
	return nil
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// named names the report or the passage of a document that was refused.
func (w *writer) named(document []byte) string {
	var p passage
	if json.Unmarshal(document, &p) != nil || p.Doc != passageDoc {
		return "report " + p.ID
	}
	return "passage " + baogao.PassageID(p.ID, p.Body.Paragraph, p.Body.Piece)
}

// Publish waits until all is written, finds the copies, holds the counts of the
// cluster to those of the reports that were added, and makes the new generation the
// one in use. After an error the former one still is.
func (w *writer) Publish(ctx context.Context) (*baogao.Published, error) {
	if err := w.flush(ctx); err != nil {
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
	stats, err := diskOf(ctx, w.client, w.index, w.manifest.Stats)
	return &baogao.Published{Stats: stats, CopyOf: copyOf}, err
}

func (w *writer) refresh(ctx context.Context) error {
	return w.do(ctx, http.MethodPost, "/"+w.index+"/_refresh", nil, nil)
}

// findCopies compares the reports and marks those that are copies.
func (w *writer) findCopies(ctx context.Context) (map[string]string, error) {
	var fault error
	texts := func(i int) iter.Seq[string] {
		return func(yield func(string) bool) {
			passages, err := passagesOf(ctx, w.client, w.index, i)
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
		if err := w.rewrite(ctx, p[0], func(d *report) { d.Copy, d.Details.CopyOf = true, w.metas[p[1]].ID }); err != nil {
			return nil, err
		}
	}
	for _, i := range slices.Sorted(maps.Keys(shown)) {
		if err := w.rewrite(ctx, i, func(d *report) { d.Details.Copies = shown[i] }); err != nil {
			return nil, err
		}
	}
	w.manifest.Stats.Copies = len(pairs)
	return ids, w.flush(ctx)
}

// rewrite writes a report anew, and where it becomes a copy its passages too.
func (w *writer) rewrite(ctx context.Context, number int, change func(*report)) error {
	d, err := reportBy(ctx, w.client, w.index, object{"term": object{"report": number}})
	if err != nil {
		return err
	}
	was := d.Copy
	change(d)
	meta := &d.Details.Meta
	d.facets.complete(meta)
	d.streams = metaStreams(meta)
	if err := w.put(ctx, reportID(number), number, d); err != nil || d.Copy == was {
		return err
	}
	passages, err := passagesOf(ctx, w.client, w.index, number)
	if err != nil {
		return err
	}
	for i := range passages {
		p := &passages[i]
		p.Copy = true
		p.facets.complete(meta)
		p.index(meta)
		w.manifest.Shown.add(p, -1)
		if err := w.put(ctx, passageID(p.Number), number, p); err != nil {
			return err
		}
	}
	return nil
}

// finish writes how common characters are and, when the cluster holds what was
// added, the manifest.
func (w *writer) finish(ctx context.Context) error {
	sample := object{"doc": "sample", "sample": characters{w.manifest.All.Passages, w.holding}.document()}
	if err := w.put(ctx, "sample", 0, sample); err != nil {
		return err
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	if err := w.refresh(ctx); err != nil {
		return err
	}
	for doc, want := range map[string]int{passageDoc: w.manifest.Stats.Passages, reportDoc: w.manifest.Stats.Reports} {
		n, err := countDocs(ctx, w.client, w.index, object{"term": object{"doc": doc}})
		if err != nil {
			return err
		}
		if n != want {
			return fmt.Errorf("%s: %w: the cluster holds %d documents of %ss, of %d that were sent; the index in use is as it was", w.location, baogao.ErrDamaged, n, doc, want)
		}
	}
	w.manifest.Built = time.Now().UTC().Format(time.RFC3339)
	w.manifest.Stats.State = baogao.State{Generation: generationOf(w.number), Number: w.number, Built: w.manifest.Built}
	return w.do(ctx, http.MethodPut, "/"+w.index+"/_mapping", object{"_meta": object{"baogao": w.manifest}}, nil)
}

// turn makes the new generation the one in use, in one action, and removes those
// before the former one, which those may still read that have just asked.
func (w *writer) turn(ctx context.Context) error {
	if err := w.lock.lost(); err != nil {
		return err
	}
	former, err := w.client.current(ctx)
	if err != nil && !errors.Is(err, baogao.ErrNoIndex) {
		return err
	}
	actions := []object{{"add": object{"index": w.index, "alias": w.location.name}}}
	if former != "" {
		actions = append(actions, object{"remove": object{"index": former, "alias": w.location.name}})
	}
	if err := w.do(ctx, http.MethodPost, "/_aliases", object{"actions": actions}, nil); err != nil {
		return err
	}
	all, err := w.generations(ctx)
	if err != nil {
		return nil // it is published; the next build removes what is left
	}
	for _, g := range all {
		if g.index != w.index && g.index != former {
			w.remove(ctx, g.index) // likewise
		}
	}
	return nil
}

// Close ends the build. What was not published is removed.
func (w *writer) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), attemptTimeout)
	defer cancel()
	var err error
	if !w.published && w.index != "" {
		err = w.remove(ctx, w.index)
	}
	return errors.Join(err, w.lock.release(ctx), w.client.close())
}

// characters says how many passages hold a Chinese character.
type characters struct {
	passages int
	holding  map[rune]int
}

func (c characters) document() object {
	counts := make(map[string]int, len(c.holding))
	for r, n := range c.holding {
		counts[string(r)] = n
	}
	return object{"passages": c.passages, "holding": counts}
}

// weights are those of characters that a question asks for, by how often it does.
func (c characters) weights(asked map[rune]float64) map[rune]float64 {
	weights := make(map[rune]float64, len(asked))
	for r, n := range asked {
		weights[r] = n * weight.IDF(c.passages, c.holding[r])
	}
	return weights
}
