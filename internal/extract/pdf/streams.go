package pdf

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"baogao/internal/extract/budget"
)

// errDamaged is what a file is refused with of which a part would be taken for the
// whole: PDFium draws what a damaged page still has, and says nothing.
var errDamaged = errors.New("a broken PDF file, of which a page is damaged or breaks off; get the file again, or open it and save it again")

// A survey is what the streams of a file tell of how to read it.
type survey struct {
	fontsWithin bool // all composite fonts are in the file
	oddMaps     bool // a font has a map that PDFium would read otherwise than it is meant
}

// checkStreams unpacks the streams of a file that text is drawn from, and fails
// where one is damaged, breaks off, or unpacks to more than the budget of the file
// allows. It looks for streams in the bytes of the file, for the objects they
// belong to may be packed themselves.
func checkStreams(ctx context.Context, data []byte) (found survey, err error) {
	allowed := budget.New(int64(len(data)))
	open := 0 // texts that were begun, and not ended
	fonts, files := fontsIn(data)
	found.oddMaps = namedMap.Match(data)
	for s := range streamsOf(data) {
		if err := ctx.Err(); err != nil {
			return found, err
		}
		if s.isOther() {
			continue
		}
		content, err := s.unpack(allowed)
		if errors.Is(err, budget.ErrUnpacked) {
			return found, err
		}
		if s.has("ObjStm") {
			more, moreFiles := fontsIn(content)
			fonts, files = fonts+more, files+moreFiles
			found.oddMaps = found.oddMaps || namedMap.Match(content)
		}
		plain := s.isPlain()
		if err != nil && (plain || s.has("ObjStm") || drawsText(content) || bytes.Contains(content, []byte("begincmap"))) {
			return found, errDamaged
		}
		if isMap(content) {
			m, err := readMap(content, allowed)
			if err != nil {
				return found, err
			}
			found.oddMaps = found.oddMaps || m.odd
		}
		if err == nil && plain && len(content) < longestContent && hasText(content) {
			begun, whole, foreign := scanContent(content)
			if !whole && !foreign {
				return found, errDamaged
			}
			if !foreign {
				open += begun
			}
		}
	}
	if open > 0 {
		return found, errDamaged
	}
	found.fontsWithin = fonts <= files
	return found, nil
}

var (
	compositeFont = regexp.MustCompile(`/Subtype\s*/CIDFontType[02]\b`)
	fontFile      = regexp.MustCompile(`/FontFile[23]?\b`)
)

// fontsIn counts composite fonts among objects, and programs of fonts.
func fontsIn(objects []byte) (fonts, files int) {
	return len(compositeFont.FindAllIndex(objects, -1)), len(fontFile.FindAllIndex(objects, -1))
}

// A stream is the dictionary of a stream as it is written, with the number of its
// object before it, and its bytes.
type stream struct{ number, dictionary, body []byte }

var (
	streamStart = []byte("stream")
	streamEnd   = []byte("endstream")
	lengthKey   = regexp.MustCompile(`/Length\s+(\d{1,12})\s*(\d+\s+R)?`)
	dictKey     = regexp.MustCompile(`/(\w+)`)
)

// streamsOf finds the streams of a file.
func streamsOf(data []byte) iter.Seq[stream] {
	const longest = 4096 // of a dictionary that is looked at
	const numbers = 24   // of the numbers before an object
	return func(yield func(stream) bool) {
		for at := 0; ; {
			n := bytes.Index(data[at:], streamStart)
			if n < 0 {
				return
			}
			start := at + n
			at = start + len(streamStart)
			head := bytes.TrimRight(data[max(0, start-longest):start], "\x00\t\n\f\r ")
			if !bytes.HasSuffix(head, []byte(">>")) {
				continue
			}
			var number []byte
			if obj := bytes.LastIndex(head, []byte("obj")); obj >= 0 {
				if words := bytes.Fields(head[max(0, obj-numbers):obj]); len(words) > 1 {
					number = words[len(words)-2]
				}
				head = head[obj+3:]
			}
			body := bytes.TrimPrefix(bytes.TrimPrefix(data[at:], []byte("\r")), []byte("\n"))
			at = len(data) - len(body)
			body = bodyOf(head, body)
			at += len(body)
			if !yield(stream{number, head, body}) {
				return
			}
		}
	}
}

