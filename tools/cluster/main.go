// Cluster runs nodes of OpenSearch on this machine until it is interrupted, to try
// an index over a cluster: go run ./tools/cluster.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"baogao/internal/testkit/cluster"
)

func main() {
	nodes := flag.Int("nodes", 3, "how many `nodes`")
	dir := flag.String("dir", filepath.Join(os.TempDir(), "baogao-cluster"), "`folder` of their data, which stays")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *dir, *nodes); err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string, nodes int) error {
	c, err := cluster.Start(ctx, dir, nodes)
	if err != nil {
		return err
	}
	fmt.Printf("build:  bin/index build samples/reports --index %s\nsearch: bin/search 行政复议 --index %s\nend:    kill %d\n", c.Location("reports"), c.Location("reports"), os.Getpid())
	<-ctx.Done()
	return c.Stop()
}
