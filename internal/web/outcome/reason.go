package outcome

import (
	"cmp"
	"strings"

	"baogao/internal/target"
)

// reasons are the sentences for why a target is not comparable, with places for what is
// so of target and result, and for what is told where that is "".
var reasons = map[target.ReasonID]struct{ sentence, none string }{
	target.NoPlace:     {"不知道是哪里的报告", ""},
	target.NoYear:      {"不知道是哪一年的报告", ""},
	target.UnsureYear:  {"不确定是哪一年的目标", ""},
	target.VagueName:   {"名称太笼统，不知所指", ""},
	target.AmongOthers: {"是与别处比较的位次或差距，与谁比较没有记下", ""},
	target.Multiple:    {"是倍数，以什么为准没有记下", ""},
	target.NoSide:      {"不知道越大越好还是越小越好", ""},
	target.TwoTargets:  {"计划里有两个同名的目标：{target}，{result}", ""},
	target.TwoResults:  {"报告里有两个数：{target}，{result}", ""},
	target.OtherName:   {"报告用的是另一个名称，可能是另一回事", ""},
	target.OtherKind:   {"目标是{target}，报告说的是{result}", ""},
	target.OtherAct:    {"报告说的是同一事物的另一种办理情况", ""},
	target.OtherUnit:   {"目标的单位是{target}，报告的是{result}", "没有单位"},
	target.OtherScope:  {"目标的范围是{target}，报告的是{result}", "整个地区"},
	target.OtherPeriod: {"目标的时间是{target}，报告的是{result}", "一年"},
	target.InAll:       {"一个是累计数，一个是当年数", ""},
	target.New:         {"一个是新增的，一个是总数", ""},
	target.OtherBase:   {"目标以{target}为基期，报告以{result}为基期", "上年"},
	target.OtherShare:  {"一个写明了分子分母，另一个没有，或分母不同", ""},
	target.About:       {"目标是{target}左右，{result}算不算达到，报告没有说", ""},
	target.Undecided:   {"报告只说了{result}的约数或上下限，不足以判断", ""},
}

// words are what kinds of figures and periods are called.
var words = map[string]string{
	"count": "数量", "amount": "金额", "rate": "比率", "growth": "增幅", "gap": "差距", "rank": "位次", "duration": "时长", "area": "面积", "quantity": "度量", "index": "倍数", "several years": "多年",
}

// reason is why a target is not comparable, "" where it is.
func reason(r target.Reason) string {
	says := reasons[r.ID]
	word := func(text string) string { return cmp.Or(words[text], text, says.none) }
	return strings.NewReplacer("{target}", word(r.Target), "{result}", word(r.Result)).Replace(says.sentence)
}
