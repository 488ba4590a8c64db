package query

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// String returns the question in its canonical form. Parsed again it gives
// the same Root and Within, and no warning but that parentheses in a word with
// marks are text, provided that they came from Parse and that the form is no
// longer than MaxText.
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
		return joined(n, " ", isAlternatives)
	case Or:
		return strings.Join(alternatives(n), " OR ")
	case Not:
		return "-" + joined([]Node{n.Node}, "", func(part Node) bool { return is[And](part) || isAlternatives(part) })
	case Word:
		return printedWord(string(n))
	case Literal:
		return quote(string(n))
	case Field:
		return n.Name + ":" + printedValue(n)
	case Years:
		return "year:" + n.String()
	}
	return ""
}

func is[T Node](n Node) bool {
	_, ok := n.(T)
	return ok
}

// isAlternatives reports whether a tree prints as sides of OR, and not as the
// list of one field.
func isAlternatives(n Node) bool {
	or, ok := n.(Or)
	if !ok {
		return false
	}
	first, _ := listed(or[0])
	return first == "" || slices.ContainsFunc(or, func(part Node) bool {
		name, _ := listed(part)
		return name != first
	})
}

// alternatives prints the sides of OR, those beside each other of one field as
// a list: year:2022,2023.
func alternatives(n Or) []string {
	var texts []string
	former := "" // the field whose list the last text is
	for _, part := range n {
		name, value := listed(part)
		if name != "" && name == former {
			texts[len(texts)-1] += "," + value
			continue
		}
		texts, former = append(texts, printed(part)), name
	}
	return texts
}

// listed returns the field and the value of a leaf that may stand in a list, ""
// for others.
func listed(n Node) (name, value string) {
	switch n := n.(type) {
	case Years:
		return "year", n.String()
	case Field:
		if takesList(n.Name) && printedValue(n) == n.Value && !strings.ContainsAny(n.Value, separators) {
			return n.Name, n.Value
		}
	}
	return "", ""
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
// warned of. One with marks has no quotes, which would make it a Literal.
func printedWord(word string) string {
	if hasMark(word) {
		return cmp.Or(bareWord(word), quote(word))
	}
	runes := []rune(word)
	name, _ := fieldName(runes)
	_, operator := operators[word]
	if name != "" || operator || operatorLike(word) != "" || len(runes) > 0 && isMinus(runes[0]) || changes(word) {
		return quote(word)
	}
	return word
}

// bareWord returns what is typed, without quotes around it, for a word with
// marks wherever it stands in a question; "" if there is nothing. Parentheses
// around the whole of it are text behind a minus alone, and two cancel out.
func bareWord(word string) string {
	text := []rune(word)
	if name, _ := fieldName(text); name != "" || len(text) == 0 || isMinus(text[0]) || !balanced(text) {
		return ""
	}
	for _, before := range []string{"", "--"} {
		s := newScanner("a "+before+word, &warnings{})
		s.i = len("a " + before)
		if _, operator := s.operatorAt(s.i); operator == 0 && s.word() == word {
			return before + word
		}
	}
	return ""
}

// balanced reports whether each parenthesis of a text has its partner.
func balanced(text []rune) bool {
	depth := 0
	for _, r := range text {
		switch {
		case isOpen(r):
			depth++
		case isShut(r):
			depth--
		}
		if depth < 0 {
			return false
		}
	}
	return depth == 0
}

// printedValue quotes the value of a field that would be read as another one
// without, unless no quotes keep it whole: then they stand within a word.
func printedValue(f Field) string {
	if takesList(f.Name) && !slices.Equal(List(f.Value), []string{f.Value}) || changes(f.Value) {
		if isFreeText(f.Name) && quotable(f.Value) != f.Value {
			return f.Value
		}
		return quote(f.Value)
	}
	return f.Value
}

// changes reports whether a text would not be read as it stands without quotes.
func changes(text string) bool { return strings.ContainsFunc(text, endsWord) }

// quote puts text between quotes that do not end within it.
func quote(text string) string {
	if q := around(text); q != nil {
		return string(q[0]) + text + string(q[1])
	}
	return `"` + quotable(text) + `"`
}

// quotable returns a text that quotes keep whole. Nearly every one is. The
// straight quotes of others become slanted ones, which are matched alike and
// close nothing.
func quotable(text string) string {
	if around(text) != nil {
		return text
	}
	return strings.NewReplacer(`"`, "“", "＂", "“", "”", "“").Replace(text)
}

// around returns the quotes that a text may stand between, nil if it ends any.
func around(text string) []rune {
	for _, q := range quotes {
		pair := []rune{[]rune(q.open)[0], []rune(q.shut)[0]}
		literal := []rune(string(pair[0]) + text + string(pair[1]))
		if closings(literal)[0] == len(literal)-1 {
			return pair
		}
	}
	return nil
}
