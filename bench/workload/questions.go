// Package workload is what every engine is asked: the questions, how often and
// by how many clients, and what came of it.
package workload

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/query"
)

// A Question is what every engine is asked: passages that hold all words, of
// reports with this metadata. An empty field does not narrow.
type Question struct {
	Text   string   `json:"text"` // in the query language; * stands for every passage
	Words  []string `json:"words"`
	Region string   `json:"region"` // code
	Level  string   `json:"level"`
	Year   string   `json:"year"`
	Kind   string   `json:"kind"`
}

const matchAll = "*"

// Query is the text that our engine is asked.
func (q Question) Query() string { return strings.TrimPrefix(q.Text, matchAll) }

// Filters lists the fields that narrow a question, with their values.
func (q Question) Filters() [][2]string {
	all := [][2]string{{"regions", q.Region}, {"level", q.Level}, {"year", q.Year}, {"kind", q.Kind}}
	return slices.DeleteFunc(all, func(f [2]string) bool { return f[1] == "" })
}

// Read reads a file of questions, one a line; # begins a comment.
func Read(file string) ([]Question, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []Question
	for i, line := range strings.Split(string(b), "\n") {
		text, _, _ := strings.Cut(line, "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		q, err := Parse(text)
		if err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", file, i+1, err)
		}
		list = append(list, q)
	}
	return list, nil
}

// Parse reads a question as far as all engines can be asked it: words and
// single values of region, level, year and kind.
func Parse(text string) (Question, error) {
	q := Question{Text: text}
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
			return q, fmt.Errorf("%s: %w", text, err)
		}
	}
	return q, nil
}

func (q *Question) add(part query.Node) error {
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
	return errors.New("not every engine can be asked this; use words and single values of region, level, year and kind")
}

func (q *Question) setRegion(name string) error {
	found := baogao.Outermost(gazetteer.Resolve(name))
	if len(found) != 1 {
		return fmt.Errorf("%s names %d regions; use a name that is one region's", name, len(found))
	}
	q.Region = found[0].Code
	return nil
}
