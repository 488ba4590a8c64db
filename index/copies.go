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
