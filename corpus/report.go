package corpus

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"baogao"
	"baogao/internal/charset"
	"baogao/internal/clean"
	"baogao/internal/extract"
	"baogao/internal/outline"
)

// A document is the text of one report and what is known of it beforehand.
type document struct {
	at      place
	root    string // base name of the folder given, "" for none
	text    string
	charset string
	title   string        // by the document's own metadata, "" if that does not say
	facts   []baogao.Fact // likewise
	dropped []string      // what its reader left out
	path    string        // below the folder given: of the file, or of the folder of a file of many reports
	source  string        // where the text was read, told unless a source is given
	given   given
	note    string // what was put right before it is cleaned, told with the report; "" is nothing
}

// key is the SHA-256, in hex, of all that a report is made of: the format and
// the sum of the bytes, and what is known of the document beforehand.
func (d *document) key(sum [sha256.Size]byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%x %q %q %q %q", sum, d.at.format, d.path, d.source, fmt.Sprintf("%+v", d.given))
	return hex.EncodeToString(h.Sum(nil))
}

var errNoText = extract.NoReport("no text in it")

// mend puts a text right that is in a wrong charset, or says that it is none.
func (d *document) mend() error {
	text, how, err := charset.Mend(d.text)
	switch {
	case err != nil:
		return extract.NoReport(err.Error())
	case how != "":
		d.note = "put right: the text is " + how
		if title, again, _ := charset.Mend(d.title); again != "" {
			d.title = title
		} else {
			d.title = "" // as garbled as the text was, and too short to be sure of
		}
	}
	d.text = text
	if charset.ReadsChinese(text) {
		return nil
	}
	return extract.Legible(text)
}

// build makes a report of a document. It fails with errNoText, or with the
// error of the context: a text of many megabytes takes seconds.
func build(ctx context.Context, d document) (*baogao.Report, error) {
	r := &baogao.Report{Meta: baogao.Meta{ID: d.given.id}, Cleaning: baogao.Cleaning{Format: d.at.format, Charset: d.charset}}
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
	return r, measure(ctx, r)
}

// Parse makes a report of a text that is in memory. The id stands for the
// path of a file below an indexed folder: it may tell what the text does not.
func Parse(ctx context.Context, id, text string) (*baogao.Report, error) {
	return build(ctx, document{text: text, charset: charset.UTF8, path: id, given: given{id: id}, source: id})
}
