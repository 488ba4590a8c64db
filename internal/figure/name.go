package figure

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// names names what each number measures: by what stands before it, else by the
// noun behind it, else by the figure before.
func (r *reader) names() {
	for i, n := range r.found {
		if n.indicator != nil {
			continue // by the list that it is part of
		}
		r.name(i, n)
		r.spread(i)
	}
}

// name names one number.
func (r *reader) name(i int, n *number) {
	if i > 0 && r.found[i-1].used > n.lead.from && r.found[i-1].used <= n.start {
		n.lead.from = min(r.found[i-1].used, n.lead.to)
		n.lead = r.trim(n.lead)
	}
	if r.index(span{n.from, n.start}, "其中") >= 0 {
		r.whole = r.before(i)
	}
	if r.whole != nil && r.whole.sentence == n.sentence {
		n.part = r.whole
	}
	if r.handsOut(i, n) {
		return
	}
	left := r.phrase(n.lead)
	right := r.right(i)
	if len(right) > 0 && r.at(n.start-1) == '、' {
		left = phrase{} // a new item of a list, named behind its number
	}
	switch {
	case !left.empty() && !left.verbOnly() && r.isSize(n, right):
		return // 某公司18兆瓦风电机组: it is part of a name
	case n.ranked && left.empty():
		r.inherit(i, n, span{})
	case (left.empty() || left.verbOnly()) && len(right) > 0 && r.namesBehind(n):
		n.noun, n.used = right, right[0].to
		if left.verbOnly() && left.verb.to == n.lead.to && lightVerbs.Suffix(r.folded[left.verb.from:left.verb.to]) == 0 && doings.Suffix(r.folded[left.verb.from:left.verb.to]) > 0 {
			n.verb = r.lastVerb(left.verb)
			right = append([]span{n.verb}, right...)
		}
		r.set(n, right)
	case !left.empty() && !n.attributive && r.prefersBehind(n, right):
		n.noun, n.used = right, right[0].to
		r.set(n, right)
	case left.empty():
		r.inherit(i, n, span{})
	case left.verbOnly():
		r.inherit(i, n, left.verb)
	default:
		r.byLeft(i, n, left, right)
	}
}

// prefersBehind reports whether the noun behind a number goes before what
// stands in front: things are counted by what follows at once.
func (r *reader) prefersBehind(n *number, right []span) bool {
	if k := kindOf[n.unit]; len(right) == 0 || k != Count && k != Area && k != Quantity || n.levelled || n.grown {
		return false
	}
	text := r.folded[right[0].from:right[0].to]
	return len(text) >= 2 && doings.Prefix(text) == 0 && levels.Prefix(text) == 0 && growthUp.Prefix(text) == 0 && growthDown.Prefix(text) == 0 && ranking.Prefix(text) == 0
}

// isSize reports whether a weight or a power is said of a thing that stands
// right behind it.
func (r *reader) isSize(n *number, right []span) bool {
	if kindOf[n.unit] != Quantity || !r.prefersBehind(n, right) || n.bound != "" || n.attributive {
		return false
	}
	switch n.unit {
	case "公里", "千米", "米", "里", "海里":
		return false
	}
	return true
}

// handsOut names the numbers of a list by 分别 and what stands before and
// behind it: A、B分别完成产值; A5个、B6亿元,分别增长7%、8%. It reports whether
// it did.
func (r *reader) handsOut(i int, n *number) bool {
	if at := r.index(n.lead, "分别"); at >= 0 {
		pre := r.trim(span{n.lead.from, at})
		if pre.from >= pre.to {
			pre = r.clauseBefore(i, n)
		}
		return r.handOut(i, n, phrase{noun: r.afterOf(r.afterPath(r.stripFront(pre)))}, r.phrase(span{at + 2, n.lead.to}))
	}
	if !n.each || n.lead.from < n.lead.to || i == 0 {
		return false
	}
	size := r.listSize(i)
	if size == 1 {
		return r.ofAll(i, n)
	}
	last := r.found[i-1]
	if size < 2 || i < size || r.found[i-size].sentence != n.sentence || last.sentence != n.sentence {
		return false
	}
	for j := range size {
		m := r.found[i-size+j]
		if len(m.indicator) != 1 {
			return false
		}
	}
	for j := range size {
		m, of := r.found[i+j], r.found[i-size+j]
		if j > 0 {
			r.carry(n, m)
		}
		m.noun, m.verb, m.indicator = of.noun, of.verb, nil
		r.set2(m, of.indicator[0])
	}
	return true
}

// ofAll gives a number the names of all figures of the clause before: 游客3万人
// 次、收入5亿元，均增长7%.
func (r *reader) ofAll(i int, n *number) bool {
	first := i
	for first > 0 && r.found[first-1].clause == r.found[i-1].clause && r.found[first-1].sentence == n.sentence && len(r.found[first-1].indicator) == 1 {
		first--
	}
	if i-first < 2 || r.found[i-1].clause == n.clause {
		return false
	}
	for _, m := range r.found[first:i] {
		if m.kind == Rank || m.grown {
			continue
		}
		r.set2(n, m.indicator[0])
		n.noun = m.noun
	}
	return len(n.indicator) > 0
}

