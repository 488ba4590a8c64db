package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"baogao/bench/compare"
	"baogao/bench/figures"
	"baogao/bench/load"
	"baogao/bench/peers"
	"baogao/bench/scale"
	"baogao/bench/studies"
	"baogao/bench/workload"
	"baogao/internal/cli"
)

// pageFlag adds the flag that names the page for the tables.
func pageFlag(cmd *cobra.Command) *string {
	return cmd.Flags().String("out", "", "write the tables into the Markdown `FILE`, between two marks")
}

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
	corpus, err := s.Corpus(cmd.Context(), s.makeApart)
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
	if _, err := s.Corpus(cmd.Context(), s.makeApart); err != nil {
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

const studiesLong = `Studies builds an index of all passages, each report of a city of one of 31
provinces and on one of ten years in turn, and measures a panel of 20 concepts, the
trend of each of them, and exports of 300,000 hits with the memory they take.`

func newStudies(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "studies", Short: "Measure panels, trends and exports", Long: studiesLong, Args: cli.Args(cobra.NoArgs)}
	page := pageFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		at, _, err := s.begin()
		if err != nil {
			return err
		}
		if _, err := s.Corpus(cmd.Context(), s.makeApart); err != nil {
			return err
		}
		f, err := studies.Measure(cmd.Context(), at)
		if err != nil {
			return err
		}
		return figures.Publish(cmd.OutOrStdout(), *page, "studies", f.Markdown())
	}
	return cmd
}

const loadLong = `Load runs search serve over an index of the real texts, and asks it what many
people ask at once: searches, pages, reports, conditional requests, some of them
hostile. Then it holds half-open connections beside an ordinary client, exports
every passage with a common word, and asks what is made to be slow, one by one.
All of it stays on this machine, whose processors the clients share with the
server.

    bench load
    bench load --index INDEX --seconds 600

Exit code: 1 also if an answer is a status that the service does not declare for
the request, or an export lacks a hit.`

// errLoad is the failure of a run whose tables were printed.
var errLoad = errors.New("some answers are wrong, as listed")

func newLoad(s *settings) *cobra.Command {
	var index string
	var seconds int
	var o load.Options
	cmd := &cobra.Command{Use: "load", Short: "Ask the server as many people at once do, and as a hostile one does", Long: loadLong, Args: cli.Args(cobra.NoArgs)}
	flags := cmd.Flags()
	flags.StringVar(&index, "index", "", "`folder` of the index; built of the real texts if not given")
	flags.IntVar(&o.Clients, "clients", 64, "ask as `N` clients at once")
	flags.IntVar(&seconds, "seconds", 60, "ask for `N` seconds")
	flags.IntVar(&o.Sockets, "sockets", 500, "hold `N` half-open connections")
	page := pageFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if o.Clients < 1 || seconds < 1 || o.Sockets < 0 {
			return cli.Usage("--clients and --seconds are 1 or more, --sockets 0 or more")
		}
		o.Lasts = time.Duration(seconds) * time.Second
		return besiege(cmd, s, index, o, *page)
	}
	return cmd
}

// besiege measures a server and writes what was measured.
func besiege(cmd *cobra.Command, s *settings, index string, o load.Options, page string) error {
	at, questions, err := s.begin()
	if err != nil {
		return err
	}
	if at.Index = index; index == "" {
		if at.Index, err = s.buildForLoad(cmd.Context(), at); err != nil {
			return err
		}
	}
	server, err := peers.StartServer(cmd.Context(), at)
	if err != nil {
		return err
	}
	defer server.Stop()
	g, err := load.Run(cmd.Context(), server, questions, o, cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	if err := figures.Publish(cmd.OutOrStdout(), page, "load", g.Markdown()); err != nil {
		return err
	}
	for _, fault := range g.Faults {
		fmt.Fprintln(cmd.ErrOrStderr(), "bench:", fault)
	}
	if len(g.Faults) > 0 {
		return errLoad
	}
	return nil
}

// buildForLoad builds an index of all real texts with index build.
func (s *settings) buildForLoad(ctx context.Context, at peers.Place) (string, error) {
	info, err := s.Corpus(ctx, s.makeApart)
	if err != nil {
		return "", err
	}
	at.Index = filepath.Join(at.Work, "index-load")
	_, err = peers.BuildFromFiles(ctx, at, info.Sources)
	return at.Index, err
}
