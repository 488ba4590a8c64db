package target

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"baogao"
	"baogao/internal/analyzer"
)

// vague are names that many things have in one report: a target of them cannot be told
// from another's.
var vague = map[string]bool{}

func init() {
	for w := range strings.FieldsSeq(`项目 重点项目 工程 投资 资金 企业 任务 面积 产值 收入 总收入 人员 人数 活动 培训 案件 事项 问题 制度 标准 平台 基地 园区 线索 建议
		岗位 产业 产量 规模 总投资 贷款 场次 设施 设备 学校 床位 车辆 人口 资源 服务 措施 政策 文件 会议 检查 建设 改造 到位资金 年度投资 项目资金 综合产值 竣工验收 新签约项目 营业收入 销售收入 总产值 增加值 群众 居民 农户 道路 公路 管网 村 社区`) {
		vague[w] = true
	}
}

// lessIsBetter are the words in the names of what is to be small.
var lessIsBetter = []string{
	"失业率", "消费价格", "能耗", "电耗", "水耗", "排放", "浓度", "死亡", "伤亡", "败诉", "纠错率", "债务", "负债", "赤字", "事故", "发案", "发生率", "时间", "时限", "不良", "信访量", "超标", "损失",
}

// treating are the words in the names of what is to be done, whatever it is done to.
var treating = []string{"治理", "化解", "办理", "处理", "处置", "排查", "整治", "查处", "解决", "清理", "办结", "调解", "降低", "减少", "压减"}

// rivals are, of the targets of a report, those of the same thing as one of them that
// differ in what they say, unless one sentence says both: 增长6%、力争7%.
func rivals(t *said, targets []*said) (all []*said) {
	for _, o := range targets {
		if o != t && o.Evidence != t.Evidence && o.thing() == t.thing() && o.year == t.year && step(t, o) == same {
			all = append(all, o)
		}
	}
	return all
}

// judge tells what became of a target. Results are of the same thing, or of what may
// be.
func judge(t *said, rivals, results []*said, held map[heldAt]int) Row {
	row := Row{Target: *t.FoundFigure, Year: t.year, Verdict: NotComparable}
	if row.Reason = t.unfit(rivals); row.Reason.ID != "" {
		return row
	}
	isHeld := held[heldAt{t.place, t.Meta.Kind, t.year}] > 0
	var alike []*said
	var nearest *said
	far := -1
	for _, r := range results {
		if r.year != t.year {
			continue
		}
		switch at := step(t, r); {
		case at == same:
			alike = append(alike, r)
		case at > far && r.Meta.Kind == t.Meta.Kind:
			far, nearest = at, r
		}
	}
	switch {
	case len(alike) > 0:
		row.weigh(t, first(alike, t))
	case !isHeld:
		row.Verdict = NoReport
	case nearest == nil:
		row.Verdict = NotReported
	default:
		row.Result, row.Reason = nearest.FoundFigure, steps[far].reason(t, nearest)
	}
	return row
}

// unfit says why a target can be held to nothing; zero where it can.
func (t *said) unfit(rivals []*said) Reason {
	switch {
	case t.place == "":
		return Reason{ID: NoPlace}
	case t.Meta.Year == 0:
		return Reason{ID: NoYear}
	case t.year == 0:
		return Reason{ID: UnsureYear}
	case vague[t.object] && t.act == "" && strings.Contains(analyzer.Fold(t.Indicator), t.object): // and no key of one's own
		return Reason{ID: VagueName}
	case t.kind == "rank", t.kind == "gap":
		return Reason{ID: AmongOthers}
	case t.Unit == "番", t.Unit == "倍":
		return Reason{ID: Multiple}
	case t.kind == "index" && t.Bound == "":
		return Reason{ID: NoSide}
	case len(rivals) > 0:
		return Reason{TwoTargets, t.Raw, rivals[0].Raw}
	}
	return Reason{}
}

// first are the results that count: those of reports of the kind of the target's where
// there are such, and of these those of the report on the year.
func first(all []*said, t *said) []*said {
	for _, better := range []func(*said) bool{
		func(r *said) bool { return r.Meta.Kind == t.Meta.Kind },
		func(r *said) bool { return r.Meta.Year == t.year },
	} {
		if slices.ContainsFunc(all, better) {
			all = slices.DeleteFunc(slices.Clone(all), func(r *said) bool { return !better(r) })
		}
	}
	return all
}

// weigh holds a target to results, which must all lead to the same verdict.
func (row *Row) weigh(t *said, results []*said) {
	row.Result = results[0].FoundFigure
	verdict, reason := t.verdict(results[0])
	for _, r := range results[1:] {
		if v, _ := t.verdict(r); v != verdict {
			row.Verdict, row.Reason = NotComparable, Reason{TwoResults, results[0].Raw, r.Raw}
			return
		}
	}
	row.Verdict, row.Reason, row.Others = verdict, reason, len(results)-1
}

// A difference is one that keeps two figures from being compared.
type difference struct {
	id     ReasonID
	differ func(t, r *said) bool
	words  func(f *said) string // what each is; nil where nothing is told of it
}

// reason tells a difference of two figures.
func (d *difference) reason(t, r *said) Reason {
	if d.words == nil {
		return Reason{ID: d.id}
	}
	return Reason{d.id, d.words(t), d.words(r)}
}

