package layout

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// pageNumber is the number of a page, dressed as one.
var pageNumber = regexp.MustCompile(`^([-—–－─·•~]+ *\d{1,4} *[-—–－─·•~]+|第 *\d{1,4} *页( *[/,，]? *共 *\d{1,4} *页)?)$`)

// bareNumber is what may be the number of a page, alone or of how many.
var bareNumber = regexp.MustCompile(`^(\d{1,3})( *[/／] *\d{1,3})?$`)

// browserMark is what browsers print above and below a page: when, from where, and
// which page of how many.
var browserMark = regexp.MustCompile(`^(\d{1,4}[/.年-]\d{1,2}[/.月-]\d{1,4}日?,? ?(上午|下午)?\d{1,2}:\d{2}( ?[AP]M)?|(https?|file)://\S+( \d{1,3}/\d{1,3})?|about:blank)$`)

// withoutBrowserMarks is a line without the segments that a browser added.
func (l textLine) withoutBrowserMarks() textLine {
	l.segments = slices.DeleteFunc(slices.Clone(l.segments), func(s textRun) bool { return browserMark.MatchString(s.text) })
	return l
}

func isOfBrowser(l textLine) bool { return len(l.withoutBrowserMarks().segments) < len(l.segments) }

// edgeLines is how many lines a running head or foot has at most.
const edgeLines = 2

// dropRunning takes running heads, feet and page numbers away from the lines
// of the pages: lines at the edge of a page, set apart from the text, that
// stand in the same place on other pages. It returns the lines of heads where
// they stand for the first time, for they may be the only title there is.
func dropRunning(pages [][]textLine) (heads []textLine) {
	runs := runningLines(pages)
	leading := leadingOf(slices.Concat(pages...))
	apart := func(a, b textLine) bool {
		return b.y0-a.y0 > 1.25*leading || isPageNumber(a) || isPageNumber(b) || isOfBrowser(a) || isOfBrowser(b)
	}
	allRun := func(lines []textLine) bool {
		return !slices.ContainsFunc(lines, func(l textLine) bool { return !runs(l) })
	}
	known := map[string]bool{}
	for p, lines := range pages {
		head := min(edgeLines, len(lines))
		for head > 0 && !(allRun(lines[:head]) && (head == len(lines) || apart(lines[head-1], lines[head]))) {
			head--
		}
		for i, l := range lines[:min(head+edgeLines, len(lines))] {
			text := placeOf(l).text
			if l := l.withoutBrowserMarks(); i < head && !known[text] && len(l.segments) > 0 && !isPageNumber(l) && !isBareNumber(l) && !repeats(l, lines[head:]) {
				heads = append(heads, l)
			}
			known[text] = true
		}
		lines = lines[head:]
		foot := min(edgeLines, len(lines))
		for rest := len(lines) - foot; foot > 0 && !(allRun(lines[rest:]) && (rest == 0 || apart(lines[rest-1], lines[rest]))); rest++ {
			foot--
		}
		pages[p] = lines[:len(lines)-foot]
	}
	return heads
}

// repeats reports whether a head says what the first lines below it say.
func repeats(head textLine, lines []textLine) bool {
	const few = 4
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	var below strings.Builder
	for _, l := range lines[:min(few, len(lines))] {
		below.WriteString(squeeze(l.text()))
	}
	return strings.Contains(below.String(), squeeze(head.text()))
}

// runningLines tells lines that stand in the same place on many pages: at
// least on three and on a third of all, or on both that follow the first of
// three. Bare numbers need but two, for they count the pages.
func runningLines(pages [][]textLine) func(textLine) bool {
	seen, first := map[linePlace]int{}, map[linePlace]bool{}
	for p, lines := range pages {
		for i, l := range lines {
			if i < edgeLines || i >= len(lines)-edgeLines {
				seen[placeOf(l)]++
				first[placeOf(l)] = first[placeOf(l)] || p == 0
			}
		}
	}
	return func(l textLine) bool {
		if isPageNumber(l) || isOfBrowser(l) {
			return true
		}
		n, opens := 0, false
		k := placeOf(l)
		for y := k.y - 1; y <= k.y+1; y++ {
			n += seen[linePlace{k.text, y}]
			opens = opens || first[linePlace{k.text, y}]
		}
		fewest := 3
		if isBareNumber(l) || len(pages) == 3 && !opens {
			fewest = 2
		}
		return n >= fewest && 3*n >= len(pages)
	}
}

// A linePlace is what a running line has in common on all pages.
type linePlace struct {
	text string // with # for the number of the page
	y    int    // in steps of three points
}

func placeOf(l textLine) linePlace {
	shown := l
	shown.segments = slices.Clone(l.segments)
	for i, s := range shown.segments {
		if pageNumber.MatchString(s.text) {
			shown.segments[i].text = "#"
		} else if browserMark.MatchString(s.text) {
			shown.segments[i].text = "@"
		} else if m := bareNumber.FindStringSubmatch(s.text); m != nil {
			n, _ := strconv.Atoi(m[1])
			shown.segments[i].text = fmt.Sprintf("#%+d", n-l.sheet)
		}
	}
	return linePlace{shown.text(), int(math.Round(l.y0 / 3))}
}

func isPageNumber(l textLine) bool {
	s := l.text()
	return len(s) < 60 && pageNumber.MatchString(s)
}

func isBareNumber(l textLine) bool { return bareNumber.MatchString(l.text()) }
