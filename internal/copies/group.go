package copies

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// An entry is what is known of a report besides its text. What is not known is
// zero.
type entry struct {
	Traits
	ID        string
	Title     string    // folded
	Year      int       // reported on
	Number    string    // of the document, folded
	Published time.Time // by day
	Region    []string  // codes of the divisions it lies in, from the province down
	Official  bool      // taken from a government's own site

	// What was given with the report and not read off it.
	GivenYear   int
	GivenIssuer string // folded
}

// sameIssue is how far apart the dates of copies may be. Reports come out
// every year, and a law that was amended later is another one.
const sameIssue = 183 * 24 * time.Hour

// otherYear reports whether two reports are on different years by what is
// known of them and by what they say. What is known was read off the whole
// page, which may name years of its own once or twice.
func (e *entry) otherYear(own *text, o *entry, other *text) bool {
	if !differ(e.Year, o.Year) {
		return false
	}
	const often = 3
	return other.lacks(e.Year, own) && own.count(e.Year) >= often || own.lacks(o.Year, other) && other.count(o.Year) >= often ||
		other.lacks(e.Year, own) && own.lacks(o.Year, other)
}

// conflicts reports whether two reports are about different things by what is
// known of both.
func (e *entry) conflicts(o *entry) bool {
	n := min(len(e.Region), len(o.Region))
	return differ(e.Number, o.Number) || differ(e.GivenYear, o.GivenYear) || differ(e.GivenIssuer, o.GivenIssuer) ||
		e.otherIssue(o) ||
		n > 0 && e.Region[n-1] != o.Region[n-1] ||
		e.repeats(o) ||
		isDraft(e.Title) != isDraft(o.Title) || otherName(e.Title, o.Title)
}

// otherIssue reports whether two reports came out at other times. Where both are
// known to be on one year, the later date is that of a page that was put up again.
func (e *entry) otherIssue(o *entry) bool {
	sameYear := e.Year != 0 && e.Year == o.Year
	return !sameYear && differ(e.Published, o.Published) && e.Published.Sub(o.Published).Abs() > sameIssue
}

// mostLonger is how many times longer a copy may be. A page may have its text twice, for
// a screen and for a telephone.
const mostLonger = 2.5

// repeats reports whether of two reports one is so much longer that, where they have their
// runs in common, it says again and again what the other says once: resemblance counts a
// run once.
func (e *entry) repeats(o *entry) bool {
	return float64(max(e.Units, o.Units)) > mostLonger*float64(min(e.Units, o.Units))
}

// differ reports whether two values are known and not the same.
func differ[T comparable](a, b T) bool {
	var unknown T
	return a != unknown && b != unknown && a != b
}

// isDraft reports whether a title is that of a draft, which is a document of
// its own.
func isDraft(title string) bool {
	return strings.Contains(title, "征求意见稿") || strings.Contains(title, "草案") || strings.Contains(title, "送审稿") || strings.Contains(title, "讨论稿")
}

// mostReplaced is the length of a name in a title, in characters.
const mostReplaced = 8

// otherName reports whether two titles are alike but for one name or number
// in the place of another, as those of bodies of one kind are. A title to
// which something was added is no such thing.
func otherName(a, b string) bool {
	x, y := nameRunes(a), nameRunes(b)
	start := 0
	for start < min(len(x), len(y)) && x[start] == y[start] {
		start++
	}
	end := 0
	for end < min(len(x), len(y))-start && x[len(x)-1-end] == y[len(y)-1-end] {
		end++
	}
	p, q := x[start:len(x)-end], y[start:len(y)-end]
	if len(p) == 1 && len(q) == 1 && !distinguishes(p[0]) && !distinguishes(q[0]) {
		return false // a character that was misread
	}
	return min(len(p), len(q)) > 0 && max(len(p), len(q)) <= mostReplaced && start+end >= max(len(p), len(q))
}

// distinguishes reports whether names often differ in this one character.
func distinguishes(r rune) bool {
	return unicode.IsNumber(r) || strings.ContainsRune("〇一二三四五六七八九十东南西北中", r)
}

// nameRunes are the letters and figures of a title; what is damaged could be
// any of them.
func nameRunes(title string) []rune {
	var kept []rune
	for _, r := range title {
		switch {
		case r == utf8.RuneError || r == '?':
			return nil
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			kept = append(kept, r)
		}
	}
	return kept
}

// clearlyShorter is the share of the length of the fullest of some copies
// below which one of them has lost a piece, and is not shown.
const clearlyShorter = 0.92

// better orders reports by which of two copies, both of them full, is shown:
// the official one, the one of which place and year are known, so that it is
// found by them, the one that was not damaged, the one in the script that
// governments of the mainland publish in, the longer one; of equals the one
// whose id is smaller.
func better(a, b *entry) int {
	return cmp.Or(
		last(!a.Official, !b.Official),
		cmp.Compare(b.known(), a.known()),
		last(a.Damage*200 > a.Units, b.Damage*200 > b.Units),
		last(a.Traditional*20 > a.Units, b.Traditional*20 > b.Units),
		fuller(a, b),
	)
}

