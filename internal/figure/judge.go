package figure

import (
	"cmp"
	"strings"

	"baogao/internal/figure/number"
)

// A judge tells of each number what kind it is of, and whether it was reached.
type judge struct {
	*number.Text
	found mentions
	plan  bool // all stands in what is planned
	year  int  // that is reported on
}

// statuses tells of each number whether it was reached.
func (g *judge) statuses() {
	for i, n := range g.found {
		n.status = g.status(n)
		if n.earlier {
			n.earlier = g.reaches(i)
		}
		if n.earlier {
			n.status = Earlier
		}
	}
}

// reaches reports whether the list that an old value stands in is followed by
// the new one: 由A增至B.
func (g *judge) reaches(i int) bool {
	n := g.found[i]
	for j := i + 1; j < len(g.found) && g.found[j].clause == n.clause; j++ {
		if m := g.found[j]; !m.earlier {
			return m.levelled || m.Ranked || m.Grown || g.LastIndex(span(n.Next, m.Start), "到") >= 0 || g.LastIndex(span(n.Next, m.Start), "至") >= 0
		}
	}
	return false
}

// status is target in what is planned, by the place of the passage, or by the
// words before the number in its clause.
func (g *judge) status(n *mention) Status {
	if g.plan {
		return Target
	}
	for i := n.clause.From; i < n.Start; i++ {
		text := g.Folded[i:n.Start]
		later := text[0] == '到' && g.year > 0 && yearIn(text[:min(6, len(text))], g.year) > g.year // 到2030年
		if later || planned.Prefix(text) > 1 {
			return Target
		}
	}
	if g.aimedBefore(n) {
		return Target
	}
	return Achieved
}

// aimedBefore reports whether a clause before in the sentence aims at what follows:
// 力争收入增长6%，投资增长8%, up to a semicolon, and 主要预期目标是, up to the end. What
// is done already ends that.
func (g *judge) aimedBefore(n *mention) bool {
	parted := false
	for i := n.clause.From - 1; i >= n.sentence.From; i-- {
		switch text := g.Folded[i:n.clause.From]; {
		case g.HasAny(i, "已", "完成了", "实现了", "增长了") > 0:
			return false
		case text[0] == ';':
			parted = true
		case parted && !g.Has(i, "预期目标"):
		case aims.Prefix(text) > 0 && !g.Has(i, "力争上游") && !g.reachedGoal(i):
			return g.HasAny(n.clause.From, "已", "现有", "目前", "去年", "上年") == 0
		}
	}
	return false
}

// reachedGoal reports whether a goal at a place is one that was kept: 完成预期目标.
func (g *judge) reachedGoal(i int) bool {
	for k := i - 1; k >= max(0, i-8) && !number.IsBoundary(g.Folded[k]); k-- {
		if g.HasAny(k, "完成", "实现", "达到", "超", "好于", "高于", "达成", "优于", "快于") > 0 {
			return true
		}
	}
	return false
}

// kinds tells of each number what kind it is of.
func (g *judge) kinds() {
	for _, n := range g.found {
		if n.Kind == "" || n.Kind == Rank {
			n.Kind = g.kind(n)
		}
	}
}

func (g *judge) kind(n *mention) Kind {
	k := unitKind(n.Unit)
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
		if n.Grown || g.EndsWith(n.lead.To, "增速", "涨幅", "增幅", "增长率", "降幅", "增长速度") {
			return Growth
		}
		return Rate
	case n.Unit == "倍":
		if n.Grown || g.EndsWith(n.Start, "增", "增长", "翻", "扩大") {
			return Growth
		}
		return Index
	case (k == Amount || k == Duration) && n.Grown:
		return Growth
	}
	return k
}

// unitKind is the kind that a unit tells: of 吨/日 it is that of 吨, and things are
// counted in what is no unit of another kind.
func unitKind(unit string) Kind {
	k, ok := number.KindOf[unit]
	if !ok {
		base, _, _ := strings.Cut(unit, "/")
		k = number.KindOf[base]
	}
	return cmp.Or(k, Count)
}
