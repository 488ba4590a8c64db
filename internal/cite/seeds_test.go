package cite_test

import (
	"os"
	"strings"
	"testing"

	"baogao/corpus"
	"baogao/internal/cite"
	"baogao/internal/testkit"
)

// TestSeeds cites real reports, as they are read off their files.
func TestSeeds(t *testing.T) {
	dir := testkit.Path(t, "../shared/seeds")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("../shared is not there: no real reports are cited")
	}
	want := map[string]string{
		"000": "[锦江区政府工作报告（2022年度）][R].",
		"001": "中共遂宁市安居区委, 遂宁市安居区人民政府. 关于2022年度法治政府建设情况的报告: 遂安委〔2023〕21号[Z]. 2023-02-28.",
		"002": "重庆市江北区人民政府郭家沱街道办事处. [郭家沱街道法治政府建设情况报告（2024年度）][R]. 2025-01-14.",
		"003": "乐山市市中区人民政府. [市中区政府工作报告（2023年度）][R]. 乐山.",
		"004": "南京市鼓楼区人民政府. 關于2022年度法治政府建設工作情況的報告: 鼓政〔2023〕15号[Z]. 2023-01-20.",
	}
	for _, r := range testkit.Collect(t, corpus.Reports(t.Context(), []string{dir}, corpus.Options{})) {
		number, _, _ := strings.Cut(r.Meta.ID, "_")
		if got := cite.OfReport(r).Reference(read).String(); got != want[number] {
			t.Errorf("%s is cited as\n%s, want\n%s", r.Meta.ID, got, want[number])
		}
		delete(want, number)
	}
	if len(want) > 0 {
		t.Errorf("not cited: %v", want)
	}
}
