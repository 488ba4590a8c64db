package opensearch

import (
	"context"
	"encoding/json"
	"slices"
	"sync"

	"baogao"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/nodes"
)

// held answers a question for everything that is held: it is told by the documents
// of the reports alone, and shown are passages of the first of them.
func (c *counting) held(ctx context.Context) (*baogao.Result, []matched, error) {
	s := nodes.Search{Query: nodes.Every(c.among(document.ReportKind)...), Aggs: tallying(byClass, []string{}, true)}
	if c.req.Grouped {
		s.Source = []string{"report", "passages", "details.first"}
		shown, next, err := c.heldReports(ctx, s)
		if err != nil {
			return nil, nil, err
		}
		res := c.result(c.req)
		res.Next = next
		return res, shown, nil
	}
	f, err := c.client.Ask(ctx, c.gen.Index, s)
	if err != nil {
		return nil, nil, err
	}
	if err := c.read(f); err != nil {
		return nil, nil, err
	}
	res := c.result(c.req)
	if c.limit() == 0 {
		return res, nil, nil
	}
	shown, next, err := c.page(ctx, nodes.Search{Query: nodes.Every(c.among(document.PassageKind)...)})
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
		res, _, err := (&counting{plan: p}).held(ctx)
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
func (c *counting) heldReports(ctx context.Context, s nodes.Search) (shown []matched, next string, err error) {
	shown, next, err = c.page(ctx, s)
	for i := range shown {
		var d document.Report
		if err := json.Unmarshal(shown[i].source, &d); err != nil {
			return nil, "", err
		}
		shown[i].Number, shown[i].inReport = d.Details.First, &baogao.Matches{Passages: d.Passages}
	}
	return shown, next, err
}
