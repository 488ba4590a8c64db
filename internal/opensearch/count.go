package opensearch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"baogao"
	"baogao/internal/tally"
	"baogao/internal/weight"
	"baogao/query"
)

// Where every word of a question is of Chinese characters and none can overlap
// another, the shards tell all: their query finds just the passages that match, a
// script counts where words stand in the text as search compares it, and passages,
// reports and occurrences are added up by class. A report lies in one shard, so that
// each counts reports of its own. No text is read here.

// isCounted reports whether the shards can answer the question.
func (p *plan) isCounted(exact bool) bool {
	if p.only != nil || !exact || p.tree.Root == nil || p.req.Grouped && p.req.Offset+p.limit() >= most {
		return false
	}
	return p.tree.Plain || len(p.tree.Words) == 0 && p.tree.Scope != query.Report
}

// times counts how often a word stands in a text.
const times = `int times(String text, String word) {
  int n = 0;
  for (int i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + word.length())) n++;
  return n;
}
`

// scoring is what a match is worth, see package weight.
const scoring = times + `String text = doc['folded'].value.utf8ToString();
double length = doc['units'].value * (double) params.texts / (double) params.units;
double score = 0;
for (int i = 0; i < params.words.length; i++) {
  double n = times(text, params.words[i]);
  if (n > 0) score += params.weights[i] * (n * (params.k1 + 1) / (n + params.k1 * (1 - params.b + params.b * length)));
}
return score * doc['prior'].value;`

// adding adds up by a key: passages, reports, occurrences, and characters of reports.
// Where a sign stands for several characters, two places may be one, and the text
// must tell; see addShared.
func adding(key string) string { return times + "String k = " + key + addingTo }

const addingTo = `;
def t = state.classes.get(k);
if (t == null) { t = new long[4]; state.classes.put(k, t); }
t[0] += params.reports ? doc['passages'].value : 1L;
if (state.seen.add(doc['report'].value)) { t[1]++; t[3] += doc['chars'].value; }
if (params.words.length > 0 && !doc['shared'].value) {
  String text = doc['folded'].value.utf8ToString();
  for (w in params.words) t[2] += times(text, w);
}`

// joining joins what the shards have added up.
const joining = `Map all = new HashMap();
for (s in states) {
  if (s == null) continue;
  for (e in s.entrySet()) {
    def t = all.get(e.getKey());
    if (t == null) { all.put(e.getKey(), e.getValue()); continue; }
    for (int i = 0; i < 4; i++) t[i] += e.getValue()[i];
  }
}
return all;`

// marked are the words whose places are counted, and their weights.
func (p *plan) marked() (words []string, weights []float64) {
	words, weights = []string{}, []float64{}
	for _, w := range p.tree.Marked() {
		words, weights = append(words, w.Pattern.String()), append(weights, p.score[w.Slot])
	}
	return words, weights
}

// The keys that matches are added up by.
const (
	byClass  = "doc['class'].value"
	byReport = "String.valueOf(doc['report'].value)"
)

// tallying adds matches up by a key, with the places of words in them, and counts the
// passages whose places are not among those.
func tallying(key string, words []string, reports bool) object {
	return object{"shared": object{"filter": term("shared", true)}, "tally": object{"scripted_metric": object{
		"init_script": "state.classes = new HashMap(); state.seen = new HashSet();", "map_script": adding(key),
		"combine_script": "return state.classes;", "reduce_script": joining, "params": object{"words": words, "reports": reports},
	}}}
}

