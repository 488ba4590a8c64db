package pdf

import (
	"bytes"
	"cmp"
	"fmt"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"baogao/internal/extract/budget"
)

// Fonts map codes to characters by a ToUnicode CMap (ISO 32000-1, 9.10.3). PDFium
// reads such a map only as the standard would have it written
// (core/fpdfapi/font/cpdf_tounicodemap.cpp): of a range it takes the last byte of its
// end alone, it passes over a whole section with an entry that it does not expect, and of
// two characters for one code it takes the lesser. For the codes that it lost it falls back on
// what they mean in the collection of the font, which is other text. So a map that is
// written otherwise is written anew.

// The last code that PDFium maps, and how many entries of a section it reads.
const (
	mostCode    = 0xFFFF
	mostEntries = 160_000
)

// A toUnicode is what a CMap maps codes to, in units of UTF-16.
type toUnicode struct {
	one  []int32             // by the code, the unit and 1; 0 where there is none, or several
	many map[uint32][]uint16 // by the code, several units
	base string              // the map for what it does not map, "" for none
	odd  bool                // PDFium would read it otherwise
}

// identityMap is what a map is written as that maps each code to itself, and namedMap
// finds fonts that name it in the place of a map.
const identityMap = "1 beginbfrange <0000> <FFFF> <0000> endbfrange"

var namedMap = regexp.MustCompile(`/ToUnicode\s*/Identity-[HV]\b`)

// isMap reports whether the content of a stream is a ToUnicode CMap.
func isMap(content []byte) bool {
	return bytes.Contains(content, []byte("beginbfchar")) || bytes.Contains(content, []byte("beginbfrange"))
}

// readMap reads a ToUnicode CMap, and takes a step for each code. It fails with
// errDamaged where the map breaks off.
func readMap(content []byte, allowed *budget.Budget) (toUnicode, error) {
	m := toUnicode{one: make([]int32, mostCode+1), many: map[uint32][]uint16{}}
	next, stop := iter.Pull(mapWords(content))
	defer stop()
	before := ""
	for {
		word, ok := next()
		if !ok {
			return m, nil
		}
		switch word {
		case "beginbfchar", "beginbfrange":
			entries, err := m.section(next, word == "beginbfrange", allowed)
			if err != nil {
				return m, err
			}
			if count, err := strconv.Atoi(before); err != nil || count != entries || count > mostEntries {
				m.odd = true
			}
		case "/Adobe-GB1-UCS2", "/Adobe-CNS1-UCS2", "/Adobe-Japan1-UCS2", "/Adobe-Korea1-UCS2":
			m.base = word
		}
		before = word
	}
}

// section reads the entries of a section up to its end: a code and what it is
// mapped to, or the first and the last code of a range and what they are mapped to.
func (m *toUnicode) section(next func() (string, bool), ranges bool, allowed *budget.Budget) (entries int, err error) {
	for {
		word, ok := next()
		if !ok {
			return entries, errDamaged
		}
		if strings.HasPrefix(word, "end") {
			return entries, nil
		}
		first, ok := codeOf(word)
		last := first
		if ok && ranges {
			word, _ = next()
			last, ok = codeOf(word)
		}
		if !ok {
			m.odd = true
			continue
		}
		if word, ok = next(); !ok {
			return entries, errDamaged
		}
		entries++
		if err := allowed.Step(int(max(first, min(last, mostCode)) - first + 1)); err != nil {
			return entries, err
		}
		m.odd = m.odd || last > mostCode || last < first || last>>8 != first>>8
		if word == "[" {
			m.list(first, last, next)
		} else {
			m.span(first, last, word)
		}
	}
}

// list maps the codes of a range to a target each.
func (m *toUnicode) list(first, last uint32, next func() (string, bool)) {
	code := first
	for ; ; code++ {
		word, ok := next()
		if !ok || word == "]" || strings.HasPrefix(word, "end") {
			break
		}
		if code <= last {
			m.set(code, m.target(word))
		}
	}
	m.odd = m.odd || code != last+1
}

// span maps the codes of a range to a target and to those that follow it.
func (m *toUnicode) span(first, last uint32, word string) {
	target := m.target(word)
	if len(target) == 0 {
		return
	}
	front, end := target[:len(target)-1], rune(target[len(target)-1])
	if n := len(front); n > 0 && utf16.IsSurrogate(end) {
		if whole := utf16.DecodeRune(rune(front[n-1]), end); whole != '\uFFFD' {
			front, end = front[:n-1], whole
		}
	}
	for code := first; code <= min(last, mostCode); code++ {
		switch {
		case len(front) == 0 && end < 0x10000:
			m.setOne(code, uint16(end))
		case end < 0x10000:
			m.setMany(code, append(slices.Clone(front), uint16(end)))
		default:
			m.setMany(code, utf16.AppendRune(slices.Clone(front), end))
		}
		// PDFium counts on in the last unit alone.
		if end++; end&0x3FF == 0 && end > 0x10000 || end == 0x10000 {
			m.odd = m.odd || code < last
		}
		if end == 0x10000 {
			return
		}
	}
}

