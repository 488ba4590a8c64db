package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/engine"
)

func newStats(dir *string) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Say what the index holds",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "text" && format != "json" {
				return fmt.Errorf("--format %s: use text or json", format)
			}
			return failing(func(cmd *cobra.Command, _ []string) error {
				return stats(cmd, *dir, format)
			})(cmd, nil)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "`form` of the output: text, json")
	return cmd
}

func stats(cmd *cobra.Command, dir, format string) error {
	s, err := engine.Open(dir, engine.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	held, err := s.Stats(cmd.Context())
	if err != nil {
		return err
	}
	if format == "json" {
		return printJSON(cmd.OutOrStdout(), held)
	}
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "generation  %s, built %s\nreports     %d\npassages    %d\ntokens      %d\ntext        %d bytes\non disk     %d bytes\n",
		held.Generation, held.Built, held.Reports, held.Passages, held.Tokens, held.TextBytes, held.DiskBytes)
	for _, field := range []struct {
		name   string
		values []baogao.FacetValue
	}{{"region", held.Facets.Region}, {"level", held.Facets.Level}, {"year", held.Facets.Year}, {"kind", held.Facets.Kind}} {
		fmt.Fprintf(w, "\n%s\n", field.name)
		for _, v := range field.values {
			fmt.Fprintf(w, "  %-12s %6d reports %8d passages  %s\n", v.Value, v.Reports, v.Passages, v.Label)
		}
	}
	return nil
}

const verifyLong = `Verify reads every file of the index in use and compares it with what was
published: sizes, SHA-256, and the counts of the files among one another. Each
fault is a line that names the file.

Exit code: 0 whole, 1 damaged or no index, 2 usage.`

func newVerify(dir *string) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Check that the files of the index are as published",
		Long:  verifyLong,
		Args:  cobra.NoArgs,
		RunE: failing(func(cmd *cobra.Command, _ []string) error {
			faults, err := engine.Verify(*dir)
			if err != nil {
				return err
			}
			for _, f := range faults {
				fmt.Fprintln(cmd.OutOrStdout(), f)
			}
			if len(faults) > 0 {
				return fmt.Errorf("%s: %w: %d faults", *dir, baogao.ErrDamaged, len(faults))
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: whole\n", *dir)
			return nil
		}),
	}
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
