// Package key gives indicators that are told in other words one key.
package key

import (
	_ "embed"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"baogao/internal/analyzer"
)

// keyData is the table of Default.
//
//go:embed keys.txt
var keyData string

// Keys are the wordings of indicators that mean the same. They are read from a
// table, whose head in keys.txt says its form. They may be used side by side
// once they are read.
type Keys struct {
	words      []pair
	indicators map[string]string
	objects    map[string]string
	acts       []pair // longest wordings first
	ends       actEnds
	light      prefixes
}

// actEnds are the places in a list of acts of those with a wording that begins and
// that ends with a character, in the order of the list.
type actEnds struct{ first, last map[rune][]int }

type pair struct{ from, to string }

// Default are those of the table that is part of the program.
var Default = sync.OnceValue(func() *Keys {
	k := &Keys{indicators: map[string]string{}, objects: map[string]string{}}
	if err := k.Add(strings.NewReader(keyData)); err != nil {
		panic(err)
	}
	return k
})

// A Measure is what is told of an indicator, by the name of the kind of figure.
// Other kinds than these tell its number.
type Measure string

// The measures that keys tell apart.
const (
	Rate   Measure = "rate"
	Growth Measure = "growth"
	Gap    Measure = "gap"
	Rank   Measure = "rank"
)

// With are these keys and those of a table of one's own, whose lines go before.
// The error names the line that it cannot read.
func (k *Keys) With(table io.Reader) (*Keys, error) {
	more := k.clone()
	return more, more.Add(table)
}

func (k *Keys) clone() *Keys {
	return &Keys{slices.Clone(k.words), maps.Clone(k.indicators), maps.Clone(k.objects), slices.Clone(k.acts), k.ends, k.light.with(nil)}
}

// Add adds the lines of a table.
func (k *Keys) Add(table io.Reader) error {
	data, err := io.ReadAll(table)
	if err != nil {
		return err
	}
	section, number := "", 0
	for line := range strings.Lines(string(data)) {
		number++
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if line == "" {
			continue
		}
		if strings.HasPrefix(line, "[") {
			section = line
			continue
		}
		key, wordings, ok := strings.Cut(line, "=")
		if key = strings.TrimSpace(key); !ok || key == "" || len(strings.Fields(wordings)) == 0 {
			return fmt.Errorf("line %d: %q is no key with its wordings", number, line)
		}
		if err := k.line(section, key, strings.Fields(wordings)); err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
	}
	k.sort()
	return nil
}

// sort puts the longest wordings of acts first, and notes where they begin and end.
func (k *Keys) sort() {
	slices.SortStableFunc(k.acts, func(a, b pair) int { return len(b.from) - len(a.from) })
	k.ends = actEnds{map[rune][]int{}, map[rune][]int{}}
	for i, act := range k.acts {
		first, _ := utf8.DecodeRuneInString(act.from)
		last, _ := utf8.DecodeLastRuneInString(act.from)
		k.ends.first[first] = append(k.ends.first[first], i)
		k.ends.last[last] = append(k.ends.last[last], i)
	}
}

// of are the places of the acts that a name may begin or end with, in their order. One
// that it may both begin and end with comes once or twice.
func (e actEnds) of(name string) iter.Seq[int] {
	first, _ := utf8.DecodeRuneInString(name)
	last, _ := utf8.DecodeLastRuneInString(name)
	return func(yield func(int) bool) {
		a, b := e.first[first], e.last[last]
		for len(a) > 0 || len(b) > 0 {
			var i int
			if len(b) == 0 || len(a) > 0 && a[0] < b[0] {
				i, a = a[0], a[1:]
			} else {
				i, b = b[0], b[1:]
			}
			if !yield(i) {
				return
			}
		}
	}
}

func (k *Keys) line(section, key string, wordings []string) error {
	for _, w := range wordings {
		switch section {
		case "[words]":
			k.words = replace(k.words, pair{plain(w), key})
		case "[indicators]":
			k.indicators[k.fold(w)] = key
		case "[objects]":
			k.objects[k.fold(w)] = key
		case "[acts]":
			k.acts = replace(k.acts, pair{plain(w), key})
		case "[light]":
			k.light = k.light.with([]string{plain(w)})
		default:
			return fmt.Errorf("section %q; want [words], [indicators], [objects], [acts] or [light]", section)
		}
	}
	return nil
}

// replace adds a pair to a list, in place of one for the same wording.
func replace(list []pair, p pair) []pair {
	return append(slices.DeleteFunc(list, func(q pair) bool { return q.from == p.from }), p)
}

// plain is a folded name without signs and 的.
func plain(name string) string {
	return strings.Map(func(c rune) rune {
		switch c {
		case '"', '\'', ' ', '《', '》', '〈', '〉', '·', '的':
			return -1
		}
		return c
	}, analyzer.Fold(name))
}

