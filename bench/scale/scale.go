// Package scale measures how this engine grows with the corpus.
package scale

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"baogao/bench/figures"
	"baogao/bench/peers"
	"baogao/bench/system"
	"baogao/bench/workload"
)

// A Step is what was measured of our index at one size.
type Step struct {
	Passages  int64             `json:"passages"` // as its manifest tells them
	TextBytes int64             `json:"text_bytes"`
	Build     system.Cost       `json:"-"`
	Index     int64             `json:"-"` // bytes
	Answers   *workload.Answers `json:"-"`
}

// Measure builds an index of so many passages, up to the end of a report, asks
// it, and removes it.
func Measure(ctx context.Context, at peers.Place, passages int, plan workload.Plan) (s Step, err error) {
	at.Index, at.Count = filepath.Join(at.Work, "index-scale"), passages
	if s.Build, err = peers.Ours.Build(ctx, at); err != nil {
		return s, err
	}
	defer os.RemoveAll(at.Index)
	if err = s.readManifest(at.Index); err != nil {
		return s, err
	}
	if s.Index, err = system.SizeOf(at.Index); err != nil {
		return s, err
	}
	s.Answers, _, err = peers.Ours.Ask(ctx, at, plan)
	return s, err
}

// readManifest takes the size of an index from its manifest: to open it here
// would count its memory as that of processes begun later.
func (s *Step) readManifest(index string) error {
	gen, err := peers.Generation(index)
	if err != nil {
		return err
	}
	b, err := os.ReadFile(filepath.Join(gen, "manifest.json"))
	if err != nil {
		return err
	}
	return json.Unmarshal(b, s)
}

// Table is the steps as they are published.
func Table(steps []Step) *figures.Table {
	t := figures.NewTable("passages", "text MB", "build s", "passages/s", "peak RSS MB", "index MB", "÷ text", "p50 ms", "p99 ms", "serve RSS MB", "not pages of files")
	for _, s := range steps {
		t.Add(s.Passages, figures.MB(s.TextBytes), s.Build.Wall, float64(s.Passages)/s.Build.Wall, figures.MB(s.Build.RSS),
			figures.MB(s.Index), float64(s.Index)/float64(s.TextBytes), figures.Percentiles(slices.Concat(s.Answers.MS...), 50, 99),
			figures.MB(s.Answers.Resident), figures.MB(s.Answers.Anonymous))
	}
	return t
}
