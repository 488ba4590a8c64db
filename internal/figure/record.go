package figure

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"baogao/internal/analyzer"
	"baogao/internal/figure/key"
	"baogao/internal/figure/lexicon"
	"baogao/internal/figure/number"
)

// records make the figures of what was learnt.
type records struct {
	Context
	front
	found  mentions
	headed string // the period that the heading tells of
}

// figures are the records of the numbers that have a name.
func (r *records) figures() []Figure {
	list := make([]Figure, 0, len(r.found))
	for _, n := range r.found {
		for _, parts := range n.indicator {
			if f := r.figure(n, parts); namesThing(f.Indicator) {
				list = append(list, f)
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	for i := range list {
		if list[i].Kind == Rate {
			divide(list, i)
		}
	}
	return list
}

// namesThing reports whether a name has a letter of any script.
func namesThing(name string) bool { return strings.ContainsFunc(name, unicode.IsLetter) }

func (r *records) figure(n *mention, parts []number.Span) Figure {
	f := Figure{
		Passage: r.Passage, Report: r.Report, Start: n.Start, End: n.End, Raw: r.String(span(n.Start, n.End)),
		Value: round(n.Value), Unit: n.Unit, Kind: n.Kind, Approximate: n.Approximate, Bound: n.Bound,
		Status: n.status, Year: n.year, Indicator: r.words(parts) + n.tail,
		Evidence: r.String(n.sentence),
	}
	f.Key = r.key(n, f.Indicator)
	f.Scope, f.Period = r.scope(n), r.period(n)
	if n.Ranged {
		high := round(n.High)
		f.High = &high
	}
	if n.Kind == Growth || n.Kind == Gap {
		f.Direction = Up
		if n.down {
			f.Direction = Down
		}
	}
	return f
}

// key is the key of a number with this name. The act of a list holds for all
// that it counts; a part that is no more than an act is one of the whole.
func (r *records) key(n *mention, indicator string) string {
	if act := r.words([]number.Span{n.act}); act != "" && r.Keys.IsAct(act) {
		return r.Keys.Key(act+indicator, key.Measure(n.Kind))
	}
	if n.part != nil && r.Keys.IsAct(indicator) {
		return r.Keys.Key(indicator+r.words(n.part.noun), key.Measure(n.Kind))
	}
	return r.Keys.Key(indicator, key.Measure(n.Kind))
}

// scopes are the words for a part of the place.
var scopes = lexicon.New([]string{"区本级", "市本级", "县本级", "省本级", "自治区本级", "州本级", "全市", "全省", "全区", "全县", "全州", "全盟"})

// scope is the part of the place that a number is of, as its clause says. A
// place that it is compared with is none.
func (r *records) scope(n *mention) string {
	to := n.Start
	if n.gap != (number.Span{}) {
		to = n.gap.From
	}
	for i := n.begin; i < to && !n.Ranked; i++ {
		if size := scopes.Prefix(r.Folded[i:to]); size > 0 {
			return string(r.Folded[i : i+size])
		}
	}
	return ""
}

// yearly is the period of what is told as a mean of years.
const yearly = "年均"

// periods are the words for a time that is another than a year, and what is
// told for them.
var periods = map[string]string{
	"年均": yearly, "五年来": "五年", "过去五年": "五年", "这五年": "五年", "近五年": "五年", "五年间": "五年", "十四五": "五年", "十三五": "五年",
	"三年来": "三年", "十年来": "十年", "上半年": "上半年", "一季度": "一季度", "前三季度": "前三季度",
}

var periodWords = lexicon.New(slices.Collect(maps.Keys(periods)))

// period is the time that a number is of, where its sentence or the heading
// above says another than a year: the last that does.
func (r *records) period(n *mention) string {
	for i := n.Start - 1; i >= n.sentence.From; i-- {
		size := periodWords.Prefix(r.Folded[i:n.Start])
		if size == 0 {
			continue
		}
		// “十四五”规划 is no time, “十四五”时期 is one
		if c := r.Folded[i]; c == '十' && r.At(i+2) == '五' && r.HasAny(r.QuoteEnd(i+size), "时期", "期间", "以来") == 0 {
			continue
		}
		if p := periods[string(r.Folded[i:i+size])]; p != yearly || r.reaches(n, i) {
			return p
		}
	}
	return r.headed
}

// reaches reports whether 年均 at a place holds for a number: right before it, and
// for what goes on from the figure that it stands before: changes and places
// without a name of their own, and in its clause all that it stands in front of,
// and changes beside a change.
func (r *records) reaches(n *mention, i int) bool {
	if i >= n.begin {
		return true
	}
	at := slices.IndexFunc(r.found, func(m *mention) bool { return m.begin <= i && i < m.Start })
	if at < 0 {
		return i >= n.clause.From
	}
	m := r.found[at]
	change := n.Kind == Growth || n.Kind == Gap
	switch {
	case !r.isNamedFrom(n, n.begin):
		return change || n.Kind == Rank || n.listed
	case m.clause != n.clause:
		return false
	}
	return change && m.Kind == Growth || r.stripFront(span(m.begin, m.Start)).From > i
}

// isNamedFrom reports whether a part of the name of a number, without what it is
// compared with, stands behind a place.
func (r *records) isNamedFrom(n *mention, from int) bool {
	for _, parts := range n.indicator {
		if slices.ContainsFunc(parts, func(s number.Span) bool { return s.From >= from && s != n.gap }) {
			return true
		}
	}
	return false
}

// headedPeriod is the time that the innermost heading tells of.
func headedPeriod(section []string) string {
	if len(section) == 0 {
		return ""
	}
	for _, w := range [...]string{"五年来", "过去五年", "这五年", "近五年"} {
		if strings.Contains(section[len(section)-1], w) {
			return "五年"
		}
	}
	return ""
}

// divide finds of what two counts before it a rate is the share: 23 of 135 is
// 17.04 %. They are told only where they give the rate as it is written. A
// share that says itself of what it is one, A占B, is told its names.
func divide(list []Figure, i int) {
	f := &list[i]
	if a, b, ok := strings.Cut(f.Indicator, "占"); ok && a != "" && b != "" {
		b = strings.TrimSuffix(strings.TrimSuffix(b, "比重"), "的")
		if b != "比" && b != "" {
			f.Numerator, f.Denominator = &Part{Indicator: a}, &Part{Indicator: b}
			return
		}
	}
	if f.Unit != "%" || f.Value == 0 || f.Value >= 100 {
		return
	}
	for n := i - 1; n >= max(0, i-6); n-- {
		for d := i - 1; d >= max(0, i-16); d-- {
			num, den := &list[n], &list[d]
			if n == d || num.Kind != Count || den.Kind != Count || num.Unit != den.Unit || num.Value >= den.Value || den.Value < 20 || num.Approximate || den.Approximate {
				continue
			}
			if math.Abs(100*num.Value/den.Value-f.Value) <= precision(f.Raw) {
				f.Numerator, f.Denominator = &Part{num.Indicator, num.Value}, &Part{den.Indicator, den.Value}
				return
			}
		}
	}
}

// precision is half a unit of the last digit of a number as it is written.
func precision(raw string) float64 {
	_, decimals, _ := strings.Cut(analyzer.Fold(raw), ".")
	n := strings.IndexFunc(decimals+" ", func(c rune) bool { return !number.IsDigit(c) })
	return 0.5000001 * math.Pow10(-n)
}

// round drops what multiplying by powers of ten has left behind the digits.
func round(v float64) float64 {
	if s := math.Round(v); math.Abs(v-s) < 1e-6*math.Max(1, math.Abs(v)) && math.Abs(v) >= 1e4 {
		return s
	}
	return math.Round(v*1e8) / 1e8
}

// footnote is the length of the mark of a footnote at a place: ⑤, (8).
func (r *records) footnote(i int) int {
	c := r.Folded[i]
	if c >= '①' && c <= '⑳' {
		return 1
	}
	if c != '(' && c != '[' {
		return 0
	}
	k := i + 1
	for number.IsDigit(r.At(k)) {
		k++
	}
	if k > i+1 && (r.At(k) == ')' || r.At(k) == ']') {
		return k + 1 - i
	}
	return 0
}

// words are the parts of a name, without the signs that only mark it as one.
func (r *records) words(parts []number.Span) string {
	if len(parts) == 1 {
		if s := r.trim(parts[0]); r.isPlain(s) {
			return r.String(s)
		}
	}
	var b strings.Builder
	for _, s := range parts {
		s = r.trim(s)
		for i := s.From; i < s.To; {
			if size := r.signSize(i); size > 0 {
				i += size
				continue
			}
			b.WriteRune(r.Published[i])
			i++
		}
	}
	return b.String()
}

// isPlain reports whether a span has no signs that only mark a name.
func (r *records) isPlain(s number.Span) bool {
	for i := s.From; i < s.To; i++ {
		if r.signSize(i) > 0 {
			return false
		}
	}
	return s.From <= s.To
}

// signSize is the length of a sign at a place that only marks a name: a quotation mark, a
// blank, the mark of a footnote.
func (r *records) signSize(i int) int {
	switch r.Published[i] {
	case '“', '”', '"', '‘', '’', '\'', '「', '」', '『', '』', '《', '》', ' ', '\u3000':
		return 1
	}
	return r.footnote(i)
}