// bodyOf is the body of a stream: as long as its dictionary says, if it ends
// there, or else up to where it ends.
func bodyOf(head, rest []byte) []byte {
	if m := lengthKey.FindSubmatch(head); m != nil && len(m[2]) == 0 {
		n, err := strconv.Atoi(string(m[1]))
		if err == nil && n <= len(rest) && bytes.HasPrefix(bytes.TrimLeft(rest[n:min(len(rest), n+16)], "\r\n \x00"), streamEnd) {
			return rest[:n]
		}
	}
	if n := bytes.Index(rest, streamEnd); n >= 0 {
		return rest[:n]
	}
	return rest
}

func (s stream) has(name string) bool { return bytes.Contains(s.dictionary, []byte(name)) }

// isOther reports whether a stream is none that text is drawn from.
func (s stream) isOther() bool {
	for _, name := range []string{"/Image", "/XRef", "/Length1", "/Type1C", "CIDFontType0C", "/OpenType", "/Metadata", "/EmbeddedFile", "/FunctionType", "/ShadingType", "/Predictor", "/Alternate"} {
		if s.has(name) {
			return true
		}
	}
	return false
}

// isPlain reports whether the dictionary of a stream says nothing but how long it
// is and how it is packed, as that of the content of a page does.
func (s stream) isPlain() bool {
	for _, m := range dictKey.FindAllSubmatch(s.dictionary, -1) {
		switch string(m[1]) {
		case "Length", "Filter", "DecodeParms", "FlateDecode", "ASCII85Decode":
		default:
			return false
		}
	}
	return true
}

var (
	showsText = regexp.MustCompile(`\bBT\b(?s:.*?)(\bT[fjJdm*]|['"])`)
	textWord  = regexp.MustCompile(`\b(BT|ET|Tj|TJ|Td|TD|Tm|Tf)\b`)
)

func drawsText(content []byte) bool { return showsText.Match(content) }

// hasText reports whether a content may have a part of a text: one page may have its
// content in pieces, which end anywhere between two words.
func hasText(content []byte) bool { return textWord.Match(content) }

// scanContent counts the texts that a content begins and does not end; whole is
// false where it breaks off within a string. It is foreign where what stands outside of its
// strings is not written in ASCII, as that of all content is.
func scanContent(content []byte) (begun int, whole, foreign bool) {
	const mostOdd = 0.02
	seen, odd := 0, 0
	defer func() { foreign = float64(odd) > mostOdd*float64(seen) }()
	for i := 0; i < len(content); i++ {
		if seen++; content[i] >= 0x7F || content[i] < ' ' && strings.IndexByte("\x00\t\n\f\r", content[i]) < 0 {
			odd++
		}
		switch c := content[i]; {
		case c == '(':
			end := endOfString(content, i)
			if end < 0 {
				return begun, false, false
			}
			i = end
		case c == '<' && i+1 < len(content) && content[i+1] != '<':
			n := bytes.IndexByte(content[i:], '>')
			if n < 0 {
				return begun, false, false
			}
			i += n
		case c == '<':
			i++
		case c == '%':
			n := bytes.IndexAny(content[i:], "\r\n")
			if n < 0 {
				return begun, true, false
			}
			i += n
		case isWordAt(content, i, "ID"):
			n := bytes.Index(content[i:], []byte("EI"))
			for n >= 0 && !isWordAt(content, i+n, "EI") {
				next := bytes.Index(content[i+n+2:], []byte("EI"))
				if next < 0 {
					n = -1
					break
				}
				n += 2 + next
			}
			if n < 0 {
				return begun, true, false
			}
			i += n + 1
		case isWordAt(content, i, "BT"):
			begun++
		case isWordAt(content, i, "ET"):
			begun--
		}
	}
	return begun, true, false
}

// endOfString is where the string ends that begins at i, -1 if it does not.
func endOfString(content []byte, i int) int {
	open := 0
	for ; i < len(content); i++ {
		switch content[i] {
		case '\\':
			i++
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return i
			}
		}
	}
	return -1
}

// isWordAt reports whether an operator stands at i.
func isWordAt(content []byte, i int, word string) bool {
	const ends = "\x00\t\n\f\r ()<>[]{}/%"
	end := i + len(word)
	return bytes.HasPrefix(content[i:], []byte(word)) &&
		(i == 0 || strings.IndexByte(ends, content[i-1]) >= 0) &&
		(end >= len(content) || strings.IndexByte(ends, content[end]) >= 0)
}
