package figure

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
			return m.levelled || m.ranked || m.grown || r.lastIndex(span{n.next, m.start}, "到") >= 0 || r.lastIndex(span{n.next, m.start}, "至") >= 0
		}
	}
	return false
}

// status is target in what is planned, by the place of the passage, or by the
// words before the number in its clause.
func (r *reader) status(n *number) Status {
	if r.Plan {
		return Target
	}
	for i := n.clause.from; i < n.start; i++ {
		text := r.folded[i:n.start]
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
		if n.kind == "" || n.kind == Rank {
			n.kind = r.kind(n)
		}
	}
}

func (r *reader) kind(n *number) Kind {
	k := kindOf[n.unit]
	switch {
	case n.ranked:
		return Rank
	case n.gap != (span{}):
		return Gap
	case n.levelled && n.unit != "个百分点":
		if n.unit == "倍" {
			return Index
		}
		return k
	case n.unit == "%" || n.unit == "‰":
		if n.grown || r.endsWith(n.lead.to, "增速", "涨幅", "增幅", "增长率", "降幅", "增长速度") {
			return Growth
		}
		return Rate
	case n.unit == "倍":
		if n.grown || r.endsWith(n.start, "增", "增长", "翻", "扩大") {
			return Growth
		}
		return Index
	case (k == Amount || k == Duration) && n.grown:
		return Growth
	case k == "":
		return Count
	}
	return k
}
