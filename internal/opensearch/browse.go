package opensearch

import (
	"context"
	"encoding/json"
	"slices"
	"sync"

	"baogao"
)

// held answers a question for everything that is held: it is told by the documents
// of the reports alone, and shown are passages of the first of them.
func (p *plan) held(ctx context.Context) (*baogao.Result, []matched, error) {
	all := counts{}
	s := search{Query: every(p.among(reportDoc)...), Aggs: tallying(byClass, []string{}, true)}
	if p.req.Grouped {
		s.Source = []string{"report", "passages", "details.first"}
		shown, next, err := p.heldReports(ctx, s, &all)
		if err != nil {
			return nil, nil, err
		}
		res := all.result(p.req)
		res.Next = next
		return res, shown, nil
	}
	f, err := p.ask(ctx, p.gen.index, s)
	if err != nil {
		return nil, nil, err
	}
	if err := all.read(f); err != nil {
		return nil, nil, err
	}
	res := all.result(p.req)
	if p.limit() == 0 {
		return res, nil, nil
	}
	shown, next, err := p.page(ctx, search{Query: every(p.among(passageDoc)...)}, nil)
	res.Next = next
	return res, shown, err
}

// mostHoldings is for how many filters it is kept what is held within them.
const mostHoldings = 1 << 9

// holdings are what was counted as held in a generation, by filters: it is asked
// beside each question.
type holdings struct {
	mu  sync.Mutex
	all map[string]baogao.Result
}

// counted is what is held within the filters of a plan that shows nothing, counted
// once.
func (h *holdings) counted(ctx context.Context, p *plan) (*baogao.Result, error) {
	text, err := json.Marshal([]any{p.req.Filters, p.req.Report, p.req.Copies, p.req.Cells})
	if err != nil {
		return nil, err
	}
	h.mu.Lock()
	kept, known := h.all[string(text)]
	h.mu.Unlock()
	if !known {
		res, _, err := p.held(ctx)
		if err != nil {
			return nil, err
		}
		kept = *res
		h.mu.Lock()
		if h.all == nil || len(h.all) >= mostHoldings {
			h.all = map[string]baogao.Result{}
		}
		h.all[string(text)] = kept
		h.mu.Unlock()
	}
	kept.Facets, kept.Cells = kept.Facets.Clone(), slices.Clone(kept.Cells) // who asks may change them
	kept.Hits, kept.Warnings, kept.Suggestions = []baogao.Hit{}, []baogao.Warning{}, []baogao.Suggestion{}
	return &kept, nil
}

// heldReports asks for reports in their order, each with its first passage.
func (p *plan) heldReports(ctx context.Context, s search, all *counts) (shown []matched, next string, err error) {
	shown, next, err = p.page(ctx, s, all)
	for i := range shown {
		var d report
		if err := json.Unmarshal(shown[i].source, &d); err != nil {
			return nil, "", err
		}
		shown[i].Number, shown[i].inReport = d.Details.First, &baogao.Matches{Passages: d.Passages}
	}
	return shown, next, err
}
