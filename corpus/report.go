package corpus

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/charset"
)

// A document is the text of one report and what is known of it beforehand.
type document struct {
	text    string
	charset string
	title   string        // by the document's own metadata, "" if that does not say
	facts   []baogao.Fact // likewise
	path    string        // below the folder given: of the file, or of the folder of a file of many reports
	source  string        // where the text was read, told unless a source is given
	given   given
}

// key is the SHA-256, in hex, of all that a report is made of: the format and
// the sum of the bytes, and what is known of the document beforehand.
func (d *document) key(format string, sum [sha256.Size]byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%x %q %q %q %q", sum, format, d.path, d.source, fmt.Sprintf("%+v", d.given))
	return hex.EncodeToString(h.Sum(nil))
}

var errNoText = errors.New("no text in it")

// build makes a report of a document. It fails with errNoText, or with the
// error of the context: a text of many megabytes takes seconds.
func build(ctx context.Context, d document) (*baogao.Report, error) {
	r := &baogao.Report{Cleaning: baogao.Cleaning{Charset: d.charset}}
	lines := clean(d.text, &r.Cleaning)
	lines, dropped := dropChrome(lines)
	facts, lines, more := takeFacts(lines)
	facts = withFacts(facts, d.facts)
	r.Facts, r.Cleaning.Dropped = facts, append(dropped, more...)
	if len(lines) == 0 {
		return nil, errNoText
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	name := cmp.Or(d.given.title, oneLine(d.title), titleFact(facts))
	title := structure(r, lines, name)
	r.Meta.ID = d.given.id
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	inferMeta(r, d, title)
	return r, nil
}

// withFacts adds the facts that the format of a document holds to those of the
// text, as far as that does not give them.
func withFacts(facts, more []baogao.Fact) []baogao.Fact {
	for _, f := range more {
		same := func(o baogao.Fact) bool { return analyzer.Fold(o.Label) == analyzer.Fold(f.Label) }
		if !slices.ContainsFunc(facts, same) {
			facts = append(facts, f)
		}
	}
	return facts
}

// structure fills the paragraphs and passages of a report and returns its
// title, "" if it has none. A name that is not in the text becomes a title
// that stands outside of it.
func structure(r *baogao.Report, lines []line, name string) (title string) {
	lines, at := joinTitle(lines, name)
	blocks := join(lines[:max(at, 0)])
	if at >= 0 {
		lines, at = lines[at:], len(blocks)
		blocks = append(blocks, newBlock(lines[0]))
		lines = lines[1:]
	}
	blocks = append(blocks, join(lines)...)
	r.Paragraphs = number(blocks, at)
	switch {
	case at >= 0:
		title = r.Paragraphs[at].Text
	case name != "":
		title = name
		r.Paragraphs = append([]baogao.Paragraph{{Text: name, Section: []string{}, Title: true}}, r.Paragraphs...)
	}
	r.Passages = passages(r.Paragraphs)
	return title
}

// titleFact is the title by the fact table, "" for none or one that is cut off.
func titleFact(facts []baogao.Fact) string {
	for _, f := range facts {
		switch analyzerFold(f.Label, 12) {
		case "信息名称", "标题", "名称", "文件名称":
			if strings.HasSuffix(f.Value, "…") || strings.HasSuffix(f.Value, "...") {
				return ""
			}
			return f.Value
		}
	}
	return ""
}

// Parse makes a report of a text that is in memory. The id stands for the
// path of a file below an indexed folder: it may tell what the text does not.
func Parse(ctx context.Context, id, text string) (*baogao.Report, error) {
	return build(ctx, document{text: text, charset: charset.UTF8, path: id, given: given{id: id}, source: id})
}
