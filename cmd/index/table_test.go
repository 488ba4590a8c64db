package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestManyFiles builds an index of many files, some of them bad: the table has a
// row for each that says how it went.
func TestManyFiles(t *testing.T) {
	const all, bad = 200, 10
	dir := t.TempDir()
	for i := range all {
		text := fmt.Sprintf("遂宁市安居区人民政府%d年度法治政府建设报告\n全区第%d件行政复议案件已经办结。\n", 2000+i%25, i)
		if i%(all/bad) == 7 {
			text = []string{"", "\x00\x01", "%PDF-1.4", "PK\x03\x04", "Rar!"}[i/(all/bad)%5]
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.txt", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, strict := range []bool{false, true} {
		table, log := filepath.Join(t.TempDir(), "files.csv"), &strings.Builder{}
		args := []string{"build", dir, "--index", filepath.Join(t.TempDir(), "index"), "--report", table}
		want := 0
		if strict {
			args, want = append(args, "--strict"), 1
		}
		if got := run(t.Context(), args, log, log); got != want {
			t.Fatalf("exit code %d, want %d\n%s", got, want, log)
		}
		rows := readTable(t, table)
		count := map[string]int{}
		for _, r := range rows {
			count[r["status"]]++
			indexed := r["status"] == statusIndexed
			if indexed == (r["reason"] != "") || indexed != (r["format"] == "text" && r["region_code"] == "510904" && r["level"] == "district" && r["kind"] == "rule-of-law" && r["year"] != "" && r["region_confidence"] != "") {
				t.Fatalf("row %v", r)
			}
		}
		if len(rows) != all || count[statusIndexed] != all-bad || count[statusSkipped] != bad {
			t.Errorf("%d rows: %v", len(rows), count)
		}
		if summary := fmt.Sprintf("%d reports, %d passages", all-bad, 2*(all-bad)); !strings.Contains(log.String(), summary) || !strings.Contains(log.String(), fmt.Sprintf("%d skipped", bad)) {
			t.Errorf("no %q in the log:\n%s", summary, log)
		}
	}
}

func readTable(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}
