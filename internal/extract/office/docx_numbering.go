package office

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao/internal/extract"
)

// Word numbers a paragraph by a list (numId) and a level in it. The list may
// be named by the paragraph or by its style; it points to an abstract list,
// which holds the counters and says how each level reads: "（%1）".

// A numbered is what a paragraph says about its number.
type numbered struct {
	style  string
	list   string // "" where the style decides, "0" for none
	level  int    // -1 where the style decides
	joined bool   // the end of the paragraph was deleted: the next one goes on
}

// listLevels is how many levels a list has.
const listLevels = 9

// A numbering counts the numbered paragraphs of a document.
type numbering struct {
	styles       map[string]listStyle
	defaultStyle string
	lists        map[string]*list
	abstracts    map[string]*abstractList
}

func newNumbering() *numbering {
	return &numbering{styles: map[string]listStyle{}, lists: map[string]*list{}, abstracts: map[string]*abstractList{}}
}

type listStyle struct {
	basedOn string
	list    string
	level   int
}

type list struct {
	abstract string
	restarts [listLevels]int // the number to begin with at the first use, or -1
	own      [listLevels]*listLevel
	used     [listLevels]bool
}

func newList(abstract string) *list {
	l := &list{abstract: abstract}
	for i := range l.restarts {
		l.restarts[i] = -1
	}
	return l
}

type abstractList struct {
	levels [listLevels]listLevel
	style  string // whose list this one is
	counts [listLevels]int
	begun  [listLevels]bool
}

type listLevel struct {
	start   int
	format  string // a value of ST_NumberFormat
	text    string // %1 is the number of the first level
	suffix  string // tab, space or nothing
	decimal bool   // shows the numbers of all levels in figures
	restart int    // begins anew behind levels above this one, the first being 1; 0 for never, -1 for any
	style   string // whose paragraphs are of this level
}

// readNumbered reads the properties of a paragraph.
func readNumbered(w *xmlWalk) (numbered, error) {
	n := numbered{level: -1}
	err := w.into(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			n.style = attribute(e, "val")
		case "numPr":
			return readListRef(w, &n.list, &n.level)
		case "rPr":
			return w.into(func(e xml.StartElement) error {
				n.joined = n.joined || e.Name.Local == "del"
				return nil
			})
		}
		return nil
	})
	return n, err
}

// readListRef reads which list and level a paragraph or style is numbered by.
func readListRef(w *xmlWalk, list *string, level *int) error {
	return w.into(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numId":
			*list = attribute(e, "val")
		case "ilvl":
			*level = boundedLevel(attribute(e, "val"))
		}
		return nil
	})
}

func boundedLevel(s string) int {
	n, _ := strconv.Atoi(s)
	return min(max(n, 0), listLevels-1)
}

// readNumbering reads the parts styles.xml and numbering.xml; either may be
// missing.
func readNumbering(styles, lists []byte, l extract.Limits) (*numbering, error) {
	n := newNumbering()
	w := newXMLWalk(styles, l)
	if err := w.into(func(xml.StartElement) error { return w.into(n.styleReader(w)) }); err != nil {
		return nil, fmt.Errorf("styles.xml: %w", err)
	}
	w = newXMLWalk(lists, l)
	if err := w.into(func(xml.StartElement) error { return w.into(n.listReader(w)) }); err != nil {
		return nil, fmt.Errorf("numbering.xml: %w", err)
	}
	return n, nil
}

func (n *numbering) styleReader(w *xmlWalk) func(xml.StartElement) error {
	return func(e xml.StartElement) error {
		if e.Name.Local != "style" {
			return nil
		}
		id := attribute(e, "styleId")
		if attribute(e, "type") == "paragraph" && attribute(e, "default") == "1" {
			n.defaultStyle = id
		}
		s := listStyle{level: -1}
		err := w.into(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "basedOn":
				s.basedOn = attribute(e, "val")
			case "pPr":
				return w.into(func(e xml.StartElement) error {
					if e.Name.Local != "numPr" {
						return nil
					}
					return readListRef(w, &s.list, &s.level)
				})
			}
			return nil
		})
		n.styles[id] = s
		return err
	}
}

func (n *numbering) listReader(w *xmlWalk) func(xml.StartElement) error {
	return func(e xml.StartElement) error {
		switch e.Name.Local {
		case "abstractNum":
			a := &abstractList{}
			n.abstracts[attribute(e, "abstractNumId")] = a
			return w.into(func(e xml.StartElement) error {
				switch e.Name.Local {
				case "numStyleLink":
					a.style = attribute(e, "val")
				case "lvl":
					return readLevel(w, &a.levels[boundedLevel(attribute(e, "ilvl"))])
				}
				return nil
			})
		case "num":
			l := newList("")
			n.lists[attribute(e, "numId")] = l
			return w.into(func(e xml.StartElement) error { return readList(w, e, l) })
		}
		return nil
	}
}

// readList reads one thing that a list says: its abstract list, or what is
// different in a level.
func readList(w *xmlWalk, e xml.StartElement, l *list) error {
	switch e.Name.Local {
	case "abstractNumId":
		l.abstract = attribute(e, "val")
	case "lvlOverride":
		i := boundedLevel(attribute(e, "ilvl"))
		return w.into(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "startOverride":
				l.restarts[i] = boundedNumber(attribute(e, "val"))
			case "lvl":
				l.own[i] = &listLevel{}
				return readLevel(w, l.own[i])
			}
			return nil
		})
	}
	return nil
}

