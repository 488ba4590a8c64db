// Eval measures what the project understands of reports whose metadata is
// known, and how well it ranks, and keeps the measures as texts.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"baogao/internal/cli"
	"baogao/internal/eval"
)

const long = `Eval infers region, level, year and kind of reports whose metadata is known and
hidden from it, and prints how often it is right, how much its confidence is
worth, and every miss. Then it asks questions that are judged, and prints how
high what answers them is ranked. It reads figures that were labelled. Last it prints
the samples, scans the prints badly, and says how many characters are read otherwise
by machine.

    eval                as it is now
    eval --update       the same, kept in internal/eval/testdata

It is run in the root of the project, and reads the real texts beside it in
../shared; without them it measures the samples and the invented hard cases.

Exit code: 0 done, 1 failed, 2 usage.`

// A part of what is measured gives a report, and whether no text was missing
// for it.
type part struct {
	golden  string // file it is kept in, below the root of the project; "" is nowhere
	measure func(ctx context.Context, root string) (report []byte, complete bool, err error)
}

var parts = []part{
	{"internal/eval/testdata/metadata.golden", measure},
	{"internal/eval/testdata/short_questions.golden", measureShort},
	{"internal/eval/testdata/retrieval.golden", measureRetrieval},
	{"internal/eval/testdata/figures.golden", measureFigures},
	{"", measureScans},
}

func main() { cli.Main(run) }

// run carries out a command line and returns its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	return cli.Code(stderr, "eval", cli.Execute(ctx, newRoot(), args, stdout, stderr))
}

func newRoot() *cobra.Command {
	root := &cobra.Command{Use: "eval", Short: "Measure what is understood of reports", Long: long, Args: cli.Args(cobra.NoArgs)}
	dir := root.Flags().String("root", ".", "`folder` of the project")
	update := root.Flags().Bool("update", false, "keep the measures in internal/eval/testdata")
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		for _, p := range parts {
			report, complete, err := p.measure(cmd.Context(), *dir)
			if err != nil {
				return err
			}
			if _, err := cmd.OutOrStdout().Write(report); err != nil {
				return err
			}
			if !*update || p.golden == "" {
				continue
			}
			if !complete {
				return fmt.Errorf("%s lacks real texts, and would be kept without them; put them there, or leave out --update", sharedDir(*dir))
			}
			if err := os.WriteFile(filepath.Join(*dir, p.golden), report, 0o644); err != nil {
				return err
			}
		}
		return nil
	}
	return root
}

// measure infers the metadata of all sets and gives the report on it.
// It is not complete where the real texts are missing.
func measure(ctx context.Context, root string) (report []byte, complete bool, err error) {
	documents, complete, err := readAll(ctx, root)
	if err != nil {
		return nil, false, err
	}
	report, err = reportOn(ctx, documents)
	return report, complete, err
}

// readAll reads the documents of all sets, the real ones first where they are
// there.
func readAll(ctx context.Context, root string) (list []document, complete bool, err error) {
	invented, err := readInvented(ctx, root)
	if err != nil {
		return nil, false, err
	}
	real, err := readReal(root)
	if errors.Is(err, fs.ErrNotExist) {
		return invented, false, nil
	}
	return append(real, invented...), err == nil, err
}

// reportOn infers the metadata of documents and gives the report on it.
func reportOn(ctx context.Context, documents []document) ([]byte, error) {
	var list []eval.Judgement
	for _, d := range documents {
		found, err := d.judge(ctx)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", d.set, d.id, err)
		}
		list = append(list, found...)
	}
	var b bytes.Buffer
	err := eval.Print(&b, collections, views, list)
	return b.Bytes(), err
}