// steps are the differences, from the widest to the least.
var steps = []difference{
	{OtherName, func(t, r *said) bool { return !sameName(t.object, r.object) }, nil},
	{OtherKind, func(t, r *said) bool { return t.kind != r.kind }, func(f *said) string { return string(f.kind) }},
	{OtherAct, func(t, r *said) bool { return t.act != r.act }, nil},
	{OtherUnit, func(t, r *said) bool { return t.unit != r.unit }, func(f *said) string { return f.Unit }},
	{OtherScope, func(t, r *said) bool { return t.scope != r.scope }, func(f *said) string { return f.scope }},
	{OtherPeriod, func(t, r *said) bool { return t.period != r.period }, func(f *said) string { return f.period }},
	{InAll, func(t, r *said) bool { return t.cumulative != r.cumulative }, nil},
	{New, func(t, r *said) bool { return t.isThings() && t.started != r.started }, nil},
	{OtherBase, func(t, r *said) bool { return t.base() != r.base() }, func(f *said) string {
		if f.base() == 0 {
			return ""
		}
		return strconv.Itoa(f.base())
	}},
	{OtherShare, func(t, r *said) bool {
		return isOver(t) != isOver(r) || isOver(t) && !sameName(t.Denominator.Indicator, r.Denominator.Indicator)
	}, nil},
}

// same is the step of figures that do not differ.
var same = len(steps)

// step is the first of steps in which two figures differ.
func step(t, r *said) int {
	for i, s := range steps {
		if s.differ(t, r) {
			return i
		}
	}
	return len(steps)
}

// isThings reports whether a figure counts what may be new or there already, and its
// name does not say which: 粮食产量 is always of a year.
func (f *said) isThings() bool {
	return slices.Contains([]baogao.FigureKind{"count", "area", "quantity", "amount"}, f.kind) && f.act == "" && !endsWithAny(f.object, yearly...)
}

// yearly are the ends of names that say whether they are of a year or of all there is.
var yearly = []string{"产量", "收入", "支出", "总额", "增加值", "生产总值", "余额", "人口", "就业", "浓度", "面积", "产值", "额", "投资", "外资", "吞吐量", "里程"}

// base is the year that a growth is measured from.
func (f *said) base() int {
	if f.kind != "growth" || f.since == f.year-1 {
		return 0
	}
	return f.since
}

// isOver reports whether a rate is told with what it is a share of, in numbers.
func isOver(f *said) bool { return f.Denominator != nil && f.Denominator.Value != 0 }

// turned is the fewest characters of a name whose halves may change places.
const turned = 4

// sameName reports whether two names are one, also with their halves in the other
// order: 生猪出栏, 出栏生猪.
func sameName(a, b string) bool {
	a, b = analyzer.Fold(a), analyzer.Fold(b)
	return a == b || len(a) == len(b) && utf8.RuneCountInString(a) >= turned && strings.Contains(a+a, b)
}

// isRelated reports whether two names may mean the same: one is the end of the other,
// or has all its characters, in their order, and few more before its end, or has them in
// another order and no more: 农村劳动力转移就业, 转移农村劳动力就业.
func isRelated(a, b string) bool {
	if sameName(a, b) {
		return true
	}
	long, short := []rune(a), []rune(b)
	if len(long) < len(short) {
		long, short = short, long
	}
	for _, part := range []string{"城镇", "农村"} {
		if strings.Replace(a, "城乡", part, 1) == b || strings.Replace(b, "城乡", part, 1) == a {
			return true
		}
	}
	if len(short) >= turned-1 && strings.HasSuffix(string(long), string(short)) {
		return true // what stands in front may have been left out: 办结率
	}
	if len(short) >= turned && slices.Equal(slices.Sorted(slices.Values(long)), slices.Sorted(slices.Values(short))) {
		return true
	}
	const most = 3
	if len(short) < turned || len(long)-len(short) > most || short[len(short)-1] != long[len(long)-1] {
		return false
	}
	i := 0
	for _, c := range long {
		if i < len(short) && short[i] == c {
			i++
		}
	}
	return i == len(short)
}

// verdict holds a target to a result of the same thing.
func (t *said) verdict(r *said) (Verdict, Reason) {
	is := r.span()
	if t.down {
		is = span{-is.to, -is.from}
	}
	low, high := t.Value*t.times, t.top()
	less := !t.down && (t.kind == "duration" || containsAny(t.object, lessIsBetter...)) && !containsAny(t.object+t.act, treating...)
	wanted, doubt := span{low, math.Inf(1)}, span{}
	switch {
	case t.Bound == "min":
	case t.Bound == "max", less && t.Bound == "range":
		wanted = span{math.Inf(-1), high}
	case less:
		wanted = span{math.Inf(-1), low}
		if t.near {
			doubt = span{low, low * (1 + nearness)}
		}
	case t.near:
		doubt = span{low * (1 - nearness), low}
	}
	switch {
	case is.from >= wanted.from && is.to <= wanted.to:
		return Reached, Reason{}
	case doubt != span{} && is.from >= doubt.from && is.to <= doubt.to:
		return NotComparable, Reason{About, t.Raw, r.Raw}
	case is.to < wanted.from || is.from > wanted.to:
		return Missed, Reason{}
	}
	return NotComparable, Reason{Undecided, t.Raw, r.Raw}
}
