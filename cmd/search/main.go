// Search asks questions of an index of reports, and serves it over HTTP.
package main

import (
	"context"
	"errors"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/cli"
	"baogao/internal/engine"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/suggest"
)

// Exit codes, as grep's.
const (
	exitFound   = 0
	exitNothing = 1
	exitError   = 2
)

// errNothing ends a run that found nothing; there is no message.
var errNothing = errors.New("nothing found")

func main() { cli.Main(run) }

// run carries out a command line and returns its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	err := cli.Execute(ctx, root, shield(root, args), stdout, stderr)
	switch {
	case err == nil:
		return exitFound
	case err == errNothing:
		return exitNothing
	}
	cli.Report(stderr, "search", err)
	return exitError
}

const long = `Search finds passages in the reports of an index.

Words side by side must all stand in a passage, each as an exact run of
characters. Traditional and Simplified characters, full and half width are
alike. A leading - excludes; "…" keeps blanks; OR, | and ( ) combine; fields
narrow: region: level: year: kind: title: issuer: number: section: plan: sure: ocr:
or, in Chinese, 地区: 层级: 年份: 类型: 标题: 发文机关: 文号: 章节: 计划: 置信度:
with lists as in 年份:2021,2022

    search 行政复议
    search 营商环境 -街道 --region 四川 --year 2020..2024
    search 'level:district (应诉 OR 复议)' --sort -year --format csv
    search 信访 --by report -n 20

A word that is a flag or a command goes in quotes of its own, or behind --:

    search '"show"'          search 应诉 NOT nuclear

Exit code: 0 found, 1 nothing found, 2 error.`

// questionFlags are the flags of the search command itself.
type questionFlags struct {
	filterFlags
	index             *string
	n, offset         int
	sort              *baogao.Sort
	by, format, color *string
	facets, count     bool
	all, bom          bool
}

