package cite

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao"
	"baogao/internal/ask"
)

// authors are the organs that issued a work, by 8.1.4 as the source has them; or
// the government that a work report is certainly of. A heading that was taken for
// an organ, 四、建设服务型政府, is none.
func (w Work) authors() []string {
	if list := organs(w.Meta.Issuer); len(list) > 0 && !numbered.MatchString(w.Meta.Issuer) {
		return list
	}
	if w.isWork() && w.Certain.Region {
		if g := governmentOf(w.Meta.Region); g != "" {
			return []string{g}
		}
	}
	return nil
}

// numbered begins like a heading.
var numbered = regexp.MustCompile(`^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、])`)

// leastOrgan is the fewest characters of the name of an organ: 国务院.
const leastOrgan = 3

// organs splits a list of organs, 甲委、乙政府 or, in lines of their own that were
// joined, 甲委 乙政府. Characters that blanks set apart, as in 科 技 部, are one name,
// and so are Latin words. A full stop behind a name is none of it.
func organs(text string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(text, isSeparator) {
		part = strings.TrimRight(part, ".。 \u3000")
		words := strings.Fields(part)
		apart := len(words) > 1 && !slices.ContainsFunc(words, func(w string) bool {
			return utf8.RuneCountInString(w) < leastOrgan || !strings.ContainsFunc(w, isHan)
		})
		switch {
		case apart:
			all = append(all, words...)
		case strings.ContainsFunc(part, isLatin):
			all = append(all, strings.Join(words, " "))
		case len(words) > 0:
			all = append(all, strings.Join(words, ""))
		}
	}
	return all
}

func isSeparator(r rune) bool { return strings.ContainsRune("、，；;\n\r", r) }
func isHan(r rune) bool       { return unicode.Is(unicode.Han, r) }
func isLatin(r rune) bool     { return unicode.Is(unicode.Latin, r) }

// isOffice reports whether a division has an office and no government of its
// own: a 街道.
func isOffice(r baogao.Region) bool { return strings.HasSuffix(r.Name, "街道") }

// governmentOf is the official name of the government of a division, from the
// division above down where that is part of the name, by 8.1.4: 成都市锦江区人民政府,
// 安溪县湖头镇人民政府, 肥西县人民政府. It is "" where no such name follows from that of
// the division.
func governmentOf(r baogao.Region) string {
	n := len(r.Path)
	switch {
	case r.Code == baogao.CountryCode:
		return "国务院"
	case n == 0 || isOffice(r):
		return ""
	}
	own, above := r.Path[n-1], ""
	if n > 1 {
		above = r.Path[n-2]
	}
	switch {
	case endsIn(own, "盟", "地区"):
		return own + "行政公署"
	case endsIn(own, "省", "市", "县", "自治区", "自治州", "旗"):
		return own + "人民政府"
	case endsIn(own, "区") && endsIn(above, "市"), endsIn(own, "镇", "乡", "苏木") && n > 2:
		return above + own + "人民政府"
	}
	return ""
}

// cityOf is the city that a government sits in, by 8.4.1: the nearest at or
// above its division, without 市, or the seat of the province. It is "" where the
// names of the divisions do not tell it, as that of a prefecture does not.
func cityOf(r baogao.Region) string {
	if r.Code == baogao.CountryCode {
		return "北京"
	}
	path := r.Path
	if len(path) == 1 {
		path = seatOf(r.Code)
	}
	for _, name := range slices.Backward(path) {
		if city, ok := strings.CutSuffix(name, "市"); ok {
			return city
		}
	}
	return ""
}

// seatOf is the path of the city that a province is governed from, which has the
// number 01 among its cities in GB/T 2260. A municipality is its own.
func seatOf(province string) []string {
	if len(province) < 2 {
		return nil
	}
	for _, code := range []string{province[:2] + "0100", province} {
		if found := ask.Regions(code); len(found) == 1 {
			return found[0].Path
		}
	}
	return nil
}

func endsIn(name string, endings ...string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(name, e) })
}
