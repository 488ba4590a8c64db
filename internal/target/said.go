package target

import (
	"cmp"
	"math"
	"regexp"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/analyzer"
)

// said is a figure with what the words around it say of it.
type said struct {
	*baogao.FoundFigure
	place  string
	year   int // it is of
	object string
	act    string            // what is done with the object; building is none, see started
	kind   baogao.FigureKind // a level that is called 涨幅 is a growth
	unit   string
	times  float64 // a value in its unit, in unit
	scope  string
	period string

	down       bool // a growth that falls
	near       bool // 左右, 稳定在
	started    bool // counts what is new: 新建, 培育
	cumulative bool // counts from the beginning on: 累计
	since      int  // the year that a growth is measured from, 0 for the one before

	before string // the text of the passage before the number, folded
	clause string // of it the part that belongs to the number
	behind string // a few characters behind the number
}

// A thing is what targets and results share whatever they measure of it.
type thing struct{ place, object string }

func (f *said) thing() thing { return thing{f.place, f.object} }

// behindSize is how many characters behind a number are looked at.
const behindSize = 12

// read reads the words around a figure in its passage.
func read(one *baogao.FoundFigure, text []rune) *said {
	f := &said{FoundFigure: one, place: placeOf(one.Meta.Region), object: objectOf(&one.Figure), kind: one.Kind, scope: scopeOf(one), period: one.Period}
	text = []rune(string(analyzer.FoldRunes(nil, string(text))))
	start, end := min(one.Start, len(text)), min(one.End, len(text))
	f.before, f.behind = string(text[:start]), string(text[end:min(end+behindSize, len(text))])
	f.clause = clauseOf(text[:start])
	f.act = actOf(&one.Figure)
	f.unit, f.times = unitOf(one.Unit)
	f.down = one.Direction == "down"
	f.nameGrowth()
	f.part()
	f.near = one.Approximate || endsWithAny(f.clause, "稳定在", "保持在", "维持在")
	f.cumulative = strings.Contains(f.clause, "累计") && !containsAny(f.clause, "全年累计", "年内累计", "当年累计")
	f.started = f.act != "" || containsAny(f.clause, starting...)
	if f.cumulative || containsAny(f.clause, totals...) {
		f.started = false
	}
	if building[f.act] {
		f.act = ""
	}
	f.since = f.measuredFrom()
	return f
}

// nameGrowth makes of a level in percent that is called a growth one: 涨幅控制在3%以内.
func (f *said) nameGrowth() {
	if f.kind != baogao.FigureKind("rate") || f.Unit != "%" {
		return
	}
	name := analyzer.Fold(f.Indicator)
	switch {
	case endsWithAny(name, "涨幅", "增速", "增幅", "增长率"):
		f.kind = "growth"
	case endsWithAny(name, "降幅"):
		f.kind, f.down = "growth", true
	}
	if f.kind == "growth" {
		f.object = strings.TrimSuffix(f.object, name[strings.LastIndexAny(name, "涨增降"):])
	}
}

// Two numbers of 城乡 that are handed out: the first is of the towns, the second of the
// country.
var (
	anotherFollows = regexp.MustCompile(`^(?:左右|以上|以内)?[、和与]\d`)
	anotherBefore  = regexp.MustCompile(`(?:%|元|百分点)(?:左右|以上|以内)?[、和与]$`)
)

// part tells which of both a number of town and country is: 城乡居民收入分别增长6%、7%.
func (f *said) part() {
	rest, ok := strings.CutPrefix(f.object, "城乡")
	sentence := f.before[strings.LastIndexAny(f.before, "。;!?\n")+1:]
	switch {
	case !ok || !strings.Contains(sentence, "分别"):
	case anotherFollows.MatchString(f.behind):
		f.object = "城镇" + rest
	case anotherBefore.MatchString(f.before):
		f.object = "农村" + rest
	}
}

// follow makes of what is called a share, and is of the same thing as the growth before
// it, a growth too: 增长6.5%,力争达到7%.
func (f *said) follow(before *said) {
	if f.kind == "rate" && before.kind == "growth" && f.Unit == before.Unit && f.Evidence == before.Evidence && f.Report == before.Report && f.thing() == before.thing() {
		f.kind, f.down = "growth", before.down
	}
}

// Words that tell whether what is counted is new. Those of totals go before.
var (
	starting = []string{
		"新增", "新建", "新开", "新培育", "新引进", "新认定", "新签", "新投", "新改", "新设", "新登记", "净增", "建成", "建设", "培育", "引进", "打造", "开工", "竣工", "投产", "签约", "认定",
		"孵化", "创建", "修建", "改建", "扩建", "改造", "打通", "举办", "发放", "开展",
	}
	totals   = []string{"总数", "总量", "总规模", "保有量", "存量", "共有", "现有", "拥有", "稳定在", "保持在", "增至", "增加到", "提高到", "上升到", "发展到", "扩大到", "增长到"}
	building = map[string]bool{"建设": true}
)

