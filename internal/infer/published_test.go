package infer

import "testing"

// TestOrganDate dates a page by the line of who published it and when, and by no clock.
func TestOrganDate(t *testing.T) {
	for line, want := range map[string]string{
		"青石县人民政府 2024年01月08日":            "2024-01-08",
		"青石县统计局  2013-3-28":              "2013-03-28",
		"天津市青石区人民政府 2019年12月3日星期二":       "",
		"青石县人民政府召开会议 2024年1月8日 提出,要加强工作": "",
	} {
		in := Infer(Document{Title: "关于某办法的解读", Lines: []string{line, "按照要求,我县制定本办法,现解读如下。", "一、起草背景"}})
		if in.Published.Value != want {
			t.Errorf("%s: %q (%.2f), want %q", line, in.Published.Value, in.Published.Confidence, want)
		}
	}
}
