package pages

import (
	"cmp"
	"net/url"
	"slices"

	"baogao/internal/web/address"
)

// byCode is the order of rows by the codes of their divisions. Without an order those
// with the most reports come first, and with a year those with the most of it.
const byCode = "code"

// arrange puts the rows that something is held of in an order, and names the others
// apart: holes must not be louder than what there is.
func (g *corpusPage) arrange(s address.State, region, order string) {
	held := g.Rows[:0:0]
	for _, r := range g.Rows {
		if r.Reports > 0 {
			held = append(held, r)
		} else {
			g.Empty = append(g.Empty, choice{Name: r.Name, Link: r.Link})
		}
	}
	year := slices.IndexFunc(g.Years, func(c column) bool { return c.Value == order })
	if order != byCode {
		slices.SortStableFunc(held, func(a, b row) int {
			first := 0
			if year >= 0 {
				first = cmp.Compare(b.Cells[year].Reports, a.Cells[year].Reports)
			}
			return cmp.Or(first, cmp.Compare(b.Reports, a.Reports))
		})
	}
	g.Rows = held
	for i := range g.Years {
		g.Years[i].Link, g.Years[i].Chosen = orderURL(s, region, g.Years[i].Value), i == year
	}
	g.ByReports = choice{"合计", orderURL(s, region, ""), year < 0 && order != byCode}
	g.ByCode = choice{"地区", orderURL(s, region, byCode), order == byCode}
}

// orderURL is the address of the corpus page in an order.
func orderURL(s address.State, region, order string) string {
	to := corpusURL(s, region)
	if order == "" {
		return to
	}
	u, err := url.Parse(to)
	if err != nil {
		return to
	}
	v := u.Query()
	v.Set("order", order)
	return u.Path + "?" + v.Encode()
}
