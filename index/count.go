package index

import (
	"context"
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"baogao/index/internal/ranking"
	"baogao/index/internal/segment"
	"baogao/internal/match"
	"baogao/internal/tally"
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
func isCounted(w *match.Word) bool {
	characters := []rune(w.Pattern.String())
	return w.Pattern.Bytes() != nil && (len(characters) == 1 || len(characters) == 2 && characters[0] != characters[1])
}

// A wordCount says how often a word occurs in the documents of a segment: once
// for each of lists that holds the document.
type wordCount struct {
	lists []*roaring.Bitmap
	size  int             // of all lists
	more  *roaring.Bitmap // documents that hold it so often that their text must tell; nil is none
}

// countWord gives the posting lists of a word that is counted, and their union.
func countWord(in *segment.Segment, w *match.Word) (wordCount, *roaring.Bitmap, error) {
	term := w.Pattern.Terms()[0]
	if !term.Prefix {
		layers, err := in.Layers(term.Text)
		if err != nil {
			return wordCount{}, nil, err
		}
		c := newWordCount(layers)
		if len(layers) == segment.MaxLayers {
			c.more = layers[segment.MaxLayers-1]
		}
		return c, layers[0], nil
	}
	lists, last, err := in.PrefixLayers(term.Text)
	if err != nil {
		return wordCount{}, nil, err
	}
	c := newWordCount(lists)
	c.more = last
	return c, in.Union(lists), nil
}

func newWordCount(lists []*roaring.Bitmap) wordCount {
	c := wordCount{lists: lists}
	for _, l := range lists {
		c.size += int(l.GetCardinality())
	}
	return c
}

// A counting is the room in which the words of a stretch are counted.
type counting struct {
	times [][]uint32 // by word and document of the stretch
	found []int      // by word, of one document
}

func (r *reader) room() *counting {
	if r.counting == nil {
		c, ok := r.countings.Get().(*counting)
		if !ok {
			c = &counting{}
		}
		r.counting = c
	}
	words := len(r.tree.Words)
	for len(r.counting.times) < words {
		r.counting.times = append(r.counting.times, make([]uint32, stretchDocs))
	}
	r.counting.found = append(r.counting.found[:0], make([]int, words)...)
	return r.counting
}

// untold stands in the place of a count where lists do not tell how often the words
// occur.
const untold = math.MaxUint32

// countIn finds the matches of a plan of counted words in a stretch.
func (r *reader) countIn(ctx context.Context, in stretch, candidates *roaring.Bitmap, receive func(ranking.Match)) error {
	room, counter := r.room(), r.tree.Counter()
	base := r.countWords(in, room)
	first := room.times[0]
	if err := eachOf(ctx, in.of(r.read[in.segment]), func(doc uint32) { first[doc-in.from] = untold }); err != nil {
		return err
	}
	docs := r.docs[in.segment]
	return eachOf(ctx, in.of(candidates), func(doc uint32) {
		if first[doc-in.from] == untold {
			if m, ok := r.match(document{in.segment, doc}); ok {
				receive(m)
			}
			return
		}
		rec := &r.gen.Records[docs[doc]]
		if r.standing(rec.Report) == tally.Left {
			return
		}
		for i := range room.found {
			room.found[i] = base[i] + int(room.times[i][doc-in.from])
		}
		if r.tree.Tests {
			r.tell(docs[doc], rec)
		}
		if f, ok := counter.Match(room.found, &r.passage); ok {
			receive(r.score(docs[doc], rec, f))
		}
	})
}

// countWords counts the words in the documents of a stretch, and returns how often
// each occurs in a candidate beside that.
func (r *reader) countWords(in stretch, room *counting) (base []int) {
	base = make([]int, len(r.tree.Words))
	for i, w := range r.tree.Words {
		lists := r.counts[i][in.segment].lists
		if r.tree.All && !w.Pattern.Terms()[0].Prefix { // each candidate is in the first list of a word of two characters
			base[i], lists = 1, lists[1:]
		}
		clear(room.times[i])
		for _, list := range lists {
			countList(room.times[i], list, in)
		}
	}
	return base
}

// readingCost is about how many entries of lists are counted in the time in
// which one candidate is read.
const readingCost = 32

// fewIn reports whether it takes less to read the candidates of a stretch than
// to count the words in it: one of them may be everywhere.
func (r *reader) fewIn(in stretch, candidates *roaring.Bitmap) bool {
	reading := candidates.Rank(in.to - 1)
	if in.from > 0 {
		reading -= candidates.Rank(in.from - 1)
	}
	counting := 0
	for i := range r.tree.Words {
		counting += r.counts[i][in.segment].size
	}
	share := float64(in.to-in.from) / float64(len(r.docs[in.segment]))
	return float64(reading*readingCost) <= float64(counting)*share
}

// countList counts the documents of a stretch that a list holds.
func countList(times []uint32, list *roaring.Bitmap, in stretch) {
	var room [256]uint32
	it := in.of(list).ManyIterator()
	for n := it.NextMany(room[:]); n > 0; n = it.NextMany(room[:]) {
		for _, doc := range room[:n] {
			times[doc-in.from]++
		}
	}
}
