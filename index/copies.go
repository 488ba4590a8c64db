package index

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/neardup"
)

// comparable is what a report is compared by with others.
func (r reportEntry) comparable(sketch neardup.Sketch) neardup.Entry {
	published, _ := time.Parse(time.DateOnly, r.Meta.Published) // zero where it is not known
	e := neardup.Entry{
		Sketch: sketch, ID: r.Meta.ID, Title: analyzer.Fold(r.Meta.Title), Published: published,
		Year: r.Meta.Year, Number: analyzer.Fold(r.Meta.Number), Region: r.Meta.Region.Codes(),
		Official: isOfficial(r.Meta.Source), Damage: r.Damage, Traditional: r.Traditional, Units: r.Units,
	}
	if slices.Contains(r.Given, "year") {
		e.GivenYear = r.Meta.Year
	}
	if slices.Contains(r.Given, "issuer") {
		e.GivenIssuer = analyzer.Fold(r.Meta.Issuer)
	}
	return e
}

// givenFields are the fields of a report that were given.
func givenFields(findings []baogao.Finding) []string {
	var given []string
	for _, f := range findings {
		if f.Origin == baogao.Given {
			given = append(given, f.Field)
		}
	}
	return given
}

// isOfficial reports whether a source is an address of a government's site.
func isOfficial(source string) bool {
	u, err := url.Parse(source)
	return err == nil && (u.Hostname() == "gov.cn" || strings.HasSuffix(u.Hostname(), ".gov.cn"))
}

// findCopies compares the reports and writes copies.json: pairs of ordinals of
// reports, the second of which is shown for the first.
func (w *writer) findCopies(ctx context.Context) error {
	texts, err := openTexts(w.gen, w.placed)
	if err != nil {
		return err
	}
	defer texts.close()
	copyOf, err := neardup.Collapse(ctx, w.entries, texts.read)
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
	text     textMap
	passages *passageTable
	placed   []placed
}

func openTexts(gen string, placed []placed) (*texts, error) {
	b, err := os.ReadFile(filepath.Join(gen, passagesFile))
	if err != nil {
		return nil, err
	}
	t := &texts{placed: placed}
	counts := make([]int, len(placed))
	for i, p := range placed {
		counts[i] = p.count
	}
	if t.passages, err = parsePassages(b, counts); err != nil {
		return nil, err
	}
	t.text, err = openText(filepath.Join(gen, textFile))
	return t, err
}

func (t *texts) close() { t.text.close() }

func (t *texts) read(report int) (*neardup.Text, error) {
	reader, at := neardup.NewReader(), t.placed[report]
	for i := at.first; i < at.first+at.count; i++ {
		from := t.passages.offsets[i]
		reader.Add(toString(t.text.bytes[from : from+unitSize*int64(t.passages.records[i].text)]))
	}
	return reader.Text(), nil
}