func newRoot() *cobra.Command {
	var f questionFlags
	root := &cobra.Command{
		Use:   "search QUERY...",
		Short: "Find passages in reports of Chinese local governments",
		Long:  long,
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && cmd.Flags().NFlag() == 0 {
				return cmd.Help()
			}
			return answer(cmd, f, strings.Join(args, " "))
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	f.index = cli.IndexFlag(root)
	fl := root.Flags()
	f.add(root)
	f.addAbout(root)
	fl.IntVarP(&f.n, "n", "n", baogao.DefaultLimit, "show `N` hits")
	fl.IntVar(&f.offset, "offset", 0, "skip `N` hits")
	f.sort = cli.ChoiceFlag(root, "sort", "`order` of the hits", baogao.Sorts...)
	f.by = cli.ChoiceFlag(root, "by", "show passages, or reports with the best passage of each: `what`", "passage", "report")
	f.format = cli.FormatFlag(root, "text", "json", "jsonl", "csv", "xlsx", "md")
	fl.BoolVar(&f.all, "all", false, "print every hit, as csv, jsonl, xlsx or md, and no passages that only share parts of the words")
	fl.BoolVar(&f.bom, "bom", false, "begin csv with a byte order mark, by which older spreadsheets know UTF-8")
	f.color = cli.ChoiceFlag(root, "color", "`when` to color the output", "auto", "always", "never")
	fl.BoolVar(&f.facets, "facets", false, "show the counts by region, level, year and kind")
	fl.BoolVar(&f.count, "count", false, "show the counts only")
	root.AddCommand(newServe(f.index), newShow(f.index), newCite(f.index), newTrend(f.index), newPanel(f.index), newFigures(f.index), newTargets(f.index), newMCP(f.index))
	return root
}

// oneQuestionGC is how much the memory may grow, in percent, before garbage is
// collected: next to nothing becomes garbage before one question is answered, unless
// all of a result is printed.
const oneQuestionGC = 400

// answer puts a question and prints the answer.
func answer(cmd *cobra.Command, f questionFlags, question string) error {
	if err := f.check(cmd.Flags().Changed); err != nil {
		return err
	}
	if err := f.useAliases(cmd); err != nil {
		return err
	}
	if !f.all {
		debug.SetGCPercent(oneQuestionGC)
	}
	go ask.Regions("") // has the table of divisions read, which takes longer than to open an index
	s, err := engine.Open(*f.index)
	if err != nil {
		return err
	}
	defer s.Close()
	q, err := f.read(cmd.Context(), s, question)
	if err != nil {
		return err
	}
	note := func(text string) { cli.Printf(cmd.ErrOrStderr(), "search: note: %s\n", text) }
	for _, w := range q.Warnings {
		note(w.Text)
	}
	p := newPrinter(cmd, f)
	if p.format == "xlsx" || p.format == "md" || f.about != "" {
		if p.about, err = about(cmd, s, q); err != nil {
			return err
		}
		if err := f.writeAbout(p.about); err != nil {
			return err
		}
	}
	if f.all {
		if err := p.printAll(s.Hits(cmd.Context(), q.Request)); err != errNothing {
			return err
		}
		q.Request.Exact, q.Request.Limit = true, -1
	}
	res, err := toldOf(cmd.Context(), s, q)
	if err != nil {
		return err
	}
	for _, said := range ask.SayAliases(res.Aliases) {
		note(said)
	}
	silence, _ := q.Silence(res)
	if !f.all {
		if err := p.print(res, alsoLines(named(cmd, f), f.aliases, q.Typed, res.Suggestions), silence.Text); err != nil {
			return err
		}
	}
	if res.Total.Passages > 0 {
		return nil
	}
	if *f.format != "text" {
		note(silence.Text)
	}
	return errNothing
}

// toldOf answers a question with what is told beside the hits: how many reports
// are held, the warnings, and what may have been meant.
func toldOf(ctx context.Context, s baogao.Searcher, q *ask.Question) (*baogao.Result, error) {
	spread, err := study.Ask(ctx, s, q.Request)
	if err != nil {
		return nil, err
	}
	res := spread.Result
	res.Warnings = q.WarningsOn(res)
	if res.Aliases, err = q.CountAliases(ctx, s); err != nil {
		return nil, err
	}
	res.Suggestions, err = suggest.For(ctx, s, q, res, ask.English)
	return res, err
}

// named is the index that the command line names; "" where it is the usual one.
func named(cmd *cobra.Command, f questionFlags) string {
	if cmd.Flags().Changed("index") {
		return *f.index
	}
	return ""
}

// read reads the question and the filters.
func (f *questionFlags) read(ctx context.Context, s baogao.Searcher, question string) (*ask.Question, error) {
	typed := f.typed(question)
	typed.Sort = string(*f.sort)
	q, err := ask.Read(ctx, s, typed, ask.English)
	if err != nil {
		return nil, err
	}
	q.Request.Offset, q.Request.Limit, q.Request.Exact, q.Request.Grouped = f.offset, f.n, f.exact, f.byReport()
	if f.n == 0 || f.count {
		q.Request.Limit = -1
	}
	return q, nil
}

// isFile reports whether hits are written as a file.
func (f *questionFlags) isFile() bool { return slices.Contains(export.Forms, *f.format) }

// byReport reports whether reports are shown instead of passages.
func (f *questionFlags) byReport() bool { return *f.by == "report" }

// check finds flags that do not go together. changed tells which were given.
func (f *questionFlags) check(changed func(string) bool) error {
	if err := f.filterFlags.check(changed); err != nil {
		return err
	}
	if f.facets && *f.format != "text" && *f.format != "json" {
		return cli.Usage("--facets goes with the forms text and json")
	}
	if f.all && (!f.isFile() || f.count || changed("n")) {
		return cli.Usage("--all goes with the forms csv, jsonl, xlsx and md, and without -n and --count")
	}
	if f.count && (*f.format == "xlsx" || *f.format == "md") {
		return cli.Usage("--count goes with the forms text, json, jsonl and csv")
	}
	if f.bom && *f.format != "csv" {
		return cli.Usage("--bom goes with the form csv")
	}
	if f.n < 0 || f.offset < 0 {
		return cli.Usage("-n and --offset take numbers from 0")
	}
	return nil
}
