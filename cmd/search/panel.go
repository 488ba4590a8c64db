package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baogao/internal/ask"
	"baogao/internal/cli"
	"baogao/internal/engine"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/query"
)

const panelLong = `Panel counts concepts in a grid of divisions and years. A concept is a name and one
or more questions, any of which counts, a line of a CSV file:

    concept,question
    营商环境,营商环境
    府院联动,府院联动,府院联席,"法院 政府 联席会议"

    search panel concepts.csv --format csv > panel.csv
    search panel --concept 营商环境 --concept 行政复议 --rows district > panel.csv
    search panel concepts.csv --rows city --level city --wide --format csv
    search panel concepts.csv --rows district --region 四川 --sure 0.8 --format xlsx > panel.xlsx

**What is not held is empty**, which statistical programs read as NA; 0 is held and not
said. In long form, which is the default, a record is a concept, a row and a column, with
all measures; with --wide it is a concept and a row, with one measure a column. xlsx has a
sheet that names questions, filters, generation, date and program.

With --indicator it has the values that the reports say, each with its evidence: NA is no
report held, empty is one held that does not say; values that differ stand side by side. Its rows
are the places of the reports, with --rows those of one rung.

    search panel --indicator 行政复议·受理 --unit 件 --wide > panel.csv`

// panelFlags are the flags of panel.
type panelFlags struct {
	filterFlags
	figureFlags
	index         *string
	rows, columns *study.By
	format        *string
	measure       *study.Measure
	wide, bom     bool
	concepts      []string // questions that are concepts of their own
}

