package match

import (
	"regexp"

	"baogao/internal/analyzer"
)

// Generic words are those that people ask with, whatever they ask about: 多少,
// 哪些, 落实情况. Passages have them for reasons of their own, so that 河长制落实情况
// would find how other things were put into practice. They are rare enough in
// the collection for idf not to tell. The list is short and holds no word that a
// question may be about. It is folded, and so meets both scripts.
var generic = regexp.MustCompile(`怎么样|怎么办|有没有|是不是|为什么|有什么|是什么|什么|怎么|怎样|如何|多少|多久|多长|哪些|哪个|哪里|为何|是否|能否|可否|` +
	`请问|介绍|情况|落实|成效|措施|做法|进展|开展|方面|相关|有关|具体|主要|工作|[哪吗呢]`)

// genericWeight is how much of its weight a term of a question keeps that
// touches a generic word. From 0 to 0.4 it makes next to no difference.
const genericWeight = 0.2

// contents are the stretches of a folded text without generic words. A pair of
// characters of which one belongs to such a word is in none of them.
func contents(folded string) []string { return generic.Split(folded, -1) }

// weigh gives the terms of a folded text their weights: how often they are in
// it, those times at which they touch a generic word counting genericWeight.
func weigh(folded string, add func(term string, weight float64)) {
	touching := map[string]int{}
	for _, text := range contents(folded) {
		analyzer.EachTerm(text, func(term []rune) { touching[string(term)]-- })
	}
	analyzer.EachTerm(folded, func(term []rune) {
		name := string(term)
		if touching[name] < 0 {
			touching[name]++
			add(name, 1)
		} else {
			add(name, genericWeight)
		}
	})
}
