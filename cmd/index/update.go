package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"baogao/corpus"
	"baogao/internal/cli"
	"baogao/internal/engine"
)

const updateLong = `Update makes the index say what the files say now: reports of new and changed
files are read, those of files that are as they were are kept, and those of
files that are gone leave the index. Files are compared by content. The outcome
is that of a build of the same paths, in a fraction of the time; give all the
paths the index was built of.

    index update reports/ --index reports.index

Where there is no index yet, or another version of the program made it, every
file is read.

Exit code: 0 done, 1 failed, 2 usage.`

func newUpdate(dir *string) *cobra.Command {
	return &cobra.Command{
		Use:   "update PATH...",
		Short: "Bring the index up to date with its files",
		Long:  updateLong,
		Args:  cli.Args(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return update(cmd.Context(), newProgress(cmd), *dir, args)
		},
	}
}

// update brings the index at dir up to date and tells how it went.
func update(ctx context.Context, p *progress, dir string, paths []string) error {
	if err := exist(paths); err != nil {
		return err
	}
	began := time.Now()
	w, err := engine.Update(dir, corpus.Revision())
	if err != nil {
		return err
	}
	defer w.Close()
	in := &intake{writer: w, updater: w, progress: p}
	stats, err := in.publish(ctx, paths, dir)
	if err != nil {
		return err
	}
	c := stats.Changes
	if c.Gone > c.Kept+c.Changed {
		p.say("note: most reports left the index; give all the paths that belong in it")
	}
	p.say("index: %d added, %d changed, %d gone, %d kept, %d skipped; %s, %s, in %.1f s: %s/%s", c.Added, c.Changed, c.Gone, c.Kept,
		in.skipped, reportsOf(stats), many(stats.Passages, "passage"), time.Since(began).Seconds(), dir, stats.Generation)
	return nil
}
