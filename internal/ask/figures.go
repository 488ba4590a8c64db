package ask

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/query"
)

// FigureTyped is what people type to narrow figures.
type FigureTyped struct {
	Indicator, Key  string
	Units, Statuses []string
	Min, Max        string // numbers, also with 万 and 亿: 1.5亿
	Group           bool   // by key
}

// FigureOrders lists the names of all orders that figures can be asked for in: those of
// their passages, where figures have none of this name, and their own.
func FigureOrders() (all []string) {
	for _, s := range baogao.Sorts {
		all = append(all, string(s))
	}
	for _, s := range baogao.FigureSorts[1:] {
		all = add(all, []string{string(s)})
	}
	return all
}

// Figures makes a filter of figures of what was typed beside a question. The kinds
// and the order of the question may be those of figures: they are taken out of it.
// The error is a *ValueError.
func (t *Typed) Figures(f FigureTyped) (by baogao.FigureFilter, err error) {
	by.Indicator, by.Key, by.Grouped = strings.TrimSpace(f.Indicator), strings.TrimSpace(f.Key), f.Group
	if by.Kinds, t.Kinds, err = figureKinds(t.Kinds); err != nil {
		return by, err
	}
	switch sort := baogao.FigureSort(t.Sort); {
	case t.Sort == "":
	case slices.Contains(baogao.FigureSorts, sort):
		by.Sort, t.Sort = sort, ""
	case !slices.Contains(FigureOrders(), t.Sort):
		return by, &ValueError{"sort", fmt.Sprintf("no order is called %q; use one of %s", t.Sort, strings.Join(FigureOrders(), ", "))}
	}
	units, err := listed("unit", f.Units, query.List)
	if err != nil {
		return by, err
	}
	for _, u := range units {
		by.Units = add(by.Units, []string{u, analyzer.Fold(u), unscaled(analyzer.Fold(u))})
	}
	if by.Statuses, err = values[baogao.FigureStatus]("status", f.Statuses, figureStatus, Choices(baogao.FigureStatuses)); err != nil {
		return by, err
	}
	if by.Min, err = value("min", f.Min); err != nil {
		return by, err
	}
	if by.Max, err = value("max", f.Max); err != nil {
		return by, err
	}
	if by.Min != nil && by.Max != nil && *by.Min > *by.Max {
		return by, &ValueError{"min", fmt.Sprintf("min %s is above max %s; nothing is between them", f.Min, f.Max)}
	}
	return by, nil
}

// unscaled is a unit without 万 and 亿, which are told in values: 元 for 万元.
func unscaled(unit string) string {
	if rest := strings.TrimLeft(unit, "万亿"); rest != "" {
		return rest
	}
	return unit
}

// figureKinds parts the kinds of figures from those of reports: no name is both.
func figureKinds(typed []string) (figures []baogao.FigureKind, reports []string, err error) {
	all, err := listed("kind", typed, query.List)
	if err != nil {
		return nil, nil, err
	}
	for _, v := range all {
		if kind := baogao.FigureKind(strings.ToLower(v)); slices.Contains(baogao.FigureKinds, kind) {
			figures = add(figures, []baogao.FigureKind{kind})
			continue
		}
		if _, known := query.ParseKind(v); !known {
			return nil, nil, &ValueError{"kind", fmt.Sprintf("no kind is called %q; use one of %s of figures, or of %s of reports", v, Choices(baogao.FigureKinds), OneOf(baogao.Kinds))}
		}
		reports = append(reports, v)
	}
	return figures, reports, nil
}

// statuses are the Chinese words for the statuses of figures.
var statuses = map[string]baogao.FigureStatus{"完成": baogao.Achieved, "实现": baogao.Achieved, "目标": baogao.Target, "上期": baogao.Earlier}

func figureStatus(typed string) (string, bool) {
	status := baogao.FigureStatus(strings.ToLower(typed))
	if s, ok := statuses[analyzer.Fold(typed)]; ok {
		status = s
	}
	return string(status), slices.Contains(baogao.FigureStatuses, status)
}

// value reads a number that values are compared with; nil where none is typed.
func value(name, typed string) (*float64, error) {
	text, times := strings.TrimSpace(analyzer.Fold(typed)), 1.0
	if text == "" {
		return nil, nil
	}
	for _, unit := range []struct {
		sign  string
		times float64
	}{{"亿", 1e8}, {"万", 1e4}} {
		if rest, ok := strings.CutSuffix(text, unit.sign); ok {
			text, times = rest, times*unit.times
		}
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return nil, &ValueError{name, fmt.Sprintf("%s %s is no number; write it as 10, 0.5 or 1.5亿", name, typed)}
	}
	v *= times
	return &v, nil
}
