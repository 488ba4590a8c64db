package main

import (
	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/cli"
	"baogao/internal/engine"
	"baogao/internal/figure/key"
	"baogao/internal/keyed"
)

// keysUsage is what the flag for a table of keys says.
const keysUsage = "put the keys of figures in `FILE` in front of those of the program: a line is 茶园面积 = 茶园 茶叶种植面积, or CSV"

// readKeys reads a table of keys, none of "", and tells where it clashes.
func readKeys(cmd *cobra.Command, path string) (*key.Own, error) {
	if path == "" {
		return nil, nil
	}
	text, err := readText(path)
	if err != nil {
		return nil, err
	}
	own, err := key.ReadOwn(path, text)
	if err != nil {
		return nil, err
	}
	for _, clash := range own.Clashes {
		cli.Printf(cmd.ErrOrStderr(), "search: note: %s\n", cli.Printable(clash))
	}
	return own, nil
}

// openKeyed opens an index whose figures have the keys of a table, "" for none.
func openKeyed(cmd *cobra.Command, index, table string) (baogao.Searcher, error) {
	own, err := readKeys(cmd, table)
	if err != nil {
		return nil, err
	}
	s, err := engine.Open(index)
	if err != nil {
		return nil, err
	}
	return keyed.Over(s, own), nil
}
