// Package figure reads the figures of a passage: each number that measures
// something of the place a report is about, with what it measures, its unit,
// its kind, whether it was achieved or is aimed at, and the words that say so.
// It takes a text and what is known of where it stands, and keeps nothing.
// Precision goes before recall: what is not surely a figure is none.
package figure

import (
	"strings"
	"unicode/utf8"

	"baogao/internal/analyzer"
	"baogao/internal/figure/key"
)

// Kind is what a figure measures.
type Kind string

// The kinds of figures.
const (
	Count    Kind = "count"    // things: 14件
	Amount   Kind = "amount"   // money: 5亿元
	Rate     Kind = "rate"     // a share or a level in percent: 办结率100%
	Growth   Kind = "growth"   // a change: 增长8%, 提高2个百分点, 翻一番
	Gap      Kind = "gap"      // the distance to another place or plan: 高于全省0.5个百分点
	Rank     Kind = "rank"     // a place among others: 居全省第3位
	Duration Kind = "duration" // 缩短至1个工作日
	Area     Kind = "area"     // 营造林310万亩
	Quantity Kind = "quantity" // what is weighed or measured: 615亿斤, 600公里
	Index    Kind = "index"    // a ratio or a score: 是2019年的2.3倍
)

// Status says whether a figure was reached.
type Status string

// The statuses of figures.
const (
	Achieved Status = "achieved"
	Target   Status = "target"  // it is planned
	Earlier  Status = "earlier" // the old value that an achieved one is set beside
)

// Bound says of which side of a value the true one lies.
type Bound string

// The bounds of values. The empty Bound is the value itself.
const (
	Min   Bound = "min"   // 以上, 超, 突破, 余
	Max   Bound = "max"   // 以内, 不超过, 前3
	Range Bound = "range" // from Value to High
)

// The directions of growths and gaps. Values are positive as they are written.
const (
	Up   = "up"
	Down = "down"
)

// A Figure is one number with one indicator. Places are in code points of the
// text of the passage.
type Figure struct {
	Passage     string   `json:"passage,omitempty"` // id of the passage, as given
	Start       int      `json:"start"`             // of the number, with 第 and 前 of a rank
	End         int      `json:"end"`               // behind the unit
	Raw         string   `json:"raw"`               // the text from Start to End
	Value       float64  `json:"value"`             // with 万 and 亿 worked in, 九成 as 90
	High        *float64 `json:"high"`              // the upper end of a range, else nil
	Unit        string   `json:"unit"`              // without 万 and 亿: 件, 元, %, 个百分点, 位; "" where none is written
	Kind        Kind     `json:"kind"`
	Direction   string   `json:"direction,omitempty"` // Up or Down, of growths and gaps
	Approximate bool     `json:"approximate"`         // 约, 近, 余, 左右
	Bound       Bound    `json:"bound,omitempty"`
	Status      Status   `json:"status"`
	Year        int      `json:"year,omitempty"`   // where it is another than the one reported on
	Period      string   `json:"period,omitempty"` // where it is another than a year: 五年, 年均, 上半年
	Indicator   string   `json:"indicator"`        // what is measured, in the words of the text; what the text leaves out is put back
	Key         string   `json:"key"`              // the same indicator in other words has the same key: object·act·measure
	Scope       string   `json:"scope,omitempty"`  // of which part of the place: 全市, 区本级
	Numerator   *Part    `json:"numerator,omitempty"`
	Denominator *Part    `json:"denominator,omitempty"`
	Evidence    string   `json:"evidence"`         // the clause or sentence that says it
	Report      string   `json:"report,omitempty"` // id of the report, as given
}

// A Part is what a rate is made of: its name, and its value where the passage
// tells it.
type Part struct {
	Indicator string  `json:"indicator"`
	Value     float64 `json:"value,omitempty"`
}

// A Context is what is known of the place where a passage stands.
type Context struct {
	Passage string    // id
	Report  string    // id
	Section []string  // the headings above, outermost first
	Plan    bool      // it stands in what is planned
	Year    int       // the year reported on, 0 where it is not known
	Keys    *key.Keys // nil is key.Default
}

// Read reads the figures of a text, in their order. Figures that share a
// number, as 受理率、办结率均达100%, share their place.
func Read(text string, c Context) []Figure {
	if !mayHold(text) {
		return nil
	}
	r := newReader(text, c)
	r.headed = headedPeriod(c.Section)
	r.numbers()
	if len(r.found) == 0 {
		return nil
	}
	r.leads()
	r.names()
	r.kinds()
	r.statuses()
	return r.figures()
}

