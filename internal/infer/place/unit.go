package place

import (
	"regexp"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
)

// A Unit is what a government calls what it governs: 全区, 我县, 省政府. It says
// more than a level does: 全市 may be a municipality, a city or a county.
type Unit string

// Units that are not the word in the text itself.
const (
	nation Unit = "国"
	region Unit = "自治区"
	Park   Unit = "开发区"
	street Unit = "街道"

	someRegion Unit = "区?" // of a document that speaks of others: an autonomous region's, or nothing
)

// unitWords are looked for in running text.
var unitWords = []Unit{"省", "市", "州", "盟", "区", "县", "旗", "镇", "乡", street}

// townUnits are what towns call themselves.
var townUnits = []Unit{street, "镇", "乡"}

// UnitOf is the unit a division calls itself.
func UnitOf(p gazetteer.Place) Unit {
	name, level := p.Name(), p.Level()
	switch {
	case level == baogao.Country:
		return nation
	case level == baogao.Province && strings.HasSuffix(name, "行政区"):
		return "省"
	case level == baogao.District && p.Code()[4] >= '7' && !chars.HasAnySuffix(name, []string{"市", "县", "旗"}):
		return Park
	}
	for _, suffix := range []string{"自治区", "街道", "地区", "苏木", "省", "市", "州", "盟", "区", "县", "旗", "镇", "乡"} {
		if strings.HasSuffix(name, suffix) {
			switch {
			case suffix == "地区" && level == baogao.Street:
				return street
			case suffix == "地区":
				return "盟"
			case suffix == "苏木":
				return "乡"
			case suffix == "区" && level == baogao.Street:
				return street
			}
			return Unit(suffix)
		}
	}
	if level == baogao.Street {
		return street
	}
	return Park
}

// levelOfUnit is the level of a unit whose divisions all stand on one. A 市 is
// taken for a city until the place is known.
func levelOfUnit(u Unit) baogao.Level {
	switch u {
	case nation:
		return baogao.Country
	case "省", region:
		return baogao.Province
	case "市", "州", "盟":
		return baogao.City
	case street, "镇", "乡":
		return baogao.Street
	}
	return baogao.District
}

// A unitTally counts votes for units.
type unitTally struct {
	poll.Tally
	doc      *parts.Document
	abroad   bool    // the document is about other states; see isAbroad
	passing  bool    // it names counties and towns in passing; see passing
	noise    float64 // votes that a document of this length gives by chance
	stranger Unit    // of a town that speaks and is not in the table, "" for none
}

func (t *unitTally) vote(u Unit, weight float64, at poll.Spot) { t.Add(string(u), weight, at) }

// unitVotes weighs which unit the document speaks for: by who issued it, who
// is said to report, the subject of the opening, and how it speaks of itself.
// The noise grows with the length of the document, to one vote: in 15,000
// characters some 区委 or 全镇 stands for another's. number is the votes for
// the document number.
func unitVotes(d *parts.Document, number *poll.Tally, passing bool) *unitTally {
	t := &unitTally{doc: d, abroad: isAbroad(d), passing: passing, noise: min(1, float64(d.Runes)/15_000)}
	for _, l := range d.Title {
		t.organ(l, 12)
	}
	for _, l := range d.WithRole(parts.Head) {
		if parts.IsAddressee(l.Text) {
			t.addressees(l)
		} else {
			t.organ(l, 10)
		}
	}
	for _, l := range d.WithRole(parts.Signature) {
		t.organ(l, 15)
	}
	for _, l := range d.Facts {
		switch {
		case l.NamesIssuer():
			t.organ(l, 8)
		case l.NamesHome():
			t.organ(l, 4)
		}
	}
	for _, l := range d.Page {
		if strings.Contains(l.Text, "人民政府") && parts.PageOf.MatchString(l.Text) && !slices.ContainsFunc(l.Mentions, isOfTown) {
			t.organ(l, 4)
			break
		}
	}
	t.organ(d.Path, 5)
	for i, l := range d.WithRole(parts.Opening) {
		t.opening(l, inOpening/float64(1+i))
	}
	t.compiler(d)
	for _, l := range d.Title {
		t.zone(l)
	}
	for _, l := range d.Lines {
		t.self(l)
		t.zone(l)
	}
	t.settleRegion()
	delete(t.Votes, string(someRegion))
	t.number(number)
	t.country()
	return t
}

// ofBoard is the board of a zone for which a report is given.
var ofBoard = regexp.MustCompile(`(?:受|我代表)[^,。;]{0,14}管委会`)

func isOfTown(m gazetteer.Mention) bool { return m.Places[0].Level() == baogao.Street }

// parkWords name zones that are governed like a district and are mostly not
// in the table.
var parkWords = []string{"开发区", "高新区", "经开区", "示范区管", "管委会", "管理委员会", "工业园区", "保税区"}

