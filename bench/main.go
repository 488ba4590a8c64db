// Bench compares the search engine with others that a user might pick instead,
// over the same passages and questions, and shows how it grows.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/spf13/cobra"

	"baogao/internal/cli"
)

const long = `Bench builds an index of the real texts beside the project with this engine and
with others, asks all of them the questions of bench/questions.txt, and checks
their counts by reading every passage.

    bench compare                    all engines that are installed, as a table
    bench compare --limit 20000      the same over the first passages
    bench scale                      how this engine grows with the corpus
    bench load                       what many clients at once meet, and hostile ones
    bench corpus --out DIR           only the passages

It is run in the root of the project, and needs the texts in ../shared and the
commands in bin/ (make build). tools/install-bench-tools.sh installs the others.

Exit code: 0 done, also where there are no texts; 1 failed, or a count is wrong;
2 usage.`

func main() { cli.Main(run) }

// run carries out a command line and returns its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	err := cli.Execute(ctx, newRoot(), args, stdout, stderr)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, cli.ErrUsage):
		cli.Report(stderr, "bench", err)
		return 2
	}
	cli.Report(stderr, "bench", err)
	return 1
}

func newRoot() *cobra.Command {
	root := &cobra.Command{Use: "bench", Short: "Compare search engines over the same passages", Long: long}
	s := &settings{}
	flags := root.PersistentFlags()
	flags.StringVar(&s.root, "root", ".", "`folder` of the project")
	flags.StringVar(&s.bin, "bin", "", "`folder` of the commands; bin/ in the root if not given")
	flags.StringVar(&s.work, "work", filepath.Join(os.TempDir(), "baogao-bench"), "`folder` for passages and indexes; passages that are there are used again")
	flags.IntVar(&s.limit, "limit", 0, "take the first `N` passages, up to the end of a report; 0 takes all")
	flags.BoolVar(&s.traditional, "traditional", false, "add the laws in Traditional Chinese")
	flags.BoolVar(&s.fresh, "fresh", false, "make the passages again even if they are there")
	root.AddCommand(newCorpus(s), newCompare(s), newScale(s), newLoad(s), newPeer(s))
	return root
}

// settings are the flags that all commands share.
type settings struct {
	root, bin, work    string
	limit              int
	traditional, fresh bool
}

// command returns the path of a command of the project.
func (s *settings) command(name string) string {
	if s.bin == "" {
		return filepath.Join(s.root, "bin", name)
	}
	return filepath.Join(s.bin, name)
}

// commands fails if a command of the project that is measured is not built.
func (s *settings) commands() error {
	for _, name := range []string{"index", "search"} {
		if _, err := exec.LookPath(s.command(name)); err != nil {
			return fmt.Errorf("%w; build it first: make build", err)
		}
	}
	return nil
}
