package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/engine"
)

const showLong = `Show prints a report, or the passage of a report, by the id that stands at
the end of each hit.

    search show 'sichuan/anju2022.txt'
    search show 'sichuan/anju2022.txt#p17' --format json`

func newShow(index *string) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Print a report or a passage",
		Long:  showLong,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("show takes one id; to look for the word itself: search '\"show\"'")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return usage("--format %s: show prints text or json", format)
			}
			return show(cmd, *index, args[0], format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "`form` of the output: text, json")
	return cmd
}

func show(cmd *cobra.Command, index, id, format string) error {
	s, err := engine.Open(index, engine.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	if _, _, _, ok := baogao.ParsePassageID(id); ok {
		hit, err := s.Passage(cmd.Context(), id)
		if err != nil {
			return err
		}
		if format == "json" {
			return printJSON(cmd, hit)
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s\n%s\n\n%s\n", headline(hit.Report), strings.Join(hit.Section, " › "), hit.Text)
		return nil
	}
	r, err := s.Report(cmd.Context(), id)
	if err != nil {
		return err
	}
	if format == "json" {
		return printJSON(cmd, r)
	}
	fmt.Fprintln(cmd.OutOrStdout(), headline(r.Meta))
	for _, p := range r.Paragraphs {
		fmt.Fprintf(cmd.OutOrStdout(), "\n[%d] %s\n", p.Number, p.Text)
	}
	return nil
}

func printJSON(cmd *cobra.Command, v any) error {
	e := json.NewEncoder(cmd.OutOrStdout())
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
