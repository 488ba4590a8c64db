// Package figures prints what was measured: numbers, tables and notes in
// Markdown, and where they go in a page.
package figures

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Table is rows of cells under a head.
type Table struct {
	head []string
	rows [][]string
}

// NewTable begins a table of columns, of which all but the first are numbers.
func NewTable(head ...string) *Table { return &Table{head: head} }

// Add adds a row. Floats are printed by Number, and of a slice each value is a
// cell.
func (t *Table) Add(cells ...any) {
	var row []string
	for _, c := range cells {
		switch c := c.(type) {
		case float64:
			row = append(row, Number(c))
		case []float64:
			for _, v := range c {
				row = append(row, Number(v))
			}
		case []string:
			row = append(row, c...)
		default:
			row = append(row, fmt.Sprint(c))
		}
	}
	t.rows = append(t.rows, row)
}

// String is the table in Markdown.
func (t *Table) String() string {
	var b strings.Builder
	line := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(t.head)
	b.WriteString("|---" + strings.Repeat("|--:", len(t.head)-1) + "|\n")
	for _, cells := range t.rows {
		line(cells)
	}
	return b.String()
}

// Notes is a list in Markdown.
type Notes struct{ strings.Builder }

// Add adds an item.
func (n *Notes) Add(format string, args ...any) { fmt.Fprintf(n, "- "+format+"\n", args...) }

// MB is a number of bytes in millions.
func MB(bytes int64) float64 { return float64(bytes) / 1e6 }

// Number prints a number with three digits that count.
func Number(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// Percentile returns the smallest of the times that p percent of them do not
// exceed; 0 of none.
func Percentile(times []float64, p float64) float64 { return Percentiles(times, p)[0] }

// Percentiles returns several of them.
func Percentiles(times []float64, percents ...float64) []float64 {
	found := make([]float64, len(percents))
	if len(times) == 0 {
		return found
	}
	sorted := slices.Sorted(slices.Values(times))
	for i, p := range percents {
		rank := int(math.Ceil(p / 100 * float64(len(sorted))))
		found[i] = sorted[max(rank, 1)-1]
	}
	return found
}

// Publish prints a text and, where a page is given, puts it between two marks
// there that have a name. If the marks or the page are missing, they are added at
// the end.
func Publish(out io.Writer, page, name, text string) error {
	if _, err := io.WriteString(out, text); err != nil || page == "" {
		return err
	}
	begin, end := "<!-- "+name+": begin -->\n", "<!-- "+name+": end -->\n"
	old, err := os.ReadFile(page)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if !utf8.Valid(old) {
		return fmt.Errorf("%s: not UTF-8; give a Markdown file", page)
	}
	before, rest, found := strings.Cut(string(old), begin)
	if !found && before != "" {
		before = strings.TrimRight(before, "\n") + "\n\n"
	}
	_, after, ended := strings.Cut(rest, end)
	if found && !ended {
		return fmt.Errorf("%s: %s without %s; add it where the text shall end", page, strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	return os.WriteFile(page, []byte(before+begin+text+end+after), 0o644)
}
