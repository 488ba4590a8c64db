package marking

import (
	"fmt"
	"strings"
	"testing"

	"baogao"
)

// shown writes runs with marks in brackets and numbers in braces, an ellipsis before what
// goes on.
func shown(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		inner := r.Text + shown(r.Parts)
		switch {
		case r.Mark > 0:
			fmt.Fprintf(&b, "[%d:%s]", r.Mark, inner)
		case r.Number != nil && r.Number.Goes:
			fmt.Fprintf(&b, "{…%s}", inner)
		case r.Number != nil:
			fmt.Fprintf(&b, "{%s}", inner)
		default:
			b.WriteString(inner)
		}
	}
	return b.String()
}

func TestRuns(t *testing.T) {
	var m Marker
	if got, want := shown(m.Runs("依法行政复议𠀀办结", []baogao.Span{{Start: 2, End: 4}, {Start: 4, End: 7}})), "依法[1:行政][2:复议𠀀]办结"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	h := baogao.Hit{Text: "零一二三四五六七八九", Snippet: baogao.Span{Start: 2, End: 6}, Highlights: []baogao.Span{{Start: 0, End: 1}, {Start: 3, End: 5}}}
	if got, want := shown(new(Marker).Excerpt(h)), "…二[1:三四]五…"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestMarksAndNumbers lets numbers and marks stand in, beside and across each other:
// marks stay whole and are numbered as they are without numbers.
func TestMarksAndNumbers(t *testing.T) {
	const text = "受理行政复议申请14件，审结6件"
	for _, tt := range []struct {
		name           string
		marks, numbers [][2]int
		want           string
	}{
		{"no mark", nil, [][2]int{{8, 11}, {14, 16}}, "受理行政复议申请{14件}，审结{6件}"},
		{"apart", [][2]int{{2, 6}}, [][2]int{{8, 11}}, "受理[1:行政复议]申请{14件}，审结6件"},
		{"a mark in a number", [][2]int{{8, 10}}, [][2]int{{8, 11}}, "受理行政复议申请{[1:14]件}，审结6件"},
		{"a number in a mark", [][2]int{{0, 12}}, [][2]int{{8, 11}, {14, 16}}, "[1:受理行政复议申请{14件}，]审结{6件}"},
		{"the same place", [][2]int{{8, 11}}, [][2]int{{8, 11}}, "受理行政复议申请[1:{14件}]，审结6件"},
		{"across the end of a mark", [][2]int{{6, 10}}, [][2]int{{8, 11}}, "受理行政复议[1:申请{14}]{…件}，审结6件"},
		{"across the beginning", [][2]int{{10, 13}}, [][2]int{{8, 11}}, "受理行政复议申请{14}[1:{…件}，审]结6件"},
		{"two marks in a number", [][2]int{{8, 9}, {10, 11}}, [][2]int{{8, 11}}, "受理行政复议申请{[1:1]4[2:件]}，审结6件"},
		{"out of the text", [][2]int{{2, 6}, {15, 30}}, [][2]int{{14, 40}}, "受理[1:行政复议]申请14件，审结6件"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var spans []baogao.Span
			for _, s := range tt.marks {
				spans = append(spans, baogao.Span{Start: s[0], End: s[1]})
			}
			var numbers []*Number
			for _, s := range tt.numbers {
				numbers = append(numbers, &Number{Span: baogao.Span{Start: s[0], End: s[1]}})
			}
			m := Marker{}
			if got := shown(m.Cut(text, spans, numbers)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
