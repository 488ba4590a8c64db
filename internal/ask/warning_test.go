package ask_test

import (
	"slices"
	"strings"
	"testing"

	"baogao/internal/ask"
	"baogao/query"
)

// TestWarningsAreSaid asks questions that give every warning, and wants a
// sentence for each in either language.
func TestWarningsAreSaid(t *testing.T) {
	all := append(slices.Clone(query.Warnings), ask.RegionUnknown, ask.RegionAmbiguous)
	asked := map[string]bool{}
	for _, text := range []string{"OR a", "AND a", "NOT", "a -", "()", `""`, "a)", strings.Repeat("(", 40) + "a" + strings.Repeat(")", 40), strings.Repeat("词 ", 300), strings.Repeat("行", 10_001), "\xff",
		"a”", "“a", "region:", "year:x a", "within:x a", "within:句 within:篇", "year:2024..2020", "a or b", "复议(a b)", "复议 (信访)", strings.Repeat(") ", 30), "region:火星", "region:鼓楼区"} {
		for name, in := range map[string]*ask.Language{"English": ask.English, "Chinese": ask.Chinese} {
			q, err := ask.Read(t.Context(), collection, ask.Typed{Question: text}, in)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range q.Warnings {
				asked[w.ID] = true
				if w.Text == "" || strings.Contains(w.Text, "%!") || strings.HasSuffix(w.Text, ".") || strings.HasSuffix(w.Text, "。") {
					t.Errorf("%.20s: in %s %s is said as %q", text, name, w.ID, w.Text)
				}
			}
		}
	}
	for _, id := range all {
		if !asked[id] {
			t.Errorf("no question here gives the warning %s", id)
		}
	}
	if len(asked) != len(all) {
		t.Errorf("%d warnings are given, %d exist", len(asked), len(all))
	}
}

func TestSay(t *testing.T) {
	for _, tt := range []struct {
		w                query.Warning
		english, chinese string
	}{
		{query.Warning{ID: "lone-or", At: 3}, "character 3: OR has nothing on one of its sides and was ignored", "第3个字：OR 的一边没有词，未予理会"},
		{query.Warning{ID: "many-oddities", At: 9, After: true, Args: []string{"4"}},
			"character 9 and after: 4 more oddities were read in the same way", "第9个字及以后：还有4处类似的情况，也这样处理"},
		{query.Warning{ID: "bad-scope", At: 1, Args: []string{"within:", "x"}},
			`character 1: "x" is not sentence, passage or report, so within:x was taken as text`, "第1个字：within:没有“x”这个值（应是 sentence、passage 或 report），按普通文字处理"},
		{query.Warning{ID: "bad-value", At: 1, Args: []string{"year:", "x", "it is no year"}},
			"character 1: it is no year, so year:x was taken as text", "第1个字：year:没有“x”这个值，按普通文字处理"},
		{query.Warning{ID: ask.RegionUnknown, Args: []string{"火星"}},
			"no region is called 火星, so no report is in it; give a code, a full name or a short name", "没有叫“火星”的地区，所以没有报告在其中；请写地区的代码、全称或简称"},
		{query.Warning{ID: ask.RegionAmbiguous, Args: []string{"鼓楼区", "320106", "江苏省南京市鼓楼区", "1", "350102", "福建省福州市鼓楼区", "11"}},
			"region 鼓楼区 has 2 meanings, all of them are searched; give a code or a longer name to choose: 320106 江苏省南京市鼓楼区 (1 report held), 350102 福建省福州市鼓楼区 (11 reports held)",
			"“鼓楼区”可能是2个地区，都在查找之列；请写代码或更长的名称来选定：320106 江苏省南京市鼓楼区（馆藏1篇）, 350102 福建省福州市鼓楼区（馆藏11篇）"},
	} {
		if got := ask.English.Say(tt.w); got != tt.english {
			t.Errorf("%s: %s, want %s", tt.w, got, tt.english)
		}
		if got := ask.Chinese.Say(tt.w); got != tt.chinese {
			t.Errorf("%s: %s, want %s", tt.w, got, tt.chinese)
		}
	}
}