func readLevel(w *xmlWalk, l *listLevel) error {
	*l = listLevel{start: 1, format: "decimal", suffix: "tab", restart: -1}
	return w.into(func(e xml.StartElement) error {
		value := attribute(e, "val")
		switch e.Name.Local {
		case "start":
			l.start = boundedNumber(value)
		case "numFmt":
			l.format = value
		case "AlternateContent": // a format that only newer programs know
			return w.into(func(xml.StartElement) error {
				return w.into(func(e xml.StartElement) error {
					if e.Name.Local == "numFmt" {
						l.format = attribute(e, "val")
					}
					return nil
				})
			})
		case "lvlText":
			l.text = value
		case "lvlRestart":
			l.restart = boundedNumber(value)
		case "suff":
			l.suffix = value
		case "isLgl":
			l.decimal = isOn(e)
		case "pStyle":
			l.style = value
		}
		return nil
	})
}

// boundedNumber reads a number to begin with.
func boundedNumber(s string) int {
	n, _ := strconv.Atoi(s)
	return min(max(n, 0), 32767)
}

// next is the number that the next paragraph begins with, with the blank
// behind it, or "".
func (n *numbering) next(p numbered) string {
	name, i := n.listOf(p)
	l := n.lists[name]
	if l == nil {
		return ""
	}
	a := n.abstract(l)
	if a == nil {
		return ""
	}
	level := l.level(a, i)
	if l.restarts[i] >= 0 && !l.used[i] {
		a.counts[i], a.begun[i] = l.restarts[i]-1, true
	}
	l.used[i] = true
	if !a.begun[i] {
		a.counts[i], a.begun[i] = level.start-1, true
	}
	a.counts[i]++
	for deeper := i + 1; deeper < listLevels; deeper++ {
		if limit := l.level(a, deeper).restart; limit < 0 || i < limit {
			a.begun[deeper] = false
		}
	}
	return l.render(a, i)
}

// listOf is the list and level that a paragraph is numbered by.
func (n *numbering) listOf(p numbered) (list string, level int) {
	style := p.style
	if style == "" {
		style = n.defaultStyle
	}
	list, level = p.list, p.level
	own := style
	for hops := 0; list == "" && style != "" && hops < 32; hops++ {
		s := n.styles[style]
		if list = s.list; level < 0 {
			level = s.level
		}
		style = s.basedOn
	}
	if l := n.lists[list]; level < 0 && l != nil {
		level = n.levelOfStyle(l, own)
	}
	return list, max(level, 0)
}

// levelOfStyle is the level that a list gives to a style, or 0.
func (n *numbering) levelOfStyle(l *list, style string) int {
	a := n.abstract(l)
	for hops := 0; a != nil && style != "" && hops < 32; hops++ {
		for i := range a.levels {
			if a.levels[i].style == style {
				return i
			}
		}
		style = n.styles[style].basedOn
	}
	return 0
}

// abstract is what a list goes by; that may be the list of a style.
func (n *numbering) abstract(l *list) *abstractList {
	a := n.abstracts[l.abstract]
	if a != nil && a.style != "" {
		if linked := n.lists[n.styles[a.style].list]; linked != nil && n.abstracts[linked.abstract] != nil {
			return n.abstracts[linked.abstract]
		}
	}
	return a
}

func (l *list) level(a *abstractList, i int) *listLevel {
	if l.own[i] != nil {
		return l.own[i]
	}
	return &a.levels[i]
}

// longestMark is the most bytes of the text of a level; what is longer is no
// number.
const longestMark = 256

// levelMark stands for the number of a level.
var levelMark = regexp.MustCompile(`%[1-9]`)

// render is the number of a level as it reads in front of a paragraph.
func (l *list) render(a *abstractList, i int) string {
	level := l.level(a, i)
	if level.format == "bullet" {
		return bullet(level.text)
	}
	if level.format == "none" && !strings.Contains(level.text, "%") || len(level.text) > longestMark {
		return ""
	}
	s := strings.TrimSpace(levelMark.ReplaceAllStringFunc(level.text, func(m string) string {
		return l.number(a, int(m[1]-'1'), level.decimal)
	}))
	if s == "" || level.suffix == "nothing" || closesMark(s) {
		return s
	}
	return s + " "
}

func (l *list) number(a *abstractList, i int, decimal bool) string {
	level := l.level(a, i)
	count := a.counts[i]
	if !a.begun[i] {
		count = level.start
	}
	if decimal {
		return strconv.Itoa(count)
	}
	return formatNumber(count, level.format)
}

// closesMark reports whether a mark ends with punctuation as wide as a Han
// character, which needs no blank behind it.
func closesMark(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r >= 0x3000 && unicode.IsPunct(r)
}

// bullet is the sign of a list without numbers. A letter or a character for
// private use is a sign only in the font it comes with.
func bullet(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 || size < len(text) || unicode.IsLetter(r) || unicode.IsSpace(r) || unicode.Is(unicode.Co, r) || r < ' ' {
		return ""
	}
	return text + " "
}
