package compare

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"baogao/bench/peers"
	"baogao/bench/texts"
	"baogao/bench/workload"
	"baogao/internal/analyzer"
)

// A Count is how many passages a question is true of, found by reading all.
type Count struct {
	Literal  int       `json:"literal"`  // they hold the characters of all words
	Folded   int       `json:"folded"`   // they do when both are folded
	Examples []Example `json:"examples"` // of passages that only one of the two finds
}

// An Example shows what in a passage only one reading finds.
type Example struct {
	ID   string `json:"id"`
	Text string `json:"text"` // around the place
}

const (
	examplesShown = 3
	exampleAround = 12 // characters on either side
)

// An oracle counts by reading, with each word looked for once a passage.
type oracle struct {
	questions []workload.Question
	words     []string
	patterns  []*analyzer.Pattern
	wanted    [][]int // by question, the numbers of its words
	counts    []Count
}

func newOracle(questions []workload.Question) *oracle {
	o := &oracle{questions: questions, counts: make([]Count, len(questions))}
	for _, q := range questions {
		var wanted []int
		for _, word := range q.Words {
			i := slices.Index(o.words, word)
			if i < 0 {
				i = len(o.words)
				o.words = append(o.words, word)
				o.patterns = append(o.patterns, analyzer.Compile(word))
			}
			wanted = append(wanted, i)
		}
		o.wanted = append(o.wanted, wanted)
	}
	return o
}

// countAll reads the passages of a corpus.
func countAll(dir string, questions []workload.Question) ([]Count, error) {
	o := newOracle(questions)
	var folded []rune
	for p, err := range texts.Passages(dir) {
		if err != nil {
			return nil, err
		}
		folded = analyzer.FoldRunes(folded[:0], p.Text)
		o.read(p, folded)
	}
	return o.counts, nil
}

func (o *oracle) read(p *texts.Passage, text []rune) {
	literal, folded := make([]bool, len(o.words)), make([]bool, len(o.words))
	for i, word := range o.words {
		literal[i] = strings.Contains(p.Text, word)
		folded[i] = len(o.patterns[i].Find(text, nil)) > 0
	}
	for i, q := range o.questions {
		if !admits(q, p) {
			continue
		}
		c := &o.counts[i]
		inLiteral, inFolded := all(literal, o.wanted[i]), all(folded, o.wanted[i])
		c.Literal += number(inLiteral)
		c.Folded += number(inFolded)
		if inLiteral != inFolded && len(c.Examples) < examplesShown {
			word := slices.IndexFunc(o.wanted[i], func(w int) bool { return literal[w] != folded[w] })
			c.Examples = append(c.Examples, o.example(p, text, o.wanted[i][word]))
		}
	}
}

// admits reports whether the filters of a question let a passage through.
func admits(q workload.Question, p *texts.Passage) bool {
	return (q.Region == "" || slices.Contains(p.Regions, q.Region)) && (q.Level == "" || q.Level == p.Level) &&
		(q.Year == "" || q.Year == p.Year) && (q.Kind == "" || q.Kind == p.Kind)
}

func all(found []bool, wanted []int) bool {
	return !slices.ContainsFunc(wanted, func(w int) bool { return !found[w] })
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// example cuts out of a passage what is around a word that only one reading
// finds there. Offsets in code points hold for the text as it is and folded.
func (o *oracle) example(p *texts.Passage, folded []rune, word int) Example {
	at := analyzer.Span{}
	if spans := o.patterns[word].Find(folded, nil); len(spans) > 0 {
		at = spans[0]
	} else if before, _, ok := strings.Cut(p.Text, o.words[word]); ok {
		at.Start = len([]rune(before))
		at.End = at.Start + len([]rune(o.words[word]))
	}
	text := []rune(p.Text)
	return Example{p.ID, string(text[max(0, at.Start-exampleAround):min(len(text), at.End+exampleAround)])}
}

// A Difference is a total that is not what it must be.
type Difference struct {
	Engine   string `json:"engine"`
	Question string `json:"question"`
	Total    int    `json:"total"`
	Want     int    `json:"want"`
}

// check compares the totals of an engine with the counts: ours with the folded
// ones, those of the others with the literal ones.
func check(name string, questions []workload.Question, totals []int, counts []Count) (wrong []Difference) {
	for i, total := range totals {
		want := counts[i].Literal
		if name == peers.Ours.Name {
			want = counts[i].Folded
		}
		if total != workload.Unanswered && total != want {
			wrong = append(wrong, Difference{name, questions[i].Text, total, want})
		}
	}
	return wrong
}

// Explain tells where the two readings differ, and which totals are wrong.
func (c *Comparison) Explain(w io.Writer) {
	for i, n := range c.Counts {
		if n.Literal == n.Folded && len(n.Examples) == 0 {
			continue
		}
		fmt.Fprintf(w, "%s: %d passages hold it literally, %d folded:\n", c.Plan.Questions[i].Text, n.Literal, n.Folded)
		for _, e := range n.Examples {
			fmt.Fprintf(w, "    …%s…  %s\n", strings.ReplaceAll(e.Text, "\n", " "), e.ID)
		}
	}
	for _, d := range c.Wrong {
		fmt.Fprintf(w, "WRONG COUNT: %s: %s: %d passages, reading them all gives %d\n", d.Engine, d.Question, d.Total, d.Want)
	}
}
