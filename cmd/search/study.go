package main

import (
	"encoding/csv"
	"io"
	"time"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/cli"
	"baogao/internal/export"
	"baogao/internal/study"
)

// readAll reads several questions with the same filters, and tells each warning
// once.
func readAll(cmd *cobra.Command, s baogao.Searcher, f filterFlags, questions []string) ([]baogao.Request, error) {
	var requests []baogao.Request
	told := map[string]bool{}
	for _, question := range questions {
		q, err := ask.Read(cmd.Context(), s, f.typed(question), ask.English)
		if err != nil {
			return nil, err
		}
		for _, w := range q.Warnings {
			if !told[w.Text] {
				cli.Printf(cmd.ErrOrStderr(), "search: note: %s\n", w.Text)
			}
			told[w.Text] = true
		}
		requests = append(requests, q.Request)
	}
	return requests, nil
}

// finds reports whether one of several questions finds something.
func finds(totals []study.Tally) bool {
	for _, n := range totals {
		if n.Passages > 0 {
			return true
		}
	}
	return false
}

func printCSV(w io.Writer, table [][]any, bom bool) error {
	if bom {
		if _, err := io.WriteString(w, export.BOM); err != nil {
			return err
		}
	}
	c := csv.NewWriter(w)
	if err := c.WriteAll(export.Records(table)); err != nil {
		return err
	}
	return c.Error()
}

// codebook says what was counted: the questions by name, and the filters.
func codebook(f filterFlags, names, questions []string) [][]any {
	rows := [][]any{{"what", "value"}}
	for i, name := range names {
		rows = append(rows, []any{"question: " + name, questions[i]})
	}
	for _, said := range f.typed("").Said()[1:] {
		rows = append(rows, []any{said[0], said[1]})
	}
	return rows
}

// about says what a file of hits holds.
func about(cmd *cobra.Command, s baogao.Searcher, q *ask.Question) ([][2]string, error) {
	if cmd.Flag("format").Value.String() == "xlsx" {
		if err := mustBeFile(cmd); err != nil {
			return nil, err
		}
	}
	held, err := study.Held(cmd.Context(), s, q.Request)
	if err != nil {
		return nil, err
	}
	state, err := s.State(cmd.Context())
	return export.About(q.Typed.Said(), held, state, cli.Version()), err
}

// mustBeFile keeps workbooks, which are binary, off a terminal.
func mustBeFile(cmd *cobra.Command) error {
	if _, terminal := cli.Terminal(cmd); terminal {
		return cli.Usage("xlsx goes into a file: put > FILE.xlsx behind the command")
	}
	return nil
}

// printWorkbook prints a table as XLSX, with a codebook that names the index and the
// program too.
func printWorkbook(cmd *cobra.Command, s baogao.Searcher, table, codebook [][]any) error {
	if err := mustBeFile(cmd); err != nil {
		return err
	}
	state, err := s.State(cmd.Context())
	if err != nil {
		return err
	}
	codebook = append(codebook,
		[]any{"generation", state.Generation}, []any{"built", state.Built}, []any{"counted", time.Now().Format(time.DateOnly)}, []any{"program", "baogao " + cli.Version()},
		[]any{"empty cells", "nothing is held within the filters; 0 is held and not said"},
		[]any{"per_10000", "occurrences × 10,000 / chars, the characters of the reports held"},
		[]any{"…_low, …_high", "interval of 95 %: Byar's for rates, Wilson's for shares; empty for less than two reports"})
	return export.Workbook(cmd.OutOrStdout(), export.Sheet{Name: "data", Rows: export.Rows(table)}, export.Sheet{Name: "codebook", Rows: export.Rows(codebook)})
}
