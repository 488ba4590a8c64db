package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baogao/internal/analyzer"
	"baogao/internal/figure"
)

// TestFigures holds what is read of the labelled figures to what is kept of it.
func TestFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("no real texts are measured under -short")
	}
	report, complete, err := measureFigures(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	if !complete {
		t.Skipf("no labelled figures in %s", figuresDir(root))
	}
	want, err := os.ReadFile(filepath.Join(root, "internal", "eval", "testdata", "figures.golden"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(report, want) {
		t.Errorf("got\n%swant\n%srun make eval and read the diff", report, want)
	}
}

// TestFiguresOfSeeds reads the paragraphs of the seeds that tell of 行政复议: each
// figure that was labelled in them is found, with its value and its unit.
func TestFiguresOfSeeds(t *testing.T) {
	list, err := readLines[labelled](filepath.Join(figuresDir(root), "figures-open.jsonl"))
	if err == nil {
		err = addTexts(t.Context(), root, list)
	}
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("no labelled figures in %s, or no texts beside them", figuresDir(root))
	}
	if err != nil {
		t.Fatal(err)
	}
	least := map[string]int{"001": 16, "002": 2, "004": 17}
	for _, p := range list {
		seed, _, _ := strings.Cut(p.Passage, "_")
		if least[seed] == 0 || !strings.Contains(analyzer.Fold(p.Text), "行政复议") {
			continue
		}
		found := figure.Read(p.Text, figure.Context{Plan: p.Plan, Year: p.ReportYear})
		if len(found) < least[seed] {
			t.Errorf("%s: %d figures, want %d", p.Passage, len(found), least[seed])
		}
		delete(least, seed)
		for _, l := range p.Figures {
			if !holds(found, l) {
				t.Errorf("%s: %s (%s) is not found", p.Passage, l.Raw, l.Indicator[0])
			}
		}
	}
	if len(least) > 0 {
		t.Errorf("seeds without a paragraph on it: %v", least)
	}
}

func holds(found []figure.Figure, l label) bool {
	for _, f := range found {
		if f.Start == l.Start && f.End == l.End && f.Value == l.Value && f.Unit == l.Unit {
			return true
		}
	}
	return false
}
