package study

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"baogao"
)

// Outliers tell figures that are ten times as much as others like them, or a tenth:
// where 万 or 亿 was misread, by the source or by us, a value is that far off. What a
// figure is set beside is the median of what its own place says of the indicator, where
// it says at least three values, else that of all places of its level, where there are
// at least five. It is marked and stays where it is: a place may differ that much.
type Outliers struct {
	places, groups map[series][]float64
	told           map[saying]bool
	medians        map[series]float64
}

// How far is far, and how many values a median is made of at least.
const (
	farTimes   = 10
	leastPlace = 3
	leastGroup = 5
)

// What an outlier is set beside.
const (
	BesidePlace = "place"
	BesideGroup = "group"
)

// A series is figures that can be set beside each other: of one place, or of all of a
// level.
type series struct {
	region, level, key, unit, period string
}

// A saying is a value that a report says, however often.
type saying struct {
	report, key, unit, period string
	value                     float64
}

// NewOutliers knows no figures yet.
func NewOutliers() *Outliers {
	return &Outliers{map[series][]float64{}, map[series][]float64{}, map[saying]bool{}, map[series]float64{}}
}

// scaled are the kinds whose values are written with 万 and 亿.
var scaled = []baogao.FigureKind{"count", "amount", "area", "quantity"}

// Add adds a figure to those that others are set beside. What a report says again
// counts once.
func (o *Outliers) Add(f *baogao.FoundFigure) {
	said := saying{f.Report, f.Key, f.Unit, f.Period, f.Value}
	if f.Value <= 0 || !slices.Contains(scaled, f.Kind) || o.told[said] {
		return
	}
	o.told[said] = true
	place, group := seriesOf(f)
	if !f.Meta.Region.IsZero() {
		o.places[place] = append(o.places[place], f.Value)
	}
	o.groups[group] = append(o.groups[group], f.Value)
	clear(o.medians)
}

func seriesOf(f *baogao.FoundFigure) (place, group series) {
	group = series{level: cmp.Or(string(f.Meta.Level), baogao.Unknown), key: f.Key, unit: f.Unit, period: f.Period}
	place = group
	place.region = regionID(f.Meta.Region)
	return place, group
}

// Of tells what a figure is far from, nil where it is not, or where too little is
// known to tell.
func (o *Outliers) Of(f *baogao.FoundFigure) *baogao.Outlier {
	if f.Value <= 0 || !slices.Contains(scaled, f.Kind) {
		return nil
	}
	place, group := seriesOf(f)
	beside, median := BesidePlace, 0.0
	switch {
	case len(o.places[place]) >= leastPlace:
		median = o.median(place, o.places)
	case len(o.groups[group]) >= leastGroup:
		beside, median = BesideGroup, o.median(group, o.groups)
	default:
		return nil
	}
	if times := f.Value / median; times < farTimes && times > 1.0/farTimes {
		return nil
	}
	return &baogao.Outlier{Beside: beside, Median: median}
}

// median is the middle of the values of a series.
func (o *Outliers) median(s series, of map[series][]float64) float64 {
	if m, ok := o.medians[s]; ok {
		return m
	}
	values := slices.Sorted(slices.Values(of[s]))
	n := len(values)
	m := values[n/2]
	if n%2 == 0 {
		m = (values[n/2-1] + m) / 2
	}
	o.medians[s] = m
	return m
}

// markOutliers marks figures that are far from each other.
func markOutliers(all []*baogao.FoundFigure) {
	far := NewOutliers()
	for _, f := range all {
		far.Add(f)
	}
	for _, f := range all {
		f.Outlier = far.Of(f)
	}
}

// Figures tells the figures that match, as a Figurer does. Where an indicator or a key
// is asked for, figures far from others that match are marked, whatever bounds and part
// of the result are asked for.
func Figures(ctx context.Context, from baogao.Figurer, req baogao.Request, by baogao.FigureFilter) (*baogao.FigureResult, error) {
	res, err := from.Figures(ctx, req, by)
	if err != nil || len(res.Figures) == 0 || !isOfOne(by) {
		return res, err
	}
	far, err := outliersOf(ctx, from, req, by)
	if err != nil {
		return nil, err
	}
	for i := range res.Figures {
		res.Figures[i].Outlier = far.Of(&res.Figures[i])
	}
	return res, nil
}

// EachFigure yields them all likewise, for which they are gone through twice.
func EachFigure(ctx context.Context, from baogao.Figurer, req baogao.Request, by baogao.FigureFilter) iter.Seq2[*baogao.FoundFigure, error] {
	if !isOfOne(by) {
		return from.EachFigure(ctx, req, by)
	}
	return func(yield func(*baogao.FoundFigure, error) bool) {
		far, err := outliersOf(ctx, from, req, by)
		if err != nil {
			yield(nil, err)
			return
		}
		for f, err := range from.EachFigure(ctx, req, by) {
			if err == nil {
				f.Outlier = far.Of(f)
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// isOfOne reports whether a filter asks for what can be set beside each other.
func isOfOne(by baogao.FigureFilter) bool { return !by.Grouped && (by.Key != "" || by.Indicator != "") }

// outliersOf knows all figures of a request within a filter, but for its bounds.
func outliersOf(ctx context.Context, from baogao.Figurer, req baogao.Request, by baogao.FigureFilter) (*Outliers, error) {
	by.Min, by.Max, by.Offset, by.Limit, by.Sort = nil, nil, 0, 0, baogao.ByHit
	far := NewOutliers()
	for f, err := range from.EachFigure(ctx, req, by) {
		if err != nil {
			return nil, err
		}
		far.Add(f)
	}
	return far, nil
}
