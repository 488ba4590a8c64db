package pages

import (
	"fmt"

	"baogao"
	"baogao/internal/web/address"
)

func sortsOf(s address.State) []choice {
	var all []choice
	for _, by := range []baogao.Sort{baogao.ByRelevance, baogao.ByYearDown, baogao.ByYear, baogao.ByRegion} {
		t := s.Anew()
		t.Sort = by
		all = append(all, choice{sortNames[by], t.URL(), by == s.Sort || by == baogao.ByRelevance && s.Sort == ""})
	}
	return all
}

func limitsOf(s address.State) []choice {
	var all []choice
	for _, n := range address.Limits {
		t := s.Anew()
		t.Limit = n
		all = append(all, choice{fmt.Sprint(n), t.URL(), n == s.Limit})
	}
	return all
}

// A pager leads to other pages of a result.
type pager struct {
	Page, Pages int
	First, Last string // addresses; "" where there is no such page, or it is this one
	Prev, Next  string
	Near        []choice // pages around this one
}

func pagerOf(s address.State, passages int) pager {
	g := pager{Page: s.Page, Pages: (passages + s.Limit - 1) / s.Limit}
	if g.Page > 1 && g.Pages > 0 {
		g.First, g.Prev = s.AtPage(1).URL(), s.AtPage(min(g.Page-1, g.Pages)).URL()
	}
	if g.Page < g.Pages {
		g.Next = s.AtPage(g.Page + 1).URL()
	}
	if g.Pages > 0 && g.Page != g.Pages {
		g.Last = s.AtPage(g.Pages).URL()
	}
	const beside = 3
	for n := max(1, g.Page-beside); n <= min(g.Pages, g.Page+beside); n++ {
		g.Near = append(g.Near, choice{fmt.Sprint(n), s.AtPage(n).URL(), n == g.Page})
	}
	return g
}
