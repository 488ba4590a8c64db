// Package figure reads the figures of a passage: each number that measures
// something of the place a report is about, with what it measures, its unit,
// its kind, whether it was achieved or is aimed at, and the words that say so.
// It takes a text and what is known of where it stands, and keeps nothing.
// Precision goes before recall: what is not surely a figure is none.
package figure

import (
	"cmp"
	"sync"

	"baogao/internal/figure/key"
	"baogao/internal/figure/number"
)

// Status says whether a figure was reached.
type Status string

// The statuses of figures.
const (
	Achieved Status = "achieved"
	Target   Status = "target"  // it is planned
	Earlier  Status = "earlier" // the old value that an achieved one is set beside
)

// The directions of growths and gaps. Values are positive as they are written.
const (
	Up   = "up"
	Down = "down"
)

// Kind is what a figure measures.
type Kind = number.Kind

// The kinds of figures.
const (
	Count    = number.Count    // things: 14件
	Amount   = number.Amount   // money: 5亿元
	Rate     = number.Rate     // a share or a level in percent: 办结率100%
	Growth   = number.Growth   // a change: 增长8%, 提高2个百分点, 翻一番
	Gap      = number.Gap      // the distance to another place or plan: 高于全省0.5个百分点
	Rank     = number.Rank     // a place among others: 居全省第3位
	Duration = number.Duration // 缩短至1个工作日
	Area     = number.Area     // 营造林310万亩
	Quantity = number.Quantity // what is weighed or measured: 615亿斤, 600公里
	Index    = number.Index    // a ratio or a score: 是2019年的2.3倍
)

// Bound says of which side of a value the true one lies.
type Bound = number.Bound

// The bounds of values. The empty Bound is the value itself.
const (
	Min   = number.Min   // 以上, 超, 突破, 余
	Max   = number.Max   // 以内, 不超过, 前3
	Range = number.Range // from Value to High
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

// texts are read one in the place of another.
var texts = sync.Pool{New: func() any { return new(number.Text) }}

// Read reads the figures of a text, in their order. Figures that share a
// number, as 受理率、办结率均达100%, share their place.
func Read(text string, c Context) []Figure {
	if !number.MayHold(text) {
		return nil
	}
	t := texts.Get().(*number.Text)
	defer texts.Put(t)
	t.Read(text)
	found := (&limits{t, number.Read(t)}).figures()
	if len(found) == 0 {
		return nil
	}
	words := lists{phrases{front{t}}}
	(&leads{words, found, c.Year}).read()
	(&namer{sequences: sequences{trailing{words, found}}}).read()
	j := judge{t, found, c.Plan, c.Year}
	j.kinds()
	j.statuses()
	c.Keys = cmp.Or(c.Keys, key.Default())
	return (&records{c, words.front, found, headedPeriod(c.Section)}).figures()
}
