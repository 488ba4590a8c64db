// Package suggest finds what may have been meant where a question finds nothing
// or little: a question and its answer go in, and other questions come out, each
// with the reason and with what it finds exactly. It asks any Searcher.
package suggest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/ask"
	"baogao/query"
)

// Most is the largest number of suggestions of an answer.
const Most = 5

// Over half a million passages suggestions take less than 20 ms, as BenchmarkFor
// tells. On a machine that has more to do they take no longer than patience, and
// than one part in share of the time that the request has left; where nothing
// limits it, somebody waits for it alone, who has more.
const (
	patience = 300 * time.Millisecond
	longest  = time.Second
	share    = 2
)

// maxParts is the number of parts of the longest question that is looked at. Who
// types more than this has not mistyped a word but pasted a text.
const maxParts = 8

// A rule is one way to be understood otherwise.
type rule struct {
	few     int  // passages of the exact answer up to which the rule is asked
	times   int  // a suggestion finds more than this many times as many passages
	most    int  // suggestions
	guesses bool // asked where no rule before found anything
	propose func(*asking) (proposals, error)
}

// rules are in the order in which what they find is told: what is certain before
// what is guessed.
var rules = []rule{
	{few, 1, 2, false, metadata},
	{few, 3, 2, false, numerals},
	{20, 3, 2, false, marks},
	{100, 3, 1, false, lists},
	{0, 1, 2, false, wider},
	{absent, 3, 2, true, pinyin},
	{absent, 3, 2, true, slips},
	{absent, 3, 2, true, narrowed(pinyin)},
	{absent, 3, 2, true, narrowed(slips)},
}

// absent is up to how many passages a word may be in that is held to be none.
const absent = 2

// likelier is how many times as many passages as another the best guess may find
// for the other to be told too.
const likelier = 5

// few is the largest number of passages for which anything is suggested.
const few = 1000

// A proposal is a question that may have been meant and was not counted yet.
type proposal struct {
	root   query.Node
	within query.Scope
	filter baogao.FilterValues
	named  []string // the words that name the values of the filter, with the field of each
	why    query.Warning
}

// proposals are what a rule proposes: groups, of which one is asked where those
// before it find nothing.
type proposals [][]proposal

// asking is a question for which something is suggested.
type asking struct {
	ctx    context.Context
	s      baogao.Searcher
	q      *ask.Question
	in     *ask.Language
	parts  []query.Node // of the question as it was typed, which must all hold
	within query.Scope
	exact  int // passages that match exactly
}

// For finds what may have been meant by a question whose answer is res, at most
// Most suggestions in the order to show them; none for an answer that is large, is
// no first page, or shows no hits. It has a deadline of its own: when it runs out,
// what was found by then is returned. The one error is that of a damaged index.
func For(ctx context.Context, s baogao.Searcher, q *ask.Question, res *baogao.Result, in *ask.Language) ([]baogao.Suggestion, error) {
	a := &asking{s: s, q: q, in: in, exact: res.Total.Passages}
	if res.Relaxed {
		a.exact = 0
	}
	parsed := query.Parse(q.Typed.Question)
	a.parts, a.within = query.Conjuncts(parsed.Root), parsed.Within
	req := q.Request
	if a.exact > few || len(a.parts) == 0 || len(a.parts) > maxParts || req.Limit < 0 || req.Offset > 0 || req.After != "" {
		return []baogao.Suggestion{}, nil
	}
	ask.Regions("") // the table of divisions is read once in a process, which is not on the clock
	ctx, cancel := context.WithTimeout(ctx, allowed(ctx))
	defer cancel()
	s, release, err := s.Hold(ctx)
	if err != nil {
		return []baogao.Suggestion{}, onlyDamage(err)
	}
	defer release()
	a.ctx, a.s = ctx, s
	found, err := a.suggestions()
	return found, onlyDamage(err)
}

// allowed is how long suggestions may take within a request.
func allowed(ctx context.Context) time.Duration {
	if end, ok := ctx.Deadline(); ok {
		return min(patience, time.Until(end)/share)
	}
	return longest
}

// onlyDamage leaves out errors that say nothing about the answer itself, as that
// the time is over.
func onlyDamage(err error) error {
	if errors.Is(err, baogao.ErrDamaged) {
		return err
	}
	return nil
}

