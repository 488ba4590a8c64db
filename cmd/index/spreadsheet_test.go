package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baogao/internal/testkit"
)

// formulas are what strangers would have a spreadsheet compute or execute.
var formulas = []string{
	"=1+1", "+1+1", "-1+1", "@SUM(A1:A9)", "＝1+1", " =1+1", `=cmd|'/C calc'!A0`, `=HYPERLINK("http://zq9x.example","x")`,
	`=WEBSERVICE("http://zq9x.example")`, `=DDE("soffice","x","y")`,
}

// TestSpreadsheetComputesNothing has LibreOffice open the table of a build of
// hostile reports: every cell is text or a number of ours, none is a formula or
// a link.
func TestSpreadsheetComputesNothing(t *testing.T) {
	dir := t.TempDir()
	var lines strings.Builder
	for _, f := range formulas {
		line, err := json.Marshal(map[string]string{"id": f, "title": f, "region": f, "level": f, "issuer": f, "text": f + "行政复议。"})
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(line, '\n'))
	}
	name := filepath.Join(t.TempDir(), "files.csv")
	for file, text := range map[string]string{"many.jsonl": lines.String(), "=1+1.txt": "", "@a.txt": "正文。", "metadata.csv": "file,=1+1\n=1+1,x\n"} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	log := &strings.Builder{}
	args := []string{"build", "many.jsonl", "=1+1.txt", "@a.txt", "--index", filepath.Join(t.TempDir(), "index"), "--report", name}
	if code := run(t.Context(), args, log, log); code != 0 {
		t.Fatalf("exit code %d\n%s", code, log)
	}
	for _, row := range readTable(t, name) {
		for column, cell := range row {
			if strings.IndexAny(strings.TrimSpace(cell), "=+-@＝") == 0 {
				t.Errorf("%s is %q", column, cell)
			}
		}
	}
	shown := cellsOf(t, testkit.Convert(t, "files.csv", []byte(content(t, name)), "fods"))
	for _, f := range append(formulas, "=1+1.txt", "@a.txt") {
		if !shown["'"+strings.TrimSpace(f)] && !shown["'"+f] {
			t.Errorf("no cell shows '%s", f)
		}
	}
}

// cellsOf are the texts of the cells of a spreadsheet in flat XML, which must not
// compute or link anything.
func cellsOf(t *testing.T, sheet []byte) map[string]bool {
	t.Helper()
	for _, active := range []string{"table:formula=", "<text:a ", "dde-link", "dde-source", "table-source"} {
		if bytes.Contains(sheet, []byte(active)) {
			t.Errorf("the sheet has %s", active)
		}
	}
	texts := map[string]bool{}
	for d := xml.NewDecoder(bytes.NewReader(sheet)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return texts
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "table-cell" {
			var cell struct {
				Text string `xml:"p"`
			}
			if err := d.DecodeElement(&cell, &start); err != nil {
				t.Fatal(err)
			}
			texts[cell.Text] = true
		}
	}
}
