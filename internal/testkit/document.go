package testkit

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// Zip is a zip archive of files, given as name and content in turn.
func Zip(tb testing.TB, files ...string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// Parts of a Word document that every one has.
const (
	ContentTypes = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>` +
		`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>`
	relation     = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	packageRels  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + relation + `/officeDocument" Target="word/document.xml"/></Relationships>`
	documentRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="r1" Type="` + relation + `/header" Target="header1.xml"/><Relationship Id="r2" Type="` + relation + `/footer" Target="footer1.xml"/>` +
		`<Relationship Id="r5" Type="` + relation + `/styles" Target="styles.xml"/>` +
		`<Relationship Id="r3" Type="` + relation + `/numbering" Target="numbering.xml"/><Relationship Id="r4" Type="` + relation + `/footnotes" Target="footnotes.xml"/></Relationships>`
	WordNames = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + relation + `"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"`
)

// DOCX is a Word document with a body and other parts, given as name and
// content in turn.
func DOCX(tb testing.TB, body string, parts ...string) []byte {
	tb.Helper()
	files := []string{
		"[Content_Types].xml", ContentTypes,
		"_rels/.rels", packageRels,
		"word/_rels/document.xml.rels", documentRels,
		"word/document.xml", `<w:document` + WordNames + `><w:body>` + body + `</w:body></w:document>`,
	}
	return Zip(tb, append(files, parts...)...)
}

// Printed is a Word document laid out as an office prints it: a title in the
// middle, first lines indented, a running head and numbers of pages.
func Printed(tb testing.TB, lines []string, tables ...[][]string) []byte {
	tb.Helper()
	var body strings.Builder
	for i, line := range lines {
		layout, size := `<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>`, 32
		if i == 0 {
			layout, size = `<w:jc w:val="center"/>`, 44
		}
		fmt.Fprintf(&body, `<w:p><w:pPr>%s</w:pPr><w:r><w:rPr><w:sz w:val="%d"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, layout, size, line)
	}
	for _, rows := range tables {
		body.WriteString(Table(rows))
		body.WriteString(`<w:p><w:r><w:t>表格以上为统计数据，以下为正文。</w:t></w:r></w:p>`)
	}
	body.WriteString(`<w:sectPr><w:headerReference w:type="default" r:id="r1"/><w:footerReference w:type="default" r:id="r2"/>` +
		`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1400"/></w:sectPr>`)
	return DOCX(tb, body.String(),
		"word/header1.xml", `<w:hdr`+WordNames+`><w:p><w:r><w:t>鼓楼区人民政府公报 2022年第3期</w:t></w:r></w:p></w:hdr>`,
		"word/footer1.xml", `<w:ftr`+WordNames+`><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>`+
			`<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`)
}

// Table is a table of a Word document.
func Table(rows [][]string) string {
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="8800" w:type="dxa"/></w:tblPr>`)
	for _, row := range rows {
		b.WriteString(`<w:tr>`)
		for _, cell := range row {
			b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="2200" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>` + cell + `</w:t></w:r></w:p></w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
	return b.String()
}

// Cases is a table with a cell that does not fit on one line.
var Cases = [][]string{
	{"单位", "收案", "结案", "说明"},
	{"司法局", "14", "12", "其中维持8件、撤销1件，其余正在办理之中"},
	{"公安分局", "120", "98", "无"},
}

// CaseRows are the lines that the rows of Cases make.
var CaseRows = []string{"单位 | 收案 | 结案 | 说明", "司法局 | 14 | 12 | 其中维持8件、撤销1件，其余正在办理之中", "公安分局 | 120 | 98 | 无"}

// SameLines compares the lines of a text with those that it should have.
func SameLines(t *testing.T, text string, want []string) {
	t.Helper()
	got := LinesIn(text)
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Errorf("line %d is missing: %q", i+1, want[i])
		case i >= len(want):
			t.Errorf("line %d is too many: %q", i+1, got[i])
		case got[i] != want[i]:
			t.Errorf("line %d:\ngot  %q\nwant %q", i+1, got[i], want[i])
		default:
			continue
		}
		return
	}
}

// Refused checks that a document is refused for a reason with certain words.
func Refused(t *testing.T, err error, words string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("error %v, want one with %q", err, words)
	}
}
