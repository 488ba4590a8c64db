// Package figures makes what the pages show of figures: tables of them, what is marked
// in a report, and one indicator over places and years.
package figures

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/web/address"
	"baogao/internal/web/compare"
	"baogao/internal/web/picture"
)

// A Shown is a figure as pages show it.
type Shown struct {
	*baogao.FoundFigure
	Value  string // with its unit, bound and range
	Year   string // that it is of; "" is not known
	Place  string
	Kind   string
	Status string
	Aside  []string  // period, scope, direction: what sets it apart
	Far    string    // what an outlier is far from; "" where it is none
	Link   string    // to it in its report
	OfKey  string    // to its indicator
	Said   [3]string // its evidence: before it, it, and behind; all before where it stands in it more than once
}

// ShownOf shows a figure, with links of a state.
func ShownOf(f *baogao.FoundFigure, s address.State) Shown {
	shown := Shown{
		FoundFigure: f, Value: ValueOf(&f.Figure), Place: cmp.Or(f.Meta.Region.Name, "地区不明"), Kind: kindNames[f.Kind], Status: statusNames[f.Status],
		Far: far(f), Link: address.Figure(f, s), OfKey: address.OfKey(s, f.Key, f.Unit, f.Status).URL(),
	}
	if year := f.In(); year != 0 {
		shown.Year = strconv.Itoa(year)
	}
	shown.Said[0] = f.Evidence
	if before, behind, ok := strings.Cut(f.Evidence, f.Raw); ok && !strings.Contains(behind, f.Raw) {
		shown.Said = [3]string{before, f.Raw, behind}
	}
	for _, aside := range []string{directions[f.Direction], f.Scope, f.Period} {
		if aside != "" {
			shown.Aside = append(shown.Aside, aside)
		}
	}
	return shown
}

// ValueOf is a value with all that is written with it: 约1.2万件, 5–5.5%, 不少于300件.
func ValueOf(f *baogao.Figure) string {
	text := picture.Amount(f.Value)
	if f.Kind == "rank" {
		text = "第" + text
	}
	switch {
	case f.High != nil:
		text += "–" + picture.Amount(*f.High)
	case f.Bound == "min":
		text = "≥" + text
	case f.Bound == "max":
		text = "≤" + text
	}
	if f.Approximate {
		text = "约" + text
	}
	return text + f.Unit
}

// far says what an outlier is far from.
func far(f *baogao.FoundFigure) string {
	o := f.Outlier
	if o == nil {
		return ""
	}
	times := "不到十分之一"
	if f.Value > o.Median {
		times = "达十倍以上"
	}
	return "离群：与" + besideNames[o.Beside] + "的中位数 " + picture.Amount(o.Median) + f.Unit + " 相比" + times + "，请核对原文"
}

// What the pages call kinds, statuses and the like.
var (
	kindNames = map[baogao.FigureKind]string{
		"count": "数量", "amount": "金额", "rate": "比率", "growth": "增幅", "gap": "差距", "rank": "位次", "duration": "时长", "area": "面积", "quantity": "度量", "index": "倍数、分值",
	}
	statusNames = map[baogao.FigureStatus]string{baogao.Achieved: "实现", baogao.Target: "目标", baogao.Earlier: "旧值"}
	directions  = map[string]string{"up": "上升", "down": "下降"}
	besideNames = map[string]string{"place": "本地各年", "group": "同级各地"}
)

// A Record says all of a figure in pairs of a name and a value, for who points at it.
type Record struct {
	Title string
	Rows  [][2]string
	Link  string // to its indicator
}

// RecordOf is the record of a figure.
func RecordOf(f *baogao.FoundFigure, s address.State) Record {
	shown := ShownOf(f, s)
	r := Record{Title: f.Indicator, Link: shown.OfKey}
	add := func(name, value string) {
		if value != "" {
			r.Rows = append(r.Rows, [2]string{name, value})
		}
	}
	add("数值", shown.Value)
	add("类别", shown.Kind+"，"+shown.Status)
	add("年份", shown.Year)
	add("时段", f.Period)
	add("范围", f.Scope)
	add("方向", directions[f.Direction])
	for _, part := range []struct {
		name string
		of   *baogao.FigurePart
	}{{"分子", f.Numerator}, {"分母", f.Denominator}} {
		if part.of != nil {
			text := part.of.Indicator
			if part.of.Value != 0 {
				text += " " + picture.Amount(part.of.Value)
			}
			add(part.name, text)
		}
	}
	if f.Key != f.Indicator {
		add("指标键", f.Key)
	}
	return r
}

// choices are those of a field: names and values, and which is chosen; the first stands
// for all.
func choices[T ~string](all string, values []T, names map[T]string, chosen []T) []compare.Choice {
	list := []compare.Choice{{Name: all, Chosen: len(chosen) == 0}}
	for _, v := range values {
		list = append(list, compare.Choice{Name: names[v], Link: string(v), Chosen: slices.Contains(chosen, v)})
	}
	return list
}
