package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"baogao"
	"baogao/internal/cli"
	"baogao/internal/study"
)

// Escape sequences of the text form.
const (
	bold   = "\x1b[1m"
	dim    = "\x1b[2m"
	marked = "\x1b[1;31m"
	plain  = "\x1b[0m"
)

// text prints an answer for a person at a terminal. What may have been meant
// stands above hits that only share parts of the words, and below others. Of an
// empty answer it says what that means, and where nothing is held nothing else.
func (p *printer) text(res *baogao.Result, also []string, silence string) error {
	w := bufio.NewWriter(p.w)
	if res.Held > 0 {
		cli.Printf(w, "%s\n", p.style(bold, cli.Safe(summary(res))))
	}
	if res.Total.Passages == 0 {
		cli.Printf(w, "%s\n", cli.Printable(silence))
	}
	above := res.Relaxed || res.Total.Passages == 0
	if above {
		p.also(w, also)
	}
	if !p.count {
		for i, h := range study.Interleave(res.Hits, p.sort) {
			p.hit(w, strconv.Itoa(p.first+i)+". ", h)
		}
	}
	if p.facets {
		p.facetTable(w, res.Facets)
	}
	if !above && len(also) > 0 {
		cli.Printf(w, "\n")
		p.also(w, also)
	}
	if len(res.Related) > 0 && !p.count {
		cli.Printf(w, "\n%s\n", p.style(bold, "not counted: these share parts of the words"))
		for _, h := range res.Related {
			p.hit(w, "~ ", h)
		}
	}
	return w.Flush()
}

func (p *printer) also(w io.Writer, lines []string) {
	for _, line := range lines {
		cli.Printf(w, "%s\n", line)
	}
}

// summary is the line above the hits.
func summary(res *baogao.Result) string {
	t := res.Total
	if res.Relaxed {
		return fmt.Sprintf("nothing matches exactly; %s in %s share parts of the words",
			cli.Count(t.Passages, "passage"), cli.Count(t.Reports, "report"))
	}
	return fmt.Sprintf("%s in %s, %s", cli.Count(t.Passages, "passage"), cli.Count(t.Reports, "report"), cli.Count(t.Occurrences, "occurrence"))
}

func (p *printer) style(escape, text cli.Safe) cli.Safe {
	if !p.color {
		return text
	}
	return escape + text + plain
}

// hit prints a hit behind its number or another mark.
func (p *printer) hit(w io.Writer, mark string, h baogao.Hit) {
	indent := strings.Repeat(" ", len(mark))
	lead := "\n" + mark
	for _, line := range p.wrap(styled(titleOf(h.Report), nil), len(indent)) {
		cli.Printf(w, "%s%s\n", cli.Safe(lead), p.style(bold, line))
		lead = indent
	}
	for _, letters := range [][]letter{
		styled(facts(h.Report, h.Sure)+recognised(h.OCR)+planned(h), nil), styled(inReport(h), nil), styled(strings.Join(h.Section, " › "), nil), excerpt(h),
	} {
		for _, line := range p.wrap(letters, len(indent)) {
			cli.Printf(w, "%s%s\n", indent, line)
		}
	}
	cli.Printf(w, "%s%s\n", indent, p.style(dim, cli.Printable(h.ID+copies(h.Copies, h.CopyOf))))
}

// copies says whether other reports have the same text.
func copies(others []baogao.Copy, of string) string {
	switch {
	case of != "":
		return " (a copy of " + of + ")"
	case len(others) == 1:
		return " (also " + others[0].ID + ")"
	case len(others) > 1:
		return fmt.Sprintf(" (also %s and %d more)", others[0].ID, len(others)-1)
	}
	return ""
}

func titleOf(m baogao.Meta) string { return cmp.Or(m.Title, "(untitled)") }

// facts are what is known of a report: place, level, year, number, date. Guesses
// are marked.
func facts(m baogao.Meta, sure baogao.Sure) string {
	year := "year unknown"
	if m.Year != 0 {
		year = strconv.Itoa(m.Year)
	}
	known := []string{cmp.Or(m.Region.Name, "region unknown"), cmp.Or(string(m.Level), "level unknown"), year}
	for i, f := range sure.All(m)[:len(known)] {
		if f.Known && f.IsGuess() {
			known[i] += "? (" + f.Rounded() + ")"
		}
	}
	for _, s := range []string{m.Number, m.Published} {
		if s != "" {
			known = append(known, s)
		}
	}
	return strings.Join(known, " · ")
}

// recognised says that a report was read by machine, and how surely.
func recognised(by *baogao.Recognition) string {
	if by == nil {
		return ""
	}
	return fmt.Sprintf(" · read by machine (%.2f)", by.Confidence)
}

