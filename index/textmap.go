package index

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/blevesearch/mmap-go"

	"baogao/internal/analyzer"
)

// text.bin holds the texts of the passages, each followed by the published
// paragraph where there is one, as UTF-16, little endian: two bytes for nearly
// every Chinese character, where UTF-8 has three. It is searched as it stands.

// unitSize is the size of a code unit in text.bin, in bytes.
const unitSize = 2

// A textMap is text.bin, mapped into memory: candidates are searched where the
// system keeps the file, without a copy. Its size was checked when the
// generation was opened.
type textMap struct {
	bytes mmap.MMap
	file  *os.File
}

func openText(name string) (t textMap, err error) {
	if t.file, err = os.Open(name); err != nil {
		return t, err
	}
	info, err := t.file.Stat()
	if err != nil || info.Size() == 0 { // nothing can be mapped, and nothing will be read
		return t, err
	}
	t.bytes, err = mmap.Map(t.file, mmap.RDONLY, 0)
	return t, err
}

func (t *textMap) close() error {
	var errs []error
	if t.bytes != nil {
		errs = append(errs, t.bytes.Unmap())
	}
	if t.file != nil {
		errs = append(errs, t.file.Close())
	}
	return errors.Join(errs...)
}

// appendUTF16 appends a text as it stands in text.bin. What is no UTF-8 becomes
// U+FFFD.
func appendUTF16(dst []byte, text string) []byte {
	for _, r := range text {
		if r < 1<<16 {
			dst = append(dst, byte(r), byte(r>>8))
			continue
		}
		high, low := utf16.EncodeRune(r)
		dst = binary.LittleEndian.AppendUint16(dst, uint16(high))
		dst = binary.LittleEndian.AppendUint16(dst, uint16(low))
	}
	return dst
}

// eachRune calls yield with the characters of a text of text.bin.
func eachRune(text []byte, yield func(r rune)) {
	for i := 0; i+1 < len(text); i += unitSize {
		r := rune(binary.LittleEndian.Uint16(text[i:]))
		if utf16.IsSurrogate(r) {
			var size int
			r, size = decodePair(text[i:])
			i += size - unitSize
		}
		yield(r)
	}
}

// decodePair returns the character of the surrogates at the head of a text and
// their size, or the first alone where no second follows it.
func decodePair(text []byte) (r rune, size int) {
	r = rune(binary.LittleEndian.Uint16(text))
	if len(text) < 2*unitSize {
		return r, unitSize
	}
	pair := utf16.DecodeRune(r, rune(binary.LittleEndian.Uint16(text[unitSize:])))
	if pair == utf8.RuneError {
		return r, unitSize
	}
	return pair, 2 * unitSize
}

// toString returns a text of text.bin.
func toString(text []byte) string {
	s := make([]byte, 0, len(text)*3/2)
	eachRune(text, func(r rune) { s = utf8.AppendRune(s, r) })
	return string(s)
}

// appendFolded appends the folded characters of a text of text.bin.
func appendFolded(dst []rune, text []byte) []rune {
	dst = slices.Grow(dst, len(text)/unitSize)
	for len(text) >= unitSize { // what eachRune does, with no call for a character: whole indexes are read here
		r, size := rune(binary.LittleEndian.Uint16(text)), unitSize
		if utf16.IsSurrogate(r) {
			r, size = decodePair(text)
		}
		dst = append(dst, analyzer.FoldRune(r))
		text = text[size:]
	}
	return dst
}

// count counts a word in a text, both as in text.bin, from the left and without
// overlaps.
func count(text, word []byte) int {
	n := 0
	for at := 0; ; {
		i := bytes.Index(text[at:], word)
		if i < 0 {
			return n
		}
		if at += i; at%unitSize != 0 { // the second half of one character and the first of the next
			at++
			continue
		}
		n++
		at += len(word)
	}
}
