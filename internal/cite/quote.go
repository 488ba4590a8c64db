package cite

import (
	"cmp"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/match"
)

// Quote puts a text in quotation marks. Marks in it change places with single
// ones, as section 4.8 of GB/T 15834—2011 has it.
func Quote(text string) string { return "“" + nested(oneLine(text)) + "”" }

// nested is a text as it stands in quotation marks. An apostrophe stays. Straight
// marks are taken for a pair each if their number is even.
func nested(text string) string {
	letters := []rune(text)
	straight, paired := 0, strings.Count(text, `"`)%2 == 0
	for i, r := range letters {
		switch r {
		case '“':
			letters[i] = '‘'
		case '”':
			letters[i] = '’'
		case '‘':
			letters[i] = '“'
		case '’':
			if i == 0 || i+1 == len(letters) || !isLatin(letters[i-1]) || !isLatin(letters[i+1]) {
				letters[i] = '”'
			}
		case '"':
			if paired {
				letters[i] = []rune("‘’")[straight%2]
				straight++
			}
		}
	}
	return string(letters)
}

// quotation is the passage in quotation marks: its sentences that hold marks, or
// all of it if it has none.
func (p *Passage) quotation() string { return Quote(p.excerpt()) }

// longestExcerpt is how much of several sentences is quoted, in code points. One
// sentence is quoted whole.
const longestExcerpt = 300

// excerpt is the sentences with marks, those with the most first, as many as
// there is room for; …… stands for what lies between them.
func (p *Passage) excerpt() string {
	letters := []rune(p.Text)
	sentences := whole(letters, match.Sentences(p.Text))
	marked := slices.DeleteFunc(slices.Clone(sentences), func(s analyzer.Span) bool { return marksIn(s, p.Marks) == 0 })
	slices.SortStableFunc(marked, func(a, b analyzer.Span) int { return cmp.Compare(marksIn(b, p.Marks), marksIn(a, p.Marks)) })
	room := longestExcerpt
	for i, s := range marked {
		if room -= s.End - s.Start; room < 0 && i > 0 {
			marked = marked[:i]
			break
		}
	}
	if len(marked) == 0 {
		return p.Text
	}
	slices.SortFunc(marked, func(a, b analyzer.Span) int { return cmp.Compare(a.Start, b.Start) })
	var b strings.Builder
	for i, s := range marked {
		if i > 0 && s.Start > marked[i-1].End {
			b.WriteString("……")
		}
		b.WriteString(strings.TrimSpace(string(letters[s.Start:s.End])))
	}
	return b.String()
}

// marksIn counts the marks that begin in a sentence.
func marksIn(s analyzer.Span, marks []baogao.Span) (n int) {
	for _, m := range marks {
		if m.Start >= s.Start && m.Start < s.End {
			n++
		}
	}
	return n
}

// whole joins the sentences that a quotation runs through, so that none of them
// has a mark without the other. A mark that is nowhere closed joins nothing.
func whole(letters []rune, sentences []analyzer.Span) []analyzer.Span {
	var all []analyzer.Span
	for i := 0; i < len(sentences); i++ {
		s := sentences[i]
		for j, open := i, 0; j < len(sentences); j++ {
			if open += opened(letters[sentences[j].Start:sentences[j].End]); open <= 0 {
				s.End, i = sentences[j].End, j
				break
			}
		}
		all = append(all, s)
	}
	return all
}

// opened counts the double quotation marks that open and do not close.
func opened(letters []rune) (n int) {
	for _, r := range letters {
		switch r {
		case '“':
			n++
		case '”':
			n--
		}
	}
	return n
}
