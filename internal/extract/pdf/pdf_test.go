package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/width"

	"baogao/internal/extract"
	"baogao/internal/testkit"
)

// pdfFile has LibreOffice make one of the files of these tests, all of them in
// one run.
func pdfFile(t *testing.T, name string) []byte {
	t.Helper()
	return testkit.ConvertAll(t, "pdf", map[string][]byte{
		"report.txt":   []byte(strings.Join(testkit.SampleLines(t), "\n")),
		"printed.docx": testkit.Printed(t, repeated(testkit.SampleLines(t), 2), testkit.Cases),
		"columns.docx": twoColumns(t, repeated(testkit.SampleLines(t), 4)),
	})[name]
}

// repeated are the lines of a text with all but its title so many times.
func repeated(lines []string, times int) []string {
	all := lines[:1:1]
	for range times {
		all = append(all, lines[1:]...)
	}
	return all
}

func TestPDFOfLibreOffice(t *testing.T) {
	data := pdfFile(t, "report.txt")
	got, err := Read(t.Context(), data, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	testkit.SameLines(t, got.Body, testkit.SampleLines(t))
}

// TestPDFPrinted reads pages with a running head and numbers, and paragraphs
// that go on from page to page.
func TestPDFPrinted(t *testing.T) {
	lines, data := repeated(testkit.SampleLines(t), 2), pdfFile(t, "printed.docx")
	got, err := Read(t.Context(), data, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := append([]string{"鼓楼区人民政府公报 2022年第3期"}, lines...)
	testkit.SameLines(t, got.Body, append(append(want, testkit.CaseRows...), "表格以上为统计数据，以下为正文。"))
	_, err = Read(t.Context(), data, extract.Limits{Bytes: 1000})
	testkit.Refused(t, err, "size limit")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, data, extract.Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
}

// twoColumns is a Word document with two columns below a title.
func twoColumns(t *testing.T, lines []string) []byte {
	t.Helper()
	paragraph := func(line, layout string) string {
		return `<w:p><w:pPr>` + layout + `</w:pPr><w:r><w:rPr><w:sz w:val="21"/></w:rPr><w:t>` + line + `</w:t></w:r></w:p>`
	}
	const size = `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1080" w:bottom="1440" w:left="1080" w:header="800" w:footer="800"/>`
	var body strings.Builder
	body.WriteString(paragraph(lines[0], `<w:jc w:val="center"/><w:sectPr><w:type w:val="continuous"/>`+size+`</w:sectPr>`))
	for _, l := range lines[1:] {
		body.WriteString(paragraph(l, `<w:ind w:firstLineChars="200" w:firstLine="420"/>`))
	}
	body.WriteString(`<w:sectPr><w:type w:val="continuous"/>` + size + `<w:cols w:num="2" w:space="720"/></w:sectPr>`)
	return testkit.DOCX(t, body.String())
}

// TestPDFColumns reads pages with two columns below a title.
func TestPDFColumns(t *testing.T) {
	lines, data := repeated(testkit.SampleLines(t), 4), pdfFile(t, "columns.docx")
	got, err := Read(t.Context(), data, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	testkit.SameLines(t, got.Body, lines)
}

func TestPDFEncrypted(t *testing.T) {
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		t.Skip("qpdf is missing: install it to run this test")
	}
	dir := t.TempDir()
	plain := filepath.Join(dir, "plain.pdf")
	if err := os.WriteFile(plain, pdfFile(t, "report.txt"), 0o644); err != nil {
		t.Fatal(err)
	}
	encrypt := func(user string) []byte {
		out := filepath.Join(dir, user+"-out.pdf")
		if said, err := exec.Command(qpdf, "--encrypt", user, "owner", "128", "--use-aes=y", "--extract=n", "--", plain, out).CombinedOutput(); err != nil {
			t.Fatalf("qpdf: %v\n%s", err, said)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	secret, owned := encrypt("secret"), encrypt("")
	_, err = Read(t.Context(), secret, extract.Limits{})
	testkit.Refused(t, err, "encrypted; remove the password")
	got, err := Read(t.Context(), owned, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	testkit.SameLines(t, got.Body, testkit.SampleLines(t))
}

const (
	latinFont = "/Font<</F1 5 0 R>>"
	helvetica = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
	// A font of the sort that old programs for Chinese wrote: its characters
	// are codes of GBK, and no map to Unicode comes with it.
	gbkFont   = "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>>"
	gbkParts  = "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 7 0 R>>"
	gbkMetric = "<</Type/FontDescriptor/FontName/SimSun/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 859/Descent -141/CapHeight 683/StemV 80>>"
)

func TestPDFRefused(t *testing.T) {
	noMap := strings.Replace(gbkFont, "GBK-EUC-H", "Identity-H", 1)
	ownGlyphs := strings.Replace(gbkParts, "(GB1)", "(Founder)", 1)
	glyphs := "BT /F1 16 Tf 80 700 Td <" + strings.Repeat("1234567812AB", 20) + "> Tj ET"
	for _, tt := range []struct {
		name  string
		data  []byte
		words string
	}{
		{"scan", testkit.PDF("q 500 0 0 700 0 0 cm /I Do Q", "/XObject<</I 5 0 R>>", "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n0\nendstream"), "no text layer, a scan"},
		{"no map", testkit.PDF(glyphs, latinFont, noMap, ownGlyphs, gbkMetric), "OCR"},
		{"codes of no font", testkit.PDF(glyphs, latinFont, noMap, gbkParts, gbkMetric), "OCR"},
		{"no page", []byte("%PDF-1.4\n%%EOF\n"), "broken PDF"},
		{"object is missing", []byte("%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 9 0 R>>\nstartxref\n9\n%%EOF\n"), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(t.Context(), tt.data, extract.Limits{})
			testkit.Refused(t, err, tt.words)
		})
	}
}

// TestPDFDamaged reads a file in which a page is damaged: half of the text
// would be taken for the whole.
func TestPDFDamaged(t *testing.T) {
	data := pdfFile(t, "report.txt")
	start := bytes.Index(data, []byte("stream\n"))
	end := bytes.Index(data, []byte("endstream"))
	if start < 0 || end < start+1000 {
		t.Fatal("no content of a page in the file")
	}
	for i := (start + end) / 2; i < end-10; i++ {
		data[i] = 0xFF
	}
	_, err := Read(t.Context(), data, extract.Limits{})
	testkit.Refused(t, err, "broken PDF")
}

func TestPDFTruncated(t *testing.T) {
	whole := testkit.PDF("BT /F1 16 Tf 80 700 Td (A report of the district) Tj ET", latinFont, helvetica)
	if _, err := Read(t.Context(), whole, extract.Limits{}); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(t.Context(), append(bytes.Clone(whole), "\n\x00\x00 \n"...), extract.Limits{}); err != nil {
		t.Errorf("blanks behind the end: %v", err)
	}
	for _, size := range []int{0, 5, 300, len(whole) - 20} {
		_, err := Read(t.Context(), whole[:size], extract.Limits{})
		testkit.Refused(t, err, "breaks off")
	}
}

// TestPDFCharset reads fonts that bring no map but go by codes of a charset.
func TestPDFCharset(t *testing.T) {
	gbk := "\xb7\xa8\xd6\xce\xd5\xfe\xb8\xae\xbd\xa8\xc9\xe8\xb1\xa8\xb8\xe6" // 法治政府建设报告
	data := testkit.PDF(fmt.Sprintf("BT /F1 16 Tf 80 700 Td <%x32303233> Tj ET", gbk), latinFont, gbkFont, gbkParts, gbkMetric)
	got, err := Read(t.Context(), data, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	// The table of the font has full-width figures for these codes.
	if want := "法治政府建设报告2023\n"; width.Narrow.String(got.Body) != want {
		t.Errorf("body %q, want %q", got.Body, want)
	}
}

func TestPDFForm(t *testing.T) {
	form := "q 1 0 0 1 10 10 cm BT /F1 12 Tf 12 TL 70 600 Td [(Rule)-600(of)-300(law)] TJ T* (second) Tj (third) ' ET Q"
	object := fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Matrix[1 0 0 1 0 0]/Resources<<%s>>/Length %d>>stream\n%s\nendstream", latinFont, len(form), form)
	data := testkit.PDF("/X Do", "/XObject<</X 6 0 R>>", helvetica, object)
	got, err := Read(t.Context(), data, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "Rule of law\nsecond\nthird\n"; got.Body != want {
		t.Errorf("body %q, want %q", got.Body, want)
	}
}

// TestPDFTurned reads pages that are turned when they are shown.
func TestPDFTurned(t *testing.T) {
	for _, tt := range []struct {
		degrees       int
		first, second string
	}{
		{0, "1 0 0 1 80 700", "1 0 0 1 80 680"},
		{90, "0 1 -1 0 100 80", "0 1 -1 0 120 80"},
		{180, "-1 0 0 -1 500 100", "-1 0 0 -1 500 120"},
		{270, "0 -1 1 0 500 700", "0 -1 1 0 480 700"},
	} {
		t.Run(fmt.Sprint(tt.degrees), func(t *testing.T) {
			content := fmt.Sprintf("BT /F1 12 Tf %s Tm (second line) Tj ET BT /F1 12 Tf %s Tm (first line) Tj ET", tt.second, tt.first)
			data := testkit.PDF(content, fmt.Sprintf("%s>>/Rotate %d/PieceInfo<<", latinFont, tt.degrees), helvetica)
			got, err := Read(t.Context(), data, extract.Limits{})
			if want := "first line\nsecond line\n"; err != nil || got.Body != want {
				t.Errorf("body %q, %v; want %q", got.Body, err, want)
			}
		})
	}
}

// TestPDFStruckTwice reads a heading that is shown twice to look bold.
func TestPDFStruckTwice(t *testing.T) {
	data := testkit.PDF("BT /F1 12 Tf 80 700 Td (Heading) Tj ET BT /F1 12 Tf 80.3 700 Td (Heading) Tj ET", latinFont, helvetica)
	got, err := Read(t.Context(), data, extract.Limits{})
	if want := "Heading\n"; err != nil || got.Body != want {
		t.Errorf("body %q, %v; want %q", got.Body, err, want)
	}
}

// TestPDFBounded reads files that say they hold more than a file can.
func TestPDFBounded(t *testing.T) {
	text := "BT /F1 16 Tf 80 700 Td <41> Tj ET"
	parts := func(widths string) string { return strings.Replace(gbkParts, "/DW 1000", "/W["+widths+"]", 1) }
	identity := strings.Replace(gbkFont, "GBK-EUC-H", "Identity-H/ToUnicode 8 0 R", 1)
	toUnicode := func(s string) string { return fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(s), s) }
	mapped := func(ranges string, widths string) []byte {
		return testkit.PDF(strings.Replace(text, "<41>", "<"+strings.Repeat("0041", 20)+">", 1), latinFont, identity, parts(widths), gbkMetric, toUnicode(ranges))
	}
	all := "1 beginbfrange <0000> <00FF> <0000> endbfrange "
	for _, tt := range []struct {
		name  string
		data  []byte
		words string // of the error, "" for none
	}{
		{"two thousand million pages", bytes.Replace(testkit.PDF(text, latinFont, helvetica), []byte("/Kids[3 0 R]/Count 1"), []byte("/Count 2000000000   "), 1), "broken PDF"},
		{"widths from below zero", mapped(all, "-9000000000000000000 5 1"), ""},
		{"widths without end", mapped(all, "5 9000000000000000000 1"), ""},
		{"map over and over", mapped(strings.Repeat(all, 1000), ""), ""},
		{"operands without an operator", testkit.PDF(strings.Repeat("1 ", 2<<20), ""), "no text layer"},
		{"array without an end", testkit.PDF("["+strings.Repeat("1 ", 2<<20), ""), "no text layer"},
		{"strings without end", testkit.PDF(strings.Repeat("(", 1<<20), ""), "no text layer"},
		{"states without end", testkit.PDF(strings.Repeat("q ", 1<<20), ""), "makes the PDF reader fail"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			got, err := Read(ctx, tt.data, extract.Limits{})
			if errors.Is(err, context.DeadlineExceeded) {
				t.Fatal("it takes more than 20 seconds")
			}
			if tt.words != "" {
				testkit.Refused(t, err, tt.words)
			} else if want := strings.Repeat("A", 20) + "\n"; err != nil || got.Body != want {
				t.Errorf("body %q, %v; want %q", got.Body, err, want)
			}
		})
	}
}

func FuzzPDF(f *testing.F) {
	f.Add("BT /F1 16 Tf 80 700 Td (A report) Tj [(x) 3 (y)] TJ ET Q q 1 0 0 1 0 0 cm /F1 Do", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	f.Add("BT /F1 1 Tf <b7a8> Tj ET", gbkFont)
	f.Fuzz(func(t *testing.T, content, font string) {
		l := extract.Limits{Bytes: 1 << 16}.WithDefaults()
		got, err := Read(t.Context(), testkit.PDF(content, latinFont, font, gbkParts, gbkMetric), l)
		if err == nil && len(got.Body) > 1<<16+1 {
			t.Errorf("a body of %d bytes", len(got.Body))
		}
	})
}

// FuzzPDFFile reads files of any bytes, from whole ones and some that are made to
// hurt.
func FuzzPDFFile(f *testing.F) {
	whole := testkit.PDF("BT /F1 16 Tf 80 700 Td (A report) Tj ET", latinFont, helvetica)
	f.Add(whole)
	for _, change := range [][2]string{
		{"/Kids[3 0 R]", "/Kids[2 0 R]"}, {"/Count 1", "/Count 99999999"}, {"/Size 6", "/Size 999999999999"}, {"0 6\n", "0 4294967295\n"},
		{"[0 0 595 842]", "[0 0 1e38 1e38]/Rotate 45"}, {"/Root 1 0 R", "/Root 1 0 R/Encrypt<</Filter/Standard/V 5/R 6>>"}, {"<</Length 40>>", "<</Length 40/Filter/FlateDecode>>"},
	} {
		f.Add(bytes.Replace(whole, []byte(change[0]), []byte(change[1]), 1))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Read(t.Context(), data, extract.Limits{Bytes: 1 << 16})
		if errors.Is(err, errSlow) {
			t.Error(err)
		}
		if err == nil && len(got.Body) > 1<<16+1 {
			t.Errorf("a body of %d bytes", len(got.Body))
		}
	})
}
