package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/cli"
	"baogao/internal/engine"
)

const showLong = `Show prints a report, or the passage of a report, by the id that stands at
the end of each hit.

    search show 'sichuan/anju2022.txt'
    search show 'sichuan/anju2022.txt#p17' --format json`

func newShow(index *string) *cobra.Command {
	var format *string
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Print a report or a passage",
		Long:  showLong,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return cli.Usage("show takes one id; to look for the word itself: search '\"show\"'")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return show(cmd, *index, args[0], *format == "json") },
	}
	format = cli.FormatFlag(cmd, "text", "json")
	return cmd
}

// show prints the passage that an id names, or else the report.
func show(cmd *cobra.Command, index, id string, asJSON bool) error {
	s, err := engine.Open(index)
	if err != nil {
		return err
	}
	defer s.Close()
	hit, err := s.Passage(cmd.Context(), id)
	if err == nil {
		return showPassage(cmd.OutOrStdout(), hit, asJSON)
	}
	r, e := s.Report(cmd.Context(), id)
	if e == nil {
		return showReport(cmd.OutOrStdout(), r, asJSON)
	}
	if _, _, _, ok := baogao.ParsePassageID(id); ok {
		return err
	}
	return e
}

func showPassage(w io.Writer, h *baogao.Hit, asJSON bool) error {
	if asJSON {
		return cli.JSON(w, h, true)
	}
	return cli.Printf(w, "%s\n%s\n%s\n\n%s\n", titleOf(h.Report), facts(h.Report, h.Sure)+recognised(h.OCR), strings.Join(h.Section, " › "), h.Text)
}

func showReport(w io.Writer, r *baogao.Report, asJSON bool) error {
	if asJSON {
		return cli.JSON(w, r, true)
	}
	cli.Printf(w, "%s\n%s%s\n", titleOf(r.Meta), facts(r.Meta, r.Sure())+recognised(r.Recognition()), copies(r.Copies, r.CopyOf))
	for _, p := range r.Paragraphs {
		cli.Printf(w, "\n[%d] %s\n", p.Number, p.Text)
	}
	return nil
}
