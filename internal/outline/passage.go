package outline

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao"
)

// passageLimit is the most characters of a passage, where the text has
// punctuation to cut it at.
const passageLimit = 1200

// passages cuts the paragraphs into what is searched: the title first, then
// reading order.
func passages(paragraphs []baogao.Paragraph) []baogao.Passage {
	found := make([]baogao.Passage, 0, len(paragraphs))
	for _, title := range []bool{true, false} {
		for _, p := range paragraphs {
			if p.Title == title {
				found = appendPassages(found, p)
			}
		}
	}
	return found
}

func appendPassages(to []baogao.Passage, p baogao.Paragraph) []baogao.Passage {
	pieces := split(p.Text)
	for i, text := range pieces {
		s := baogao.Passage{
			Paragraph: p.Number, Text: text, Section: p.Section,
			Heading: p.Heading, Title: p.Title, Damaged: p.Damaged, Figures: figures(text),
		}
		if len(pieces) > 1 {
			s.Piece = i + 1
		}
		if i == 0 {
			s.Published = p.Published
		}
		to = append(to, s)
	}
	return to
}

// split cuts a text into pieces of up to passageLimit characters, which
// joined give the text again. It cuts at 一是, 二是 …; a piece that is still
// too long at the ends of sentences, then at semicolons, then at commas, and
// never inside a run without punctuation, however long.
func split(text string) []string {
	if len(text) <= passageLimit || utf8.RuneCountInString(text) <= passageLimit {
		return []string{text}
	}
	return splitBy(text, []func(string) []int{enumerations, cutsAfter("。！？!?"), cutsAfter("；;"), cutsAfter("，,、：:")})
}

// splitBy cuts at the places that the first of the ways gives, and pieces
// that are still too long by the next.
func splitBy(text string, ways []func(string) []int) []string {
	if utf8.RuneCountInString(text) <= passageLimit || len(ways) == 0 {
		return []string{text}
	}
	var parts []string
	from := 0
	for _, at := range append(ways[0](text), len(text)) {
		if at > from {
			parts = append(parts, splitBy(text[from:at], ways[1:])...)
			from = at
		}
	}
	return pack(parts)
}

// pack joins neighbours while they stay within the limit together.
func pack(parts []string) []string {
	var packed []string
	size := 0
	for _, p := range parts {
		n := utf8.RuneCountInString(p)
		if len(packed) > 0 && size+n <= passageLimit {
			packed[len(packed)-1] += p
			size += n
			continue
		}
		packed, size = append(packed, p), n
	}
	return packed
}

// cutsAfter gives a way that cuts behind each of the ends and the closing
// brackets, quotes and further ends that follow it. A point or comma between
// digits is part of a number.
func cutsAfter(ends string) func(string) []int {
	return func(text string) []int {
		var cuts []int
		var before rune
		for i := 0; i < len(text); {
			r, size := utf8.DecodeRuneInString(text[i:])
			i += size
			if strings.ContainsRune(ends, r) && !(unicode.IsDigit(before) && startsWithDigit(text[i:])) {
				i += len(text[i:]) - len(strings.TrimLeft(text[i:], ends+closers))
				cuts = append(cuts, i)
			}
			before = r
		}
		return cuts
	}
}

func startsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}

var enumeration = regexp.MustCompile(`[一二三四五六七八九十]{1,3}[是要]`)

// isEnumeration reports whether a text begins with 一是, 二要 or its kin. 一是指
// is none.
func isEnumeration(s string) bool {
	at := enumeration.FindStringIndex(s[:min(len(s), 12)])
	return at != nil && at[0] == 0 && !strings.HasPrefix(s[at[1]:], "指")
}

// enumerations cuts before 一是, 二是 … where they stand at the start or
// behind the end of a clause.
func enumerations(text string) []int {
	var cuts []int
	for _, at := range enumeration.FindAllStringIndex(text, -1) {
		if strings.HasPrefix(text[at[1]:], "指") {
			continue
		}
		before := strings.TrimRight(text[:at[0]], " \u3000"+closers)
		r, _ := utf8.DecodeLastRuneInString(before)
		if before == "" || strings.ContainsRune("。；;：:", r) {
			cuts = append(cuts, at[0])
		}
	}
	return cuts
}
