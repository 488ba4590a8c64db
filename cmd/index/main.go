// Index builds, inspects and checks an index of reports.
package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"baogao/internal/cli"
)

func main() { cli.Main(run) }

// run carries out a command line and returns its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	return cli.Code(stderr, "index", cli.Execute(ctx, newRoot(), args, stdout, stderr))
}

const long = `Index reads reports of Chinese local governments and builds the index that
search asks. The index in use stays until the new one is complete.

    index build reports/            every report below a folder
    index inspect reports/a.txt     what is understood of a file, and why
    index copy FROM TO              the same reports in another index
    index stats                     what the index holds
    index verify                    whether its files are as published

Exit code: 0 done, 1 failed, 2 usage.`

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "index",
		Short: "Build and check an index of reports",
		Long:  long,
		Args:  cli.Args(cobra.NoArgs),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	dir := cli.IndexFlag(root)
	root.AddCommand(
		newBuild(dir), newUpdate(dir),
		newCopy(), newInspect(), newStats(dir), newVerify(dir),
	)
	return root
}
