package outline

import (
	"strings"
	"unicode/utf8"
)

// A layout is how the lines of a file are laid out.
type layout struct {
	width    int            // of a full line of a hard-wrapped text, 0 for any other
	size     func(line) int // what width is measured with
	indented bool           // paragraphs begin with an indentation
	head     int            // lines above the first indented one, where paragraphs are indented
	gapped   bool           // paragraphs stand apart by an empty line; false where every line does
	groups   groups         // of a gapped text
}

// Columns are half a Han character wide.
const (
	narrowest = 2 * 15 // of the lines of a wrapped text
	widest    = 2 * 60
	slack     = 2 * 4 // a line may end so much early, for punctuation and Latin words
)

// measure finds out how the lines are laid out. An indentation tells a
// paragraph where the lines before indented ones mostly end a sentence; where
// they do not, the items of a list hang.
func measure(lines []line) layout {
	var l layout
	indents, starts, gaps, first := 0, 0, 0, 0
	for i, x := range lines {
		if x.Indent > 0 {
			if indents == 0 {
				first = i
			}
			indents++
			if i == 0 || endsSentence(lines[i-1].Text) || columns(lines[i-1].Text, narrowest) < narrowest {
				starts++
			}
		}
		if x.Gap {
			gaps++
		}
	}
	n := len(lines)
	l.indented = indents > 1 && indents*20 >= n && indents*10 <= n*9 && starts*10 >= indents*6
	if l.indented {
		l.head = first
	}
	if l.gapped = gaps*20 >= n && gaps*10 <= n*8; l.gapped {
		l.groups = groupsOf(lines)
	}
	l.width, l.size = fullWidth(lines)
	return l
}

// fullWidth is the width at which the text is wrapped: many lines come close
// to it, most of these end inside a sentence, and hardly a line is wider.
// Programs wrap by columns or by characters; the lines tell which, by being
// of one width.
func fullWidth(lines []line) (width int, size func(line) int) {
	const fewest = 8
	if len(lines) < fewest {
		return 0, line.columns
	}
	width, peak := usualWidth(lines, line.columns)
	size = line.columns
	if w, p := usualWidth(lines, line.characters); p > peak {
		width, size = w, line.characters
	}
	full, open, wide := 0, 0, 0
	for _, l := range lines {
		switch c := size(l); {
		case c > width+slack:
			wide++
		case c >= width-slack:
			full++
			if !endsSentence(l.Text) {
				open++
			}
		}
	}
	if full*10 < len(lines)*3 || open*10 < full*6 || wide*10 > len(lines) {
		return 0, size
	}
	return width, size
}

// usualWidth is the width that most lines have, and how many have it.
func usualWidth(lines []line, size func(line) int) (width, count int) {
	var counts [widest + 2]int
	for _, l := range lines {
		counts[min(size(l), widest+1)]++
	}
	for w := narrowest; w <= widest; w++ {
		if counts[w] >= count {
			width, count = w, counts[w]
		}
	}
	return width, count
}

// columns is the width of a line with its indentation, or more than widest.
func (l line) columns() int { return l.Indent + columns(l.Text, widest) }

// characters is the width of a line if every character were as wide as Han.
func (l line) characters() int {
	if len(l.Text) > 4*widest {
		return widest + 1
	}
	return l.Indent + 2*utf8.RuneCountInString(l.Text)
}

// columns is the width of s, or more than limit if it is wider than that.
func columns(s string, limit int) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x1100 && (r < 0x2000 || r > 0x206F) || r >= 0x2014 && r <= 0x2026 {
			n++
		}
		if n > limit {
			return n
		}
	}
	return n
}

// groups tells of every line what stands around it in its group: the lines
// between two empty ones. It is made once, so that no line looks through the
// whole group again.
type groups struct {
	first  []int  // line of the group
	clause []int  // the last line up to this one with a clause in it, -1 for none
	stop   []int  // the last line up to this one with a full stop in it, -1 for none
	goesOn []bool // from this line on, a sentence goes on to its end
}

func groupsOf(lines []line) groups {
	n := len(lines)
	g := groups{make([]int, n), make([]int, n), make([]int, n), make([]bool, n)}
	first, clause, stop := 0, -1, -1
	for i, l := range lines {
		if l.Gap {
			first = i
		}
		if strings.ContainsAny(l.Text, "，,。") {
			clause = i
		}
		if strings.Contains(l.Text, "。") {
			stop = i
		}
		g.first[i], g.clause[i], g.stop[i] = first, clause, stop
	}
	for i := n - 1; i >= 0; i-- {
		switch l := lines[i]; {
		case l.Gap || startsParagraph(l.Text):
		case strings.Contains(l.Text, "。"):
			g.goesOn[i] = true
		case !endsSentence(l.Text):
			g.goesOn[i] = i+1 < n && g.goesOn[i+1]
		}
	}
	return g
}

// lost reports whether line i goes on with the paragraph that began with line
// start, in a text whose paragraphs stand apart by empty lines: there are
// clauses above it in its group, and below it a sentence goes on to its end.
func (g groups) lost(start, i int) bool {
	clauses := g.clause[i-1] >= start || start > 0 && g.stop[start-1] >= g.first[start]
	return clauses && g.goesOn[i]
}
