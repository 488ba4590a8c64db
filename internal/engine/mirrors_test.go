package engine_test

import (
	"fmt"
	"iter"
	"strings"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/copies"
)

// workReport is an invented work report with a line of its page above it.
func workReport(page string) string {
	var b strings.Builder
	b.WriteString("政府工作报告\n\n" + page + "\n\n——2019年1月11日在青川县第十八届人民代表大会第四次会议上\n\n各位代表：\n现在，我代表县人民政府向大会报告工作，请予审议。\n一、2018年工作回顾\n")
	for i, what := range []string{"茶园", "水库", "学校", "卫生院", "公路", "大桥", "林场", "工业园", "市场", "广场", "车站", "图书馆", "敬老院", "污水厂"} {
		fmt.Fprintf(&b, "第%d件，全县%s建设提速，完成投资%d.%d亿元，新增就业%d人，比上年增长%d.%d%%，群众满意度达到%d.%d%%，县人民政府继续加大支持力度。\n", i+1, what, i+3, i%7, 130+17*i, i%9+1, i%5, 90+i%8, i%10)
	}
	b.WriteString("二、2019年工作安排\n2019年，全县地区生产总值预期增长8%左右。\n")
	return b.String()
}

// TestMirrors takes the report of one government from five sites that put it up at
// five times, one with the readings of characters and one in Traditional, for one
// report on the right year.
func TestMirrors(t *testing.T) {
	traditional := newPairMaker(t).other
	texts := []string{
		workReport("发布日期：2019-01-20 10:00 来源：青川县人民政府"),
		workReport("发布时间：2020-08-21 22:18   责任编辑：www"),
		workReport("时间：2021-11-02 浏览量：12"),
		strings.ReplaceAll(strings.ReplaceAll(workReport("更新时间：2022-03-09 09:12:44"), "建设", "建(jiàn)设(shè)"), "投资", "投(tóu)资(zī)"),
		strings.Map(func(r rune) rune {
			if o := traditional[r]; o != 0 {
				return o
			}
			return r
		}, workReport("18.07.2023  13:07")),
	}
	var c copies.Collection
	var reports []*baogao.Report
	for i, text := range texts {
		r, err := corpus.Parse(t.Context(), fmt.Sprintf("m%d.txt", i), text)
		if err != nil {
			t.Fatal(err)
		}
		if r.Meta.Year != 2018 || r.Meta.Published != "2019-01-11" && i > 0 {
			t.Errorf("mirror %d: year %d, published %q, want 2018, 2019-01-11", i, r.Meta.Year, r.Meta.Published)
		}
		reports = append(reports, r)
		c.Add(r.Meta, copies.Read(r))
	}
	pairs, _, err := c.Find(t.Context(), func(i int) iter.Seq[string] {
		return func(yield func(string) bool) {
			for _, p := range reports[i].Passages {
				if !yield(p.Text) {
					return
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(pairs) != 4 {
		t.Errorf("%v are copies, want four of the five", pairs)
	}
}
