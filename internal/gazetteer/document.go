package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A role says what a line of the body is for.
type role int

const (
	running   role = iota // running text
	chrome                // source, time and other lines of the page
	head                  // a title or what stands around it
	opening               // the first lines of running text
	signature             // who signs, at the end
	dated                 // a date on a line of its own
)

// A line is a line of the document with what was found in it. Title, facts
// and path are lines as well, with a negative number.
type line struct {
	number   int
	text     string
	runes    int // characters of the line
	above    int // characters of the lines before it
	role     role
	mentions []mention
}

// A reader holds a document while it is understood.
type reader struct {
	t     *table
	doc   Document
	title []line // the title, or the head lines that stand for it
	facts []line // values; labels are in doc.Facts
	path  line
	lines []line // non-empty lines of the body
	runes int    // characters of the body
}

// The ends of a body are where titles, addressees and signatures stand.
const (
	headLines = 12
	tailLines = 12
	headRunes = 60 // a longer line is no title
	tailRunes = 45 // a longer line signs nothing
)

func newReader(d Document) *reader {
	r := &reader{t: load(), doc: d}
	for i, s := range d.Lines {
		if strings.TrimSpace(s) != "" {
			n := utf8.RuneCountInString(s)
			r.lines = append(r.lines, line{number: i, text: s, runes: n, above: r.runes})
			r.runes += n
		}
	}
	r.assignHead()
	r.assignTail()
	if d.Title != "" {
		r.title = append(r.title, line{number: InTitle, text: d.Title, role: head})
	}
	for _, f := range d.Facts {
		r.facts = append(r.facts, line{number: InFacts, text: f.Value})
	}
	r.path = line{number: InPath, text: d.Path}
	r.findMentions()
	return r
}

// assignHead marks what stands above the running text and its first lines.
func (r *reader) assignHead() {
	for i := range r.lines {
		l := &r.lines[i]
		switch {
		case i >= headLines || l.runes > headRunes || isGreeting(l.text) || endsSentence(l.text):
			for j := i; j < min(i+3, len(r.lines)); j++ {
				r.lines[j].role = opening
			}
			return
		case isPageLine(l.text):
			l.role = chrome
		case isHeading(l.text):
			for j := i; j < min(i+3, len(r.lines)); j++ {
				r.lines[j].role = opening
			}
			return
		default:
			l.role = head
		}
	}
}

// assignTail marks the lines that sign and date.
func (r *reader) assignTail() {
	for i := len(r.lines) - 1; i >= max(0, len(r.lines)-tailLines); i-- {
		l := &r.lines[i]
		switch {
		case l.runes > tailRunes || l.role == chrome:
		case isDateLine(l.text):
			l.role = dated
		case isOrganLine(l.text):
			l.role = signature
		}
	}
}

func isGreeting(s string) bool {
	return hasAnyPrefix(strings.TrimSpace(s), []string{"各位代表", "现在,我", "各位主任", "各位委员"})
}

func endsSentence(s string) bool {
	r := lastRune(strings.TrimSpace(s))
	return r == '。' || r == ';' || r == '；'
}

// isPageLine reports whether a line is part of the page around the text.
func isPageLine(s string) bool {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) <= 2 {
		return true
	}
	for _, w := range []string{"来源:", "来源：", "时间:", "时间：", "发布日期", "本报记者", "字号", "浏览", "打印", "收藏", "当前位置", "首页"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// isHeading reports whether a line is a numbered heading of the body.
func isHeading(s string) bool {
	s = strings.TrimSpace(s)
	return hasAnyPrefix(s, []string{"一、", "(一)", "第一条", "第一章", "1.", "1、"}) || strings.HasSuffix(s, "工作回顾")
}

// isOrganLine reports whether a line names organs of government and nothing
// else.
func isOrganLine(s string) bool {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "。,;:，；：") {
		return false
	}
	return organSuffix(s) != "" && unicode.Is(unicode.Han, lastRune(s))
}

// organSuffixes end the names of organs.
var organSuffixes = []string{
	"人民政府", "政府", "委员会", "办公室", "办公厅", "办事处", "管委会", "行署", "行政公署", "国务院", "委", "局", "厅", "部", "院", "署", "兵团",
}

func organSuffix(s string) string {
	for _, suffix := range organSuffixes {
		if strings.HasSuffix(s, suffix) {
			return suffix
		}
	}
	return ""
}

func (r *reader) findMentions() {
	for _, list := range [][]line{r.title, r.facts, r.lines} {
		for i := range list {
			if !isAddressee(list[i].text) {
				list[i].mentions = r.t.find(list[i].text)
			}
		}
	}
	r.path.mentions = r.t.find(r.path.text)
	for i := range r.lines {
		if r.lines[i].role == head {
			r.lines[i].dropPersons()
		}
	}
}

// isAddressee reports whether a line says to whom a document goes, which
// names many places and none of them its own.
func isAddressee(s string) bool {
	s = strings.TrimSpace(s)
	if !hasAnySuffix(s, []string{":", "："}) {
		return false
	}
	return strings.HasPrefix(s, "各") ||
		utf8.RuneCountInString(s) <= 25 && containsAny(s, []string{"委", "政府"}) && !strings.ContainsAny(s, "0123456789。,")
}

// dropPersons drops the short names in a line above the text that are part of
// the name of who speaks: 省长 罗东川.
func (l *line) dropPersons() {
	kept := l.mentions[:0]
	for _, m := range l.mentions {
		if m.short && m.start > 0 && !m.inner && len(kept) == 0 {
			if c := lastRune(l.text[:m.start]); unicode.Is(unicode.Han, c) && !strings.ContainsRune("在和与年共", c) {
				continue
			}
		}
		kept = append(kept, m)
	}
	l.mentions = kept
}

// withRole returns the lines of the body with a role, in order.
func (r *reader) withRole(want role) []line {
	var list []line
	for _, l := range r.lines {
		if l.role == want {
			list = append(list, l)
		}
	}
	return list
}

// heads are the lines that may name the subject: the title and what stands
// above the text.
func (r *reader) heads() []line {
	return append(r.title[:len(r.title):len(r.title)], r.withRole(head)...)
}

// at is the spot of n bytes at byte i of a line.
func (l line) at(i, n int) spot {
	return spot{line: l.number, text: l.text, start: i, end: i + n}
}

// of is the spot of a mention in a line.
func (l line) of(m mention) spot { return l.at(m.start, m.end-m.start) }
