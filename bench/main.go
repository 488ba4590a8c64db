// Bench compares the search engine with others that a user might pick instead,
// over the same passages and questions, and shows how it grows.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/spf13/cobra"

	"baogao/bench/peers"
	"baogao/bench/same"
	"baogao/bench/texts"
	"baogao/bench/workload"
	"baogao/internal/cli"
)

const long = `Bench builds an index of the real texts beside the project with this engine and
with others, asks all of them the questions of bench/questions.txt, and checks
their counts by reading every passage.

    bench compare                    all engines that are installed, as a table
    bench compare --limit 20000      the same over the first passages
    bench scale                      how this engine grows with the corpus
    bench studies                    panels, trends and exports over all passages
    bench load                       what many clients at once meet, and hostile ones
    bench figures                    what the figures of reports cost, and whether it is what they may
    bench same --former DIR          whether the commands in DIR answer as those in bin/
    bench corpus --out DIR           only the passages

It is run in the root of the project, and needs the texts in ../shared and the
commands in bin/ (make build). tools/install-bench-tools.sh installs the others.

Exit code: 0 done, also where there are no texts; 1 failed, or a count is wrong;
2 usage.`

func main() { cli.Main(run) }

// run carries out a command line and returns its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	err := cli.Execute(ctx, newRoot(), args, stdout, stderr)
	if errors.Is(err, texts.ErrNone) {
		fmt.Fprintf(stdout, "bench: %v; nothing is measured\n", err)
		return 0
	}
	return cli.Code(stderr, "bench", err)
}

func newRoot() *cobra.Command {
	root := &cobra.Command{Use: "bench", Short: "Compare search engines over the same passages", Long: long}
	s := &settings{}
	flags := root.PersistentFlags()
	flags.StringVar(&s.Root, "root", ".", "`folder` of the project")
	flags.StringVar(&s.bin, "bin", "", "`folder` of the commands; bin/ in the root if not given")
	flags.StringVar(&s.Dir, "work", filepath.Join(os.TempDir(), "baogao-bench"), "`folder` for passages and indexes; passages that are there are used again")
	flags.IntVar(&s.Limit, "limit", 0, "take the first `N` passages, up to the end of a report; 0 takes all")
	flags.BoolVar(&s.Traditional, "traditional", false, "add the laws in Traditional Chinese")
	flags.BoolVar(&s.Fresh, "fresh", false, "make the passages again even if they are there")
	root.AddCommand(newCorpus(s), newCompare(s), newScale(s), newStudies(s), newLoad(s), newSame(s), newFigures(s), newPeer())
	return root
}

// settings are the flags that all commands share.
type settings struct {
	texts.Options
	bin string
}

// begin reads the questions and finds the commands of the project that are
// measured.
func (s *settings) begin() (at peers.Place, questions []workload.Question, err error) {
	at = peers.Place{Root: s.Root, Bin: cmp.Or(s.bin, filepath.Join(s.Root, "bin")), Work: s.Dir}
	if questions, err = workload.Read(filepath.Join(s.Root, "bench", "questions.txt")); err != nil {
		return at, nil, err
	}
	for _, name := range []string{"index", "search"} {
		if _, err := exec.LookPath(filepath.Join(at.Bin, name)); err != nil {
			return at, nil, fmt.Errorf("%w; build it first: make build", err)
		}
	}
	return at, questions, nil
}

// makeApart makes the corpus in a process of its own: the memory of this process
// would count as that of all processes it begins later.
func (s *settings) makeApart(ctx context.Context, _ []string) (*texts.Info, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	out, err := exec.CommandContext(ctx, self, "corpus", "--root", s.Root, "--work", s.Dir,
		fmt.Sprintf("--limit=%d", s.Limit), fmt.Sprintf("--traditional=%t", s.Traditional), fmt.Sprintf("--fresh=%t", s.Fresh)).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("making the passages: %w: %s", err, out)
	}
	return s.ReadInfo()
}

func newCorpus(s *settings) *cobra.Command {
	var out string
	cmd := &cobra.Command{Use: "corpus", Short: "Write the passages that all engines index", Args: cli.Args(cobra.NoArgs)}
	cmd.Flags().StringVar(&out, "out", "", "`folder` to write to; the one of --work if not given")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		s.Dir = cmp.Or(out, s.Dir)
		info, err := s.Corpus(cmd.Context(), s.Make)
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%d reports, %d passages, %d bytes of text: %s\n",
			info.Reports, info.Passages, info.TextBytes, filepath.Join(s.Dir, texts.PassagesFile))
		return nil
	}
	return cmd
}

// newSame makes the command that compares the answers of two programs.
func newSame(s *settings) *cobra.Command {
	var former, index string
	var more int
	cmd := &cobra.Command{Use: "same", Short: "Tell which answers of another build of the program differ", Args: cli.Args(cobra.NoArgs)}
	cmd.Flags().StringVar(&former, "former", "", "`folder` of the commands of the other build")
	cmd.Flags().StringVar(&index, "index", "", "`index` that both are asked over")
	cmd.Flags().IntVar(&more, "more", 200, "ask `N` questions more than those of bench/questions.txt")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		at, questions, err := s.begin()
		if err != nil {
			return err
		}
		at.Index = index
		then, err := peers.StartServer(cmd.Context(), peers.Place{Bin: former, Index: index})
		if err != nil {
			return err
		}
		defer then.Stop()
		now, err := peers.StartServer(cmd.Context(), at)
		if err != nil {
			return err
		}
		defer now.Stop()
		asked, differ, err := same.Compare(cmd.Context(), then, now, questions, more)
		if err != nil {
			return err
		}
		for _, d := range differ {
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n  then %s\n  now  %s\n", d.Question, d.Field, d.Then, d.Now)
		}
		if len(differ) > 0 {
			return fmt.Errorf("%d of %d answers differ", len(differ), asked)
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%d answers are the same\n", asked)
		return nil
	}
	return cmd
}

// newPeer makes the command that is the process of an engine.
func newPeer() *cobra.Command {
	cmd := &cobra.Command{Use: "peer", Short: "Do the job that stands on standard input", Args: cli.Args(cobra.NoArgs), Hidden: true}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return peers.Serve(cmd.Context(), os.Stdin, cmd.OutOrStdout())
	}
	return cmd
}
