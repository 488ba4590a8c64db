package place

import (
	"regexp"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/parts"
)

// passing reports whether a document names counties and towns in passing: it is no report,
// and does not speak in the name of one. News, laws and interpretations tell of many places,
// none of which issued them.
func passing(d *parts.Document, kind string) bool {
	const spoken = 2
	if kind != string(baogao.Other) {
		return false
	}
	n := 0
	ofCountry := slices.ContainsFunc(d.Title, func(l parts.Line) bool { return chars.HasAnyPrefix(l.Text, ministries) })
	ofNone := d.Legislation && !slices.ContainsFunc(d.Heads(), namesBelowCity)
	for _, l := range d.Lines {
		if l.Role == parts.Signature && len(l.Mentions) > 0 && !ofCountry {
			return false
		}
		if chars.ContainsAny(l.Text, ownWordsBelow) && (!ofNone || strings.Contains(l.Text, "自治")) {
			n += len(ownUnit.FindAllStringIndex(l.Text, -1))
		}
	}
	return n < spoken
}

// namesBelowCity reports whether a line names a county or a town. A law that names none in
// its title is of none, and calls a zone or a scenic area 本区.
func namesBelowCity(l parts.Line) bool {
	return slices.ContainsFunc(l.Mentions, func(m gazetteer.Mention) bool { return isBelowCity(m.Places[0].Level()) })
}

// ownWordsBelow are what ownUnit begins with.
var ownWordsBelow = []string{"我县", "我区", "我旗", "我镇", "我乡", "我街道", "本县", "本区", "本旗", "本镇", "本乡", "本街道", "自治县", "自治旗"}

// ownUnit is how a county or a town speaks of itself. 熊本县 is of others, and 本乡镇 any.
var ownUnit = regexp.MustCompile(`(?:我|(?:^|[^` + beforeOwn + `])本)(?:县|区|旗|镇|乡|街道)(?:$|[^域级镇])|自治[县旗](?:人民政府|行政区域|实际|境内|内)`)

// isPassed reports whether a name in a line is one in passing of a county or a town. Those that
// are not stand at the beginning of a title, for short only behind what they lie in: 浙江苍南;
// or anywhere in the title of a document: 关于印发安吉县…办法的通知.
func (t *unitTally) isPassed(l parts.Line, m gazetteer.Mention, p gazetteer.Place) bool {
	switch {
	case !t.passing || !isBelowCity(p.Level()):
		return false
	case l.Role != parts.Head:
		return l.Number >= 0 && (l.Role == parts.Running || l.Role == parts.Opening)
	case l.Number > 0 && len(t.doc.Title) > 0, ofCase.MatchString(l.Text):
		return true
	}
	start, chained := chainOf(l, m)
	document := ofDocument.MatchString(l.Text)
	switch {
	case m.Short:
		return !chained || behindFull.MatchString(l.Text[:m.Start]) || !atTitle.MatchString(l.Text[:start])
	case atTitle.MatchString(l.Text[:start]):
		return !chained && !document && !organ.MatchString(l.Text[m.End:])
	}
	return !document
}

// chainOf is where the names begin that a name follows without a gap, and whether there are any.
func chainOf(l parts.Line, m gazetteer.Mention) (start int, chained bool) {
	start = m.Start
	for i := len(l.Mentions) - 1; i >= 0; i-- {
		if above := l.Mentions[i]; above.Inner && above.End <= start && len(l.Text[above.End:start]) <= len("人民政府") {
			start, chained = above.Start, true
		}
	}
	return start, chained
}

var (
	// behindFull ends what is written in full; a name for short behind it is seldom a division's:
	// 浙江省钱塘江, 山东省台儿庄古城.
	behindFull = regexp.MustCompile(`[省市]$`)
	// ofCase are titles of cases at court.
	ofCase = regexp.MustCompile(`诉.{2,}案$`)
	// organ is what follows the name of a division that is an organ's.
	organ = regexp.MustCompile(`^(?:人民政府|政府|委|:|\p{Han}{1,12}(?:局|委员会|办公室|街道|镇|乡))`)
	// atTitle is what may stand before the name that a title begins with.
	atTitle = regexp.MustCompile(`^[ 《"]*(?:\([^)]*\))?[ (《"]*(?:(?:19|20)\d\d年?度?)?(?:关于|中共)?$`)
	// ofDocument are titles of documents that are issued.
	ofDocument = regexp.MustCompile(`(?:通知|办法|意见|方案|规定|条例|决定|细则|批复|公告|通告|函|规划|要点|解读|简介|预案|规则|指南)[》)(]?(?:\(.{0,12}\))?$`)
)

// isOthers reports whether what a document says of a county or a town is said of that of
// others.
func (t *unitTally) isOthers(u Unit) bool { return t.passing && isBelowCity(levelOfUnit(u)) }

func isBelowCity(level baogao.Level) bool { return level == baogao.District || level == baogao.Street }
