package peers

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"baogao"
	"baogao/bench/system"
	"baogao/bench/texts"
	"baogao/bench/workload"
	"baogao/internal/engine"
)

// Ours is this engine fed with reports that are read and understood already,
// as the others are fed with passages. It is asked over HTTP.
var Ours = Peer{
	Name: "ours", Title: "baogao",
	Version: func(context.Context) string { return Version() },
	Missing: nothing,
	build:   buildOurs, ask: askOurs,
}

func buildOurs(ctx context.Context, at Place) error {
	x, err := engine.Create(at.Index, "bench")
	if err != nil {
		return err
	}
	defer x.Close()
	reports := texts.Reports(at.Work)
	if at.Count > 0 {
		reports = texts.Grown(at.Work, at.Count)
	}
	for r, err := range reports {
		if err != nil {
			return err
		}
		if err := x.Add(ctx, r); err != nil {
			return err
		}
	}
	_, err = x.Publish(ctx)
	return err
}

// BuildFromFiles runs index build over files: what its user pays, who has files
// and no passages.
func BuildFromFiles(ctx context.Context, at Place, files []string) (system.Cost, error) {
	if err := empty(at.Index); err != nil {
		return system.Cost{}, err
	}
	args := append([]string{"build", "--index", at.Index}, files...)
	_, cost, err := system.Measure(exec.CommandContext(ctx, filepath.Join(at.Bin, "index"), args...))
	return cost, err
}

// Generation returns the folder of the generation of our index in use.
func Generation(index string) (string, error) {
	current, err := os.ReadFile(filepath.Join(index, "CURRENT"))
	name, _, _ := strings.Cut(strings.TrimSpace(string(current)), " ") // its checksum follows
	return filepath.Join(index, name), err
}

// A Server is a running search serve.
type Server struct {
	Address string // http://host:port
	Pid     int
	Stop    func() // ends it and waits until it has ended
}

// StartServer starts search serve on a free port.
func StartServer(ctx context.Context, at Place) (*Server, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(at.Bin, "search"), "serve", "--addr", "127.0.0.1:0", "--index", at.Index)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(stderr)
	first, err := lines.ReadString('\n')
	_, address, ok := strings.Cut(strings.TrimSpace(first), "listening on ")
	if !ok {
		return nil, errors.Join(fmt.Errorf("search serve says %q", first), err, cmd.Process.Kill(), cmd.Wait())
	}
	go io.Copy(io.Discard, lines)
	return &Server{address, cmd.Process.Pid, func() {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
	}}, nil
}

// askOurs asks over all copies and without the relaxed tier, so that totals are
// those of the other engines.
func askOurs(ctx context.Context, at Place, plan workload.Plan) (*workload.Answers, error) {
	server, err := StartServer(ctx, at)
	if err != nil {
		return nil, err
	}
	defer server.Stop()
	return askServer(ctx, plan, server.Pid, func(q workload.Question) string {
		return server.Address + "/api/v1/search?" + url.Values{"q": {q.Query()}, "all_copies": {"true"}, "exact": {"true"}}.Encode()
	}, ourTotal)
}

func ourTotal(body []byte) (int, error) {
	var r struct{ Total baogao.Total }
	err := json.Unmarshal(body, &r)
	return r.Total.Passages, err
}
