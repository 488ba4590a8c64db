package index

import (
	"cmp"
	"maps"
	"slices"

	"baogao"
)

// A figureGroup counts the figures of one key.
type figureGroup struct {
	figures         int
	reports         map[uint32]bool
	regions         map[string]bool
	years           map[int]bool
	units, wordings map[string]int
}

// groups counts the figures of some keys, from one on: those with the most figures
// come first.
func (s *figures) groups(from, limit int) []baogao.FigureGroup {
	counts := make([]int, len(s.columns.Keys))
	for i := range s.all {
		counts[s.columns.KeyOf[s.all[i].name]]++
	}
	var keys []uint32
	for key, n := range counts {
		if n > 0 {
			keys = append(keys, uint32(key))
		}
	}
	slices.SortFunc(keys, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(s.columns.Keys[a], s.columns.Keys[b]))
	})
	from = min(from, len(keys))
	keys = keys[from : from+min(limit, len(keys)-from)]
	shown := make(map[uint32]*figureGroup, len(keys))
	for _, key := range keys {
		shown[key] = &figureGroup{reports: map[uint32]bool{}, regions: map[string]bool{}, years: map[int]bool{}, units: map[string]int{}, wordings: map[string]int{}}
	}
	for i := range s.all {
		if g := shown[s.columns.KeyOf[s.all[i].name]]; g != nil {
			s.count(g, &s.all[i])
		}
	}
	groups := make([]baogao.FigureGroup, 0, len(keys))
	for _, key := range keys {
		groups = append(groups, shown[key].told(s.columns.Keys[key]))
	}
	return groups
}

// told is the group as it is told.
func (g *figureGroup) told(key string) baogao.FigureGroup {
	t := baogao.FigureGroup{
		Key: key, Figures: g.figures, Reports: len(g.reports), Regions: len(g.regions), Years: len(g.years),
		Units: byFrequency(g.units), Wordings: []baogao.FigureWording{},
	}
	for _, w := range byFrequency(g.wordings) {
		t.Wordings = append(t.Wordings, baogao.FigureWording{Indicator: w, Figures: g.wordings[w]})
	}
	return t
}

// count counts a figure.
func (s *figures) count(g *figureGroup, at *foundAt) {
	name := &s.columns.Names[at.name]
	report := s.gen.Records[at.Ordinal].Report
	meta := &s.gen.Entry(int(report)).Meta
	g.figures++
	g.reports[report] = true
	if !meta.Region.IsZero() {
		g.regions[cmp.Or(meta.Region.Code, meta.Region.Name)] = true
	}
	if at.year != 0 {
		g.years[int(at.year)] = true
	}
	g.units[name.Unit]++
	g.wordings[name.Indicator]++
}

// byFrequency lists what was counted, the most frequent first.
func byFrequency(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}
