package opensearch

import (
	"context"
	"strconv"

	"baogao"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/nodes"
	"baogao/internal/weight"
)

// counting answers a question that the shards can answer, and adds up what they tell.
type counting struct {
	*plan
	counts
}

// counted answers a question that the shards can answer, or one for everything that
// is held.
func (c *counting) counted(ctx context.Context, query nodes.Object) (*baogao.Result, []matched, error) {
	words, _ := c.marked()
	s := nodes.Search{Query: nodes.Every(c.among(document.PassageKind, query)...), Aggs: tallying(byClass, words, false)}
	var shown []matched
	var next string
	var err error
	if c.req.Grouped {
		shown, next, err = c.leading(ctx, s)
	} else {
		shown, next, err = c.page(ctx, s)
	}
	if err != nil {
		return nil, nil, err
	}
	if c.shared > 0 && len(words) > 0 {
		if err := c.addShared(ctx, query); err != nil {
			return nil, nil, err
		}
	}
	res := c.result(c.req)
	res.Next = next
	return res, shown, nil
}

// addShared adds the occurrences in passages whose text must tell.
func (c *counting) addShared(ctx context.Context, query nodes.Object) error {
	r := &reading{plan: c.plan, matcher: c.tree.Matcher()}
	if err := r.all(ctx, nodes.Every(query, nodes.Term("shared", true))); err != nil {
		return err
	}
	for text, i := range r.at {
		for _, found := range r.found {
			if found.class == i {
				c.counts.counts[c.at[text]].Occurrences += found.occurrences
			}
		}
	}
	return nil
}

// countIn counts what matches in the reports of some matches.
func (c *counting) countIn(ctx context.Context, query nodes.Object, rows []matched) error {
	numbers := make([]int, len(rows))
	for i, m := range rows {
		numbers[i] = m.Report
	}
	words, _ := c.marked()
	in := nodes.Object{"terms": nodes.Object{"report": numbers}}
	f, err := c.client.Ask(ctx, c.gen.Index, nodes.Search{Query: nodes.Every(query, c.filter, in), Aggs: tallying(byReport, words, false)})
	if err != nil {
		return err
	}
	told, shared, err := toldBy(f)
	if err != nil {
		return err
	}
	for i := range rows {
		n := told[strconv.Itoa(rows[i].Report)]
		rows[i].inReport = &baogao.Matches{Passages: n.Passages, Occurrences: n.Occurrences}
	}
	if len(words) == 0 || shared == 0 {
		return nil
	}
	return c.addSharedIn(ctx, nodes.Every(query, c.filter, in), rows)
}

// addSharedIn adds the occurrences in passages whose text must tell to those of
// their reports.
func (c *counting) addSharedIn(ctx context.Context, query nodes.Object, rows []matched) error {
	r := &reading{plan: c.plan, matcher: c.tree.Matcher()}
	if err := r.all(ctx, nodes.Every(query, nodes.Term("shared", true))); err != nil {
		return err
	}
	for _, found := range r.found {
		for i := range rows {
			if rows[i].Report == found.Report {
				rows[i].inReport.Occurrences += found.occurrences
			}
		}
	}
	return nil
}

// marked are the words whose places are counted, and their weights.
func (c *counting) marked() (words []string, weights []float64) {
	words, weights = []string{}, []float64{}
	for _, w := range c.tree.Marked() {
		words, weights = append(words, w.Pattern.String()), append(weights, c.score[w.Slot])
	}
	return words, weights
}

// ranking sorts by what matches are worth.
func (c *counting) ranking() nodes.Object {
	words, weights := c.marked()
	if len(words) == 0 {
		return nil
	}
	return nodes.Object{"_script": nodes.Object{"type": "number", "order": "desc", "script": nodes.Object{"source": scoring, "params": nodes.Object{
		"words": words, "weights": weights, "texts": float64(c.view.Texts), "units": float64(max(c.view.Units, 1)), "k1": weight.K1, "b": weight.B,
	}}}}
}
