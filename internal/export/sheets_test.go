package export

import (
	"bytes"
	"slices"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"baogao"
)

// TestSheetsGoOn writes more hits than a sheet takes: the next one begins, with the
// columns again, and no hit is lost.
func TestSheetsGoOn(t *testing.T) {
	var b bytes.Buffer
	x := NewXLSX(&b, Options{})
	x.most = 2
	for i := range 5 {
		if err := x.Write(&baogao.Hit{ID: strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Flush(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var first []string // cells of all rows
	for _, sheet := range []string{"hits", "hits2", "hits3"} {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			first = append(first, row[0])
		}
	}
	if want := []string{"id", "0", "1", "id", "2", "3", "id", "4"}; !slices.Equal(first, want) {
		t.Errorf("%q, want %q", first, want)
	}
}
