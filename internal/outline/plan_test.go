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
		{"what follows in a work report", 2023, baogao.Work, "一、2023年工作回顾|收到268件。|二、2024年工作安排|稳中求进。|三、加强自身建设|依法行政。|附件 名词解释|注释。", "..PPPPPP"},
		{"annex of a work report", 2023, baogao.Work, "一、2024年工作安排|稳中求进。|附件一、名词解释|注释。", "PPPP"},
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
