package main

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"baogao"
	"baogao/internal/places"
	"baogao/query"
)

// A question is what every engine is asked: passages that hold all words, of
// reports with this metadata. An empty field does not narrow.
type question struct {
	Text   string   `json:"text"` // in the query language; * stands for every passage
	Words  []string `json:"words"`
	Region string   `json:"region"` // code
	Level  string   `json:"level"`
	Year   string   `json:"year"`
	Kind   string   `json:"kind"`
}

const matchAll = "*"

// filters lists the fields that narrow a question, with their values.
func (q question) filters() [][2]string {
	all := [][2]string{{"regions", q.Region}, {"level", q.Level}, {"year", q.Year}, {"kind", q.Kind}}
	return slices.DeleteFunc(all, func(f [2]string) bool { return f[1] == "" })
}

// readQuestions reads a file of questions, one a line; # begins a comment.
func readQuestions(root string) ([]question, error) {
	name := filepath.Join(root, "bench", "questions.txt")
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var list []question
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		text, _, _ := strings.Cut(in.Text(), "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		q, err := parseQuestion(text)
		if err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", name, n, err)
		}
		list = append(list, q)
	}
	return list, in.Err()
}

// parseQuestion reads a question as far as all engines can be asked it: words
// and single values of region, level, year and kind.
func parseQuestion(text string) (question, error) {
	q := question{Text: text}
	if text == matchAll {
		return q, nil
	}
	parsed := query.Parse(text)
	parts, ok := parsed.Root.(query.And)
	if !ok {
		parts = query.And{parsed.Root}
	}
	for _, part := range parts {
		if err := q.add(part); err != nil {
			return q, err
		}
	}
	return q, nil
}

func (q *question) add(part query.Node) error {
	switch n := part.(type) {
	case query.Word:
		q.Words = append(q.Words, string(n))
		return nil
	case query.Years:
		if n.From == n.To && n.From > 0 {
			q.Year = strconv.Itoa(n.From)
			return nil
		}
	case query.Field:
		switch n.Name {
		case "level":
			q.Level = n.Value
			return nil
		case "kind":
			q.Kind = n.Value
			return nil
		case "region":
			return q.setRegion(n.Value)
		}
	}
	return fmt.Errorf("%s: not every engine can be asked this; use words and single values of region, level, year and kind", q.Text)
}

func (q *question) setRegion(name string) error {
	found := baogao.Outermost(places.Resolve(name))
	if len(found) != 1 {
		return fmt.Errorf("%s: %s names %d regions; use a name that is one region's", q.Text, name, len(found))
	}
	q.Region = found[0].Code
	return nil
}

// load says how an engine is asked.
type load struct {
	Questions []question `json:"questions"`
	Rounds    int        `json:"rounds"`
	Clients   int        `json:"clients"`
	Seconds   int        `json:"seconds"`
}

// answers tells how an engine answered. Times are in milliseconds.
type answers struct {
	Totals    []int       `json:"totals"`     // by question; unanswered where the engine cannot be asked it
	MS        [][]float64 `json:"ms"`         // by question, the time of each round with one client
	ClientMS  []float64   `json:"client_ms"`  // of all clients together
	ClientSec float64     `json:"client_sec"` // how long they asked
	Resident  int64       `json:"resident"`   // bytes of memory held after the runs, where it was looked at
	Anonymous int64       `json:"anonymous"`  // those of it that are no pages of files
}

// unanswered stands for the total of a question that an engine cannot be asked.
const unanswered = -1

// An ask puts one question. The total of the answer is taken out of it when it
// is asked for, outside of what is timed.
type ask func(q question) (total func() (int, error), err error)

// An opener opens what one client needs to ask, and what closes it.
type opener func() (ask, func() error, error)

// put asks the questions: one round to warm up, then the rounds that are timed,
// by one client; then by several clients at once.
func (l load) put(ctx context.Context, open opener) (*answers, error) {
	one, end, err := open()
	if err != nil {
		return nil, err
	}
	defer end()
	a := &answers{Totals: make([]int, len(l.Questions)), MS: make([][]float64, len(l.Questions))}
	for round := range l.Rounds + 1 {
		for i, q := range l.Questions {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			ms, total, err := timed(one, q)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", q.Text, err)
			}
			if a.Totals[i] = total; round > 0 && total != unanswered {
				a.MS[i] = append(a.MS[i], ms)
			}
		}
	}
	return a, l.crowd(ctx, open, a)
}

func timed(one ask, q question) (ms float64, total int, err error) {
	began := time.Now()
	reply, err := one(q)
	ms = milliseconds(time.Since(began))
	if err != nil {
		return 0, 0, err
	}
	total, err = reply()
	return ms, total, err
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// crowd lets several clients ask for a while, each beginning with another
// question.
func (l load) crowd(ctx context.Context, open opener, a *answers) error {
	asked := make([]question, 0, len(l.Questions))
	for i, q := range l.Questions {
		if a.Totals[i] != unanswered {
			asked = append(asked, q)
		}
	}
	if l.Seconds == 0 || len(asked) == 0 {
		return nil
	}
	var wg sync.WaitGroup
	times, errs := make([][]float64, l.Clients), make([]error, l.Clients)
	began := time.Now()
	until := began.Add(time.Duration(l.Seconds) * time.Second)
	for c := range l.Clients {
		wg.Go(func() { times[c], errs[c] = askUntil(ctx, open, asked, c*len(asked)/l.Clients, until) })
	}
	wg.Wait()
	a.ClientSec = time.Since(began).Seconds()
	a.ClientMS = slices.Concat(times...)
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func askUntil(ctx context.Context, open opener, questions []question, first int, until time.Time) (times []float64, err error) {
	one, end, err := open()
	if err != nil {
		return nil, err
	}
	defer end()
	for i := first; time.Now().Before(until) && ctx.Err() == nil; i++ {
		began := time.Now()
		if _, err := one(questions[i%len(questions)]); err != nil {
			return nil, err
		}
		times = append(times, milliseconds(time.Since(began)))
	}
	return times, ctx.Err()
}

// percentile returns the smallest of the times that p percent of them do not
// exceed; 0 of none.
func percentile(times []float64, p float64) float64 {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	rank := int(math.Ceil(p / 100 * float64(len(sorted))))
	return sorted[max(rank, 1)-1]
}

// slowest returns the number of the question that took longest in a round, and
// its time; -1 if none was answered.
func (a *answers) slowest() (question int, ms float64) {
	question = -1
	for i, times := range a.MS {
		for _, t := range times {
			if question < 0 || t > ms {
				question, ms = i, t
			}
		}
	}
	return question, ms
}
