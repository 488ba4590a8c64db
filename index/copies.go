package index

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/neardup"
)

// comparable is what a report is compared by with others.
func (r reportEntry) comparable(sketch neardup.Sketch) neardup.Entry {
	published, _ := time.Parse(time.DateOnly, r.Meta.Published) // zero where it is not known
	return neardup.Entry{
		Sketch: sketch, ID: r.Meta.ID, Title: analyzer.Fold(r.Meta.Title), Published: published, Year: r.Meta.Year, Number: analyzer.Fold(r.Meta.Number), Region: r.Meta.Region.Codes(),
		Official: isOfficial(r.Meta.Source), Damage: r.Damage, Traditional: r.Traditional, Units: r.Units,
	}
}

// isOfficial reports whether a source is an address of a government's site.
func isOfficial(source string) bool {
	u, err := url.Parse(source)
	return err == nil && (u.Hostname() == "gov.cn" || strings.HasSuffix(u.Hostname(), ".gov.cn"))
}

// findCopies compares the reports and writes copies.json: pairs of ordinals of
// reports, the second of which is shown for the first.
func (w *writer) findCopies() error {
	texts, err := openTexts(w.gen, w.placed)
	if err != nil {
		return err
	}
	defer texts.close()
	copyOf, err := neardup.Collapse(w.entries, texts.read)
	if err != nil {
		return err
	}
	pairs := [][2]int{}
	w.copyOf = map[string]string{}
	for i, of := range copyOf {
		if of >= 0 {
			pairs = append(pairs, [2]int{i, of})
			w.copyOf[w.entries[i].ID] = w.entries[of].ID
		}
	}
	w.manifest.Copies = len(pairs)
	b, err := json.Marshal(pairs)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(w.gen, copiesFile), append(b, '\n'), 0o644)
}

// texts reads the texts of reports that have just been written.
type texts struct {
	text, passages *os.File
	placed         []placed
}

func openTexts(gen string, placed []placed) (*texts, error) {
	text, err := os.Open(filepath.Join(gen, textFile))
	if err != nil {
		return nil, err
	}
	passages, err := os.Open(filepath.Join(gen, passagesFile))
	if err != nil {
		text.Close()
		return nil, err
	}
	return &texts{text, passages, placed}, nil
}

func (t *texts) close() {
	t.text.Close()
	t.passages.Close()
}

func (t *texts) read(report int) (*neardup.Text, error) {
	at := t.placed[report]
	b := make([]byte, at.count*recordSize)
	if _, err := t.passages.ReadAt(b, int64(at.first)*recordSize); err != nil {
		return nil, err
	}
	reader, offset := neardup.NewReader(), at.text
	for ; len(b) > 0; b = b[recordSize:] {
		rec := parseRecord(b)
		text := make([]byte, rec.text)
		if _, err := t.text.ReadAt(text, offset); err != nil {
			return nil, err
		}
		reader.Add(string(text))
		offset += int64(rec.text) + int64(rec.published)
	}
	return reader.Text(), nil
}

// A view is what a question looks at: all reports, or of each text the one
// copy that is shown.
type view struct {
	hidden   []*roaring.Bitmap // documents that are left out, by segment; nil leaves out none
	passages int
	units    int64
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
	x.shown = x.all
	if len(pairs) == 0 {
		return nil
	}
	for _, p := range pairs {
		if min(p[0], p[1]) < 0 || max(p[0], p[1]) >= len(x.reports) {
			return fmt.Errorf("%s: %w: names a report that is not there", name, baogao.ErrDamaged)
		}
		x.copyOf[p[0]] = p[1]
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
