package compare

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"baogao/bench/peers"
	"baogao/bench/texts"
	"baogao/bench/workload"
	"baogao/internal/analyzer"
)

// A Count is how many passages a question is true of, found by reading all.
type Count struct {
	Literal  int       `json:"literal"`  // they hold the characters of all words
	Folded   int       `json:"folded"`   // they do as search compares texts: folded, marks within words left out
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

// A word is looked for once a passage, however many questions have it.
type word struct {
	text    string
	pattern *analyzer.Pattern
	literal int             // where it begins in the passage as it is, in bytes; -1 if nowhere
	folded  []analyzer.Span // where it stands as search compares texts, in code points of the passage
}

func (w *word) differs() bool { return (w.literal >= 0) != (len(w.folded) > 0) }

// An asked is a question and its words.
type asked struct {
	workload.Question
	*Count
	words []*word
}

// countAll counts by reading the passages of a corpus.
func countAll(dir string, questions []workload.Question) ([]Count, error) {
	words := map[string]*word{}
	list, counts := make([]asked, len(questions)), make([]Count, len(questions))
	for i, q := range questions {
		list[i] = asked{Question: q, Count: &counts[i]}
		for _, text := range q.Words {
			if words[text] == nil {
				words[text] = &word{text: text, pattern: analyzer.Compile(text)}
			}
			list[i].words = append(list[i].words, words[text])
		}
	}
	var text analyzer.Text
	for p, err := range texts.Passages(dir) {
		if err != nil {
			return nil, err
		}
		text.Read(p.Text)
		for _, w := range words {
			w.literal, w.folded = strings.Index(p.Text, w.text), w.pattern.Find(text.Runes, w.folded[:0])
			for i, at := range w.folded {
				w.folded[i] = text.Source(at)
			}
		}
		for _, q := range list {
			q.read(p)
		}
	}
	return counts, nil
}

// read counts a passage in which the words have been looked for.
func (q asked) read(p *texts.Passage) {
	if !admits(q.Question, p) {
		return
	}
	literal := !slices.ContainsFunc(q.words, func(w *word) bool { return w.literal < 0 })
	folded := !slices.ContainsFunc(q.words, func(w *word) bool { return len(w.folded) == 0 })
	if literal {
		q.Literal++
	}
	if folded {
		q.Folded++
	}
	if literal != folded && len(q.Examples) < examplesShown {
		w := q.words[slices.IndexFunc(q.words, (*word).differs)]
		q.Examples = append(q.Examples, Example{p.ID, w.around(p.Text)})
	}
}

// admits reports whether the filters of a question let a passage through.
func admits(q workload.Question, p *texts.Passage) bool {
	return (q.Region == "" || slices.Contains(p.Regions, q.Region)) && (q.Level == "" || q.Level == p.Level) &&
		(q.Year == "" || q.Year == p.Year) && (q.Kind == "" || q.Kind == p.Kind)
}

// around cuts out of a passage what is around the word, which stands in it.
func (w *word) around(passage string) string {
	var at analyzer.Span
	if len(w.folded) > 0 {
		at = w.folded[0]
	} else {
		at.Start = utf8.RuneCountInString(passage[:w.literal])
		at.End = at.Start + utf8.RuneCountInString(w.text)
	}
	text := []rune(passage)
	return string(text[max(0, at.Start-exampleAround):min(len(text), at.End+exampleAround)])
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
