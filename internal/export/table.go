package export

import (
	"encoding/csv"
	"io"
	"slices"
	"time"

	"baogao"
)

// TableForms are the names of the forms that tables of counts can be written in.
var TableForms = []string{"csv", "xlsx"}

// Media is the media type of one of Forms.
func Media(form string) string { return formOf(form).media }

// AboutCounts says what tables of counts hold, in pairs of a name and a value: the
// questions by name, what they were filtered by and other names asked for, the generation, the day and the
// program, and what cells mean.
func AboutCounts(names, questions []string, filters [][2]string, s baogao.State, version string) [][2]string {
	var all [][2]string
	for i, name := range names {
		all = append(all, [2]string{"question: " + name, questions[i]})
	}
	for _, f := range filters { // two questions may have one word, and its other names
		if !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	return append(all, [][2]string{
		{"generation", s.Generation}, {"built", s.Built}, {"counted", time.Now().Format(time.DateOnly)}, {"program", program(version)},
		{"empty cells", "nothing is held within the filters, or, of occurrences and rates, the question asks for no word; 0 is held and not said"},
		{"per_10000", "occurrences × 10,000 / chars, the characters of the reports held"},
		{"…_low, …_high", "interval of 95 %: Byar's for rates, Wilson's for shares; empty for less than two reports"},
	}...)
}

// AboutTable is what a file holds as a table, with a head.
func AboutTable(about [][2]string) [][]any {
	rows := [][]any{{"what", "value"}}
	for _, a := range about {
		rows = append(rows, []any{a[0], a[1]})
	}
	return rows
}

// WriteAbout writes what a file holds as CSV, to lie beside it. It is no head of comment
// lines: readers of CSV that leave such lines out, as pandas and R can, cut cells at the #
// of the ids of passages as well.
func WriteAbout(w io.Writer, about [][2]string) error {
	return WriteTable(w, "csv", false, AboutTable(about), nil)
}

// WriteTable writes a table in one of TableForms. A workbook has a second sheet that
// says what it holds; a CSV, whose readers take every line for a record, has not, and
// begins with a byte order mark if bom is set.
func WriteTable(w io.Writer, form string, bom bool, table [][]any, about [][2]string) error {
	if form == "xlsx" {
		return Workbook(w, Sheet{Name: "data", Rows: Rows(table)}, Sheet{Name: "codebook", Rows: Rows(AboutTable(about))})
	}
	if bom {
		if _, err := io.WriteString(w, BOM); err != nil {
			return err
		}
	}
	c := csv.NewWriter(w)
	if err := c.WriteAll(Records(table)); err != nil {
		return err
	}
	return c.Error()
}