// handOut gives a number the names of a list, each with what stands behind 分别.
func (r *reader) handOut(i int, n *number, pre, post phrase) bool {
	items := r.items(pre, r.listSize(i))
	if len(items) < 2 {
		return false
	}
	n.each = true
	for _, parts := range items {
		if post.noun.from < post.noun.to {
			parts = append(slices.Clone(parts), post.noun)
		}
		r.set2(n, parts)
	}
	n.noun = n.indicator[0]
	return true
}

// clauseBefore is the clause before the one of a number, up to what it says of
// its subject.
func (r *reader) clauseBefore(i int, n *number) span {
	floor := n.sentence.from
	if i > 0 && r.found[i-1].next > floor {
		floor = r.found[i-1].next
	}
	end := n.from
	for end > floor && isBoundary(r.folded[end-1]) {
		end--
	}
	from := end
	for from > floor && !isBoundary(r.folded[from-1]) {
		from--
	}
	return r.subject(span{from, end})
}

// subject is a clause up to the predicate that its ends with: 地区生产总值再上
// 新台阶.
func (r *reader) subject(s span) span {
	for i := s.from + 2; i < s.to; i++ {
		if r.quoted[i] {
			continue
		}
		if r.hasAny(i, "再上", "再创", "再获", "迈上", "跃上", "站上", "发展壮大", "稳步", "持续", "不断", "加快", "加速", "快速", "突破", "实现", "创历史", "大幅", "显著", "明显", "进一步", "稳中", "平稳", "首次", "成功", "位居", "保持", "全面", "有序", "有力", "有效提升", "呈现") > 0 {
			return r.trim(span{s.from, i})
		}
	}
	return s
}

// byLeft names a number by the noun before it.
func (r *reader) byLeft(i int, n *number, left phrase, right []span) {
	text := r.folded[left.noun.from:left.noun.to]
	full := left.whole()
	if m := r.before(i); m != nil && left.verb == (span{}) && both.Prefix(text) == len(text) && r.at(n.from) == '、' && n.from == r.found[i-1].next {
		r.inherit(i, n, left.noun)
		return
	}
	if tail := r.levelTail(i, text); tail != nil {
		n.noun = append([]span{left.noun}, tail...)
		r.set(n, append([]span{full}, tail...))
		return
	}
	switch {
	case left.verb == (span{}) && bare.Prefix(text) == len(text) && r.before(i) != nil && !n.attributive:
		before := r.before(i)
		n.noun = append(r.withoutVerb(before.noun), left.noun)
		r.set(n, n.noun)
		return
	case text[0] == '占' && r.before(i) != nil:
		if len(text) == 1 {
			n.tail = "比"
		}
		n.noun = append(slices.Clone(r.before(i).indicator[0]), left.noun)
		r.set(n, n.noun)
		return
	case kindOf[n.unit] == Duration && len(right) > 0 && r.endsWith(n.start, "连续", "持续"):
		n.noun = append([]span{full}, r.clauseBehind(n)...)
		r.set(n, n.noun)
		return
	case n.unit == "%" && !n.grown && len(right) > 0 && !measured(text) && r.at(n.next) != '的':
		n.noun, n.used = append([]span{full}, right...), right[0].to
		r.set(n, n.noun)
		return
	}
	r.changes(i, n, left)
	n.verb, n.noun = left.verb, []span{left.noun}
	if i > 0 && n.part == nil && left.verb == (span{}) && r.at(n.from) == '、' && n.from == r.found[i-1].next {
		n.act = r.actOf(r.found[i-1])
	}
	if size := r.listSize(i); n.each || n.earlier || n.crossed && kindOf[n.unit] == Amount && r.sharesMeasure(left.noun) || size > 1 && r.found[i+1].unit != n.unit || r.allRates(left.noun) {
		if items := r.items(left, size); len(items) > 1 {
			if m := r.before(i); m != nil && r.allBare(items) {
				for j := range items {
					items[j] = append(r.withoutVerb(m.noun), items[j]...)
				}
			}
			for _, parts := range items {
				r.set2(n, parts)
			}
			return
		}
	}
	r.set(n, []span{full})
}

// actOf is the verb of a number, or of the list that it goes on.
func (r *reader) actOf(n *number) span {
	if n.verb != (span{}) {
		return n.verb
	}
	return n.act
}

// allBare reports whether names say no more than what is measured: 总量和增速.
func (r *reader) allBare(items [][]span) bool {
	return !slices.ContainsFunc(items, func(parts []span) bool {
		text := r.folded[parts[0].from:parts[0].to]
		return len(parts) > 1 || bare.Prefix(text) != len(text)
	})
}

