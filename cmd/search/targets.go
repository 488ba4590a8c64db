package main

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/cli"
	"baogao/internal/export"
	"baogao/internal/target"
)

const targetsLong = `Targets sets what reports plan beside what the reports that follow say was reached: the
figure of the same thing in the report of the place on the year of the target.

    search targets --region 安居区
    search targets --region 四川 --year 2022 --verdict missed --format csv > missed.csv
    search targets 就业 --region 遂宁市 --format xlsx > targets.xlsx

--year is that of the report that plans; a report on 2022 plans 2023, unless its text names
another year. A target is reached, missed, not reported (a report is held, and nothing in
it goes by that name), no report held, or not comparable, with the reason: growths are never
set beside levels, nor rates beside those of other bases. Check the quoted sentences before
you cite a verdict.`

// targetsFlags are the flags of targets.
type targetsFlags struct {
	filterFlags
	indicator, keys string
	units, verdicts []string
	index           *string
	format          *string
	bom             bool
}

func newTargets(index *string) *cobra.Command {
	f := targetsFlags{index: index}
	cmd := &cobra.Command{
		Use:               "targets [QUERY...]",
		Short:             "Set targets beside what was reached",
		Long:              targetsLong,
		RunE:              func(cmd *cobra.Command, args []string) error { return printTargets(cmd, f, strings.Join(args, " ")) },
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	f.filterFlags.add(cmd)
	f.addAbout(cmd)
	fl := cmd.Flags()
	fl.StringVar(&f.indicator, "indicator", "", "only targets of an indicator with these `words` in its name or key")
	fl.StringSliceVar(&f.units, "unit", nil, "only targets in this `unit`: 件, 元, %; may be repeated, or a list")
	fl.StringSliceVar(&f.verdicts, "verdict", nil, "only targets of which this is the `verdict`: "+ask.Choices(target.Verdicts)+"; may be repeated, or a list")
	fl.StringVar(&f.keys, "keys", "", keysUsage)
	f.format = cli.FormatFlag(cmd, "text", "json", "jsonl", "csv", "xlsx", "md")
	fl.BoolVar(&f.bom, "bom", false, "begin csv with a byte order mark, by which older spreadsheets know UTF-8")
	cmd.Flag("kind").Usage = "only targets of this `kind`: " + ask.Choices(baogao.FigureKinds) + "; or in reports of this kind: " + ask.OneOf(baogao.Kinds) + "; may be repeated, or a list"
	return cmd
}

// check finds flags that do not go together, and reads the verdicts.
func (f *targetsFlags) check(cmd *cobra.Command) ([]target.Verdict, error) {
	if err := f.filterFlags.check(cmd.Flags().Changed); err != nil {
		return nil, err
	}
	if f.bom && *f.format != "csv" {
		return nil, cli.Usage("--bom goes with the form csv")
	}
	if *f.format == "xlsx" {
		if err := mustBeFile(cmd); err != nil {
			return nil, err
		}
	}
	verdicts, err := target.ReadVerdicts(f.verdicts)
	if err != nil {
		return nil, cli.Usage("--verdict: %v", err)
	}
	return verdicts, nil
}

// printTargets prints the targets of the passages that match.
func printTargets(cmd *cobra.Command, f targetsFlags, question string) error {
	verdicts, err := f.check(cmd)
	if err != nil {
		return err
	}
	if err := f.useAliases(cmd); err != nil {
		return err
	}
	s, err := openKeyed(cmd, *f.index, f.keys)
	if err != nil {
		return err
	}
	defer s.Close()
	q, by, err := readFigures(cmd, s, f.filterFlags.typed(question), ask.FigureTyped{Indicator: f.indicator, Units: f.units})
	if err != nil {
		return err
	}
	found, err := target.Find(cmd.Context(), s, q.Request, by)
	if err != nil {
		return err
	}
	found.Only(verdicts)
	said, err := f.aboutTargets(cmd, s, q, by, verdicts)
	if err != nil {
		return err
	}
	switch made := export.TargetsOf(found.Rows); *f.format {
	case "json":
		err = cli.JSON(cmd.OutOrStdout(), export.TargetTable{Total: found.Total(), Targets: made}, true)
	case "text":
		err = targetsText(cmd, found)
	default:
		err = export.Targets(cmd.OutOrStdout(), *f.format, made, export.Options{BOM: f.bom, About: said})
	}
	if err == nil && len(found.Rows) == 0 {
		return errNothing
	}
	return err
}

// aboutTargets says what is printed, and writes it beside a file where that is asked
// for.
func (f *targetsFlags) aboutTargets(cmd *cobra.Command, s baogao.Searcher, q *ask.Question, by baogao.FigureFilter, verdicts []target.Verdict) ([][2]string, error) {
	if *f.format != "xlsx" && *f.format != "md" && f.about == "" {
		return nil, nil
	}
	said, err := about(cmd, s, q)
	if err != nil {
		return nil, err
	}
	said = slices.Insert(said, 1, f.said(by, verdicts)...)
	return said, f.writeAbout(said)
}

// said lists what was typed of targets, in pairs.
func (f *targetsFlags) said(by baogao.FigureFilter, verdicts []target.Verdict) (all [][2]string) {
	for _, one := range [][2]string{
		{"indicator", f.indicator}, {"unit", strings.Join(f.units, ", ")}, {"kind of figure", ask.Choices(by.Kinds)}, {"verdict", ask.Choices(verdicts)}, {"keys", f.keys},
	} {
		if one[1] != "" {
			all = append(all, one)
		}
	}
	return all
}

// targetsText prints targets for a person at a terminal.
func targetsText(cmd *cobra.Command, t *target.Table) error {
	w := bufio.NewWriter(cmd.OutOrStdout())
	var counts []string
	for _, v := range target.Verdicts {
		if n := t.Counts[v]; n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, v))
		}
	}
	cli.Printf(w, "%s\n", strings.TrimSuffix(cli.Count(t.Total().Targets, "target")+": "+strings.Join(counts, ", "), ": "))
	for i := range t.Rows {
		row := &t.Rows[i]
		verdict := string(row.Verdict)
		if row.Reason.ID != "" {
			verdict += " (" + row.Reason.String() + ")"
		}
		cli.Printf(w, "\n%d. %s: %s\n", i+1, cli.Printable(targetLine(row)), cli.Printable(verdict))
		cli.Printf(w, "   %s\n   %s\n", cli.Printable(row.Target.Evidence), cli.Printable(row.Target.Passage))
		if r := row.Result; r != nil {
			cli.Printf(w, "   → %s\n   %s\n   %s\n", cli.Printable(r.Indicator+"  "+r.Raw), cli.Printable(r.Evidence), cli.Printable(r.Passage))
		}
	}
	return w.Flush()
}

// targetLine is a target on a line: place, year, indicator, number and bound.
func targetLine(row *target.Row) string {
	f := &row.Target
	year := baogao.Unknown
	if row.Year != 0 {
		year = fmt.Sprint(row.Year)
	}
	parts := []string{f.Meta.Region.Name, year, f.Indicator, f.Direction, f.Raw, f.Bound}
	return strings.Join(said(parts...), "  ")
}
