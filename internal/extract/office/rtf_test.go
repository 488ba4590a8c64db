package office

import (
	"strings"
	"testing"

	"baogao/internal/extract"
	"baogao/internal/testkit"
)

func TestRTFOfLibreOffice(t *testing.T) {
	data := testkit.Convert(t, "printed.docx", testkit.Printed(t, testkit.SampleLines(t), testkit.Cases), "rtf")
	got, err := RTF(data, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	testkit.SameLines(t, got.Body, append(append(testkit.SampleLines(t), testkit.CaseRows...), "表格以上为统计数据，以下为正文。"))
	_, err = RTF(data[:len(data)/2], extract.Limits{})
	testkit.Refused(t, err, "breaks off")
}

func TestRTF(t *testing.T) {
	for _, tt := range []struct{ rtf, want string }{
		{`{\rtf1\ansi\ansicpg936 \'b7\'a8\'d6\'ce\par 2022\'c4\'ea\par}`, "法治\n2022年\n"},
		{`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 SimSun;}}\f1 \'b7\'a8{\f0 caf\'e9}\'d6\'ce}`, "法caf" + "é治\n"},
		{`{\rtf1\uc1\u27861?\u27835 ?}`, "法治\n"},
		{`{\rtf1\uc2\u27861\'b7\'a8\u-28671??}`, "法送\n"},
		{`{\rtf1\uc0\u-10174\u-8265 x}`, "𠮷x\n"},
		{`{\rtf1{\info{\title Secret}}{\header head}{\footer 1}body{\*\unknown nothing}{\pict 00ff}}`, "body\n"},
		{`{\rtf1 a{\field{\*\fldinst PAGE}{\fldrslt 3}}b}`, "a3b\n"},
		{`{\rtf1 a{\v hidden}b{\deleted gone}c}`, "abc\n"},
		{`{\rtf1 a{\strike gone}b\striked1 gone\striked0 c\strike gone\plain d}`, "abcd\n"},
		{`{\rtf1 a{\super 12}b m\super 2\nosupersub c {\super n}d\sub 2\plain e}`, "a¹²b m²c nd2e\n"},
		{`{\rtf1 text{\footnote note}more\par next}`, "textmore\nnext\nnote\n"},
		{`{\rtf1{\listtext\pard\plain \uc0\u19968 \u12289 \tab}one\par{\listtext 1.\tab}two}`, "一、one\n1. two\n"},
		{`{\rtf1\trowd\intbl a\cell b\line c\par d\cell\row\pard after}`, "a | b c d\nafter\n"},
		{`{\rtf1\trowd\clvmgf\cellx100\cellx200\intbl a\cell b\cell\row\trowd\clvmrg\cellx100\cellx200\intbl\cell c\cell\row\trowd\cellx100\cellx200\intbl\cell d\cell\row}`, "a | b\na | c\nd\n"},
		{`{\rtf1\trowd\cellx100\clvmgf\cellx200\intbl a\cell b\cell\row\trowd\cellx50\cellx100\clvmrg\cellx200\intbl c\cell d\cell\cell\row}`, "a | b\nc | d | b\n"},
		{`{\rtf1\trowd\clmgf\cellx100\clmrg\cellx200\cellx300\intbl a\cell\cell b\cell\row}`, "a | b\n"},
		{`{\rtf1\trowd\clvmgf\cellx100\cellx200\intbl a\cell b\cell\row\pard text\par\trowd\clvmrg\cellx100\cellx200\intbl\cell c\cell\row}`, "a | b\ntext\nc\n"},
		{`{\rtf1 a\line b\page c\emdash d\{\}\\}`, "a\nb\nc—d{}\\\n"},
		{`{\rtf1 a\~b\_c\-d\emspace e}`, "a\u00A0b-cd\u2003e\n"},
		{`{\rtf1 a\bin3 }}}b}`, "ab\n"},
		{`{\rtf1\ansi\ansicpg936{\fonttbl{\f2\fcharset204 Arial Cyr;}}\f2 1. \plain \'b8\'f7\'c7\'f8}`, "1. 各区\n"},
		{`{\rtf1\ansi\ansicpg1252\deff1{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 SimSun;}}\'b7\'a8{\f0 caf\'e9\plain\'d6\'ce}}`, "法caf" + "é治\n"},
		{`{\rtf1 a{\object\objemb{\*\objclass Word.Document}{\objname Annex}{\objdata 00ff}{\result \u27861?\u27835 ?{\pict 00ff}}}b}`, "a法治b\n"},
		{`{\rtf1{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt box\par}}{\shprslt twice}}}`, "box\n"},
	} {
		t.Run(tt.rtf, func(t *testing.T) {
			got, err := RTF([]byte(tt.rtf), extract.Limits{})
			if err != nil || got.Body != tt.want {
				t.Errorf("body %q, %v; want %q", got.Body, err, tt.want)
			}
		})
	}
}

func TestRTFRefused(t *testing.T) {
	for _, tt := range []struct{ name, rtf, words string }{
		{"no RTF", "text", "no RTF"},
		{"breaks off", `{\rtf1 text`, "breaks off"},
		{"empty", `{\rtf1\par}`, "no text"},
		{"nested", strings.Replace(strings.Repeat("{", 3000), "{", `{\rtf1`, 1), "1000 deep"},
		{"large", `{\rtf1 ` + strings.Repeat("text ", 1<<17) + `}`, "size limit"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := RTF([]byte(tt.rtf), extract.Limits{Bytes: 1 << 18})
			testkit.Refused(t, err, tt.words)
		})
	}
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 x;}}\'b7\'a8\par\u27861?\cell\row{\*\x y}\bin2 ab}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := RTF(data, extract.Limits{Bytes: 1 << 16})
		if err == nil && len(got.Body) > 1<<16+1 {
			t.Errorf("a body of %d bytes", len(got.Body))
		}
	})
}

// TestMergedRows reads tables with merged cells that LibreOffice wrote: each row says what
// the cell beside it does, as in the document they were made of.
func TestMergedRows(t *testing.T) {
	body := run("前") + `<w:tbl>` + mergedRow("restart", "行政处罚", "警告", "27件") + mergedRow("", "", "罚款", "9件") + mergedRow("restart", "行政许可", "受理", "12件") +
		mergedRow("", "", "办结", "11件") + mergedRow("", "", "退件", "1件") + mergedRow("none", "合计", "", "60件") + `</w:tbl>`
	docx := testkit.DOCX(t, `<w:p>`+body[:len(run("前"))]+`</w:p>`+body[len(run("前")):])
	want := strings.Split("前;行政处罚 | 警告 | 27件;行政处罚 | 罚款 | 9件;行政许可 | 受理 | 12件;行政许可 | 办结 | 11件;行政许可 | 退件 | 1件;合计 |  | 60件", ";")
	for filter, read := range map[string]func([]byte, extract.Limits) (extract.Text, error){"rtf": RTF, "doc:MS Word 97": DOC} {
		t.Run(filter, func(t *testing.T) {
			got, err := read(testkit.Convert(t, "merged.docx", docx, filter), extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			testkit.SameLines(t, got.Body, want)
		})
	}
}
