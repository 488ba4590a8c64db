package align_test

import (
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/align"
)

// TestSpans marks words in cleaned texts by brackets, and wants them marked in the
// published ones.
func TestSpans(t *testing.T) {
	for _, tt := range []struct{ name, cleaned, want string }{
		{"the same text", "办结[行政复议]案件", "办结[行政复议]案件"},
		{"a gloss in the word", "办结[行政复议]案件12件", "办结[行政（xíngzhèng）复议]案件12件"},
		{"a gloss behind the word", "[信访]件次", "[信访](xìnfǎng)件次"},
		{"a gloss before the word", "办理[信访]件", "办（bàn）理[信访]件"},
		{"a repaired character", "推进[营商环境]建设", "推进[营商环�]建设"},
		{"characters repaired at once", "全面[依法]治区", "全面[�绝硶]治区"},
		{"two words", "[复议]与[诉讼]衔接", "[复议]（fùyì）与[诉　讼]衔接"},
		{"blanks that went", "[青羊区]人民政府", "[青 羊 区]人民政府"},
		{"a word at the end", "办好[民生实事]", "办　好[民　生　实　事]"},
		{"beyond the first plane", "村名[𠀀𠀁]改名", "村名[𠀀 𠀁]改名"},
	} {
		cleaned, spans := unmarked(tt.cleaned)
		published, want := unmarked(tt.want)
		if got := align.Spans(cleaned, published, spans); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v in %s", tt.name, got, want, published)
		}
	}
}

// unmarked takes the brackets out of a text.
func unmarked(text string) (plain string, spans []baogao.Span) {
	var b strings.Builder
	at := 0
	for _, r := range text {
		switch r {
		case '[':
			spans = append(spans, baogao.Span{Start: at})
		case ']':
			spans[len(spans)-1].End = at
		default:
			b.WriteRune(r)
			at++
		}
	}
	return b.String(), spans
}

// TestSpansOfNothing passes over what has no place.
func TestSpansOfNothing(t *testing.T) {
	span := []baogao.Span{{Start: 2, End: 4}}
	if got := align.Spans("办结案件", "办结", span); len(got) != 0 {
		t.Errorf("a word that was added stands at %v", got)
	}
	if got := align.Spans("办结", "办结", span); len(got) != 0 {
		t.Errorf("a place beyond the text stands at %v", got)
	}
	if got := align.Spans("甲乙丙丁", "某", []baogao.Span{{Start: 0, End: 2}, {Start: 2, End: 4}}); len(got) != 1 {
		t.Errorf("two words in the place of one character stand at %v", got)
	}
}

// TestSpansOfALongText marks a word in each line of a text in which all characters
// are glossed.
func TestSpansOfALongText(t *testing.T) {
	const line, glossed = "办结行政复议案件，", "办b结j行x政z复f议y案a件j，"
	cleaned, published := strings.Repeat(line, 200), strings.Repeat(glossed, 200)
	var spans, want []baogao.Span
	for i := range 200 {
		spans = append(spans, baogao.Span{Start: 9*i + 2, End: 9*i + 6})
		want = append(want, baogao.Span{Start: 17*i + 4, End: 17*i + 11})
	}
	got := align.Spans(cleaned, published, spans)
	if len(got) != len(want) || !slices.Equal(got, want) {
		t.Errorf("%d places of %d; the first %v", len(got), len(want), got[:min(3, len(got))])
	}
}
