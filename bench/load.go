package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"baogao/bench/figures"
	"baogao/bench/load"
	"baogao/bench/peers"
	"baogao/internal/cli"
)

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
	info, err := s.corpus(ctx)
	if err != nil {
		return "", err
	}
	at.Index = filepath.Join(at.Work, "index-load")
	_, err = peers.BuildFromFiles(ctx, at, info.Sources)
	return at.Index, err
}
