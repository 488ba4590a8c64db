package main

import (
	"bufio"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/cli"
	"baogao/internal/export"
	"baogao/internal/study"
)

const figuresLong = `Figures tells the numbers of the passages that match: what each measures, its value
and unit, whether it was achieved or is aimed at, and the sentence that says so.

    search figures 行政复议
    search figures 行政复议 --indicator 受理 --unit 件 --status achieved --min 10 --sort -value
    search figures --indicator 行政复议·受理 --region 四川 --all --format csv > figures.csv
    search figures 信访 --group -n 20

Without words all passages are looked at. --indicator takes words that stand in the name
of what is measured or in its key; a word with · in it is parts of a key. --kind takes
kinds of figures and of reports. --group counts each key by reports, regions, years and
wordings. With --indicator or --key, a figure ten times as much as the median of its
place or of the places of its level, or a tenth, is marked as an outlier: 万 or 亿 may
have been misread.`

// figureFlags narrow figures.
type figureFlags struct {
	indicator, key  string
	min, max        string
	keys            string // file of a table of keys
	units, statuses []string
}

// add gives the flags to a command that has those of filters.
func (f *figureFlags) add(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringVar(&f.indicator, "indicator", "", "only figures of an indicator with these `words` in its name or key")
	fl.StringVar(&f.key, "key", "", "only figures of this `key` and no other: 行政复议·受理")
	fl.StringSliceVar(&f.units, "unit", nil, "only figures in this `unit`: 件, 元, %; may be repeated, or a list")
	fl.StringSliceVar(&f.statuses, "status", nil, "only figures that are this `status`: achieved, target, earlier; may be repeated, or a list")
	fl.StringVar(&f.min, "min", "", "only figures of this `value` or more: 10, 1.5亿")
	fl.StringVar(&f.max, "max", "", "only figures of this `value` or less")
	fl.StringVar(&f.keys, "keys", "", keysUsage)
	cmd.Flag("kind").Usage = "only figures of this `kind`: " + ask.Choices(baogao.FigureKinds) + "; or of reports of this kind: " + ask.OneOf(baogao.Kinds) + "; may be repeated, or a list"
}

// typed is what was typed of figures.
func (f *figureFlags) typed() ask.FigureTyped {
	return ask.FigureTyped{Indicator: f.indicator, Key: f.key, Units: f.units, Statuses: f.statuses, Min: f.min, Max: f.max}
}

// said lists what was typed of figures, in pairs.
func (f *figureFlags) said(by baogao.FigureFilter) (all [][2]string) {
	for _, one := range [][2]string{
		{"indicator", f.indicator}, {"key", f.key}, {"unit", strings.Join(f.units, ", ")}, {"kind of figure", ask.Choices(by.Kinds)}, {"status", ask.Choices(by.Statuses)}, {"min", f.min}, {"max", f.max}, {"keys", f.keys},
	} {
		if one[1] != "" {
			all = append(all, one)
		}
	}
	return all
}

// figuresFlags are the flags of figures.
type figuresFlags struct {
	filterFlags
	figureFlags
	index           *string
	n, offset       int
	sort, format    *string
	all, group, bom bool
}

