package office

import (
	"bytes"
	"strings"
	"testing"

	"baogao/internal/extract"
	"baogao/internal/testkit"
)

func TestDOCXOfLibreOffice(t *testing.T) {
	text := strings.Join(testkit.SampleLines(t), "\n")
	data := testkit.Convert(t, "report.txt", []byte(text), "docx:MS Word 2007 XML")
	got, err := DOCX(data, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	testkit.SameLines(t, got.Body, testkit.SampleLines(t))
}

func TestDOCXPrinted(t *testing.T) {
	got, err := DOCX(testkit.Printed(t, testkit.SampleLines(t), testkit.Cases), extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	testkit.SameLines(t, got.Body, append(append(testkit.SampleLines(t), testkit.CaseRows...), "表格以上为统计数据，以下为正文。"))
}

// run is a run of text.
func run(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

// cellOf is a cell of a table with properties.
func cellOf(properties, text string) string {
	return `<w:tc><w:tcPr>` + properties + `</w:tcPr><w:p>` + run(text) + `</w:p></w:tc>`
}

// mergedRow is a row whose first cell begins to be merged with those below it
// (restart), is merged with the one above (an empty word), or neither.
func mergedRow(merge string, cells ...string) string {
	properties := `<w:vMerge w:val="` + merge + `"/>`
	switch merge {
	case "":
		properties = `<w:vMerge/>`
	case "none":
		properties = ""
	}
	row := `<w:tr>` + cellOf(properties, cells[0])
	for _, c := range cells[1:] {
		row += cellOf("", c)
	}
	return row + `</w:tr>`
}

func TestDOCXBody(t *testing.T) {
	box := func(text string) string {
		return `<w:txbxContent><w:p>` + run(text) + `</w:p></w:txbxContent>`
	}
	for _, tt := range []struct{ name, body, want string }{
		{"two paragraphs", `<w:p>` + run("甲") + run("乙") + `</w:p><w:p>` + run("丙") + `</w:p>`, "甲乙\n丙\n"},
		{"hard line break", `<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>`, "甲\n乙\n"},
		{"tab", `<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>`, "甲\t乙\n"},
		{"deleted", `<w:p>` + run("办理") + `<w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins>` + run("14") + `</w:ins>` + run("件") + `</w:p>`, "办理14件\n"},
		{"moved", `<w:p><w:moveFrom>` + run("旧") + `</w:moveFrom>` + run("文") + `<w:moveTo>` + run("新") + `</w:moveTo></w:p>`, "文新\n"},
		{"deleted end of a paragraph", `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>` + run("前半") + `</w:p><w:p>` + run("后半") + `</w:p>`, "前半后半\n"},
		{"struck", `<w:p>` + run("甲") + `<w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r><w:r><w:rPr><w:dstrike w:val="true"/></w:rPr><w:t>旧</w:t></w:r><w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>乙</w:t></w:r></w:p>`, "甲乙\n"},
		{"hidden", `<w:p>` + run("甲") + `<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>乙</w:t></w:r></w:p>`, "甲乙\n"},
		{"raised", `<w:p>` + run("放管服") + raised("12") + run("改革，每m") + raised("2") + run("，详见") + raised("注") + run("，H") + `<w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r>` + run("O") + `</w:p>`,
			"放管服¹²改革，每m²，详见注，H2O\n"},
		{"field", `<w:p>` + run("第") + `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>` + run("不见") +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("三") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + run("章") + `</w:p>`, "第三章\n"},
		{"simple field", `<w:p><w:fldSimple w:instr="DATE">` + run("2023年") + `</w:fldSimple></w:p>`, "2023年\n"},
		{"link", `<w:p><w:hyperlink r:id="r9">` + run("链接") + `</w:hyperlink></w:p>`, "链接\n"},
		{"text box in two forms", `<w:p>` + run("正文") + `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>` + box("框内") +
			`</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>` + box("框内") + `</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>` + run("继续") + `</w:p>`, "正文继续\n框内\n"},
		{"text box in the second form only", `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"/><mc:Fallback>` + box("框内") + `</mc:Fallback></mc:AlternateContent></w:r></w:p>`, "框内\n"},
		{"WordArt", `<w:p><w:r><w:pict><v:shape><v:textpath string="鼓楼区人民政府文件"/></v:shape></w:pict></w:r></w:p>`, "鼓楼区人民政府文件\n"},
		{"content control", `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent><w:p>` + run("内容") + `</w:p></w:sdtContent></w:sdt>`, "内容\n"},
		{"table", testkit.Table([][]string{{"甲", "", "丙"}, {"", "", ""}}), "甲 |  | 丙\n"},
		{"table with paragraphs in a cell", `<w:tbl><w:tr><w:tc><w:p>` + run("甲") + `</w:p><w:p>` + run("乙") + `</w:p></w:tc><w:tc><w:p>` + run("丙") + `</w:p></w:tc></w:tr></w:tbl>`, "甲 乙 | 丙\n"},
		{"merged over rows", `<w:tbl>` + mergedRow("restart", "行政处罚", "警告", "27件") + mergedRow("", "", "罚款", "9件") + mergedRow("none", "合计", "", "36件") + `</w:tbl>`,
			"行政处罚 | 警告 | 27件\n行政处罚 | 罚款 | 9件\n合计 |  | 36件\n"},
		{"merged over rows behind one over columns", `<w:tbl><w:tr>` + cellOf(`<w:gridSpan w:val="2"/>`, "事项") + cellOf(`<w:vMerge w:val="restart"/>`, "全区") + `</w:tr><w:tr>` +
			cellOf("", "许可") + cellOf("", "27件") + cellOf(`<w:vMerge/>`, "") + `</w:tr></w:tbl>`, "事项 | 全区\n许可 | 27件 | 全区\n"},
		{"long text merged over rows", `<w:tbl>` + mergedRow("restart", strings.Repeat("说明", 40), "警告", "27件") + mergedRow("", "", "罚款", "9件") + `</w:tbl>`,
			strings.Repeat("说明", 40) + " | 警告 | 27件\n | 罚款 | 9件\n"},
		{"table for the layout", `<w:tbl><w:tr><w:tc><w:p>` + run("一、情况") + `</w:p><w:p>` + run("正文。") + `</w:p></w:tc></w:tr></w:tbl>`, "一、情况\n正文。\n"},
		{"table in a table", `<w:tbl><w:tr><w:tc>` + testkit.Table([][]string{{"甲", "乙"}}) + `<w:p/></w:tc><w:tc><w:p>` + run("丙") + `</w:p></w:tc></w:tr></w:tbl>`, "甲 | 乙 | 丙\n"},
		{"reading above a word", `<w:p><w:r><w:ruby><w:rt>` + run("qū") + `</w:rt><w:rubyBase>` + run("区") + `</w:rubyBase></w:ruby></w:r></w:p>`, "区\n"},
		{"symbols", `<w:p><w:r><w:t>甲</w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="宋体" w:char="2103"/><w:noBreakHyphen/></w:r></w:p>`, "甲℃-\n"},
		{"settings before a change", `<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr>` + run("甲") + `</w:p>`, "甲\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := DOCX(testkit.DOCX(t, tt.body), extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if got.Body != tt.want {
				t.Errorf("body %q, want %q", got.Body, tt.want)
			}
		})
	}
}

func raised(text string) string {
	return `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>` + text + `</w:t></w:r>`
}

func TestDOCXNotes(t *testing.T) {
	reference := func(id string) string { return `<w:r><w:footnoteReference w:id="` + id + `"/></w:r>` }
	notes := `<w:footnotes` + testkit.WordNames + `><w:footnote w:id="-1"><w:p>` + run("分隔") + `</w:p></w:footnote>` +
		`<w:footnote w:id="2"><w:p>` + run("后注") + `</w:p></w:footnote><w:footnote w:id="3"><w:p>` + run("前注") + `</w:p></w:footnote></w:footnotes>`
	body := `<w:p>` + run("甲") + reference("3") + run("乙") + reference("2") + `</w:p><w:p>` + run("丙") + `</w:p>`
	got, err := DOCX(testkit.DOCX(t, body, "word/footnotes.xml", notes), extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "甲乙\n丙\n前注\n后注\n"; got.Body != want {
		t.Errorf("body %q, want %q", got.Body, want)
	}
}

func TestDOCXRefused(t *testing.T) {
	whole := testkit.Printed(t, testkit.SampleLines(t))
	huge := testkit.DOCX(t, `<w:p>`+run(strings.Repeat("报告", 1<<20))+`</w:p>`)
	deep := testkit.DOCX(t, strings.Repeat(`<w:sdt>`, 2000)+strings.Repeat(`</w:sdt>`, 2000))
	for _, tt := range []struct {
		name  string
		data  []byte
		words string
	}{
		{"no zip", []byte("PK\x03\x04 and no more"), "broken DOCX"},
		{"truncated", whole[:len(whole)/2], "broken DOCX"},
		{"bomb", huge, "size limit"},
		{"nested deeply", deep, "1000 deep"},
		{"XML breaks off", testkit.Zip(t, "[Content_Types].xml", testkit.ContentTypes, "word/document.xml", "<w:document><w:body><w:p>"), "word/document.xml"},
		{"no body", testkit.Zip(t, "[Content_Types].xml", testkit.ContentTypes, "word/styles.xml", "<w:styles/>"), "word/document.xml is missing"},
		{"empty", testkit.DOCX(t, `<w:p/>`), "no text"},
		{"picture only", testkit.DOCX(t, `<w:p><w:r><w:drawing/></w:r></w:p>`), "OCR"},
		{"document in a document", testkit.DOCX(t, `<w:p>`+run("甲")+`</w:p><w:altChunk r:id="r8"/>`), "another document"},
		{"workbook", testkit.Zip(t, "[Content_Types].xml", testkit.ContentTypes, "xl/workbook.xml", "<x/>"), "XLSX"},
		{"plain archive", testkit.Zip(t, "报告.txt", "报告"), "no DOCX"},
		{"private characters", testkit.DOCX(t, `<w:p>`+run("甲"+strings.Repeat("\uE123", 50))+`</w:p>`), "OCR"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			limits := extract.Limits{Bytes: 1 << 20}
			_, err := DOCX(tt.data, limits)
			testkit.Refused(t, err, tt.words)
		})
	}
}

func FuzzDOCX(f *testing.F) {
	f.Add([]byte(`<w:document><w:body><w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>`), []byte(numberingPart))
	f.Add([]byte(testkit.Table(testkit.Cases)), []byte(`<w:numbering/>`))
	f.Fuzz(func(t *testing.T, document, lists []byte) {
		data := testkit.Zip(t, "[Content_Types].xml", testkit.ContentTypes, "word/document.xml", string(document), "word/numbering.xml", string(lists))
		got, err := DOCX(data, extract.Limits{Bytes: 1 << 16})
		if err == nil && (len(got.Body) > 1<<16+1 || !bytes.HasSuffix([]byte(got.Body), []byte("\n"))) {
			t.Errorf("a body of %d bytes: %.80q", len(got.Body), got.Body)
		}
	})
}
