package table

import (
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
			r := NewReader(tt.table)
			var got []string
			for {
				record, err := r.Next()
				if err == io.EOF {
					break
				}
				if err != nil && (!errors.Is(err, ErrQuote) || len(record) == 0) { // a row may come with a note
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

// FuzzTable reads the rows of tables: each byte is read once, and no row is told
// twice.
func FuzzTable(f *testing.F) {
	f.Add("a,b\n司法\"局,\"办理\n公安,结案\n")
	f.Add("a\tb\n\"办理\n")
	f.Add("a,b\n" + strings.Repeat("a\"b,\"c\n", 100))
	f.Fuzz(func(t *testing.T, text string) {
		r := NewReader(text)
		for rows := 0; ; rows++ {
			left := len(r.rest)
			record, err := r.Next()
			if err == io.EOF {
				return
			}
			if len(r.rest) >= left {
				t.Fatalf("row %d of %q takes nothing", rows, text)
			}
			if r.columns == 0 {
				r.columns = len(record)
			}
		}
	})
}
