package export_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/export"
	"baogao/internal/testkit"
)

// TestSpreadsheetOpensIt has LibreOffice open a file and save it again: every
// cell is the text it was, none is calculated.
func TestSpreadsheetOpensIt(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed: without LibreOffice no spreadsheet opens the file")
	}
	if office, err = filepath.EvalSymlinks(office); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(office), "libsclo.so")); err != nil {
		t.Skip("LibreOffice has no Calc here: no spreadsheet opens the file")
	}
	var file bytes.Buffer
	w := export.NewCSV(&file, export.Options{BOM: true})
	for i, text := range []string{
		"依法办理行政复议案件14件。", "=1+1", "＝1+1", "+86", "-5", "@SUM(A1)", "\t=1+1", "他说：“好”，\"对\";完", "第一行\n第二行", "行政復議㐀𠀀",
	} {
		h := &baogao.Hit{
			ID: "a#p" + string(rune('1'+i)), Text: text, Section: []string{"=cmd|' /C calc'!A0"}, Paragraph: i + 1,
			Report: baogao.Meta{ID: "a", Title: text, Number: "遂安委〔2023〕21号", Region: baogao.Region{Code: "510904", Name: "四川省遂宁市安居区"}},
		}
		if err := w.Write(h); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	want, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file.Bytes(), []byte(export.BOM)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	// Fields by commas, texts in quotes, UTF-8.
	saved := testkit.Convert(t, "baogao.csv", file.Bytes(), "csv:Text - txt - csv (StarCalc):44,34,76,1")
	got, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(saved, []byte(export.BOM)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, rows := range [][][]string{got, want} {
		for _, row := range rows {
			row[1] = ""                                                           // the score, a number that is shown in another form
			row[14], row[17] = strings.ToLower(row[14]), strings.ToLower(row[17]) // truth values
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("opened and saved it is\n%q, it was\n%q", got, want)
	}
}
