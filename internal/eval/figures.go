package eval

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Figure is a figure of a passage, as it was labelled by reading or as the
// program reads it. Places are in code points.
type Figure struct {
	Start, End  int
	Raw         string
	Value       float64
	Unit        string
	Kind        string
	Direction   string
	Approximate bool
	Bound       string
	Status      string
	Year        int
	Indicators  []string // names that are right; of those the program gives, the first counts
	Optional    bool     // may be found or not
}

// Figures are what was labelled in a passage and what was found there.
type Figures struct {
	Passage     string
	Gold, Found []Figure
}

// Reading says how well figures are read. All counts but Gold and Found are of
// figures that were found with value and unit.
type Reading struct {
	Passages, Gold, Found                  int
	ValueUnit, Indicator, Full             int // right in that; Full in indicator, kind and status
	Kind, Status, Year, Approximate, Bound int
	Directed, Direction                    int // growths and gaps, and those whose direction is right
	ByKind                                 map[string]Reading
	empty, spurious                        int
}

// A FigureScorer measures figures by the rules that they were labelled under.
// Fold makes characters of both scripts alike.
type FigureScorer struct{ Fold func(rune) rune }

// Score measures what was found in some passages.
func (s FigureScorer) Score(list []Figures) Reading {
	total := Reading{ByKind: map[string]Reading{}}
	for _, f := range list {
		s.passage(&total, f)
	}
	return total
}

// passage adds one passage to a measure.
func (s FigureScorer) passage(total *Reading, f Figures) {
	total.Passages++
	matched := s.match(f)
	total.Found += len(f.Found)
	if len(f.Gold) == 0 {
		total.empty++
		total.spurious += len(f.Found)
	}
	for i, gold := range f.Gold {
		m, ok := matched[i]
		if gold.Optional {
			if ok {
				total.Found--
			}
			continue
		}
		total.Gold++
		kind := total.ByKind[gold.Kind]
		kind.Gold++
		if ok && m.unit {
			found := f.Found[m.found]
			total.add(gold, found, m.named)
			kind.add(gold, found, m.named)
		}
		total.ByKind[gold.Kind] = kind
	}
}

// add adds one figure whose value and unit were found.
func (r *Reading) add(gold, found Figure, named bool) {
	count := func(n *int, right bool) {
		if right {
			*n++
		}
	}
	r.ValueUnit++
	count(&r.Indicator, named)
	count(&r.Kind, gold.Kind == found.Kind)
	count(&r.Status, gold.Status == found.Status)
	count(&r.Full, named && gold.Kind == found.Kind && gold.Status == found.Status)
	count(&r.Year, gold.Year == found.Year)
	count(&r.Approximate, gold.Approximate == found.Approximate)
	count(&r.Bound, gold.Bound == found.Bound)
	if gold.Kind == "growth" || gold.Kind == "gap" {
		r.Directed++
		count(&r.Direction, cmp.Or(gold.Direction, "up") == cmp.Or(found.Direction, "up"))
	}
}

// A pairing sets a figure that was found beside a labelled one.
type pairing struct {
	gold, found, distance int
	unit, named           bool
	likeness              float64
}

// match sets what was found beside what was labelled, each once: where they
// overlap and agree in value, the best first.
func (s FigureScorer) match(f Figures) map[int]pairing {
	var list []pairing
	for i, g := range f.Gold {
		for j, found := range f.Found {
			gv, gu := s.measure(g)
			v, u := s.measure(found)
			if found.Start >= g.End || g.Start >= found.End || math.Abs(gv-v) > 1e-6*max(1, math.Abs(gv), math.Abs(v)) {
				continue
			}
			named, likeness := s.named(g, found)
			list = append(list, pairing{i, j, max(g.Start-found.Start, found.Start-g.Start), gu == u || gu == "" && (u == "人" || u == "名"), named, likeness})
		}
	}
	slices.SortStableFunc(list, func(a, b pairing) int {
		return cmp.Or(descending(a.unit, b.unit), descending(a.named, b.named), cmp.Compare(b.likeness, a.likeness), cmp.Compare(a.distance, b.distance))
	})
	matched, taken := map[int]pairing{}, map[int]bool{}
	for _, p := range list {
		if _, ok := matched[p.gold]; !ok && !taken[p.found] {
			matched[p.gold], taken[p.found] = p, true
		}
	}
	return matched
}

