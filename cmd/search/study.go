package main

import (
	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/cli"
	"baogao/internal/export"
	"baogao/internal/study"
)

// asked are several questions with the same filters.
type asked struct {
	requests []baogao.Request
	aliases  []baogao.AliasCount
	said     [][2]string // filters, and other names that words are asked for with
}

// readAll reads several questions with the same filters, and tells each warning
// once, and what each of the names of a word finds.
func readAll(cmd *cobra.Command, s baogao.Searcher, f *filterFlags, questions []string) (asked, error) {
	all := asked{said: f.typed("").Said()[1:]}
	if err := f.useAliases(cmd); err != nil {
		return all, err
	}
	told := map[string]bool{}
	for _, question := range questions {
		q, err := ask.Read(cmd.Context(), s, f.typed(question), ask.English)
		if err != nil {
			return all, err
		}
		counts, err := q.CountAliases(cmd.Context(), s)
		if err != nil {
			return all, err
		}
		all.aliases, all.said = append(all.aliases, counts...), append(all.said, q.OtherNames()...)
		for _, w := range q.Warnings {
			if !told[w.Text] {
				cli.Printf(cmd.ErrOrStderr(), "search: note: %s\n", w.Text)
			}
			told[w.Text] = true
		}
		all.requests = append(all.requests, q.Request)
	}
	for _, said := range ask.SayAliases(all.aliases) {
		cli.Printf(cmd.ErrOrStderr(), "search: note: %s\n", said)
	}
	return all, nil
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

// aboutCounts says what a table of counts holds, and writes it beside the table where
// that is asked for.
func aboutCounts(cmd *cobra.Command, s baogao.Searcher, f filterFlags, a asked, names, questions []string) ([][2]string, error) {
	state, err := s.State(cmd.Context())
	if err != nil {
		return nil, err
	}
	about := export.AboutCounts(names, questions, a.said, state, cli.Version())
	return about, f.writeAbout(about)
}

// printTable prints a table of counts as CSV or XLSX, which has a sheet that says what
// it holds.
func printTable(cmd *cobra.Command, form string, bom bool, table [][]any, about [][2]string) error {
	if form == "xlsx" {
		if err := mustBeFile(cmd); err != nil {
			return err
		}
	}
	return export.WriteTable(cmd.OutOrStdout(), form, bom, table, about)
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
	return export.About(q.Said(), held, state, cli.Version()), err
}

// mustBeFile keeps workbooks, which are binary, off a terminal.
func mustBeFile(cmd *cobra.Command) error {
	if _, terminal := cli.Terminal(cmd); terminal {
		return cli.Usage("xlsx goes into a file: put > FILE.xlsx behind the command")
	}
	return nil
}
