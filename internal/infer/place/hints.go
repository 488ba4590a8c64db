package place

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
)

// What a report says of its place beside its running text, in votes.
const (
	inContact = 4 // 请与安吉县天荒坪镇党政办公室联系, 本报告由桐庐县司法局编制
	inSlogan  = 4 // 围绕"两美云和"建设目标
	inVisit   = 4 // 习近平总书记视察天津重要讲话精神
	inPage    = 3 // the path through a site, who keeps it
	inHost    = 3 // its address, where the text names nothing else
)

var (
	contact = regexp.MustCompile(`(?:请与|请联系|联系单位:?|联系地址:?|办公地址:?|通讯地址:?|地址:|由)$`)
	reached = regexp.MustCompile(`^.{0,40}(?:联系|邮编|邮政编码|电话|编制|\d{6})`)
	visited = regexp.MustCompile(`^(?:工作|时的?|的|期间|发表的?|、|并)*(?:重要讲话|重要指示|系列重要)`)
	slogan  = regexp.MustCompile(`(?:数字|法治|平安|山水|生态|美丽|幸福|智慧|健康|信用|清廉|文明|活力|富裕|和谐|绿色|创新|现代化?|共富|品质|魅力|实力|新时代|[一二两三四五六七八九十]个?\p{Han}?)$`)
)

// hint is what the words around a name say of its being the report's own place, 0 for
// nothing: the weight of such a vote.
func hint(text string, m gazetteer.Mention) float64 {
	before, after := text[:m.Start], text[m.End:]
	switch {
	case !m.Short && contact.MatchString(chars.Last(before, 8)) && reached.MatchString(chars.First(after, 48)):
		return inContact
	case visited.MatchString(chars.First(after, 16)) && chars.ContainsAny(chars.Last(before, 8), []string{"视察", "考察", "对"}) && (m.Places[0].Level() == baogao.Province || m.Places[0].Level() == baogao.City):
		return inVisit
	case m.Short && slogan.MatchString(chars.Last(before, 6)) && (strings.HasPrefix(after, `"`) && strings.Contains(chars.Last(before, 8), `"`) || strings.HasPrefix(after, "建设")):
		return inSlogan
	}
	return 0
}

// embedded reports whether a short name stands between characters that it may make
// other words with: the 台前 of 平台前提. What governments write before and behind
// the names of places is none of these.
func embedded(text string, m gazetteer.Mention) bool {
	const before = "在和与及对从到是由向为于将以全我赴至驻来省市区县州共原本进推建设造的了以给让把被据关经按"
	const after = "省市区县州盟旗的是在、人地大工作建全经社农乡法政委党高新发实开特历各上有将和与及等到至为区站港新现教文生水气交公民"
	if !m.Short || m.Inner {
		return false
	}
	prev, next := chars.LastRune(text[:m.Start]), []rune(chars.First(text[m.End:], 1))
	return len(next) > 0 && unicode.Is(unicode.Han, prev) && unicode.Is(unicode.Han, next[0]) &&
		!strings.ContainsRune(before, prev) && !strings.ContainsRune(after, next[0])
}

// pages adds what the page around a text names first: the site that keeps it, the path
// through it.
func (t *placeTally) pages(d *parts.Document) {
	for _, l := range d.Page {
		if !parts.PageOf.MatchString(l.Text) {
			continue
		}
		var first, last *gazetteer.Mention
		for i := range l.Mentions {
			m := &l.Mentions[i]
			switch {
			case m.Short || m.Places[0] == gazetteer.Country:
			case first == nil:
				first = m
			case slices.ContainsFunc(m.Places, func(p gazetteer.Place) bool { return p.In(first.Places[0]) && p != first.Places[0] }):
				last = m
			}
		}
		if first != nil {
			t.mention(l, *first, inPage)
		}
		if last != nil { // 怀宁县人民政府 > 乡镇公开目录 > 石镜乡
			t.mention(l, *last, inPage)
		}
	}
}

// hosted adds the division whose name is written out in the address of the text, where
// the text names no other.
func (t *placeTally) hosted() {
	p, ok := t.host.Only()
	if !ok {
		return
	}
	const aside = 0.2 // votes for a place by what may be a part of words: the 杂多 of 复杂多变
	for q, b := range t.votes {
		if !p.In(q) && !q.In(p) && b.Sum > aside {
			return
		}
	}
	t.vote(p, inHost, 1, poll.Spot{})
}

// kin adds to the meanings of the name of a town those of the towns that it may have
// become, if the table knows more than one of them or none by the name itself.
func kin(m gazetteer.Mention, text string) []gazetteer.Place {
	name := text[m.Start:m.End]
	if m.Short || m.Places[0].Level() != baogao.Street || m.Places[0].Name() != name {
		return nil
	}
	return gazetteer.Kin(name)
}

// numbered adds the division that a document number is short for to what is
// named: 徐鼓政发 is that of 徐州市鼓楼区. It tells only which of the places that
// are named is meant, as a letter or two fit many.
func (t *placeTally) numbered(number *poll.Tally) {
	const weight = 4
	for _, c := range number.Ranked() {
		letters := numberLetters(c.Value)
		if letters == nil {
			continue
		}
		var fitting []gazetteer.Place
		for _, p := range slices.Sorted(maps.Keys(t.votes)) { // sums of floats depend on the order
			if fits(p, letters) {
				fitting = append(fitting, p)
			}
		}
		for _, p := range fitting {
			t.vote(p, weight, 1/float64(len(fitting)), number.Loudest(c.Value))
		}
	}
}

// byList adds the county that has most of the towns that are listed, where it has so many
// that no other comes near.
func (t *placeTally) byList() {
	const inList, enough = 2.5, 3
	best, n, second := t.lists.most()
	fits := t.host.Fits(best) > 0
	if n >= enough && second <= n-2 || n == 2 && second < 2 && fits || n >= 2 && second == 1 && t.votes[best] != nil {
		weight := inList
		if fits {
			weight += inHost
		}
		t.vote(best, weight, 1, t.lists.at[best])
	}
}

// country votes for the whole country where the document speaks for it.
func (t *placeTally) country() {
	if b := t.units.Votes[string(nation)]; b != nil {
		t.ballot(gazetteer.Country).Merge(b, 1)
	}
}

// zones adds the cities of the zones that a document names, where it speaks for
// a zone.
func (t *placeTally) zones(d *parts.Document) {
	const inHeads, mentioned = 8, 1.5
	if t.shares[Park] == 0 {
		return
	}
	for _, l := range d.Heads() {
		if p, i, n := zoneAt(l.Text); p != gazetteer.Country {
			t.vote(p, inHeads, 1, l.At(i, n))
		}
	}
	for _, l := range d.Lines {
		if p, i, n := zoneAt(l.Text); p != gazetteer.Country && l.Role != parts.Head {
			t.vote(p, mentioned, 1, l.At(i, n))
		}
	}
}
