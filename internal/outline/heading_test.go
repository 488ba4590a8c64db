package outline

import (
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/clean"
)

func TestMarker(t *testing.T) {
	for _, tt := range []struct {
		in      string
		level   int
		heading bool
	}{
		{"一、主要举措", 1, true},
		{"十二、附则", 1, true},
		{"第一部分 2023年工作回顾", 1, true},
		{"第三章　法律责任", 1, true},
		{"第二节 监督", 2, true},
		{"(一)强化统筹", 2, true},
		{"（十一）加強監督", 2, true},
		{"1.优化环境", 3, true},
		{"2、狠抓落实", 3, true},
		{"３．深化改革", 3, true},
		{"——经济运行稳中向好", 3, true},
		{"(1)制度建设", 4, true},
		{"（12）人员配备", 4, true},
		{"(一)目标任务：", 2, true},

		{"1.2万亿元的投资", 0, false},
		{"3.5%左右", 0, false},
		{"一是强化制度“落实力”", 0, false},
		{"一是指标体系", 0, false},
		{"一年来，我们", 0, false},
		{"2023年工作回顾", 0, false},
		{"第一条 为了规范", 0, false},
		{"第一书记驻村", 0, false},
		{"—位老人", 0, false},
		{"（含税）价格", 0, false},
		{"1.完成行政复议案件14件。", 3, false},
		{"（三）有独立的经营场所；", 2, false},
		{"(二)全年办理建议提案三百九十二件，其中省市建议提案二十六件、区建议提案三百六十六件，均已办结", 2, false}, // over 45 characters
	} {
		t.Run(tt.in, func(t *testing.T) {
			_, level := marker(tt.in)
			if level != tt.level || isHeadingLine(tt.in) != tt.heading {
				t.Errorf("marker(%q) = level %d, heading %v; want %d, %v", tt.in, level, isHeadingLine(tt.in), tt.level, tt.heading)
			}
		})
	}
}

// read reads a text without a name for it.
func read(text string) Outline {
	var c baogao.Cleaning
	return Read(clean.Lines(text, &c), "", nil)
}

func TestSections(t *testing.T) {
	const text = `第一部分 回顾
一、主要举措
(一)强化统筹“定方向”。坚持同谋划、同部署。
继续推进。
(二)依法行政
一是健全制度。二是强化审查。
1.完善机制
案卷评查60卷。
1.2万件热线按期办结。
——接受监督。办理建议51条。
同时，其他工作有序推进。
二、下一步打算
1.完成规划编制。
青石县人民政府
2024年1月5日
附件：1.统计表`
	want := []struct {
		heading int
		section string
	}{
		{1, ""},
		{1, "第一部分 回顾"},
		{0, "第一部分 回顾/一、主要举措/(一)强化统筹“定方向”"},
		{0, "第一部分 回顾/一、主要举措/(一)强化统筹“定方向”"},
		{2, "第一部分 回顾/一、主要举措"},
		{0, "第一部分 回顾/一、主要举措/(二)依法行政"},
		{3, "第一部分 回顾/一、主要举措/(二)依法行政"},
		{0, "第一部分 回顾/一、主要举措/(二)依法行政/1.完善机制"},
		{0, "第一部分 回顾/一、主要举措/(二)依法行政/1.完善机制"},
		{0, "第一部分 回顾/一、主要举措/(二)依法行政/1.完善机制/——接受监督"},
		{0, "第一部分 回顾/一、主要举措/(二)依法行政/1.完善机制"},
		{1, "第一部分 回顾"},
		{0, "第一部分 回顾/二、下一步打算"},
		{0, ""},
		{0, ""},
		{0, ""}, // what follows the signature
	}
	got := read(text).Paragraphs
	if len(got) != len(want) {
		t.Fatalf("%d paragraphs, want %d", len(got), len(want))
	}
	for i, p := range got {
		if p.Heading != want[i].heading || strings.Join(p.Section, "/") != want[i].section || p.Number != i+1 {
			t.Errorf("%q: heading %d, section %v; want %d, %s", p.Text, p.Heading, p.Section, want[i].heading, want[i].section)
		}
	}
}

func TestJoin(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"paragraphs stay", "一年来成效明显。\n下一步继续努力。", []string{"一年来成效明显。", "下一步继续努力。"}},
		{"indentation is layout", "　　一年来成效明显。\n　　下一步继续努力。", []string{"一年来成效明显。", "下一步继续努力。"}},
		{"a comma does not end", "全年受理行政复议案件14件，\n办结率100%。", []string{"全年受理行政复议案件14件，办结率100%。"}},
		{"a stop does not begin", "听取和审议了\n政府工作报告\n。会议肯定成绩。", []string{"听取和审议了政府工作报告。会议肯定成绩。"}},
		{"a quotation stays whole", "开展“双向\n揭榜\n挂帅”试点工作。", []string{"开展“双向揭榜挂帅”试点工作。"}},
		{"a lost break in running text", "区政府坚持把府院联动、府检联动作为推进法治政府建设的重要抓手，大力支持区\n法院改善办公用房，推进争议化解。", []string{"区政府坚持把府院联动、府检联动作为推进法治政府建设的重要抓手，大力支持区法院改善办公用房，推进争议化解。"}},
		{"a signature is no sentence", "特此通知。\n青石县人民政府\n2023年5月4日\n青石县工作要点\n\n为推进依法行政，制定本要点。\n\n一、总则", []string{"特此通知。", "青石县人民政府", "2023年5月4日", "青石县工作要点", "为推进依法行政，制定本要点。", "一、总则"}},
		{"a heading ends its line", "(三)持续加强自身建设，“民之所盼·政之所向”务实有为、久久为功\n在会议上，区政府作出承诺。", []string{"(三)持续加强自身建设，“民之所盼·政之所向”务实有为、久久为功", "在会议上，区政府作出承诺。"}},
		{"rows of a table stay apart", "| 指标 | 数值 |\n| 案件 | 14 |", []string{"| 指标 | 数值 |", "| 案件 | 14 |"}},
		{"latin words do not run together", "推进KPI，\nOKR，KPI\n，考核", []string{"推进KPI，OKR，KPI，考核"}},
		{"markdown marks are layout", "# 年度报告\n## 一、成效\n成效明显。", []string{"年度报告", "一、成效", "成效明显。"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, p := range read(tt.in).Paragraphs {
				got = append(got, p.Text)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPublished(t *testing.T) {
	got := read("　　鼓樓區(qū)政府\u200b报告工作。\n没有改动的一段。").Paragraphs
	if got[0].Text != "鼓樓區政府报告工作。" || got[0].Published != "鼓樓區(qū)政府\u200b报告工作。" {
		t.Errorf("got %q, published %q", got[0].Text, got[0].Published)
	}
	if got[1].Published != "" {
		t.Errorf("published %q of a paragraph that was not changed", got[1].Published)
	}
}
