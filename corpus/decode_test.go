package corpus

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"baogao"
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
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// paragraphsOf reads a text without a name for it.
func paragraphsOf(t *testing.T, text string) []baogao.Paragraph {
	t.Helper()
	reports, faults := Read("报告.txt", []byte(text), Options{})
	if len(faults) > 0 || len(reports) != 1 {
		t.Fatalf("%d reports, faults %v", len(reports), faults)
	}
	return reports[0].Paragraphs
}

func TestEveryCharsetGivesTheSameParagraphs(t *testing.T) {
	text := testText(t, "annual.txt")
	want := paragraphsOf(t, text)
	for _, e := range []encoding.Encoding{
		simplifiedchinese.GB18030, simplifiedchinese.GBK,
		unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	} {
		got := paragraphsOf(t, string(encode(t, e, text)))
		if len(got) != len(want) {
			t.Fatalf("%v: %d paragraphs, want %d", e, len(got), len(want))
		}
		for i := range got {
			if got[i].Text != want[i].Text || got[i].Published != want[i].Published {
				t.Errorf("%v: paragraph %d is %q, want %q", e, i+1, got[i].Text, want[i].Text)
			}
		}
	}
}

func TestAFewBadBytes(t *testing.T) {
	text := strings.Repeat("坚持依法行政，推进法治政府建设，深化行政复议体制改革。\n", 40)
	for name, data := range map[string][]byte{
		"utf-8":   bytes.Replace([]byte(text), []byte("复"), []byte("\xFF\xFE"), 1),
		"gb18030": bytes.Replace(encode(t, simplifiedchinese.GBK, text), encode(t, simplifiedchinese.GBK, "复"), []byte{0xFF, 0xFF}, 1),
	} {
		t.Run(name, func(t *testing.T) {
			reports, faults := Read("a.txt", data, Options{})
			if len(reports) != 1 {
				t.Fatal(faults)
			}
			r := reports[0]
			if r.Cleaning.Charset != name || r.Cleaning.Damaged != 1 || !r.Paragraphs[0].Damaged || r.Paragraphs[1].Damaged {
				t.Errorf("%+v, first paragraph damaged: %v", r.Cleaning, r.Paragraphs[0].Damaged)
			}
			if !strings.HasSuffix(r.Paragraphs[0].Text, "体制改革。") {
				t.Errorf("the damage spread: %q", r.Paragraphs[0].Text)
			}
		})
	}
}

func TestTooLarge(t *testing.T) {
	reports, faults := Read("a.txt", []byte(strings.Repeat("法治政府。", 10)), Options{MaxBytes: 100})
	if len(reports) != 0 || len(faults) != 1 || faults[0].Error() != "a.txt: file larger than 100 bytes; split it" {
		t.Errorf("%v %v", reports, faults)
	}
}

func TestNamesWithDots(t *testing.T) {
	for _, name := range []string{"报告", "关于2022年.报告", "a.md", "青石县（2022.12.3）", "x.TXT"} {
		if reports, faults := Read(name, []byte("2022年，我县坚持依法行政。"), Options{}); len(reports) != 1 {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

// TestTextBehindBlankLines reads a text that begins behind more blank lines
// than formats are told by.
func TestTextBehindBlankLines(t *testing.T) {
	reports, faults := Read("a.txt", []byte(strings.Repeat("\n", 2*headBytes)+"甲县坚持依法行政。\n"), Options{})
	if len(faults) > 0 || len(reports) != 1 || reports[0].Paragraphs[0].Text != "甲县坚持依法行政。" {
		t.Errorf("%d reports, faults %v", len(reports), faults)
	}
	if _, faults := Read("a.txt", []byte(strings.Repeat("\n", 2*headBytes)), Options{}); len(faults) != 1 {
		t.Errorf("only blank lines: faults %v", faults)
	}
}