// changes notes that a share is one by which something has changed, where the
// verb in front says so: 精简材料36%、环节35%.
func (r *reader) changes(i int, n *number, left phrase) {
	if n.unit != "%" || n.grown || n.levelled || strings.ContainsRune("率度比重例", r.folded[left.noun.to-1]) {
		return
	}
	if i > 0 && left.verb == (span{}) && r.at(n.from) == '、' && n.from == r.found[i-1].next && r.found[i-1].changed {
		n.grown, n.down, n.changed = true, r.found[i-1].down, true
		return
	}
	text := r.folded[r.stripFront(n.lead).from:n.lead.to]
	up, down := growthUp.Prefix(text), growthDown.Prefix(text)
	if max(up, down) >= 2 && max(up, down) < len(text) {
		n.grown, n.down, n.changed = true, down > 0, true
	}
}

// sharesMeasure reports whether a span is a list of things that share what is
// measured: A市、B市经济总量突破2000亿元.
func (r *reader) sharesMeasure(s span) bool {
	parts := r.split(s, true)
	last := parts[len(parts)-1]
	return len(parts) > 1 && r.hasTail(last) && r.tailOf(parts[:len(parts)-1], last) != (span{})
}

// levelTail is what 省级 in 国家级企业8家、省级66家 leaves out: the noun of the
// figure before behind its level.
func (r *reader) levelTail(i int, text []rune) []span {
	m := r.before(i)
	if m == nil {
		return nil
	}
	s := m.noun[len(m.noun)-1]
	for _, w := range []string{"级", "以上"} {
		if size := utf8.RuneCountInString(w); strings.HasSuffix(string(text), w) && (w != "级" || len(text) <= 5) {
			if at := r.index(s, w); at >= 0 && at+size+1 < s.to {
				return []span{{at + size, s.to}}
			}
		}
	}
	return nil
}

// set gives a number one name, and adds what it is compared with.
func (r *reader) set(n *number, parts []span) {
	if n.gap != (span{}) {
		parts = append(slices.Clone(parts), n.gap)
	}
	n.indicator = [][]span{parts}
}

// measured reports whether a noun is one that is told in percent.
func measured(noun []rune) bool {
	return strings.ContainsRune("率度比重量额值入资价幅速", noun[len(noun)-1])
}

// before is the nearest number before one in the same sentence that has a name.
func (r *reader) before(i int) *number {
	n := r.found[i]
	for j := i - 1; j >= 0; j-- {
		m := r.found[j]
		if m.start < n.sentence.from {
			return nil
		}
		if len(m.indicator) > 0 && len(m.noun) > 0 && (kindOf[m.unit] != Duration || m.clause == n.clause) {
			return m
		}
	}
	return nil
}

// alike is the nearest named number before one in its sentence that has the
// same unit, else another.
func (r *reader) alike(i int, other *number) *number {
	n := r.found[i]
	for j := i - 1; j >= 0 && r.found[j].start >= n.sentence.from; j-- {
		if m := r.found[j]; m.unit == n.unit && len(m.noun) > 0 {
			return m
		}
	}
	return other
}

// inherit names a number after the one before it, with a verb of its own.
func (r *reader) inherit(i int, n *number, verb span) {
	m := r.before(i)
	if verb != (span{}) {
		m = r.alike(i, m)
	}
	switch {
	case m == nil && verb != (span{}):
		n.verb = verb
		r.set(n, []span{verb})
	case m == nil:
		r.lost(i, n)
	case verb != (span{}):
		if r.whole != nil && r.whole.sentence == n.sentence {
			m = r.whole
		}
		n.verb, n.noun = verb, m.noun
		r.set(n, append([]span{verb}, m.noun...))
	case n.crossed && m.unit == n.unit:
		n.noun = r.withoutVerb(m.noun)
		r.set(n, n.noun)
	case n.gap != (span{}) || m.gap != (span{}):
		n.verb, n.noun = m.verb, m.noun
		r.set(n, m.noun)
	default:
		n.verb, n.noun = m.verb, m.noun
		for _, parts := range m.indicator {
			r.set2(n, parts)
		}
	}
}

func (r *reader) set2(n *number, parts []span) {
	if n.gap != (span{}) {
		parts = append(slices.Clone(parts), n.gap)
	}
	n.indicator = append(n.indicator, parts)
}

// lost names a number for which neither its clause nor the figure before has a
// name by the nearest clause before that has a noun.
func (r *reader) lost(i int, n *number) {
	floor := n.sentence.from
	if i > 0 && r.found[i-1].next > floor {
		floor = r.found[i-1].next
	}
	end := n.from
	for end > floor {
		end = r.trim(span{floor, end}).to
		if end > floor && isBoundary(r.folded[end-1]) {
			end--
			continue
		}
		from := end
		for from > floor && !isBoundary(r.folded[from-1]) {
			from--
		}
		if p := r.phrase(r.subject(r.trim(span{from, end}))); p.noun.to-p.noun.from >= 2 {
			n.verb, n.noun = p.verb, []span{p.noun}
			r.set(n, []span{p.whole()})
			return
		}
		end = from - 1
	}
}

