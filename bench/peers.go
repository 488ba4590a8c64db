package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"baogao/internal/cli"
)

// A peer is an engine that is compared. It builds and answers in a process of
// its own, so that what it takes is told by the system.
type peer struct {
	name    string // for --only
	title   string // in the table
	version func(context.Context) string
	missing func() string                         // what is not installed, "" if nothing
	prepare func(context.Context, settings) error // outside of what is measured; nil is nothing
	build   func(ctx context.Context, w workplace) error
	ask     func(ctx context.Context, w workplace, l load) (*answers, error)
	slow    bool // is asked a quarter of the rounds
}

// A workplace is where a peer finds the passages and puts its index.
type workplace struct {
	settings
	index string // folder, empty before the build
	count int    // passages to build an index of, where more or fewer than there are; 0 is all
}

// peers lists the engines in the order of the table.
var peers = []peer{prepared, lucene, groonga, sqlite, stock}

// newPeer makes the command that is the process of a peer.
func newPeer(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "peer NAME build|ask", Short: "Build or ask one engine", Args: cli.Args(cobra.ExactArgs(2)), Hidden: true}
	w := workplace{}
	cmd.Flags().StringVar(&w.index, "index", "", "`folder` of the index")
	cmd.Flags().IntVar(&w.count, "count", 0, "build an index of `N` passages")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		w.settings = *s
		i := slices.IndexFunc(peers, func(p peer) bool { return p.name == args[0] })
		if i < 0 {
			return cli.Usage("no engine is called %s", args[0])
		}
		if args[1] == "build" {
			return peers[i].build(cmd.Context(), w)
		}
		var l load
		if err := json.NewDecoder(os.Stdin).Decode(&l); err != nil {
			return err
		}
		a, err := peers[i].ask(cmd.Context(), w, l)
		if err != nil {
			return err
		}
		return cli.JSON(cmd.OutOrStdout(), a, false)
	}
	return cmd
}

// process returns a command that runs this program as the process of a peer.
func (p peer) process(ctx context.Context, w workplace, what string) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	args := []string{"peer", p.name, what, "--root", w.root, "--bin", w.bin, "--work", w.work, "--index", w.index}
	if w.count > 0 {
		args = append(args, "--count", fmt.Sprint(w.count))
	}
	return exec.CommandContext(ctx, self, args...), nil
}

// cost is what a process took, with those it started.
type cost struct {
	Wall float64 `json:"wall"` // seconds
	CPU  float64 `json:"cpu"`  // seconds, user and system
	RSS  int64   `json:"rss"`  // bytes, at the peak of the largest of the processes
}

// measure runs a command and tells what it took. Its output goes to a file, of
// which an error shows the end.
func measure(cmd *exec.Cmd, log string) (cost, error) {
	out, err := os.Create(log)
	if err != nil {
		return cost{}, err
	}
	defer out.Close()
	cmd.Stderr = out
	if cmd.Stdout == nil {
		cmd.Stdout = out
	}
	began := time.Now()
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(log)
		return cost{}, fmt.Errorf("%s: %w: %s", filepath.Base(cmd.Path), err, said[max(0, len(said)-2000):])
	}
	state := cmd.ProcessState
	return cost{time.Since(began).Seconds(), (state.UserTime() + state.SystemTime()).Seconds(), peakRSS(state)}, nil
}

// measureBuild empties the folder of an index and lets a peer build it.
func (p peer) measureBuild(ctx context.Context, w workplace) (cost, error) {
	if err := empty(w.index); err != nil {
		return cost{}, err
	}
	cmd, err := p.process(ctx, w, "build")
	if err != nil {
		return cost{}, err
	}
	return measure(cmd, filepath.Join(w.work, p.name+"-build.log"))
}

// measureAsk puts the questions to a peer.
func (p peer) measureAsk(ctx context.Context, w workplace, l load) (*answers, cost, error) {
	if p.slow {
		l.Rounds = fewer(l.Rounds)
	}
	cmd, err := p.process(ctx, w, "ask")
	if err != nil {
		return nil, cost{}, err
	}
	in, err := json.Marshal(l)
	if err != nil {
		return nil, cost{}, err
	}
	var out strings.Builder
	cmd.Stdin, cmd.Stdout = strings.NewReader(string(in)), &out
	c, err := measure(cmd, filepath.Join(w.work, p.name+"-ask.log"))
	if err != nil {
		return nil, cost{}, err
	}
	a := &answers{}
	return a, c, json.Unmarshal([]byte(out.String()), a)
}

// fewer is the number of rounds that a slow peer is asked.
func fewer(rounds int) int { return max(rounds/4, 1) }

func empty(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return os.MkdirAll(dir, 0o755)
}

// sizeOf returns the bytes that all files below a folder take on the disk.
func sizeOf(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += onDisk(info)
		}
		return err
	})
	return size, err
}

// lacks returns a check for a program that a peer needs.
func lacks(program string) func() string {
	return func() string {
		if _, err := exec.LookPath(program); err != nil {
			return program
		}
		return ""
	}
}

// firstLine runs a program and returns the first line that it prints.
func firstLine(ctx context.Context, program string, args ...string) string {
	out, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
	if err != nil {
		return "version unknown"
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(line)
}
