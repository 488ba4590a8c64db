package main

import (
	"context"
	"errors"
	"io"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"baogao/internal/ask"
	"baogao/internal/cli"
	"baogao/internal/engine"
	"baogao/internal/keyed"
	"baogao/internal/mcp"
)

const mcpLong = `Mcp answers a language model over standard input and output, by the Model Context
Protocol: it searches, reads, counts and cites with tools that only read. A client
starts it, as

    {"mcpServers": {"baogao": {"command": "search", "args": ["mcp", "--index", "/srv/baogao.index"]}}}

Over HTTP, serve answers the same under /mcp.`

func newMCP(index *string) *cobra.Command {
	var pages, names, keys string
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Answer language models over standard input and output",
		Long:  mcpLong,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return cli.Usage("mcp takes no words; to look for the word itself: search '\"mcp\"'")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			aliases, err := readAliases(names)
			if err != nil {
				return err
			}
			own, err := readKeys(cmd, keys)
			if err != nil {
				return err
			}
			s, err := engine.Follow(*index, func(err error) {
				cli.Printf(cmd.ErrOrStderr(), "search: the newest index cannot be used; the former one answers: %v\n", err)
			})
			if err != nil {
				return err
			}
			defer s.Close()
			o := mcp.Options{Version: cli.Version(), Pages: pages}
			err = mcp.New(keyed.Over(s, own), o).Run(ask.WithAliases(cmd.Context(), aliases), &sdk.IOTransport{Reader: io.NopCloser(cmd.InOrStdin()), Writer: unclosed{cmd.OutOrStdout()}})
			if errors.Is(err, io.EOF) || errors.Is(err, context.Canceled) {
				return nil // the client is gone, or an interrupt ends it
			}
			return err
		},
	}
	cmd.Flags().StringVar(&pages, "pages", "", "`address` under which serve shows the pages, as http://127.0.0.1:8080, for links in answers")
	cmd.Flags().StringVar(&names, "aliases", "", aliasesUsage)
	cmd.Flags().StringVar(&keys, "keys", "", keysUsage)
	return cmd
}

// unclosed is a Writer that others close.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }
