package charset

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// GBK had 80 characters that Unicode lacked, and gave them private ones, U+E815 to
// U+E864; the codes are FE50 to FEA0. GB 18030-2005 says what they are. The decoder
// of x/text knows most of the codes, and loses those of late and the vertical
// forms. Source of the table: GB 18030-2005, as glibc has it.

// FirstPrivate and LastPrivate are the first and the last of the private
// characters that Standard knows.
const (
	FirstPrivate = 0xE815
	LastPrivate  = 0xE864
)

const standardHan = "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱" +
	"䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"

var (
	standard = []rune(standardHan)
	lateGBK  = lateCodes()
)

// lateCodes are the characters of two-byte codes that a decoder may lose.
func lateCodes() map[[2]byte]rune {
	codes := map[[2]byte]rune{{0xA8, 0xBC}: '\u1E3F', {0xA6, 0xEC}: '\uFE17', {0xA6, 0xED}: '\uFE18', {0xA6, 0xF3}: '\uFE19'}
	for i, r := range []rune("\uFE10\uFE12\uFE11\uFE13\uFE14\uFE15\uFE16") {
		codes[[2]byte{0xA6, byte(0xD9 + i)}] = r
	}
	trail := byte(0x50)
	for _, r := range standard {
		if trail == 0x7F {
			trail++
		}
		codes[[2]byte{0xFE, trail}] = r
		trail++
	}
	return codes
}

// Standard gives the character that a private one of GBK has stood for since GB
// 18030-2005; any other stands for itself.
func Standard(r rune) rune {
	if i := int(r) - FirstPrivate; i >= 0 && i < len(standard) {
		return standard[i]
	}
	return r
}

// gb18030 is the encoding of x/text, whose decoder knows all that GB 18030-2005
// assigns in two bytes.
type gb18030 struct{ encoding.Encoding }

func (gb18030) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: &lateDecoder{Transformer: simplifiedchinese.GB18030.NewDecoder()}}
}

// A lateDecoder decodes as the decoder in it, and what that loses by the table.
type lateDecoder struct{ transform.Transformer }

// Transform decodes as much as fits. Where a character was lost, it is looked for
// in the source code by code.
func (d *lateDecoder) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	nDst, nSrc, err = d.Transformer.Transform(dst, src, atEOF)
	if !bytes.Contains(dst[:nDst], []byte("\uFFFD")) || !hasLate(src[:nSrc]) {
		return nDst, nSrc, err
	}
	nDst, nSrc = 0, 0
	for nSrc < len(src) {
		size := codeSize(src[nSrc:])
		if nSrc+size > len(src) {
			if !atEOF {
				return nDst, nSrc, transform.ErrShortSrc
			}
			size = len(src) - nSrc
		}
		code := src[nSrc : nSrc+size]
		if r := rune(0); size == 2 {
			if r = lateGBK[[2]byte{code[0], code[1]}]; r != 0 {
				if nDst+utf8.RuneLen(r) > len(dst) {
					return nDst, nSrc, transform.ErrShortDst
				}
				nDst += utf8.EncodeRune(dst[nDst:], r)
				nSrc += size
				continue
			}
		}
		n, taken, err := d.Transformer.Transform(dst[nDst:], code, true)
		nDst, nSrc = nDst+n, nSrc+taken
		if err != nil {
			return nDst, nSrc, err
		}
	}
	return nDst, nSrc, nil
}

// hasLate reports whether bytes may hold a code of the table.
func hasLate(src []byte) bool {
	for i := 1; i < len(src); i++ {
		if src[i-1] >= 0xA6 && lateGBK[[2]byte{src[i-1], src[i]}] != 0 {
			return true
		}
	}
	return false
}

// codeSize is how many bytes the code at the head of src has, by its first two.
func codeSize(src []byte) int {
	switch {
	case src[0] <= 0x80 || src[0] == 0xFF:
		return 1
	case len(src) < 2:
		return 2
	case src[1] >= '0' && src[1] <= '9':
		return 4
	case src[1] < 0x40 || src[1] == 0x7F || src[1] == 0xFF:
		return 1
	}
	return 2
}