func newFigures(index *string) *cobra.Command {
	f := figuresFlags{index: index}
	cmd := &cobra.Command{
		Use:               "figures [QUERY...]",
		Short:             "Tell the numbers of passages, with what they measure",
		Long:              figuresLong,
		RunE:              func(cmd *cobra.Command, args []string) error { return printFigures(cmd, f, strings.Join(args, " ")) },
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	f.filterFlags.add(cmd)
	f.addAbout(cmd)
	f.figureFlags.add(cmd)
	fl := cmd.Flags()
	fl.IntVarP(&f.n, "n", "n", baogao.DefaultLimit, "show `N` figures, or groups")
	fl.IntVar(&f.offset, "offset", 0, "skip `N` of them")
	f.sort = cli.ChoiceFlag(cmd, "sort", "`order` of the figures: that of their passages, value, year or key", ask.FigureOrders()...)
	f.format = cli.FormatFlag(cmd, "text", "json", "jsonl", "csv", "xlsx", "md")
	fl.BoolVar(&f.all, "all", false, "print every figure, or group, as csv, jsonl, xlsx or md")
	fl.BoolVar(&f.group, "group", false, "count each key by reports, regions, years and wordings")
	fl.BoolVar(&f.bom, "bom", false, "begin csv with a byte order mark, by which older spreadsheets know UTF-8")
	return cmd
}

// check finds flags that do not go together.
func (f *figuresFlags) check(cmd *cobra.Command) error {
	if err := f.filterFlags.check(cmd.Flags().Changed); err != nil {
		return err
	}
	switch {
	case f.all && (!slices.Contains(export.Forms, *f.format) || cmd.Flags().Changed("n")):
		return cli.Usage("--all goes with the forms csv, jsonl, xlsx and md, and without -n")
	case f.bom && *f.format != "csv":
		return cli.Usage("--bom goes with the form csv")
	case f.n < 0 || f.offset < 0:
		return cli.Usage("-n and --offset take numbers from 0")
	case *f.format == "xlsx":
		return mustBeFile(cmd)
	}
	return nil
}

// readFigures reads a question and what its figures are narrowed by, and tells what was
// read otherwise than it was typed.
func readFigures(cmd *cobra.Command, s baogao.Searcher, typed ask.Typed, figures ask.FigureTyped) (*ask.Question, baogao.FigureFilter, error) {
	by, err := typed.Figures(figures)
	if err != nil {
		return nil, by, err
	}
	q, err := ask.Read(cmd.Context(), s, typed, ask.English)
	if err != nil {
		return nil, by, err
	}
	for _, w := range q.Warnings {
		cli.Printf(cmd.ErrOrStderr(), "search: note: %s\n", w.Text)
	}
	return q, by, nil
}

// printFigures answers a question with figures.
func printFigures(cmd *cobra.Command, f figuresFlags, question string) error {
	if err := f.check(cmd); err != nil {
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
	from, err := baogao.FigurerOf(s)
	if err != nil {
		return err
	}
	typed, narrowed := f.filterFlags.typed(question), f.figureFlags.typed()
	typed.Sort, narrowed.Group = *f.sort, f.group
	q, by, err := readFigures(cmd, s, typed, narrowed)
	if err != nil {
		return err
	}
	by.Offset, by.Limit = f.offset, f.limit()
	res, err := study.Figures(cmd.Context(), from, q.Request, by)
	if err != nil {
		return err
	}
	said, err := f.aboutFigures(cmd, s, q, by)
	if err != nil {
		return err
	}
	switch *f.format {
	case "json":
		err = cli.JSON(cmd.OutOrStdout(), res, true)
	case "text":
		err = figuresText(cmd, res, by)
	default:
		found := listed(res.Figures)
		if f.all {
			found = study.EachFigure(cmd.Context(), from, q.Request, by)
		}
		err = f.write(cmd, found, res.Groups, export.Options{BOM: f.bom, About: said})
	}
	if err == nil && res.Total.Figures == 0 {
		return errNothing
	}
	return err
}

// limit is how many figures or groups an answer has: of all figures none, for they
// come one by one.
func (f *figuresFlags) limit() int {
	switch {
	case f.all && f.group:
		return math.MaxInt
	case f.all || f.n == 0:
		return -1
	}
	return f.n
}

// aboutFigures says what is printed, and writes it beside a file where that is asked
// for.
func (f *figuresFlags) aboutFigures(cmd *cobra.Command, s baogao.Searcher, q *ask.Question, by baogao.FigureFilter) ([][2]string, error) {
	if *f.format != "xlsx" && *f.format != "md" && f.about == "" {
		return nil, nil
	}
	said, err := about(cmd, s, q)
	if err != nil {
		return nil, err
	}
	said = slices.Insert(said, 1, f.figureFlags.said(by)...)
	return said, f.writeAbout(said)
}

// write writes figures, or groups of them, as a file.
func (f *figuresFlags) write(cmd *cobra.Command, figures iter.Seq2[*baogao.FoundFigure, error], groups []baogao.FigureGroup, o export.Options) error {
	if f.group {
		return export.FigureGroups(cmd.OutOrStdout(), *f.format, groups, o)
	}
	return export.Figures(cmd.OutOrStdout(), *f.format, figures, o)
}

// listed are figures that are all there already.
func listed(figures []baogao.FoundFigure) iter.Seq2[*baogao.FoundFigure, error] {
	return func(yield func(*baogao.FoundFigure, error) bool) {
		for i := range figures {
			if !yield(&figures[i], nil) {
				return
			}
		}
	}
}

// figuresText prints figures for a person at a terminal.
func figuresText(cmd *cobra.Command, res *baogao.FigureResult, by baogao.FigureFilter) error {
	w := bufio.NewWriter(cmd.OutOrStdout())
	t := res.Total
	cli.Printf(w, "%s of %s in %s of %s\n", cli.Count(t.Figures, "figure"), cli.Count(t.Keys, "key"), cli.Count(t.Passages, "passage"), cli.Count(t.Reports, "report"))
	for i, f := range res.Figures {
		cli.Printf(w, "\n%d. %s\n   %s\n   %s\n", by.Offset+i+1, cli.Printable(figureLine(&f)), cli.Printable(f.Evidence), cli.Printable(f.Passage))
	}
	for i, g := range res.Groups {
		const most = 5
		var wordings []string
		for _, said := range g.Wordings[:min(most, len(g.Wordings))] {
			wordings = append(wordings, fmt.Sprintf("%s %d", said.Indicator, said.Figures))
		}
		if more := len(g.Wordings) - most; more > 0 {
			wordings = append(wordings, fmt.Sprintf("%d more", more))
		}
		cli.Printf(w, "\n%d. %s: %s in %s, %s, %s; %s\n   %s\n", by.Offset+i+1, cli.Printable(g.Key), cli.Count(g.Figures, "figure"), cli.Count(g.Reports, "report"),
			cli.Count(g.Regions, "region"), cli.Count(g.Years, "year"), cli.Printable(strings.Join(g.Units, " ")), cli.Printable(strings.Join(wordings, ", ")))
	}
	return w.Flush()
}

// figureLine is a figure on a line.
func figureLine(f *baogao.FoundFigure) string {
	parts := []string{f.Indicator, f.Raw}
	if f.Key != f.Indicator {
		parts = append(parts, "["+f.Key+"]")
	}
	parts = append(parts, string(f.Kind), string(f.Status))
	if year := f.In(); year != 0 {
		parts = append(parts, fmt.Sprint(year))
	}
	for _, s := range []string{f.Period, f.Scope, f.Meta.Region.Name} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if far := f.Outlier; far != nil {
		parts = append(parts, fmt.Sprintf("[outlier: the median of its %s is %s]", far.Beside, export.Value(far.Median)))
	}
	return strings.Join(parts, "  ")
}
