package place

import (
	"regexp"
	"strings"

	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
)

// strangeTown is a town that the table may not have, founded or renamed since,
// where it is the subject or the organ of what it begins: 银杏大街街道办事处,
// 北城街街道2025年.
var strangeTown = regexp.MustCompile(`^\p{Han}{1,6}?(街道|镇|乡)(?:办事处|党工委|人民政府|政府|党委|(?:19|20)\d\d年|关于|坚持|在|认真|以|深入|全面|法治|依法行政|积极|严格|扎实|综合)`)

// strangerAt returns the unit of a town that s begins with and the length of
// its name in bytes, if the table has no such town.
func strangerAt(t *unitTally, s string) (Unit, int) {
	m := strangeTown.FindStringSubmatchIndex(s)
	if m == nil || t.doc.Legislation || gazetteer.Named(s[:m[3]]) != nil {
		return "", 0
	}
	if name := s[:m[2]]; len(gazetteer.Kin(s[:m[3]])) > 0 {
		// it is one that has become something else
	} else if strings.ContainsAny(name, "各全我本该区县市") || chars.HasAnySuffix(name, []string{"乡", "城", "村", "集", "和", "建制", "重点", "中心"}) {
		return "", 0 // 乡镇人民政府 is any town's
	}
	return Unit(s[m[2]:m[3]]), m[3]
}
