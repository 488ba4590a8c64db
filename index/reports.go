package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao/index/internal/ranking"
	"baogao/internal/match"
	"baogao/internal/weight"
	"baogao/query"
)

// byReport matches a question whose words may stand anywhere in a report: the
// passages that hold one of the words, of reports that it holds for.
func (r *run) byReport(ctx context.Context, candidates []*roaring.Bitmap, receive func(ranking.Match)) error {
	var all []*reportReader
	err := r.sideBySide(candidates, func() worker {
		read := newReportReader(r)
		all = append(all, read)
		return worker{end: read.release, stretch: func(in stretch) error {
			return eachIn(ctx, in, candidates[in.segment], func(at document) { read.add(read.turn(at)) })
		}}
	})
	if err != nil {
		return err
	}
	for _, o := range all[1:] {
		all[0].words.Join(o.words)
		all[0].found = append(all[0].found, o.found...)
	}
	matching := make([]bool, len(r.gen.Reports))
	for i := range matching {
		matching[i] = all[0].words.Match(uint32(i))
	}
	for _, m := range all[0].found {
		if matching[r.gen.Records[m.Ordinal].Report] {
			receive(m)
		}
	}
	return nil
}

// A reportReader reads passages for what they tell of their reports.
type reportReader struct {
	*reader
	words *match.Reports
	found []ranking.Match // passages that hold a marked word, or all of them where none is marked
}

func newReportReader(r *run) *reportReader {
	return &reportReader{reader: newReader(r), words: match.NewReports(r.tree, len(r.gen.Reports))}
}

// add reads the passage that the reader has turned to.
func (r *reportReader) add(ordinal uint32) {
	f := r.matcher.Find(&r.passage)
	r.words.Add(r.passage.Report, f)
	if f.Marks > 0 || r.browses() {
		r.found = append(r.found, r.score(ordinal, &r.gen.Records[ordinal], f))
	}
}

// inReport matches a question in one report, by reading all of it. Words are
// weighed by how many passages of the report hold them.
func (r *run) inReport(ctx context.Context, receive func(ranking.Match)) error {
	report, read := &r.gen.Reports[r.only], newReportReader(r)
	read.passage.MayHold = nil
	holding := make([]int, len(r.tree.Words))
	each := func(visit func(ordinal uint32)) error {
		for ordinal := report.First; ordinal < report.First+report.Count; ordinal++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			read.take(uint32(ordinal))
			visit(uint32(ordinal))
		}
		return nil
	}
	err := each(func(uint32) {
		f := read.matcher.Find(&read.passage)
		read.words.Add(read.passage.Report, f)
		for slot, n := range f.Times {
			holding[slot] += min(n, 1)
		}
	})
	for slot, n := range holding {
		if r.tree.Words[slot].Marked {
			r.weights[slot] = weight.IDF(report.Count, n)
		}
	}
	whole := r.tree.Scope == query.Report
	if err != nil || whole && !read.words.Match(uint32(r.only)) {
		return err
	}
	err = each(func(ordinal uint32) {
		if whole {
			read.add(ordinal)
		} else if f, ok := read.matcher.Match(&read.passage); ok {
			receive(r.score(ordinal, &r.gen.Records[ordinal], f))
		}
	})
	for _, m := range read.found {
		receive(m)
	}
	return err
}
