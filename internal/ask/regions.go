package ask

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/gazetteer"
	"baogao/query"
)

// Regions returns the divisions that a code, a full name or a short one may
// mean, the likeliest first; none for what is no division.
func Regions(name string) []baogao.Region { return gazetteer.Resolve(name) }

// Meant is Regions without those that lie in others of them, for a name that may
// begin with baogao.Itself.
func Meant(name string) []baogao.Region {
	_, plain := cutItself(name)
	return baogao.Outermost(gazetteer.Resolve(plain))
}

// regionList takes a list of regions apart. A name of a region without a code may
// hold a comma, so it is a list only where each name in it is one of a division.
func regionList(name string) []string {
	names := query.List(name)
	if slices.ContainsFunc(names, func(n string) bool { return !query.IsUnknown(n) && len(Meant(n)) == 0 }) {
		return []string{name}
	}
	return names
}

// Below returns the divisions directly below the one with a code.
func Below(code string) []baogao.Region { return gazetteer.Below(code) }

// cutItself cuts baogao.Itself off the name of a region, which it folds.
func cutItself(name string) (itself, plain string) {
	plain = strings.TrimSpace(analyzer.Fold(name))
	if rest, ok := strings.CutPrefix(plain, baogao.Itself); ok {
		return baogao.Itself, rest
	}
	return "", plain
}

// codeOf is the filter value of a name that means one region. Other names stay
// as they are.
func codeOf(name string) string {
	if query.IsUnknown(name) {
		return baogao.Unknown
	}
	if found := Meant(name); len(found) == 1 {
		itself, _ := cutItself(name)
		return itself + found[0].Code
	}
	return name
}

// Choosing returns what was typed with the code of one of its regions for a
// name, wherever that is asked for. What is left out stays.
func (t Typed) Choosing(n Named, code string) Typed {
	_, wanted := cutItself(n.Name)
	choose := func(value string) string {
		if itself, plain := cutItself(value); plain == wanted {
			return itself + code
		}
		return value
	}
	t.Regions = texts(t.Regions, choose)
	parsed, chosen := query.Parse(t.Question), false
	root := query.Map(parsed.Root, func(leaf query.Node, negated bool) query.Node {
		if f, ok := leaf.(query.Field); ok && f.Name == "region" && !negated {
			value := choose(f.Value)
			chosen = chosen || value != f.Value
			return query.Field{Name: f.Name, Value: value}
		}
		return leaf
	})
	if chosen {
		t.Question = (&query.Query{Root: root, Within: parsed.Within}).String()
	}
	return t
}

// regions resolves the names of regions for one question.
type regions struct {
	ctx       context.Context
	s         baogao.Searcher
	copies    bool          // regions that only copies are of are names too
	held      []baogao.Cell // what the index holds, once it was asked
	asked     bool
	warnings  []query.Warning
	ambiguous []Named
	err       error // of the index
}

// all resolves names that are alternatives.
func (r *regions) all(names []string) []string {
	var wanted []string
	for _, name := range names {
		for _, one := range r.list(name) {
			wanted = append(wanted, r.values(one, false)...)
		}
	}
	return wanted
}

// list takes a list of regions apart, unless the index holds a region of that
// name.
func (r *regions) list(name string) []string {
	names := query.List(name)
	if len(names) == 1 {
		return []string{name}
	}
	if _, plain := cutItself(name); len(r.heldAs(plain, true)) > 0 {
		return []string{name}
	}
	return names
}

// named resolves the name in a leaf that asks for a region.
func (r *regions) named(leaf query.Node, negated bool) query.Node {
	f, ok := leaf.(query.Field)
	if !ok || f.Name != "region" {
		return leaf
	}
	var any query.Or
	for _, v := range r.values(f.Value, negated) {
		any = append(any, query.Field{Name: f.Name, Value: v})
	}
	if len(any) == 1 {
		return any[0]
	}
	return any
}

// values resolves what a person wrote for a region into the values of filters. A
// name of several regions stands for all of them, and a warning lists them.
// negated says that the question leaves it out.
func (r *regions) values(name string, negated bool) []string {
	if query.IsUnknown(name) {
		return []string{baogao.Unknown}
	}
	itself, plain := cutItself(name)
	found := Meant(plain)
	var wanted []string
	for _, region := range found {
		wanted = append(wanted, region.Code)
	}
	wanted = append(wanted, r.heldAs(plain, len(found) == 0)...)
	r.warn(name, found, len(wanted))
	if len(found) > 1 && !negated {
		r.name(strings.TrimLeft(strings.TrimSpace(name), "=＝"), found)
	}
	for i := range wanted {
		wanted[i] = itself + wanted[i]
	}
	if len(wanted) == 0 {
		return []string{baogao.Nowhere}
	}
	return wanted
}

// name takes note of a name that several regions bear.
func (r *regions) name(name string, found []baogao.Region) {
	if !slices.ContainsFunc(r.ambiguous, func(n Named) bool { return n.Name == name }) {
		r.ambiguous = append(r.ambiguous, Named{name, found})
	}
}

// warn says that a name means no region, or several.
func (r *regions) warn(name string, found []baogao.Region, wanted int) {
	w := query.Warning{ID: RegionUnknown, Args: []string{name}}
	switch {
	case len(found) > 1:
		w = query.Warning{ID: RegionAmbiguous, Args: []string{name}}
		for _, region := range found {
			w.Args = append(w.Args, region.Code, region.Name, strconv.Itoa(r.reportsIn(region.Code)))
		}
	case wanted > 0:
		return
	}
	if !slices.ContainsFunc(r.warnings, func(o query.Warning) bool { return o.ID == w.ID && o.Args[0] == w.Args[0] }) {
		r.warnings = append(r.warnings, w)
	}
}

// cells are what the index holds by region and year.
func (r *regions) cells() []baogao.Cell {
	if !r.asked {
		r.asked = true
		res, err := r.s.Search(r.ctx, baogao.Request{Copies: r.copies, Cells: true, Limit: -1})
		if r.err = err; err == nil {
			r.held = res.Cells
		}
	}
	return r.held
}

// heldAs returns the filter values of regions that reports of the index have
// and that are called name: those without a code, and, where nothing else knows
// the name, those with one.
func (r *regions) heldAs(name string, coded bool) []string {
	var found []string
	for _, c := range r.cells() {
		value := c.Region.Code
		switch {
		case value == "":
			value = c.Region.Name
		case !coded:
			continue
		case slices.Contains(c.Region.Values(), name):
			value = name
		}
		called := value == name || analyzer.Fold(c.Region.Name) == name
		if value != "" && called && !slices.Contains(found, value) {
			found = append(found, value)
		}
	}
	return found
}

// HeldIn counts the reports that are held of each of some regions and of those in
// it.
func HeldIn(ctx context.Context, s baogao.Searcher, all []baogao.Region) ([]int, error) {
	r := regions{ctx: ctx, s: s}
	counts := make([]int, len(all))
	for i, region := range all {
		counts[i] = r.reportsIn(region.Code)
	}
	return counts, r.err
}

// reportsIn counts the reports that are held of a region.
func (r *regions) reportsIn(code string) int {
	n := 0
	for _, c := range r.cells() {
		if slices.Contains(c.Region.Values(), code) {
			n += c.Reports
		}
	}
	return n
}
