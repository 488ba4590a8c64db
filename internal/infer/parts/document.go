// Package parts reads a document as it was published into folded lines, each with what it
// is for, head, opening, running text or signature, and the places that it names.
package parts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/poll"
)

// A Document is what Infer reads, as it was published.
type Source struct {
	Path    string        // of the file below the indexed folder, "" where unknown
	Title   string        // "" when the report has none
	Facts   []baogao.Fact // the fact table of the page
	Lines   []string      // paragraphs of the body in order, without the title
	Page    []string      // lines of the page around it that were left out: menus, the path through the site
	Address string        // URL of the source if it was given, else "": its host and the date in it may tell
}

// The values of Evidence.Line for what is no line of the body.
const (
	InTitle = -1
	InFacts = -2
	InPath  = -3
	InPage  = -4
)

// A role says what a line of the body is for.
type role int

const (
	Running   role = iota // running text
	Chrome                // source, time and other lines of the page
	Head                  // a title or what stands around it
	Opening               // the first lines of running text
	Signature             // who signs, at the end
	Dated                 // a date on a line of its own
)

// A Line is a line of the document with what was found in it. Title, facts
// and path are lines as well, with a negative number.
type Line struct {
	Number    int
	spaced    bool   // a blank stood behind each of its characters, and was dropped
	Label     string // of a fact, folded
	published string
	Text      string // folded, character by character; the end of a long line may be cut off
	Runes     int    // characters of the line
	Above     int    // characters of the lines before it
	Role      role
	Mentions  []gazetteer.Mention
}

// NewLine folds a line as it was published. Blanks that set its letters apart go:
// 政 府 工 作 报 告.
func NewLine(number int, published string) Line {
	l := Line{Number: number, published: published, Text: analyzer.Fold(published)}
	if len(l.Text) < 4*HeadRunes && letterSpaced.MatchString(l.Text) || oddlySpaced(l.Text) {
		l.spaced, l.Text = true, strings.ReplaceAll(l.Text, " ", "")
	}
	return l
}

// oddlySpaced reports whether a line of no great length has blanks within its sentences,
// as pages have that were set by hand: 墨竹工卡 县 自然资源 局 2023年 政府信息 公开 情况.
func oddlySpaced(s string) bool {
	const least, often = 4, 8 // blanks, and the characters that there is one of them in
	if len(s) > 9*HeadRunes || strings.Count(s, " ") < least || !strings.ContainsAny(s, "年,。") {
		return false
	}
	blanks := len(spacedHan.FindAllStringIndex(s, -1))
	return blanks >= least && blanks*often >= utf8.RuneCountInString(s)
}

// spacedHan is a blank between two characters of a sentence.
var spacedHan = regexp.MustCompile(`\p{Han} [\p{Han}\d]`)

// letterSpaced is a line with a blank behind each of its characters.
var letterSpaced = regexp.MustCompile(`^[-( ]*(?:\p{Han} +){3,}\p{Han}?[) ]*$`)

// A Document is what is read of a Document: folded lines, what each is for and
// which places it names.
type Document struct {
	Title       []Line // the title, none where there is none
	Facts       []Line // values, with their labels
	Path        Line
	Page        []Line // of the page around the text, as far as they tell whose it is
	Lines       []Line // non-empty lines of the body
	Runes       int    // characters of the body
	Address     string // of the source
	Legislation bool   // the body is in articles
}

// The ends of a body are where titles, addressees and signatures stand.
const (
	HeadLines = 12
	TailLines = 12
	HeadRunes = 60 // a longer line is no title
	tailRunes = 45 // a longer line signs nothing
)

func Read(published Source) *Document {
	d := &Document{Path: NewLine(InPath, published.Path), Address: published.Address}
	d.takePage(published.Page)
	d.takeLines(published.Lines)
	d.Legislation = isLegislation(d.Lines)
	d.assignHead()
	d.assignTail()
	if published.Title != "" {
		l := NewLine(InTitle, published.Title)
		l.Role = Head
		d.Title = append(d.Title, l)
	}
	for _, f := range published.Facts {
		l := NewLine(InFacts, f.Value)
		l.Label = analyzer.Fold(f.Label)
		d.Facts = append(d.Facts, l)
	}
	d.findMentions()
	return d
}

// mostPage is how many lines of the page are read.
const mostPage = 60

// takePage takes the lines of a page that tell whose it is, and its address where
// none was given.
func (d *Document) takePage(lines []string) {
	for _, s := range lines[:min(len(lines), mostPage)] {
		l := NewLine(InPage, s)
		d.takeAddress(l.Text)
		if l.Runes = utf8.RuneCountInString(l.Text); l.Runes <= 2*HeadRunes && (PageOf.MatchString(l.Text) || PageDate.MatchString(l.Text)) {
			d.Page = append(d.Page, l)
		}
	}
}

// site is the address of a site of a government.
var site = regexp.MustCompile(`(?:https?:?//)?(?:[a-z0-9-]+\.)+gov\.cn[^\s()<>,;。]*`)

// takeAddress takes the address of the site that a text names, where none is known.
func (d *Document) takeAddress(text string) {
	if d.Address != "" || !strings.Contains(text, ".gov.cn") {
		return
	}
	if d.Address = site.FindString(text); !strings.HasPrefix(d.Address, "http") {
		d.Address = "http://" + d.Address
	}
}

// PageOf are lines of a page that name who keeps it or where the text stands in it.
var PageOf = regexp.MustCompile(`[>›»]|主办|承办|版权所有|门户网站|网站标识`)

