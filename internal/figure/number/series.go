package number

import "slices"

// A series is the numbers of a text, of which some share the unit of the next.
type series struct {
	*Text
	found []*Number
}

// fillUnits gives numbers without a unit the one of the next in their list:
// 164.8、234.8亿元, 快于全国3.4个、1个百分点. What finds none is no figure.
func (l *series) fillUnits() {
	for i := len(l.found) - 1; i >= 0; i-- {
		n := l.found[i]
		if i+1 < len(l.found) {
			l.fillUnit(n, l.found[i+1])
		}
	}
	l.found = slices.DeleteFunc(l.found, func(n *Number) bool { return n.BareUnit && !l.hasNoUnit(n) })
}

func (l *series) fillUnit(n, next *Number) {
	if !l.Joins(n.Next, next.Start) {
		return
	}
	switch {
	case n.BareUnit && !next.BareUnit && IsDigit(l.Folded[next.Start]):
		if next.Unit == "位" || next.Unit == "年" {
			return
		}
		n.Unit, n.BareUnit = next.Unit, false
		if n.Factor == 1 {
			n.Factor = next.Factor
			n.Value *= next.Factor
		}
	case n.Unit == "个" && (next.Unit == "个百分点" || next.Unit == "百分点"):
		n.Unit = "个百分点"
	}
}

// people are those who are counted without a Unit: 惠及300万群众.
var people = []string{"群众", "妇女", "居民", "学生", "中小学生", "老人", "老年人", "职工", "人口", "市民", "农民", "游客", "村民", "毕业生", "大学生", "劳动力", "儿童", "农牧民", "脱贫人口"}

// countsPeople reports whether people are named at a place, up to a sign.
func (l *series) countsPeople(i int) bool {
	for j := i; j < min(i+8, len(l.Folded)) && !IsBoundary(l.Folded[j]) && l.Folded[j] != '、' && !IsDigit(l.Folded[j]); j++ {
		if l.HasAny(j, people...) > 0 {
			return true
		}
	}
	return false
}

// hasNoUnit reports whether a number without a unit is a figure none the less:
// a part of a ratio, the value of an index.
func (l *series) hasNoUnit(n *Number) bool {
	if n.Factor >= 1e4 && l.countsPeople(n.Next) {
		n.Unit = "人"
		return true
	}
	if n.Factor >= 1e4 && n.Factor < 1e8 && l.EndsHere(n.Next) && !l.EndsWith(n.Start, "过") && l.EndsWith(n.Start, "超", "达", "达到", "突破", "近", "约", "为", "人数", "总数", "逾", "至", "到") {
		n.Kind = Count
		return true
	}
	if n.Ranged || n.Factor > 1 && !l.EndsHere(n.Next) {
		return false
	}
	if n.Kind == Index {
		return l.inRatio(n.Start)
	}
	if l.At(n.End) == ':' || l.At(n.Start-1) == ':' {
		n.Kind = Rate
		return l.inRatio(n.Start)
	}
	if n.Factor >= 1e8 && l.EndsHere(n.Next) {
		n.Unit = "元"
		return true
	}
	if !l.EndsHere(n.Next) {
		return false
	}
	if l.EndsWith(l.beforeLevel(n.Start), "指数", "倍差", "得分", "评分", "系数", "分值", "综合指数", "容积率") {
		n.Kind = Index
		return true
	}
	return false
}
