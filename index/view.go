package index

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao"
)

// A view is what a question looks at: all reports, or of each text the one
// copy that is shown.
type view struct {
	hidden   []*roaring.Bitmap // documents that are left out, by segment; nil leaves out none
	passages int
	units    int64
	reports  []int // by class
}

// leave takes what the view leaves out of a bitmap, which is not changed.
func (v *view) leave(seg int, docs *roaring.Bitmap) *roaring.Bitmap {
	if v.hidden == nil || v.hidden[seg].IsEmpty() {
		return docs
	}
	return roaring.AndNot(docs, v.hidden[seg])
}

// loadCopies reads copies.json and makes the two views.
func (x *Index) loadCopies() error {
	name := filepath.Join(x.gen, copiesFile)
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var pairs [][2]int
	if err := json.Unmarshal(b, &pairs); err != nil {
		return fmt.Errorf("%s: %w: %w", name, baogao.ErrDamaged, err)
	}
	x.copyOf, x.copies = make([]int, len(x.reports)), map[int][]int{}
	for i := range x.copyOf {
		x.copyOf[i] = -1
	}
	x.all = view{passages: len(x.passages.records), units: x.passages.units}
	x.all.reports = make([]int, len(x.classes))
	for _, class := range x.classOf {
		x.all.reports[class]++
	}
	x.shown = x.all
	if len(pairs) == 0 {
		return nil
	}
	x.shown.reports = slices.Clone(x.all.reports)
	for _, p := range pairs {
		if min(p[0], p[1]) < 0 || max(p[0], p[1]) >= len(x.reports) {
			return fmt.Errorf("%s: %w: names a report that is not there", name, baogao.ErrDamaged)
		}
		x.copyOf[p[0]] = p[1]
		x.shown.reports[x.classOf[p[0]]]--
		x.copies[p[1]] = append(x.copies[p[1]], p[0])
	}
	for seg := range x.docs {
		hidden := roaring.New()
		for doc, ordinal := range x.docs[seg] {
			if ordinal == goneDocument {
				continue
			}
			rec := x.passages.records[ordinal]
			if x.copyOf[rec.report] >= 0 {
				hidden.Add(uint32(doc))
				x.shown.passages--
				x.shown.units -= int64(rec.units)
			}
		}
		x.shown.hidden = append(x.shown.hidden, hidden)
	}
	return nil
}

// shows reports whether a report is in the view.
func (x *Index) shows(v *view, report int) bool { return v == &x.all || x.copyOf[report] < 0 }

// copyIDs is the id of the report that is shown, by the id of each copy.
func (x *Index) copyIDs() map[string]string {
	ids := map[string]string{}
	for i := range x.reports {
		if of := x.shownFor(i); of != "" {
			ids[x.reports[i].Meta.ID] = of
		}
	}
	return ids
}

// copiesOf lists the other reports with the text of a report that is shown.
func (x *Index) copiesOf(report int) []baogao.Copy {
	copies := []baogao.Copy{}
	for _, i := range x.copies[report] {
		m := x.reports[i].Meta
		copies = append(copies, baogao.Copy{ID: m.ID, Title: m.Title, Source: m.Source})
	}
	return copies
}

// shownFor is the id of the report that is shown for a copy, "" for a report
// that is no copy.
func (x *Index) shownFor(report int) string {
	if of := x.copyOf[report]; of >= 0 {
		return x.reports[of].Meta.ID
	}
	return ""
}
