// Index builds, inspects and checks an index of reports.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"baogao"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run carries out a command line and returns its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	var failed *failure
	if !errors.As(err, &failed) {
		fmt.Fprintf(stderr, "index: %v\nhint: index --help\n", err)
		return exitUsage
	}
	fmt.Fprintln(stderr, "index:", err)
	if hint := hint(err); hint != "" {
		fmt.Fprintln(stderr, "hint:", hint)
	}
	return exitFailed
}

// failure is an error of the work itself; any other error of a command is one
// of its command line.
type failure struct{ err error }

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// failing marks the errors of a command's work.
func failing(work func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := work(cmd, args); err != nil {
			return &failure{err}
		}
		return nil
	}
}

// hint is the next step after an error.
func hint(err error) string {
	switch {
	case errors.Is(err, baogao.ErrNoIndex):
		return "build one first: index build PATH, and name its folder with --index"
	case errors.Is(err, baogao.ErrFormat), errors.Is(err, baogao.ErrDamaged):
		return "rebuild it: index build PATH"
	case errors.Is(err, baogao.ErrLocked):
		return "wait until the other build is done, or stop it; the index in use stays as it is"
	case errors.Is(err, context.Canceled):
		return "the index in use before is as it was"
	}
	return ""
}

const long = `Index reads reports of Chinese local governments and builds the index that
search asks. The index in use stays until the new one is complete.

    index build reports/            every report below a folder
    index inspect reports/a.txt     what is understood of a file, and why
    index stats                     what the index holds
    index verify                    whether its files are as published

Exit code: 0 done, 1 failed, 2 usage.`

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "index",
		Short:         "Build and check an index of reports",
		Long:          long,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	var dir string
	root.PersistentFlags().StringVar(&dir, "index", defaultIndex(), "folder of the `index`; also $BAOGAO_INDEX")
	root.AddCommand(newBuild(&dir), newInspect(), newStats(&dir), newVerify(&dir))
	return root
}

func defaultIndex() string {
	if dir := os.Getenv("BAOGAO_INDEX"); dir != "" {
		return dir
	}
	return "baogao.index"
}
