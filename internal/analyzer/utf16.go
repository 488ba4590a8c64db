package analyzer

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Texts that are kept to be searched are UTF-16, little endian: two bytes for
// nearly every Chinese character, where UTF-8 has three.

// UnitSize is the size of a code unit of UTF-16, in bytes.
const UnitSize = 2

// AppendUTF16 appends a text as UTF-16. What is no UTF-8 becomes U+FFFD.
func AppendUTF16(dst []byte, text string) []byte {
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

// UTF16String is a text of UTF-16 as a string.
func UTF16String(text []byte) string {
	var s strings.Builder
	s.Grow(len(text) * 3 / 2)
	for len(text) >= UnitSize {
		r, size := decodeUTF16(text)
		s.WriteRune(r)
		text = text[size:]
	}
	return s.String()
}

// decodeUTF16 returns the first character of a text and its size in bytes. A
// surrogate without its partner stands for itself.
func decodeUTF16(text []byte) (r rune, size int) {
	r = rune(binary.LittleEndian.Uint16(text))
	if !utf16.IsSurrogate(r) || len(text) < 2*UnitSize {
		return r, UnitSize
	}
	pair := utf16.DecodeRune(r, rune(binary.LittleEndian.Uint16(text[UnitSize:])))
	if pair == utf8.RuneError {
		return r, UnitSize
	}
	return pair, 2 * UnitSize
}

// FoldUTF16 appends the folded characters of a text of UTF-16 to dst.
func FoldUTF16(dst []rune, text []byte) []rune {
	dst = slices.Grow(dst, len(text)/UnitSize)
	for len(text) >= UnitSize {
		r, size := rune(binary.LittleEndian.Uint16(text)), UnitSize
		if utf16.IsSurrogate(r) {
			r, size = decodeUTF16(text)
		}
		dst = append(dst, FoldRune(r))
		text = text[size:]
	}
	return dst
}

// appendRunes appends the characters of a text of UTF-16 to dst.
func appendRunes(dst []rune, text []byte) []rune {
	for len(text) >= UnitSize {
		r, size := decodeUTF16(text)
		dst, text = append(dst, r), text[size:]
	}
	return dst
}

// CountUTF16 counts a word in a text, both of UTF-16, from the left and without
// overlaps.
func CountUTF16(text, word []byte) int {
	n := 0
	for at := 0; ; {
		i := bytes.Index(text[at:], word)
		if i < 0 {
			return n
		}
		if at += i; at%UnitSize != 0 { // the second half of one character and the first of the next
			at++
			continue
		}
		n++
		at += len(word)
	}
}
