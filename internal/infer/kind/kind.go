// Package kind tells of what kind a document is: a report on the rule of law, on work, on
// disclosure, and so on, or none.
package kind

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
)

// The kinds of reports.
const (
	ruleOfLaw = string(baogao.RuleOfLaw)
	work      = string(baogao.Work)
	other     = string(baogao.Other)

	disclosure = string(baogao.Disclosure)
	statistics = string(baogao.Statistics)
	budget     = string(baogao.Budget)
	congress   = string(baogao.Congress)
)

// Guess weighs what kind of document it is.
func Guess(d *parts.Document) poll.Guess {
	var t poll.Tally
	for _, l := range append(d.Heads(), d.Path) {
		kindOfTitle(&t, l)
	}
	if !d.Legislation { // a law on budgets says what a report on them says
		kindOfOpening(&t, d)
	}
	kindOfBody(&t, d)
	return t.GuessBy(worth)
}

// worth is how often kinds are right, which is nearly always where more than half of the votes
// are for one.
var worth = poll.Curve{{Share: 0}, {Share: 0.5, Right: 0.5}, {Share: 0.54, Right: 0.85}, {Share: 0.6, Right: 0.95}, {Share: 0.7, Right: 0.985}, {Share: 1, Right: 0.997}}

// kindOfTitle adds what a title, a line above the text or the path says.
func kindOfTitle(t *poll.Tally, l parts.Line) {
	factor := 1.0
	if l.Number == parts.InPath {
		factor = 0.5
	}
	if i, word := lastOf(l.Text, otherTitles); word != "" && endsTitle(l.Text[i+len(word):]) && !reviewAndPlan.MatchString(l.Text) {
		t.Add(other, 18*factor, l.At(i, len(word)))
		return
	}
	if m := ofNews.FindStringIndex(l.Text); m != nil && (!reportEnds.MatchString(l.Text) || ofMeeting.MatchString(l.Text)) {
		t.Add(other, 24*factor, l.Span(m[0], m[1]))
		return
	}
	for _, s := range subjects {
		if m := s.title.FindStringIndex(l.Text); m != nil {
			t.Add(s.kind, 16*factor, l.Span(m[0], m[1]))
			return
		}
	}
	for kind, signs := range openSigns {
		for _, s := range signs {
			i := strings.Index(l.Text, s.word)
			if i < 0 || kind == ruleOfLaw && !chars.ContainsAny(l.Text, reportWords) {
				continue
			}
			t.Add(kind, s.weight*factor, l.At(i, len(s.word)))
			if kind == ruleOfLaw {
				break
			}
		}
	}
}

// kindOfOpening adds what the first lines say they are: 受市人民政府委托,报告…预算执行情况.
func kindOfOpening(t *poll.Tally, d *parts.Document) {
	left := opens
	seen := 0
	for _, l := range d.Lines {
		if l.Role == parts.Chrome || l.Role == parts.Head && !chars.EndsSentence(l.Text) && l.Runes < 20 {
			continue
		}
		if seen++; seen > mostOpening {
			return
		}
		if at := meets.FindStringIndex(l.Text); at != nil && seen == 1 {
			t.Add(other, 24, l.Span(at[0], at[1]))
			return
		}
		var rest []subject
		for _, s := range left {
			if !chars.ContainsAny(l.Text, s.needs) || chars.ContainsAny(l.Text, s.unless) {
				rest = append(rest, s)
				continue
			}
			if at := s.title.FindStringIndex(l.Text); at != nil {
				t.Add(s.kind, s.weight, l.Span(at[0], at[1]))
				continue
			}
			rest = append(rest, s)
		}
		left = rest
	}
}

// mostOpening is how many lines from the first sentence on may say what a
// document is.
const mostOpening = 6

// voteReported adds what was seen of a kind of report. A long text and one in
// articles have many words, so each of them says less there; and what is about the rule of law speaks of
// budgets, courts and disclosure as well.
func (o *once) voteReported(t *poll.Tally, kind string, d *parts.Document, share float64) {
	const usual = 3000             // characters of a text whose words count in full
	const ofLaw, unsaid = 0.2, 0.3 // of a text in articles, and of one that nowhere says that it is of the kind
	factor := min(1, math.Sqrt(usual/float64(max(d.Runes, 1))))
	if d.Legislation {
		factor *= ofLaw
	}
	if kind != statistics && t.Sum(kind) == 0 {
		factor *= unsaid
	}
	for _, w := range o.seen {
		t.Add(kind, w.Strength*factor*(1-share), w.Spot)
	}
}

// lastOf returns the word of a list that stands last in s.
func lastOf(s string, words []string) (at int, word string) {
	at = -1
	for _, w := range words {
		if i := strings.LastIndex(s, w); i > at {
			at, word = i, w
		}
	}
	return at, word
}

// endsTitle reports whether what follows a word leaves it the last of its
// title: nothing, a bracket (试行) or the end of a file name.
func endsTitle(rest string) bool {
	return rest == "" || chars.HasAnyPrefix(rest, []string{"(", "》", "."})
}

