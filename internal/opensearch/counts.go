package opensearch

import (
	"encoding/json"
	"errors"
	"fmt"

	"baogao"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/nodes"
	"baogao/internal/tally"
)

// counts are matches by class.
type counts struct {
	classes []tally.Class
	counts  []tally.Count
	at      map[string]int
	shared  int // passages whose occurrences are not among them
}

// of is the count of a class by its text.
func (c *counts) of(class string) (int, error) {
	i, known := c.at[class]
	if known {
		return i, nil
	}
	k, err := document.ParseClass(class)
	if err != nil {
		return 0, fmt.Errorf("%w: a class cannot be read: %v", baogao.ErrDamaged, err)
	}
	if c.at == nil {
		c.at = map[string]int{}
	}
	i = len(c.classes)
	c.at[class], c.classes, c.counts = i, append(c.classes, k), append(c.counts, tally.Count{})
	return i, nil
}

// toldBy is what tallying has told, by its key, and of how many passages it left out
// the occurrences.
func toldBy(f *nodes.Found) (all map[string]tally.Count, shared int, err error) {
	var told struct {
		Value map[string][4]int64 `json:"value"`
	}
	var rest struct {
		Count int `json:"doc_count"`
	}
	err = errors.Join(json.Unmarshal(f.Aggs["tally"], &told), json.Unmarshal(f.Aggs["shared"], &rest))
	all = make(map[string]tally.Count, len(told.Value))
	for key, n := range told.Value {
		all[key] = tally.Count{Passages: int(n[0]), Reports: int(n[1]), Occurrences: int(n[2]), Chars: n[3]}
	}
	return all, rest.Count, err
}

// read reads what tallying has told of classes.
func (c *counts) read(f *nodes.Found) error {
	told, shared, err := toldBy(f)
	if err != nil {
		return err
	}
	c.shared = shared
	for class, n := range told {
		i, err := c.of(class)
		if err != nil {
			return err
		}
		c.counts[i] = n
	}
	return nil
}

// result makes the result of counts.
func (c *counts) result(req baogao.Request) *baogao.Result {
	filter := tally.NewFilter(c.classes, req.Filters)
	res := &baogao.Result{
		Hits: []baogao.Hit{}, Facets: tally.Facets(c.classes, c.counts, &filter),
		Warnings: []baogao.Warning{}, Suggestions: []baogao.Suggestion{},
	}
	for i, n := range c.counts {
		if n.Passages > 0 && filter.Passes(uint32(i)) {
			res.Total.Passages += n.Passages
			res.Total.Reports += n.Reports
			res.Total.Occurrences += n.Occurrences
			res.Chars += n.Chars
		}
	}
	if req.Cells {
		res.Cells = tally.Cells(c.classes, c.counts, &filter)
	}
	return res
}
