package eval

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"baogao"
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
	Apart    bool // by level and by kind, and how its confidence fits, are printed for it apart
}

// Print writes the accuracy of every set and view, the bands of confidence,
// and every judgement that is not right.
func Print(w io.Writer, sets []Collection, views []string, list []Judgement) error {
	var b bytes.Buffer
	printAccuracy(&b, sets, views, list)
	for _, view := range views {
		printBands(&b, view, list)
	}
	printGroups(&b, "all sets and views", list)
	printCalibration(&b, "all sets and views", list)
	for _, view := range views {
		seen := slices.DeleteFunc(slices.Clone(list), func(j Judgement) bool { return j.View != view })
		printCalibration(&b, view+", all sets", seen)
	}
	for _, s := range sets {
		if s.Apart {
			own := slices.DeleteFunc(slices.Clone(list), func(j Judgement) bool { return j.Set != s.Name })
			printGroups(&b, s.Name, own)
			printCalibration(&b, s.Name, own)
		}
	}
	printMisses(&b, list)
	_, err := b.WriteTo(w)
	return err
}

// A cell is a line of the table of accuracies.
type cell struct{ set, view, field string }

func printAccuracy(b *bytes.Buffer, sets []Collection, views []string, list []Judgement) {
	counts := map[cell]*Count{}
	names := []string{All}
	for _, s := range sets {
		names = append(names, s.Name)
	}
	for _, j := range list {
		in := []string{j.Set}
		if slices.ContainsFunc(sets, func(s Collection) bool { return s.Name == j.Set && s.Labelled }) {
			in = append(in, All)
		}
		for _, name := range in {
			k := cell{name, j.View, j.Field}
			if counts[k] == nil {
				counts[k] = &Count{}
			}
			counts[k].Add(j)
		}
	}
	fmt.Fprintf(b, "%-8s%-28s%-8s%6s%7s%7s%9s%10s%11s%9s\n", "view", "set", "field", "n", "right", "wrong", "unknown", "accuracy", "precision", "no clue")
	for _, view := range views {
		for _, name := range names {
			for _, field := range Fields {
				if c, ok := counts[cell{name, view, field}]; ok {
					fmt.Fprintf(b, "%-8s%-28s%-8s%6d%7d%7d%9d%10.3f%11.3f%9d\n",
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

// printBands prints, over all sets together, how often answers of a confidence
// are right.
func printBands(b *bytes.Buffer, view string, list []Judgement) {
	fmt.Fprintf(b, "\nconfidence, %s, all sets: answers given, and the share of them that is right\n%-8s", view, "field")
	for _, label := range bandLabels {
		fmt.Fprintf(b, "%18s", label)
	}
	b.WriteString("\n")
	for _, field := range Fields {
		counts := make([]Count, len(bandLabels))
		for _, j := range list {
			if j.View == view && j.Field == field && j.Got != "" && j.Confidence >= 0.5 {
				counts[band(j.Confidence)].Add(j)
			}
		}
		fmt.Fprintf(b, "%-8s", field)
		for _, c := range counts {
			if c.N == 0 {
				fmt.Fprintf(b, "%18s", "-")
				continue
			}
			fmt.Fprintf(b, "%10d%8.3f", c.N, c.Accuracy())
		}
		b.WriteString("\n")
	}
}

// Coverage is the share of all that is answered, and rightly or not.
func (c Count) Coverage() float64 { return ratio(c.Right+c.Wrong, c.N) }

// printGroups prints, of some answers, how often each field is right by the level and by
// the kind of the documents.
func printGroups(b *bytes.Buffer, of string, list []Judgement) {
	fmt.Fprintf(b, "\nby level and by kind, "+of+"\n%-14s%-8s%6s%11s%10s\n", "of", "field", "n", "precision", "coverage")
	print := func(name string, in func(Judgement) bool) {
		for _, field := range Fields {
			var c Count
			for _, j := range list {
				if j.Field == field && in(j) {
					c.Add(j)
				}
			}
			if c.N > 0 {
				fmt.Fprintf(b, "%-14s%-8s%6d%11.3f%10.3f\n", name, field, c.N, c.Precision(), c.Coverage())
			}
		}
	}
	for _, level := range baogao.Levels {
		print(string(level), func(j Judgement) bool { return j.Level == level })
	}
	for _, kind := range baogao.Kinds {
		print(string(kind), func(j Judgement) bool { return j.Kind == kind })
	}
}

// printMisses prints what is not right, but for unknown where documents do not
// tell.
func printMisses(b *bytes.Buffer, list []Judgement) {
	fmt.Fprintf(b, "\nnot right: view, set, field, wanted > got, confidence, id\n")
	for _, j := range list {
		if j.Right || j.NoClue {
			continue
		}
		id := strings.Join(strings.Fields(j.ID), " ")
		fmt.Fprintf(b, "%-8s%-28s%-8s%12s > %-12s%.2f  %s\n",
			j.View, j.Set, j.Field, cmp.Or(j.Want, baogao.Unknown), cmp.Or(j.Got, baogao.Unknown), j.Confidence, id)
	}
}
