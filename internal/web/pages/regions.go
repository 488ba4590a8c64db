package pages

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"baogao"
	"baogao/query"
)

// An ambiguity is a name that several regions bear.
type ambiguity struct {
	Name    string
	Regions []choice
}

// useCodes writes codes for the names of regions that mean one region, so that
// links that add and remove them agree.
func (p *Pages) useCodes(s *state) {
	if p.options.Resolve == nil {
		return
	}
	for i, value := range s.Filters["region"] {
		name, itself := strings.CutPrefix(value, baogao.Itself)
		if found := baogao.Outermost(p.options.Resolve(name)); len(found) == 1 && !query.IsUnknown(name) {
			s.Filters["region"][i] = found[0].Code
			if itself {
				s.Filters["region"][i] = baogao.Itself + found[0].Code
			}
		}
	}
	s.Filters["region"] = compact(s.Filters["region"])
}

// compact drops values that stand twice.
func compact(values []string) []string {
	var kept []string
	for _, v := range values {
		if !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}

// regionName is what a value of the filter on regions is called.
func (p *Pages) regionName(value string) string {
	if query.IsUnknown(value) {
		return unknownRegion
	}
	code, itself := strings.CutPrefix(value, baogao.Itself)
	if p.options.Resolve == nil || strings.Trim(code, "0123456789") != "" {
		if itself {
			return code + "本级"
		}
		return value
	}
	found := p.options.Resolve(code)
	if len(found) == 0 {
		return value
	}
	if itself {
		return ownName(found[0])
	}
	return found[0].Name
}

// apart gives regions of one name, districts of several cities, their full names.
func (p *Pages) apart(values []baogao.FacetValue) []baogao.FacetValue {
	bearers := map[string]int{}
	for _, v := range values {
		bearers[v.Label]++
	}
	values = slices.Clone(values)
	for i, v := range values {
		code, _ := strings.CutPrefix(v.Value, baogao.Itself)
		if bearers[v.Label] < 2 || p.options.Resolve == nil {
			continue
		}
		if found := p.options.Resolve(code); len(found) == 1 {
			values[i].Label = found[0].Name
		}
	}
	return values
}

// ambiguities lists the regions that a name in the filters or in the question
// may mean, where there are several, with what matches in each.
func (p *Pages) ambiguities(s state, q *query.Query, tree *division) []ambiguity {
	if p.options.Resolve == nil {
		return nil
	}
	root := q.Root
	var all []ambiguity
	for _, name := range p.regionNames(s, root) {
		found := baogao.Outermost(p.options.Resolve(name))
		if len(found) < 2 {
			continue
		}
		a := ambiguity{Name: name}
		for _, r := range found {
			t := s.anew()
			if named := withRegion(root, name, r.Code); !reflect.DeepEqual(named, root) {
				t.Q = (&query.Query{Root: named, Within: q.Within}).String()
			}
			for i, value := range t.Filters["region"] {
				if strings.TrimPrefix(value, baogao.Itself) == name {
					t.Filters["region"][i] = strings.TrimSuffix(value, name) + r.Code
				}
			}
			name := fmt.Sprintf("%s（%d段）", r.Name, tree.passagesIn(r.Code))
			a.Regions = append(a.Regions, choice{Name: name, Link: t.URL()})
		}
		all = append(all, a)
	}
	return all
}

// regionNames lists the names of regions in the filters and in the question,
// without the sign that leaves out what lies in them.
func (p *Pages) regionNames(s state, root query.Node) []string {
	var names []string
	for _, name := range append(slices.Clone(s.Filters["region"]), regionsIn(root)...) {
		names = append(names, strings.TrimPrefix(name, baogao.Itself))
	}
	return compact(names)
}

// regionsIn lists the names that a question gives for regions it asks for.
func regionsIn(n query.Node) []string {
	var names []string
	switch n := n.(type) {
	case query.And:
		for _, part := range n {
			names = append(names, regionsIn(part)...)
		}
	case query.Or:
		for _, part := range n {
			names = append(names, regionsIn(part)...)
		}
	case query.Field:
		if n.Name == "region" {
			names = append(names, n.Value)
		}
	}
	return names
}

// withRegion gives a region that a question names by its code, wherever it is
// asked for.
func withRegion(n query.Node, name, code string) query.Node {
	switch n := n.(type) {
	case query.And:
		return query.And(withRegions(n, name, code))
	case query.Or:
		return query.Or(withRegions(n, name, code))
	case query.Field:
		if n.Name == "region" && strings.TrimPrefix(n.Value, baogao.Itself) == name {
			return query.Field{Name: n.Name, Value: strings.TrimSuffix(n.Value, name) + code}
		}
	}
	return n
}

func withRegions(parts []query.Node, name, code string) []query.Node {
	named := make([]query.Node, len(parts))
	for i, part := range parts {
		named[i] = withRegion(part, name, code)
	}
	return named
}
