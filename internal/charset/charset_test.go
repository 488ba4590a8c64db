package charset

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

func encode(t *testing.T, e encoding.Encoding, text string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// testText is an invented report; both scripts are in testdata.
func testText(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("../../corpus/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestDecode(t *testing.T) {
	simple, traditional := testText(t, "annual.txt"), testText(t, "traditional.txt")
	le, be := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for _, tt := range []struct {
		name, charset, text string
		data                []byte
	}{
		{"UTF-8", "utf-8", simple, []byte(simple)},
		{"UTF-8 with mark", "utf-8", simple, []byte("\uFEFF" + simple)},
		{"GB18030", "gb18030", simple, encode(t, simplifiedchinese.GB18030, simple)},
		{"GBK", "gb18030", simple, encode(t, simplifiedchinese.GBK, simple)},
		{"GB18030 of Traditional", "gb18030", traditional, encode(t, simplifiedchinese.GB18030, traditional)},
		{"Big5", "big5", traditional, encode(t, traditionalchinese.Big5, traditional)},
		{"UTF-16LE", "utf-16le", simple, encode(t, le, simple)},
		{"UTF-16BE", "utf-16be", simple, encode(t, be, simple)},
		{"UTF-16LE with mark", "utf-16le", traditional, encode(t, le, "\uFEFF"+traditional)},
		{"UTF-16BE with mark", "utf-16be", traditional, encode(t, be, "\uFEFF"+traditional)},
		{"one short line in GB18030", "gb18030", "关于法治政府建设的报告", encode(t, simplifiedchinese.GBK, "关于法治政府建设的报告")},
		{"GBK that is mostly ASCII", "gb18030", strings.Repeat("abcdefgh ", 200) + "法治", encode(t, simplifiedchinese.GBK, strings.Repeat("abcdefgh ", 200)+"法治")},
		{"one short line in Big5", "big5", "關於法治政府建設的報告", encode(t, traditionalchinese.Big5, "關於法治政府建設的報告")},
		{"one short line in UTF-16LE", "utf-16le", "关于法治政府建设的报告", encode(t, le, "关于法治政府建设的报告")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, charset, err := Decode(tt.data)
			if err != nil || charset != tt.charset || got != tt.text {
				t.Fatalf("%s %v: %.60q, want %s", charset, err, got, tt.charset)
			}
		})
	}
}
