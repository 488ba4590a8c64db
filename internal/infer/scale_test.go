package infer

import (
	"strings"
	"testing"
	"time"

	"baogao/internal/gazetteer"
)

// bigDocuments are texts of n bytes whose shape would cost most if some step
// looked at a line, or at the lines above, once for each name or year in it.
var bigDocuments = []struct {
	name string
	make func(n int) Document
}{
	{"one line of sentences", func(n int) Document {
		return oneLine(n, "2023年,遂宁市安居区坚持依法行政,我区三家镇、拦江镇和射洪市化解纠纷45件,区政府规范性文件全部备案。")
	}},
	{"one line of a street", func(n int) Document {
		return oneLine(n, "我街道坚持依法行政,郭家沱大桥通车,江北区鱼嘴镇、重庆市渝中区、云南省昆明市五华区、街道党工委带头学法。")
	}},
	{"one line of a shared name", func(n int) Document { return oneLine(n, "鼓楼区") }},
	{"one line of a name of many towns", func(n int) Document { return oneLine(n/4, "太平镇") }},
	{"one line of dates", func(n int) Document { return oneLine(n, "2022年3月5日在") }},
	{"one line of announcements", func(n int) Document { return oneLine(n, "现将2022年") }},
	{"one line of organs after blanks", func(n int) Document { return oneLine(n/2, " ", "城关镇") }},
	{"one line of digits", func(n int) Document { return oneLine(n, "2022019990") }},
	{"one line without Han", func(n int) Document { return oneLine(n, "The report of 2022, no. 21; ") }},
	{"short lines", func(n int) Document { return Document{Lines: repeated(n, "区政府")} }},
	{"lines that open a year", func(n int) Document { return Document{Lines: repeated(n, "2023年是我区")} }},
	{"headings of a work report", func(n int) Document {
		return Document{Title: "安居区政府工作报告", Lines: repeated(n, "2023年主要工作")}
	}},
}

// oneLine is a document of one line, n bytes of each pattern.
func oneLine(n int, patterns ...string) Document {
	line := ""
	for _, p := range patterns {
		line += strings.Repeat(p, n/len(p))
	}
	return Document{Lines: []string{line}}
}

func repeated(n int, line string) []string {
	lines := make([]string, n/len(line))
	for i := range lines {
		lines[i] = line
	}
	return lines
}

func took(d Document) time.Duration {
	start := time.Now()
	Infer(d)
	return time.Since(start)
}

// TestInferLarge holds the time to the length of the text.
func TestInferLarge(t *testing.T) {
	const size = 50_000
	gazetteer.Find("安居区") // reads the table
	for _, tt := range bigDocuments {
		t.Run(tt.name, func(t *testing.T) {
			// Time that grows with the square would be sixteen times as much; a
			// busy machine is given the benefit of the doubt up to ten.
			few, many := tt.make(size), tt.make(4*size)
			one, four := time.Hour, time.Hour
			square := true
			for i := 0; i < 5 && square; i++ {
				one, four = min(one, took(few)), min(four, took(many))
				square = four > 50*time.Millisecond && four > 10*one
			}
			t.Logf("%d bytes took %v, four times as many %v", size, one, four)
			if square {
				t.Error("the time grows with the square of the text")
			}
		})
	}
}

// TestInferHuge holds a text of many megabytes to the time of what is read
// of it, and to what its ends say.
func TestInferHuge(t *testing.T) {
	lines := []string{"安居区2022年度法治政府建设情况报告", "2022年,安居区坚持依法行政。"}
	lines = append(lines, repeated(30_000_000, "2019年,我省各县市区人民政府坚持依法行政。")...)
	lines = append(lines, strings.Repeat("遂宁市射洪市", 2_000_000), "遂宁市安居区人民政府", "2023年1月20日")
	start := time.Now()
	in := Infer(Document{Lines: lines})
	took := time.Since(start)
	t.Logf("30 MB took %v", took)
	if took > 30*time.Second {
		t.Error("that is more than 30 s")
	}
	if in.Published.Value != "2023-01-20" || in.Issuer.Value != "遂宁市安居区人民政府" {
		t.Errorf("published %q, issuer %q, want what stands at the end", in.Published.Value, in.Issuer.Value)
	}
}
