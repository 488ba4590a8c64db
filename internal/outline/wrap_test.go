package outline

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"baogao/internal/clean"
)

// cells is a text of n short lines in one group, as a table is that was
// copied cell by cell, below paragraphs that stand apart by empty lines.
func cells(n int) []line {
	var lines []line
	for i := range n {
		lines = append(lines, line{Line: clean.Line{Text: fmt.Sprintf("单元%c", 0x4E00+i%20000)}})
	}
	for i := range n / 8 {
		text := fmt.Sprintf("%d年，我县坚持依法行政。", 1000+i)
		lines = append(lines, line{Line: clean.Line{Text: text, Gap: true}})
	}
	for i := range lines {
		lines[i].Published = lines[i].Text
	}
	return lines
}

// TestJoinIsLinear: four times the lines take four times as long; ten times
// is let pass, sixteen would be quadratic.
func TestJoinIsLinear(t *testing.T) {
	took := func(lines []line) time.Duration {
		start := time.Now()
		if blocks := join(lines); len(blocks) < len(lines)/2 {
			t.Fatalf("%d blocks of %d lines", len(blocks), len(lines))
		}
		return time.Since(start)
	}
	few, many := time.Hour, time.Hour
	for i := 0; i < 2 || i < 10 && many > 10*few; i++ { // again where the machine is busy
		few, many = min(few, took(cells(5_000))), min(many, took(cells(20_000)))
	}
	t.Logf("5,000 lines took %v, 20,000 took %v", few, many)
	if many > 10*few {
		t.Error("the time grows with the square of the lines")
	}
}

// lostInGroupByReading is groups.lost without anything made beforehand.
func lostInGroupByReading(lines []line, start, i int) bool {
	clauses := false
	for j := i - 1; j >= start && !clauses; j-- {
		clauses = strings.ContainsAny(lines[j].Text, "，,。")
	}
	for j := start - 1; j >= 0 && !lines[j+1].Gap && !clauses; j-- {
		clauses = strings.Contains(lines[j].Text, "。")
	}
	if !clauses {
		return false
	}
	for ; i < len(lines) && !lines[i].Gap && !startsParagraph(lines[i].Text); i++ {
		if strings.Contains(lines[i].Text, "。") {
			return true
		}
		if endsSentence(lines[i].Text) {
			return false
		}
	}
	return false
}

// TestGroups tries every text of four lines of these kinds.
func TestGroups(t *testing.T) {
	kinds := []string{"甲", "甲，乙", "甲。", "甲；", "（一）甲"}
	const size = 4
	n := 1
	for range size {
		n *= 2 * len(kinds)
	}
	for code := range n {
		lines := make([]line, size)
		for i := range lines {
			lines[i].Text, lines[i].Gap = kinds[code%len(kinds)], code/len(kinds)%2 == 1
			code /= 2 * len(kinds)
		}
		g := groupsOf(lines)
		for start := range size {
			for i := start + 1; i < size; i++ {
				if got, want := g.lost(start, i), lostInGroupByReading(lines, start, i); got != want {
					t.Fatalf("%+v: lost(%d, %d) = %v, want %v", lines, start, i, got, want)
				}
			}
		}
	}
}

// TestSignatureBelowAFullLine keeps a signature apart from a last line that
// happens to be full.
func TestSignatureBelowAFullLine(t *testing.T) {
	text := `          某市某某区人民政府
        2020年法治政府建设工作报告

    2020年，我区以建设法治某某为目标，坚持依法行政，
全面推进法治政府建设各项工作，取得了明显成效，群众满
意度稳步提升。现将工作情况报告如下：
    一、主要工作
    （一）完善依法行政制度体系。制定《某某区重大行政
决策程序暂行规定》，全年开展合法性审查83件，出具法律
意见书16份，清理规范性文件14件，废止6件。
    二、存在问题
    一是少数干部法治观念不强。二是执法力量向基层下沉
不够，综合执法改革有待深化，法治宣传教育形式单一些。
                某市某某区人民政府
                 2021年1月11日
`
	var got []string
	for _, p := range read(text).Paragraphs {
		got = append(got, p.Text)
	}
	if n := len(got); n < 3 || got[n-2] != "某市某某区人民政府" || !strings.HasSuffix(got[n-3], "形式单一些。") {
		t.Errorf("%q", got)
	}
}

// TestRowsStayApart has a table of two columns whose rows are all of one width.
func TestRowsStayApart(t *testing.T) {
	var lines []line
	for i := range 60 {
		row := fmt.Sprintf("%d | 案件%02d诉某县人民政府不履行法定职责", 1001+i, i)
		lines = append(lines, line{Line: clean.Line{Text: row, Published: row}})
	}
	if blocks := join(lines); len(blocks) != len(lines) {
		t.Errorf("%d rows are %d paragraphs, the first of them %q", len(lines), len(blocks), blocks[0].text)
	}
}