// boardWords are the organs of zones.
var boardWords = []string{"管委会", "管理委员会"}

// boards are committees that manage something and no zone: 城市管理委员会.
var boards = regexp.MustCompile(`(?:城市|城乡|市政|市容|资产|监督|机关|事务|园林|交通|流域|水利|民政|综合|住房|公积金|爱国卫生)管理委员会`)

// isPark reports whether a zone or its organ follows the name of a place.
func isPark(after string) bool {
	return chars.ContainsAny(after, parkWords) && !boards.MatchString(after)
}

var ministries = []string{
	"国务院", "国家", "中华人民共和国", "全国人民代表大会", "全国人大", "中共中央", "最高人民", "教育部", "科技部", "财政部", "司法部",
	"公安部", "民政部", "水利部", "商务部", "工业和信息化部", "交通运输部", "自然资源部", "生态环境部", "农业农村部", "文化和旅游部",
	"住房和城乡建设部", "人力资源社会保障部", "应急管理部", "中国人民银行", "海关总署", "税务总局", "科学技术部",
}

// national names organs of the country wherever they stand in a title.
var national = []string{"全国人民代表大会", "国务院"}

// organ adds the unit of the first organ or place that a title, a
// signature or a fact names.
func (t *unitTally) organ(l parts.Line, weight float64) {
	if chars.HasAnyPrefix(strings.TrimSpace(l.Text), ministries) {
		t.vote(nation, weight, l.At(0, len(l.Text)))
		return
	}
	for _, m := range l.Mentions {
		if m.Inner {
			continue
		}
		after := chars.First(l.Text[m.End:], 14)
		if isPark(after) && (!t.passing || chars.ContainsAny(after, boardWords)) {
			t.vote(Park, weight, l.Of(m))
			return
		}
		if u, n := strangerAt(t, l.Text[m.End:]); n > 0 {
			t.vote(u, weight, l.At(m.End, n))
			t.stranger = u
			return
		}
		places, w := m.Places, weight
		if m.Short {
			places, w = gazetteer.Highest(places), weight/2
		}
		for _, p := range places {
			if t.isPassed(l, m, p) {
				continue
			}
			t.vote(UnitOf(p), w/float64(len(places))*t.chance(p), l.Of(m))
		}
		return
	}
	for _, w := range national {
		if i := strings.Index(l.Text, w); i >= 0 {
			t.vote(nation, weight*0.8, l.At(i, len(w)))
			return
		}
	}
	u, _ := strangerAt(t, strings.TrimSpace(l.Text))
	if u != "" {
		t.stranger = u
	} else {
		u = leadingUnit(l.Text)
	}
	if u != "" {
		t.vote(u, weight*0.8, l.At(strings.Index(l.Text, string(u)), len(u)))
	}
}

// compiled is whom a report says that it was written by, whom to ask about it, or whose it
// says it is: 由青岛市海洋与渔业局编制, 请与福建省商务厅办公室联系, 现将东台市城市管理局2022年度.
var compiled = regexp.MustCompile(`由(\p{Han}{2,24}?)(?:负责|根据|按照|依据|依照|编制|编写|撰写)|请(?:与|联系|向|致电)(\p{Han}{2,24}?)(?:办公室|联系|咨询|\(|,)` +
	`|(?:现将|公布|发布)(\p{Han}{2,24}?(?:局|委员会|办公室|办事处|政府|街道|镇|乡|院|中心))(?:关于)?(?:19|20)\d\d年`)

// compiler adds the unit of the organ that a report says it was written by.
func (t *unitTally) compiler(d *parts.Document) {
	const weight = 6
	for _, l := range d.Lines {
		if !strings.Contains(l.Text, "报告") || !chars.ContainsAny(l.Text, []string{"由", "请", "现将", "公布", "发布"}) {
			continue
		}
		m := compiled.FindStringSubmatchIndex(l.Text)
		if m == nil {
			continue
		}
		from, to := max(m[2], m[4], m[6]), max(m[3], m[5], m[7])
		organ := l
		organ.Text, organ.Mentions = l.Text[:to], nil
		name := l.Text[from:to]
		for _, mention := range l.Mentions {
			if mention.Start == from || mention.Start > from && mention.End <= to {
				organ.Mentions = append(organ.Mentions, mention)
			}
		}
		switch u := leadingUnit(name); {
		case len(organ.Mentions) > 0 && (m[6] >= 0 || chars.HasAnySuffix(name, parts.OrganSuffixes)):
			t.organ(organ, weight)
		case u != "":
			t.vote(u, weight, l.Span(from, from+len(u)))
		default:
			continue
		}
		return
	}
}

