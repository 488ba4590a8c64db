package place

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao/internal/infer/chars"
	"baogao/internal/infer/parts"
)

// selfForms are the ways a document speaks of its own unit, which stands for
// the %.
var selfForms = []struct {
	before, after string
	weight        float64
}{
	{"我", "", 2}, {"本", "", 1.5}, {"全", "", 1}, {"", "政府", 1}, {"", "委", 0.6}, {"", "人民政府", 0.6}, {"", "党工委", 1}, {"", "党委", 1},
	{"", "办事处", 0.5},
}

// ofNamed is how much 宝坻区政府 says of what 区政府 does: a document seldom names
// its own unit in full.
const ofNamed = 0.4

// self adds how a line speaks of its own unit.
func (t *unitTally) self(l parts.Line) {
	if parts.IsAddressee(l.Text) {
		return
	}
	next := 0 // the first mention that does not end before the unit
	for i, c := range l.Text {
		u, n := unitAt(l.Text[i:], c)
		if n == 0 || t.isOthers(u) && u != "区" {
			continue
		}
		for next < len(l.Mentions) && l.Mentions[next].End < i+n {
			next++
		}
		before, after := l.Text[:i], l.Text[i+n:]
		for _, f := range selfForms {
			if !strings.HasSuffix(before, f.before) || !strings.HasPrefix(after, f.after) {
				continue
			}
			prev := before[:len(before)-len(f.before)]
			if t.doc.Legislation && f.before == "" && !ofOne(u, before) {
				break
			}
			if w := selfWeight(u, prev, f.before, f.after, after[len(f.after):]); w > 0 {
				from := len(prev)
				if f.before == "" && next < len(l.Mentions) && l.Mentions[next].End == i+n {
					w *= ofNamed
				}
				own := u.self(prev, f.after)
				if own == "区" && t.passing {
					own = someRegion
				}
				t.vote(own, f.weight*w, l.At(from, len(f.before)+n+len(f.after)))
			}
			break
		}
		if u == street && isClauseStart(before) {
			t.vote(street, 1, l.At(i, n))
		}
	}
}

// ofOne reports whether an organ in a law is that of the lawgiver and not of
// any county or city: 县级以上人民政府, 设区的市、自治州人民政府, 直辖市人民政府.
func ofOne(u Unit, before string) bool {
	return (u == "市" || u == "省") && !strings.ContainsRune("的、级辖各该县设区", chars.LastRune(before))
}

// unitAt returns the unit word that s begins with, c being its first
// character.
func unitAt(s string, c rune) (Unit, int) {
	switch c {
	case '省', '市', '州', '盟', '区', '县', '旗', '镇', '乡':
		return Unit(c), utf8.RuneLen(c)
	case '街':
		if strings.HasPrefix(s, string(street)) {
			return street, len(street)
		}
	case '国':
		return nation, utf8.RuneLen(c)
	}
	return "", 0
}

// self is the unit meant: the 区 of 自治区政府 is an autonomous region.
func (u Unit) self(before, after string) Unit {
	switch {
	case u != "区":
	case strings.HasSuffix(before, "自治"):
		return region
	case strings.HasSuffix(before, "特别行政"):
		return "省"
	}
	return u
}

// selfWeight is how much a form speaks for the unit being the document's
// own, 0 where it is no word for the unit at all.
func selfWeight(u Unit, prev, before, after, rest string) float64 {
	c := chars.LastRune(prev)
	switch {
	case u == nation:
		if before == "我" {
			return 0.05
		}
		return 0
	case before == "" && chars.HasAnyPrefix(rest, []string{"信息公开办法", "信息公开规定", "信息公开暂行", "信息公开条例", "信息公开实施"}):
		return 0 // a rule of the province that a report is made under
	case before == "":
		if c == '各' || c == '城' || c == '社' || c == '小' || c == '地' || c == '园' || c == '景' || c == '新' || u == "镇" && (c == '乡' || c == '集') || u == "乡" && c == '城' || u == "县" && c == '市' {
			return 0
		}
		if after == "党委" && u != "镇" && u != "乡" && !strings.HasSuffix(prev, "自治") && u != street {
			return 0
		}
		if ledBy(rest) {
			return 0.2
		}
		return 1
	case chars.HasAnyPrefix(rest, []string{"域", "场", "村", "化", "间", "县", "级"}), u == "乡" && strings.HasPrefix(rest, "镇"):
		return 0
	case before == "本" && strings.ContainsRune(beforeOwn, c):
		return 0
	case chars.ContainsAny(chars.First(rest, 8), []string{"前列", "第一", "率先", "先进", "首", "排名", "平均", "领先", "前茅", "唯一", "经验", "推广"}):
		return 0.1
	case c == '在' || c == '居' || c == '占':
		return 0.2
	}
	return 1
}

// beforeOwn are what make other words with 本: 熊本县, 日本市场, 成本区间.
const beforeOwn = "日熊基根版样成资书副剧课原标译读脚"

// ledBy reports whether an organ is named as the one above: 市政府的坚强领导下,
// 区委、区政府正确领导下.
func ledBy(rest string) bool {
	above, _, ok := strings.Cut(chars.First(rest, 14), "领导下")
	return ok && !strings.ContainsAny(above, ",。;")
}

func isClauseStart(before string) bool {
	c := chars.LastRune(before)
	return before == "" || c == ' ' || unicode.IsPunct(c) && c != '、' && c != '('
}