// leading are words of place, of time and of degree in front of a name: they
// are told apart from it, or tell nothing.
var leading = prefixes{}.with([]string{"全年", "今年", "年末", "年底", "全市", "全省", "全区", "全县", "全州", "我市", "我省", "我区", "我县", "累计", "共", "各类", "各项", "年均", "预计", "实现", "完成"})

// fold is the form in which names are compared.
func (k *Keys) fold(name string) string {
	s := leading.cut(plain(name), func(rest string) bool { return utf8.RuneCountInString(rest) >= 2 })
	for _, p := range k.words {
		if strings.Contains(s, p.from) && (!strings.Contains(p.to, p.from) || !strings.Contains(s, p.to)) {
			s = strings.ReplaceAll(s, p.from, p.to)
		}
	}
	return s
}

// endings are the words at the end of the names of growths and ranks that say
// the measure again.
var endings = []string{"增速", "增长率", "增幅", "涨幅", "降幅", "排名", "位次", "年均"}

// Key is the key of an indicator: its object, its act where it has one, and its
// measure where that is not the number: 行政复议·受理, 地区生产总值·增速.
func (k *Keys) Key(indicator string, measure Measure) string {
	name := k.fold(indicator)
	if measure == Growth || measure == Rank || measure == Gap {
		for _, w := range endings {
			if rest := strings.TrimSuffix(name, w); utf8.RuneCountInString(rest) >= 2 {
				name = rest
			}
		}
	}
	key := k.object(name, measure)
	switch measure {
	case Growth:
		return key + "·增速"
	case Gap:
		return key + "·差距"
	case Rank:
		return key + "·位次"
	case Rate:
		_, whole := k.indicators[name]
		if last, _ := utf8.DecodeLastRuneInString(key); !whole && !strings.ContainsRune("率比重例度", last) {
			return key + "·率"
		}
	}
	return key
}

// IsAct reports whether a name is an act and no more.
func (k *Keys) IsAct(name string) bool {
	name = k.fold(name)
	first, _ := utf8.DecodeRuneInString(name)
	return slices.ContainsFunc(k.ends.first[first], func(i int) bool { return k.acts[i].from == name })
}

// doers are those behind an act who do it: 调解组织 is no 组织 that was 调解.
var doers = []string{"组织", "员", "人员", "中心", "室", "工作室", "平台", "委员会", "队", "机构", "机制", "制度", "站", "网点", "率", "量"}

// object is the object of a folded name with its act.
func (k *Keys) object(name string, measure Measure) string {
	if key, ok := k.indicators[name]; ok {
		return key
	}
	if key, ok := k.objects[name]; ok {
		return key
	}
	if rest := k.withoutLight(name); rest != name {
		if key, ok := k.objects[rest]; ok {
			return key
		}
		name = rest
	}
	if measure == Rate {
		return name
	}
	for i := range k.ends.of(name) {
		act := k.acts[i]
		for _, rest := range [...]string{strings.TrimPrefix(name, act.from), strings.TrimSuffix(name, act.from)} {
			if rest == name || utf8.RuneCountInString(rest) < 2 {
				continue
			}
			of := k.fold(strings.TrimLeft(rest, "、")) // 新建、修复管网 is told of the pipes
			if key, ok := k.objects[of]; ok {
				return key + "·" + act.to
			}
			if strings.HasPrefix(name, act.from) && !slices.ContainsFunc(doers, func(w string) bool { return strings.HasPrefix(rest, w) }) {
				return of + "·" + act.to
			}
		}
	}
	return name
}

// withoutLight is a name without light verbs in front. What follows them must be
// a name still.
func (k *Keys) withoutLight(name string) string {
	return k.light.cut(name, func(rest string) bool {
		first, _ := utf8.DecodeRuneInString(rest)
		return utf8.RuneCountInString(rest) >= 2 && !strings.ContainsRune("率额量数", first)
	})
}

// prefixes are words that are cut off the front of names, found by their first
// characters.
type prefixes struct {
	words []string
	first map[rune][]int
}

// with are these words and more.
func (p prefixes) with(more []string) prefixes {
	words := slices.Concat(p.words, more)
	first := make(map[rune][]int, len(words))
	for i, w := range words {
		c, _ := utf8.DecodeRuneInString(w)
		first[c] = append(first[c], i)
	}
	return prefixes{words, first}
}

// cut cuts the words off a name, in their order and over again, as long as what is
// left may stand.
func (p prefixes) cut(name string, mayStand func(rest string) bool) string {
	for before := ""; name != before; {
		before = name
		for next := 0; next >= 0; {
			name, next = p.cutOne(name, next, mayStand)
		}
	}
	return name
}

// cutOne cuts the first word that can be from a place in the list on, and gives the
// place behind it, -1 where there is none.
func (p prefixes) cutOne(name string, from int, mayStand func(rest string) bool) (rest string, next int) {
	c, _ := utf8.DecodeRuneInString(name)
	for _, i := range p.first[c] {
		if i < from {
			continue
		}
		if rest, ok := strings.CutPrefix(name, p.words[i]); ok && mayStand(rest) {
			return rest, i + 1
		}
	}
	return name, -1
}
