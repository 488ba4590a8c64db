package layout

import (
	"fmt"
	"strings"
	"testing"

	"baogao/internal/testkit"
)

// pageOf is a page of words, each given as x, y and text, with characters ten
// points wide and high. The text begins at 0; a full line has 30 characters.
func pageOf(sheet int, words string) Page {
	p := Page{sheet: sheet}
	for _, line := range testkit.LinesIn(words) {
		var x, y float64
		var text string
		if _, err := fmt.Sscan(line, &x, &y, &text); err != nil {
			panic(err)
		}
		for _, r := range text {
			p.characters = append(p.characters, character{x0: x, y0: y, x1: x + 10, y1: y + 10, text: string(r)})
			x += 10
		}
	}
	return p
}

// fullLines are three lines of one paragraph of 30, 30 and 10 characters, the first
// at y.
func fullLines(y int) string {
	long := strings.Repeat("全面推进依法行政工作", 3)
	return fmt.Sprintf("0 %d %s\n0 %d %s\n0 %d 全面推进依法行政情况\n", y, long, y+15, long, y+30)
}

func TestParagraphs(t *testing.T) {
	whole := strings.Repeat("全面推进依法行政工作", 6) + "全面推进依法行政情况"
	long := strings.Repeat("全面推进依法行政工作", 3)
	ended := strings.Repeat("全面推进依法", 4) + "行政工作落。"
	for _, tt := range []struct {
		name  string
		pages []string
		want  []string
	}{
		{"one paragraph", []string{fullLines(0)}, []string{whole}},
		{"a short line ends it", []string{fullLines(0) + fullLines(45)}, []string{whole, whole}},
		{"a gap ends it", []string{fullLines(0) + "0 60 " + long + "\n0 100 之后\n"}, []string{whole, long, "之后"}},
		{"a mark ends it", []string{fullLines(0) + "0 45 " + ended + "\n0 60 （一）之后\n"}, []string{whole, ended, "（一）之后"}},
		{"over pages", []string{fullLines(0) + "0 45 " + long + "\n", "0 0 继续\n" + fullLines(15)}, []string{whole, long + "继续", whole}},
		{"blank between Han words", []string{fullLines(0) + "0 45 区委\n28 45 区政府\n"}, []string{whole, "区委 区政府"}},
		{"figures apart from Han", []string{fullLines(0) + "0 45 办理\n23 45 14\n46 45 件\n"}, []string{whole, "办理14件"}},
		{"stretched line", []string{fullLines(0) + "0 45 全\n15 45 年\n30 45 办\n45 45 理\n60 45 案\n75 45 件\n90 45 十\n105 45 件\n"}, []string{whole, "全年办理案件十件"}},
		{"title of two lines", []string{"20 0 " + long[:78] + "\n100 15 情况的报告\n" + fullLines(50)}, []string{long[:78], "情况的报告", whole}},
		{"row by itself", []string{fullLines(0) + "0 60 单位\n100 60 收案\n200 60 结案\n"}, []string{whole, "单位 | 收案 | 结案"}},
		{"cells in the middle of their rows", []string{"0 0 单位\n100 0 说明\n100 30 其中\n0 42 司法局\n100 42 维持\n100 54 八件\n0 84 公安局\n100 84 无\n"},
			[]string{"单位 | 说明", "司法局 | 其中维持八件", "公安局 | 无"}},
		{"rows that all stand alike", []string{"0 0 单位\n100 0 说明\n0 12 司法局\n100 12 维持\n100 24 八件\n0 36 公安局\n100 36 无\n"},
			[]string{"单位 | 说明", "司法局 | 维持八件", "公安局 | 无"}},
		{"rows of words below a merged cell", []string{"0 0 单位\n100 0 职责\n200 0 评价\n100 18 复议\n200 18 优秀\n0 36 司法局\n100 36 应诉\n200 36 良好\n100 54 宣传\n200 54 合格\n0 72 公安局\n100 72 许可\n200 72 优秀\n"},
			[]string{"单位 | 职责 | 评价", "司法局 | 复议 | 优秀", "司法局 | 应诉 | 良好", "司法局 | 宣传 | 合格", "公安局 | 许可 | 优秀"}},
		{"rows of words of two lines", []string{"0 0 单位\n100 0 职责\n200 0 评价\n0 18 司法局\n100 18 负责行政复\n200 18 全年工作成\n100 36 议应诉\n200 36 绩优秀\n0 54 公安局\n100 54 许可\n200 54 良好\n"},
			[]string{"单位 | 职责 | 评价", "司法局 | 负责行政复议应诉 | 全年工作成绩优秀", "公安局 | 许可 | 良好"}},
		{"signature", []string{fullLines(0) + "200 60 鼓楼区人民政府\n200 75 2022年2月\n"}, []string{whole, "鼓楼区人民政府", "2022年2月"}},
		{"page number", []string{fullLines(0) + "140 200 —1—\n"}, []string{whole}},
		{"heads that are not set apart", []string{"0 0 同一行\n" + fullLines(15), "0 0 同一行\n" + fullLines(15)}, []string{"同一行", whole, "同一行", whole}},
		{"running head", []string{"0 0 鼓楼区公报\n" + fullLines(50), "0 0 鼓楼区公报\n" + fullLines(50), "0 0 鼓楼区公报\n" + fullLines(50)}, []string{"鼓楼区公报", whole, whole, whole}},
		{"running head that is not set apart at first", []string{"0 0 鼓楼区公报\n" + fullLines(15), "0 0 鼓楼区公报\n" + fullLines(50), "0 0 鼓楼区公报\n" + fullLines(50)}, []string{"鼓楼区公报", whole, whole, whole}},
		{"running head from the second page on", []string{fullLines(50) + "0 95 " + long + "\n", "0 0 鼓楼区公报\n0 50 继续\n" + fullLines(65), "0 0 鼓楼区公报\n" + fullLines(50)},
			[]string{whole, long + "继续", "鼓楼区公报", whole, whole}},
		{"running head with page numbers", []string{"0 0 公报\n200 0 1\n" + fullLines(50), "0 0 公报\n200 0 2\n" + fullLines(50), "0 0 公报\n200 0 3\n" + fullLines(50)}, []string{"公报 1", whole, whole, whole}},
		{"running foot", []string{fullLines(0) + "0 200 内部资料\n", fullLines(0) + "0 200 内部资料\n", fullLines(0) + "0 200 内部资料\n"}, []string{whole, whole, whole}},
		{"heads of two pages", []string{"0 0 第3期\n" + fullLines(50), "0 0 第3期\n" + fullLines(50)}, []string{"第3期", whole, "第3期", whole}},
		{"titles but for the year", []string{"0 0 2022年法治政府建设情况\n" + fullLines(50), fullLines(50), "0 0 2023年法治政府建设情况\n" + fullLines(50), fullLines(50)},
			[]string{"2022年法治政府建设情况", whole, whole, "2023年法治政府建设情况", whole, whole}},
		{"bare page numbers", []string{fullLines(0) + "140 200 7\n", fullLines(0) + "140 200 8\n"}, []string{whole, whole}},
		{"figures that do not count the pages", []string{fullLines(0) + "140 200 14\n", fullLines(0) + "140 200 3\n"}, []string{whole, "14", whole, "3"}},
		{"nothing", []string{"", ""}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var pages []Page
			for i, p := range tt.pages {
				pages = append(pages, pageOf(i, p))
			}
			got, err := Paragraphs(pages, t.Context().Err)
			if err != nil {
				t.Fatal(err)
			}
			testkit.SameLines(t, strings.Join(got, "\n"), tt.want)
		})
	}
}
