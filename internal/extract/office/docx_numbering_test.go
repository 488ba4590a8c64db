package office

import (
	"fmt"
	"strings"
	"testing"

	"baogao/internal/extract"
	"baogao/internal/testkit"
)

// numberingPart has a list of headings (1), the same list begun again (2),
// articles (3), bullets (4), a list of styles (5), articles
// that are counted through all chapters (6).
const numberingPart = `<w:numbering` + testkit.WordNames + `>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%4"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF06C;"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Chapter"/><w:lvlText w:val="第%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:pStyle w:val="Section"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlRestart w:val="0"/><w:lvlText w:val="第%2条"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="4"/></w:num>
</w:numbering>`

const stylesPart = `<w:styles` + testkit.WordNames + `>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="Chapter"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Section"><w:name w:val="Section"/><w:basedOn w:val="Chapter"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
</w:styles>`

// listed is a paragraph of the test tables: list/level text, @style text, or
// text alone.
func listed(s string) string {
	place, text, ok := strings.Cut(s, " ")
	properties := ""
	switch {
	case !ok:
		text = s
	case place[0] == '@':
		properties = `<w:pStyle w:val="` + place[1:] + `"/>`
	default:
		list, level, _ := strings.Cut(place, "/")
		properties = `<w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + list + `"/></w:numPr>`
	}
	return `<w:p><w:pPr>` + properties + `</w:pPr>` + run(text) + `</w:p>`
}

// listDocument is a document of paragraphs of the test tables, with a semicolon
// between them.
func listDocument(t *testing.T, paragraphs string) []byte {
	t.Helper()
	var body strings.Builder
	for _, p := range strings.Split(paragraphs, ";") {
		body.WriteString(listed(p))
	}
	return testkit.DOCX(t, body.String(), "word/numbering.xml", numberingPart, "word/styles.xml", stylesPart)
}

func TestDOCXNumbering(t *testing.T) {
	for _, tt := range []struct{ paragraphs, want string }{
		{"1/0 甲;1/1 乙;1/1 丙;1/0 丁;1/1 戊", "一、甲;（一）乙;（二）丙;二、丁;（一）戊"},
		{"1/0 甲;正文;1/1 乙;正文;1/2 丙;1/2 丁;1/1 戊;1/2 己", "一、甲;正文;（一）乙;正文;1. 丙;2. 丁;（二）戊;1. 己"},
		{"1/0 甲;2/0 乙;2/0 丙;1/0 丁", "一、甲;五、乙;六、丙;七、丁"},
		{"1/0 甲;1/0 乙;1/1 丙;1/3 丁", "一、甲;二、乙;（一）丙;2.1.1 丁"},
		{"3/0 甲;3/0 乙;3/0 丙", "第九条 甲;第十条 乙;第十一条 丙"},
		{"4/0 甲;4/1 乙", "● 甲;乙"},
		{"@Chapter 甲;@Section 乙;@Section 丙;@Chapter 丁;@Section 戊", "第1章 甲;1.1 乙;1.2 丙;第2章 丁;2.1 戊"},
		{"6/0 甲;6/1 乙;6/1 丙;6/0 丁;6/1 戊", "第一章 甲;第一条 乙;第二条 丙;第二章 丁;第三条 戊"},
		{"@Loop 甲;9/0 乙;0/0 丙;@none 丁", "甲;乙;丙;丁"},
		{"1/99 甲;1/-4 乙", "甲;一、乙"},
	} {
		t.Run(tt.paragraphs, func(t *testing.T) {
			got, err := DOCX(listDocument(t, tt.paragraphs), extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.ReplaceAll(tt.want, ";", "\n") + "\n"; got.Body != want {
				t.Errorf("got %q, want %q", got.Body, want)
			}
		})
	}
}

func TestFormatNumber(t *testing.T) {
	for _, tt := range []struct {
		format string
		n      int
		want   string
	}{
		{"chineseCounting", 1, "一"},
		{"chineseCounting", 10, "十"},
		{"chineseCounting", 12, "十二"},
		{"chineseCountingThousand", 20, "二十"},
		{"chineseCountingThousand", 21, "二十一"},
		{"chineseCountingThousand", 103, "一百〇三"},
		{"chineseCountingThousand", 110, "一百一十"},
		{"chineseCountingThousand", 3005, "三千〇五"},
		{"chineseCountingThousand", 10010, "一万〇一十"},
		{"chineseCountingThousand", 100000, "100000"},
		{"chineseCountingThousand", 0, "0"},
		{"taiwaneseCountingThousand", 10000, "一萬"},
		{"chineseLegalSimplified", 10, "壹拾"},
		{"ideographDigital", 10, "一〇"},
		{"ideographTraditional", 3, "丙"},
		{"ideographTraditional", 11, "11"},
		{"decimalEnclosedCircleChinese", 20, "⑳"},
		{"decimalFullWidth", 12, "１２"},
		{"decimalZero", 7, "07"},
		{"decimalZero", 17, "17"},
		{"upperRoman", 1994, "MCMXCIV"},
		{"lowerRoman", 4, "iv"},
		{"upperRoman", 5000, "5000"},
		{"lowerLetter", 26, "z"},
		{"lowerLetter", 28, "bb"},
		{"upperLetter", 1000000, "1000000"},
		{"numberInDash", 3, "- 3 -"},
		{"none", 3, ""},
		{"hebrew1", 3, "3"},
	} {
		t.Run(fmt.Sprint(tt.format, " ", tt.n), func(t *testing.T) {
			if got := formatNumber(tt.n, tt.format); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
