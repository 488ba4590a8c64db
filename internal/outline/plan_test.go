package outline

import (
	"strings"
	"testing"

	"baogao"
	"baogao/internal/clean"
)

// TestPlans reads reports and tells, a letter a passage, what stands in plans:
// P for those that do.
func TestPlans(t *testing.T) {
	for _, tt := range []struct {
		name string
		year int
		kind baogao.Kind
		text string
		want string
	}{
		{"a later year", 2023, baogao.RuleOfLaw, "一、2023年工作情况|收到268件。|二、2024年工作安排|健全制度。", "..PP"},
		{"a later year in Chinese numerals", 2023, baogao.RuleOfLaw, "一、二〇二三年工作情况|收到268件。|二、二○二四年重点|健全制度。", "..PP"},
		{"a later year, Traditional", 2023, baogao.RuleOfLaw, "一、2023年工作情況|收到268件。|二、2024年工作思路|健全制度。", "..PP"},
		{"the year itself", 2021, baogao.RuleOfLaw, "一、2021年主要工作|收到268件。|二、2021年重点任务|全部办结。", "...."},
		{"the same heading a year earlier", 2020, baogao.RuleOfLaw, "一、2021年主要工作|收到268件。", "PP"},
		{"what is next", 2023, baogao.RuleOfLaw, "一、主要举措|收到268件。|二、存在问题及下一步打算|健全制度。", "..PP"},
		{"what is next, Traditional", 2023, baogao.RuleOfLaw, "一、主要舉措|收到268件。|二、下一年度主要安排|健全制度。", "..PP"},
		{"tasks", 0, baogao.Other, "一、总体要求|坚持依法。|二、重点任务|（一）健全制度|完善规则。|三、保障措施|加强领导。", "PPPPP.."},
		{"tasks that were done", 2023, baogao.RuleOfLaw, "一、重点任务完成情况|收到268件。|二、工作部署落实情况|全部办结。", "...."},
		{"a run-in heading", 2023, baogao.RuleOfLaw, "一、主要举措|收到268件。|二、下一步工作。健全制度。|完善规则。", "..PP"},
		{"an aim within a review", 2023, baogao.RuleOfLaw, "一、2023年工作情况|（一）依法决策|收到268件。|（二）下一步打算|健全制度。|（三）执法监督|办结30件。", "......."},
		{"what is next among others", 2023, baogao.RuleOfLaw, "一、依法决策|（一）举措|收到268件。|（二）下一步打算|健全制度。|二、执法监督|办结30件。", "...PP.."},
		{"what follows in a work report", 2023, baogao.Work, "一、2023年工作回顾|收到268件。|二、2024年工作安排|稳中求进。|三、加强自身建设|依法行政。|附件 名词解释|注释。", "..PPPP.."},
		{"annex of a work report", 2023, baogao.Work, "一、2024年工作安排|稳中求进。|附件一、名词解释|注释。", "PP.."},
		{"what follows in another report", 2023, baogao.RuleOfLaw, "一、2023年工作回顾|收到268件。|二、2024年工作安排|健全制度。|三、有关说明|依法公开。", "..PP.."},
		{"lines without marks", 2023, baogao.Work, "2023年工作回顾|收到268件。|一、依法决策|办结30件。|2024年工作安排|稳中求进。|一、推动发展|建成项目。", "....PPPP"},
		{"a review behind a plan", 2023, baogao.Work, "一、2024年工作安排|稳中求进。|二、推动发展|建成项目。|三、2023年工作回顾|收到268件。|四、有关说明|依法公开。", "PPPP...."},
		{"an aim within the review of a work report", 2023, baogao.Work, "一、2023年工作回顾|（一）依法决策|收到268件。|（二）工作思路|健全制度。|（三）执法监督|办结30件。|二、有关情况|依法公开。", "........."},
		{"this year, in a work report", 2022, baogao.Work, "一、过去一年工作回顾|收到268件。|二、对今年政府工作的建议|稳中求进。", "..PP"},
		{"this year, in another report", 2022, baogao.RuleOfLaw, "一、今年以来主要工作|收到268件。", ".."},
		{"a sentence that announces it", 2023, baogao.Work, "一、2023年工作回顾|收到268件。|做好今年工作的总体要求是：稳中求进。|推动发展。|二、加强自身建设|依法行政。", "..PPPP"},
		{"the next five years", 2025, baogao.Work, "一、2025年工作回顾|收到268件。|二、“十五五”时期经济社会发展把握的重要要求|稳中求进。|三、推动发展|建成项目。", "..PPPP"},
		{"five years that have begun", 2023, baogao.RuleOfLaw, "一、落实“十四五”规划|收到268件。", ".."},
		{"dates and titles are no plans", 2023, baogao.Work, "2024年某市政府工作报告|2024年1月8日|一、2023年工作回顾|收到268件。", "...."},
		{"words that others straddle", 2023, baogao.Other, "一、近年来年均受理案件|收到268件。|二、精神文明年度创建|办结30件。|三、线上线下一步办理|办结9件。|四、改革创新的一年|办结8件。|五、主打算力服务|办结7件。|六、迄今后续办理|办结6件。", "............"},
		{"the same words whole", 2023, baogao.Other, "一、明年目标|稳中求进。|二、对来年的考虑|健全制度。|三、下一步方向|完善规则。|四、新的一年怎么干|稳中求进。|五、办案打算|健全制度。|六、今后怎么办|完善规则。", "PPPPPPPPPPPP"},
		{"one word straddled and one whole", 2023, baogao.Other, "一、近年来年均受理案件和下一步打算|健全制度。|二、精神文明年度创建与明年重点|完善规则。", "PPPP"},
		{"this year so far, in a work report", 2022, baogao.Work, "一、今年以来主要工作|收到268件。|二、迄今年均办理|办结30件。|三、今年怎么干|稳中求进。", "....PP"},
		{"what came of what was to come", 2023, baogao.RuleOfLaw, "一、下一步工作打算落实情况|收到268件。|二、上年下步计划完成情况|办结30件。|三、下一步打算的进展|全部办结。", "......"},
		{"what came of it, and what is next", 2023, baogao.RuleOfLaw, "一、落实情况及下一步打算|健全制度。|二、下一步落实措施|完善规则。", "PPPP"},
		{"what is next, of the year itself", 2023, baogao.RuleOfLaw, "一、2023年下一步重点|健全制度。|二、2023年重点|收到268件。", "PP.."},
		{"both years in one heading", 2022, baogao.RuleOfLaw, "三、2022年工作总结和2023年工作计划|说明如下。|（一）2022年工作总结|收到268件。|（二）2023年工作计划|健全制度。|四、有关说明|依法公开。", "....PP.."},
		{"a later year within a review", 2022, baogao.RuleOfLaw, "一、2022年工作总结|（一）依法决策|收到268件。|（二）2023年工作计划|健全制度。|（三）谋划2023年重点|办结30件。", "...PP.."},
		{"a later year within the review of a work report", 2022, baogao.Work, "一、2022年工作总结|（一）依法决策|收到268件。|2023年工作计划|健全制度。|（二）推动发展|建成项目。", "...PPPP"},
		{"paragraphs that name a later year", 2023, baogao.Work, "一、过去一年|2024年，重点任务|收到268件。|2024年,重点任务|办结30件。|2024年：重点任务|办结9件。|2024年:重点任务|办结8件。", "........."},
		{"a bare heading in another report", 2023, baogao.RuleOfLaw, "一、依法决策|收到268件。|2024年重点任务|健全制度。", "...."},
		{"annexes in plain text", 2023, baogao.Work, "一、2024年工作安排|稳中求进。|附件1：2023年主要指标完成情况|新增就业12万人。|附表|城镇化率60%。", "PP...."},
		{"annexes, other signs", 2023, baogao.Work, "一、2024年工作安排|稳中求进。|附：主要指标|新增就业12万人。", "PP.."},
		{"annexes in brackets, Traditional", 2023, baogao.Work, "一、2024年工作安排|稳中求進。|（附錄二）主要指標|新增就業12萬人。", "PP.."},
		{"annex of another report", 2023, baogao.RuleOfLaw, "一、2024年工作安排|健全制度。|附件|新增就业12万人。", "PP.."},
		{"a glossary", 2023, baogao.Work, "一、2024年工作安排|稳中求进。|有关名词解释|1.“十五五”规划|指2026年起的规划。|2.放管服|指简政放权。", "PP....."},
		{"no annex", 2023, baogao.Work, "一、2024年工作安排|附件1所列项目全部开工。|附加值提高。|附近居民受益。|做好名词解释工作。", "PPPPP"},
		{"an annex that is a plan", 2023, baogao.Work, "一、2024年工作安排|稳中求进。|附件1|2024年十件民生实事|新增就业12万人。|附件2|名词解释|注释。", "PP.PP..."},
		{"an annex called a plan by its title", 2023, baogao.Work, "一、2024年工作安排|稳中求进。|附件1：2024年民生实事|新增就业12万人。|附件2：主要指标|城镇化率60%。", "PPPP.."},
		{"a column of an annex", 2023, baogao.Work, "一、2024年工作安排|稳中求进。|附件1|主要指标|2024年预期目标|60%", "PP...."},
		{"an annex in front", 2023, baogao.Work, "附件：政府工作报告|一、2023年工作回顾|收到268件。|二、2024年工作安排|稳中求进。", "...PP"},
		{"no year", 0, baogao.RuleOfLaw, "一、2023年主要工作|收到268件。|二、2024年主要工作|健全制度。|三、下步打算|完善规则。", "....PP"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var c baogao.Cleaning
			o := Read(clean.Lines(strings.ReplaceAll(tt.text, "|", "\n"), &c), "某市报告", nil)
			MarkPlans(o.Passages, tt.year, tt.kind)
			got := ""
			for _, p := range o.Passages {
				switch {
				case p.Title && p.Plan:
					t.Error("the title stands in a plan")
				case p.Title:
				case p.Plan:
					got += "P"
				default:
					got += "."
				}
			}
			if got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}
