package pdf

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding"

	"baogao/internal/charset"
)

// A font turns the codes of a string into text, and knows how wide they
// are.
type font struct {
	composite bool
	unicode   map[string]string // of codes, by the font's own map
	codec     encoding.Encoding // of the codes, where they are of a charset; else nil
	simple    pdf.TextEncoding  // of a font of single bytes
	widths    map[int]float64   // in thousandths of an em
	usual     float64
}

// font reads a font, once for each.
func (in *interpreter) font(v pdf.Value) *font {
	key := v.String()
	f := in.fonts[key]
	if f == nil {
		f = in.readFont(v)
		in.fonts[key] = f
	}
	return f
}

func (in *interpreter) readFont(v pdf.Value) *font {
	f := &font{composite: v.Key("Subtype").Name() == "Type0", widths: map[int]float64{}}
	if m := v.Key("ToUnicode"); m.Kind() == pdf.Stream {
		f.unicode = readToUnicode(in.reader(m), &in.codes)
	}
	if !f.composite {
		font := pdf.Font{V: v}
		f.simple = font.Encoder()
		first := font.FirstChar()
		widths := font.Widths()
		for i := range min(len(widths), 256) {
			f.widths[first+i] = widths[i]
		}
		f.usual = v.Key("FontDescriptor").Key("MissingWidth").Float64()
		if len(f.widths) == 0 {
			f.usual = 500 // one of the standard fonts, which need not say
		}
		return f
	}
	f.codec = codecOf(v.Key("Encoding").Name())
	descendant := v.Key("DescendantFonts").Index(0)
	f.usual = 1000
	if w := descendant.Key("DW"); !w.IsNull() {
		f.usual = w.Float64()
	}
	if f.codec == nil {
		f.readWidths(descendant.Key("W"), &in.codes)
	}
	return f
}

// widestFont is the most codes that a font has.
const widestFont = 1 << 16

// A codeCount is how many widths and characters of codes were read from all
// fonts of a file.
type codeCount int

// mostCodes are as many as 32 fonts have that say everything.
const mostCodes = 32 * widestFont

var errCodes = fmt.Errorf("more than %d codes of fonts", mostCodes)

// add panics with errCodes where there are too many.
func (c *codeCount) add(n int) {
	if *c += codeCount(n); *c > mostCodes {
		panic(errCodes)
	}
}

// readWidths reads the widths of a composite font: first [w w w …] or first
// last w.
func (f *font) readWidths(w pdf.Value, count *codeCount) {
	for i := 0; i+1 < w.Len(); {
		first, next := int(w.Index(i).Int64()), w.Index(i+1)
		if next.Kind() == pdf.Array {
			for j := range min(next.Len(), widestFont) {
				count.add(1)
				f.widths[first+j] = next.Index(j).Float64()
			}
			i += 2
			continue
		}
		width := w.Index(i + 2).Float64()
		for code := max(first, 0); code <= min(int(next.Int64()), widestFont-1); code++ {
			count.add(1)
			f.widths[code] = width
		}
		i += 3
	}
}

// codecOf is the charset that the codes of a predefined map are of.
func codecOf(name string) encoding.Encoding {
	switch base := strings.TrimSuffix(strings.TrimSuffix(name, "-H"), "-V"); base {
	case "GBK-EUC", "GBKp-EUC", "GB-EUC", "GBpc-EUC", "GBK2K":
		return charset.Encoding(charset.GB18030)
	case "ETen-B5", "ETenms-B5", "B5pc", "HKscs-B5":
		return charset.Encoding(charset.Big5)
	case "UniGB-UCS2", "UniGB-UTF16", "UniCNS-UCS2", "UniCNS-UTF16", "UniJIS-UCS2", "UniJIS-UTF16":
		return charset.Encoding(charset.UTF16BE)
	}
	return nil
}

// decode calls show for each code of a string. A code that the font has no
// character for is U+FFFD.
func (f *font) decode(raw string, show func(code, text string, width float64)) {
	for raw != "" {
		code := raw[:f.codeLength(raw)]
		raw = raw[len(code):]
		show(code, f.text(code), f.width(code))
	}
}

func (f *font) codeLength(raw string) int {
	switch {
	case !f.composite, len(raw) == 1:
		return 1
	case f.codec == nil:
		return 2
	case f.codec == charset.Encoding(charset.UTF16BE):
		if raw[0]&0xFC == 0xD8 && len(raw) >= 4 {
			return 4
		}
		return 2
	case raw[0] < 0x80:
		return 1
	}
	return 2
}

func (f *font) text(code string) string {
	if s, ok := f.unicode[code]; ok {
		return s
	}
	switch {
	case f.codec != nil:
		if s, err := f.codec.NewDecoder().String(code); err == nil {
			return s
		}
	case !f.composite && f.unicode == nil:
		return f.simple.Decode(code)
	}
	return "\uFFFD"
}

func (f *font) width(code string) float64 {
	if w, ok := f.widths[codeNumber(code)]; ok {
		return w
	}
	if f.codec != nil && len(code) == 1 {
		return f.usual / 2
	}
	return f.usual
}

// readToUnicode reads the map from codes to characters that a font brings.
func readToUnicode(stream io.Reader, count *codeCount) map[string]string {
	m := toUnicode{map[string]string{}, count}
	interpret(stream, func(operator string, o []operand) {
		switch operator {
		case "endbfchar":
			for i := 0; i+1 < len(o); i += 2 {
				m.add(o[i].text, utf16Text(o[i+1].text))
			}
		case "endbfrange":
			for i := 0; i+2 < len(o); i += 3 {
				m.addRange(o[i].text, o[i+1].text, o[i+2])
			}
		}
	})
	return m.codes
}

// A toUnicode is a map from codes to characters in the making.
type toUnicode struct {
	codes map[string]string
	count *codeCount
}

func (m toUnicode) add(code, text string) {
	const usual = 16 // bytes; a longer text counts for several codes
	m.count.add(1 + len(text)/usual)
	m.codes[code] = text
}

// addRange maps the codes from first to last: to the items of an array, or to
// a text whose last character goes up with the code.
func (m toUnicode) addRange(first, last string, to operand) {
	from := codeNumber(first)
	n := min(codeNumber(last)-from+1, widestFont)
	if len(first) > longestCode || len(last) != len(first) {
		return
	}
	if to.kind == arrayOperand {
		for i := range min(n, len(to.items)) {
			m.add(codeOf(from+i, len(first)), utf16Text(to.items[i].text))
		}
		return
	}
	text := []rune(utf16Text(to.text))
	if len(text) == 0 {
		return
	}
	for i := range n {
		m.add(codeOf(from+i, len(first)), string(text))
		text[len(text)-1]++
	}
}

// longestCode is the most bytes that a code has.
const longestCode = 4

// codeNumber is a code as a number, the first byte the highest.
func codeNumber(code string) int {
	n := 0
	for i := range len(code) {
		n = n<<8 | int(code[i])
	}
	return n
}

// codeOf is the code of some bytes that is a number.
func codeOf(n, size int) string {
	code := make([]byte, size)
	for i := size - 1; i >= 0; i-- {
		code[i] = byte(n)
		n >>= 8
	}
	return string(code)
}

func utf16Text(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}
