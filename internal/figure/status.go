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
		if size := planned.Prefix(r.folded[i:n.start]); size > 1 {
			return Target
		}
		if size := r.futureYear(i); size > 0 {
			return Target
		}
	}
	return Achieved
}

// futureYear is the length of 到2030年 at a place, of a year later than the one
// reported on, 0 if none stands there.
func (r *reader) futureYear(i int) int {
	if r.at(i) != '到' && r.at(i) != '至' || r.Year == 0 {
		return 0
	}
	if y := r.yearIn(r.folded[i:min(i+6, len(r.folded))]); y > r.Year {
		return 6
	}
	return 0
}
