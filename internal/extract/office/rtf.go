package office

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"baogao/internal/charset"
	"baogao/internal/extract"
)

// RTF takes the text out of a document in Rich Text Format: the body, then
// the notes. Characters of \'hh are in the code page of the font or of the
// document; headers, footers, comments and what is deleted, hidden or struck
// through are left out.
func RTF(data []byte, l extract.Limits) (extract.Text, error) {
	l = l.WithDefaults()
	if !bytes.HasPrefix(data, []byte(`{\rtf`)) {
		return extract.Text{}, errors.New("no RTF document; get the file again")
	}
	r := &rtfReader{data: data, limits: l, page: charmap.Windows1252, fonts: map[int]encoding.Encoding{}, state: rtfState{skip: 1}}
	r.flow = &r.body
	if err := r.read(); err != nil {
		return extract.Text{}, err
	}
	out := extract.Lines{Bytes: l.Bytes}
	if err := out.Add(append(r.body.end(), r.notes.end()...)...); err != nil {
		return extract.Text{}, err
	}
	return out.Text()
}

// An rtfReader reads the groups and control words of a document.
type rtfReader struct {
	data   []byte
	at     int
	limits extract.Limits

	page  encoding.Encoding         // of the document
	fonts map[int]encoding.Encoding // by number
	deff  int                       // the font where no other is in use

	state rtfState
	outer []rtfState

	body, notes rtfFlow
	flow        *rtfFlow
	size        int64
	bytes       []byte // characters of a code page that are not decoded yet
	units       utf16Units
	pass        int // characters still to pass over behind \u
}

// An rtfState is what holds up to the end of a group.
type rtfState struct {
	silent bool // a destination that is not read
	fonts  bool // the table of fonts
	note   bool // a footnote
	number bool // an automatic number
	hidden bool
	struck bool
	raised bool
	font   int
	skip   int // characters behind \u that stand in for it
}

// An rtfFlow is lines in the making.
type rtfFlow struct {
	lines     []string
	paragraph strings.Builder
	row       tableRow
	places    []cellPlace // of the cells of the row
	place     cellPlace   // of the one that is described
	inTable   bool
}

func (f *rtfFlow) endParagraph() {
	s := take(&f.paragraph)
	switch {
	case s == "":
	case f.inTable:
		f.row.add(s)
	default:
		f.endRow()
		f.row.endTable()
		f.lines = append(f.lines, s)
	}
}

func (f *rtfFlow) endCell() {
	if s := take(&f.paragraph); s != "" {
		f.row.add(s)
	}
	f.row.endCell()
}

func (f *rtfFlow) endRow() { f.lines = append(f.lines, f.row.end(f.places)...) }

func (f *rtfFlow) end() []string {
	f.inTable = false
	f.endParagraph()
	f.endRow()
	return f.lines
}

// read goes through the document. What stands behind its last group is not
// part of it.
func (r *rtfReader) read() error {
	for r.at < len(r.data) {
		if err := r.limits.Stopped(); err != nil {
			return err
		}
		c := r.data[r.at]
		r.at++
		switch c {
		case '{':
			r.flush()
			if len(r.outer) >= r.limits.Depth {
				return fmt.Errorf("groups nested more than %d deep; open it and save it again", r.limits.Depth)
			}
			r.outer = append(r.outer, r.state)
		case '}':
			r.flush()
			if r.endGroup(); len(r.outer) == 0 {
				return nil
			}
		case '\\':
			r.control()
		case '\r', '\n':
		default:
			r.byte(c)
		}
		if r.size > r.limits.Bytes {
			return extract.ErrUnpacked
		}
	}
	return errors.New("breaks off before its end; get the file again")
}

func (r *rtfReader) endGroup() {
	n := len(r.outer)
	if n == 0 {
		return
	}
	before := r.state
	r.state, r.outer = r.outer[n-1], r.outer[:n-1]
	r.pass = 0
	if before.number && !r.state.number {
		if s := strings.TrimSpace(r.flow.paragraph.String()); s != "" && !closesMark(s) {
			r.write(" ")
		}
	}
	if before.note && !r.state.note {
		r.flow.endParagraph()
		r.flow = &r.body
	}
}

// byte reads a byte of the text.
func (r *rtfReader) byte(c byte) {
	if r.pass > 0 {
		r.pass--
		return
	}
	if !r.state.silent && !r.state.hidden && !r.state.struck {
		r.bytes = append(r.bytes, c)
		r.size++
	}
}

// flush decodes the bytes that were read, in the code page of their font.
func (r *rtfReader) flush() {
	if len(r.bytes) == 0 {
		return
	}
	page := r.page
	if p := r.fonts[r.state.font]; p != nil {
		page = p
	}
	s, err := page.NewDecoder().Bytes(r.bytes)
	r.bytes = r.bytes[:0]
	if err == nil {
		r.write(string(s))
	}
}

func (r *rtfReader) write(s string) {
	if !r.state.silent && !r.state.hidden && !r.state.struck && !r.state.fonts {
		if r.state.raised {
			s = extract.Raised(s)
		}
		r.size += int64(len(s))
		r.flow.paragraph.WriteString(s)
	}
}

// control reads a control word or sign.
func (r *rtfReader) control() {
	start := r.at
	for r.at < len(r.data) && isLetter(rune(r.data[r.at])) {
		r.at++
	}
	if r.at == start {
		r.sign()
		return
	}
	word := string(r.data[start:r.at])
	start = r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		r.at++
	}
	n, err := strconv.Atoi(string(r.data[start:r.at]))
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	r.word(word, n, err == nil)
}

