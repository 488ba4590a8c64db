package page

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao/internal/extract"
)

// Errors of pages that say nothing.
var (
	errFrames   = extract.NoReport("only frames; save the frame with the text")
	errScripted = extract.NoReport("no text in the page; it is made by a script: save it from the browser after it has loaded")
	errNoText   = extract.NoReport("no text in the page; save the page that has the text")
)

// HTML reads a saved web page. The body is the main text with the title and
// the facts above it; what a page shows around its text is left out as far as
// its structure tells, and is kept in case of doubt. A page nested deeper than
// the limit is read as if it were flatter; a text larger than the limit, and
// a page without any text, is an error.
func HTML(data []byte, l extract.Limits) (extract.Text, error) {
	return readHTML(data, "", "", l)
}

// readHTML reads a page. declared is the charset and address the page was
// saved from, where what the page came in says so.
func readHTML(data []byte, declared, address string, l extract.Limits) (extract.Text, error) {
	l = l.WithDefaults()
	src, name, err := decodeHTML(data, declared)
	if err != nil {
		return extract.Text{}, err
	}
	src, note := mended(strings.ReplaceAll(src, "\x00", ""))
	p, err := parsePage(src, l)
	if err != nil {
		return extract.Text{}, err
	}
	p.survey()
	prune(p.root)
	lines := linesOf(p.root)
	if len(lines) == 0 {
		return extract.Text{}, p.empty()
	}
	if p.embedded != "" && p.root.found.prose == 0 && !slices.ContainsFunc(lines, saysMuch) {
		return extract.Text{}, extract.NoReport(fmt.Sprintf("only a frame around %.200q; save that", p.embedded))
	}
	t := extract.Text{
		Body:    strings.Join(lines, "\n"),
		Title:   p.head.headline(p.root),
		Facts:   p.head.facts(),
		Source:  p.head.source(address),
		Charset: name,
		Note:    note,
	}
	return t, within(t.Body, l)
}

// saysMuch reports whether a line is more than the label of a menu: long, or a
// row of a table.
func saysMuch(line string) bool {
	return strings.Count(line, "|") > 1 || utf8.RuneCountInString(line) > 60
}

// within fails for a text that is larger than the limit.
func within(body string, l extract.Limits) error {
	if int64(len(body)) > l.Bytes {
		return fmt.Errorf("text larger than %d bytes; split it", l.Bytes)
	}
	return nil
}

// empty is why a page has no text.
func (p *page) empty() error {
	switch {
	case p.frames:
		return errFrames
	case p.scripts:
		return errScripted
	}
	return errNoText
}

// isContent reports whether a character says anything by itself.
func isContent(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
