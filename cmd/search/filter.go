package main

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/charset"
	"baogao/internal/cli"
	"baogao/internal/export"
)

// aliasesUsage is what the flag for aliases says.
const aliasesUsage = "ask for the other names of words too that `FILE` lists: a line is 府院联动 = 府院联席 | 府院会商, or CSV"

// filterFlags narrow the reports that are searched.
type filterFlags struct {
	regions, levels, years, kinds []string
	sure, ocr                     string
	allCopies                     bool
	aliases                       string // file of other names of words
	exact                         bool
	about                         string // file that says what a file of hits or counts holds
}

// add gives the flags to a command.
func (f *filterFlags) add(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringSliceVar(&f.regions, "region", nil, "only this `region` and what lies in it: code, full or short name; may be repeated, or a list")
	fl.StringSliceVar(&f.levels, "level", nil, "only this `level`: "+ask.OneOf(baogao.Levels)+"; may be repeated, or a list")
	fl.StringSliceVar(&f.years, "year", nil, "only reports on this `year` or range: 2022, 2020..2024, unknown; may be repeated, or a list: 2018,2020..2022")
	fl.StringSliceVar(&f.kinds, "kind", nil, "only this `kind`: "+ask.OneOf(baogao.Kinds)+"; may be repeated, or a list")
	fl.StringVar(&f.sure, "sure", "", "only reports of which region, level, year and kind, where known, have this `confidence` or more: 0.8")
	fl.StringVar(&f.ocr, "ocr", "", "`yes`: only reports that were read by machine (OCR), in part or as a whole; no: only others")
	fl.BoolVar(&f.allCopies, "all-copies", false, "search every copy of a report, not only the one that is shown")
	fl.StringVar(&f.aliases, "aliases", "", aliasesUsage)
	fl.BoolVar(&f.exact, "exact", false, "ask for words as typed, without their aliases, and do not fall back to passages that share parts of them")
}

// addAbout gives the flag for what lies beside a file to a command.
func (f *filterFlags) addAbout(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.about, "about", "", "write into `FILE`, as CSV, what is printed: questions, filters, reports held, generation, day and program")
}

// writeAbout writes what a file holds beside it, where that is asked for.
func (f *filterFlags) writeAbout(about [][2]string) error {
	if f.about == "" {
		return nil
	}
	out, err := os.Create(f.about)
	if err != nil {
		return err
	}
	return errors.Join(export.WriteAbout(out, about), out.Close())
}

// useAliases has the questions of a command ask for the aliases of its file.
func (f *filterFlags) useAliases(cmd *cobra.Command) error {
	aliases, err := readAliases(f.aliases)
	if err == nil {
		cmd.SetContext(ask.WithAliases(cmd.Context(), aliases))
	}
	return err
}

// readAliases reads a file of aliases, none of "".
func readAliases(path string) (*ask.Aliases, error) {
	if path == "" {
		return nil, nil
	}
	text, err := readText(path)
	if err != nil {
		return nil, err
	}
	return ask.ReadAliases(path, text)
}

// readText reads a file in whatever charset it is in.
func readText(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	text, _, err := charset.Decode(data)
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return text, nil
}

// typed is a question with the filters.
func (f *filterFlags) typed(question string) ask.Typed {
	return ask.Typed{Question: question, Regions: f.regions, Levels: f.levels, Years: f.years, Kinds: f.kinds, Sure: f.sure, OCR: f.ocr, Copies: f.allCopies, Exact: f.exact}
}

// check finds filters that are empty or cannot be read. changed tells which flags
// were given.
func (f *filterFlags) check(changed func(string) bool) error {
	for name, values := range map[string][]string{"region": f.regions, "level": f.levels, "year": f.years, "kind": f.kinds, "sure": said(f.sure), "ocr": said(f.ocr)} {
		if changed(name) && !slices.ContainsFunc(values, func(v string) bool { return v != "" }) {
			return cli.Usage("--%s is empty; leave it out to search everywhere", name)
		}
	}
	var value *ask.ValueError
	if _, err := (ask.Typed{Years: f.years, Sure: f.sure, OCR: f.ocr}).Canonical(); errors.As(err, &value) {
		return cli.Usage("--%s", value.Reason)
	}
	return nil
}