func descending(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// unitNames are units that are the same under another name.
var unitNames = map[string]string{"人民币": "元", "m2": "平方米", "㎡": "平方米"}

var (
	counted = regexp.MustCompile(`^个(百分点|工作日|月$)`)
	powers  = []struct {
		word  string
		value float64
	}{{"百万", 1e6}, {"千万", 1e7}, {"万亿", 1e12}, {"万", 1e4}, {"亿", 1e8}, {"千", 1e3}, {"百", 1e2}}
	powerless = []string{"百分点", "千瓦", "千瓦时", "千米", "千伏", "千克", "千伏安"}
)

// measure is the value of a figure and its unit, without powers of ten in it.
func (s FigureScorer) measure(f Figure) (float64, string) {
	unit := counted.ReplaceAllString(strings.ReplaceAll(s.fold(f.Unit), " ", ""), "$1")
	if name, ok := unitNames[unit]; ok {
		unit = name
	}
	value := f.Value
	if !slices.Contains(powerless, unit) {
		for _, p := range powers {
			if rest, ok := strings.CutPrefix(unit, p.word); ok {
				value, unit = value*p.value, rest
				break
			}
		}
	}
	if unit == "成" {
		value, unit = value*10, "%"
	}
	return value, unit
}

func (s FigureScorer) fold(text string) string {
	return strings.Map(func(c rune) rune {
		c = s.Fold(c)
		if c > 0xff00 && c < 0xff5f {
			c -= 0xfee0
		}
		return c
	}, text)
}

// Words that may stand in a name or not.
var (
	dropped   = regexp.MustCompile(`[\s“”"'‘’「」『』《》〈〉()（）\[\]【】·…、,，:：;；]|的|各类|各级|各项|共计|累计`)
	inFront   = regexp.MustCompile(`^(?:\d{4}年度?|全年|今年|去年|目前|全国|全省|全市|全区|全县|全州|我省|我市|我区|本级|年内|累计|共计|一共|共|各类|其中|预计|力争|确保|成功|完成|实现|已|均|同比|分别)+`)
	growing   = regexp.MustCompile(`(?:年均|同比|环比|较上年|比上年)?(?:增长率?|增速|增幅|涨幅|下降|降幅|降低|提高|提升|上升|上涨|减少|增加|压减|压缩|提速|净增|扩大)+(?:幅度|了)?$`)
	since     = regexp.MustCompile(`(?:年均|同比|环比)$`)
	ranking   = regexp.MustCompile(`(?:排名|位次|排位|居|位居|列|位列)?(?:全国|全省|全市|全区|全州|西部|省|市)?(?:排名|位次)?$`)
	lightVerb = regexp.MustCompile(`^(?:组织|开展|举办|打造|推出|提供|落实|搭建|实施|聚焦|设置|设立|推动|推进|加快|加强|完成|实现|达到?|成功|共|全力|积极|大力|做好|抓好|做到|争取|梳理|建立|建成|创建)`)
)

// name is a name in the form in which names are compared.
func (s FigureScorer) name(name, kind string) string {
	name = dropped.ReplaceAllString(s.fold(name), "")
	for before := "\x00"; name != before; {
		before = name
		name = inFront.ReplaceAllString(name, "")
	}
	if kind == "growth" || kind == "gap" {
		name = cmp.Or(growing.ReplaceAllString(name, ""), name)
		name = cmp.Or(since.ReplaceAllString(name, ""), name)
	}
	if kind == "rank" {
		name = cmp.Or(ranking.ReplaceAllString(name, ""), name)
	}
	return name
}

// withoutLight is a name without light verbs in front, of which two characters
// must be left.
func withoutLight(name string) string {
	rest := name
	for {
		at := lightVerb.FindStringIndex(rest)
		if at == nil || utf8.RuneCountInString(rest[at[1]:]) < 2 {
			return rest
		}
		rest = rest[at[1]:]
	}
}

// named reports whether a name that was found is among those that are right,
// and how like it is to the likest.
func (s FigureScorer) named(gold, found Figure) (bool, float64) {
	if len(found.Indicators) == 0 {
		return false, 0
	}
	name := s.name(found.Indicators[0], gold.Kind)
	right, best := false, 0.0
	for _, g := range gold.Indicators {
		g = s.name(g, gold.Kind)
		right = right || name != "" && (name == g || withoutLight(name) == withoutLight(g))
		best = max(best, dice(name, g))
	}
	return right, best
}

// dice is the likeness of two names by the pairs of characters they share, from
// 0 to 1.
func dice(a, b string) float64 {
	x, y := pairs(a), pairs(b)
	shared, all := 0, 0
	for p, n := range x {
		shared += min(n, y[p])
		all += n
	}
	for _, n := range y {
		all += n
	}
	if a == "" || b == "" {
		return 0
	}
	return 2 * float64(shared) / float64(all)
}

func pairs(s string) map[string]int {
	runes := []rune(s)
	found := map[string]int{}
	if len(runes) == 1 {
		found[s]++
	}
	for i := 1; i < len(runes); i++ {
		found[string(runes[i-1:i+1])]++
	}
	return found
}

// PrintFigures writes how well figures are read, in percent.
func PrintFigures(w io.Writer, name string, r Reading) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s: %d passages, %d figures, %d found, %d of them in the %d passages without any\n", name, r.Passages, r.Gold, r.Found, r.spurious, r.empty)
	fmt.Fprintf(&b, "  %-24s %10s %8s %8s\n", "right", "precision", "recall", "F1")
	for _, line := range []struct {
		name string
		n    int
	}{{"value and unit", r.ValueUnit}, {"and indicator", r.Indicator}, {"and kind and status", r.Full}} {
		fmt.Fprintf(&b, "  %-24s %10.1f %8.1f %8.1f\n", line.name, 100*ratio(line.n, r.Found), 100*ratio(line.n, r.Gold), 200*ratio(line.n, r.Found+r.Gold))
	}
	fmt.Fprintf(&b, "  of %d found: indicator %.1f, kind %.1f, status %.1f, year %.1f, approximate %.1f, bound %.1f, direction %.1f\n",
		r.ValueUnit, 100*ratio(r.Indicator, r.ValueUnit), 100*ratio(r.Kind, r.ValueUnit), 100*ratio(r.Status, r.ValueUnit),
		100*ratio(r.Year, r.ValueUnit), 100*ratio(r.Approximate, r.ValueUnit), 100*ratio(r.Bound, r.ValueUnit), 100*ratio(r.Direction, r.Directed))
	fmt.Fprintf(&b, "  %-12s %8s %8s %10s %8s %8s\n", "kind", "figures", "recall", "indicator", "kind", "status")
	kinds := slices.SortedFunc(maps.Keys(r.ByKind), func(a, c string) int {
		return cmp.Or(cmp.Compare(r.ByKind[c].Gold, r.ByKind[a].Gold), cmp.Compare(a, c))
	})
	for _, kind := range kinds {
		k := r.ByKind[kind]
		fmt.Fprintf(&b, "  %-12s %8d %8.1f %10.1f %8.1f %8.1f\n", kind, k.Gold, 100*ratio(k.ValueUnit, k.Gold), 100*ratio(k.Indicator, k.ValueUnit), 100*ratio(k.Kind, k.ValueUnit), 100*ratio(k.Status, k.ValueUnit))
	}
	_, err := b.WriteTo(w)
	return err
}
