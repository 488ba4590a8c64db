package figure

import "baogao/internal/figure/number"

// statuses tells of each number whether it was reached.
func (r *reader) statuses() {
	for i, n := range r.found {
		n.status = r.status(n)
		if n.earlier {
			n.earlier = r.reaches(i)
		}
		if n.earlier && n.status == Achieved {
			n.status = Earlier
		}
	}
}

// reaches reports whether the list that an old value stands in is followed by
// the new one: 由A增至B.
func (r *reader) reaches(i int) bool {
	n := r.found[i]
	for j := i + 1; j < len(r.found) && r.found[j].clause == n.clause; j++ {
		if m := r.found[j]; !m.earlier {
			return m.levelled || m.Ranked || m.Grown || r.LastIndex(span(n.Next, m.Start), "到") >= 0 || r.LastIndex(span(n.Next, m.Start), "至") >= 0
		}
	}
	return false
}

// status is target in what is planned, by the place of the passage, or by the
// words before the number in its clause.
func (r *reader) status(n *mention) Status {
	if r.Plan {
		return Target
	}
	for i := n.clause.From; i < n.Start; i++ {
		text := r.Folded[i:n.Start]
		later := text[0] == '到' && r.Year > 0 && r.yearIn(text[:min(6, len(text))]) > r.Year // 到2030年
		if later || planned.Prefix(text) > 1 {
			return Target
		}
	}
	return Achieved
}

// kinds tells of each number what kind it is of.
func (r *reader) kinds() {
	for _, n := range r.found {
		if n.Kind == "" || n.Kind == Rank {
			n.Kind = r.kind(n)
		}
	}
}

func (r *reader) kind(n *mention) Kind {
	k := number.KindOf[n.Unit]
	switch {
	case n.Ranked:
		return Rank
	case n.gap != (number.Span{}):
		return Gap
	case n.levelled && n.Unit != "个百分点":
		if n.Unit == "倍" {
			return Index
		}
		return k
	case n.Unit == "%" || n.Unit == "‰":
		if n.Grown || r.EndsWith(n.lead.To, "增速", "涨幅", "增幅", "增长率", "降幅", "增长速度") {
			return Growth
		}
		return Rate
	case n.Unit == "倍":
		if n.Grown || r.EndsWith(n.Start, "增", "增长", "翻", "扩大") {
			return Growth
		}
		return Index
	case (k == Amount || k == Duration) && n.Grown:
		return Growth
	case k == "":
		return Count
	}
	return k
}
