// Package numbers measures what the figures of reports cost: to read, to keep, and to
// ask for.
package numbers

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"baogao"
	"baogao/bench/figures"
	"baogao/bench/peers"
	"baogao/bench/system"
	"baogao/bench/texts"
	"baogao/internal/engine"
	"baogao/internal/figure"
	"baogao/internal/study"
	"baogao/query"
)

// What figures may cost.
const (
	mostReading = 0.15 // of the processor time of a build without it
	mostKept    = 0.1  // of the text
	mostAsked   = 50.0 // ms, for the figures of manyPassages
	mostPanel   = 300. // ms, for one indicator over everything

	manyPassages = 20_000
	times        = 21 // that each question is asked
)

// common are words of which one matches about manyPassages.
var common = []string{"经济", "改革", "服务", "管理", "工作", "企业", "建设", "发展", "规定", "应当", "的"}

// A Line is something that was measured.
type Line struct {
	What   string
	Value  float64 // in the unit that What names
	AtMost float64 // 0 is no bound
}

// Broken lists what costs more than it may.
func Broken(lines []Line) (all []string) {
	for _, l := range lines {
		if l.AtMost > 0 && l.Value > l.AtMost {
			all = append(all, fmt.Sprintf("%s: %s, at most %s", l.What, figures.Number(l.Value), figures.Number(l.AtMost)))
		}
	}
	return all
}

// Table is what was measured as it is printed.
func Table(lines []Line) *figures.Table {
	t := figures.NewTable("figures", "measured", "at most")
	for _, l := range lines {
		most := ""
		if l.AtMost > 0 {
			most = figures.Number(l.AtMost)
		}
		t.Add(l.What, l.Value, most)
	}
	return t
}

// Measure builds an index of the files and asks it. The index stays in the folder of
// at.
func Measure(ctx context.Context, at peers.Place, info *texts.Info) ([]Line, error) {
	at.Index = filepath.Join(at.Work, "index-figures")
	built, err := peers.BuildFromFiles(ctx, at, info.Sources)
	if err != nil {
		return nil, err
	}
	found, reading, err := read(ctx, at.Work)
	if err != nil {
		return nil, err
	}
	kept, err := kept(at.Index)
	if err != nil {
		return nil, err
	}
	lines := []Line{
		{What: "figures, thousands", Value: float64(found) / 1000},
		{What: "processor seconds of a build", Value: built.CPU},
		{What: "seconds of reading figures in it", Value: reading.Seconds()},
		{"reading ÷ the rest of the build", reading.Seconds() / (built.CPU - reading.Seconds()), mostReading},
		{"kept ÷ text", float64(kept) / float64(info.TextBytes), mostKept},
	}
	asked, err := ask(ctx, at.Index)
	return append(lines, asked...), err
}

// read reads the figures of all passages, and tells their number and the processor time.
func read(ctx context.Context, work string) (found int, took time.Duration, err error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for r, err := range texts.Reports(work) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return 0, 0, err
		}
		began, err := system.ThreadTime()
		if err != nil {
			return 0, 0, err
		}
		for _, p := range r.Passages {
			found += len(figure.Read(p.Text, figure.Context{Section: p.Section, Plan: p.Plan, Year: r.Meta.Year}))
		}
		ended, err := system.ThreadTime()
		if err != nil {
			return 0, 0, err
		}
		took += ended - began
	}
	return found, took, nil
}

// kept are the bytes of the files that hold figures.
func kept(index string) (size int64, err error) {
	gen, err := peers.Generation(index)
	if err != nil {
		return 0, err
	}
	for _, name := range []string{"figures.bin", "names.zst"} {
		info, err := os.Stat(filepath.Join(gen, name))
		if err != nil {
			return 0, err
		}
		size += info.Size()
	}
	return size, nil
}

// ask asks an index for figures.
func ask(ctx context.Context, index string) (lines []Line, err error) {
	s, err := engine.Open(index)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	from, err := baogao.FigurerOf(s)
	if err != nil {
		return nil, err
	}
	question, matching, err := wordFor(ctx, s)
	if err != nil {
		return nil, err
	}
	add := func(what string, most float64, do func() error) error {
		ms, err := median(do)
		lines = append(lines, Line{what, ms, most})
		return err
	}
	key := ""
	for _, q := range []struct {
		what   string
		text   string
		most   float64
		filter baogao.FigureFilter
	}{
		{"ms of figures of %s", question, mostAsked, baogao.FigureFilter{}},
		{"ms of figures of %s, by value", question, mostAsked, baogao.FigureFilter{Sort: baogao.ByValueDown}},
		{"ms of figures of %s, of an indicator", question, mostAsked, baogao.FigureFilter{Indicator: "项目", Units: []string{"个"}}},
		{"ms of figures of %s, by key", question, mostAsked, baogao.FigureFilter{Grouped: true}},
		{"ms of all figures by key", "", 0, baogao.FigureFilter{Grouped: true}},
	} {
		req := baogao.Request{Query: query.Parse(q.text)}
		what := strings.Replace(q.what, "%s", fmt.Sprintf("%d passages", matching), 1)
		if err := add(what, q.most, func() error {
			res, err := from.Figures(ctx, req, q.filter)
			if err == nil && q.text == "" && len(res.Groups) > 0 {
				key = panelKey(res.Groups)
			}
			return err
		}); err != nil {
			return nil, err
		}
	}
	by := baogao.FigureFilter{Indicator: key, Statuses: []baogao.FigureStatus{baogao.Achieved}}
	return lines, add("ms of the panel of "+key, mostPanel, func() error {
		_, err := study.FiguresByPlace(ctx, s, baogao.Request{}, by)
		return err
	})
}

// panelKey is the most frequent key with parts, which is one of an indicator that many
// reports tell of.
func panelKey(groups []baogao.FigureGroup) string {
	for _, g := range groups {
		if strings.Contains(g.Key, "·") {
			return g.Key
		}
	}
	return groups[0].Key
}

// wordFor finds the word that matches the least passages, of those that match enough;
// where none does, the one that matches the most.
func wordFor(ctx context.Context, s baogao.Searcher) (word string, passages int, err error) {
	for _, w := range common {
		res, err := s.Search(ctx, baogao.Request{Query: query.Parse(w), Limit: -1})
		if err != nil {
			return "", 0, err
		}
		n := res.Total.Passages
		if enough := n >= manyPassages; word == "" || enough && (passages < manyPassages || n < passages) || !enough && passages < n {
			word, passages = w, n
		}
	}
	return word, passages, nil
}

// median is the time in ms that half of the tries do not exceed.
func median(do func() error) (float64, error) {
	var ms []float64
	for range times {
		began := time.Now()
		if err := do(); err != nil {
			return 0, err
		}
		ms = append(ms, float64(time.Since(began).Microseconds())/1000)
	}
	return figures.Percentile(ms, 50), nil
}
