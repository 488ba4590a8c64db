package main

import (
	"encoding/json"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"baogao/bench/compare"
	"baogao/bench/figures"
	"baogao/bench/peers"
	"baogao/bench/workload"
	"baogao/internal/cli"
)

// errCounts is the failure of a comparison whose table was printed.
var errCounts = errors.New("some counts are wrong, as listed; if the passages were made by another version, make them again with --fresh")

func newCompare(s *settings) *cobra.Command {
	var only []string
	var figuresFile string
	var plan workload.Plan
	cmd := &cobra.Command{Use: "compare", Short: "Measure this engine and others", Args: cli.Args(cobra.NoArgs)}
	flags := cmd.Flags()
	flags.StringSliceVar(&only, "only", peers.Names(), "measure these `ENGINES`, with commas")
	flags.IntVar(&plan.Rounds, "rounds", 20, "ask all questions `N` times with one client")
	flags.IntVar(&plan.Seconds, "seconds", 10, "ask for `N` seconds with eight clients")
	flags.StringVar(&figuresFile, "json", "", "write all figures to `FILE`")
	page := pageFlag(cmd)
	plan.Clients = 8
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if plan.Rounds < 1 || plan.Seconds < 0 {
			return cli.Usage("--rounds is 1 or more, --seconds 0 or more")
		}
		var chosen []peers.Peer
		for _, name := range only {
			p, err := peers.Find(name)
			if err != nil {
				return cli.Usage("%v", err)
			}
			chosen = append(chosen, p)
		}
		return comparePeers(cmd, s, chosen, plan, *page, figuresFile)
	}
	return cmd
}

// comparePeers measures the chosen engines and writes what was measured.
func comparePeers(cmd *cobra.Command, s *settings, chosen []peers.Peer, plan workload.Plan, page, figuresFile string) (err error) {
	var at peers.Place
	if at, plan.Questions, err = s.begin(); err != nil {
		return err
	}
	corpus, err := s.corpus(cmd.Context())
	if err != nil {
		return err
	}
	c, fault := compare.Run(cmd.Context(), at, corpus, chosen, plan, cmd.ErrOrStderr())
	if c == nil {
		return fault
	}
	c.Explain(cmd.ErrOrStderr())
	if err := figures.Publish(cmd.OutOrStdout(), page, "bench", c.Markdown()); err != nil {
		return err
	}
	if err := writeJSON(figuresFile, c); err != nil {
		return err
	}
	if len(c.Wrong) > 0 {
		return errors.Join(fault, errCounts)
	}
	return fault
}

// writeJSON writes the figures to a file, if one is named.
func writeJSON(file string, c *compare.Comparison) error {
	if file == "" {
		return nil
	}
	b, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(b, '\n'), 0o644)
}
