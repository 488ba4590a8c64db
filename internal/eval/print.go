package eval

import (
	"fmt"
	"io"
	"strings"
)

// A Count is how often a field was right. Unknown answers are neither right
// nor wrong; those about documents that do not tell are in NoClue and nowhere
// else.
type Count struct {
	N, Right, Wrong, Unknown, NoClue int
}

// Add counts one judgement.
func (c *Count) Add(j Judgement) {
	switch {
	case j.NoClue:
		c.NoClue++
		return
	case j.Right:
		c.Right++
	case j.Got == "":
		c.Unknown++
	default:
		c.Wrong++
	}
	c.N++
}

// Accuracy is the share of all that is right.
func (c Count) Accuracy() float64 { return ratio(c.Right, c.N) }

// Precision is the share of the answers given that is right.
func (c Count) Precision() float64 { return ratio(c.Right, c.Right+c.Wrong) }

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// All is the name of the lines that sum up the sets with labels of others'
// making.
const All = "all"

// A Collection is a set of documents that is measured.
type Collection struct {
	Name     string
	Labelled bool // by others, or by hand: it is part of All. Cases invented for what is hard are not
}

// Print writes the accuracy of every set and view, the bands of confidence,
// and every judgement that is not right.
func Print(w io.Writer, sets []Collection, views []string, list []Judgement) error {
	p := &printer{w: w}
	p.accuracy(sets, views, list)
	for _, view := range views {
		p.bands(view, list)
	}
	p.misses(list)
	return p.err
}

// A printer remembers that writing failed.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

// A cell is a line of the table of accuracies.
type cell struct{ set, view, field string }

func (p *printer) accuracy(sets []Collection, views []string, list []Judgement) {
	counts := map[cell]Count{}
	add := func(set string, j Judgement) {
		c := counts[cell{set, j.View, j.Field}]
		c.Add(j)
		counts[cell{set, j.View, j.Field}] = c
	}
	names := []string{All}
	labelled := map[string]bool{}
	for _, s := range sets {
		names = append(names, s.Name)
		labelled[s.Name] = s.Labelled
	}
	for _, j := range list {
		add(j.Set, j)
		if labelled[j.Set] {
			add(All, j)
		}
	}
	p.printf("%-8s%-28s%-8s%6s%7s%7s%9s%10s%11s%9s\n", "view", "set", "field", "n", "right", "wrong", "unknown", "accuracy", "precision", "no clue")
	for _, view := range views {
		for _, name := range names {
			for _, field := range Fields {
				if c, ok := counts[cell{name, view, field}]; ok {
					p.printf("%-8s%-28s%-8s%6d%7d%7d%9d%10.3f%11.3f%9d\n",
						view, name, field, c.N, c.Right, c.Wrong, c.Unknown, c.Accuracy(), c.Precision(), c.NoClue)
				}
			}
		}
	}
}

// bandLabels name the bands of confidence: below one half nothing is said.
var bandLabels = []string{"[0.5,0.6)", "[0.6,0.7)", "[0.7,0.8)", "[0.8,0.9)", "[0.9,1]"}

func band(confidence float64) int {
	return min(int(confidence*10), 9) - 5
}

// bands prints, over all sets together, how often answers of a confidence
// are right.
func (p *printer) bands(view string, list []Judgement) {
	p.printf("\nconfidence, %s, all sets: answers given, and the share of them that is right\n%-8s", view, "field")
	for _, label := range bandLabels {
		p.printf("%18s", label)
	}
	p.printf("\n")
	for _, field := range Fields {
		counts := make([]Count, len(bandLabels))
		for _, j := range list {
			if j.View == view && j.Field == field && j.Got != "" && j.Confidence >= 0.5 && !j.NoClue {
				counts[band(j.Confidence)].Add(j)
			}
		}
		p.printf("%-8s", field)
		for _, c := range counts {
			if c.N == 0 {
				p.printf("%18s", "-")
				continue
			}
			p.printf("%10d%8.3f", c.N, c.Accuracy())
		}
		p.printf("\n")
	}
}

// misses prints what is not right, and for documents that do not tell what
// was said all the same.
func (p *printer) misses(list []Judgement) {
	p.printf("\nnot right: view, set, field, wanted > got, confidence, id\n")
	for _, j := range list {
		if j.Right {
			continue
		}
		note := ""
		if j.NoClue {
			if j.Got == "" {
				continue
			}
			note = " (no clue)"
		}
		p.printf("%-8s%-28s%-8s%12s > %-12s%.2f  %s%s\n", j.View, j.Set, j.Field, unknown(j.Want), unknown(j.Got), j.Confidence, oneLine(j.ID), note)
	}
}

func unknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
