package address

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/ask"
)

// readFigures reads what figures are narrowed by. It takes the kinds and the order that
// are those of figures out of what was typed of the question.
func readFigures(s *State, typed *ask.Typed, v url.Values) (err error) {
	group := v.Get("group")
	if err := oneOf("group", group, []string{"figure", "key"}); err != nil {
		return err
	}
	order := typed.Sort
	s.Figures, err = typed.Figures(ask.FigureTyped{
		Indicator: v.Get("indicator"), Key: v.Get("key"), Units: v["unit"], Statuses: v["status"], Min: v.Get("min"), Max: v.Get("max"), Group: group == "key",
	})
	s.Figures.Sort = ""
	if typed.Sort = order; !slices.Contains(baogao.Sorts, baogao.Sort(order)) && slices.Contains(baogao.FigureSorts, baogao.FigureSort(order)) {
		typed.Sort = "" // hits have no such order
	}
	s.Sort = baogao.Sort(order)
	return err
}

// figureValues adds what figures are narrowed by to the parameters of a state.
func figureValues(s *State, v url.Values) {
	f := &s.Figures
	for _, one := range [][2]string{{"indicator", f.Indicator}, {"key", f.Key}, {"min", bound(f.Min)}, {"max", bound(f.Max)}} {
		if one[1] != "" {
			v.Set(one[0], one[1])
		}
	}
	if f.Grouped {
		v.Set("group", "key")
	}
	for _, unit := range f.Units {
		v.Add("unit", unit)
	}
	if len(f.Kinds) > 0 {
		v["kind"] = slices.Clone(v["kind"])
	}
	for _, kind := range f.Kinds {
		v.Add("kind", string(kind))
	}
	for _, status := range f.Statuses {
		v.Add("status", string(status))
	}
}

// bound is one of a value, as an address has it; "" is none.
func bound(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// figureFields are the parameters that narrow figures.
var figureFields = []string{"indicator", "key", "unit", "status", "min", "max"}

// FigureFilter is what the figures of a page are narrowed by, its part of the result
// and its order.
func FigureFilter(s State) baogao.FigureFilter {
	f := s.Figures
	f.Offset, f.Limit = (s.Page-1)*s.Limit, s.Limit
	if by := baogao.FigureSort(s.Sort); slices.Contains(baogao.FigureSorts, by) {
		f.Sort = by
	}
	return f
}

// Narrowed is the list of figures with its filter changed, on its first page.
func Narrowed(s State, change func(*baogao.FigureFilter)) State {
	t := s.As(Figures)
	change(&t.Figures)
	return t
}

// OfKey is the page of an indicator: a key, and a unit and a status, "" being the most
// frequent and what was achieved.
func OfKey(s State, key, unit string, status baogao.FigureStatus) State {
	t := s.As(Indicator)
	t.Figures = baogao.FigureFilter{Key: key}
	if status != "" && status != baogao.Achieved {
		t.Figures.Statuses = []baogao.FigureStatus{status}
	}
	if unit != "" {
		t.Figures.Units = []string{unit}
	}
	return t
}

// WithoutFigures leaves out what figures are narrowed by.
func WithoutFigures(s State) State {
	t := s.Anew()
	t.Figures = baogao.FigureFilter{}
	return t
}

// Ordered puts what the page lists in an order, which may be one of figures.
func Ordered(s State, by string) State {
	t := s.Anew()
	t.Sort = baogao.Sort(by)
	return t
}

// Figure is the address of a figure in its report, where figures are marked.
func Figure(f *baogao.FoundFigure, s State) string {
	_, paragraph, _, _ := baogao.ParsePassageID(f.Passage)
	s.Numbers = true
	return Report(f.Meta.ID, s, "", PartOf(paragraph)) + "#" + FigureAnchor(f.Passage, f.Start)
}

// FigureAnchor is the name of a figure within its report: p17-n8.
func FigureAnchor(passage string, start int) string {
	return Anchor(passage) + "-n" + strconv.Itoa(start)
}

// cameFrom is the view that the page of a report leads back to.
func cameFrom(v url.Values) View {
	if from := View(v.Get("from")); from == Figures || from == Indicator {
		return from
	}
	return ""
}

// isReport reports whether a path is that of the page of a report.
func isReport(path string) bool { return strings.HasPrefix(path, "/reports/") }