// sign reads a control sign: one character behind the backslash.
func (r *rtfReader) sign() {
	if r.at >= len(r.data) {
		return
	}
	c := r.data[r.at]
	r.at++
	switch c {
	case '\'':
		n, err := strconv.ParseUint(string(r.data[r.at:min(r.at+2, len(r.data))]), 16, 8)
		if err == nil {
			r.at += 2
			r.byte(byte(n))
		}
	case '*':
		r.flush()
		r.optional()
	case '~':
		r.flush()
		r.write("\u00A0")
	case '_':
		r.byte('-')
	case '\r', '\n':
		r.flush()
		r.flow.endParagraph()
	case '{', '}', '\\':
		r.byte(c)
	}
}

// optional reads the destination behind \*, which may be passed over by who
// does not know it.
func (r *rtfReader) optional() {
	rest := r.data[r.at:]
	for _, known := range []string{`\shpinst`, `\footnote`, `\listtext`, `\pntext`} {
		if bytes.HasPrefix(rest, []byte(known)) {
			return
		}
	}
	r.state.silent = true
}

// rtfSilent are destinations whose text is not the document's.
var rtfSilent = map[string]bool{
	"colortbl": true, "stylesheet": true, "info": true, "pict": true, "fldinst": true, "annotation": true,
	"header": true, "headerl": true, "headerr": true, "headerf": true, "footer": true, "footerl": true, "footerr": true, "footerf": true,
	"listtable": true, "listoverridetable": true, "rsidtbl": true, "themedata": true, "colorschememapping": true, "datastore": true,
	"latentstyles": true, "xmlnstbl": true, "generator": true, "sp": true, "shprslt": true, "nonshppict": true, "nonesttables": true,
	"ftnsep": true, "ftnsepc": true, "aftnsep": true, "aftnsepc": true, "bkmkstart": true, "bkmkend": true, "tc": true, "xe": true,
	"revtbl": true, "filetbl": true, "falt": true, "panose": true, "objdata": true, "objclass": true, "objname": true, "datafield": true,
}

// rtfSigns are control words for a character.
var rtfSigns = map[string]string{
	"tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emdash": "—", "endash": "–",
	"bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
}

// word does what a control word says. set is whether it has a number.
func (r *rtfReader) word(word string, n int, set bool) {
	if word == "u" {
		r.unicode(n)
		return
	}
	r.flush()
	if s, ok := rtfSigns[word]; ok {
		if !r.state.number || word != "tab" {
			r.write(s)
		}
		return
	}
	if rtfSilent[word] {
		r.state.silent = true
		return
	}
	if r.state.silent && word != "bin" {
		return
	}
	switch word {
	case "bin":
		r.at += min(max(n, 0), len(r.data)-r.at)
	case "uc":
		r.state.skip = min(max(n, 0), 16)
	case "ansicpg":
		r.page = codePage(n)
	case "f", "fcharset", "fonttbl", "deff":
		r.fontWord(word, n)
	case "v", "deleted":
		r.state.hidden = !set || n != 0
	case "strike", "striked":
		r.state.struck = !set || n != 0
	case "super":
		r.state.raised = !set || n != 0
	case "sub", "nosupersub":
		r.state.raised = false
	case "plain":
		r.state.hidden, r.state.struck, r.state.raised, r.state.font = false, false, false, r.deff
	case "listtext", "pntext":
		r.state.number = true
	case "footnote":
		r.state.note = true
		r.flow = &r.notes
	default:
		r.layout(word, n)
	}
}

// layout follows the words that end paragraphs, cells and rows, and those that say how
// cells are merged, up to the word for where one ends.
func (r *rtfReader) layout(word string, n int) {
	f := r.flow
	switch word {
	case "par", "sect", "page", "column":
		f.endParagraph()
	case "pard":
		f.inTable = false
	case "intbl":
		f.inTable = true
	case "cell":
		f.endCell()
	case "nestcell":
		r.write(" ")
	case "row":
		f.endRow()
	case "trowd":
		f.places, f.place = f.places[:0], cellPlace{}
	case "clvmgf":
		f.place.starts = true
	case "clvmrg":
		f.place.goesOn = true
	case "clmrg":
		f.place.joined = true
	case "cellx":
		f.places = append(f.places, f.place)
		f.place = cellPlace{left: n}
	}
}

// fontWord follows the table of fonts, and which font is in use.
func (r *rtfReader) fontWord(word string, n int) {
	switch word {
	case "fonttbl":
		r.state.fonts = true
	case "deff":
		r.deff, r.state.font = n, n
	case "f":
		r.state.font = n
	case "fcharset":
		if page := fontPages[n]; r.state.fonts && page != 0 {
			r.fonts[r.state.font] = codePage(page)
		}
	}
}

// unicode reads \u, whose number is a unit of UTF-16 and may be negative.
func (r *rtfReader) unicode(n int) {
	r.flush()
	c := rune(uint16(n))
	r.pass = r.state.skip
	if c, whole := r.units.join(c); whole {
		r.write(string(c))
	}
}

// fontPages are the code pages of the charsets of fonts.
var fontPages = map[int]int{128: 932, 129: 949, 134: 936, 136: 950, 204: 1251, 238: 1250}

// codePage is the encoding of a code page of Windows, 1252 for an unknown one.
func codePage(n int) encoding.Encoding {
	name := "windows-" + strconv.Itoa(n)
	switch n {
	case 936, 54936:
		return charset.Encoding(charset.GB18030)
	case 950:
		return charset.Encoding(charset.Big5)
	case 65001:
		return encoding.Nop
	case 932:
		name = "windows-31j"
	}
	if page, err := htmlindex.Get(name); err == nil {
		return page
	}
	return charmap.Windows1252
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