// suggestions asks what the rules propose. With an error it returns what was
// found before.
func (a *asking) suggestions() ([]baogao.Suggestion, error) {
	all, told := []baogao.Suggestion{}, map[string]bool{}
	told[keyOf(textOf(query.Join(a.parts), a.within), baogao.FilterValues{})] = true
	for _, r := range rules {
		if a.exact > r.few || len(all) >= Most || r.guesses && len(all) > 0 {
			continue
		}
		found, err := a.try(r, told)
		found = slices.DeleteFunc(found, func(s baogao.Suggestion) bool { return repeats(s, all) })
		all = append(all, found[:min(len(found), r.most, Most-len(all))]...)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// repeats reports whether a word taken for a list finds what it finds with other
// signs: then these are all there is to it.
func repeats(s baogao.Suggestion, others []baogao.Suggestion) bool {
	return s.Why.ID == isList && slices.ContainsFunc(others, func(o baogao.Suggestion) bool {
		return o.Why.ID == otherMarks && o.Why.Args[0] == s.Why.Args[0] && o.Passages == s.Passages
	})
}

// try asks what a rule proposes, but for what was told before, and returns what
// is worth telling, the most passages first.
func (a *asking) try(r rule, told map[string]bool) (found []baogao.Suggestion, err error) {
	groups, err := r.propose(a)
	for i := 0; i < len(groups) && len(found) == 0; i++ {
		var e error
		if found, e = a.tryEach(r, groups[i], told); e != nil {
			return found, e
		}
	}
	slices.SortStableFunc(found, func(a, b baogao.Suggestion) int { return cmp.Compare(b.Passages, a.Passages) })
	return slices.DeleteFunc(found, func(s baogao.Suggestion) bool {
		return r.guesses && s.Passages*likelier < found[0].Passages
	}), err
}

func (a *asking) tryEach(r rule, proposed []proposal, told map[string]bool) (found []baogao.Suggestion, err error) {
	for _, p := range proposed {
		text := textOf(p.root, p.within)
		key := keyOf(text, p.filter)
		if told[key] {
			continue
		}
		told[key] = true
		total, err := a.count(text, p.filter)
		if err != nil {
			return found, err
		}
		if total.Passages > r.times*a.exact {
			found = append(found, baogao.Suggestion{Query: text, Filter: p.filter, Why: say(p, a.in), Passages: total.Passages, Reports: total.Reports})
		}
	}
	return found, nil
}

// textOf is a question as one would type it.
func textOf(root query.Node, within query.Scope) string {
	return (&query.Query{Root: root, Within: within}).String()
}

// keyOf tells suggestions apart.
func keyOf(text string, filter baogao.FilterValues) string { return text + fmt.Sprint(filter.All()) }

// count asks a suggestion as whoever follows it does.
func (a *asking) count(text string, filter baogao.FilterValues) (baogao.Total, error) {
	q, err := ask.Read(a.ctx, a.s, a.q.Typed.Following(text, filter), a.in)
	if err != nil {
		return baogao.Total{}, err
	}
	return a.total(q.Request)
}

// total counts what matches a request exactly.
func (a *asking) total(req baogao.Request) (baogao.Total, error) {
	req.Exact, req.Limit, req.Sort = true, -1, ""
	res, err := a.s.Search(a.ctx, req)
	if err != nil {
		return baogao.Total{}, err
	}
	return res.Total, nil
}

// holding counts the passages that hold all of some words, without filters.
func (a *asking) holding(words ...query.Node) (int, error) {
	total, err := a.total(baogao.Request{Query: &query.Query{Root: query.Join(words)}, Report: a.q.Request.Report, Copies: a.q.Request.Copies})
	return total.Passages, err
}

// best are the first passages that a tree holds for, within the filters of the
// question.
func (a *asking) best(root query.Node) ([]baogao.Hit, error) {
	const read = 20
	req := a.q.Request
	req.Query, req.Exact, req.Limit, req.Sort = &query.Query{Root: root}, true, read, ""
	res, err := a.s.Search(a.ctx, req)
	if err != nil {
		return nil, err
	}
	return res.Hits, nil
}

// instead is the tree of the question with other parts in the place of those from
// one on before another.
func (a *asking) instead(from, to int, by ...query.Node) query.Node {
	return query.Join(slices.Concat(a.parts[:from], by, a.parts[to:]))
}

// words yields the words that a passage must hold, without their quotation marks,
// with their places among the parts. Literals are meant as they stand.
func (a *asking) words(yield func(i int, word string) bool) {
	for i, part := range a.parts {
		if w, ok := part.(query.Word); ok && !yield(i, unmarked(w)) {
			return
		}
	}
}

// unmarked is a word without its quotation marks, if it is anything else.
func unmarked(w query.Word) string {
	return cmp.Or(strings.Map(func(r rune) rune {
		if analyzer.IsQuotation(r) {
			return -1
		}
		return r
	}, string(w)), string(w))
}
