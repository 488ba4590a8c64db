package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/cli"
	"baogao/internal/export"
	"baogao/internal/study"
)

// indicatorFlag asks panel for the figures of an indicator instead of concepts.
const indicatorFlag = "indicator"

// withIndicator finds flags that narrow figures where concepts are asked for.
func withIndicator(cmd *cobra.Command) error {
	for _, name := range []string{"key", "unit", "status", "min", "max", "keys"} {
		if cmd.Flags().Changed(name) {
			return cli.Usage("--%s goes with --%s", name, indicatorFlag)
		}
	}
	return nil
}

// checkIndicator finds flags that do not go with --indicator, or with one another.
func (f *panelFlags) checkIndicator(cmd *cobra.Command) error {
	changed := cmd.Flags().Changed
	if err := f.check(changed); err != nil {
		return err
	}
	switch {
	case strings.TrimSpace(f.indicator) == "":
		return cli.Usage("--indicator is empty; give a key, or words of a name: 行政复议·受理")
	case changed("columns"), changed("measure"):
		return cli.Usage("--indicator has years as columns; leave out --columns and --measure")
	case *f.rows == study.ByYear:
		return cli.Usage("--indicator has years as columns; --rows takes province, city or district")
	case f.bom && *f.format != "csv":
		return cli.Usage("--bom goes with the form csv")
	case f.wide && *f.format == "json":
		return cli.Usage("--wide goes with the forms csv and xlsx")
	case *f.format == "xlsx":
		return mustBeFile(cmd)
	}
	return nil
}

// printIndicator prints the panel of an indicator: the values by region and year.
func printIndicator(cmd *cobra.Command, f panelFlags) error {
	if err := f.checkIndicator(cmd); err != nil {
		return err
	}
	s, err := openKeyed(cmd, *f.index, f.keys)
	if err != nil {
		return err
	}
	defer s.Close()
	narrowed := f.figureFlags.typed()
	if len(narrowed.Statuses) == 0 {
		narrowed.Statuses = []string{string(baogao.Achieved)}
	}
	q, by, err := readFigures(cmd, s, f.filterFlags.typed(""), narrowed)
	if err != nil {
		return err
	}
	counted, err := study.FiguresByPlace(cmd.Context(), s, q.Request, by)
	if err != nil {
		return err
	}
	if cmd.Flags().Changed("rows") {
		counted.Rung(*f.rows, q.Request)
	}
	if n := len(counted.Keys); n > 1 {
		cli.Printf(cmd.ErrOrStderr(), "search: note: %d keys have these words, and stand side by side: %s\n", n, cli.Printable(strings.Join(counted.Keys[:min(n, 5)], ", ")))
	}
	if n := counted.Outliers(); n > 0 {
		is := map[bool]string{true: "is", false: "are"}[n == 1]
		cli.Printf(cmd.ErrOrStderr(), "search: note: %s %s ten times as much as the median of its place or group, or a tenth: look at the evidence\n", cli.Count(n, "value"), is)
	}
	said, err := f.aboutIndicator(cmd, s, q, by)
	if err != nil {
		return err
	}
	if made := export.FigurePanelOf(counted); *f.format == "json" {
		err = cli.JSON(cmd.OutOrStdout(), made, true)
	} else {
		err = made.Write(cmd.OutOrStdout(), *f.format, f.wide, export.Options{BOM: f.bom, About: said})
	}
	if err == nil && len(counted.Keys) == 0 {
		return errNothing
	}
	return err
}

// aboutIndicator says what the panel holds, and writes it beside where that is asked
// for.
func (f *panelFlags) aboutIndicator(cmd *cobra.Command, s baogao.Searcher, q *ask.Question, by baogao.FigureFilter) ([][2]string, error) {
	said, err := about(cmd, s, q)
	if err != nil {
		return nil, err
	}
	meanings := [][2]string{{export.NA, "no report is held"}, {"empty", "a report is held and does not say"}}
	said = slices.Concat(f.figureFlags.said(by), said[1:], meanings)
	return said, f.writeAbout(said)
}
