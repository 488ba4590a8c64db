package office

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"baogao/internal/extract"
	"baogao/internal/extract/budget"
	"baogao/internal/testkit"
)

// workbook writes a workbook of sheets in order, each a name and rows.
func workbook(t testing.TB, sheets ...[][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, rows := range sheets {
		name := rows[0][0].(string)
		if i == 0 {
			f.SetSheetName("Sheet1", name)
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for n, row := range rows[1:] {
			cell, _ := excelize.CoordinatesToCellName(1, n+1)
			if err := f.SetSheetRow(name, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
		if name == "隐藏" {
			f.SetSheetVisible(name, false)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestXLSX(t *testing.T) {
	data := workbook(t,
		[][]any{{"行政执法统计"}, {"临江县2022年行政执法统计表"}, {"项目", "件数", "占比"}, {"行政处罚", 27, "12.5%"}, {"", "", ""}, {"行政许可\n（含备案）", 1201}},
		[][]any{{"Sheet2"}, {"填报说明：数据截至十二月底。"}},
		[][]any{{"隐藏"}, {"草稿"}},
	)
	const want = "行政执法统计\n临江县2022年行政执法统计表\n项目 | 件数 | 占比\n行政处罚 | 27 | 12.5%\n行政许可 （含备案） | 1201\n填报说明：数据截至十二月底。\n"
	if got, err := XLSX(data, extract.Limits{}); err != nil || got.Body != want {
		t.Errorf("%v, %q", err, got.Body)
	}
}

// TestXLSXFarAcross refuses a small workbook whose rows reach over all columns.
func TestXLSXFarAcross(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for row := range 200 {
		cell, _ := excelize.CoordinatesToCellName(16384, row+1)
		if err := f.SetCellValue("Sheet1", cell, "甲"); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	_, err := XLSX(b.Bytes(), extract.Limits{})
	if !errors.Is(err, budget.ErrSteps) {
		t.Errorf("error %v, want %v", err, budget.ErrSteps)
	}
}

// TestXLSXOfLibreOffice reads what another program writes.
func TestXLSXOfLibreOffice(t *testing.T) {
	data := testkit.Convert(t, "table.csv", []byte("项目,件数\n行政处罚,27\n行政许可,1201\n"), "xlsx")
	got, err := XLSX(data, extract.Limits{})
	if err != nil || !strings.HasSuffix(got.Body, "项目 | 件数\n行政处罚 | 27\n行政许可 | 1201\n") {
		t.Errorf("%v, %q", err, got.Body)
	}
}

// TestHostileXLSX: what unpacks to more than the limit, or is broken, is an error;
// a cell far out costs little.
func TestHostileXLSX(t *testing.T) {
	if _, err := XLSX(workbook(t, [][]any{{"表"}, {strings.Repeat("字", 30000)}}), extract.Limits{Bytes: 20000}); err == nil {
		t.Error("more than the limit is read")
	}
	whole := workbook(t, [][]any{{"表"}, {"全县受理行政复议案件。", 3}})
	if _, err := XLSX(whole[:len(whole)/2], extract.Limits{}); err == nil {
		t.Error("half a file is read")
	}
	far := repack(t, whole, "xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c></row></sheetData></worksheet>`)
	if got, err := XLSX(far, extract.Limits{}); err != nil || got.Body != "表\n远\n" {
		t.Errorf("%v, %q", err, got.Body)
	}
	if _, err := XLSX(repack(t, whole, "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c"), extract.Limits{}); err == nil {
		t.Error("a broken sheet is read")
	}
	if _, err := XLSX(repack(t, whole, "xl/worksheets/sheet1.xml", strings.Repeat(" ", 80<<20)), extract.Limits{}); err == nil {
		t.Error("a bomb is read")
	}
}

// repack writes an archive with another file of a name.
func repack(t testing.TB, data []byte, name, content string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		out, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == name {
			io.WriteString(out, content)
			continue
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(out, in)
		in.Close()
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzXLSX reads sheets, and the texts and forms of their cells, of any kind.
func FuzzXLSX(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="XFD1"><v>45000.5</v></c></row>`, `<si><t>办结</t></si>`, `<xf numFmtId="14"/>`)
	f.Add(`<row r="1048576"><c r="A99999999999"><v>1e308</v></c></row><row r="0"/>`, `<si/>`, `<xf numFmtId="-1"/>`)
	f.Add(`<c t="s"><v>-1</v></c><row><c t="inlineStr"><is><r><t>甲</t></r></is></c><c t="e"/></row>`, ``, ``)
	const head, space = `<?xml version="1.0"?>`, ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
	whole := workbook(f, [][]any{{"表"}, {"甲", 45000.5}})
	f.Fuzz(func(t *testing.T, rows, texts, forms string) {
		data := repack(t, whole, "xl/worksheets/sheet1.xml", head+`<worksheet`+space+`<sheetData>`+rows+`</sheetData></worksheet>`)
		data = repack(t, data, "xl/sharedStrings.xml", head+`<sst`+space+texts+`</sst>`)
		data = repack(t, data, "xl/styles.xml", head+`<styleSheet`+space+`<cellXfs>`+forms+`</cellXfs></styleSheet>`)
		got, err := XLSX(data, extract.Limits{Bytes: 1 << 16})
		if err == nil && len(got.Body) > 1<<16+1 {
			t.Errorf("a body of %d bytes", len(got.Body))
		}
	})
}