// planned says that a passage stands in what is planned.
func planned(h baogao.Hit) string {
	if h.Plan {
		return " · planned"
	}
	return ""
}

// inReport says how much matches in the report of a hit, where hits are reports.
func inReport(h baogao.Hit) string {
	if h.InReport == nil {
		return ""
	}
	said := cli.Count(h.InReport.Passages, "passage")
	if h.InReport.Occurrences > 0 {
		said += ", " + cli.Count(h.InReport.Occurrences, "occurrence")
	}
	return said
}

// letter is a character of an excerpt and whether it is marked.
type letter struct {
	r    rune
	mark bool
}

// styled marks the characters of s that lie in marks, which stand in order.
func styled(s string, marks []baogao.Span) []letter {
	var letters []letter
	for i, r := range []rune(s) {
		for len(marks) > 0 && marks[0].End <= i {
			marks = marks[1:]
		}
		letters = append(letters, letter{r, len(marks) > 0 && marks[0].Start <= i})
	}
	return letters
}

// excerpt is the snippet of a hit, with an ellipsis where it was cut.
func excerpt(h baogao.Hit) []letter {
	all := styled(h.Text, h.Highlights)
	cut := slices.Clone(all[h.Snippet.Start:h.Snippet.End])
	if h.Snippet.Start > 0 {
		cut = append([]letter{{r: '…'}}, cut...)
	}
	if h.Snippet.End < len(all) {
		cut = append(cut, letter{r: '…'})
	}
	return cut
}

// wrap breaks letters, made printable, into lines that fit beside an indent. No line begins
// with punctuation that closes, and marks, Latin words and numbers stay whole
// unless they fill half a line.
func (p *printer) wrap(letters []letter, indent int) []cli.Safe {
	if len(letters) == 0 {
		return nil
	}
	letters = shown(letters)
	room := p.width - indent - 2 // a closing mark may hang over
	var lines []cli.Safe
	for len(letters) > 0 {
		n := p.fit(letters, room)
		lines = append(lines, p.render(letters[:n]))
		letters = letters[n:]
		for len(letters) > 0 && letters[0].r == ' ' {
			letters = letters[1:]
		}
	}
	return lines
}

// shown makes letters printable: one that is not is several then.
func shown(letters []letter) []letter {
	all := make([]letter, 0, len(letters))
	for _, l := range letters {
		for _, r := range cli.Printable(string(l.r)) {
			all = append(all, letter{r, l.mark})
		}
	}
	return all
}

// fit returns how many letters make up the next line, at least one.
func (p *printer) fit(letters []letter, room int) int {
	width, n := 0, 0
	for n < len(letters) {
		width += runewidth.RuneWidth(letters[n].r) + p.markWidth(letters, n)
		if width > room {
			break
		}
		n++
	}
	if n == len(letters) {
		return n
	}
	end := n
	for end > n/2 && !mayBreak(letters[end-1], letters[end]) {
		end--
	}
	if end <= n/2 {
		end = n
	}
	return max(end, 1)
}

// markWidth is the width of the brackets around marked letters, which stand
// in for color.
func (p *printer) markWidth(letters []letter, i int) int {
	if p.color || !letters[i].mark || (i > 0 && letters[i-1].mark) {
		return 0
	}
	return 4
}

func mayBreak(before, after letter) bool {
	if strings.ContainsRune("，。、；：！？,.;:!?)）]】》」』”’…%·", after.r) || strings.ContainsRune("(（[【《「『“‘", before.r) {
		return false
	}
	return !(before.mark && after.mark) && !(isWordRune(before.r) && isWordRune(after.r))
}

func isWordRune(r rune) bool {
	return r == '.' || r == '%' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// render writes a line of printable letters out, its marks in color or in 【】.
func (p *printer) render(letters []letter) cli.Safe {
	open, shut := marked, plain
	if !p.color {
		open, shut = "【", "】"
	}
	var b strings.Builder
	in := false
	for _, l := range letters {
		if l.mark != in {
			b.WriteString(map[bool]string{true: open, false: shut}[l.mark])
			in = l.mark
		}
		b.WriteRune(l.r)
	}
	if in {
		b.WriteString(shut)
	}
	return cli.Safe(b.String())
}

func (p *printer) facetTable(w io.Writer, f baogao.Facets) {
	for _, facet := range f.All() {
		cli.Printf(w, "\n%s\n", p.style(bold, cli.Printable(facet.Field)))
		for _, v := range facet.Values {
			name := v.Value
			if v.Label != "" && v.Label != v.Value {
				name += " " + v.Label
			}
			cli.Printf(w, "   %s %7d passages %6d reports of %6d held\n", runewidth.FillRight(string(cli.Printable(name)), 32), v.Passages, v.Reports, v.Held)
		}
	}
}