// fuller orders reports by length, the longest first.
func fuller(a, b *entry) int {
	return cmp.Or(cmp.Compare(b.Units, a.Units), cmp.Compare(a.ID, b.ID))
}

// known counts what is known of place and year.
func (e *entry) known() int { return min(len(e.Region), 1) + min(e.Year, 1) }

// last puts what is true behind what is not.
func last(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// Sketches fall into bands: two texts are compared if their sketches agree in
// all values of a band. At a resemblance of 0.7 that happens to all but two
// pairs in ten thousand, at 0.3 to a fifth.
const (
	bandSize = 4
	slack    = 0.15 // by which a sketch may be further off than the texts are
)

// mostCompared is the number of texts that one is compared with.
const mostCompared = 64

type band struct {
	number int
	values [bandSize]uint16
}

// shown returns for each entry the index of the entry that is shown for it, or
// -1 where it is shown itself.
//
// From the longest to the shortest, each entry joins the group whose longest
// text it is likest to, or begins a group; so no chain of small differences
// brings together what is not alike. Of the full texts of a group the best is
// shown.
func shown(ctx context.Context, entries []entry, read func(int) *text) ([]int, error) {
	groups, err := group(ctx, entries, read)
	if err != nil {
		return nil, err
	}
	shownFor := slices.Repeat([]int{-1}, len(entries))
	for longest, members := range groups {
		shown := longest
		for _, m := range members {
			if float64(entries[m].Units) >= clearlyShorter*float64(entries[longest].Units) && better(&entries[m], &entries[shown]) < 0 {
				shown = m
			}
		}
		for _, m := range append(members, longest) {
			if m != shown {
				shownFor[m] = shown
			}
		}
	}
	return shownFor, nil
}

// group returns the other members of each group by its longest text.
func group(ctx context.Context, entries []entry, read func(int) *text) (map[int][]int, error) {
	order := make([]int, len(entries))
	for i := range entries {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return fuller(&entries[a], &entries[b]) })
	groups, begun := map[int][]int{}, map[band][]int{}
	cached := &cache{read: read, texts: map[int]*text{}}
	for _, i := range order {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if entries[i].Units < shingleSize {
			break // there is nothing to compare from here on
		}
		if of := original(entries, i, begun, cached.text); of >= 0 {
			groups[of] = append(groups[of], i)
			continue
		}
		for b := range bins / bandSize {
			key := bandOf(&entries[i].Sketch, b)
			begun[key] = append(begun[key], i)
		}
	}
	return groups, nil
}

func bandOf(s *Sketch, n int) band {
	return band{n, [bandSize]uint16(s[n*bandSize:])}
}

// A cache keeps texts that were asked for, up to a number of runs: many reports
// may be compared with one.
type cache struct {
	read  func(int) *text
	texts map[int]*text
	runs  int
}

// mostCached is the number of runs kept, of 8 bytes each.
const mostCached = 8 << 20

func (c *cache) text(i int) *text {
	if t := c.texts[i]; t != nil {
		return t
	}
	t := c.read(i)
	if c.runs += len(t.shingles); c.runs > mostCached {
		clear(c.texts)
		c.runs = len(t.shingles)
	}
	c.texts[i] = t
	return t
}

// original returns the entry among those of the bands that entry i is a copy
// of, -1 for none.
func original(entries []entry, i int, begun map[band][]int, read func(int) *text) int {
	likest := candidates(entries, i, begun)
	if len(likest) == 0 {
		return -1
	}
	own := read(i)
	for _, c := range likest {
		if other := read(c); alike(own, other) && !entries[i].otherYear(own, &entries[c], other) {
			return c
		}
	}
	return -1
}

// candidates returns the entries of the bands whose sketch is like that of
// entry i, the likest first.
func candidates(entries []entry, i int, begun map[band][]int) []int {
	type candidate struct {
		entry     int
		agreement float64
	}
	var found []candidate
	seen := map[int]bool{}
	e := &entries[i]
	for b := range bins / bandSize {
		for _, c := range begun[bandOf(&e.Sketch, b)] {
			if seen[c] {
				continue
			}
			seen[c] = true
			if a := e.Sketch.Agreement(&entries[c].Sketch); a >= minResemblance-slack && !e.conflicts(&entries[c]) {
				found = append(found, candidate{c, a})
			}
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.agreement, a.agreement), fuller(&entries[a.entry], &entries[b.entry]))
	})
	var likest []int
	for _, c := range found[:min(len(found), mostCompared)] {
		likest = append(likest, c.entry)
	}
	return likest
}
