package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/corpus"
	"baogao/internal/cli"
	"baogao/internal/engine"
)

const buildLong = `Build reads files, and every file below folders, and makes a new index of
them. It takes .txt in UTF-8, GB18030, Big5 or UTF-16, .jsonl and .jsonl.gz;
a metadata.csv beside the files gives what would else be inferred. A file that
cannot be read is listed with its reason, and the build goes on.

    index build reports/ --index reports.index

Exit code: 0 done, 1 failed (with --strict also when a file was skipped),
2 usage.`

func newBuild(dir *string) *cobra.Command {
	var strict bool
	cmd := &cobra.Command{
		Use:   "build PATH...",
		Short: "Make a new index of files and folders",
		Long:  buildLong,
		Args:  cli.Args(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return build(cmd.Context(), cmd.ErrOrStderr(), *dir, args, strict)
		},
	}
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with 1 if a file was skipped; the index is built all the same")
	return cmd
}

// build makes a new index at dir and tells log how it went.
func build(ctx context.Context, log io.Writer, dir string, paths []string, strict bool) error {
	for _, p := range paths {
		if _, err := os.Stat(p); err != nil {
			return err
		}
	}
	began := time.Now()
	w, err := engine.Create(dir)
	if err != nil {
		return err
	}
	defer w.Close()
	reports, skipped, err := addAll(ctx, w, paths, corpus.Options{Exclude: []string{dir}}, log)
	if err != nil {
		return err
	}
	if reports == 0 {
		return errors.New("no report was read; the index is as it was")
	}
	stats, err := w.Publish(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(log, "index: %d reports, %d passages, %d characters and words, %d skipped, in %.1f s: %s/%s\n",
		stats.Reports, stats.Passages, stats.Tokens, skipped, time.Since(began).Seconds(), dir, stats.Generation)
	if strict && skipped > 0 {
		return fmt.Errorf("%d skipped, as listed above", skipped)
	}
	return nil
}

// notesShown is how many notes on the metadata of one file are shown; a file of
// lines may have one for each.
const notesShown = 5

// addAll adds every report of paths and lists what could not be read.
func addAll(ctx context.Context, w baogao.Writer, paths []string, o corpus.Options, log io.Writer) (reports, skipped int, err error) {
	notes := map[string]int{} // on metadata, by file
	defer func() {
		for _, path := range slices.Sorted(maps.Keys(notes)) {
			if n := notes[path] - notesShown; n > 0 {
				fmt.Fprintf(log, "note: %s: %d more of the kind\n", path, n)
			}
		}
	}()
	for r, err := range corpus.Reports(ctx, paths, o) {
		var fault *corpus.FileError
		switch {
		case errors.Is(err, corpus.ErrMetadata) && errors.As(err, &fault):
			if notes[fault.Path]++; notes[fault.Path] <= notesShown {
				fmt.Fprintln(log, "note:", fault)
			}
			continue
		case errors.As(err, &fault):
			skipped++
			fmt.Fprintln(log, "skipped:", fault)
			continue
		case err != nil:
			return reports, skipped, err
		}
		if err := w.Add(ctx, r); err != nil {
			return reports, skipped, err
		}
		reports++
	}
	return reports, skipped, nil
}