// namesBehind reports whether the noun behind a number may name it.
func (r *reader) namesBehind(n *number) bool {
	switch kindOf[n.unit] {
	case Rate, Growth, Rank, Index:
		return n.unit == "%" && !n.grown
	}
	return !n.levelled
}

// right is the noun behind a number, up to the next sign, nil if none stands
// there.
func (r *reader) right(i int) []span {
	n := r.found[i]
	from := n.next
	end := len(r.folded)
	if i+1 < len(r.found) {
		end = r.found[i+1].start
		if next := r.found[i+1]; next.attributive && !r.hasBoundary(span{from, end}) && end-from <= 8 && r.at(from) != '的' {
			from = next.next // 19个总投资86亿元的文旅项目
			end = len(r.folded)
			if i+2 < len(r.found) {
				end = r.found[i+2].start
			}
		} else if next.lead.to < next.start && !r.hasBoundary(span{from, end}) && r.index(span{from, end}, "、") < 0 {
			end = r.verbIn(span{from, max(next.lead.to, from+1)}) // 为29个省份保供煤炭超35亿吨
		} else if at := r.index(span{from, end}, "等"); at > from && !r.hasBoundary(span{from, end}) && r.index(span{from, at}, "、") < 0 {
			end = at // 2亿元的药厂等项目5个
		}
	}
	if r.at(from) == '的' {
		from++
	} else if from < end && behind.Prefix(r.folded[from:end]) > 0 {
		return nil
	}
	s := r.cutRight(r.nounAt(from, end))
	if i+1 < len(r.found) && s.to == r.found[i+1].start && r.endsWith(s.to, "和", "与", "及") {
		s.to--
	}
	if s.to-s.from < 1 {
		return nil
	}
	if cut := r.served(n, s); cut != nil {
		return cut
	}
	parts := []span{s}
	if i+1 < len(r.found) && r.folded[s.to-1] == '级' && r.joins(s.to, r.found[i+1].start) {
		parts = append(parts, r.sharedTail(i+1)...)
	}
	return parts
}

// served is the noun behind a number of those for whom something is done: it
// ends before the verb, 向5个单位制发通知书, or goes on behind one that says no
// more than that it is done, 为9000名学生开展测评.
func (r *reader) served(n *number, s span) []span {
	to, from := r.endsWith(n.lead.to, "向", "对", "给") || r.endsWith(n.start, "向", "对", "给"), r.endsWith(n.start, "为") || r.endsWith(n.lead.to, "为")
	if !to && !from {
		return nil
	}
	for i := s.from + 1; i+2 < s.to; i++ {
		m := doings.Prefix(r.folded[i:s.to])
		switch {
		case m < 2 || r.quoted[i]:
		case from && r.hasAny(i, "开展", "进行", "实施", "提供") > 0 && i+m < s.to:
			return []span{{s.from, i}, {i + m, s.to}}
		case to:
			return []span{{s.from, i}}
		}
	}
	return nil
}

// nounAt is the text from a place on up to a sign that ends a noun. Where a
// list of what it is like goes before it, the noun stands behind the last 的.
func (r *reader) nounAt(from, end int) span {
	to := from
	for to < end && !isBoundary(r.folded[to]) {
		c := r.folded[to]
		if c == '(' {
			if k := r.closing(to); k > 0 && k < end {
				to = k
				continue
			}
		}
		if strings.ContainsRune("、()", c) && !r.quoted[to] && (c != '、' || to-from > 1) {
			break
		}
		to++
	}
	if to < end && r.folded[to] == '、' {
		stop := to
		for stop < end && !isBoundary(r.folded[stop]) {
			stop++
		}
		if at := r.lastOf(span{to, stop}); at >= 0 && stop-at > 2 && stop < end {
			return span{at + 1, stop}
		}
		if stop < end && stop-to > 1 {
			for i := from + 1; i < to-1; i++ { // 企业开展质量、品牌提升
				if doings.Prefix(r.folded[i:to]) >= 2 && !r.quoted[i] && i+2 < to {
					return span{from, i}
				}
			}
		}
	}
	return span{from, to}
}

// closing is the place behind a short bracket that opens at a place, where a
// word goes on behind it, else 0.
func (r *reader) closing(i int) int {
	for k := i + 1; k < min(i+12, len(r.folded)-1); k++ {
		if r.folded[k] == ')' {
			if isDigit(r.folded[k+1]) || r.endsHere(k+1) && k-i > 4 || isDigit(r.folded[i+1]) {
				return 0
			}
			return k + 1
		}
	}
	return 0
}

// verbIn is where the first verb stands within a span, its end if none does.
func (r *reader) verbIn(s span) int {
	for i := s.from + 1; i < s.to; i++ {
		if !r.quoted[i] && doings.Prefix(r.folded[i:s.to]) >= 2 {
			return i
		}
	}
	return s.to
}

