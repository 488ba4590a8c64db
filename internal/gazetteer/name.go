package gazetteer

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// townSuffixes end the names of towns that are divisions and not farms,
// parks and prisons with a code of their own.
var townSuffixes = []string{"街道", "镇", "乡", "苏木"}

// areaSuffixes end the names of what is governed like a town: state farms, what they have
// become, and the areas of Beijing that are townships as well.
var areaSuffixes = []string{"农场", "地区", "管理区"}

// isTownName reports whether a name of the fourth rung can be looked for in
// running text: not 城区, 良种场 or 唐镇, which are words or parts of words.
func isTownName(name string) bool {
	n := utf8.RuneCountInString(name)
	ends := func(suffix string) bool { return strings.HasSuffix(name, suffix) }
	return n >= 3 && slices.ContainsFunc(townSuffixes, ends) || n >= 4 && slices.ContainsFunc(areaSuffixes, ends)
}

// unitSuffixes end the names of divisions, longer ones first where one ends
// another.
var unitSuffixes = []string{
	"特别行政区", "自治区", "自治州", "自治县", "自治旗", "省",
	"地区", "林区", "特区", "新区", "街道", "市", "盟", "县", "区", "旗",
	"苏木", "镇", "乡",
}

// peoples are named in the full names of autonomous divisions, 族 included
// where it is written.
var peoples = []string{
	"壮族", "回族", "维吾尔", "藏族", "羌族", "彝族", "土家族", "苗族", "侗族", "布依族", "蒙古族", "蒙古",
	"哈萨克族", "哈萨克", "柯尔克孜", "朝鲜族", "傣族", "景颇族", "白族", "哈尼族", "傈僳族", "满族", "锡伯",
	"塔吉克", "瑶族", "黎族", "仫佬族", "毛南族", "畲族", "仡佬族", "水族", "拉祜族", "佤族", "布朗族", "纳西族",
	"独龙族", "怒族", "普米族", "土族", "撒拉族", "裕固族", "东乡族", "保安族", "鄂温克族", "鄂伦春", "达斡尔族",
	"达斡尔", "各族",
}

// parks are the long and short words for development zones.
var parks = []struct{ long, short string }{
	{"经济技术开发区", "经开区"},
	{"经济开发区", "经开区"},
	{"高新技术产业开发区", "高新区"},
	{"高新技术开发区", "高新区"},
}

// shortNames lists what a division with a folded name is called for short: 四川, 恩施, 恩施州,
// 合肥高新区. Names whose rest is one character (赵县) have none.
func shortNames(name string) []string {
	for _, p := range parks {
		if stem, ok := strings.CutSuffix(name, p.long); ok && stem != "" {
			return []string{strings.TrimSuffix(stem, "市") + p.short}
		}
	}
	s := stem(name)
	if s == name || utf8.RuneCountInString(s) < 2 {
		return nil
	}
	for _, unit := range []string{"州", "县", "旗", "区"} {
		if long := "自治" + unit; strings.HasSuffix(name, long) && name != s+long {
			if unit == "区" {
				unit = long
			}
			return []string{s, s + unit}
		}
	}
	return []string{s}
}

// stem is the name without the word for the unit and without the peoples of
// an autonomous division.
func stem(name string) string {
	for _, suffix := range unitSuffixes {
		if rest, ok := strings.CutSuffix(name, suffix); ok {
			if strings.HasPrefix(suffix, "自治") {
				rest = cutPeoples(rest)
			}
			return rest
		}
	}
	return name
}

func cutPeoples(s string) string {
	for {
		i := slices.IndexFunc(peoples, func(people string) bool {
			rest, ok := strings.CutSuffix(s, people)
			return ok && utf8.RuneCountInString(rest) >= 2
		})
		if i < 0 {
			return s
		}
		s = strings.TrimSuffix(s, peoples[i])
	}
}
