package key

import (
	"slices"
	"strings"
	"testing"
)

func TestKey(t *testing.T) {
	for _, tt := range []struct {
		name    string
		measure Measure
		want    string
	}{
		{"受理行政复议案件", "count", "行政复议·受理"},
		{"行政复议案件受理", "count", "行政复议·受理"},
		{"收到行政复议申请", "count", "行政复议·收"},
		{"新收行政复议案件", "count", "行政复议·收"},
		{"不予受理行政复议申请", "count", "行政复议·不予受理"},
		{"審結行政復議案件", "count", "行政复议·办结"},
		{"开展行政复议案件", "count", "行政复议"},
		{"新建、修复污水管网", "count", "修复污水管网·建设"},
		{"GDP", Growth, "地区生产总值·增速"},
		{"全市地区生产总值增速", Growth, "地区生产总值·增速"},
		{"经济总量", "amount", "地区生产总值"},
		{"国内生产总值", Growth, "地区生产总值·增速"},
		{"单位国内生产总值能耗", Growth, "单位地区生产总值能耗·增速"},
		{"年末城镇登记失业率", Rate, "城镇登记失业率"},
		{"规模以上工业增加值", Growth, "规上工业增加值·增速"},
		{"工业增加值", Growth, "工业增加值·增速"},
		{"外贸进出口", "amount", "进出口总额"},
		{"农村常住居民人均可支配收入", "amount", "农村居民人均可支配收入"},
		{"城乡居民收入", Growth, "城乡居民人均可支配收入·增速"},
		{"行政机关负责人出庭应诉率", Rate, "负责人出庭应诉率"},
		{"行政机关主要负责人出庭应诉率", Rate, "主要负责人出庭应诉率"},
		{"纠错率", Rate, "行政复议·纠错率"},
		{"综合纠错率", Rate, "行政复议·综合纠错率"},
		{"办结市人大代表建议", "count", "人大代表建议·办结"},
		{"办理代表建议", "count", "人大代表建议·办理"},
		{"制定规范性文件", "count", "行政规范性文件·制定"},
		{"废止规范性文件", "count", "行政规范性文件·废止"},
		{"新增“专精特新”企业", "count", "专精特新企业·新增"},
		{"净增经营主体", "count", "经营主体·净增"},
		{"森林覆盖率", Rank, "森林覆盖率·位次"},
		{"投资增速快于全省", Gap, "投资增速快于全省·差距"},
		{"群众诉求响应", Rate, "群众诉求响应·率"},
		{"现代中医药产业规模", "amount", "现代中医药产业规模"},
		{"规模工业增加值", Growth, "规上工业增加值·增速"},
		{"调解组织", "count", "调解组织"},
		{"办公用房", "area", "办公用房"},
		{"各类口袋公园", "count", "口袋公园"},
		{"建设口袋公园", "count", "口袋公园·建设"},
		{"改造老旧小区", "count", "老旧小区·改造"},
		{"城镇老旧小区改造", "count", "老旧小区·改造"},
		{"空气质量优良率", Rate, "空气优良天数比例"},
		{"产业定位匹配度", Rate, "产业定位匹配度"},
	} {
		if got := Default().Key(tt.name, tt.measure); got != tt.want {
			t.Errorf("%s, %s: %s, want %s", tt.name, tt.measure, got, tt.want)
		}
	}
}

// TestWith adds a table of one's own: its lines go before, and the table it is
// added to stays what it was.
func TestWith(t *testing.T) {
	own, err := Default().With(strings.NewReader("\ufeff# mine\n[indicators]\n茶园面积 = 茶叶种植面积 茶园\n行政复议量 = 受理行政复议案件\n\n[objects]\n热线 = 民声热线\n[acts]\n转办 = 转办 分转 承办\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"茶叶种植面积": "茶园面积", "分转民声热线": "热线·转办", "承办民声热线": "热线·转办", "处理民声热线": "热线·办理", "受理行政复议案件": "行政复议量", "经济总量": "地区生产总值"} {
		if got := own.Key(name, "count"); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if got := Default().Key("受理行政复议案件", "count"); got != "行政复议·受理" {
		t.Errorf("the table of the program has changed: %s", got)
	}
}

func TestFaultsOfTables(t *testing.T) {
	for table, want := range map[string]string{
		"[objects]\n行政复议\n":    `line 2: "行政复议" is no key with its wordings`,
		"[objects]\n = 复议\n":   `line 2: "= 复议" is no key with its wordings`,
		"[objects]\n行政复议 = \n": `line 2: "行政复议 =" is no key with its wordings`,
		"# head\n行政复议 = 复议\n":  `line 2: section ""; want [words], [indicators], [objects], [acts] or [light]`,
		"[other]\n行政复议 = 复议\n": `line 2: section "[other]"; want [words], [indicators], [objects], [acts] or [light]`,
	} {
		if _, err := Default().With(strings.NewReader(table)); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", table, err, want)
		}
	}
}

func TestIsAct(t *testing.T) {
	for name, want := range map[string]bool{"受理": true, "实际受理": true, "不予受理": true, "行政复议": false, "": false} {
		if got := Default().IsAct(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

// TestActsFound holds the acts found by the ends of a name to those that a walk over
// all of them finds, in the same order.
func TestActsFound(t *testing.T) {
	k, err := Default().With(strings.NewReader("[acts]\n修 = 修 大修 修缮修\n建 = 新建 建\n"))
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"", "桥", "修桥", "大修桥梁", "桥梁大修", "修缮修", "修桥修", "受理案件受理", "建"}
	for _, act := range k.acts {
		names = append(names, act.from, act.from+"公园", "公园"+act.from, act.from+"公园"+act.from)
	}
	for _, name := range names {
		touches := func(i int) bool {
			return strings.HasPrefix(name, k.acts[i].from) || strings.HasSuffix(name, k.acts[i].from)
		}
		var want, got []int
		for i := range k.acts {
			if touches(i) {
				want = append(want, i)
			}
		}
		for i := range k.ends.of(name) {
			if touches(i) {
				got = append(got, i)
			}
		}
		if got = slices.Compact(got); !slices.Equal(got, want) {
			t.Errorf("%s: acts %v, want %v", name, got, want)
		}
	}
}

// BenchmarkKey makes the keys of names with an act in front, behind, and without one.
func BenchmarkKey(b *testing.B) {
	k := Default()
	for b.Loop() {
		for _, name := range []string{"受理行政复议案件", "城镇老旧小区改造", "规模以上工业增加值", "现代中医药产业规模", "调解组织"} {
			k.Key(name, "count")
		}
	}
}