// leadingUnit is the unit of a text that begins with an organ without its place:
// 市人民政府, 区司法局, 自治区教育厅. It is "" where it begins with none.
func leadingUnit(s string) Unit {
	s = strings.TrimPrefix(strings.TrimSpace(s), "中共")
	for _, u := range append([]Unit{region}, unitWords...) {
		rest, ok := strings.CutPrefix(s, string(u))
		if !ok || gazetteer.BeginsWord(chars.LastRune(string(u)), rest) {
			continue
		}
		if chars.HasAnyPrefix(rest, []string{"人民政府", "政府", "委", "长 "}) {
			return u
		}
		for _, suffix := range []string{"局", "厅", "委员会", "办公室"} {
			if i := strings.Index(rest, suffix); i > 0 && chars.AtMost(rest[:i], 10) && !chars.HasAnySuffix(rest[:i], []string{"格", "布", "大", "全", "开", "结"}) {
				return u
			}
		}
	}
	return ""
}

// opening adds what the first lines say: whom the speaker represents,
// to whom the document is addressed, and the subject of the first sentence,
// which has the weight given.
func (t *unitTally) opening(l parts.Line, weight float64) {
	if i := strings.Index(l.Text, "我代表"); i >= 0 && !ofBoard.MatchString(l.Text) {
		if u, n := representedUnit(l.Text[i:]); n > 0 {
			t.vote(u, 14, l.At(i, n))
		}
		return
	}
	if t.addressees(l) {
		return
	}
	if m := ofBoard.FindStringIndex(l.Text); m != nil {
		t.vote(Park, 12, l.Span(m[0], m[1]))
		return
	}
	if w := "国务院总理"; strings.Contains(l.Text, w) {
		t.vote(nation, 8, l.At(strings.Index(l.Text, w), len(w)))
		return
	}
	t.subject(l, weight)
}

// greeted is what may stand before a first sentence: 各位代表!
var greeted = regexp.MustCompile(`^\s*(?:各位代表|同志们)[!:,]?\s*`)

// subject adds the unit of the subject of a first sentence.
func (t *unitTally) subject(l parts.Line, weight float64) {
	at := len(greeted.FindString(l.Text))
	at += len(parts.LeadingYear.FindString(l.Text[at:]))
	sentence := l.Text[at:]
	if n := ministrySubject(sentence); n > 0 {
		t.vote(nation, weight, l.At(0, at+n))
		return
	}
	if u := bureauSubject(sentence); u != "" && !t.isOthers(u) {
		t.vote(u, weight, l.At(at, len(u)))
		return
	}
	if u, n := strangerAt(t, sentence); n > 0 && !t.passing {
		t.vote(u, weight, l.At(at, n))
		t.stranger = u
		return
	}
	for _, m := range l.Mentions {
		if m.Inner || !isSubject(l.Text, m.Start, m.End) {
			continue
		}
		if !t.passing && isPark(chars.First(l.Text[m.End:], 14)) {
			t.vote(Park, weight, l.Of(m))
			return
		}
		if m.Short {
			continue
		}
		for _, p := range m.Places {
			if t.isPassed(l, m, p) {
				continue
			}
			t.vote(UnitOf(p), weight/float64(len(m.Places))*t.chance(p), l.Of(m))
		}
		return
	}
}

// ministrySubject is the length of the ministry that is the subject of a
// sentence, 司法部坚持, 0 where none is.
func ministrySubject(s string) int {
	for _, m := range ministries {
		if strings.HasSuffix(m, "部") && strings.HasPrefix(s, m) && chars.HasAnyPrefix(s[len(m):], []string{"坚", "认", "深", "全", "在", "党", "以", "按", "严", "扎"}) {
			return len(m)
		}
	}
	return 0
}

// bureauSubject is the unit whose bureau is the subject of a sentence,
// 区住房建设局坚持, "" where none is.
func bureauSubject(s string) Unit {
	u := leadingUnit(s)
	if u == "" || !strings.HasPrefix(s, string(u)) || chars.HasAnyPrefix(s[len(u):], []string{"人民政府", "政府", "委、", "委的", "委,", "长 "}) {
		return ""
	}
	return u
}

// addressees adds the unit above those that a line addresses, and
// reports whether it addresses any. To write to all provinces is for the
// country, to write to all cities for a province.
func (t *unitTally) addressees(l parts.Line) bool {
	switch {
	case chars.HasAnyPrefix(l.Text, []string{"各省、自治区", "各省、区、市", "各省(区、市)", "省、自治区、直辖市"}):
		t.vote(nation, 10, l.At(0, len("各省")))
	case chars.HasAnyPrefix(l.Text, []string{"各市、州", "各市人民政府", "各市(", "各设区市", "各地级", "各州"}),
		strings.HasPrefix(l.Text, "各市") && parts.IsAddressee(l.Text): // 各市教育局:
		t.vote("省", 6, l.At(0, len("各市")))
	default:
		return false
	}
	return true
}

