package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/corpus"
	"baogao/internal/cli"
)

const inspectLong = `Inspect prints what is understood of files, without an index: title, region,
level, year, kind, issuer, number and date, each with its confidence and the
words that speak for it; what cleaning removed; the headings. Nothing is
guessed in silence: what is not sure is unknown, with its candidates.

    index inspect reports/a.txt
    index inspect reports/*.txt --format json

In JSON, each report is an object on a line of its own. Exit code: 0 done, 1 a file could not be
read, 2 usage.`

func newInspect() *cobra.Command {
	var format *string
	var scans bool
	cmd := &cobra.Command{
		Use:   "inspect FILE...",
		Short: "Say what is understood of files, and why",
		Long:  inspectLong,
		Args:  cli.Args(cobra.MinimumNArgs(1)),
		RunE:  func(cmd *cobra.Command, args []string) error { return inspect(cmd, args, *format, scans) },
	}
	ocrFlag(cmd, &scans)
	format = cli.FormatFlag(cmd, "text", "json")
	return cmd
}

func inspect(cmd *cobra.Command, paths []string, format string, scans bool) error {
	machine, err := recogniser(cmd.Context(), scans, nil)
	if err != nil {
		return err
	}
	skipped := 0
	o := corpus.Options{OCR: machine, Preparing: func(what string) { cli.Printf(cmd.ErrOrStderr(), "preparing %s\n", what) }}
	for r, err := range corpus.Reports(cmd.Context(), paths, o) {
		var fault *corpus.FileError
		switch {
		case errors.Is(err, corpus.ErrNote):
			cli.Printf(cmd.ErrOrStderr(), "note: %v\n", err)
			continue
		case errors.As(err, &fault):
			skipped++
			cli.Printf(cmd.ErrOrStderr(), "skipped: %v\n", fault)
			continue
		case err != nil:
			return err
		}
		if format == "json" {
			if err := cli.JSON(cmd.OutOrStdout(), r, false); err != nil {
				return err
			}
			continue
		}
		describe(cmd.OutOrStdout(), r)
	}
	if skipped > 0 {
		return fmt.Errorf("%d skipped, as listed above", skipped)
	}
	return nil
}

// charsetOf names the charset of a text, where its format leaves a choice.
func charsetOf(c baogao.Cleaning) string {
	if c.Charset == "" {
		return ""
	}
	return ", charset " + c.Charset
}

// describe prints a report as a page for a person.
func describe(w io.Writer, r *baogao.Report) {
	cli.Printf(w, "%s\n", r.Meta.ID)
	for _, f := range r.Findings {
		value := cmp.Or(f.Value, baogao.Unknown)
		if f.Field == "region" && f.Value != "" {
			value = strings.TrimSpace(r.Meta.Region.Code + " " + r.Meta.Region.Name)
		}
		cli.Printf(w, "  %-10s %s  (%s, %.2f)\n", f.Field, value, f.Origin, f.Confidence)
		for _, e := range f.Evidence {
			cli.Printf(w, "             · %s\n", e)
		}
		for _, c := range f.Candidates {
			cli.Printf(w, "             ? %s %s  %.2f\n", c.Value, c.Label, c.Score)
		}
	}
	for _, f := range r.Facts {
		cli.Printf(w, "  fact       %s: %s\n", f.Label, f.Value)
	}
	c := r.Cleaning
	cli.Printf(w, "  text       %d paragraphs, %d passages, format %s%s\n", len(r.Paragraphs), len(r.Passages), c.Format, charsetOf(c))
	cli.Printf(w, "  cleaning   %d glosses removed, %d places repaired, %d damaged, %d lines dropped\n",
		c.Glosses, c.Repairs, c.Damaged, len(c.Dropped))
	if c.OCR != nil {
		cli.Printf(w, "  ocr        %s, confidence %.2f, by %s\n", cli.Count(len(c.OCR.Pages), "page"), c.OCR.Confidence, c.OCR.Program)
	}
	if c.Missing != nil {
		cli.Printf(w, "  missing    page %s\n", strings.Trim(fmt.Sprint(c.Missing), "[]"))
	}
	for _, line := range c.Dropped {
		cli.Printf(w, "             - %s\n", line)
	}
	cli.Printf(w, "  headings\n")
	for _, p := range r.Paragraphs {
		if p.Heading > 0 {
			cli.Printf(w, "    %s%s\n", strings.Repeat("  ", p.Heading), p.Text)
		}
	}
	cli.Printf(w, "\n")
}
