package query

import (
	"strconv"
	"strings"
)

// String returns the question in its canonical form. Parsed again it gives
// the same Root and Within and no warning, provided that they came from Parse
// and that the form is no longer than MaxText.
func (q *Query) String() string {
	var parts []string
	if q.Root != nil {
		parts = append(parts, printed(q.Root))
	}
	if q.Within != "" {
		parts = append(parts, "within:"+string(q.Within))
	}
	return strings.Join(parts, " ")
}

// String returns the years as ParseYears reads them: 2022, 2020..2024,
// 2020.., ..2024 or unknown. The zero Years, which ParseYears never returns,
// is "..".
func (y Years) String() string {
	switch {
	case y.Unknown:
		return unknown
	case y.From == y.To && y.From != 0:
		return strconv.Itoa(y.From)
	}
	return yearOrNothing(y.From) + ".." + yearOrNothing(y.To)
}

func yearOrNothing(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// printed returns the question that asks for n.
func printed(n Node) string {
	switch n := n.(type) {
	case And:
		return joined(n, " ", func(part Node) bool { return is[Or](part) })
	case Or:
		return joined(n, " OR ", func(Node) bool { return false })
	case Not:
		return "-" + joined([]Node{n.Node}, "", func(part Node) bool { return is[And](part) || is[Or](part) })
	case Word:
		return printedWord(string(n))
	case Field:
		return n.Name + ":" + printedValue(n.Value)
	case Years:
		return "year:" + n.String()
	}
	return ""
}

func is[T Node](n Node) bool {
	_, ok := n.(T)
	return ok
}

// joined prints parts with a separator, in parentheses where group says so.
func joined(parts []Node, separator string, group func(Node) bool) string {
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = printed(part)
		if group(part) {
			texts[i] = "(" + texts[i] + ")"
		}
	}
	return strings.Join(texts, separator)
}

// printedWord quotes a word that would be read as something else without, or
// warned of.
func printedWord(word string) string {
	runes := []rune(word)
	name, _ := fieldName(runes)
	_, operator := operators[word]
	_, field := fieldLike(word)
	if name != "" || operator || operatorLike(word) != "" || field != "" || len(runes) > 0 && isMinus(runes[0]) {
		return quote(word)
	}
	return printedValue(word)
}

// printedValue quotes a text in which a bare word would end.
func printedValue(text string) string {
	if strings.ContainsFunc(text, endsWord) {
		return quote(text)
	}
	return text
}

// quote puts text between quotes that do not end within it. No literal holds
// the closing quotes of every pair; if a tree was made by hand, its straight
// quotes become slanted ones that close nothing and are matched alike.
func quote(text string) string {
	for _, q := range quotes {
		if !strings.ContainsAny(text, q.shut) {
			opening, closing := []rune(q.open)[0], []rune(q.shut)[0]
			return string(opening) + text + string(closing)
		}
	}
	return `"` + strings.NewReplacer(`"`, "“", "＂", "“", "”", "“").Replace(text) + `"`
}
