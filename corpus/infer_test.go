package corpus

import (
	"slices"
	"testing"

	"baogao"
)

// TestNameInEitherScript holds a report that only its file name tells of to
// what that says, in whichever script and width, and quotes it as it is.
func TestNameInEitherScript(t *testing.T) {
	const text = "入冬以后气温下降,河道两旁种了三百棵树。\n\n社区的老人在活动室里下棋,孩子们在院子里放风筝。\n"
	for _, name := range []string{"肥西县2022年度法治政府建设情况报告.txt", "肥西縣2022年度法治政府建設情況報告.txt", "肥西縣２０２２年度法治政府建設情況報告.TXT"} {
		r, err := Parse(t.Context(), name, text)
		if err != nil {
			t.Fatal(err)
		}
		m := r.Meta
		if m.Kind != baogao.RuleOfLaw || m.Region.Code != "340123" || m.Level != baogao.District || m.Year != 2022 {
			t.Errorf("%s: kind %q, region %q, level %q, year %d", name, m.Kind, m.Region.Code, m.Level, m.Year)
		}
		i := slices.IndexFunc(r.Findings, func(f baogao.Finding) bool { return f.Field == "kind" })
		kind := r.Findings[i]
		if kind.Confidence != 0.989727 || len(kind.Evidence) != 1 || kind.Evidence[0] != name {
			t.Errorf("%s: kind with confidence %v, %q", name, kind.Confidence, kind.Evidence)
		}
	}
}
