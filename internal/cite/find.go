package cite

import (
	"context"
	"math"

	"baogao"
	"baogao/internal/ask"
)

// Find reads the work that an id names, a passage or else a report, with the
// marks of a question in it; without a question a passage is quoted whole. The
// error is baogao.ErrNotFound where nothing has the id.
func Find(ctx context.Context, x baogao.Searcher, id, question string) (Work, error) {
	h, err := x.Passage(ctx, id)
	if err != nil {
		return findReport(ctx, x, id, err)
	}
	r, err := x.Report(ctx, h.Report.ID)
	if err != nil {
		return Work{}, err
	}
	w := OfReport(r)
	w.Passage = &Passage{Paragraph: h.Paragraph, Text: h.Text}
	if question != "" {
		w.Passage.Marks, err = marks(ctx, x, h, question)
	}
	return w, err
}

// findReport reads a report. Where there is none, an id that has the form of a
// passage's fails for why there is no passage.
func findReport(ctx context.Context, x baogao.Searcher, id string, noPassage error) (Work, error) {
	r, err := x.Report(ctx, id)
	if err == nil {
		return OfReport(r), nil
	}
	if _, _, _, ok := baogao.ParsePassageID(id); ok {
		err = noPassage
	}
	return Work{}, err
}

// marks are what a question marks in a passage.
func marks(ctx context.Context, x baogao.Searcher, h *baogao.Hit, question string) ([]baogao.Span, error) {
	asked, err := ask.Read(ctx, x, ask.Typed{Question: question, Report: h.Report.ID}, ask.English)
	if err != nil {
		return nil, err
	}
	asked.Request.Limit = math.MaxInt32
	res, err := x.Search(ctx, asked.Request)
	if err != nil {
		return nil, err
	}
	for _, found := range res.Hits {
		if found.ID == h.ID {
			return found.Highlights, nil
		}
	}
	return nil, nil
}
