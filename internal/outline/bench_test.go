package outline

import (
	"strings"
	"testing"
)

// benchText is a long report without damage: what nearly every file is.
func benchText(b *testing.B) string {
	b.Helper()
	var text strings.Builder
	for text.Len() < 1<<20 {
		text.WriteString("（一）强化统筹谋划。坚持把法治政府建设工作与中心工作同谋划、同部署、同推进，研究制定规划，全面绘好法治政府建设“路线图”。\n")
		text.WriteString(strings.Repeat("全年共受理行政复议案件14件，行政机关负责人出庭应诉率达100%，推动行政争议实质性化解。", 6) + "\n")
		text.WriteString("1.健全制度\n")
	}
	return text.String()
}

// BenchmarkRead is cleaning and outline, without decoding and inference.
func BenchmarkRead(b *testing.B) {
	text := benchText(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		read(text)
	}
}

// BenchmarkReadGlossed is the same of a text in which every third character
// has a gloss.
func BenchmarkReadGlossed(b *testing.B) {
	text := strings.ReplaceAll(strings.ReplaceAll(benchText(b), "政", "政(zhèng)"), "行", "行(xíng)")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		read(text)
	}
}
