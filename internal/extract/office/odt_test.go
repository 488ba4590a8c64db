package office

import (
	"strings"
	"testing"

	"baogao/internal/extract"
	"baogao/internal/testkit"
)

func TestODTOfLibreOffice(t *testing.T) {
	data := testkit.Convert(t, "printed.docx", testkit.Printed(t, testkit.SampleLines(t), testkit.Cases), "odt")
	got, err := ODT(data, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	testkit.SameLines(t, got.Body, append(append(testkit.SampleLines(t), testkit.CaseRows...), "表格以上为统计数据，以下为正文。"))
}

// odtOf is an OpenDocument text with a body.
func odtOf(tb testing.TB, body string, more ...string) []byte {
	tb.Helper()
	files := []string{
		"mimetype", "application/vnd.oasis.opendocument.text",
		"META-INF/manifest.xml", "<manifest/>",
		"content.xml", `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="a" xmlns:draw="d" xmlns:style="s"><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`,
	}
	return testkit.Zip(tb, append(files, more...)...)
}

func TestODTBody(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{`<text:h>一、情况</text:h><text:p>甲<text:span>乙</text:span></text:p>`, "一、情况\n甲乙\n"},
		{`<text:p>甲<text:line-break/>乙<text:s text:c="2"/>丙<text:tab/>丁</text:p>`, "甲\n乙  丙\t丁\n"},
		{`<text:tracked-changes><text:p>旧</text:p></text:tracked-changes><text:p>新</text:p>`, "新\n"},
		{`<text:p>甲<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note>乙</text:p><text:p>丙</text:p>`, "甲乙\n丙\n注\n"},
		{`<text:p>甲<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>乙</text:p>`, "甲乙\n框\n"},
		{`<text:p>甲<office:annotation><text:p>批注</text:p></office:annotation></text:p>`, "甲\n"},
		{`<office:automatic-styles><style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style><style:style style:name="T2"><style:text-properties style:text-line-through-style="none"/></style:style></office:automatic-styles>` +
			`<text:p>受理<text:span text:style-name="T1">三十</text:span><text:span text:style-name="T2">三十一</text:span>件</text:p>`, "受理三十一件\n"},
		{`<text:list><text:list-item><text:p>甲</text:p></text:list-item></text:list>`, "甲\n"},
		{`<table:table><table:table-row><table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="2"><text:p>处罚</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>27件</text:p></table:table-cell></table:table-row>` +
			`<table:table-row><table:covered-table-cell/><table:covered-table-cell/><table:table-cell><text:p>9件</text:p></table:table-cell></table:table-row>` +
			`<table:table-row><table:table-cell/><table:table-cell/><table:table-cell><text:p>8件</text:p></table:table-cell></table:table-row></table:table>`, "处罚 |  | 27件\n处罚 |  | 9件\n8件\n"},
		{`<table:table><table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell><table:table-cell/><table:table-cell><text:p>丙</text:p></table:table-cell></table:table-row></table:table>`, "甲 |  | 丙\n"},
	} {
		t.Run(tt.body, func(t *testing.T) {
			got, err := ODT(odtOf(t, tt.body), extract.Limits{})
			if err != nil || got.Body != tt.want {
				t.Errorf("body %q, %v; want %q", got.Body, err, tt.want)
			}
		})
	}
}

func TestODTRefused(t *testing.T) {
	manifest := "<manifest><encryption-data/></manifest>"
	for _, tt := range []struct {
		name  string
		data  []byte
		words string
	}{
		{"encrypted", testkit.Zip(t, "content.xml", "?", "META-INF/manifest.xml", manifest), "encrypted; remove the password"},
		{"sheet", testkit.Zip(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<a/>", "META-INF/manifest.xml", "<a/>"), "no text"},
		{"empty", odtOf(t, "<text:p/>"), "no text in it"},
		{"breaks off", testkit.Zip(t, "content.xml", "<a><b>", "META-INF/manifest.xml", "<a/>"), "content.xml"},
		{"bomb", odtOf(t, "<text:p>"+strings.Repeat("报", 1<<20)+"</text:p>"), "200 times"},
		{"blanks", odtOf(t, "<text:p>"+strings.Repeat(`<text:s text:c="200"/>`, 9000)+"</text:p>"), "size limit"},
		{"DOCX", testkit.Printed(t, []string{"甲"}), "DOCX document, not ODT"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ODT(tt.data, extract.Limits{Bytes: 1 << 20})
			testkit.Refused(t, err, tt.words)
		})
	}
}

func FuzzODT(f *testing.F) {
	f.Add(`<text:p>甲<text:s text:c="9"/></text:p>`)
	f.Fuzz(func(t *testing.T, body string) {
		got, err := ODT(odtOf(t, body), extract.Limits{Bytes: 1 << 16})
		if err == nil && len(got.Body) > 1<<16+1 {
			t.Errorf("a body of %d bytes", len(got.Body))
		}
	})
}
