package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"

	"baogao/internal/ask"
	"baogao/internal/cli"
	"baogao/internal/engine"
	"baogao/internal/export"
	"baogao/internal/study"
)

const trendLong = `Trend counts one or several questions, side by side, along years, divisions,
levels or kinds: how often their words occur in 10,000 characters of the reports
held, with the interval of 95 %, and how many reports these are. What is not held
is "not held" or, in csv, empty; 0 is held and not said. NA is the rate of a question
that asks for no word.

    search trend 府院联动 营商环境
    search trend 营商环境 --by province --year 2023 --level city
    search trend 行政复议 行政应诉 --region 四川 --by district --format csv

Each question is one argument; blanks in it go in quotes. The forms csv, xlsx and
json have passages, reports, occurrences, characters and the share of reports too.`

// trendFlags are the flags of trend.
type trendFlags struct {
	filterFlags
	index  *string
	by     *study.By
	format *string
	bom    bool
}

func newTrend(index *string) *cobra.Command {
	f := trendFlags{index: index}
	cmd := &cobra.Command{
		Use:   "trend QUERY [QUERY...]",
		Short: "Count questions along years, divisions, levels or kinds",
		Long:  trendLong,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cli.Usage("trend takes a question; to look for the word itself: search '\"trend\"'")
			}
			return nil
		},
		RunE:              func(cmd *cobra.Command, args []string) error { return printTrend(cmd, f, args) },
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	f.add(cmd)
	f.addAbout(cmd)
	f.by = cli.ChoiceFlag(cmd, "by", "count along `what`", study.Bys...)
	f.format = cli.FormatFlag(cmd, "text", "json", "csv", "xlsx")
	cmd.Flags().BoolVar(&f.bom, "bom", false, "begin csv with a byte order mark, by which older spreadsheets know UTF-8")
	return cmd
}

// printTrend counts the questions and prints the trend.
func printTrend(cmd *cobra.Command, f trendFlags, questions []string) error {
	if err := f.check(cmd.Flags().Changed); err != nil {
		return err
	}
	if f.bom && *f.format != "csv" {
		return cli.Usage("--bom goes with the form csv")
	}
	if q, again := ask.Again(questions); again {
		return cli.Usage("the question %q is given more than once; give it once", q)
	}
	s, err := engine.Open(*f.index)
	if err != nil {
		return err
	}
	defer s.Close()
	all, err := readAll(cmd, s, &f.filterFlags, questions)
	if err != nil {
		return err
	}
	trend, err := study.Along(cmd.Context(), s, *f.by, all.requests)
	if err != nil {
		return err
	}
	made := export.TrendOf(trend, questions)
	made.Aliases = all.aliases
	about, err := aboutCounts(cmd, s, f.filterFlags, all, questions, questions)
	if err != nil {
		return err
	}
	switch *f.format {
	case "json":
		err = cli.JSON(cmd.OutOrStdout(), made, true)
	case "csv", "xlsx":
		err = printTable(cmd, *f.format, f.bom, made.Table(), about)
	default:
		err = trendText(cmd.OutOrStdout(), trend, questions)
	}
	if err == nil && !finds(trend.Totals) {
		return errNothing
	}
	return err
}

// nameWidth and cellWidth are the columns of the text form, in half-width characters.
const (
	nameWidth = 28
	cellWidth = 30
)

// trendText prints a trend for a person at a terminal.
func trendText(out io.Writer, t *study.Trend, questions []string) error {
	w := bufio.NewWriter(out)
	line := func(name string, cells []string) {
		text := runewidth.FillRight(name, nameWidth)
		for _, c := range cells {
			text += " " + runewidth.FillRight(c, cellWidth)
		}
		cli.Printf(w, "%s\n", cli.Printable(strings.TrimRight(text, " ")))
	}
	var names []string
	for _, q := range questions {
		names = append(names, cmp.Or(strings.TrimSpace(q), "(all passages)"))
	}
	line("per 10,000 characters, by "+string(t.By), names)
	for _, r := range t.Rows {
		line(rowName(r), cellTexts(r.Tallies))
	}
	line("all", cellTexts(t.Totals))
	return w.Flush()
}

// rowName is the value of a row, with the name of a region in front.
func rowName(r study.Row) string {
	if r.Label == "" || r.Label == r.Value {
		return r.Value
	}
	return r.Label + " " + r.Value
}

// cellTexts say of each tally the rate, its interval, and the reports held.
func cellTexts(tallies []study.Tally) []string {
	var all []string
	for _, n := range tallies {
		rate, ok := n.Rate()
		if n.Held == 0 {
			all = append(all, "not held")
			continue
		}
		text := "NA"
		if ok {
			text = fmt.Sprintf("%.2f", rate)
		}
		if low, high, ok := n.RateInterval(); ok {
			text += fmt.Sprintf(" (%.2f–%.2f)", low, high)
		}
		all = append(all, text+", "+cli.Count(n.Held, "report"))
	}
	return all
}