// clauseBehind is what stands behind a number up to the end of its clause.
func (r *reader) clauseBehind(n *number) []span {
	s := r.trim(span{n.next, n.clause.to})
	if s.to <= s.from {
		return nil
	}
	return []span{s}
}

// sharedTail is what 2家国家级、20家省级创新平台 says but once.
func (r *reader) sharedTail(i int) []span {
	parts := r.right(i)
	if len(parts) == 0 {
		return nil
	}
	if at := r.index(parts[0], "级"); at >= 0 && at+1 < parts[0].to {
		return []span{{at + 1, parts[0].to}}
	}
	return parts[1:]
}

// cutRight ends the noun behind a number where a verb or an adverb goes on.
func (r *reader) cutRight(s span) span {
	for i := s.from + 2; i < s.to; i++ {
		if r.hasAny(i, "加快", "全面", "全部", "加速", "已", "正在", "顺利", "实现", "预计", "均", "之一", "之和", "列入", "提前", "稳步", "扎实", "深入推", "有序", "相继", "陆续", "如期", "成为", "占", "居全", "同比", "总投资", "超过", "共") > 0 && !r.quoted[i] {
			if r.has(i, "均") && r.hasAny(i, "均衡", "均等") > 0 || r.has(i, "共") && r.hasAny(i, "共同", "共享", "共建", "共治") > 0 || r.has(i-1, "公共") {
				continue
			}
			s = r.trim(span{s.from, i})
			if r.endsWith(s.to, "建设", "工作") && s.to-s.from > 3 {
				s.to -= 2
			}
			return s
		}
	}
	return r.trim(s)
}

// A phrase is the text before a number without ballast: a verb, if one stands
// in front, and a noun.
type phrase struct{ verb, noun span }

func (p phrase) empty() bool    { return p.verb.from >= p.verb.to && p.noun.from >= p.noun.to }
func (p phrase) verbOnly() bool { return p.verb.from < p.verb.to && p.noun.from >= p.noun.to }

// whole is the phrase with its verb.
func (p phrase) whole() span {
	if p.verb.from < p.verb.to && p.verb.to == p.noun.from {
		return span{p.verb.from, p.noun.to}
	}
	return p.noun
}

// phrase reads the text before a number.
func (r *reader) phrase(s span) phrase {
	s = r.stripFront(s)
	s = r.afterPath(s)
	s = r.stripFront(s)
	s = r.afterAnd(s)
	s = r.beforeVerbs(r.afterItems(s))
	s = r.afterOf(s)
	s = r.afterSuch(s)
	s = r.afterActor(s)
	s = r.stripFront(s)
	if s.from >= s.to {
		return phrase{}
	}
	if r.endsWith(s.to, "等") && s.to-s.from > 1 {
		return phrase{}
	}
	return r.parseVerb(s)
}

// afterPath cuts phrases that say by which way: 依托…平台, 通过…, 在…中.
func (r *reader) afterPath(s span) span {
	if n := paths.Prefix(r.folded[s.from:s.to]); n > 0 {
		if cut, ok := r.behindPath(s, n); ok {
			return cut
		}
	}
	if n := r.hasAny(s.from, "为", "向", "给", "对"); n > 0 {
		for i := s.from + 3; i < min(s.from+10, s.to-2); i++ {
			if doings.Prefix(r.folded[i:s.to]) >= 2 {
				return span{i, s.to}
			}
		}
		if r.folded[s.from] == '为' && s.to-s.from > 2 && r.at(s.from+1) != '民' {
			s.from++
		}
	}
	for i := s.from + 2; i < s.to-1; i++ {
		if r.folded[i] == '中' && r.folded[i-1] != '集' && max(doings.Prefix(r.folded[i+1:s.to]), both.Prefix(r.folded[i+1:s.to])) > 1 && !r.quoted[i] && r.hasAny(i, "中标", "中止") == 0 {
			return span{i + 1, s.to}
		}
	}
	for _, w := range []string{"在"} {
		at := r.index(s, w)
		if at < 0 || r.has(at, "在建") || r.has(at, "在校") || r.has(at, "在册") || r.has(at, "在线") || r.has(at, "在岗") || r.has(at, "在编") || r.endsWith(at, "现", "存", "潜", "外", "内") {
			continue
		}
		end := -1
		for i := at + 2; i < s.to; i++ {
			if r.quoted[i] {
				continue
			}
			if strings.ContainsRune("中上下内里", r.folded[i]) && i-at >= 3 && r.hasAny(i, "中心", "中小", "中央", "中国", "中医", "上市", "上门", "下乡", "内外", "中欧", "下游", "上级", "中学") == 0 {
				end = i + 1
				break
			}
		}
		switch {
		case end < 0:
		case at == s.from:
			s.from = end
		case at-s.from >= 3: // 经开区在…考评中
			return span{s.from, at}
		}
	}
	return s
}

