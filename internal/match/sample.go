package match

import "baogao/internal/analyzer"

// sampledPassages is in how many passages it is counted how common characters
// are.
const sampledPassages = 1 << 14

// A Sample says how many of some passages hold a character; those beyond the
// basic plane are too rare to be told from none.
type Sample struct {
	Passages int
	holding  []int32 // by character
}

// TakeSample counts characters in passages evenly spread over all n of an
// index, whose texts are in UTF-16.
func TakeSample(n int, text func(passage int) []byte) Sample {
	const basic = 1 << 16
	s := Sample{holding: make([]int32, basic)}
	last := make([]int32, basic) // number of the passage that a character was last seen in
	var folded []rune
	for at := 0; at < n; at += n/sampledPassages + 1 {
		s.Passages++
		folded = analyzer.FoldUTF16(folded[:0], text(at))
		for _, r := range folded {
			if r < basic && last[r] != int32(s.Passages) {
				last[r] = int32(s.Passages)
				s.holding[r]++
			}
		}
	}
	return s
}

// Holding is how many of the passages hold a folded character.
func (s *Sample) Holding(r rune) int {
	if int(r) >= len(s.holding) {
		return 0
	}
	return int(s.holding[r])
}