// actOf is what is done with the object of a figure, by its key.
func actOf(f *baogao.Figure) string {
	object, rest, _ := strings.Cut(f.Key, "·")
	for _, measure := range []string{"增速", "差距", "位次", "率"} {
		if rest == measure {
			rest = ""
		}
		rest = strings.TrimSuffix(rest, "·"+measure)
	}
	if rest == "" && f.Kind != "rate" {
		return actAtEnd(object)
	}
	return rest
}

// clauseOf is the end of a text that belongs to the number behind it: from the last
// comma on, or from the number before in a list.
func clauseOf(before []rune) string {
	for i := len(before) - 1; i >= 0; i-- {
		switch before[i] {
		case ',', '。', ';', ':', '!', '?', '\n':
			return string(before[i+1:])
		case '、':
			for _, c := range before[max(0, i-4):i] {
				if c >= '0' && c <= '9' {
					return string(before[i+1:])
				}
			}
		}
	}
	return string(before)
}

// ownScopes are the words for the whole of a place, by the end of its name.
var ownScopes = map[string]string{"全省": "省", "全市": "市", "全区": "区", "全县": "县", "全州": "州", "全盟": "盟"}

// scopeOf is the part of the place, "" for the whole of it.
func scopeOf(f *baogao.FoundFigure) string {
	if end, ok := ownScopes[f.Scope]; ok && strings.HasSuffix(f.Meta.Region.Name, end) {
		return ""
	}
	return f.Scope
}

// fromYear is a growth that is measured from another year: 比2020年增长.
var fromYear = regexp.MustCompile(`(?:比|较|与|在)((?:19|20)\d\d)年`)

// measuredFrom is the year that a growth is measured from, where the clause or the one
// before says so.
func (f *said) measuredFrom() int {
	if f.kind != "growth" && f.kind != "index" {
		return 0
	}
	sentence := f.before[strings.LastIndexAny(f.before, "。;!?\n")+1:]
	if found := fromYear.FindAllStringSubmatch(sentence, -1); found != nil {
		year, _ := strconv.Atoi(found[len(found)-1][1])
		return year
	}
	return 0
}

// toNew are the words behind an old value that the new one follows: 由35元提高到40元.
var toNew = regexp.MustCompile(`^[^,。;!?、]{0,4}?(?:提高|提升|增加|上升|扩大|增长|发展|下降|降低|减少|缩短|压缩|压减|回落)?(?:到|至)`)

// isOld reports whether a figure tells what was before: 由35元提高到40元, 去年, 目前.
func (f *said) isOld() bool {
	if endsWithAny(f.clause, "由", "从") || containsAny(f.clause, "由", "从") && toNew.MatchString(f.behind) {
		return true
	}
	for _, w := range []string{"去年", "上年", "前年", "目前", "过去一年", "我国有", "现有", "已"} {
		if strings.HasPrefix(f.clause, w) {
			return true
		}
	}
	return false
}

// isRecalled reports whether an achieved figure tells a target again: 完成6%的预期目标.
func (f *said) isRecalled() bool {
	return strings.HasPrefix(f.behind, "的") && containsAny(f.behind, "目标", "任务", "计划") ||
		containsAny(f.clause, "预期目标", "年度目标", "目标任务", "年度任务", "目标值", "预期值")
}

// same is equal for two targets of a report that say the same.
func (f *said) same() any {
	type saying struct {
		report, key, kind, unit, scope, period, direction, bound string
		year, since                                              int
		value, high                                              float64
		near, started, cumulative                                bool
	}
	return saying{
		f.Report, f.Key, string(f.kind), f.unit, f.scope, f.period, f.Direction, f.Bound, f.year, f.since, f.Value * f.times, f.top(), f.near, f.started, f.cumulative,
	}
}

// top is the upper end of a range, else the value.
func (f *said) top() float64 {
	if f.High != nil {
		return *f.High * f.times
	}
	return f.Value * f.times
}

// compare puts targets in the order of a Table.
func (f *said) compare(g *said) int {
	place := func(f *said) string { return cmp.Or(f.Meta.Region.Code, "~"+f.Meta.Region.Name) }
	_, n, i, _ := baogao.ParsePassageID(f.Passage)
	_, m, j, _ := baogao.ParsePassageID(g.Passage)
	return cmp.Or(cmp.Compare(place(f), place(g)), cmp.Compare(f.Meta.Year, g.Meta.Year), cmp.Compare(f.Report, g.Report),
		cmp.Compare(n, m), cmp.Compare(i, j), cmp.Compare(f.Start, g.Start))
}

// A span is where a true value lies.
type span struct{ from, to float64 }

// nearness is how far what is told about lies from what is so, at most.
const nearness = 0.1

// span is where the true value of a result lies; what falls is below 0.
func (f *said) span() span {
	v := f.Value * f.times
	s := span{v, f.top()}
	switch {
	case f.Bound == "min" && f.Approximate: // 8万余
		s.to = v * (1 + nearness)
	case f.Bound == "min":
		s.to = math.Inf(1)
	case f.Bound == "max":
		s.from = math.Inf(-1)
	case f.Approximate:
		s = span{v * (1 - nearness), v * (1 + nearness)}
	}
	if f.down {
		return span{-s.to, -s.from}
	}
	return s
}

func containsAny(text string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func endsWithAny(text string, words ...string) bool {
	for _, w := range words {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}