// mayHold reports whether a text has what all numbers have: a digit, or one of
// the words that stand with Chinese ones. Most texts have none, and no more is
// done for them.
func mayHold(text string) bool {
	for i := 0; i < len(text); i++ {
		b := text[i]
		if b-'0' <= 9 || b == 0xEF && i+2 < len(text) && text[i+1] == 0xBC && text[i+2]-0x90 <= 9 {
			return true
		}
	}
	for _, w := range [...]string{"第", "前", "倍", "番", "百分点", "百分點", "亿元", "億元"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	for rest := text; ; {
		i := strings.Index(rest, "成")
		if i < 0 {
			return false
		}
		if before, _ := utf8.DecodeLastRuneInString(rest[:i]); analyzer.ChineseDigit(before) > 0 || before == '两' || before == '兩' {
			return true
		}
		rest = rest[i+len("成"):]
	}
}

// A span is a part of the text, in runes.
type span struct{ from, to int }

// A reader reads one text.
type reader struct {
	Context
	text   []rune // as published
	folded []rune // character for character
	quoted []bool // stands within quotation marks or 《》 of a name
	found  []*number
	headed string  // the period that the heading tells of
	whole  *number // what the parts behind 其中 are parts of
}

func newReader(text string, c Context) *reader {
	r := &reader{Context: c, text: []rune(text)}
	r.folded = analyzer.FoldRunes(make([]rune, 0, len(r.text)), text)
	if len(r.folded) != len(r.text) { // text that is no UTF-8
		r.folded = r.folded[:0]
		for _, c := range r.text {
			r.folded = append(r.folded, analyzer.FoldRune(c))
		}
	}
	r.quoted = quotations(r.text)
	return r
}

// nameLimit is the most characters of a name in quotation marks; more are
// speech.
const nameLimit = 30

// closers are the marks that names stand in, each by the one it opens with.
var closers = map[rune]rune{'“': '”', '‘': '’', '「': '」', '『': '』', '《': '》', '"': '"'}

// quotations tells of each character whether it stands in a name in quotation
// marks or the marks of titles.
func quotations(text []rune) []bool {
	in := make([]bool, len(text))
	open, closer := -1, rune(0)
	for i, c := range text {
		switch {
		case open >= 0 && c == closer:
			for j := open; j <= i && i-open <= nameLimit; j++ {
				in[j] = true
			}
			open = -1
		case (open < 0 || closer == '》') && closers[c] != 0:
			open, closer = i, closers[c]
		}
	}
	return in
}

// at is the folded character at a place, 0 beyond the text.
func (r *reader) at(i int) rune {
	if i < 0 || i >= len(r.folded) {
		return 0
	}
	return r.folded[i]
}

// runes are the folded characters of a span.
func (r *reader) runes(s span) []rune { return r.folded[s.from:s.to] }

// has reports whether a word stands at a place.
func (r *reader) has(i int, word string) bool {
	for _, c := range word {
		if r.at(i) != c {
			return false
		}
		i++
	}
	return true
}

// hasAny gives the length of the first of some words that stands at a place, 0
// if none does.
func (r *reader) hasAny(i int, words ...string) int {
	for _, w := range words {
		if r.has(i, w) {
			return utf8.RuneCountInString(w)
		}
	}
	return 0
}

// endsWith reports whether one of some words stands right before a place.
func (r *reader) endsWith(i int, words ...string) bool { return r.hasBefore(i, words...) > 0 }

// hasBefore gives the length of the first of some words that stands right before
// a place, 0 if none does.
func (r *reader) hasBefore(i int, words ...string) int {
	for _, w := range words {
		if n := utf8.RuneCountInString(w); i >= n && r.has(i-n, w) {
			return n
		}
	}
	return 0
}

// index is where a word begins in a span, -1 if it does not stand there.
func (r *reader) index(s span, word string) int {
	n := utf8.RuneCountInString(word)
	first, _ := utf8.DecodeRuneInString(word)
	for i := s.from; i+n <= s.to; i++ {
		if r.folded[i] == first && r.has(i, word) {
			return i
		}
	}
	return -1
}

// lastIndex is where the last of a word begins in a span, -1 if it does not
// stand there.
func (r *reader) lastIndex(s span, word string) int {
	n := utf8.RuneCountInString(word)
	first, _ := utf8.DecodeRuneInString(word)
	for i := s.to - n; i >= s.from; i-- {
		if r.folded[i] == first && r.has(i, word) {
			return i
		}
	}
	return -1
}
