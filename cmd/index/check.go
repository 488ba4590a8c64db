package main

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/cli"
	"baogao/internal/engine"
)

func newStats(dir *string) *cobra.Command {
	var format *string
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Say what the index holds",
		Args:  cli.Args(cobra.NoArgs),
		RunE:  func(cmd *cobra.Command, _ []string) error { return stats(cmd, *dir, *format) },
	}
	format = cli.FormatFlag(cmd, "text", "json")
	return cmd
}

func stats(cmd *cobra.Command, dir, format string) error {
	s, err := engine.Open(dir)
	if err != nil {
		return err
	}
	defer s.Close()
	held, err := s.Stats(cmd.Context())
	if err != nil {
		return err
	}
	if format == "json" {
		return cli.JSON(cmd.OutOrStdout(), held, true)
	}
	w := cmd.OutOrStdout()
	cli.Printf(w, "generation  %s, built %s\nreports     %s\npassages    %d\ntokens      %d\ntext        %d bytes\non disk     %d bytes\n",
		held.Generation, held.Built, counted(held), held.Passages, held.Tokens, held.TextBytes, held.DiskBytes)
	for _, facet := range held.Facets.All() {
		cli.Printf(w, "\n%s\n", facet.Field)
		for _, v := range facet.Values {
			cli.Printf(w, "  %-12s %6d reports %8d passages  %s\n", v.Value, v.Reports, v.Passages, v.Label)
		}
	}
	return nil
}

// counted is the number of reports, and of copies where there are some.
func counted(s *baogao.Stats) string {
	if s.Copies == 0 {
		return strconv.Itoa(s.Reports)
	}
	return fmt.Sprintf("%d, %d of them copies", s.Reports, s.Copies)
}

const verifyLong = `Verify reads every file of the index in use and compares it with what was
published: sizes, SHA-256, and the counts of the files among one another. Each
fault is a line that names the file.

    index verify                    whether the index in use is whole
    index verify --repair           go back to the newest whole generation

With --repair, where CURRENT is damaged or the generation it names is not whole,
the newest generation in the folder that is whole takes its place: what a
reader still held when it was replaced, or what lost its name. Nothing is
removed, and nothing is changed where the index in use is whole.

Exit code: 0 whole, 1 damaged or no index, 2 usage.`

func newVerify(dir *string) *cobra.Command {
	var repair bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that the files of the index are as published",
		Long:  verifyLong,
		Args:  cli.Args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if repair {
				return repairIndex(cmd, *dir)
			}
			return verify(cmd, *dir)
		},
	}
	cmd.Flags().BoolVar(&repair, "repair", false, "make the newest whole generation the one in use, unless that is whole")
	return cmd
}

func verify(cmd *cobra.Command, dir string) error {
	faults, err := engine.Verify(dir)
	if err != nil {
		return err
	}
	printLines(cmd, faults)
	if len(faults) > 0 {
		return fmt.Errorf("%s: %w: %s", dir, baogao.ErrDamaged, cli.Count(len(faults), "fault"))
	}
	cli.Printf(cmd.OutOrStdout(), "%s: whole\n", dir)
	return nil
}

func repairIndex(cmd *cobra.Command, dir string) error {
	done, faults, err := engine.Repair(dir)
	printLines(cmd, faults)
	if err != nil {
		return err
	}
	cli.Printf(cmd.OutOrStdout(), "%s: %s\n", dir, cmp.Or(done, "whole"))
	return nil
}

func printLines(cmd *cobra.Command, lines []string) {
	for _, line := range lines {
		cli.Printf(cmd.OutOrStdout(), "%s\n", line)
	}
}