// PageDate are lines of a page that date the text.
var PageDate = regexp.MustCompile(`(?:时间|日期|发布于?|更新于?)[: ]|^\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d|^(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2} \d`)

// What is read of a body, in bytes of folded text. The longest reports have
// some hundred thousand; a book or a year of news says no more in its middle.
const (
	headBytes = 600_000
	tailBytes = 200_000
)

// takeLines takes the lines of the body that are not empty, of a body that is
// longer than what is read its first and last ones.
func (d *Document) takeLines(lines []string) {
	all := make([]Line, len(lines))
	for i, s := range lines {
		all[i] = NewLine(i, s)
	}
	head := taken(len(all), headBytes, func(i int) string { return all[i].Text })
	tail := taken(len(all)-head, tailBytes, func(i int) string { return all[len(all)-1-i].Text })
	for i, l := range all {
		if i >= head && i < len(all)-tail || strings.TrimSpace(l.Text) == "" {
			continue
		}
		l.Text = cutAt(l.Text, headBytes)
		l.Runes, l.Above = utf8.RuneCountInString(l.Text), d.Runes
		d.takeAddress(l.Text)
		d.Lines = append(d.Lines, l)
		d.Runes += l.Runes
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

func (d *Document) findMentions() {
	for _, list := range [][]Line{d.Title, d.Facts, d.Lines, d.Page} {
		for i := range list {
			if !IsAddressee(list[i].Text) {
				list[i].Mentions = gazetteer.Find(list[i].Text)
				list[i].dropLaws()
				list[i].chainTowns()
			}
		}
	}
	d.Path.Mentions = gazetteer.FindInPath(d.Path.Text)
	d.adoptTown()
	for _, list := range [][]Line{d.Title, d.Lines} {
		for i := range list {
			if list[i].Role == Head {
				list[i].chainHead()
			}
		}
	}
	for i := range d.Lines {
		if d.Lines[i].Role == Head {
			d.Lines[i].dropPersons()
		}
	}
}

// dropLaws drops the country where a law is quoted: 《中华人民共和国行政处罚法》.
func (l *Line) dropLaws() {
	l.Mentions = slices.DeleteFunc(l.Mentions, func(m gazetteer.Mention) bool {
		return m.Places[0] == gazetteer.Country && strings.HasSuffix(l.Text[:m.Start], "《")
	})
}

// dropPersons drops the short names in a line above the text that are part of
// the name of who speaks: 省长 罗东川.
func (l *Line) dropPersons() {
	kept := l.Mentions[:0]
	for _, m := range l.Mentions {
		if m.Short && m.Start > 0 && !m.Inner && len(kept) == 0 {
			if c := chars.LastRune(l.Text[:m.Start]); unicode.Is(unicode.Han, c) && !strings.ContainsRune("在和与年共", c) {
				continue
			}
		}
		kept = append(kept, m)
	}
	l.Mentions = kept
}

// WithRole returns the lines of the body with a role, in order.
func (d *Document) WithRole(want role) []Line {
	var list []Line
	for _, l := range d.Lines {
		if l.Role == want {
			list = append(list, l)
		}
	}
	return list
}

// Heads are the lines that may name the subject: the title and what stands
// above the text.
func (d *Document) Heads() []Line {
	return append(d.Title[:len(d.Title):len(d.Title)], d.WithRole(Head)...)
}

// Span is the spot between two bytes of a line.
func (l Line) Span(start, end int) poll.Spot {
	return poll.Spot{Line: l.Number, Published: l.published, Text: l.Text, Start: start, End: end, Whole: l.spaced}
}

// At is the spot of n bytes at byte i of a line.
func (l Line) At(i, n int) poll.Spot { return l.Span(i, i+n) }

// Of is the spot of a mention in a line.
func (l Line) Of(m gazetteer.Mention) poll.Spot { return l.Span(m.Start, m.End) }

// issuerLabels are the labels of a fact table that name who issued a document.
var issuerLabels = []string{"发布机构", "发布机关", "公开主体", "责任部门", "责任单位", "发文机关", "发文单位", "发布单位", "制发机关", "公开机构", "发布部门", "发文机构", "公开责任部门", "信息来源"}

// sourceLabels are the labels of where a page took a text from, which is often who
// issued it.
var sourceLabels = []string{"来源", "信息来源", "稿源", "文章来源", "作者"}

// NamesSource reports whether a fact names an organ as the source of the page. Newspapers
// and sites issue nothing.
func (l Line) NamesSource() bool {
	name := strings.TrimSpace(l.Text)
	return slices.Contains(sourceLabels, l.Label) && chars.HasAnySuffix(name, OrganSuffixes) && utf8.RuneCountInString(name) >= 3 && !strings.ContainsAny(name, ",。:;")
}

// NamesHome reports whether a fact names as the source of the page an organ of a place, or its site or
// its media: 靖远县融媒体中心.
func (l Line) NamesHome() bool {
	return l.NamesSource() || slices.Contains(sourceLabels, l.Label) && chars.HasAnySuffix(strings.TrimSpace(l.Text), homeSuffixes)
}

// homeSuffixes end the names of what speaks for a place and is no organ of it.
var homeSuffixes = []string{"融媒体中心", "政府网", "政府网站", "政务网", "政府办", "党政办"}

// NamesIssuer reports whether a fact names who issued the document.
func (l Line) NamesIssuer() bool { return slices.Contains(issuerLabels, l.Label) }