// kindOfBody adds what the words of the body say.
func kindOfBody(t *poll.Tally, d *parts.Document) {
	signs := watch()
	worked, others := &signs[0], &signs[1]
	const diverse = 3 // words of the rule of law that a report has: foreign police enforce laws too
	lawful, runes := 0.0, 0.0
	spoken := map[string]int{}
	var law poll.Spot
	for _, l := range d.Lines {
		announcedKind(t, l)
		see(signs, l)
		if l.Runes < 25 {
			continue
		}
		runes += float64(l.Runes)
		if i, n, hits := hitsOf(l.Text, spoken); hits > 0 {
			// One in forty characters is as dense as it gets.
			lawful += min(float64(l.Runes), float64(40*hits))
			if law.Text == "" {
				law = l.At(i, n)
			}
		}
	}
	share := lawful / max(runes, 1)
	t.Add(ruleOfLaw, 16*share*share*min(1, runes/300)*min(1, float64(len(spoken))/diverse)+breadth(spoken, runes)*spread(share), law)
	length := min(1, math.Sqrt(runes/3000))
	worked.vote(t, work, length)
	for i := range signs[2:] {
		signs[2+i].voteReported(t, setNames[2+i], d, share)
	}
	others.vote(t, other, 1)
	others.discount(t, other, share)
	if d.Legislation {
		t.Add(other, 10, poll.Spot{})
	}
	kindOfNothing(t, d.Runes)
}

// breadth is how much the number of different words of rule-of-law reports
// says, where they stand close together. Of 85 work reports and 430 laws and
// policy papers the words of none were both as many and as close as in those
// reports, however much these tell of the economy.
func breadth(spoken map[string]int, runes float64) float64 {
	const usual, dense = 9, 0.008 // words that other texts have, and how many stand in a character
	hits := 0
	for _, n := range spoken {
		hits += n
	}
	return min(8, 0.8*float64(max(0, len(spoken)-usual))) * min(1, float64(hits)/(dense*max(runes, 1)))
}

// spread grows with the part of a text that the words stand in: a fifth is a
// chapter of a work report.
func spread(share float64) float64 { return min(1, max(0, 5*share-1)) }

// kindOfNothing takes a text that has enough words to tell, and none that
// tell one of the kinds of reports, for none of them. A little of several kinds
// tells more against it than a little of one.
func kindOfNothing(t *poll.Tally, runes int) {
	const enough = 500 // characters
	known := 0.0
	for _, kind := range baogao.Kinds {
		if kind != baogao.Other {
			known = math.Hypot(known, max(0, t.Sum(string(kind))))
		}
	}
	if known < 2 {
		t.Add(other, (2-known)*min(1, float64(runes)/enough), poll.Spot{})
	}
}

// announcedKind adds what a line says is reported: 现将2022年度法治政府建设情况报告如下.
func announcedKind(t *poll.Tally, l parts.Line) {
	i := strings.Index(l.Text, "现将")
	if i < 0 {
		return
	}
	for _, s := range openSigns[ruleOfLaw] {
		if j := strings.Index(chars.First(l.Text[i:], 45), s.word); j >= 0 && chars.ContainsAny(l.Text[i+j:], reportWords) {
			t.Add(ruleOfLaw, s.weight, l.At(i+j, len(s.word)))
			return
		}
	}
}

// A once collects signs of one set that count the first time they are seen.
type once struct {
	had  []bool // by sign
	seen []poll.Witness
}

// signSets are the sets of signs that bodies are looked through for, and setNames
// what they speak for.
var (
	setNames = []string{work, other, disclosure, statistics, budget, congress}
	signSets = [][]sign{workSigns, otherSigns, reportSigns[disclosure], reportSigns[statistics], reportSigns[budget], reportSigns[congress]}
)

// A signAt names a sign by its set and its place there.
type signAt struct{ set, sign int }

// allSigns are the signs of all sets, and signWords their words, so that a line is read once
// for all of them.
var allSigns, signWords = func() (all []signAt, words *chars.Words) {
	var list []string
	for i, signs := range signSets {
		for j, s := range signs {
			all, list = append(all, signAt{i, j}), append(list, s.word)
		}
	}
	return all, chars.NewWords(list)
}()

// watch has a once for each of signSets.
func watch() []once {
	all := make([]once, len(signSets))
	for i, signs := range signSets {
		all[i].had = make([]bool, len(signs))
	}
	return all
}

// see looks a line through for signs that were not seen, each set in its order.
func see(all []once, l parts.Line) {
	type found struct {
		signAt
		at int
	}
	var new []found
	signWords.Each(l.Text, func(word, at int) {
		s := allSigns[word]
		if had := all[s.set].had; !had[s.sign] {
			had[s.sign] = true
			new = append(new, found{s, at})
		}
	})
	slices.SortFunc(new, func(a, b found) int { return cmp.Compare(a.sign, b.sign) })
	for _, f := range new {
		s := signSets[f.set][f.sign]
		all[f.set].seen = append(all[f.set].seen, poll.Witness{Spot: l.At(f.at, len(s.word)), Strength: s.weight})
	}
}

// vote adds what was seen. Weak signs count in proportion to factor, which
// is lower for short texts, in which few of them can stand.
func (o *once) vote(t *poll.Tally, kind string, factor float64) {
	for _, w := range o.seen {
		t.Add(kind, w.Strength*max(factor, 0.5), w.Spot)
	}
}

// discount takes back a share of the weak signs: a report on the rule of law
// tells of notices, plans and responsible units.
func (o *once) discount(t *poll.Tally, kind string, share float64) {
	const strong = 4
	for _, w := range o.seen {
		if w.Strength < strong {
			t.Add(kind, -w.Strength*share, poll.Spot{})
		}
	}
}

var lawWords = chars.NewWords(lawSigns)

// hitsOf counts the words of rule-of-law reports in s, also each by itself, and says where the
// first of their list stands.
func hitsOf(s string, each map[string]int) (at, length, hits int) {
	first := len(lawSigns)
	lawWords.Each(s, func(word, i int) {
		if hits++; word < first {
			first, at, length = word, i, len(lawSigns[word])
		}
		each[lawSigns[word]]++
	})
	return at, length, hits
}
