package enginetest

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"baogao"
)

// A reading is a text as search compares it, taken apart, once for all
// questions: over thousands of passages that is most of an oracle's work.
type reading struct {
	glyphs []glyph
	text   string // of the glyphs
	units  []string
}

// A glyph is a character of a reading and where it stands in the text, in code
// points.
type glyph struct {
	r          rune // folded
	start, end int
}

// A typeset is a text that is read with its quotation marks or without.
type typeset struct {
	text   string
	quoted bool
}

func (o *Oracle) reading(t typeset) *reading {
	r := o.read[t]
	if r == nil {
		r = &reading{glyphs: o.glyphs(t)}
		for _, g := range r.glyphs {
			r.text += string(g.r)
		}
		r.units = units(r.text)
		if o.read == nil {
			o.read = map[typeset]*reading{}
		}
		o.read[t] = r
	}
	return r
}

const (
	opening = "“‘「『《〈〝﹁﹃„‚"
	closing = "”’」』》〉〞〟﹂﹄"
	upright = "\"＂'＇"
)

func isMark(r rune) bool { return strings.ContainsRune(opening+closing+upright, r) }

// glyphs reads a text in steps: signs are written out and marks composed, then
// separators of thousands go, then quotation marks within words.
func (o *Oracle) glyphs(t typeset) []glyph {
	source := []rune(t.text)
	var all []glyph
	for i, r := range source {
		for _, x := range writtenOut(r) {
			all = append(all, glyph{[]rune(o.Fold(string(x)))[0], i, i + 1})
		}
		all = o.composed(all)
	}
	all = withoutBlanks(withoutThousands(all, source), source)
	return withoutMarks(all, source, t.quoted)
}

// writtenOut is what a sign stands for.
func writtenOut(r rune) []rune {
	for _, m := range []struct{ sign, words string }{
		{"㎟", "平方毫米"}, {"㎠", "平方厘米"}, {"㎡", "平方米"}, {"㎢", "平方公里"},
		{"㎣", "立方毫米"}, {"㎤", "立方厘米"}, {"㎥", "立方米"}, {"㎦", "立方公里"},
	} {
		if m.sign == string(r) {
			return []rune(m.words)
		}
	}
	for _, in := range []string{"℀⅏", "Ⅰⅿ", "㈠㉐", "㌀㏿", "ﬀﬆ"} {
		ends := []rune(in)
		words := []rune(norm.NFKC.String(string(r)))
		if r >= ends[0] && r <= ends[1] && !unicode.IsDigit(words[0]) && !unicode.IsDigit(words[len(words)-1]) {
			return words
		}
	}
	return []rune{r}
}

// lengths are the words for units of length.
var lengths = map[string]string{"mm": "毫米", "cm": "厘米", "dm": "分米", "km": "公里", "m": "米"}

// composed joins the last glyph to those before it, where they are one character
// or a unit of area or volume.
func (o *Oracle) composed(all []glyph) []glyph {
	n := len(all)
	if n > 1 && unicode.Is(unicode.Mn, all[n-1].r) {
		pair := []rune(norm.NFC.String(string([]rune{all[n-2].r, all[n-1].r})))
		if len(pair) == 1 {
			return append(all[:n-2], glyph{[]rune(o.Fold(string(pair)))[0], all[n-2].start, all[n-1].end})
		}
	}
	power := map[rune]string{'²': "平方", '³': "立方"}[all[n-1].r]
	if power == "" || n == 1 {
		return all
	}
	var tail string
	for _, g := range all[max(0, n-9) : n-1] {
		tail += string(g.r)
	}
	before := units(tail)
	sign := before[len(before)-1]
	if lengths[sign] == "" {
		return all
	}
	words, first := power+lengths[sign], all[n-1-len(sign)]
	end := all[n-1].end
	all = all[:n-1-len(sign)]
	for _, r := range words {
		all = append(all, glyph{r, first.start, end})
	}
	return all
}

// thousandsPattern is a number with separators, of which the kinds do not mix.
var thousandsPattern = regexp.MustCompile(`^[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?:'[0-9]{3})+|(?: [0-9]{3})+)`)

