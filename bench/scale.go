package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"baogao/bench/figures"
	"baogao/bench/peers"
	"baogao/bench/scale"
	"baogao/bench/workload"
	"baogao/internal/cli"
)

const scaleLong = `Scale builds this engine's index of more and more passages and asks each the
questions of bench/questions.txt over HTTP, with one client. Where the corpus has
no more passages, its reports come again under other ids, with the sentences of
each passage in another order.`

func newScale(s *settings) *cobra.Command {
	var sizes []int
	plan := workload.Plan{Clients: 1}
	cmd := &cobra.Command{Use: "scale", Short: "Measure how this engine grows", Long: scaleLong, Args: cli.Args(cobra.NoArgs)}
	flags := cmd.Flags()
	flags.IntSliceVar(&sizes, "sizes", []int{10_000, 100_000, 500_000, 1_400_000}, "build indexes of so many `PASSAGES`, up to the end of a report")
	flags.IntVar(&plan.Rounds, "rounds", 20, "ask all questions `N` times")
	page := pageFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if plan.Rounds < 1 || len(sizes) == 0 || slices.Min(sizes) < 1 {
			return cli.Usage("--rounds and --sizes are 1 or more")
		}
		return measureGrowth(cmd, s, sizes, plan, *page)
	}
	return cmd
}

// measureGrowth measures our engine at each size and writes the table.
func measureGrowth(cmd *cobra.Command, s *settings, sizes []int, plan workload.Plan, page string) (err error) {
	var at peers.Place
	if at, plan.Questions, err = s.begin(); err != nil {
		return err
	}
	if _, err := s.corpus(cmd.Context()); err != nil {
		return err
	}
	var steps []scale.Step
	for _, size := range sizes {
		step, err := scale.Measure(cmd.Context(), at, size, plan)
		if err != nil {
			return fmt.Errorf("%d passages: %w", size, err)
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "bench: %d passages: built in %.1f s\n", step.Passages, step.Build.Wall)
		steps = append(steps, step)
	}
	return figures.Publish(cmd.OutOrStdout(), page, "scale", scale.Table(steps).String())
}
