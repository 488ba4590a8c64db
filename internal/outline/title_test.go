package outline

import (
	"slices"
	"testing"

	"baogao"
)

func TestTitle(t *testing.T) {
	for _, tt := range []struct {
		name, in, want string
		number         int // of the title's paragraph
	}{
		{"one line", "关于2022年度法治政府建设情况的报告\n市政府：\n现将有关情况报告如下。", "关于2022年度法治政府建设情况的报告", 1},
		{"below number and issuers", "青委发〔2023〕21号\n中共青石县委 青石县人民政府\n关于2022年度法治政府建设情况的报告\n市委、市政府:\n正文。", "中共青石县委 青石县人民政府 关于2022年度法治政府建设情况的报告", 2},
		{"two issuers", "中共青石县委\n青石县人民政府\n关于2022年度法治政府建设情况的报告\n正文。", "中共青石县委 青石县人民政府 关于2022年度法治政府建设情况的报告", 1},
		{"wrapped", "青石县人民政府关于2022年度法治政府\n建设情况的报告\n正文。", "青石县人民政府关于2022年度法治政府建设情况的报告", 1},
		{"wrapped before a bare end", "青石县2022年度法治政府建设\n工作报告\n正文。", "青石县2022年度法治政府建设工作报告", 1},
		{"wrapped behind the year", "青石街道办事处2023年度\n法治政府建设年度报告\n（2024年1月12日）\n正文。", "青石街道办事处2023年度法治政府建设年度报告", 1},
		{"traditional and glossed", "鼓樓區(qū)政府關(guān)于2022年度法治政府建設(shè)工作情況的報告\n市政府:\n正文。", "鼓樓區政府關于2022年度法治政府建設工作情況的報告", 1},
		{"work report", "政府工作报告\n——2026年1月27日在青石县第十四届人民代表大会第四次会议上\n县长 王某\n各位代表：\n正文。", "政府工作报告", 1},
		{"work report with year", "2026年青石县政府工作报告\n——2026年1月27日在会议上\n各位代表：\n正文。", "2026年青石县政府工作报告", 1},
		{"below a caption", "政府工作报告。 青石日报记者 李某 摄\n政府工作报告\n（2026年1月27日）\n各位代表：\n正文。", "政府工作报告", 2},
		{"markdown", "# 青石县2022年法治报告\n正文。", "青石县2022年法治报告", 1},
		{"with a year behind", "法治政府建设年度报告（2022年）\n正文。", "法治政府建设年度报告（2022年）", 1},
		{"budgets made public", "青石县2020年县级财政决算公开\n来源：青石县财政局 发布时间：2021-07-19 09:30\n目　录\n正文。", "青石县2020年县级财政决算公开", 1},
		{"below the name of its town", "青石区阿木苏木\n2025年政府信息公开工作年度报告\n正文。", "青石区阿木苏木2025年政府信息公开工作年度报告", 1},
		{"the organ stands in a menu and in the title", "青石县教育局\n您现在所在的位置：网站首页 > 信息公开 > 青石县教育局\n青石县教育局2023年政府信息公开工作年度报告\n正文。", "青石县教育局2023年政府信息公开工作年度报告", 2},
		{"a sentence is none", "2024年，街道坚持依法行政，现将情况报告如下：\n一、成效\n正文。", "", 0},
		{"a sentence that goes on is none", "会议听取和审议了\n政府工作报告\n。会议同意这个报告。", "", 0},
		{"a heading is none", "一、法治政府建设情况\n正文。", "", 0},
		{"a fragment has none", "——积极接受司法监督。区政府办理司法建议4条。\n(三)持续加强自身建设情况\n正文。", "", 0},
		{"by the fact table", "| 信息名称: | 青石县政府关于2022年度法治建设工作的报告 | 文号: | 青政〔2023〕15号 |\n青石县政府关于2022年度\n法治建设工作的报告\n市政府:\n正文。", "青石县政府关于2022年度法治建设工作的报告", 1},
		{"by the fact table alone", "| 信息名称: | 青石县2022年法治建设报告 | 文号: | 青政〔2023〕15号 |\n2022年，我县坚持依法行政。", "青石县2022年法治建设报告", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := read(tt.in)
			if len(o.Paragraphs) == 0 {
				t.Fatal("no text")
			}
			titles := 0
			for _, p := range o.Paragraphs {
				if !p.Title {
					continue
				}
				titles++
				if p.Text != tt.want || p.Number != tt.number {
					t.Errorf("title paragraph %d %q, want %d %q", p.Number, p.Text, tt.number, tt.want)
				}
			}
			if o.Title != tt.want || titles > 1 || titles == 0 && tt.want != "" {
				t.Errorf("title %q in %d paragraphs, want %q", o.Title, titles, tt.want)
			}
			if titles == 1 && !o.Passages[0].Title {
				t.Errorf("the first passage is %q", o.Passages[0].Text)
			}
		})
	}
}

// TestTails holds titles to what they are called by, and the lines that they stand in to what
// was published.
func TestTails(t *testing.T) {
	const title = "青石县教育局2023年政府信息公开工作年度报告"
	for _, line := range []string{
		title + " | ||||||||", title + " 2024-01-15", title + "（2024年1月15日）      来源：青石融媒", title + " -某某app平台", title + " - 公文范例库",
		title + ".docx", title + "范文", "（两会受权发布）" + title, title + "_青石县人民政府网站",
	} {
		o := read(line + "\n根据条例，编制本报告。")
		if o.Title != title {
			t.Errorf("%s: %q", line, o.Title)
		}
		if len(o.Paragraphs) == 0 || !o.Paragraphs[0].Title || o.Paragraphs[0].Text == "" {
			t.Errorf("%s: %+v", line, o.Paragraphs)
		}
	}
	for _, line := range []string{"政府工作报告（2015年1月20日）", "法治政府建设年度报告（2022年）", "青石县2023年政府工作报告-2024"} {
		if o := read(line + "\n正文。"); o.Title != line {
			t.Errorf("%s: %q", line, o.Title)
		}
	}
}

// TestBracketedFacts reads facts whose labels stand in brackets.
func TestBracketedFacts(t *testing.T) {
	o := read("[ 主题分类 ] 卫生、妇女儿童 [ 体裁分类 ] 财政预算、决算\n[ 发布机构 ] 青石卫生健康局\n[ 成文日期 ] 2024-10-31 [ 发布日期 ] 2024-11-01\n青石县卫生健康局2023年度决算公开说明\n一、部门基本情况。")
	want := []baogao.Fact{{Label: "主题分类", Value: "卫生、妇女儿童"}, {Label: "体裁分类", Value: "财政预算、决算"}, {Label: "发布机构", Value: "青石卫生健康局"}, {Label: "成文日期", Value: "2024-10-31"}, {Label: "发布日期", Value: "2024-11-01"}}
	if !slices.Equal(o.Facts, want) || o.Title != "青石县卫生健康局2023年度决算公开说明" {
		t.Errorf("%v, title %q", o.Facts, o.Title)
	}
}
