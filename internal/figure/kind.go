package figure

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
