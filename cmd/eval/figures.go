package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"baogao"
	"baogao/corpus"
	"baogao/internal/eval"
	"baogao/internal/figure"
)

// Figures were labelled by reading: in passages of real reports, which are read
// anew here, and in sentences made for what is hardest about them, which stand
// beside their labels.

// A labelled is a passage with its labels. Check is the first 12 hexadecimal
// digits of the SHA-256 of its text. Text is of made-up passages alone.
type labelled struct {
	Passage, Check, Text string
	Plan                 bool
	ReportYear           int `json:"report_year"`
	Figures              []label
}

// A label is a figure as it was labelled.
type label struct {
	Start, End       int
	Raw, Unit, Kind  string
	Value            float64
	Approximate      bool
	Bound, Direction string
	Status           string
	Year             int
	Indicator        []string
	Optional         bool
}

func (l label) figure() eval.Figure {
	return eval.Figure{
		Start: l.Start, End: l.End, Raw: l.Raw, Value: l.Value, Unit: l.Unit, Kind: l.Kind, Direction: l.Direction, Approximate: l.Approximate,
		Bound: l.Bound, Status: l.Status, Year: l.Year, Indicators: l.Indicator, Optional: l.Optional,
	}
}

func figuresDir(root string) string { return filepath.Join(sharedDir(root), "data", "figures") }

// measureFigures reads the figures of the passages that were labelled and gives
// the report on them. It is not complete where labels or texts are missing.
func measureFigures(ctx context.Context, root string) (report []byte, complete bool, err error) {
	var b bytes.Buffer
	fold, err := readFolding(filepath.Join(figuresDir(root), "fold.txt"))
	if err == nil {
		err = measureFigureSets(ctx, root, eval.FigureScorer{Fold: fold}, &b)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return []byte("no labelled figures in " + figuresDir(root) + ", or no texts beside them\n"), false, nil
	}
	return b.Bytes(), true, err
}

func measureFigureSets(ctx context.Context, root string, scorer eval.FigureScorer, b *bytes.Buffer) error {
	open, err := readLines[labelled](filepath.Join(figuresDir(root), "figures-open.jsonl"))
	if err != nil {
		return err
	}
	spec, err := readLines[labelled](filepath.Join(figuresDir(root), "spec.jsonl"))
	if err != nil {
		return err
	}
	if err := addTexts(ctx, root, open); err != nil {
		return err
	}
	for _, set := range []struct {
		name string
		list []labelled
	}{{"figures, open", open}, {"figures, hardest constructions", spec}} {
		if err := eval.PrintFigures(b, set.name, scorer.Score(readFigures(set.list))); err != nil {
			return err
		}
	}
	return nil
}

// readFigures reads the figures of passages and sets them beside their labels.
func readFigures(list []labelled) []eval.Figures {
	var read []eval.Figures
	for _, p := range list {
		one := eval.Figures{Passage: p.Passage}
		for _, l := range p.Figures {
			one.Gold = append(one.Gold, l.figure())
		}
		for _, f := range figure.Read(p.Text, figure.Context{Plan: p.Plan, Year: p.ReportYear}) {
			one.Found = append(one.Found, eval.Figure{
				Start: f.Start, End: f.End, Raw: f.Raw, Value: f.Value, Unit: f.Unit, Kind: string(f.Kind), Direction: f.Direction, Approximate: f.Approximate,
				Bound: string(f.Bound), Status: string(f.Status), Year: f.Year, Indicators: []string{f.Indicator},
			})
		}
		read = append(read, one)
	}
	return read
}

// addTexts finds the texts of labelled passages in the real reports. A text that
// is another than the labelled one is an error.
func addTexts(ctx context.Context, root string, list []labelled) error {
	wanted := map[string]*labelled{}
	for i := range list {
		wanted[list[i].Passage] = &list[i]
	}
	data := filepath.Join(sharedDir(root), "data")
	paths := []string{filepath.Join(sharedDir(root), "seeds"), filepath.Join(data, "city_work_reports_2024.jsonl.gz"), filepath.Join(data, "province_work_reports_2026.jsonl.gz")}
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			return err
		}
	}
	for r, err := range corpus.Reports(ctx, paths, corpus.Options{}) {
		if errors.Is(err, corpus.ErrNote) {
			continue
		}
		if err != nil {
			return err
		}
		for i := range r.Passages {
			if p := wanted[baogao.PassageID(r.Meta.ID, r.Passages[i].Paragraph, r.Passages[i].Piece)]; p != nil {
				p.Text, p.Plan, p.ReportYear = r.Passages[i].Text, r.Passages[i].Plan, r.Meta.Year
			}
		}
	}
	for _, p := range list {
		if sum := sha256.Sum256([]byte(p.Text)); hex.EncodeToString(sum[:])[:len(p.Check)] != p.Check {
			return fmt.Errorf("%s: the text is another than the one that was labelled", p.Passage)
		}
	}
	return nil
}

// readFolding reads a table of pairs of characters, the second of which stands
// for both.
func readFolding(name string) (func(rune) rune, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	table := map[rune]rune{}
	for line := range strings.Lines(string(data)) {
		from, to, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if ok && utf8.RuneCountInString(from) == 1 {
			c, _ := utf8.DecodeRuneInString(from)
			table[c], _ = utf8.DecodeRuneInString(to)
		}
	}
	return func(c rune) rune {
		if to, ok := table[c]; ok {
			return to
		}
		return c
	}, nil
}
