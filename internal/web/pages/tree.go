package pages

import (
	"cmp"
	"slices"

	"baogao"
	"baogao/internal/web/address"
)

// A division is a node of the tree of regions beside a result, with all that
// matches in it.
type division struct {
	Value    string // as the filter takes it
	Name     string
	Passages int
	Reports  int
	Below    []*division // the most passages first

	Selected bool
	Unfolded bool
	Link     string // to the passages that are counted
	Toggle   string // address that filters on it too, or no more
	Unfold   string // address that shows what lies in it, or no more; "" where nothing does or it must stay unfolded
}

// treeOf adds cells up along the paths of their regions.
func treeOf(cells []baogao.Cell) *division {
	root := &division{}
	at := map[string]*division{}
	step := func(above *division, value, name string, c baogao.Cell) *division {
		d := at[value]
		if d == nil {
			d = &division{Value: value, Name: name}
			at[value] = d
			above.Below = append(above.Below, d)
		}
		d.Passages += c.Passages
		d.Reports += c.Reports
		return d
	}
	for _, c := range cells {
		d := root
		codes := c.Region.Codes()
		for i, code := range codes {
			if code != baogao.CountryCode {
				d = step(d, code, c.Region.Path[min(i, len(c.Region.Path)-1)], c)
			}
		}
		switch {
		case len(codes) == 0 && c.Region.Name == "":
			step(root, baogao.Unknown, unknownRegion, c)
		case len(codes) == 0:
			step(root, c.Region.Name, c.Region.Name, c)
		default:
			step(d, baogao.Itself+c.Region.Code, ownName(c.Region), c)
		}
	}
	root.settle()
	return root
}

// ownName is what the reports of a region without the divisions in it are
// called.
func ownName(r baogao.Region) string {
	if r.Code == baogao.CountryCode {
		return wholeCountry
	}
	return r.Path[len(r.Path)-1] + "本级"
}

// settle puts the divisions in order, and drops a division's own reports where
// nothing else lies in it.
func (d *division) settle() {
	if len(d.Below) == 1 && d.Below[0].Value == baogao.Itself+d.Value {
		d.Below = nil
	}
	slices.SortFunc(d.Below, func(a, b *division) int {
		return cmp.Or(
			cmp.Compare(last(a.Value), last(b.Value)), cmp.Compare(b.Passages, a.Passages), cmp.Compare(a.Value, b.Value))
	})
	for _, b := range d.Below {
		b.settle()
	}
}

func last(value string) int {
	if value == baogao.Unknown {
		return 1
	}
	return 0
}

// link gives the divisions their addresses in a state, and reports whether one
// of them is filtered on. What is filtered on and what leads to it is unfolded.
func (d *division) link(s address.State, above ...string) (selected bool) {
	inside := false
	for _, b := range d.Below {
		inside = b.link(s, append(slices.Clone(above), d.Value)...) || inside
	}
	d.Selected, d.Link = s.Has("region", d.Value), s.Only("region", d.Value).ByPassage().URL()
	t := s.Toggled("region", d.Value)
	t.Filters["region"] = slices.DeleteFunc(t.Filters["region"], func(v string) bool {
		return slices.Contains(above, v) || d.holds(v)
	})
	d.Toggle = t.URL()
	d.Unfolded = len(d.Below) > 0 && (d.Selected || inside || slices.Contains(s.Open, d.Value))
	if len(d.Below) > 0 && !d.Selected && !inside {
		d.Unfold = s.Unfolded(d.Value).URL() + "#regions"
	}
	return d.Selected || inside
}

// passagesIn is how many passages match in the division with a code.
func (d *division) passagesIn(code string) int {
	for _, b := range d.Below {
		if b.Value == code {
			return b.Passages
		}
		if n := b.passagesIn(code); n > 0 {
			return n
		}
	}
	return 0
}

// holds reports whether a filter on d is one on a division below it too.
func (d *division) holds(value string) bool {
	return slices.ContainsFunc(d.Below, func(b *division) bool { return b.Value == value || b.holds(value) })
}

// shownAtOnce is how many divisions of a list are shown before the rest is
// folded away.
const shownAtOnce = 12

// First and Rest are the divisions that are shown at once and those that are
// folded away. What is filtered on or unfolded is always shown.
func (d *division) First() []*division {
	return slices.DeleteFunc(slices.Clone(d.Below), func(b *division) bool { return d.isRest(b) })
}

func (d *division) Rest() []*division {
	return slices.DeleteFunc(slices.Clone(d.Below), func(b *division) bool { return !d.isRest(b) })
}

func (d *division) isRest(b *division) bool {
	return len(d.Below) > shownAtOnce+2 && slices.Index(d.Below, b) >= shownAtOnce && !b.Selected && !b.Unfolded
}
