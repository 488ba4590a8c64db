package office

import (
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Lists of a Word 97-2003 document stand in two tables: PlfLst holds the
// abstract lists, the levels of which come behind it, and PlfLfo the lists
// that paragraphs name by their number from 1. Styles stand in the STSH. A
// part that is cut short gives what stands before the cut.

// Offsets in the FIB, in bytes.
const (
	fibStyles    = 0xA2
	fibLists     = 0x2E2
	fibOverrides = 0x2EA
)

// byteReader reads numbers from the front of a table; behind its end there
// are zeros, and ok is false.
type byteReader struct {
	data []byte
	ok   bool
}

func (r *byteReader) take(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.ok, r.data = false, nil
		return make([]byte, min(max(n, 0), 64))
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *byteReader) uint16() int { return int(binary.LittleEndian.Uint16(r.take(2))) }
func (r *byteReader) uint32() int { return int(binary.LittleEndian.Uint32(r.take(4))) }

// readNumbering reads the styles and lists of a document.
func (d *doc) readNumbering() *numbering {
	n := newNumbering()
	if len(d.main) < fibOverrides+8 {
		return n
	}
	readDocStyles(n, d.located(fibStyles))
	start := binary.LittleEndian.Uint32(d.main[fibLists:])
	if uint64(start) <= uint64(len(d.table)) && len(d.located(fibLists)) > 0 {
		readDocLists(n, d.table[start:])
	}
	readDocOverrides(n, d.located(fibOverrides))
	return n
}

// readDocStyles reads which list each style of a paragraph has.
func readDocStyles(n *numbering, stsh []byte) {
	const paragraphStyle = 1
	r := byteReader{stsh, true}
	header := r.take(r.uint16())
	if len(header) < 4 {
		return
	}
	count, base := int(binary.LittleEndian.Uint16(header)), int(binary.LittleEndian.Uint16(header[2:]))
	for i := 0; i < count && r.ok; i++ {
		size := r.uint16()
		s := byteReader{r.take(size + size%2), r.ok}
		fixed := s.take(base)
		if !s.ok || len(fixed) < 6 {
			continue
		}
		kind := binary.LittleEndian.Uint16(fixed[2:])
		s.take(2*s.uint16() + 2) // the name
		if kind&0xF != paragraphStyle || !s.ok {
			continue
		}
		properties := s.take(s.uint16())
		style := listStyle{basedOn: strconv.Itoa(int(kind >> 4)), level: -1}
		if s.ok && len(properties) >= 2 {
			style.list, style.level = listOfProperties(properties[2:])
		}
		n.styles[strconv.Itoa(i)] = style
	}
}

// readDocLists reads the abstract lists, and behind them their levels.
func readDocLists(n *numbering, plf []byte) {
	const (
		entrySize = 28
		noStyle   = 0x0FFF
		simple    = 1 // one level in place of nine
	)
	r := byteReader{plf, true}
	count := r.uint16()
	entries := r.take(count * entrySize)
	for i := 0; i < count && r.ok; i++ {
		e := entries[i*entrySize:]
		a := &abstractList{}
		n.abstracts[strconv.Itoa(int(binary.LittleEndian.Uint32(e)))] = a
		own := listLevels
		if e[26]&simple != 0 {
			own = 1
		}
		for j := range own {
			a.levels[j] = readDocLevel(&r)
			if style := int(binary.LittleEndian.Uint16(e[8+2*j:])); style != noStyle {
				a.levels[j].style = strconv.Itoa(style)
			}
		}
	}
}

// readDocLevel reads a level (LVL): numbers, properties, and the text in
// which the characters 0 to 8 stand for the numbers of levels.
func readDocLevel(r *byteReader) listLevel {
	const legal, ownRestart = 1 << 2, 1 << 3
	l := listLevel{start: min(r.uint32(), 32767), restart: -1}
	fixed := r.take(24)
	if fixed[0] < byte(len(docFormats)) {
		l.format = docFormats[fixed[0]]
	}
	if fixed[0] == 0xFF {
		l.format = "none"
	}
	l.decimal = fixed[1]&legal != 0
	if fixed[1]&ownRestart != 0 {
		l.restart = int(fixed[22])
	}
	l.suffix = [...]string{"tab", "space", "nothing"}[min(fixed[11], 2)]
	r.take(int(fixed[20]) + int(fixed[21]))
	chars := r.take(2 * r.uint16())
	var units []uint16
	for i := 0; i+1 < len(chars) && i < 2*longestMark; i += 2 {
		units = append(units, binary.LittleEndian.Uint16(chars[i:]))
	}
	var text strings.Builder
	for _, c := range utf16.Decode(units) {
		if c < listLevels {
			text.WriteString("%" + strconv.Itoa(int(c)+1))
		} else {
			text.WriteRune(c)
		}
	}
	l.text = text.String()
	return l
}

// docFormats are the formats of numbers (MSONFC) by their codes.
var docFormats = [...]string{
	"decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText", "ordinalText", "hex", "chicago",
	"ideographDigital", "japaneseCounting", "aiueo", "iroha", "decimalFullWidth", "decimalHalfWidth", "japaneseLegal",
	"japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth", "irohaFullWidth", "decimalZero", "bullet",
	"ganada", "chosung", "decimalEnclosedFullstop", "decimalEnclosedParen", "decimalEnclosedCircleChinese", "ideographEnclosedCircle",
	"ideographTraditional", "ideographZodiac", "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional",
	"taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified", "chineseCountingThousand",
}

// readDocOverrides reads the lists that paragraphs name, and behind them what
// is different in their levels.
func readDocOverrides(n *numbering, plf []byte) {
	const (
		entrySize               = 16
		newStart, newFormatting = 1 << 4, 1 << 5
	)
	r := byteReader{plf, true}
	count := r.uint32()
	entries := r.take(count * entrySize)
	for i := 0; i < count && r.ok; i++ {
		e := entries[i*entrySize:]
		l := newList(strconv.Itoa(int(binary.LittleEndian.Uint32(e))))
		n.lists[strconv.Itoa(i+1)] = l
		r.take(4)
		for range e[12] {
			start, flags := min(r.uint32(), 32767), r.uint32()
			level := min(flags&0xF, listLevels-1)
			if flags&newFormatting != 0 {
				own := readDocLevel(&r)
				l.own[level] = &own
				start = own.start
			}
			if flags&newStart != 0 && r.ok {
				l.restarts[level] = start
			}
		}
	}
}
