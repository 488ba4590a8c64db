package place

import (
	"regexp"
	"strings"

	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
)

// zones are development zones and new areas that are not in the table and do not bear
// the name of the city they are of, folded, with its code; those that lie in several cities with
// that of their province. They call themselves 区. The state-level new areas are those of the list of
// nineteen; of the others, some names were held against no list.
var zones = []struct{ name, code string }{
	{"东湖高新区", "420100"}, {"东湖新技术开发区", "420100"}, {"武汉东湖", "420100"}, {"光谷", "420100"}, {"长江新区", "420100"},
	{"杭州湾新区", "330200"}, {"前湾新区", "330200"}, {"钱塘新区", "330100"}, {"南太湖新区", "330500"},
	{"两江新区", "500000"}, {"西部科学城重庆高新区", "500000"}, {"天府新区成都", "510100"}, {"四川天府新区", "510000"}, {"西咸新区", "610000"}, {"沣东新城", "610100"}, {"沣西新城", "610000"},
	{"贵安新区", "520000"}, {"滇中新区", "530100"}, {"赣江新区", "360000"}, {"湘江新区", "430100"}, {"江北新区", "320100"}, {"雄安新区", "130600"},
	{"金普新区", "210200"}, {"西海岸新区", "370200"}, {"舟山群岛新区", "330900"}, {"平潭综合实验区", "350100"}, {"横琴粤澳深度合作区", "440400"}, {"松山湖高新区", "441900"}, {"松山湖", "441900"},
	{"大亚湾经济技术开发区", "441300"}, {"大亚湾开发区", "441300"}, {"仲恺高新区", "441300"}, {"张江高新区", "310000"}, {"临港新片区", "310000"}, {"亦庄", "110000"}, {"中新天津生态城", "120000"}, {"杨凌示范区", "610400"},
	{"昆山高新区", "320583"}, {"苏州工业园区", "320500"}, {"江阴高新区", "320281"}, {"萧山经济技术开发区", "330109"}, {"郑东新区", "410100"}, {"航空港经济综合实验区", "410100"}, {"净月高新区", "220100"},
}

// zoneAt returns the city of a zone that a text names, and where.
func zoneAt(text string) (of gazetteer.Place, at, n int) {
	for _, z := range zones {
		if i := strings.Index(text, z.name); i >= 0 {
			p, _ := gazetteer.ByCode(z.code)
			return p, i, len(z.name)
		}
	}
	return gazetteer.Country, 0, 0
}

// strangeZone is a zone with an organ or a year behind it, as the subject of what it
// begins: 东湖高新区司法局, 某某经济开发区2022年.
var strangeZone = regexp.MustCompile(`^(?:\p{Han}{2,10}?)(?:经济技术开发区|高新技术产业开发区|经济开发区|高新区|经开区|开发区|工业园区|保税区|新区|示范区|产业园区|度假区)(?:管委会|管理委员会|管理局|党工委|\p{Han}{2,8}局|(?:19|20)\d\d年|坚持|认真|深入|全面|积极|严格|进一步)`)

// ofMinistry begins the names of what ministries have: 经济部产业园区管理局.
var ofMinistry = regexp.MustCompile(`^(?:经济|交通|内政|国防|财政|教育|科技|商务|农业|工业和信息化)部`)

// zoneSubject is the length of the zone and its organ that a text begins with, 0 for
// none.
func zoneSubject(s string) int {
	m := strangeZone.FindStringIndex(chars.First(s, 40))
	if m == nil || ofMinistry.MatchString(s) || strings.ContainsAny(chars.First(s, 3), "全我本各该省市县") {
		return 0
	}
	return m[1]
}
