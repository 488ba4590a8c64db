package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"baogao/bench/numbers"
	"baogao/internal/cli"
)

// newFigures makes the command that measures what figures cost.
func newFigures(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "figures", Short: "Measure what the figures of reports cost to read, to keep and to ask for", Args: cli.Args(cobra.NoArgs)}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		at, _, err := s.begin()
		if err != nil {
			return err
		}
		info, err := s.Corpus(cmd.Context(), s.makeApart)
		if err != nil {
			return err
		}
		lines, err := numbers.Measure(cmd.Context(), at, info)
		if err != nil {
			return err
		}
		fmt.Fprintln(cmd.OutOrStdout(), numbers.Table(lines))
		if broken := numbers.Broken(lines); len(broken) > 0 {
			return fmt.Errorf("figures cost more than they may: %s", strings.Join(broken, "; "))
		}
		return nil
	}
	return cmd
}
