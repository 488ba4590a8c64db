package corpus

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// cells is a text of n short lines in one group, as a table is that was
// copied cell by cell, below paragraphs that stand apart by empty lines.
func cells(n int) []line {
	var lines []line
	for i := range n {
		lines = append(lines, line{text: fmt.Sprintf("单元%c", 0x4E00+i%20000), gap: false})
	}
	for i := range n / 8 {
		text := fmt.Sprintf("%d年，我县坚持依法行政。", 1000+i)
		lines = append(lines, line{text: text, gap: true})
	}
	for i := range lines {
		lines[i].published = lines[i].text
	}
	return lines
}

// TestJoinIsLinear: four times the lines take four times as long; ten times
// is let pass, sixteen would be quadratic.
func TestJoinIsLinear(t *testing.T) {
	took := func(lines []line) time.Duration {
		best := time.Duration(1 << 62)
		for range 5 {
			start := time.Now()
			if blocks := join(lines); len(blocks) < len(lines)/2 {
				t.Fatalf("%d blocks of %d lines", len(blocks), len(lines))
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	few, many := took(cells(5_000)), took(cells(20_000))
	if many > 10*few {
		t.Errorf("5,000 lines took %v, 20,000 took %v", few, many)
	}
}

// lostInGroupByReading is groups.lost without anything made beforehand.
func lostInGroupByReading(lines []line, start, i int) bool {
	clauses := false
	for j := i - 1; j >= start && !clauses; j-- {
		clauses = strings.ContainsAny(lines[j].text, "，,。")
	}
	for j := start - 1; j >= 0 && !lines[j+1].gap && !clauses; j-- {
		clauses = strings.Contains(lines[j].text, "。")
	}
	if !clauses {
		return false
	}
	for ; i < len(lines) && !lines[i].gap && !startsParagraph(lines[i].text); i++ {
		if strings.Contains(lines[i].text, "。") {
			return true
		}
		if endsSentence(lines[i].text) {
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
			lines[i].text, lines[i].gap = kinds[code%len(kinds)], code/len(kinds)%2 == 1
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
	text := "某区2022年度法治政府建设情况的报告\n\n" +
		"    我区坚持依法行政全面推进法治政府建设各项工作取得\n新的成效行政执法更加规范矛盾纠纷化解更加有力群众满\n" +
		"意程度不断提高同时也要看到工作中还有一些不足之处。\n                某市某区人民政府\n                2023年1月18日\n"
	reports, _ := Read("a.txt", []byte(text), Options{})
	var last []string
	for _, p := range reports[0].Paragraphs {
		last = append(last, p.Text)
	}
	if n := len(last); n < 3 || last[n-2] != "某市某区人民政府" || !strings.HasSuffix(last[n-3], "不足之处。") {
		t.Errorf("%q", last)
	}
}
