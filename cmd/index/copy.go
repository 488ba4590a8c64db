package main

import (
	"time"

	"github.com/spf13/cobra"

	"baogao/corpus"
	"baogao/internal/cli"
	"baogao/internal/engine"
)

const copyLong = `Copy makes a new index of the reports of another one, without their files: from a
folder into a cluster, from a cluster into a folder. What is made is held to the
source by its counts before it is used.

    index copy reports.index opensearch://127.0.0.1:9200/reports
    index copy opensearch://127.0.0.1:9200/reports back.index

From which file a report came is not copied: the first update of a copy reads
every file.

Exit code: 0 done, 1 failed, 2 usage.`

func newCopy() *cobra.Command {
	return &cobra.Command{
		Use:   "copy FROM TO",
		Short: "Make an index of the reports of another",
		Long:  copyLong,
		Args:  cli.Args(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			began := time.Now()
			published, err := engine.Copy(cmd.Context(), args[0], args[1], corpus.Revision())
			if err != nil {
				return err
			}
			cli.Printf(cmd.ErrOrStderr(), "index: %s, %s, in %.1f s: %s/%s\n",
				reportsOf(published), cli.Count(published.Passages, "passage"), time.Since(began).Seconds(), args[1], published.Generation)
			return nil
		},
	}
}
