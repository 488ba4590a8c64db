// Search asks questions of an index of reports, and serves it over HTTP.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/engine"
	"baogao/query"
)

// Exit codes, as grep's.
const (
	exitFound   = 0
	exitNothing = 1
	exitError   = 2
)

// errNothing ends a run that found nothing; there is no message.
var errNothing = errors.New("nothing found")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run carries out a command line and returns its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetArgs(shield(root, args))
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitFound
	case errors.Is(err, errNothing):
		return exitNothing
	}
	fmt.Fprintln(stderr, "search:", err)
	if hint := hint(err); hint != "" {
		fmt.Fprintln(stderr, "hint:", hint)
	}
	return exitError
}

// hint is the next step after an error.
func hint(err error) string {
	switch {
	case errors.Is(err, baogao.ErrNoIndex):
		return "build one first: index build PATH, and name its folder with --index"
	case errors.Is(err, baogao.ErrFormat):
		return "rebuild it: index build PATH"
	case errors.Is(err, baogao.ErrDamaged):
		return "see what is damaged: index verify; then rebuild it: index build PATH"
	case errors.Is(err, baogao.ErrNotFound):
		return "ids stand at the end of each hit"
	case errors.Is(err, errUsage):
		return "search --help"
	}
	return ""
}

// errUsage marks a command line that cannot be understood.
var errUsage = errors.New("usage")

func usage(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errUsage, fmt.Sprintf(format, args...))
}

const long = `Search finds passages in the reports of an index.

Words side by side must all stand in a passage, each as an exact run of
characters. Traditional and Simplified characters, full and half width are
alike. A leading - excludes; "…" keeps blanks; OR, | and ( ) combine; fields
narrow: region: level: year: kind: title: issuer: number: section:

    search 行政复议
    search 营商环境 -街道 --region 四川 --year 2020..2024
    search 'level:district (应诉 OR 复议)' --sort -year --format csv

Exit code: 0 found, 1 nothing found, 2 error.`

// questionFlags are the flags of the search command itself.
type questionFlags struct {
	index                   string
	regions, levels         []string
	years, kinds            []string
	n, offset               int
	sort, format, color     string
	facets, count, onlyFull bool
}

func newRoot() *cobra.Command {
	var f questionFlags
	root := &cobra.Command{
		Use:           "search QUERY...",
		Short:         "Find passages in reports of Chinese local governments",
		Long:          long,
		Args:          cobra.ArbitraryArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && cmd.Flags().NFlag() == 0 {
				return cmd.Help()
			}
			return ask(cmd, f, strings.Join(args, " "))
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage("%v", err) })
	root.PersistentFlags().StringVar(&f.index, "index", defaultIndex(), "folder of the `index`; also $BAOGAO_INDEX")
	fl := root.Flags()
	fl.StringSliceVar(&f.regions, "region", nil, "only this `region` and what lies in it: code, full or short name; may be repeated")
	fl.StringSliceVar(&f.levels, "level", nil, "only this `level`: country, province, city, district, street, unknown")
	fl.StringSliceVar(&f.years, "year", nil, "only reports on this `year` or range: 2022, 2020..2024, unknown")
	fl.StringSliceVar(&f.kinds, "kind", nil, "only this `kind`: rule-of-law, work, other, unknown")
	fl.IntVarP(&f.n, "n", "n", baogao.DefaultLimit, "show `N` hits")
	fl.IntVar(&f.offset, "offset", 0, "skip `N` hits")
	fl.StringVar(&f.sort, "sort", string(baogao.ByRelevance), "`order`: relevance, year, -year, region")
	fl.StringVar(&f.format, "format", "text", "`form` of the output: text, json, jsonl, csv")
	fl.StringVar(&f.color, "color", "auto", "color the output: auto, always, never")
	fl.BoolVar(&f.facets, "facets", false, "show the counts by region, level, year and kind")
	fl.BoolVar(&f.count, "count", false, "show the counts only")
	fl.BoolVar(&f.onlyFull, "exact", false, "do not fall back to passages that share parts of the words")
	for name, values := range map[string][]string{
		"level": strs(baogao.Levels), "kind": strs(baogao.Kinds), "sort": strs(baogao.Sorts),
		"format": {"text", "json", "jsonl", "csv"}, "color": {"auto", "always", "never"},
	} {
		root.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
	root.AddCommand(newServe(&f.index), newShow(&f.index))
	return root
}

func strs[T ~string](values []T) []string {
	var all []string
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}

func defaultIndex() string {
	if dir := os.Getenv("BAOGAO_INDEX"); dir != "" {
		return dir
	}
	return "baogao.index"
}

// ask puts a question and prints the answer.
func ask(cmd *cobra.Command, f questionFlags, question string) error {
	req, err := request(f, question)
	if err != nil {
		return err
	}
	out, err := newPrinter(cmd, f)
	if err != nil {
		return err
	}
	s, err := engine.Open(f.index, engine.Options{Resolve: resolve})
	if err != nil {
		return err
	}
	defer s.Close()
	res, err := s.Search(cmd.Context(), req)
	if err != nil {
		return err
	}
	for _, w := range res.Warnings {
		fmt.Fprintln(cmd.ErrOrStderr(), "search: note:", w)
	}
	if err := out.print(res); err != nil {
		return err
	}
	if res.Total.Passages == 0 {
		return errNothing
	}
	return nil
}

func request(f questionFlags, question string) (baogao.Request, error) {
	req := baogao.Request{
		Query:  query.Parse(question),
		Filter: baogao.Filter{Regions: f.regions, Levels: f.levels, Kinds: f.kinds},
		Sort:   baogao.Sort(f.sort), Offset: f.offset, Limit: f.n, Exact: f.onlyFull,
	}
	if f.n < 0 || f.offset < 0 {
		return req, usage("-n and --offset take numbers from 0")
	}
	if f.n == 0 || f.count {
		req.Limit = -1
	}
	for _, y := range f.years {
		years, err := query.ParseYears(y)
		if err != nil {
			return req, usage("--year %s: %v", y, err)
		}
		req.Filter.Years = append(req.Filter.Years, years)
	}
	return req, nil
}
