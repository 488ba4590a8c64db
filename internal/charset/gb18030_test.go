package charset

import (
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// TestLateCodes: what GB 18030-2005 assigns in two bytes is read, also where a
// reader hands it over in pieces, and in a text with bytes that are lost.
func TestLateCodes(t *testing.T) {
	const want = "张龴镇䶮溪，𢦏︐ḿ\uFFFD终"
	data := "\xD5\xC5\xFE\x59\xD5\xF2\xFE\x9F\xCF\xAA\xA3\xAC\xFE\x76\xA6\xD9\xA8\xBC\xFF\xD6\xD5"
	got, err := Encoding(GB18030).NewDecoder().String(data)
	if err != nil || got != want {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
	long := strings.Repeat(data, 5000)
	in := transform.NewReader(strings.NewReader(long), encoding.Decoder{Transformer: Encoding(GB18030).NewDecoder()})
	if all, err := io.ReadAll(in); err != nil || string(all) != strings.Repeat(want, 5000) {
		t.Errorf("%d bytes, %v", len(all), err)
	}
}

func TestStandard(t *testing.T) {
	for in, want := range map[rune]rune{0xE815: '⺁', 0xE81E: '龴', 0xE863: '䶮', 0xE864: '龻', 0xE865: 0xE865, 0xE814: 0xE814, '字': '字'} {
		if got := Standard(in); got != want {
			t.Errorf("%U: %c, want %c", in, got, want)
		}
	}
	if len(standard) != 80 {
		t.Errorf("%d characters", len(standard))
	}
}
