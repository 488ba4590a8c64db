package opensearch

import (
	"context"
	"encoding/json"
	"slices"

	"baogao"
	"baogao/internal/opensearch/nodes"
)

// A matched passage is one that a question matched.
type matched struct {
	Number   int `json:"n"`
	Report   int `json:"report"`
	score    float64
	sort     []json.RawMessage
	source   json.RawMessage
	tests    []string // that it passes, where it was read
	inReport *baogao.Matches
}

// page asks for the matches that are shown, in order, with what else a search asks
// for, and reads its tally.
func (c *counting) page(ctx context.Context, s nodes.Search) (shown []matched, next string, err error) {
	limit := c.limit()
	s.Sort = c.order(c.ranking())
	if s.Source == nil {
		s.Source = []string{"n", "report"}
	}
	if c.after != nil {
		s.After = nodes.After(c.after.Sort)
	}
	offset, need := c.req.Offset, limit+1
	if limit == 0 {
		need = 0
	}
	var rows []matched
	for first := true; first || len(rows) < offset+need; first = false {
		s.Size = min(offset+need-len(rows), nodes.Most)
		f, err := c.client.Ask(ctx, c.gen.Index, c.filtered(s))
		if err != nil {
			return nil, "", err
		}
		if s.Aggs != nil {
			if err := c.read(f); err != nil {
				return nil, "", err
			}
			s.Aggs = nil
		}
		if rows, err = c.readRows(rows, f); err != nil {
			return nil, "", err
		}
		if len(f.Hits.Hits) < s.Size || s.Size == 0 {
			break
		}
		s.After = nodes.After(rows[len(rows)-1].sort)
	}
	rows = rows[min(offset, len(rows)):]
	if limit > 0 && len(rows) > limit {
		next = c.next(0, rows[limit-1].sort)
	}
	return rows[:min(limit, len(rows))], next, nil
}

// leading asks for the first match of each report, in order, as page does for matches.
func (c *counting) leading(ctx context.Context, s nodes.Search) ([]matched, string, error) {
	limit := c.limit()
	s.Source, s.Sort, s.From = []string{"n", "report"}, c.order(c.ranking()), c.req.Offset
	if s.Size = limit; limit > 0 {
		s.Size++ // whether others follow
		s.Collapse = nodes.Object{"field": "report"}
	}
	f, err := c.client.Ask(ctx, c.gen.Index, c.filtered(s))
	if err != nil {
		return nil, "", err
	}
	if err := c.read(f); err != nil {
		return nil, "", err
	}
	rows, err := c.readRows(nil, f)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	next := ""
	if len(rows) > limit {
		rows, next = rows[:limit], c.next(c.req.Offset+limit, nil)
	}
	return rows, next, c.countIn(ctx, s.Query, rows)
}

// readRows reads what was found, with its score where it is ranked.
func (c *counting) readRows(rows []matched, f *nodes.Found) ([]matched, error) {
	ranked := -1
	if c.ranking() != nil {
		ranked = slices.IndexFunc(c.order(nodes.Object{"_script": nil}), func(o nodes.Object) bool { _, is := o["_script"]; return is })
	}
	for _, r := range f.Hits.Hits {
		m := matched{sort: r.Sort, source: r.Source}
		if err := json.Unmarshal(r.Source, &m); err != nil {
			return nil, err
		}
		if ranked >= 0 {
			if err := json.Unmarshal(r.Sort[ranked], &m.score); err != nil {
				return nil, err
			}
		}
		rows = append(rows, m)
	}
	return rows, nil
}
