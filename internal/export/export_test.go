package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/export"
)

var sample = baogao.Hit{
	ID: "=a.txt#p1", Score: 1.5,
	Report: baogao.Meta{
		ID: "=a.txt", Title: "关于2022年度, \"法治政府\"的报告", Kind: baogao.RuleOfLaw, Level: baogao.City, Year: 2022,
		Region: baogao.Region{Code: "510900", Name: "四川省遂宁市"}, Issuer: "@遂宁市", Number: "-1号", Published: "2023-01-18", Source: "＝源",
	},
	Sure: baogao.Sure{
		Region: baogao.Basis{Confidence: 0.970001, Origin: baogao.Inferred}, Level: baogao.Basis{Confidence: 1, Origin: baogao.Given},
		Year: baogao.Basis{Confidence: 0.6, Origin: baogao.Inferred}, Kind: baogao.Basis{Origin: baogao.Inferred},
	},
	OCR:     &baogao.Recognition{Pages: 2, Confidence: 0.87},
	Section: []string{"+一", "(二)"}, Paragraph: 1, Plan: true, Text: "第一行\r\n第二行\x00", Highlights: []baogao.Span{{Start: 0, End: 1}},
}

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	w := export.NewCSV(&b, export.Options{})
	if err := errors.Join(w.Write(&sample), w.Write(&baogao.Hit{}), w.Flush()); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		export.Columns,
		{"'=a.txt#p1", "1.5000", "关于2022年度, \"法治政府\"的报告", "rule-of-law", "city", "2022", "510900", "四川省遂宁市", "'@遂宁市", "'-1号",
			"2023-01-18", "'＝源", "'+一 › (二)", "1", "false", "1", "第一行\n第二行\uFFFD", "true",
			"0.970001", "1", "0.6", "0", "inferred", "given", "inferred", "inferred",
			"'@遂宁市. 关于2022年度, \"法治政府\"的报告: -1号[Z]. 2023-01-18: 第1段.", "search show '=a.txt#p1'", "0.87"},
		{"", "0.0000", "", "", "", "", "", "", "", "", "", "", "", "0", "false", "0", "", "false", "0", "0", "0", "0", "", "", "", "", "[文件][Z]. 标题.", "search show ''", ""},
	}
	if !reflect.DeepEqual(rows, want) {
		t.Errorf("%q, want\n%q", rows, want)
	}
}

// TestGroupedCSV has two columns more, at the end.
func TestGroupedCSV(t *testing.T) {
	var b bytes.Buffer
	w, hit := export.NewCSV(&b, export.Options{Grouped: true}), sample
	hit.InReport = &baogao.Matches{Passages: 3, Occurrences: 5}
	if err := errors.Join(w.Write(&hit), w.Flush()); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	n := len(export.Columns)
	if len(rows) != 2 || !slices.Equal(rows[0][n:], export.GroupedColumns) || !slices.Equal(rows[1][n:], []string{"3", "5"}) {
		t.Errorf("%q", rows)
	}
}

func TestCell(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"=1+1", "'=1+1"},
		{"+86", "'+86"},
		{"-街道", "'-街道"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"＝1", "'＝1"},
		{"＋1", "'＋1"},
		{"－1", "'－1"},
		{"＠1", "'＠1"},
		{"  =1", "'  =1"},
		{"\u3000=1", "'\u3000=1"},
		{"\uFEFF=1", "'\uFEFF=1"},
		{"\u200B=1", "'\u200B=1"},
		{"\t甲", "'\t甲"},
		{"\r甲", "'\n甲"},
		{"\n=1", "'\n=1"},
		{"甲=1", "甲=1"},
		{"14件", "14件"},
		{"'=1", "'=1"},
		{"", ""},
		{" ", " "},
		{"甲\x00乙\x1A丙\x7F\u0085", "甲\uFFFD乙\uFFFD丙\uFFFD\uFFFD"},
		{"甲\r\n乙\r丙\n丁\t戊", "甲\n乙\n丙\n丁\t戊"},
		{"\xff甲", "\uFFFD甲"},
	} {
		if got := export.Cell(tt.in); got != tt.want {
			t.Errorf("%q becomes %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestByteOrderMark(t *testing.T) {
	for _, bom := range []bool{false, true} {
		var b bytes.Buffer
		if err := export.NewCSV(&b, export.Options{BOM: bom}).Flush(); err != nil {
			t.Fatal(err)
		}
		head, marked := strings.CutPrefix(b.String(), "\xEF\xBB\xBF")
		if marked != bom || head != strings.Join(export.Columns, ",")+"\n" {
			t.Errorf("bom %v: %q", bom, b.String())
		}
	}
}

func TestJSONLIsUnaltered(t *testing.T) {
	var b bytes.Buffer
	w := export.NewJSONL(&b, export.Options{})
	if err := errors.Join(w.Write(&sample), w.Write(&baogao.Hit{ID: "<b>"}), w.Flush()); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	var got baogao.Hit
	if err := json.Unmarshal([]byte(lines[0]), &got); err != nil {
		t.Fatal(err)
	}
	var line struct{ Citation, Link string }
	if err := json.Unmarshal([]byte(lines[0]), &line); err != nil || line.Citation != `@遂宁市. 关于2022年度, "法治政府"的报告: -1号[Z]. 2023-01-18: 第1段.` {
		t.Errorf("the citation is %q, %v", line.Citation, err)
	}
	if line.Link != "search show '=a.txt#p1'" {
		t.Errorf("the link is %q", line.Link)
	}
	if len(lines) != 3 || lines[2] != "" || !reflect.DeepEqual(got, sample) || !strings.Contains(lines[1], `"<b>"`) {
		t.Errorf("%q", lines)
	}
}

// full is a writer that takes no more than a few bytes.
type full struct{ left int }

func (f *full) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

var errFull = errors.New("no space left")

func TestErrorsOfTheWriterAreTold(t *testing.T) {
	for name, w := range map[string]export.Writer{
		"csv": export.NewCSV(&full{100}, export.Options{BOM: true}), "jsonl": export.NewJSONL(&full{100}, export.Options{}), "xlsx": export.NewXLSX(&full{100}, export.Options{}), "md": export.NewMarkdown(&full{100}, export.Options{}),
		"bom": export.NewCSV(&full{1}, export.Options{BOM: true}),
	} {
		var err error
		for range 1000 {
			err = errors.Join(err, w.Write(&sample))
		}
		if err = errors.Join(err, w.Flush()); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !slices.Equal(export.Forms, []string{"csv", "jsonl", "xlsx", "md"}) {
		t.Errorf("a form without a row above: %v", export.Forms)
	}
}
