package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

// Composite fonts that are not in their file have no glyphs for PDFium, and text without
// width is passed over by it: single characters, and lines that are turned or set from top
// to bottom. Where a page has such text, each such font is given a font program in a copy of the file, all
// glyphs of which are one box. What a character is, and how wide, the font says itself.

var (
	indirect      = regexp.MustCompile(`(?:^|[\r\n])(\d{1,9}) 0 obj\b`)
	endOfObject   = []byte("endobj")
	descriptorKey = regexp.MustCompile(`/FontDescriptor\s+(\d{1,9})\s+\d+\s+R`)
)

// giveGlyphs adds to a file that PDFium wrote a font program for the composite fonts
// that have none.
func (a *addition) giveGlyphs(data []byte) {
	starts := map[string]int{} // where an object begins, by its number
	var all [][2]int           // the place of the number of each
	for _, m := range indirect.FindAllSubmatchIndex(data, -1) {
		starts[string(data[m[2]:m[3]])] = m[1]
		all = append(all, [2]int{m[2], m[1]})
	}
	descriptor := ""
	changed := map[string][]byte{} // the body of an object, by its number
	for _, m := range compositeFont.FindAllIndex(data, -1) {
		i, _ := slices.BinarySearchFunc(all, m[0], func(o [2]int, at int) int { return o[0] - at })
		if i == 0 {
			continue
		}
		object := all[i-1]
		number, _, _ := bytes.Cut(data[object[0]:], []byte(" "))
		body := bodyOfObject(data[object[1]:])
		at := m[0] - object[1]
		if at > len(body) || hasProgram(data, starts, body) || changed[string(number)] != nil {
			continue
		}
		if descriptor == "" {
			descriptor = a.boxFont()
		}
		if end := endOfDictionary(body, at); end >= 0 {
			// Of two values of a key, PDFium takes the second.
			changed[string(number)] = slices.Concat(body[:end], []byte(descriptor), body[end:])
		}
	}
	for _, number := range slices.Sorted(mapKeys(changed)) {
		a.object(number, changed[number])
	}
}

func mapKeys(m map[string][]byte) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// bodyOfObject is what stands up to the end of an object.
func bodyOfObject(rest []byte) []byte {
	const longest = 1 << 20
	rest = rest[:min(len(rest), longest)]
	if end := bytes.Index(rest, endOfObject); end >= 0 {
		return rest[:end]
	}
	return nil
}

// hasProgram reports whether the object of a font, or the descriptor that it names, has a
// font program.
func hasProgram(data []byte, starts map[string]int, body []byte) bool {
	if m := descriptorKey.FindSubmatch(body); m != nil {
		start, ok := starts[string(m[1])]
		return ok && fontFile.Match(bodyOfObject(data[start:]))
	}
	return fontFile.Match(body)
}

// endOfDictionary is where the dictionary ends that a place is in, -1 if it does not.
func endOfDictionary(body []byte, at int) int {
	open := 0
	for i := at; i < len(body); i++ {
		switch {
		case body[i] == '(':
			if i = endOfString(body, i); i < 0 {
				return -1
			}
		case bytes.HasPrefix(body[i:], []byte("<<")):
			open++
			i++
		case bytes.HasPrefix(body[i:], []byte(">>")):
			if open == 0 {
				return i
			}
			open--
			i++
		}
	}
	return -1
}

// boxFont adds a font program of one box, and gives what makes a font use it.
func (a *addition) boxFont() (entries string) {
	program, toGlyph, descriptor := a.next(), a.next(), a.next()
	box := boxProgram()
	a.object(program, fmt.Appendf(nil, "<</Length %d/Length1 %d>>stream\n%s\nendstream", len(box), len(box), box))
	glyphs := bytes.Repeat([]byte{0, 1}, mostCode+1)
	a.object(toGlyph, fmt.Appendf(nil, "<</Length %d>>stream\n%s\nendstream", len(glyphs), glyphs))
	a.object(descriptor, fmt.Appendf(nil, "<</Type/FontDescriptor/FontName/Box/Flags 4/FontBBox[0 -141 1000 859]/ItalicAngle 0/Ascent 859/Descent -141/CapHeight 700/StemV 80/FontFile2 %s 0 R>>", program))
	return fmt.Sprintf("/Subtype/CIDFontType2/FontDescriptor %s 0 R/CIDToGIDMap %s 0 R", descriptor, toGlyph)
}

// next is a number that no object has yet.
func (a *addition) next() string {
	a.size++
	return strconv.Itoa(a.size - 1)
}

// boxProgram is a TrueType font (ISO/IEC 14496-22) with an empty glyph and one that is
// a box, in 1000 units to the em.
func boxProgram() []byte {
	be := binary.BigEndian
	words := func(values ...int) (b []byte) {
		for _, v := range values {
			b = be.AppendUint16(b, uint16(v))
		}
		return b
	}
	const left, bottom, right, top = 0, -100, 500, 800
	glyph := words(1, left, bottom, right, top, 3, 0) // one contour of four points, no instructions
	glyph = append(glyph, 1, 1, 1, 1)                 // all of them on the curve
	glyph = append(glyph, words(left, 0, right, 0, bottom, top-bottom, 0, bottom-top)...)
	head := words(1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, left, bottom, right, top, 0, 8, 2, 0, 0)
	hhea := words(1, 0, 859, -141, 0, 1000, 0, 0, right, 1, 0, 0, 0, 0, 0, 0, 0, 2)
	maxp := words(1, 0, 2, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)
	tables := []struct {
		name string
		data []byte
	}{
		{"glyf", glyph}, {"head", head}, {"hhea", hhea}, {"hmtx", words(1000, 0, 1000, 0)},
		{"loca", words(0, 0, len(glyph)/2)}, {"maxp", maxp},
	}
	b := append(words(1, 0), words(len(tables), 64, 2, 32)...)
	at := len(b) + 16*len(tables)
	var body []byte
	for _, t := range tables {
		b = append(b, t.name...)
		b = be.AppendUint32(b, 0)
		b = be.AppendUint32(b, uint32(at+len(body)))
		b = be.AppendUint32(b, uint32(len(t.data)))
		body = append(body, t.data...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(b, body...)
}
