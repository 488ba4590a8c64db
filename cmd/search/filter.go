package main

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/cli"
)

// filterFlags narrow the reports that are searched.
type filterFlags struct {
	regions, levels, years, kinds []string
	sure, ocr                     string
	allCopies                     bool
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
}

// typed is a question with the filters.
func (f *filterFlags) typed(question string) ask.Typed {
	return ask.Typed{Question: question, Regions: f.regions, Levels: f.levels, Years: f.years, Kinds: f.kinds, Sure: f.sure, OCR: f.ocr, Copies: f.allCopies}
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
