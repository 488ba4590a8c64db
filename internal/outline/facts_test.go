package outline

import (
	"slices"
	"testing"

	"baogao"
)

func TestFacts(t *testing.T) {
	const body = "\n青石县2022年法治报告\n2022年，我县坚持依法行政。"
	for _, tt := range []struct {
		name, in string
		want     []baogao.Fact
	}{
		{"table of rows", "| 索 引 號: | 000014349/2023-06836 | 主題分類: | 公安、司法 |\n| 生效日期: | 廢止日期: | ||\n| 文 號: | 青政〔2023〕15號 | 關 鍵 詞: | 法治建設;法治政府 |",
			[]baogao.Fact{{Label: "索引號", Value: "000014349/2023-06836"}, {Label: "主題分類", Value: "公安、司法"}, {Label: "文號", Value: "青政〔2023〕15號"}, {Label: "關鍵詞", Value: "法治建設;法治政府"}}},
		{"table of single cells", "索 引 号： |\n 000014349/2004-1 |\n 发文机关： |\n 青石县人民政府 |\n 主 题 词： |\n |\n |",
			[]baogao.Fact{{Label: "索引号", Value: "000014349/2004-1"}, {Label: "发文机关", Value: "青石县人民政府"}}},
		{"line of facts", "发布时间：2023-01-20 09:30　来源：县司法局　浏览次数：128 【字体：大 中 小】",
			[]baogao.Fact{{Label: "发布时间", Value: "2023-01-20 09:30"}, {Label: "来源", Value: "县司法局"}}},
		{"date and labels", "2023-01-20 16:30 信息来源：县政府办 阅读次数：5", []baogao.Fact{{Label: "时间", Value: "2023-01-20 16:30"}, {Label: "信息来源", Value: "县政府办"}}},
		{"date and time", "2023年01月20日 07时41分", []baogao.Fact{{Label: "时间", Value: "2023年01月20日 07时41分"}}},
		{"value on the next line", "来源:\n青石日报", []baogao.Fact{{Label: "来源", Value: "青石日报"}}},
		{"no table", "| 指标 | 数值 |\n| 案件 | 14 |", nil},
		{"no facts", "工作时间：全年无休，随叫随到。", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := read(tt.in + body)
			if len(o.Paragraphs) == 0 {
				t.Fatal("no text")
			}
			if !slices.Equal(o.Facts, tt.want) {
				t.Errorf("got %q, want %q", o.Facts, tt.want)
			}
			for _, p := range o.Paragraphs {
				for _, f := range tt.want {
					if p.Text == f.Value {
						t.Errorf("the fact %s is a paragraph as well", f.Value)
					}
				}
			}
		})
	}
}

func TestTableInTheBodyIsContent(t *testing.T) {
	got := read("2022年，我县受理案件如下。\n| 名称 | 件数 | 文号 |\n| 行政复议 | 14 | 3 |").Paragraphs
	if len(got) != 3 || got[2].Text != "| 行政复议 | 14 | 3 |" {
		t.Errorf("got %+v", got)
	}
}

func TestTableAtTheHeadIsContent(t *testing.T) {
	if got := read("| 名称 | 件数 |\n| 行政复议 | 14 |").Paragraphs; len(got) != 2 {
		t.Errorf("got %+v", got)
	}
}

func TestSourceInTheBodyIsContent(t *testing.T) {
	if got := read("2022年，我县受理案件如下。\n（来源：县统计局）\n2023年，我县继续推进。").Paragraphs; len(got) != 3 {
		t.Errorf("got %+v", got)
	}
}

func TestSourceAtTheEnd(t *testing.T) {
	o := read("各位代表：\n现在报告工作。\n（来源：青石日报）\n编辑：何某红")
	if !slices.Equal(o.Facts, []baogao.Fact{{Label: "来源", Value: "青石日报"}}) || len(o.Paragraphs) != 2 || !slices.Equal(o.Dropped, []string{"编辑：何某红"}) {
		t.Errorf("facts %v, dropped %q, %d paragraphs", o.Facts, o.Dropped, len(o.Paragraphs))
	}
}
