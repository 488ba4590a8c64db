// Package outline finds how a report is built: its title, the facts above it,
// paragraphs under their headings, and the passages it is searched by. The
// cleaned lines of one report come in; an Outline goes out, without the chrome of
// the page that it stood on. Lines are compared folded, so that both scripts are
// met; what goes out is as it was published.
package outline

import (
	"cmp"

	"baogao"
	"baogao/internal/clean"
)

// An Outline is how one report is built.
type Outline struct {
	Title      string             // "" if none is known
	Facts      []baogao.Fact      // those of the text, and behind them those of the format
	Dropped    []string           // lines of page chrome, as published
	Paragraphs []baogao.Paragraph // in reading order; nil where no text is left
	Passages   []baogao.Passage   // the title first, then reading order
}

// Read reads the lines of a report. The name is what its metadata calls it, ""
// if they do not; else the fact table may name it. The facts are those that its
// format holds.
func Read(lines []clean.Line, name string, facts []baogao.Fact) Outline {
	body := make([]line, 0, len(lines))
	for _, l := range lines {
		body = append(body, line{Line: l})
	}
	body, chrome := dropChrome(body)
	found, body, more := takeFacts(body)
	o := Outline{Facts: withFacts(found, facts), Dropped: append(chrome, more...)}
	if len(body) > 0 {
		o.structure(body, cmp.Or(name, TitleFact(o.Facts)))
	}
	return o
}

// A line is one line of the text, and what stood above it on the page.
type line struct {
	clean.Line
	cut bool // a line of chrome stood above
}

// structure fills the title, paragraphs and passages. A name that is not in the
// text becomes a title that stands outside of it.
func (o *Outline) structure(lines []line, name string) {
	lines, at := joinTitle(lines, name)
	blocks := join(lines[:max(at, 0)])
	if at >= 0 {
		lines, at = lines[at:], len(blocks)
		blocks = append(blocks, newBlock(lines[0]))
		lines = lines[1:]
	}
	blocks = append(blocks, join(lines)...)
	o.Title, o.Paragraphs = name, number(blocks, at)
	switch {
	case at >= 0:
		o.Title = plainTitle(o.Paragraphs[at].Text)
	case name != "":
		o.Paragraphs = append([]baogao.Paragraph{{Text: name, Section: []string{}, Title: true}}, o.Paragraphs...)
	}
	o.Passages = passages(o.Paragraphs)
}
