package corpus

import (
	"context"
	"strings"
	"testing"
)

// TestTablesOfSpreadsheets reads tables with a line that names the separator, and with
// the line ends of old programs.
func TestTablesOfSpreadsheets(t *testing.T) {
	for _, table := range []string{
		"sep=;\n标题;正文\n甲报告;甲县受理案件。\n乙报告;乙县受理案件。\n", "标题,正文\r甲报告,甲县受理案件。\r乙报告,乙县受理案件。\r", "sep=,\r\n标题,正文\r\n甲报告,甲县受理案件。\r\n乙报告,乙县受理案件。\r\n",
	} {
		reports, faults := Read("a.csv", []byte(table), Options{})
		if len(faults) > 0 || len(reports) != 2 || reports[1].Meta.Title != "乙报告" {
			t.Errorf("%q: %v, %v", table, ids(reports), faults)
		}
	}
}

// TestReaderDies has a reader that dies over a file: that is the file's fault.
func TestReaderDies(t *testing.T) {
	q := newQueue(Options{}.withDefaults(), nil)
	f := &find{read: func(context.Context) (document, error) { panic("index out of range") }}
	if q.make(f); f.report != nil || f.failure == nil || !strings.Contains(f.failure.Error(), "makes its reader fail") {
		t.Errorf("report %v, fault %v", f.report, f.failure)
	}
}
