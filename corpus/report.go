package corpus

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/charset"
	"baogao/internal/clean"
	"baogao/internal/extract"
	"baogao/internal/outline"
)

// A document is the text of one report and what is known of it beforehand.
type document struct {
	at       place
	root     string // base name of the folder given, "" for none
	text     string
	charset  string
	title    string        // by the document's own metadata, "" if that does not say
	facts    []baogao.Fact // likewise
	dropped  []string      // what its reader left out
	path     string        // below the folder given: of the file, or of the folder of a file of many reports
	source   string        // where the text was read, told unless a source is given
	given    given
	ownClock bool   // its reader takes its time itself
	note     string // what was put right or left out before it is cleaned, told with the report; "" is nothing
	by       string // what reads pictures of pages in it, "" for nothing
	ocr      *baogao.OCR
	missing  []int // pages
}

// key is the SHA-256, in hex, of all that a report is made of: the format and
// the sum of the bytes, what is known of the document beforehand, and what reads pictures
// of pages.
func (d *document) key(sum [sha256.Size]byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%x %q %q %q %q", sum, d.at.format, d.path, d.source, fmt.Sprintf("%+v", d.given))
	if d.by != "" {
		fmt.Fprintf(h, " %q", d.by)
	}
	return hex.EncodeToString(h.Sum(nil))
}

var (
	errNoText = extract.NoReport("no text in it")
	errLines  = fmt.Errorf("more than %d lines; split it", mostLines)
)

// mostLines is how many lines of a report have something in them: each costs some
// hundred bytes when it is read, however short it is.
const mostLines = 1 << 20

// hasTooManyLines reports whether a text has more lines than are read.
func hasTooManyLines(text string) bool {
	lines, filled := 0, false
	for i := range len(text) {
		switch c := text[i]; {
		case c > ' ' && !filled:
			filled = true
			lines++
		case c == '\n' || c == '\r':
			filled = false
		}
	}
	return lines > mostLines
}

// mend puts a text right that is in a wrong charset, or says that it is none.
func (d *document) mend() error {
	text, how, err := charset.Mend(d.text)
	if err != nil {
		return extract.NoReport(err.Error())
	}
	if how != "" {
		d.note = strings.TrimPrefix(d.note+"; "+charset.Note(how), "; ")
	}
	d.title = mendTitle(d.title, how != "")
	if hasTooManyLines(text) {
		return errLines
	}
	d.text = text
	if err := extract.Written(text); err != nil {
		return err
	}
	if !charset.ReadsChinese(text) {
		return extract.Legible(text)
	}
	return legibleToItsEnd(text)
}

// mendTitle puts a title right that was read in a wrong charset. One of a text that was,
// and too short to be sure of, goes, as does one that is known to be garbled.
func mendTitle(title string, garbled bool) string {
	mended, how, err := charset.Mend(title)
	if err != nil || garbled && how == "" {
		return ""
	}
	return mended
}

// errPart is what a text is refused with that is garbled from some place on.
var errPart = extract.NoReport("garbled in part: the end is in another charset than the beginning; get the file again")

// legibleToItsEnd looks at the end of a long text, as Mend and Legible do at its
// beginning: a file may be overwritten from some place on, or be two in one.
func legibleToItsEnd(text string) error {
	const end = 8 << 10 // bytes
	if len(text) < 4*end {
		return nil
	}
	text = strings.ToValidUTF8(text[len(text)-end:], "")
	if charset.ReadsChinese(text) {
		return nil
	}
	if _, how, err := charset.Mend(text); err != nil || how != "" || extract.Legible(text) != nil {
		return errPart
	}
	return nil
}

// build makes a report of a document. It fails with errNoText, or with the
// error of the context: a text of many megabytes takes seconds.
func build(ctx context.Context, d document) (*baogao.Report, error) {
	r := &baogao.Report{Meta: baogao.Meta{ID: d.given.id}, Cleaning: baogao.Cleaning{Format: d.at.format, Charset: d.charset, OCR: d.ocr, Missing: d.missing}}
	lines := clean.Lines(d.text, &r.Cleaning)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	o := outline.Read(lines, cmp.Or(d.given.title, clean.OneLine(d.title)), d.facts)
	if o.Paragraphs == nil {
		return nil, errNoText
	}
	r.Facts, r.Paragraphs, r.Passages = o.Facts, o.Paragraphs, o.Passages
	r.Cleaning.Dropped = slices.Concat(r.Cleaning.Dropped, d.dropped, o.Dropped)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	inferMeta(r, d, o.Title)
	outline.MarkPlans(r.Passages, r.Meta.Year, r.Meta.Kind)
	return r, Measure(ctx, r)
}

// Parse makes a report of a text that is in memory. The id stands for the
// path of a file below an indexed folder: it may tell what the text does not.
func Parse(ctx context.Context, id, text string) (*baogao.Report, error) {
	return build(ctx, document{text: text, charset: charset.UTF8, path: id, given: given{id: id}, source: id})
}
