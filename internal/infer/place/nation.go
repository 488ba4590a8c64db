package place

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
)

// A nationWord speaks for the country.
type nationWord struct {
	word   string
	weight float64
}

// nationWords are how documents of the country speak. None of them is worth
// much by itself, as others quote them; together, in a text that nowhere
// speaks of a unit of its own, they tell it.
var nationWords = []nationWord{
	{"我国", 1.5}, {"各省", 1.5}, {"国务院", 1}, {"全国", 0.7}, {"省级", 0.7}, {"国家", 0.7}, {"中国", 0.5}, {"各地区", 0.5}, {"地方人民政府", 0.7},
	{"工业和信息化部", 1}, {"财政部", 0.5}, {"科技部", 0.5}, {"民政部", 0.5}, {"商务部", 0.7}, {"公安部", 0.7}, {"卫生部", 0.5}, {"劳动部", 0.5}, {"人民法院", 0.3},
}

var wordsOfNation = func() *chars.Words {
	var list []string
	for _, w := range nationWords {
		list = append(list, w.word)
	}
	return chars.NewWords(list)
}()

// quoted are the titles of other documents, and whom every document follows.
// 财政部门 are those of any government, as 国家机关 are, and 省级以上 what any names.
var quoted = regexp.MustCompile(`《[^》]*》|党中央、?国务院|中国特色|中国共产党|中国式现代化|部门|国家机关|国家工作人员|省级以上`)

// country adds what the words of a text say for the country, less for
// each time it speaks of a unit of its own or names one place again.
func (t *unitTally) country() {
	const chance, most = 0.5, 3 // votes that any text gives, and the most that words can
	const drowned = 40          // votes of its own that no words for the country outweigh
	own := 2 * math.Log2(max(1, float64(oftenNamed(t.doc.Lines))))
	for _, value := range slices.Sorted(maps.Keys(t.Votes)) {
		if u := Unit(value); u != nation {
			own += 2 * max(0, t.Sum(value)-t.noise)
		}
	}
	if own > drowned {
		return
	}
	voice, at := nationVoice(t.doc.Lines)
	if voice = min(voice-chance-own, most); voice > 0 {
		t.vote(nation, voice, at)
	}
}

// nationVoice weighs the words for the country, and gives the place of one.
func nationVoice(lines []parts.Line) (voice float64, at poll.Spot) {
	count := make([]int, len(nationWords))
	ofLine := make([]int, len(nationWords))
	for _, l := range lines {
		text := l.Text
		if chars.ContainsAny(text, []string{"《", "党中央", "中国", "部门", "国家机关", "国家工作", "省级以上"}) {
			text = quoted.ReplaceAllString(text, "")
		}
		clear(ofLine)
		wordsOfNation.Count(text, ofLine)
		for i, n := range ofLine {
			if word := nationWords[i].word; n > 0 && at.Text == "" {
				at = l.At(strings.Index(l.Text, word), len(word))
			}
			count[i] += n
		}
	}
	for i, s := range nationWords {
		voice += s.weight * math.Log2(1+float64(count[i]))
	}
	return voice, at
}

// oftenNamed is how often the body names the place that it names most.
func oftenNamed(lines []parts.Line) int {
	count, most := map[gazetteer.Place]int{}, 0
	for _, l := range lines {
		for _, m := range l.Mentions {
			if len(m.Places) == 1 && m.Places[0] != gazetteer.Country {
				count[m.Places[0]]++
				most = max(most, count[m.Places[0]])
			}
		}
	}
	return most
}

// number adds the country for the numbers of its State Council: 国发, 国办函.
func (t *unitTally) number(number *poll.Tally) {
	for _, c := range number.Ranked() {
		if chars.HasAnyPrefix(c.Value, []string{"国发", "国办", "国函", "国令"}) {
			t.vote(nation, 12, number.Loudest(c.Value))
		}
	}
}
