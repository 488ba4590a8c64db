package analyzer

import (
	"strings"
	"testing"
)

// benchText is a passage of the usual length and kind, not folded.
const benchText = "全年共办理行政复议案件14件（其中：受理12件、不予受理2件），办结率达99.2％；出庭应诉“民告官”案件36件，" +
	"行政机关负责人出庭应诉率100％。坚持和发展新时代“枫桥经验”，划分992个综合网格，配备专职网格员1361名，" +
	"推动矛盾纠纷多元化解。严格执行重大行政决策程序规定，对28件行政规范性文件进行合法性审查；" +
	"持续优化法治化营商环境，推行“双随机、一公开”监管。"

func BenchmarkFold(b *testing.B) {
	s := strings.Repeat(benchText, 20)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Fold(s)
	}
}

func BenchmarkFoldRunes(b *testing.B) {
	s := strings.Repeat(benchText, 20)
	var runes []rune
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		runes = FoldRunes(runes[:0], s)
	}
}

func BenchmarkFoldTraditional(b *testing.B) {
	s := strings.Repeat("全年共辦理行政復議案件，堅持和發展新時代楓橋經驗。", 100)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Fold(s)
	}
}

func BenchmarkTokenize(b *testing.B) {
	text := []byte(benchText)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Tokenizer{}.Tokenize(text)
	}
}

func BenchmarkTokenizeStock(b *testing.B) {
	text, a := []byte(benchText), stockAnalyzer(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		a.Analyze(text)
	}
}

func BenchmarkFind(b *testing.B) {
	for _, word := range []string{"行政复议", "14件", "议"} {
		b.Run(word, func(b *testing.B) {
			p, folded := Compile(word), FoldRunes(nil, benchText)
			var spans []Span
			b.SetBytes(int64(len(benchText)))
			b.ReportAllocs()
			for b.Loop() {
				spans = p.Find(folded, spans[:0])
			}
		})
	}
}

func BenchmarkMakeTable(b *testing.B) {
	for b.Loop() {
		makeTable(foldData)
	}
}