// behindPath is what stands behind a phrase such as 依托…平台: the verb at the
// end, or the first verb with its noun.
func (r *reader) behindPath(s span, n int) (span, bool) {
	for i := s.from + n + 2; i < s.to; i++ {
		if r.quoted[i] {
			continue
		}
		if m := doings.Prefix(r.folded[i:s.to]); m >= 2 && (i+m == s.to || s.to-i-m >= 2 && i-s.from >= 4) && !r.verbJoins(i, m) {
			return span{i, s.to}, true
		}
	}
	return s, false
}

// withoutVerb is a noun without 净增 and the like at its end.
func (r *reader) withoutVerb(parts []span) []span {
	parts = slices.Clone(parts)
	last := &parts[len(parts)-1]
	if k := r.hasBefore(last.to, "净增", "新增", "增加", "新登记", "新注册"); k > 0 && last.to-last.from > k {
		last.to -= k
	}
	for _, w := range []string{"入选", "获评", "获批", "入围", "被评为"} {
		if at := r.index(*last, w); at >= 0 {
			last.from = at + utf8.RuneCountInString(w)
			*last = r.stripFront(*last)
		}
	}
	return parts
}

// lastVerb is the last verb of several.
func (r *reader) lastVerb(s span) span {
	if n := doings.Suffix(r.folded[s.from:s.to]); n > 0 {
		return span{s.to - n, s.to}
	}
	return s
}

// stripFront takes adverbs, times and places off the front.
func (r *reader) stripFront(s span) span { return r.strip(s, true) }

// strip is stripFront, with or without what says how the verb behind is done.
func (r *reader) strip(s span, how bool) span {
	for {
		before := s
		s = r.trim(s)
		text := r.folded[s.from:s.to]
		if n := r.timeSize(s); n > 0 {
			s.from += n
			continue
		}
		if n := ahead.Prefix(text); n > 0 && r.hasAny(s.from+n, "平均") == 0 {
			s.from += n
			continue
		}
		if n := adverbs.Prefix(text); n > 0 && !r.joinsWord(s, n) && !r.ofRate(s, n) {
			s.from += n
			continue
		}
		if n := manners.Prefix(text); how && n > 0 && n < len(text) && verbs.Prefix(text) <= n && both.Prefix(text) <= n && doings.Prefix(text[n:]) > 0 && !r.verbJoins(s.from+n, doings.Prefix(text[n:])) {
			s.from += n
			continue
		}
		if s == before {
			return s
		}
	}
}

// ofRate reports whether the adverb at the front of a span is part of the name
// of a rate: 按期办结率.
func (r *reader) ofRate(s span, n int) bool {
	if n < 2 || r.at(s.to-1) != '率' || r.hasAny(s.from, "按期", "按时", "如期", "提前") == 0 {
		return false
	}
	m := doings.Prefix(r.folded[s.from+n : s.to])
	return m > 0 && r.at(s.from+n+m) == '率'
}

// joinsWord reports whether the adverb at the front of a span is the beginning
// of another word: 现代, 有效发明专利, 和谐, 为民.
func (r *reader) joinsWord(s span, n int) bool {
	if n == 2 {
		return r.hasAny(s.from, "基本医", "基本公", "基本养", "基本农", "基本药", "基本建", "基本民", "坚持不", "计划生", "计划总", "预期寿", "目前") > 0 && !r.has(s.from, "目前") ||
			r.has(s.from, "其中") && false
	}
	if n != 1 {
		return false
	}
	next := r.at(s.from + 1)
	switch r.at(s.from) {
	case '有':
		return strings.ContainsRune("效机色线轨关", next)
	case '和':
		return strings.ContainsRune("谐美平解", next)
	case '为':
		return next == '民' || next == '农'
	case '现':
		return strings.ContainsRune("代行场金货房", next)
	case '来':
		return strings.ContainsRune("华访川电信源蓉", next)
	case '要':
		return strings.ContainsRune("素件闻", next)
	case '再':
		return strings.ContainsRune("生造就审担贷融", next)
	case '到':
		return strings.ContainsRune("位期账达岗", next)
	case '地':
		return true
	case '经':
		return !r.has(s.from, "经调解") || true
	case '约':
		return strings.ContainsRune("束谈", next)
	case '近':
		return strings.ContainsRune("零海视岸郊", next)
	case '与', '及', '或', '又', '也', '且', '将', '即', '则', '还', '并', '均', '已', '了', '的', '是', ':', '由', '从', '让', '使', '等':
		return r.hasAny(s.from, "并联", "并网", "并购", "均衡", "还建", "还款", "还田", "将军", "及时", "与会", "等级", "从业", "使用", "由来", "让利", "及格", "均价", "等外") > 0
	case '仍', '至', '共':
		return r.hasAny(s.from, "共建", "共同", "共享", "共有", "至少", "共治", "共青", "共富", "共生", "共性", "共产") > 0 && !r.has(s.from, "共有")
	}
	return false
}

