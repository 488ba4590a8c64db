package infer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao/internal/analyzer"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/dates"
	"baogao/internal/infer/host"
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
	number    int
	spaced    bool   // a blank stood behind each of its characters, and was dropped
	label     string // of a fact, folded
	published string
	text      string // folded, character by character; the end of a long line may be cut off
	runes     int    // characters of the line
	above     int    // characters of the lines before it
	role      role
	mentions  []gazetteer.Mention
}

// newLine folds a line as it was published. Blanks that set its letters apart go:
// 政 府 工 作 报 告.
func newLine(number int, published string) line {
	l := line{number: number, published: published, text: analyzer.Fold(published)}
	if len(l.text) < 4*headRunes && letterSpaced.MatchString(l.text) {
		l.spaced, l.text = true, strings.ReplaceAll(l.text, " ", "")
	}
	return l
}

// letterSpaced is a line with a blank behind each of its characters.
var letterSpaced = regexp.MustCompile(`^[-( ]*(?:\p{Han} +){3,}\p{Han}?[) ]*$`)

// A document is what is read of a Document: folded lines, what each is for and
// which places it names.
type document struct {
	title       []line // the title, none where there is none
	facts       []line // values, with their labels
	path        line
	page        []line // of the page around the text, as far as they tell whose it is
	host        host.Host
	lines       []line // non-empty lines of the body
	runes       int    // characters of the body
	address     string // of the source
	legislation bool   // the body is in articles
	abroad      bool   // it is about other states; see isAbroad
}

// The ends of a body are where titles, addressees and signatures stand.
const (
	headLines = 12
	tailLines = 12
	headRunes = 60 // a longer line is no title
	tailRunes = 45 // a longer line signs nothing
)

func read(published Document) *document {
	d := &document{path: newLine(InPath, published.Path), address: published.Address}
	d.takePage(published.Page)
	d.takeLines(published.Lines)
	d.legislation = isLegislation(d.lines)
	d.assignHead()
	d.assignTail()
	if published.Title != "" {
		l := newLine(InTitle, published.Title)
		l.role = head
		d.title = append(d.title, l)
	}
	for _, f := range published.Facts {
		l := newLine(InFacts, f.Value)
		l.label = analyzer.Fold(f.Label)
		d.facts = append(d.facts, l)
	}
	d.findMentions()
	d.abroad = d.isAbroad()
	return d
}

// mostPage is how many lines of the page are read.
const mostPage = 60

// takePage takes the lines of a page that tell whose it is, and its address where
// none was given.
func (d *document) takePage(lines []string) {
	for _, s := range lines[:min(len(lines), mostPage)] {
		l := newLine(InPage, s)
		if i := strings.Index(l.text, "http"); i >= 0 && d.address == "" && strings.Contains(l.text, ".gov.cn") {
			d.address = strings.TrimSpace(l.text[i:])
		}
		if l.runes = utf8.RuneCountInString(l.text); l.runes <= 2*headRunes && (pageOf.MatchString(l.text) || pageDate.MatchString(l.text)) {
			d.page = append(d.page, l)
		}
	}
	d.host = host.Of(d.address)
}

// pageOf are lines of a page that name who keeps it or where the text stands in it.
var pageOf = regexp.MustCompile(`[>›»]|主办|承办|版权所有|门户网站|网站标识`)

// pageDate are lines of a page that date the text.
var pageDate = regexp.MustCompile(`(?:时间|日期|发布于?|更新于?)[: ]|^\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d|^(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2} \d`)

// What is read of a body, in bytes of folded text. The longest reports have
// some hundred thousand; a book or a year of news says no more in its middle.
const (
	headBytes = 600_000
	tailBytes = 200_000
)

// takeLines takes the lines of the body that are not empty, of a body that is
// longer than what is read its first and last ones.
func (d *document) takeLines(lines []string) {
	all := make([]line, len(lines))
	for i, s := range lines {
		all[i] = newLine(i, s)
	}
	head := taken(len(all), headBytes, func(i int) string { return all[i].text })
	tail := taken(len(all)-head, tailBytes, func(i int) string { return all[len(all)-1-i].text })
	for i, l := range all {
		if i >= head && i < len(all)-tail || strings.TrimSpace(l.text) == "" {
			continue
		}
		l.text = cutAt(l.text, headBytes)
		l.runes, l.above = utf8.RuneCountInString(l.text), d.runes
		d.lines = append(d.lines, l)
		d.runes += l.runes
	}
}

// taken counts the lines, up to n, that have no more than the bytes given
// together, or begin before those are used up.
func taken(n, bytes int, at func(i int) string) int {
	for i := range n {
		if bytes <= 0 {
			return i
		}
		bytes -= len(at(i)) + 1
	}
	return n
}

// cutAt cuts a text after n bytes, at the border of a character.
func cutAt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// assignHead marks what stands above the running text and its first lines.
func (d *document) assignHead() {
	for i := range d.lines {
		l := &d.lines[i]
		runs := i >= headLines || l.runes > headRunes || isGreeting(l.text) || endsSentence(l.text) || opensReport(l.text)
		switch {
		case !runs && isPageLine(l.text):
			l.role = chrome
		case !runs && !isHeading(l.text):
			l.role = head
		default:
			for j := i; j < min(i+3, len(d.lines)); j++ {
				d.lines[j].role = opening
			}
			return
		}
	}
}

