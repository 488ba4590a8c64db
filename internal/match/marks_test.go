package match

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"baogao/internal/analyzer"
)

func TestWithoutOverlap(t *testing.T) {
	spans := []analyzer.Span{{Start: 4, End: 6}, {Start: 0, End: 2}, {Start: 1, End: 3}, {Start: 4, End: 8}, {Start: 8, End: 9}}
	want := []analyzer.Span{{Start: 0, End: 2}, {Start: 4, End: 8}, {Start: 8, End: 9}}
	if got := withoutOverlap(slices.Clone(spans)); !slices.Equal(got, want) {
		t.Errorf("without overlap: %v, want %v", got, want)
	}
	want = []analyzer.Span{{Start: 0, End: 3}, {Start: 4, End: 9}}
	if got := joined(slices.Clone(spans)); !slices.Equal(got, want) {
		t.Errorf("joined: %v, want %v", got, want)
	}
}

// TestSnippet holds windows over random texts to what is promised of them.
func TestSnippet(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		folded, marks := randomText(random)
		s := Window(folded, marks)
		if s.Start < 0 || s.End > len(folded) || s.Start >= s.End || s.End-s.Start > windowSize {
			t.Fatalf("window %v of %d characters", s, len(folded))
		}
		if len(folded) > windowSize && s.End-s.Start < windowSize-2*windowSlack-20 && s.End < len(folded) {
			t.Errorf("window %v is short, of %d characters with marks %v", s, len(folded), marks)
		}
		if got, most := held(marks, s), mostHeld(marks); got < most {
			t.Errorf("window %v holds %d of the marks %v, another holds %d", s, got, marks, most)
		}
		if s.End < len(folded) && !isBreak(folded[s.End-1]) && slices.ContainsFunc(folded[max(lastMark(marks, s), s.End-windowSlack):s.End], isBreak) {
			t.Errorf("window %v does not end at the punctuation it holds: %s", s, string(folded[s.Start:s.End]))
		}
	}
}

// randomText makes a text of up to 600 characters with punctuation and marks.
func randomText(random *rand.Rand) ([]rune, []analyzer.Span) {
	var b strings.Builder
	for range 1 + random.IntN(40) {
		b.WriteString(strings.Repeat("文", 1+random.IntN(15)))
		b.WriteString([]string{"。", ",", "", ";"}[random.IntN(4)])
	}
	folded := []rune(b.String())
	var marks []analyzer.Span
	for at := random.IntN(60); at+4 < len(folded); at += 1 + random.IntN(120) {
		marks = append(marks, analyzer.Span{Start: at, End: at + 1 + random.IntN(4)})
		at += 4
	}
	return folded, marks
}

func held(marks []analyzer.Span, s analyzer.Span) int {
	n := 0
	for _, m := range marks {
		if m.Start >= s.Start && m.End <= s.End {
			n++
		}
	}
	return n
}

// mostHeld tries every window that begins with a mark.
func mostHeld(marks []analyzer.Span) int {
	most := 0
	for _, m := range marks {
		most = max(most, held(marks, analyzer.Span{Start: m.Start, End: m.Start + windowSize}))
	}
	return most
}

func lastMark(marks []analyzer.Span, s analyzer.Span) int {
	last := s.Start
	for _, m := range marks {
		if m.End <= s.End {
			last = max(last, m.End)
		}
	}
	return last
}