// ranking sorts by what matches are worth.
func (p *plan) ranking() object {
	words, weights := p.marked()
	if len(words) == 0 {
		return nil
	}
	return object{"_script": object{"type": "number", "order": "desc", "script": object{"source": scoring, "params": object{
		"words": words, "weights": weights, "texts": float64(p.view.Texts), "units": float64(max(p.view.Units, 1)), "k1": weight.K1, "b": weight.B,
	}}}}
}

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
	k, err := parseClass(class)
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
func toldBy(f *found) (all map[string]tally.Count, shared int, err error) {
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
func (c *counts) read(f *found) error {
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

// counted answers a question that the shards can answer, or one for everything that
// is held.
func (p *plan) counted(ctx context.Context, query object) (*baogao.Result, []matched, error) {
	words, _ := p.marked()
	s := search{Query: every(p.among(passageDoc, query)...), Aggs: tallying(byClass, words, false)}
	all := counts{}
	var shown []matched
	var next string
	var err error
	if p.req.Grouped {
		shown, next, err = p.leading(ctx, s, &all)
	} else {
		shown, next, err = p.page(ctx, s, &all)
	}
	if err != nil {
		return nil, nil, err
	}
	if all.shared > 0 && len(words) > 0 {
		if err := p.addShared(ctx, query, &all); err != nil {
			return nil, nil, err
		}
	}
	res := all.result(p.req)
	res.Next = next
	return res, shown, nil
}

// addShared adds the occurrences in passages whose text must tell.
func (p *plan) addShared(ctx context.Context, query object, all *counts) error {
	r := &reading{plan: p, matcher: p.tree.Matcher()}
	if err := r.all(ctx, every(query, term("shared", true))); err != nil {
		return err
	}
	for text, i := range r.at {
		for _, c := range r.found {
			if c.class == i {
				all.counts[all.at[text]].Occurrences += c.occurrences
			}
		}
	}
	return nil
}

// page asks for the matches that are shown, in order, with what else a search asks
// for, and reads its tally.
func (p *plan) page(ctx context.Context, s search, all *counts) (shown []matched, next string, err error) {
	limit := p.limit()
	s.Sort = p.order(p.ranking())
	if s.Source == nil {
		s.Source = []string{"n", "report"}
	}
	if p.after != nil {
		s.After = after(p.after.Sort)
	}
	offset, need := p.req.Offset, limit+1
	if limit == 0 {
		need = 0
	}
	var rows []matched
	for first := true; first || len(rows) < offset+need; first = false {
		s.Size = min(offset+need-len(rows), most)
		f, err := p.ask(ctx, p.gen.index, p.filtered(s))
		if err != nil {
			return nil, "", err
		}
		if s.Aggs != nil {
			if err := all.read(f); err != nil {
				return nil, "", err
			}
			s.Aggs = nil
		}
		if rows, err = p.readRows(rows, f); err != nil {
			return nil, "", err
		}
		if len(f.Hits.Hits) < s.Size || s.Size == 0 {
			break
		}
		s.After = after(rows[len(rows)-1].sort)
	}
	rows = rows[min(offset, len(rows)):]
	if limit > 0 && len(rows) > limit {
		next = p.next(0, rows[limit-1].sort)
	}
	return rows[:min(limit, len(rows))], next, nil
}

// leading asks for the first match of each report, in order, as page does for matches.
func (p *plan) leading(ctx context.Context, s search, all *counts) ([]matched, string, error) {
	limit := p.limit()
	s.Source, s.Sort, s.From = []string{"n", "report"}, p.order(p.ranking()), p.req.Offset
	if s.Size = limit; limit > 0 {
		s.Size++ // whether others follow
		s.Collapse = object{"field": "report"}
	}
	f, err := p.ask(ctx, p.gen.index, p.filtered(s))
	if err != nil {
		return nil, "", err
	}
	if err := all.read(f); err != nil {
		return nil, "", err
	}
	rows, err := p.readRows(nil, f)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	next := ""
	if len(rows) > limit {
		rows, next = rows[:limit], p.next(p.req.Offset+limit, nil)
	}
	return rows, next, p.countIn(ctx, s.Query, rows)
}

// countIn counts what matches in the reports of some matches.
func (p *plan) countIn(ctx context.Context, query object, rows []matched) error {
	numbers := make([]int, len(rows))
	for i, m := range rows {
		numbers[i] = m.Report
	}
	words, _ := p.marked()
	in := object{"terms": object{"report": numbers}}
	f, err := p.ask(ctx, p.gen.index, search{Query: every(query, p.filter, in), Aggs: tallying(byReport, words, false)})
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
	return p.addSharedIn(ctx, every(query, p.filter, in), rows)
}

// addSharedIn adds the occurrences in passages whose text must tell to those of
// their reports.
func (p *plan) addSharedIn(ctx context.Context, query object, rows []matched) error {
	r := &reading{plan: p, matcher: p.tree.Matcher()}
	if err := r.all(ctx, every(query, term("shared", true))); err != nil {
		return err
	}
	for _, c := range r.found {
		for i := range rows {
			if rows[i].Report == c.Report {
				rows[i].inReport.Occurrences += c.occurrences
			}
		}
	}
	return nil
}

// filtered leaves of the hits of a search those that pass all filters; its tally
// ignores one of them after another.
func (p *plan) filtered(s search) search {
	s.PostFilter = p.filter
	return s
}

// readRows reads what was found, with its score where it is ranked.
func (p *plan) readRows(rows []matched, f *found) ([]matched, error) {
	ranked := -1
	if p.ranking() != nil {
		ranked = slices.IndexFunc(p.order(object{"_script": nil}), func(o object) bool { _, is := o["_script"]; return is })
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
