package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"baogao/internal/charset"
	"baogao/internal/testkit"
)

func TestReadable(t *testing.T) {
	report := strings.Join(testkit.SampleLines(t), "\n")
	gbk, err := charset.Encoding(charset.GB18030).NewEncoder().String(report)
	if err != nil {
		t.Fatal(err)
	}
	latin := func(s string) string {
		s, err := charmap.ISO8859_1.NewDecoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	shifted := func(by rune) string {
		return strings.Map(func(r rune) rune {
			if r < 0x4E00 || r > 0x9000 {
				return r
			}
			return r + by
		}, report)
	}
	for _, tt := range []struct {
		name, text string
		ok         bool
	}{
		{"report", report, true},
		{"short", "通知", true},
		{"figures", strings.Repeat("2021 | 14.5 | 98.6%\n", 20), true},
		{"leaders", "目录\n" + strings.Repeat("一、工作开展情况..........................................3\n", 10), true},
		{"English", "Everyone has the right to freedom of opinion and expression; this right includes freedom to hold opinions.", true},
		{"private bullets", strings.Repeat("\uF06C加强行政复议规范化建设工作\n", 30), true},
		{"Uyghur", "شىنجاڭ ئۇيغۇر ئاپتونوم رايونلۇق خەلق ھۆكۈمىتىنىڭ خىزمەت دوكلاتى توغرىسىدا", true},
		{"GBK as Latin-1", latin(gbk), false},
		{"UTF-8 as Latin-1", latin(report), false},
		{"replacement characters", strings.Repeat("\uFFFD", 40), false},
		{"every tenth lost", strings.Repeat("行政复议案件办理\uFFFD件", 30), false},
		{"private", strings.Repeat("行政\uE123复\uE124议\uE125", 30), false},
		{"glyph numbers", strings.Repeat("(cid:1234)(cid:77)", 20), false},
		{"control characters", strings.Repeat("\x01\x02\x03行政", 20), false},
		{"codes", strings.Repeat(`!"#$%&'()*+,-./:;<`, 10), false},
		{"other Han characters", shifted(0x777), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := Readable(tt.text); (err == nil) != tt.ok {
				t.Errorf("readable: %v, want ok %v", err, tt.ok)
			}
		})
	}
}

// TestReadableSamples reads every sample: no real text may be refused.
func TestReadableSamples(t *testing.T) {
	files, err := filepath.Glob("../../samples/reports/*/*/*.txt")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d samples, %v", len(files), err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		text, _, err := charset.Decode(data)
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		if err := Readable(text); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
}
