package clean

import (
	"slices"
	"strings"
	"testing"

	"baogao"
)

func TestDropSign(t *testing.T) {
	text := []string{"临江县2021年法治政府建设工作总结", "一、主要成效", "全县受理行政复议案件二十一件，办结十九件。", "各乡镇严格执行重大行政决策程序。", "二、下一步打算", "加强执法监督，规范执法行为。", "2022年1月20日"}
	for _, sign := range []string{"Qz3农家文库--为乡亲们服务", "（本文来自某某资料网整理发布）"} {
		var c baogao.Cleaning
		lines := Lines(strings.Join(text, sign+"\n")+sign, &c)
		var got []string
		for _, l := range lines {
			got = append(got, l.Text)
		}
		if !slices.Equal(got, text) || !slices.Equal(c.Dropped, []string{sign}) || lines[0].Published != text[0]+sign {
			t.Errorf("%q, dropped %q", got, c.Dropped)
		}
	}
	short := "临江县年度报告乡村网--您的帮手\n全县受理案件二十一件。乡村网--您的帮手\n各乡镇加强监督。乡村网--您的帮手\n特此报告。乡村网--您的帮手"
	var of baogao.Cleaning
	if lines := Lines(short, &of); len(lines) != 4 || lines[3].Text != "特此报告。" {
		t.Errorf("%+v of a short text", lines)
	}
	for _, plain := range []string{
		"甲县由各乡镇人民政府负责落实\n乙县由各乡镇人民政府负责落实\n丙县由各乡镇人民政府负责落实\n丁县由各乡镇人民政府负责落实\n",
		strings.Repeat("责任单位：各乡镇人民政府、县直各部门\n", 8), // nothing would be left
		"甲县由各乡镇人民政府负责落实\n乙县由各乡镇人民政府负责落实\n丙县由各乡镇人民政府负责落实\n各位代表\n现在报告工作\n请予审议\n谢谢\n",
		strings.Repeat("全县受理案件二十一件，现将有关情况报告如下。\n", 8),
	} {
		var c baogao.Cleaning
		if Lines(plain, &c); len(c.Dropped) > 0 {
			t.Errorf("dropped %q", c.Dropped)
		}
	}
}
