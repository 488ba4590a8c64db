// Package compare measures this engine beside others over the same passages and
// questions, and holds their totals to reading every passage.
package compare

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"baogao/bench/peers"
	"baogao/bench/system"
	"baogao/bench/texts"
	"baogao/bench/workload"
)

// A Comparison is all that was measured.
type Comparison struct {
	Date      string        `json:"date"`
	Machine   string        `json:"machine"`
	Corpus    *texts.Info   `json:"corpus"`
	Plan      workload.Plan `json:"load"`
	ReadSec   [2]float64    `json:"read_sec"` // reading passages.jsonl and reports.gob alone
	Rows      []Row         `json:"rows"`
	Missing   []string      `json:"missing"` // engines that are not installed
	Counts    []Count       `json:"counts"`
	Wrong     []Difference  `json:"wrong"`
	Parts     []Part        `json:"parts"` // of our index
	Shell     *Shell        `json:"shell,omitempty"`
	ShellWord string        `json:"shell_word"`
}

// A Row is what was measured of one engine.
type Row struct {
	Name    string            `json:"name"`
	Title   string            `json:"title"`
	Version string            `json:"version"`
	Build   system.Cost       `json:"build"`
	Files   *system.Cost      `json:"files,omitempty"` // of the build that begins with the files; ours only
	Index   int64             `json:"index"`           // bytes
	Ask     system.Cost       `json:"ask"`
	Rounds  int               `json:"rounds"`
	Answers *workload.Answers `json:"answers"`
}

// A Part is a file or folder of our index.
type Part struct {
	Name  string `json:"name"`
	Bytes int64  `json:"bytes"`
}

// A Shell tells how long search takes as a process of its own, from start to
// end, in milliseconds: with the files of the index in the page cache, and with
// none of them there.
type Shell struct {
	Warm []float64 `json:"warm"`
	Cold []float64 `json:"cold"`
}

const (
	shellWord = "行政复议" // what search is asked as a process of its own
	warmRuns  = 20
	coldRuns  = 5
)

// A run is a comparison under way.
type run struct {
	*Comparison
	at    peers.Place
	log   io.Writer
	began time.Time
}

func (r *run) say(format string, args ...any) {
	fmt.Fprintf(r.log, "bench: %4.0f s: %s\n", time.Since(r.began).Seconds(), fmt.Sprintf(format, args...))
}

// Run measures engines one after the other. The fault of one does not stop the
// others and is told at the end, beside what was measured.
func Run(ctx context.Context, at peers.Place, corpus *texts.Info, chosen []peers.Peer, plan workload.Plan, log io.Writer) (*Comparison, error) {
	began := time.Now()
	c := &Comparison{Date: began.Format(time.DateOnly), Corpus: corpus, Machine: system.Machine(), Plan: plan, ShellWord: shellWord}
	r := &run{c, at, log, began}
	fault := r.engines(ctx, chosen)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	// What follows comes after the builds: the memory of this process counts as
	// theirs when they begin.
	r.say("reading every passage for the counts")
	var faults [3]error
	c.ReadSec[0], faults[0] = reading(texts.Passages(at.Work))
	c.ReadSec[1], faults[1] = reading(texts.Reports(at.Work))
	c.Counts, faults[2] = countAll(at.Work, plan.Questions)
	if err := errors.Join(faults[:]...); err != nil {
		return nil, err
	}
	for _, row := range c.Rows {
		c.Wrong = append(c.Wrong, check(row.Name, plan.Questions, row.Answers.Totals, c.Counts)...)
	}
	return c, fault
}

func (r *run) engines(ctx context.Context, chosen []peers.Peer) error {
	r.say("%d passages, %.1f MB of text", r.Corpus.Passages, float64(r.Corpus.TextBytes)/1e6)
	var faults []error
	for _, p := range chosen {
		if what := p.Missing(); what != "" {
			r.Missing = append(r.Missing, p.Title+" (no "+what+")")
			r.say("%s is left out: %s is not installed; tools/install-bench-tools.sh installs it", p.Title, what)
			continue
		}
		if err := r.engine(ctx, p); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", p.Name, err))
			r.say("%s: failed, as told at the end", p.Title)
		}
	}
	return errors.Join(faults...)
}

// engine measures one engine.
func (r *run) engine(ctx context.Context, p peers.Peer) (err error) {
	row := Row{Name: p.Name, Title: p.Title, Version: p.Version(ctx), Rounds: p.Rounds(r.Plan)}
	at := r.at
	at.Index = filepath.Join(at.Work, "index-"+p.Name)
	if row.Build, err = p.Build(ctx, at); err != nil {
		return err
	}
	r.say("%s: built in %.1f s", p.Title, row.Build.Wall)
	ours := p.Name == peers.Ours.Name
	if ours {
		files, err := peers.BuildFromFiles(ctx, at, r.Corpus.Sources)
		if err != nil {
			return err
		}
		row.Files = &files
		r.say("%s: built from the files in %.1f s", p.Title, files.Wall)
	}
	if row.Index, err = system.SizeOf(at.Index); err != nil {
		return err
	}
	if row.Answers, row.Ask, err = p.Ask(ctx, at, r.Plan); err != nil {
		return err
	}
	r.say("%s: asked", p.Title)
	r.Rows = append(r.Rows, row)
	if ours {
		var faults [2]error
		r.Parts, faults[0] = partsOf(at.Index)
		r.Shell, faults[1] = runShell(ctx, at)
		return errors.Join(faults[:]...)
	}
	return nil
}

// partsOf lists the files and folders of the generation in use, the largest
// first.
func partsOf(index string) (parts []Part, err error) {
	gen, err := peers.Generation(index)
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(gen)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		part := Part{Name: e.Name()}
		if part.Bytes, err = system.SizeOf(filepath.Join(gen, e.Name())); err != nil {
			return nil, err
		}
		if e.IsDir() {
			part.Name += "/"
		}
		parts = append(parts, part)
	}
	slices.SortFunc(parts, func(a, b Part) int { return cmp.Compare(b.Bytes, a.Bytes) })
	return parts, nil
}

// runShell runs search as a process of its own, the first time to warm up.
func runShell(ctx context.Context, at peers.Place) (*Shell, error) {
	s := &Shell{}
	for i := range 1 + warmRuns + coldRuns {
		cold := i > warmRuns
		if cold {
			if err := system.Evict(at.Index); err != nil {
				return nil, err
			}
		}
		_, cost, err := system.Measure(exec.CommandContext(ctx, filepath.Join(at.Bin, "search"), shellWord, "--index", at.Index))
		if err != nil {
			return nil, err
		}
		switch took := cost.Wall * 1000; {
		case cold:
			s.Cold = append(s.Cold, took)
		case i > 0:
			s.Warm = append(s.Warm, took)
		}
	}
	return s, nil
}

// reading tells how long it takes to read all of something, in seconds.
func reading[T any](all iter.Seq2[T, error]) (float64, error) {
	began := time.Now()
	for _, err := range all {
		if err != nil {
			return 0, err
		}
	}
	return time.Since(began).Seconds(), nil
}
