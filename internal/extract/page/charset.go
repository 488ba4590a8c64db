package page

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"

	bytecharset "baogao/internal/charset"
)

// declaration finds the charset of <meta charset="…">, of the content of a
// <meta http-equiv> and of an XML declaration.
var declaration = regexp.MustCompile(`(?i)<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]{2,40})`)

// declarationBytes is how far into a page its charset is looked for. Browsers
// look at 1024 bytes, but pages are saved with comments and styles before it.
const declarationBytes = 16 << 10

// fewWide is how many bytes beyond ASCII are too few to tell a charset by.
const fewWide = 64

// decodeHTML turns a page into UTF-8 and names its charset. The bytes decide;
// what is declared, by the page or by what it came in, breaks ties and leads
// to the charsets that cannot be told by bytes. Stray NUL bytes are dropped, which
// no browser shows; a text of which many are is none.
func decodeHTML(data []byte, declared string) (text, name string, err error) {
	if mark, _ := bytecharset.Mark(data); mark != "" || bytecharset.LooksUTF16(data) != "" {
		return bytecharset.Decode(data)
	}
	if isBinary(data) {
		return "", "", bytecharset.ErrBinary
	}
	if bytes.IndexByte(data, 0) >= 0 && looksMarkup(data) {
		data = bytes.ReplaceAll(data, []byte{0}, nil)
	}
	text, name, err = decodeByBytes(data)
	if m := declaration.FindSubmatch(data[:min(len(data), declarationBytes)]); m != nil && declared == "" {
		declared = string(m[1])
	}
	enc, canonical := lookUp(declared)
	wide := wideBytes(data)
	switch {
	case enc == nil || canonical == name:
		return text, name, err
	case err == nil && name == bytecharset.UTF8 && canonical != hz:
		return text, name, nil
	case err == nil && name != bytecharset.UTF8 && wide >= fewWide:
		return text, name, nil
	}
	const bad = 50 // of so many bytes one may be bad, if nothing else reads them
	as, decodeErr := enc.NewDecoder().Bytes(data)
	if lost := bytes.Count(as, []byte("\uFFFD")); decodeErr == nil && (lost == 0 || err != nil && lost*bad <= wide) {
		return string(as), canonical, nil
	}
	return text, name, err
}

// mended is a page put right that was read in a wrong charset before it was saved, and
// what is to be known of that. Its characters are those of bytes, some of which are
// blanks that no page shows, so this comes before tags are read. What writes Chinese in
// ASCII does so between them. Whether what stays is text is asked of what the page says.
func mended(src string) (page, note string) {
	if !strings.ContainsFunc(src, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return src, ""
	}
	if page, how, err := bytecharset.Mend(src); err == nil && how != "" {
		return page, bytecharset.Note(how)
	}
	return src, ""
}

// decodeByBytes decodes a page in the charset that its text is in. Tags and
// scripts are not looked at: they are ASCII in every charset, and a page can
// have so much of them that a text in the wrong charset seems a few bad
// characters.
func decodeByBytes(data []byte) (text, name string, err error) {
	sample := textBytes(data)
	if wideBytes(sample) == 0 {
		return bytecharset.Decode(data)
	}
	_, name, err = bytecharset.Decode(sample)
	switch {
	case err != nil:
		return "", "", err
	case name == bytecharset.UTF8:
		return strings.ToValidUTF8(string(data), "\uFFFD"), name, nil
	}
	decoded, err := bytecharset.Encoding(name).NewDecoder().Bytes(data)
	return string(decoded), name, err
}

// textBytes are the bytes of a page outside tags, scripts and styles. The
// second byte of a Chinese character is never < or >.
func textBytes(data []byte) []byte {
	var out []byte
	for {
		start := bytes.IndexByte(data, '<')
		if start < 0 {
			return append(out, data...)
		}
		out = append(out, data[:start]...)
		tag := data[start+1:]
		end := bytes.IndexByte(tag, '>')
		if end < 0 {
			return out
		}
		data = tag[end+1:]
		if name := strings.ToLower(string(tag[:min(end, 6)])); strings.HasPrefix(name, "script") || strings.HasPrefix(name, "style") {
			close := bytes.Index(data, []byte("</"))
			if close < 0 {
				return out
			}
			data = data[close:]
		}
	}
}

// hz is the one charset of Chinese pages that is all ASCII.
const hz = "hz-gb-2312"

// lookUp finds the encoding of a label as pages write it. GBK and GB 2312 are
// read as GB 18030, which holds both.
func lookUp(label string) (encoding.Encoding, string) {
	label = strings.ToLower(strings.TrimSpace(label))
	if label == hz {
		return simplifiedchinese.HZGB2312, hz
	}
	enc, name := charset.Lookup(label)
	switch name {
	case "gbk", "gb18030":
		return simplifiedchinese.GB18030, bytecharset.GB18030
	case "", "replacement":
		return nil, ""
	}
	return enc, name
}

// looksMarkup reports whether data with NUL bytes in it is a page all the
// same, and no file of another kind.
func looksMarkup(data []byte) bool {
	head := data[:min(len(data), 64<<10)]
	return bytes.Count(head, []byte{0})*4 < len(head) && bytes.Count(head, []byte("<")) > 1 && bytes.Contains(head, []byte(">"))
}

// isBinary reports whether many bytes of the text of a page are controls, which
// parsers drop without a word.
func isBinary(data []byte) bool {
	const few, most = 8, 50 // of so many bytes one may be
	sample, controls := textBytes(data), 0
	for _, b := range sample {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v' && b != 0x1B {
			controls++
		}
	}
	return controls >= few && controls*most > len(sample)
}

func wideBytes(data []byte) int {
	n := 0
	for _, b := range data {
		if b >= utf8.RuneSelf {
			n++
		}
	}
	return n
}