func newPanel(index *string) *cobra.Command {
	f := panelFlags{index: index}
	cmd := &cobra.Command{
		Use:   "panel [CONCEPTS.csv]",
		Short: "Count concepts by division and year",
		Long:  panelLong,
		Args: func(cmd *cobra.Command, args []string) error {
			switch given, indicator := len(args)+len(f.concepts), cmd.Flags().Changed(indicatorFlag); {
			case indicator && given > 0:
				return cli.Usage("panel takes concepts, or --indicator; leave one of them out")
			case len(args) > 1, given == 0 && !indicator:
				return cli.Usage("panel takes one file of concepts, or concepts with --concept, or --indicator; to look for the word itself: search '\"panel\"'")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed(indicatorFlag) {
				return printIndicator(cmd, f)
			}
			if err := withIndicator(cmd); err != nil {
				return err
			}
			return printPanel(cmd, f, args)
		},
	}
	f.filterFlags.add(cmd)
	f.addAbout(cmd)
	f.figureFlags.add(cmd)
	axes := []study.By{study.ByProvince, study.ByCity, study.ByDistrict, study.ByYear}
	f.rows = cli.ChoiceFlag(cmd, "rows", "what the rows are: `what`", axes...)
	f.columns = cli.ChoiceFlag(cmd, "columns", "what the columns are: `what`", study.ByYear, study.ByProvince, study.ByCity, study.ByDistrict)
	f.format = cli.FormatFlag(cmd, "csv", "json", "xlsx")
	f.measure = cli.ChoiceFlag(cmd, "measure", "with --wide: `what` a cell says", study.Measures...)
	cmd.Flags().StringArrayVar(&f.concepts, "concept", nil, "count this `question` as a concept; may be repeated")
	cmd.Flags().BoolVar(&f.wide, "wide", false, "a column for each column of the panel")
	cmd.Flags().BoolVar(&f.bom, "bom", false, "begin csv with a byte order mark, by which older spreadsheets know UTF-8")
	return cmd
}

// printPanel counts the concepts of a file, and those of flags, and prints the panel.
func printPanel(cmd *cobra.Command, f panelFlags, files []string) error {
	if err := f.check(cmd.Flags().Changed); err != nil {
		return err
	}
	switch {
	case (*f.rows == study.ByYear) == (*f.columns == study.ByYear):
		return cli.Usage("of --rows and --columns one is year, and the other province, city or district")
	case f.bom && *f.format != "csv":
		return cli.Usage("--bom goes with the form csv")
	case f.wide && *f.format == "json", cmd.Flags().Changed("measure") && !f.wide:
		return cli.Usage("--measure goes with --wide, and --wide with the forms csv and xlsx")
	}
	concepts, err := allConcepts(files, f.concepts)
	if err != nil {
		return err
	}
	var names, questions []string
	for _, c := range concepts {
		names, questions = append(names, c.name), append(questions, c.question)
	}
	if name, again := ask.Again(names); again {
		return cli.Usage("the concept %q is given more than once; give it once", name)
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
	counted, err := study.Across(cmd.Context(), s, *f.rows, *f.columns, all.requests)
	if err != nil {
		return err
	}
	made := export.PanelOf(counted, *f.rows, *f.columns, names)
	made.Aliases = all.aliases
	about, err := aboutCounts(cmd, s, f.filterFlags, all, names, questions)
	if err != nil {
		return err
	}
	table := made.Long
	if f.wide {
		table = func() [][]any { return made.Wide(*f.measure) }
	}
	if *f.format == "json" {
		err = cli.JSON(cmd.OutOrStdout(), made, true)
	} else {
		err = printTable(cmd, *f.format, f.bom, table(), about)
	}
	if err == nil && !finds(counted.Totals) {
		return errNothing
	}
	return err
}

// A concept is a name and the question that asks for any of its own.
type concept struct{ name, question string }

// allConcepts are those of files, and questions that are concepts of their own.
func allConcepts(files, questions []string) (all []concept, err error) {
	for _, path := range files {
		if all, err = readConcepts(path); err != nil {
			return nil, err
		}
	}
	for _, q := range questions {
		if strings.TrimSpace(q) == "" {
			return nil, cli.Usage("--concept is empty; give a question")
		}
		all = append(all, concept{q, q})
	}
	return all, nil
}

// readConcepts reads a file of concepts: a line is a name and one or more questions,
// and lines of one name belong together. A line that says concept in front is the
// head.
func readConcepts(path string) ([]concept, error) {
	text, err := readText(path)
	if err != nil {
		return nil, err
	}
	order, asked, err := conceptLines(path, text)
	if err != nil {
		return nil, err
	}
	if len(order) == 0 {
		return nil, fmt.Errorf("%s: no concepts in it: a line is a name, a comma and a question", path)
	}
	var all []concept
	for _, name := range order {
		question, err := anyOf(asked[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", path, name, err)
		}
		all = append(all, concept{name, question})
	}
	return all, nil
}

// conceptLines are the names of concepts in their order, and the questions of each.
func conceptLines(path, text string) (order []string, asked map[string][]string, err error) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	asked = map[string][]string{}
	for first := true; ; first = false {
		record, err := r.Read()
		if err == io.EOF {
			return order, asked, nil
		}
		if fault := (*csv.ParseError)(nil); errors.As(err, &fault) {
			return nil, nil, fmt.Errorf("%s:%d: %w", path, fault.Line, fault.Err)
		}
		line, _ := r.FieldPos(0)
		name, questions := strings.TrimSpace(record[0]), said(record[1:]...)
		switch {
		case first && isHead(name):
			if other := otherColumn(record[1:]); other != "" {
				return nil, nil, fmt.Errorf("%s:%d: the column %q would be asked as a question: leave it out, or call it question", path, line, other)
			}
			continue
		case name == "":
			return nil, nil, fmt.Errorf("%s:%d: no name of a concept in the first column", path, line)
		case len(questions) == 0:
			return nil, nil, fmt.Errorf("%s:%d: no question of %s: give one or more behind its name", path, line, name)
		case asked[name] == nil:
			order = append(order, name)
		}
		asked[name] = append(asked[name], questions...)
	}
}

func isHead(name string) bool {
	return name == "concept" || name == "name" || name == "概念" || name == "名称"
}

// otherColumn is the first column of a head behind the name that is not called a
// question, with a number or without; "" where all are.
func otherColumn(columns []string) string {
	for _, c := range columns {
		plain := strings.ToLower(strings.TrimRight(strings.TrimSpace(c), " _-0123456789"))
		if !slices.Contains([]string{"", "question", "questions", "query", "q", "alias", "问题", "检索式", "别名"}, plain) {
			return strings.TrimSpace(c)
		}
	}
	return ""
}

// anyOf is the question whose answers are those of any of several.
func anyOf(questions []string) (string, error) {
	if len(questions) == 1 {
		return questions[0], nil
	}
	either := query.Query{Root: query.Or{}}
	var parts query.Or
	for i, q := range questions {
		parsed := query.Parse(q)
		if parsed.Root == nil {
			return "", fmt.Errorf("the question %q asks for nothing", q)
		}
		if i > 0 && parsed.Within != either.Within {
			return "", errors.New("its questions differ in within:, which holds for a whole question")
		}
		either.Within = parsed.Within
		parts = append(parts, parsed.Root)
	}
	either.Root = parts
	return either.String(), nil
}
