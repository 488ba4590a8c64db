package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
)

// Where all words of a question have one or two characters, the posting lists
// tell everything: which passages hold them and, by their layers, how often.
// No text is read, whatever the number of matches.
//
// A word of two different Chinese characters occurs as often as its bigram. A
// word of one occurs as often as all terms that begin with it: every character
// of a text begins just one of its bigrams, or is the last one of a run.

// countedWords is the most words that are counted: each takes room for all
// documents of a stretch.
const countedWords = 16

// isCounted reports whether posting lists alone tell how often a word occurs.
func (w *word) isCounted() bool {
	characters := []rune(w.pattern.String())
	return w.pattern.Bytes() != nil && (len(characters) == 1 || len(characters) == 2 && characters[0] != characters[1])
}

// A wordCount says how often a word occurs in the documents of a segment: once
// for each of lists that holds the document.
type wordCount struct {
	lists []*roaring.Bitmap
	size  int             // of all lists
	more  *roaring.Bitmap // documents that hold it so often that their text must tell; nil is none
}

// wordCount gives the posting lists of a word that is counted, and their union.
func (x *Index) wordCount(seg int, w *word) (wordCount, *roaring.Bitmap, error) {
	term := w.pattern.Terms()[0]
	if !term.Prefix {
		layers, err := x.postings.layers(seg, term.Text)
		if err != nil {
			return wordCount{}, nil, err
		}
		c := newWordCount(layers)
		if len(layers) == maxLayers {
			c.more = layers[maxLayers-1]
		}
		return c, layers[0], nil
	}
	lists, last, err := x.postings.prefixLayers(seg, fieldText, term.Text)
	if err != nil {
		return wordCount{}, nil, err
	}
	c := newWordCount(lists)
	c.more = last
	return c, x.postings.union(seg, lists), nil
}

func newWordCount(lists []*roaring.Bitmap) wordCount {
	c := wordCount{lists: lists}
	for _, l := range lists {
		c.size += int(l.GetCardinality())
	}
	return c
}

// A counting is the room in which the words of a stretch are counted.
type counting struct{ times [][]uint32 } // by word and document of the stretch

func (r *reading) room(words int) [][]uint32 {
	if r.counting == nil {
		c, ok := r.x.countings.Get().(*counting)
		if !ok {
			c = &counting{}
		}
		r.counting = c
	}
	for len(r.counting.times) < words {
		r.counting.times = append(r.counting.times, make([]uint32, stretchDocs))
	}
	return r.counting.times[:words]
}

// countIn finds the matches of a plan of counted words in a stretch.
func (r *reading) countIn(ctx context.Context, in stretch, candidates *roaring.Bitmap, receive func(match)) error {
	if r.fewIn(in, candidates) {
		return eachIn(ctx, in, candidates, func(at document) {
			if m, ok := r.match(at); ok {
				receive(m)
			}
		})
	}
	times := r.room(len(r.plan.words))
	var base uint32 // how often a word occurs that is in no list that is counted
	if r.plan.all {
		base = 1 // each candidate is in the first list of each word of two characters
	}
	for i, w := range r.plan.words {
		lists := w.counts[in.segment].lists
		clear(times[i])
		if r.plan.all && !w.pattern.Terms()[0].Prefix {
			lists = lists[1:]
		}
		for _, list := range lists {
			countList(times[i], list, in)
		}
	}
	return eachIn(ctx, in, candidates, func(at document) {
		r.ordinal = r.x.docs[at.segment][at.number]
		for i, w := range r.plan.words {
			if more := w.counts[at.segment].more; more != nil && more.Contains(at.number) {
				if m, ok := r.match(at); ok {
					receive(m)
				}
				return
			}
			r.times[i] = int(times[i][at.number-in.from])
			if !w.pattern.Terms()[0].Prefix {
				r.times[i] += int(base)
			}
		}
		r.byTimes = true
		if m, ok := r.weigh(); ok {
			receive(m)
		}
	})
}

// readingCost is about how many entries of lists are counted in the time in
// which one candidate is read.
const readingCost = 32

// fewIn reports whether it takes less to read the candidates of a stretch than
// to count the words in it: one of them may be everywhere.
func (r *reading) fewIn(in stretch, candidates *roaring.Bitmap) bool {
	reading := candidates.Rank(in.to - 1)
	if in.from > 0 {
		reading -= candidates.Rank(in.from - 1)
	}
	counting := 0
	for _, w := range r.plan.words {
		counting += w.counts[in.segment].size
	}
	share := float64(in.to-in.from) / float64(len(r.x.docs[in.segment]))
	return float64(reading*readingCost) <= float64(counting)*share
}

// weigh checks the passage by how often each word occurs in it.
func (r *reading) weigh() (m match, ok bool) {
	if !r.plan.all && !r.holds(r.plan.root, nil) {
		return m, false
	}
	m = r.sum(r.times, 0)
	for slot, n := range r.times {
		if r.plan.words[slot].positive {
			m.occurrences += uint32(n)
		}
	}
	return m, true
}

// sum scores the passage by how often each word counts in it.
func (r *reading) sum(times []int, occurrences uint32) match {
	m := match{ordinal: r.ordinal, occurrences: occurrences}
	rec := &r.x.passages.records[r.ordinal]
	length := r.plan.view.relativeLength(rec)
	for slot, n := range times {
		if n > 0 && r.plan.words[slot].positive {
			m.score += bm25(r.plan.words[slot].idf, n, length)
		}
	}
	m.score *= rec.lift()
	return m
}

// countList counts the documents of a stretch that a list holds.
func countList(times []uint32, list *roaring.Bitmap, in stretch) {
	it := list.Iterator()
	it.AdvanceIfNeeded(in.from)
	for it.HasNext() {
		doc := it.Next()
		if doc >= in.to {
			return
		}
		times[doc-in.from]++
	}
}