// timeSize is the length of a time at the front: 2022年, 截至12月底, 1-9月.
func (r *reader) timeSize(s span) int {
	i := s.from
	if r.has(i, "截至") || r.has(i, "截止") {
		i += 2
	}
	start := i
	for i < s.to && (isDigit(r.folded[i]) || strings.ContainsRune("-~", r.folded[i])) {
		i++
	}
	if i == start {
		return 0
	}
	if n := r.hasAny(i, "年度", "年底", "年末", "月底", "月末", "年", "月份", "月"); n > 0 && i+n <= s.to {
		i += n
		for isDigit(r.at(i)) && i < s.to {
			k := i
			for isDigit(r.at(k)) {
				k++
			}
			m := r.hasAny(k, "月底", "月末", "月份", "月", "日")
			if m == 0 {
				break
			}
			i = k + m
		}
		if i < s.to && r.at(i) == '的' {
			i++
		}
		if i < s.to {
			i += r.hasAny(i, "以来", "全年")
		}
		return min(i, s.to) - s.from
	}
	return 0
}

// afterItems drops the items of a list before the last that begins with a verb:
// 打造品牌、培育企业.
func (r *reader) afterItems(s span) span {
	for i := s.to - 1; i > s.from; i-- {
		if r.folded[i] != '、' || r.quoted[i] || i+1 >= s.to {
			continue
		}
		rest := r.folded[i+1 : s.to]
		if n := doings.Prefix(rest); n >= 2 && n+2 <= len(rest) && !r.verbJoins(i+1, n) && !r.verbBefore(span{s.from, i}) {
			return r.stripFront(span{i + 1, s.to})
		}
		if n := adverbs.Prefix(rest); n >= 2 && n < len(rest) {
			return r.stripFront(span{i + 1, s.to})
		}
	}
	return s
}

// afterAnd cuts what stands before 并 and a verb: 回应并解决.
func (r *reader) afterAnd(s span) span {
	for i := s.to - 2; i > s.from; i-- {
		if r.folded[i] != '并' || r.quoted[i] || r.endsWith(i, "合", "兼", "归", "一") {
			continue
		}
		if rest := r.stripFront(span{i + 1, s.to}); doings.Prefix(r.folded[rest.from:rest.to]) >= 2 && rest.to-rest.from > 3 {
			return rest
		}
	}
	return s
}

// beforeVerbs drops the last item of a list that is a verb and no more, of what
// the list before has done: 培训、覆盖近880人次.
func (r *reader) beforeVerbs(s span) span {
	for i := s.to - 1; i > s.from+1; i-- {
		if r.folded[i] != '、' || r.quoted[i] {
			continue
		}
		if n := r.hasAny(i+1, "覆盖", "惠及", "涉及", "受益", "参与"); n > 0 && i+1+n == s.to {
			return span{s.from, i}
		}
		return s
	}
	return s
}

// afterSuch cuts the examples before the last 等 of a span.
func (r *reader) afterSuch(s span) span {
	for i := s.to - 4; i > s.from; i-- {
		if r.folded[i] == '等' && !r.quoted[i] && r.hasAny(i, "等级", "等次", "等额", "等外") == 0 && !r.endsWith(i, "高", "中", "初", "平", "同", "对", "均") {
			return r.stripFront(span{i + 1, s.to})
		}
	}
	return s
}

// verbBefore reports whether a span is a verb and no more, so that a list of
// verbs goes on behind it: 新建和加密建设、改造提升.
func (r *reader) verbBefore(s span) bool {
	s = r.stripFront(s)
	text := r.folded[s.from:s.to]
	return verbs.Prefix(text) == len(text) || verbs.Prefix(text) > 0 && verbs.Suffix(text) > 0
}

// afterOf cuts what stands before the last 的 of a span.
func (r *reader) afterOf(s span) span {
	at := r.lastOf(s)
	if at < 0 || s.to-at-1 < 2 {
		return s
	}
	for _, w := range []string{"以上的", "以下的", "以内的"} {
		if r.endsWith(at+1, w) {
			return s
		}
	}
	if p := r.index(s, "占"); p >= 0 && p < at {
		return s
	}
	return r.stripFront(span{at + 1, s.to})
}

// lastOf is where the last 的 stands outside names.
func (r *reader) lastOf(s span) int {
	for i := s.to - 1; i >= s.from; i-- {
		if r.folded[i] == '的' && !r.quoted[i] && r.at(i+1) != '士' {
			return i
		}
	}
	return -1
}