// openers begin first sentences, besides a year. A fragment seldom begins so.
var openers = []string{
	"为", "按照", "根据", "近年来", "今年以来", "一年来", "过去", "去年", "刚刚过去", "现将", "现就", "依据",
}

// representedUnit reads whom a speaker represents: 我代表市人民政府, 我代表国务院,
// 我代表行署. It returns the length of the phrase in bytes.
func representedUnit(s string) (Unit, int) {
	rest := strings.TrimPrefix(strings.TrimPrefix(s, "我代表"), ",")
	switch j := strings.Index(chars.First(rest, 25), "政府"); {
	case strings.HasPrefix(rest, "国务院"):
		return nation, len(s) - len(rest) + len("国务院")
	case strings.Contains(chars.First(rest, 12), "行署"), strings.Contains(chars.First(rest, 12), "行政公署"):
		return "盟", len("我代表")
	case j > 0:
		name := strings.TrimSuffix(rest[:j], "人民")
		if strings.HasSuffix(name, string(region)) {
			return region, len(s) - len(rest) + j
		}
		if u := Unit(chars.LastRune(name)); slices.Contains(unitWords, u) {
			return u, len(s) - len(rest) + j
		}
	}
	return "", 0
}

// isSubject reports whether what stands between two bytes stands where the subject of a first
// sentence does: near its beginning, at the start of a clause, in no list, and
// not where something takes place: 我县在宿州市年度考核中.
func isSubject(text string, start, end int) bool {
	before, after := text[:start], text[end:]
	before = before[len(greeted.FindString(before)):]
	if !chars.AtMost(before, 40) {
		return false
	}
	near := chars.AtMost(before, 8)
	if !near && !chars.HasAnyPrefix(strings.TrimSpace(text), openers) && (text[0] < '1' || text[0] > '2') {
		return false
	}
	return (isClauseStart(before) || near || strings.HasSuffix(before, "年是")) && !strings.HasPrefix(after, "、") && !chars.HasAnySuffix(before, []string{"、", "在"})
}

// settleRegion gives 全区 and 我区 to the autonomous region where the document
// names three or more of its cities, or speaks of itself as 市.
func (t *unitTally) settleRegion() {
	if t.Votes[string(region)] == nil {
		return
	}
	cities := map[gazetteer.Place]bool{}
	for _, l := range t.doc.Lines {
		for _, m := range l.Mentions {
			for _, p := range m.Places {
				if p.Level() == baogao.City && p.Ended() == 0 {
					cities[p] = true
				}
			}
		}
	}
	count := map[gazetteer.Place]int{} // by what they lie in
	for p := range cities {
		count[p.Parent()]++
	}
	for p, n := range count {
		if UnitOf(p) == region && (n >= 3 || t.Sum("市") > t.Sum("区")) {
			t.Move("区", string(region))
			t.Move(string(someRegion), string(region))
			return
		}
	}
}

// lift is how much a vote for a level counts. Documents speak of the
// governments above them and seldom of those below: in 85 work reports of
// cities and provinces cut at both ends, those of provinces never said 全市 or
// 市政府, while a city said 全省 up to seven times as often as 全市.
var lift = map[baogao.Level]float64{baogao.Street: 6, baogao.District: 9, baogao.City: 6, baogao.Province: 1, baogao.Country: 2.5}

// shares gives each unit its votes relative to the best.
func (t *unitTally) shares() map[Unit]float64 {
	best := t.best()
	shares := map[Unit]float64{}
	for value := range t.Votes {
		u := Unit(value)
		shares[u] = t.lifted(u) / max(best, 3)
	}
	return shares
}

// best is the lifted sum of the votes for the best unit.
func (t *unitTally) best() float64 {
	best := 0.0
	for value := range t.Votes {
		best = max(best, t.lifted(Unit(value)))
	}
	return best
}

// lifted is the sum of the votes for a unit above the noise, lifted.
func (t *unitTally) lifted(u Unit) float64 {
	sum := t.Sum(string(u))
	if u != nation {
		sum = max(0, sum-t.noise)
	}
	return sum * lift[levelOfUnit(u)]
}

// zone adds what a document says of a zone that it speaks for.
func (t *unitTally) zone(l parts.Line) {
	const spoken = 8
	if l.Role == parts.Head || l.Role == parts.Opening || l.Number == parts.InTitle {
		at := len(parts.LeadingYear.FindString(l.Text))
		at += len(l.Text[at:]) - len(strings.TrimLeft(l.Text[at:], " "))
		if n := zoneSubject(l.Text[at:]); n > 0 {
			t.vote(Park, spoken, l.At(at, n))
		}
	}
}
