// Package studies measures what counting over a whole index takes: panels, trends and
// exports.
package studies

import (
	"context"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"baogao"
	"baogao/bench/figures"
	"baogao/bench/peers"
	"baogao/bench/texts"
	"baogao/internal/ask"
	"baogao/internal/engine"
	"baogao/internal/export"
	"baogao/internal/study"
)

// concepts are what the panel counts: common words and rare ones, of two to six
// characters, and alternatives.
var concepts = []string{
	"营商环境", "行政复议", "法治", "改革", "信访", "放管服", "数字经济", "乡村振兴", "执法监督", "行政应诉", "政务公开 OR 信息公开", "普法", "规范性文件", "生态", "就业", "教育", "安全生产", "人民调解", "重大行政决策", "府院联动 OR 府院联席",
}

// years are those that the reports are on.
const (
	firstYear = 2016
	years     = 10
	provinces = 31
	hits      = 300_000 // of an export
)

// Figures are what was measured.
type Figures struct {
	Passages, Reports int
	First, Panel      time.Duration   // the panel when it is asked for first, and the median afterwards
	Trends            []float64       // milliseconds of the trends of the concepts by year, each the median
	Exports           []Export        // in each form
	Cells             int             // of the panel
	Counted           int             // occurrences in it
	Serial            []time.Duration // of all panels, in order
}

// An Export is one form of the hits.
type Export struct {
	Form    string
	Hits    int
	Seconds float64
	Heap    uint64 // the most bytes of the heap in use while it was written
	Tenth   uint64 // after a tenth of the hits
	Bytes   int64  // of the file
}

// Measure builds an index of all passages, each report of a city of one of 31
// provinces and on one of ten years in turn, and counts over it.
func Measure(ctx context.Context, at peers.Place) (*Figures, error) {
	at.Index = filepath.Join(at.Work, "index-studies")
	defer os.RemoveAll(at.Index)
	if err := build(ctx, at); err != nil {
		return nil, err
	}
	s, err := engine.Open(at.Index)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	stats, err := s.Stats(ctx)
	if err != nil {
		return nil, err
	}
	f := &Figures{Passages: stats.Passages, Reports: stats.Reports}
	if err := f.panel(ctx, s); err != nil {
		return nil, err
	}
	if err := f.trends(ctx, s); err != nil {
		return nil, err
	}
	return f, f.exports(ctx, s)
}

// build indexes the reports of the corpus under places and years that are given.
func build(ctx context.Context, at peers.Place) error {
	if err := os.RemoveAll(at.Index); err != nil {
		return err
	}
	x, err := engine.Create(at.Index, "bench")
	if err != nil {
		return err
	}
	defer x.Close()
	for r, err := range placed(texts.Reports(at.Work)) {
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

// placed gives reports places and years in turn.
func placed(reports iter.Seq2[*baogao.Report, error]) iter.Seq2[*baogao.Report, error] {
	return func(yield func(*baogao.Report, error) bool) {
		all := ask.Below(baogao.CountryCode)[:provinces]
		n := 0
		for r, err := range reports {
			if err == nil {
				p := all[n%provinces]
				below := ask.Below(p.Code)
				r.Meta.Region = below[n/provinces%len(below)]
				r.Meta.Year = firstYear + n/provinces%years
				r.Meta.Level = baogao.City
				n++
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// requests ask for questions.
func requests(ctx context.Context, s baogao.Searcher, questions []string) ([]baogao.Request, error) {
	var all []baogao.Request
	for _, text := range questions {
		q, err := ask.Read(ctx, s, ask.Typed{Question: text}, ask.English)
		if err != nil {
			return nil, err
		}
		all = append(all, q.Request)
	}
	return all, nil
}

// rounds is how often each study is asked for.
const rounds = 7

// panel counts the concepts by province and year.
func (f *Figures) panel(ctx context.Context, s baogao.Searcher) error {
	asked, err := requests(ctx, s, concepts)
	if err != nil {
		return err
	}
	for range rounds {
		begun := time.Now()
		p, err := study.Across(ctx, s, study.ByProvince, study.ByYear, asked)
		if err != nil {
			return err
		}
		f.Serial = append(f.Serial, time.Since(begun))
		f.Cells, f.Counted = len(p.Rows)*len(p.Columns)*len(concepts), 0
		for _, t := range p.Totals {
			f.Counted += t.Occurrences
		}
	}
	f.First = f.Serial[0]
	later := slices.Sorted(slices.Values(f.Serial[1:]))
	f.Panel = later[len(later)/2]
	return nil
}

// trends counts each concept by year.
func (f *Figures) trends(ctx context.Context, s baogao.Searcher) error {
	for _, text := range concepts {
		asked, err := requests(ctx, s, []string{text})
		if err != nil {
			return err
		}
		var took []float64
		for range rounds {
			begun := time.Now()
			if _, err := study.Along(ctx, s, study.ByYear, asked); err != nil {
				return err
			}
			took = append(took, float64(time.Since(begun).Microseconds())/1000)
		}
		f.Trends = append(f.Trends, figures.Percentile(took, 50))
	}
	return nil
}

// counter counts what is written.
type counter struct{ bytes int64 }

func (c *counter) Write(b []byte) (int, error) {
	c.bytes += int64(len(b))
	return len(b), nil
}

var _ io.Writer = (*counter)(nil)

// exports writes hits in each form, and looks at the heap on the way.
func (f *Figures) exports(ctx context.Context, s baogao.Searcher) error {
	for _, form := range export.Forms {
		runtime.GC()
		e := Export{Form: form}
		out := &counter{}
		w := export.New(out, form, export.Options{})
		begun := time.Now()
		for h, err := range s.Hits(ctx, baogao.Request{}) {
			if err == nil {
				err = w.Write(h)
			}
			if err != nil {
				return err
			}
			if e.Hits++; e.Hits%(hits/30) == 0 {
				e.Heap = max(e.Heap, heap())
			}
			if e.Hits == hits/10 {
				e.Tenth = e.Heap
			}
			if e.Hits == hits {
				break
			}
		}
		if err := w.Flush(); err != nil {
			return err
		}
		e.Heap = max(e.Heap, heap())
		e.Seconds, e.Bytes = time.Since(begun).Seconds(), out.bytes
		f.Exports = append(f.Exports, e)
	}
	return nil
}

// heap is how much of the heap is in use, garbage left out.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Markdown is the figures as they are published.
func (f *Figures) Markdown() string {
	t := figures.NewTable("over "+figures.Number(float64(f.Passages))+" passages of "+figures.Number(float64(f.Reports))+" reports", "")
	ms := func(d time.Duration) string { return figures.Number(float64(d.Microseconds())/1000) + " ms" }
	t.Add("panel of 20 concepts, 31 provinces, 10 years, all measures: first", ms(f.First))
	t.Add("the same again: median of 6", ms(f.Panel))
	t.Add("trend of a concept by year: median of 20 concepts", figures.Number(figures.Percentile(f.Trends, 50))+" ms")
	t.Add("the slowest of them", figures.Number(slices.Max(f.Trends))+" ms")
	for _, e := range f.Exports {
		t.Add("export of "+figures.Number(float64(e.Hits))+" hits as "+e.Form, figures.Number(e.Seconds)+" s, "+figures.Number(figures.MB(e.Bytes))+" MB; heap "+
			figures.Number(float64(e.Heap)/1e6)+" MB at most, "+figures.Number(float64(e.Tenth)/1e6)+" MB in the first tenth")
	}
	return t.String()
}
