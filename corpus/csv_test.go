package corpus

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// TestStrayQuotes reads rows of which cells have quotation marks that open or close
// nothing: each row is told by itself.
func TestStrayQuotes(t *testing.T) {
	for _, tt := range []struct {
		table string
		want  []string // the rows, cells between bars
	}{
		{"a,b\n司法\"局,\"办理\n公安,结案\n", []string{"a|b", "司法\"局|办理\n", "公安|结案"}},
		{"a,b\n司法\"局,\"办理\n\"公安\",结案\n", []string{"a|b", "司法\"局|办理\n", "公安|结案"}},
		{"a,b\n司法\"局,\"办理\n两行\"\n公安,结案\n", []string{"a|b", "司法\"局|办理\n两行", "公安|结案"}},
		{"a,b\n\"办理\n两行\",司法局\n公安,结案\n", []string{"a|b", "办理\n两行|司法局", "公安|结案"}},
	} {
		t.Run(tt.table, func(t *testing.T) {
			r := tableReader{rest: tt.table, line: 1, comma: ',', spare: mostSpare * len(tt.table)}
			var got []string
			for {
				record, err := r.next()
				if err == io.EOF {
					break
				}
				if err != nil && (!errors.Is(err, errQuote) || len(record) == 0) { // a row may come with a note
					t.Fatal(err)
				}
				got = append(got, strings.Join(record, "|"))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("rows %q, want %q", got, tt.want)
			}
		})
	}
}

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