// assignTail marks the lines that sign and date, above the attachments if
// there are any.
func (d *document) assignTail() {
	end := d.attachments()
	for i := end - 1; i >= max(0, end-tailLines); i-- {
		l := &d.lines[i]
		switch {
		case l.runes > tailRunes || l.role == chrome:
		case dates.IsLine(l.text):
			l.role = dated
		case isOrganLine(l.text):
			l.role = signature
		}
	}
}

// attachments is the index of the first line that begins what is attached to
// a document below its date, or the number of lines.
func (d *document) attachments() int {
	for i := 1; i < len(d.lines); i++ {
		text := strings.TrimRight(strings.TrimSpace(d.lines[i].text), ":0123456789一")
		if text == "附件" && dates.IsLine(d.lines[i-1].text) {
			return i
		}
	}
	return len(d.lines)
}

func isGreeting(s string) bool {
	return hasAnyPrefix(strings.TrimSpace(s), []string{"各位代表", "现在,我", "各位主任", "各位委员"})
}

// opensReport reports whether a short line is the first sentence of a report:
// 2025年,某街道坚持依法行政,现将有关情况报告如下:
func opensReport(s string) bool {
	return strings.Contains(s, ",") && (leadingYear.MatchString(s) || strings.Contains(s, "如下"))
}

func endsSentence(s string) bool {
	r := lastRune(strings.TrimSpace(s))
	return r == '。' || r == ';'
}

// isPageLine reports whether a line is part of the page around the text.
func isPageLine(s string) bool {
	s = strings.TrimSpace(s)
	return utf8.RuneCountInString(s) <= 2 ||
		containsAny(s, []string{"来源:", "时间:", "发布日期", "本报记者", "字号", "浏览", "打印", "收藏", "当前位置", "首页"})
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
	return !strings.ContainsAny(s, "。,;:") && hasAnySuffix(s, organSuffixes)
}

// organSuffixes end the names of organs.
var organSuffixes = []string{
	"人民政府", "政府", "委员会", "办公室", "办公厅", "办事处", "管委会", "行署", "行政公署", "国务院", "委", "局", "厅", "部", "院", "署", "兵团",
}

func (d *document) findMentions() {
	for _, list := range [][]line{d.title, d.facts, d.lines, d.page} {
		for i := range list {
			if !isAddressee(list[i].text) {
				list[i].mentions = gazetteer.Find(list[i].text)
				list[i].dropLaws()
			}
		}
	}
	d.path.mentions = gazetteer.FindInPath(d.path.text)
	for i := range d.lines {
		if d.lines[i].role == head {
			d.lines[i].dropPersons()
		}
	}
}

// dropLaws drops the country where a law is quoted: 《中华人民共和国行政处罚法》.
func (l *line) dropLaws() {
	l.mentions = slices.DeleteFunc(l.mentions, func(m gazetteer.Mention) bool {
		return m.Places[0] == gazetteer.Country && strings.HasSuffix(l.text[:m.Start], "《")
	})
}

// isAddressee reports whether a line says to whom a document goes, which
// names many places and none of them its own.
func isAddressee(s string) bool {
	s = strings.TrimSpace(s)
	whom, ok := strings.CutSuffix(s, ":")
	if !ok {
		return false
	}
	return strings.HasPrefix(s, "各") ||
		utf8.RuneCountInString(s) <= 25 && hasAnySuffix(strings.TrimRight(whom, ":"), addressees) && !strings.ContainsAny(s, "0123456789。,")
}

// addressees end the names of whom documents go to.
var addressees = []string{
	"委", "政府", "厅", "局", "办", "办公室", "院", "大学", "公司", "集团", "研究所", "中心", "兵团", "代表大会", "人大", "会",
}

// dropPersons drops the short names in a line above the text that are part of
// the name of who speaks: 省长 罗东川.
func (l *line) dropPersons() {
	kept := l.mentions[:0]
	for _, m := range l.mentions {
		if m.Short && m.Start > 0 && !m.Inner && len(kept) == 0 {
			if c := lastRune(l.text[:m.Start]); unicode.Is(unicode.Han, c) && !strings.ContainsRune("在和与年共", c) {
				continue
			}
		}
		kept = append(kept, m)
	}
	l.mentions = kept
}

// withRole returns the lines of the body with a role, in order.
func (d *document) withRole(want role) []line {
	var list []line
	for _, l := range d.lines {
		if l.role == want {
			list = append(list, l)
		}
	}
	return list
}

// heads are the lines that may name the subject: the title and what stands
// above the text.
func (d *document) heads() []line {
	return append(d.title[:len(d.title):len(d.title)], d.withRole(head)...)
}

// span is the spot between two bytes of a line.
func (l line) span(start, end int) spot {
	return spot{line: l.number, published: l.published, text: l.text, start: start, end: end, whole: l.spaced}
}

// at is the spot of n bytes at byte i of a line.
func (l line) at(i, n int) spot { return l.span(i, i+n) }

// of is the spot of a mention in a line.
func (l line) of(m gazetteer.Mention) spot { return l.span(m.Start, m.End) }