// afterActor cuts who did it, where a verb or 共, 已 follows.
func (r *reader) afterActor(s span) span {
	for i := s.to - 2; i > s.from; i-- {
		if r.quoted[i] {
			continue
		}
		if n := r.hasAny(i, "累计", "共计", "共", "已", "合计"); n > 0 && !r.endsWith(i, "公", "中", "与") && i+n < s.to && max(verbs.Prefix(r.folded[i+n:s.to]), manners.Prefix(r.folded[i+n:s.to])) >= 2 && r.hasAny(i, "共同", "共享", "共治", "共建") == 0 {
			return r.stripFront(span{i + n, s.to})
		}
	}
	if doings.Prefix(r.folded[s.from:s.to]) >= 2 {
		return s
	}
	for i := s.from + 2; i+2 < s.to; i++ {
		if r.quoted[i] || actors.Suffix(r.folded[s.from:i]) == 0 {
			continue
		}
		if n := verbs.Prefix(r.folded[i:s.to]); n >= 2 && s.to-i-n >= 2 && r.hasAny(i, "服务", "建设", "补助", "补贴", "登记", "贷款", "融资", "管理", "改造", "投入", "监测", "培训", "更新", "申请", "治理", "奖励", "审计", "注册", "评估", "覆盖", "整合", "融合", "规划", "生产", "采购", "就业", "安置", "负责", "投资", "用", "养", "研发", "开办", "设计", "增加", "帮扶", "签约", "收入", "支出", "上市", "布局", "统筹") == 0 {
			return span{i, s.to}
		}
	}
	return s
}

// parseVerb parts a span into the verb in front and the noun.
func (r *reader) parseVerb(s span) phrase {
	text := r.folded[s.from:s.to]
	if r.allVerbs(text) {
		return phrase{verb: s}
	}
	if n := causing.Prefix(text); n > 0 {
		// 支持企业开展: who does it, and the verb; the noun stands behind the number
		for i := n + 1; i < len(text); i++ {
			m := verbs.Prefix(text[i:])
			if m >= 2 && i+m == len(text) {
				return phrase{verb: span{s.from + i, s.to}}
			}
		}
	}
	from := s.from
	for from < s.to {
		n := lightVerbs.Prefix(r.folded[from:s.to])
		if n == 0 || s.to-from-n < 2 || verbs.Prefix(r.folded[from:s.to]) > n || r.lightJoins(from, n) {
			break
		}
		from += n
		if m := r.hasAny(from, "了", "并"); m > 0 {
			from += m
		}
		from = r.strip(span{from, s.to}, false).from
	}
	s.from = from
	text = r.folded[s.from:s.to]
	if r.allVerbs(text) {
		return phrase{verb: s}
	}
	n := verbs.Prefix(text)
	if m := doings.Prefix(text[1:]); n == 0 && text[0] == '新' && m >= 2 {
		n = m + 1
	}
	if n > 0 && len(text)-n >= 2 && !r.verbJoins(s.from, n) && text[n] != '(' {
		k := s.from + n
		for {
			m := r.hasAny(k, "了")
			if m == 0 {
				m = verbs.Prefix(r.folded[k:s.to])
				if s.to-k-m < 2 || m < 2 || r.at(k+m) == '(' || r.lightJoins(k, m) || r.verbJoins(k, m) {
					m = 0
				}
			}
			if m == 0 {
				break
			}
			k += m
		}
		return phrase{verb: span{s.from, k}, noun: span{k, s.to}}
	}
	return phrase{noun: s}
}

// lightJoins reports whether a light verb is the beginning of a noun: 出口, 抓手,
// 建设用地, 服务业.
func (r *reader) lightJoins(i, n int) bool {
	next := r.at(i + n)
	switch string(r.folded[i : i+n]) {
	case "出":
		return strings.ContainsRune("口租入让境版生库行清院庭席栏苗", next)
	case "达到", "保持", "稳定":
		return next == '率'
	case "抓":
		return true
	case "保障":
		return next == '性' || next == '房' || next == '能' || next == '水'
	case "强化", "深化", "优化":
		return false
	case "投放", "评定", "规划", "布局", "发布", "覆盖", "储备", "集聚", "累计", "集中", "组织", "编制", "统筹", "运用":
		return strings.ContainsRune("率量面项人口林粮用供区基", next)
	}
	return strings.ContainsRune("率额量数", next) && r.at(i+n+1) != '字'
}

// verbJoins reports whether a verb is the beginning of a noun: 办结率, 投资额,
// 建设用地.
func (r *reader) verbJoins(i, n int) bool {
	next := r.at(i + n)
	if n == 1 {
		return !strings.ContainsRune("获签建种", r.folded[i]) || strings.ContainsRune("筑制材成树植业档国证得奖约评言", next)
	}
	return strings.ContainsRune("率额量业价费数", next) && r.hasAny(i+n, "数字", "业务", "业主", "价值", "量子") == 0
}

// allVerbs reports whether a text is verbs and adverbs and nothing else.
func (r *reader) allVerbs(text []rune) bool {
	last := both.Suffix(text)
	for len(text) > 0 {
		n := max(verbs.Prefix(text), adverbs.Prefix(text), manners.Prefix(text))
		if n == 0 {
			return false
		}
		text = text[n:]
		if len(text) == 0 && n <= last {
			return false
		}
	}
	return true
}