// withoutThousands leaves the separators of thousands out.
func withoutThousands(all []glyph, source []rune) []glyph {
	var line strings.Builder // what may be a separator and a digit alone stand as they are
	for _, g := range all {
		raw := source[g.start]
		switch {
		case g.r >= '0' && g.r <= '9', g.r == '.':
			line.WriteRune(g.r)
		case raw == ',' || raw == '，':
			line.WriteByte(',')
		case strings.ContainsRune("'＇’", raw):
			line.WriteByte('\'')
		case strings.ContainsRune(" \u00a0\u2007\u2009\u202f", raw):
			line.WriteByte(' ')
		default:
			line.WriteByte('x')
		}
	}
	text := line.String()
	drop := map[int]bool{}
	for i := 0; i < len(text); i++ {
		if i > 0 && isDigit(text[i-1]) || i > 1 && text[i-1] == '.' && isDigit(text[i-2]) {
			continue
		}
		found := thousandsPattern.FindString(text[i:])
		places := separatorsOf(found, text[i:], all[i:], source)
		if len(places) > 0 && found[places[0]] == ' ' && !counted(all[:i], source) {
			continue
		}
		for _, s := range places {
			drop[i+s] = true
		}
	}
	var kept []glyph
	for i, g := range all {
		if !drop[i] {
			kept = append(kept, g)
		}
	}
	return kept
}

// counted reports whether a number behind some glyphs may be an amount.
func counted(all []glyph, source []rune) bool {
	n := len(all)
	if n > 1 && isBlank(source[all[n-1].start]) {
		n--
	}
	return n > 0 && isHan(all[n-1].r) && !strings.ContainsRune("表图件栏注例第号", all[n-1].r)
}

func isBlank(r rune) bool { return strings.ContainsRune(" \u00a0\u2007\u2009\u202f", r) }

