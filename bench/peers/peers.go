// Package peers is the engines that are compared. Each builds and answers in a
// process of its own, so that what it takes is told by the system.
package peers

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"

	"baogao/bench/system"
	"baogao/bench/workload"
)

// A Peer is an engine.
type Peer struct {
	Name    string // short, for a command line
	Title   string // in a table
	Version func(context.Context) string
	Missing func() string // what is not installed, "" if nothing
	Slow    bool          // is asked a quarter of the rounds

	prepare func(context.Context, Place) error // outside of what is measured; nil is nothing
	build   func(context.Context, Place) error
	ask     func(context.Context, Place, workload.Plan) (*workload.Answers, error)
}

// All lists the engines in the order of the table.
var All = []Peer{Ours, lucene, groonga, sqlite, stock}

// Names lists the names of all engines.
func Names() (names []string) {
	for _, p := range All {
		names = append(names, p.Name)
	}
	return names
}

// Find returns the engine with a name.
func Find(name string) (Peer, error) {
	i := slices.Index(Names(), name)
	if i < 0 {
		return Peer{}, fmt.Errorf("no engine is called %s; there are %s", name, strings.Join(Names(), ", "))
	}
	return All[i], nil
}

// A Place is where an engine finds what it needs and puts its index.
type Place struct {
	Root  string // folder of the project
	Bin   string // folder of its commands
	Work  string // folder of the corpus
	Index string // folder of the index, empty before the build
	Count int    // passages to build an index of, where more or fewer than there are; 0 is all
}

// facetFields are what every engine counts by.
var facetFields = []string{"region", "level", "year", "kind"}

// A job is what the process of a peer does: it builds, or asks where there is a
// plan.
type job struct {
	Peer  string
	Place Place
	Plan  *workload.Plan
}

// Serve is the process of a peer: it carries out the job that it reads.
func Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	var j job
	if err := json.NewDecoder(in).Decode(&j); err != nil {
		return err
	}
	p, err := Find(j.Peer)
	if err != nil {
		return err
	}
	if j.Plan == nil {
		return p.build(ctx, j.Place)
	}
	a, err := p.ask(ctx, j.Place, *j.Plan)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(a)
}

// process lets this program carry out a job as a process of its own.
func process(ctx context.Context, j job) ([]byte, system.Cost, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, system.Cost{}, err
	}
	in, err := json.Marshal(j)
	if err != nil {
		return nil, system.Cost{}, err
	}
	cmd := exec.CommandContext(ctx, self, "peer")
	cmd.Stdin = bytes.NewReader(in)
	return system.Measure(cmd)
}

// Build empties the folder of the index and lets the engine build it.
func (p Peer) Build(ctx context.Context, at Place) (system.Cost, error) {
	if p.prepare != nil {
		if err := p.prepare(ctx, at); err != nil {
			return system.Cost{}, err
		}
	}
	if err := empty(at.Index); err != nil {
		return system.Cost{}, err
	}
	_, cost, err := process(ctx, job{Peer: p.Name, Place: at})
	return cost, err
}

// Ask puts the questions of a plan to the engine.
func (p Peer) Ask(ctx context.Context, at Place, plan workload.Plan) (*workload.Answers, system.Cost, error) {
	plan.Rounds = p.Rounds(plan)
	out, cost, err := process(ctx, job{p.Name, at, &plan})
	if err != nil {
		return nil, cost, err
	}
	a := &workload.Answers{}
	return a, cost, json.Unmarshal(out, a)
}

// Rounds is how many of the rounds of a plan the engine is asked.
func (p Peer) Rounds(plan workload.Plan) int {
	if p.Slow {
		return max(plan.Rounds/4, 1)
	}
	return plan.Rounds
}

func empty(dir string) error {
	return errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755))
}

// nothing is missing where an engine is part of this program.
func nothing() string { return "" }

// lacks returns a check for a program that a peer needs.
func lacks(program string) func() string {
	return func() string {
		if _, err := exec.LookPath(program); err != nil {
			return program
		}
		return ""
	}
}

// Version names this engine and what it was built from, as far as that is known.
func Version() string {
	info, _ := debug.ReadBuildInfo()
	return "baogao " + info.Main.Version
}

// versionOf returns what a program prints of its version: its first line up to
// a text.
func versionOf(ctx context.Context, program, flag, end string) string {
	out, err := exec.CommandContext(ctx, program, flag).CombinedOutput()
	if err != nil {
		return program + " of unknown version"
	}
	line, _, _ := strings.Cut(string(out), "\n")
	line, _, _ = strings.Cut(line, end)
	return strings.TrimSpace(line)
}

// feed runs a program with what write gives to its standard input, and returns
// what it prints, on standard error too.
func feed(cmd *exec.Cmd, write func(*bufio.Writer) error) (out, said string, err error) {
	var outs, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &outs, &errs
	in, err := cmd.StdinPipe()
	if err != nil {
		return "", "", err
	}
	if err := cmd.Start(); err != nil {
		return "", "", err
	}
	to := bufio.NewWriterSize(in, 1<<20)
	if err := errors.Join(write(to), to.Flush(), in.Close(), cmd.Wait()); err != nil {
		return "", "", fmt.Errorf("%w: %s", err, errs.String())
	}
	return outs.String(), errs.String(), nil
}

// askServer puts the questions to a server over HTTP, each as the address that
// it is asked for, and looks at the memory of the server after.
func askServer(ctx context.Context, plan workload.Plan, pid int, address func(workload.Question) string, total func([]byte) (int, error)) (*workload.Answers, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: plan.Clients}}
	a, err := plan.Run(ctx, workload.Shared(func(q workload.Question) (func() (int, error), error) {
		body, err := workload.Fetch(ctx, client, address(q))
		return func() (int, error) { return total(body) }, err
	}))
	if err != nil {
		return nil, err
	}
	a.Resident, a.Anonymous, err = system.Resident(pid)
	return a, err
}
