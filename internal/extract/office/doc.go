package office

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"baogao/internal/extract"
)

// Word 97 to 2003 keep the text of a document in pieces of the stream
// WordDocument; a table in the stream 0Table or 1Table puts them in order.
// The file information block (FIB) at the start of WordDocument says where
// that table is. Names and offsets are those of [MS-DOC].

// Offsets in the FIB, in bytes.
const (
	fibVersion = 0x02 // nFib
	fibFlags   = 0x0A
	fibLengths = 0x4C // ccpText, then the lengths of the other texts
	fibChpx    = 0xFA // fcPlcfBteChpx
	fibPapx    = 0x102
	fibClx     = 0x1A2

	word97        = 0xC1
	flagEncrypted = 0x0100
	flagTable1    = 0x0200
)

var errDamaged = errors.New("a broken Word document; open it and save it again")

// DOC takes the text out of a Word 97-2003 document, or one of WPS in the same
// layout: the body, then the notes and the text boxes. What was deleted, is
// hidden or is struck through is left out. Automatic numbers stand in the text.
func DOC(data []byte, l extract.Limits) (t extract.Text, err error) {
	l = l.WithDefaults()
	f, err := openOLE(data)
	if err != nil {
		return extract.Text{}, err
	}
	if !f.has("WordDocument") {
		return extract.Text{}, f.refusal()
	}
	d, err := openDoc(f)
	if err != nil {
		return extract.Text{}, err
	}
	return d.text(l)
}

// doc is a Word document while it is read.
type doc struct {
	main, table []byte
	pieces      []docPiece
	hidden      runs[struct{}]
	paragraphs  runs[docParagraph]
	numbers     *numbering
}

// A docPiece is a run of characters of the text.
type docPiece struct {
	start, end uint32 // in characters of the text
	offset     uint32 // in WordDocument
	narrow     bool   // characters are bytes of Windows-1252, else units of UTF-16
}

func openDoc(f oleFile) (*doc, error) {
	main, err := f.stream("WordDocument")
	if err != nil {
		return nil, err
	}
	if len(main) < fibFlags+2 {
		return nil, errDamaged
	}
	flags := binary.LittleEndian.Uint16(main[fibFlags:])
	switch {
	case binary.LittleEndian.Uint16(main[fibVersion:]) < word97:
		return nil, errors.New("written by Word 6 or 95, or an old WPS; save it as DOCX or text first")
	case flags&flagEncrypted != 0:
		return nil, extract.ErrEncrypted
	}
	name := "0Table"
	if flags&flagTable1 != 0 {
		name = "1Table"
	}
	table, err := f.stream(name)
	if err != nil {
		return nil, err
	}
	return newDoc(main, table)
}

// newDoc reads the tables of a document.
func newDoc(main, table []byte) (*doc, error) {
	if len(main) < fibClx+8 {
		return nil, errDamaged
	}
	d := &doc{main: main, table: table}
	var err error
	if d.pieces, err = d.readPieces(); err != nil {
		return nil, err
	}
	d.numbers = d.readNumbering()
	d.readProperties()
	return d, nil
}

// located is the part of the table stream that a pair in the FIB points to.
func (d *doc) located(at int) []byte {
	start := uint64(binary.LittleEndian.Uint32(d.main[at:]))
	end := start + uint64(binary.LittleEndian.Uint32(d.main[at+4:]))
	if end > uint64(len(d.table)) {
		return nil
	}
	return d.table[start:end]
}

// readPieces reads the piece table out of a Clx, where settings may stand
// before it.
func (d *doc) readPieces() ([]docPiece, error) {
	clx := d.located(fibClx)
	for len(clx) >= 3 && clx[0] == 1 {
		skip := 3 + int(binary.LittleEndian.Uint16(clx[1:]))
		clx = clx[min(skip, len(clx)):]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return nil, errDamaged
	}
	plc := clx[5:]
	if size := binary.LittleEndian.Uint32(clx[1:]); uint64(size) <= uint64(len(plc)) {
		plc = plc[:size]
	}
	if len(plc) < 16 {
		return nil, errDamaged
	}
	const narrow = 1 << 30
	n := (len(plc) - 4) / 12
	pieces := make([]docPiece, n)
	for i := range pieces {
		fc := binary.LittleEndian.Uint32(plc[4*(n+1)+8*i+2:])
		p := docPiece{
			start:  binary.LittleEndian.Uint32(plc[4*i:]),
			end:    binary.LittleEndian.Uint32(plc[4*i+4:]),
			offset: fc &^ (3 << 30),
			narrow: fc&narrow != 0,
		}
		if p.narrow {
			p.offset /= 2
		}
		if p.end < p.start || i > 0 && p.start != pieces[i-1].end {
			return nil, errDamaged
		}
		pieces[i] = p
	}
	return pieces, nil
}