func (m *toUnicode) set(code uint32, target []uint16) {
	switch len(target) {
	case 0:
	case 1:
		m.setOne(code, target[0])
	default:
		m.setMany(code, target)
	}
}

func (m *toUnicode) setOne(code uint32, unit uint16) {
	if code > mostCode {
		return
	}
	known, several := m.one[code], m.many[code] != nil
	if several || known != 0 && known != int32(unit)+1 {
		m.odd = true
		delete(m.many, code)
	}
	m.one[code] = int32(unit) + 1
}

func (m *toUnicode) setMany(code uint32, units []uint16) {
	if code > mostCode {
		return
	}
	if known := m.many[code]; m.one[code] != 0 || known != nil && !slices.Equal(known, units) {
		m.odd = true
		m.one[code] = 0
	}
	m.many[code] = units
}

// target reads a string of hexadecimal digits as units of UTF-16. One of fewer digits
// than a unit has is taken for one.
func (m *toUnicode) target(word string) []uint16 {
	digits, ok := digitsOf(word)
	if !ok {
		return nil
	}
	if len(digits) < 4 {
		m.odd = true
		digits = strings.Repeat("0", 4-len(digits)) + digits
	}
	var units []uint16
	for ; len(digits) >= 4; digits = digits[4:] {
		n, _ := strconv.ParseUint(digits[:4], 16, 16) // digitsOf has looked
		units = append(units, uint16(n))
	}
	return units
}

// codeOf is the number that a string of hexadecimal digits stands for.
func codeOf(word string) (uint32, bool) {
	digits, ok := digitsOf(word)
	n, err := strconv.ParseUint(digits, 16, 32)
	return uint32(n), ok && err == nil
}

// digitsOf are the digits of a string of hexadecimal digits, without blanks.
func digitsOf(word string) (string, bool) {
	inner, ok := strings.CutPrefix(word, "<")
	inner, ended := strings.CutSuffix(inner, ">")
	inner = strings.Join(strings.Fields(inner), "")
	return inner, ok && ended && inner != "" && strings.Trim(inner, "0123456789abcdefABCDEF") == ""
}

// mapWords are the words of a CMap: strings of hexadecimal digits with their brackets,
// square brackets by themselves, and what stands between blanks.
func mapWords(content []byte) iter.Seq[string] {
	const blanks, ends = "\x00\t\n\f\r ", "\x00\t\n\f\r ()<>[]{}/%"
	return func(yield func(string) bool) {
		for i := 0; i < len(content); {
			c, end := content[i], i+1
			switch {
			case strings.IndexByte(blanks, c) >= 0:
				i++
				continue
			case c == '%':
				n := bytes.IndexAny(content[i:], "\r\n")
				if n < 0 {
					return
				}
				i += n
				continue
			case c == '(':
				if end = endOfString(content, i) + 1; end == 0 {
					return
				}
			case c == '<' && !bytes.HasPrefix(content[i:], []byte("<<")):
				n := bytes.IndexByte(content[i:], '>')
				if n < 0 {
					return
				}
				end = i + n + 1
			case c == '/' || strings.IndexByte(ends, c) < 0:
				for end < len(content) && strings.IndexByte(ends, content[end]) < 0 {
					end++
				}
			}
			if !yield(string(content[i:end])) {
				return
			}
			i = end
		}
	}
}

// write writes the map as PDFium reads it: ranges end where the last byte of the code
// does, sections say how many entries they have, and each code has one target.
func (m *toUnicode) write() []byte {
	var ranges, texts []string
	for first := 0; first <= mostCode; first++ {
		unit := m.one[first]
		if unit == 0 {
			continue
		}
		last := first
		for last < mostCode && (last+1)>>8 == first>>8 && m.one[last+1] == unit+int32(last+1-first) {
			last++
		}
		ranges = append(ranges, fmt.Sprintf("<%04x> <%04x> <%04x>", first, last, unit-1))
		first = last
	}
	for _, code := range slices.Sorted(maps.Keys(m.many)) {
		texts = append(texts, fmt.Sprintf("<%04x> <%s>", code, hexOf(m.many[code])))
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "begincmap %s\n", cmp.Or(m.base, "/CMapName"))
	fmt.Fprintf(&b, "%d beginbfrange\n%s\nendbfrange\n", len(ranges), strings.Join(ranges, "\n"))
	fmt.Fprintf(&b, "%d beginbfchar\n%s\nendbfchar\nendcmap\n", len(texts), strings.Join(texts, "\n"))
	return b.Bytes()
}

func hexOf(units []uint16) string {
	var b strings.Builder
	for _, u := range units {
		fmt.Fprintf(&b, "%04x", u)
	}
	return b.String()
}