// withoutBlanks leaves out the blanks between numbers and their words or %.
func withoutBlanks(all []glyph, source []rune) []glyph {
	var kept []glyph
	for i, g := range all {
		if len(kept) > 0 && i+1 < len(all) && isBlank(source[g.start]) {
			before, next := kept[len(kept)-1].r, writtenOut(source[all[i+1].start])[0]
			figure := before < 128 && isDigit(byte(before))
			if figure && (isHan(next) || strings.ContainsRune("%％‰", next)) || isHan(before) && all[i+1].r < 128 && isDigit(byte(all[i+1].r)) {
				continue
			}
		}
		kept = append(kept, g)
	}
	return kept
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// separatorsOf are the places of the separators in a number that begins a line,
// of which found may be one.
func separatorsOf(found, line string, all []glyph, source []rune) (places []int) {
	var sign rune
	for i := range found {
		if isDigit(found[i]) {
			continue
		}
		raw := source[all[i].start]
		if i+4 < len(line) && isDigit(line[i+4]) || sign != 0 && raw != sign {
			break // four digits, or another separator
		}
		if raw == '，' && (source[all[i-1].start] < 128 || source[all[i+1].start] < 128) {
			break
		}
		sign = raw
		places = append(places, i)
	}
	if len(places) == 0 || found[places[0]] != ' ' {
		return places
	}
	end := places[len(places)-1] + 4
	if len(places) > 6 {
		return nil
	}
	for end < len(line) && (line[end] == '.' || isDigit(line[end])) && end+1 < len(line) {
		end++
	}
	if end+1 < len(all) && isBlank(source[all[end].start]) {
		end++
	}
	for end < len(all) && isMark(source[all[end].start]) {
		end++
	}
	if end == len(all) || !isHan(all[end].r) && all[end].r != '%' && all[end].r != '‰' {
		return nil
	}
	return places
}

func isHan(r rune) bool {
	return r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// notePattern is the mark of a note.
var notePattern = regexp.MustCompile(`^(?:[①-⑳]|[⁰¹²³⁴-⁹]{1,3}|[\[［〔][0-9０-９]{1,3}[\]］〕])`)

// noteAt is how many glyphs at the head of some are the mark of a note.
func noteAt(all []glyph, source []rune) int {
	from := all[0].start
	mark := []rune(notePattern.FindString(string(source[from:min(len(source), from+5)])))
	after := from + len(mark)
	if len(mark) == 0 || strings.ContainsRune("[［〔", mark[0]) && after < len(source) && strings.ContainsRune("号號", source[after]) {
		return 0
	}
	n := 0
	for n < len(all) && all[n].end <= after {
		n++
	}
	return n
}

// withoutMarks leaves quotation marks and marks of notes within words out, or the
// latter alone.
func withoutMarks(all []glyph, source []rune, quoted bool) []glyph {
	var kept []glyph
	for i := 0; i < len(all); {
		end, quotes := i, i
		var marks string
		notes := false
		for end < len(all) {
			if isMark(source[all[end].start]) {
				marks += string(source[all[end].start])
				end++
				if !notes {
					quotes = end
				}
				continue
			}
			n := noteAt(all[end:], source)
			if n == 0 {
				break
			}
			end, notes = end+n, true
		}
		if end > i && len(kept) > 0 && end < len(all) && oneWay(marks) && sameWord(kept[len(kept)-1].r, all[end], source, notes) {
			for ; i < end; i++ {
				if quoted && isMark(source[all[i].start]) {
					kept = append(kept, all[i])
				}
			}
			continue
		}
		end = max(quotes, i+1)
		kept = append(kept, all[i:end]...)
		i = end
	}
	return kept
}

// sameWord reports whether the characters beside marks may be of one word; notes
// stand between Chinese characters alone.
func sameWord(before rune, after glyph, source []rune, notes bool) bool {
	if notes {
		return isHan(before) && isHan(writtenOut(source[after.start])[0])
	}
	return oneWord(before, after.r)
}

// oneWord reports whether characters beside marks may be of one word.
func oneWord(before, after rune) bool {
	in := func(r rune) bool { return unicode.In(r, unicode.L, unicode.M) || r >= '0' && r <= '9' || isHan(r) }
	return in(before) && in(after) && (isHan(before) || isHan(after))
}

// oneWay reports whether marks all open or all close.
func oneWay(marks string) bool {
	return len([]rune(marks)) <= 1 || strings.Trim(marks, opening) == "" || strings.Trim(marks, closing) == ""
}

// unitPattern takes a folded text apart: chains of numbers and points, words
// of letters that are not Chinese, Japanese or Korean, and single characters.
var unitPattern = regexp.MustCompile(`(?s)[0-9]+(?:\.[0-9]+)*|(?:[^ー\P{L}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}]\p{M}*)+|.`)

// units returns the units of a folded text; a chain of more than two numbers
// is no decimal number but a date or a section.
func units(folded string) []string {
	var all []string
	for _, u := range unitPattern.FindAllString(folded, -1) {
		if strings.Count(u, ".") > 1 {
			for i, part := range strings.Split(u, ".") {
				if i > 0 {
					all = append(all, ".")
				}
				all = append(all, part)
			}
			continue
		}
		all = append(all, u)
	}
	return all
}

// occurrences returns where a word stands in a text as a run of whole units, from
// the left and without overlaps, in code points. A quoted word is looked for with
// its quotation marks.
func (o *Oracle) occurrences(text, word string, quoted bool) []baogao.Span {
	word = strings.TrimSpace(word)
	if bare := strings.TrimFunc(word, isMark); !quoted && bare != "" {
		word = bare
	}
	w := o.reading(typeset{word, quoted})
	r := o.reading(typeset{text, quoted})
	if !strings.Contains(r.text, w.text) {
		return nil
	}
	var spans []baogao.Span
	for i, at := 0, 0; i < len(r.units); {
		next, end := i, at
		for end < at+len(w.glyphs) && next < len(r.units) {
			end += len([]rune(r.units[next]))
			next++
		}
		if next > i && strings.Join(r.units[i:next], "") == w.text {
			spans = append(spans, baogao.Span{Start: r.glyphs[at].start, End: r.glyphs[end-1].end})
			i, at = next, end
			continue
		}
		at += len([]rune(r.units[i]))
		i++
	}
	return spans
}