// text puts the text of the body, the notes and the text boxes together.
// Headers, macros and comments stand between them.
func (d *doc) text(l extract.Limits) (extract.Text, error) {
	length := func(i int) uint32 { return binary.LittleEndian.Uint32(d.main[fibLengths+4*i:]) }
	const notes, headers, macros, comments, endnotes, boxes = 1, 2, 3, 4, 5, 6
	r := docReader{doc: d, out: extract.Lines{Bytes: l.Bytes}, stopped: l.Stopped}
	var start uint64
	for i := range boxes + 1 {
		end := start + uint64(length(i))
		if i != headers && i != macros && i != comments {
			if err := r.read(start, end); err != nil {
				return extract.Text{}, err
			}
		}
		start = end
	}
	return r.out.Text()
}

// A docReader makes lines of the characters of a document.
type docReader struct {
	doc       *doc
	out       extract.Lines
	paragraph strings.Builder
	row       tableRow
	fields    fieldCodes
	units     utf16Units
	count     int64 // characters read
	stopped   func() error
}

// read takes the characters from start up to end.
func (r *docReader) read(start, end uint64) error {
	for _, p := range r.doc.pieces {
		from, to := max(uint64(p.start), start), min(uint64(p.end), end)
		for cp := from; cp < to; cp++ {
			c, at, ok := r.doc.character(p, cp)
			if !ok {
				return fmt.Errorf("the text breaks off: %w", errDamaged)
			}
			if r.count++; r.count > r.out.Bytes {
				return extract.ErrUnpacked
			}
			if err := r.stopped(); err != nil {
				return err
			}
			if err := r.character(c, at); err != nil {
				return err
			}
		}
	}
	r.fields = fieldCodes{}
	if err := r.endParagraph(docParagraph{}); err != nil {
		return err
	}
	return r.endRow(nil)
}

// character is a character of the text and its offset in WordDocument.
func (d *doc) character(p docPiece, cp uint64) (c rune, at uint32, ok bool) {
	n := cp - uint64(p.start)
	if p.narrow {
		o := uint64(p.offset) + n
		if o >= uint64(len(d.main)) {
			return 0, 0, false
		}
		return charmap.Windows1252.DecodeByte(d.main[o]), uint32(o), true
	}
	o := uint64(p.offset) + 2*n
	if o+2 > uint64(len(d.main)) {
		return 0, 0, false
	}
	return rune(binary.LittleEndian.Uint16(d.main[o:])), uint32(o), true
}

// Characters with a meaning of their own.
const (
	cellMark       = 0x07
	lineBreak      = 0x0B
	pageBreak      = 0x0C
	paragraphMark  = 0x0D
	columnBreak    = 0x0E
	fieldBegin     = 0x13
	fieldSeparator = 0x14
	fieldEnd       = 0x15
	firmHyphen     = 0x1E
	firstPrintable = 0x20
)

func (r *docReader) character(c rune, at uint32) error {
	switch c {
	case fieldBegin:
		r.fields.begin()
		return nil
	case fieldSeparator, fieldEnd:
		r.fields.endCode(c == fieldEnd)
		return nil
	}
	if _, hidden := r.doc.hidden.find(at); hidden {
		return nil
	}
	switch c {
	case cellMark, paragraphMark, pageBreak, columnBreak:
		p, _ := r.doc.paragraphs.find(at)
		if c == cellMark {
			return r.endCell(p)
		}
		return r.endParagraph(p)
	}
	if r.fields.inCode() {
		return nil
	}
	switch {
	case c == lineBreak:
		r.paragraph.WriteByte('\n')
	case c == firmHyphen:
		r.paragraph.WriteByte('-')
	case c == '\t' || c >= firstPrintable:
		r.write(c)
	}
	return nil
}

// write adds a unit of UTF-16.
func (r *docReader) write(c rune) {
	if c, whole := r.units.join(c); whole {
		r.paragraph.WriteRune(c)
	}
}

// endParagraph ends a paragraph of a cell, or else of the text.
func (r *docReader) endParagraph(p docParagraph) error {
	text := take(&r.paragraph)
	if mark := r.doc.numbers.next(p.number); text != "" {
		text = mark + text
	}
	if p.inTable {
		if text != "" {
			r.row.add(text)
		}
		return nil
	}
	if err := r.endRow(nil); err != nil {
		return err
	}
	if text != "" {
		r.row.endTable()
	}
	return r.out.Add(text)
}

func (r *docReader) endCell(p docParagraph) error {
	if p.rowEnd {
		return r.endRow(p.places)
	}
	p.inTable = true
	if err := r.endParagraph(p); err != nil {
		return err
	}
	r.row.endCell()
	return nil
}

// endRow makes a line of the cells since the last row, which stand at places.
func (r *docReader) endRow(places []cellPlace) error { return r.out.Add(r.row.end(places)...) }
