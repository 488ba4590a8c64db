package ask

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/query"
)

// Aliases are other names of words, as a user lists them: whoever asks for a word
// asks for its other names too, and not the other way round. A nil *Aliases has none.
type Aliases struct {
	of  map[string][]string // other names, by the folded word
	sum string
}

// maxAliases is how many other names a word may have.
const maxAliases = 50

// ReadAliases reads a list of aliases. A line is a word and its other names, as
// 府院联动 = 府院联席 | 府院会商, or as CSV. Lines of one word belong together; those that
// are empty or begin with # are passed over, and so is a head of CSV. The error names
// the file and the line.
func ReadAliases(file, text string) (*Aliases, error) {
	sum := sha256.Sum256([]byte(text))
	a := &Aliases{of: map[string][]string{}, sum: hex.EncodeToString(sum[:8])}
	number, first := 0, true
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		names, err := aliasLine(line)
		if err == nil && !(first && isAliasHead(names[0])) {
			err = a.add(names[0], names[1:])
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
		first = false
	}
	if len(a.of) == 0 {
		return nil, fmt.Errorf("%s: no aliases in it: a line is a word, = and its other names with | between them", file)
	}
	return a, nil
}

// aliasLine takes a line apart into a word and its other names.
func aliasLine(line string) ([]string, error) {
	var names []string
	if i := strings.IndexAny(line, "=＝"); i >= 0 {
		rest := strings.TrimLeft(line[i:], "=＝")
		names = append([]string{line[:i]}, strings.FieldsFunc(rest, func(r rune) bool { return r == '|' || r == '｜' })...)
	} else {
		record, err := csv.NewReader(strings.NewReader(line)).Read()
		if err != nil {
			var fault *csv.ParseError
			if errors.As(err, &fault) {
				err = fault.Err
			}
			return nil, err
		}
		names = record
	}
	for i, n := range names {
		names[i] = strings.TrimSpace(n)
	}
	return names, nil
}

func isAliasHead(name string) bool {
	return slices.Contains([]string{"name", "word", "alias", "名称", "词", "词语"}, name)
}

// add notes other names of a word.
func (a *Aliases) add(word string, others []string) error {
	key := analyzer.Fold(word)
	if !isSaid(word) {
		return errors.New("no word in front of its other names")
	}
	if parts := strings.Fields(word); len(parts) > 1 {
		return fmt.Errorf("%s has a blank in it, so questions ask for %s each by itself: write it as one word", word, strings.Join(parts, " and "))
	}
	others = said(others)
	if len(others) == 0 {
		return fmt.Errorf("no other name of %s: write %s = its other name", word, word)
	}
	for _, other := range others {
		switch {
		case !isSaid(other):
			return fmt.Errorf("%s is no word: it has no letter and no digit", other)
		case strings.ContainsAny(other, "=＝"):
			return fmt.Errorf("%s has a second =: write | between other names", other)
		case isParted(other):
			return fmt.Errorf("%s has a blank in it: write | between other names, and each as one word", other)
		case filters(other):
			return fmt.Errorf("%s filters, and is no other name: put it into the question", other)
		}
		if analyzer.Fold(other) != key && !slices.Contains(a.of[key], other) {
			a.of[key] = append(a.of[key], other)
		}
	}
	if len(a.of[key]) > maxAliases {
		return fmt.Errorf("%s has more than %d other names", word, maxAliases)
	}
	return nil
}

// isParted reports whether a blank stands in a name where Chinese has none.
func isParted(name string) bool {
	letters := []rune(name)
	for i, r := range letters {
		if i > 0 && unicode.IsSpace(r) && (letters[i-1] > unicode.MaxASCII || letters[i+1] > unicode.MaxASCII) { // names end in no blank
			return true
		}
	}
	return false
}

// filters reports whether a name would be a filter in a question, as region:四川.
func filters(name string) bool {
	for leaf := range query.Leaves(query.Parse(name).Root) {
		if _, ok := leaf.(query.Word); !ok {
			return true
		}
	}
	return false
}

// isSaid reports whether a name has something that can be read.
func isSaid(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// Sum changes with what is in the list; "" of none.
func (a *Aliases) Sum() string {
	if a == nil {
		return ""
	}
	return a.sum
}

// aliasKey is the key of Aliases in a context.
type aliasKey struct{}

// WithAliases gives a context in which Read asks for other names too. They are of who
// runs the program, and hold for whatever is asked in it.
func WithAliases(ctx context.Context, a *Aliases) context.Context {
	return context.WithValue(ctx, aliasKey{}, a)
}

func aliasesIn(ctx context.Context) *Aliases {
	a, _ := ctx.Value(aliasKey{}).(*Aliases)
	return a
}

// expand puts each word of a tree that has other names, and any of these, in its
// place, and returns the words that it did so for.
func (a *Aliases) expand(root query.Node) (expanded query.Node, words []string) {
	if a == nil || root == nil {
		return root, nil
	}
	return query.Map(root, func(leaf query.Node, negated bool) query.Node {
		word, ok := leaf.(query.Word)
		others := a.of[analyzer.Fold(string(word))]
		if !ok || len(others) == 0 {
			return leaf
		}
		any := query.Or{leaf}
		for _, o := range others {
			any = append(any, query.Word(o))
		}
		if !negated && !slices.Contains(words, string(word)) {
			words = append(words, string(word))
		}
		return any
	}), words
}

// leaves counts the leaves of a tree.
func leaves(root query.Node) int {
	n := 0
	for range query.Leaves(root) {
		n++
	}
	return n
}

// Said is what a question asks for in pairs of a name and a value, as Typed.Said, with
// the other names that its words are asked for with.
func (q *Question) Said() [][2]string { return append(q.Typed.Said(), q.OtherNames()...) }

// OtherNames are the other names that words of a question are asked for with, in pairs
// as Said has them.
func (q *Question) OtherNames() [][2]string {
	var all [][2]string
	for _, word := range q.expanded {
		all = append(all, [2]string{"other names of " + word, strings.Join(q.aliases.of[analyzer.Fold(word)], " | ")})
	}
	return all
}

// CountAliases counts what each name of the words that were expanded finds by itself,
// the word as it was typed first: the question with that name alone in its place.
func (q *Question) CountAliases(ctx context.Context, s baogao.Searcher) ([]baogao.AliasCount, error) {
	var all []baogao.AliasCount
	for _, word := range q.expanded {
		for _, name := range append([]string{word}, q.aliases.of[analyzer.Fold(word)]...) {
			only := query.Map(q.plain, func(leaf query.Node, _ bool) query.Node {
				if leaf == query.Node(query.Word(word)) {
					return query.Word(name)
				}
				rest, _ := q.aliases.expand(leaf)
				return rest
			})
			req := q.Request
			req.Query = &query.Query{Root: only, Within: req.Query.Within}
			req.Exact, req.Limit, req.Offset, req.After, req.Cells = true, -1, 0, "", false
			res, err := s.Search(ctx, req)
			if err != nil {
				return nil, err
			}
			all = append(all, baogao.AliasCount{Word: word, Name: name, Passages: res.Total.Passages, Reports: res.Total.Reports, Occurrences: res.Total.Occurrences})
		}
	}
	return all, nil
}

// SayAliases says in a sentence without a full stop what each name of a word finds.
func SayAliases(counts []baogao.AliasCount) []string {
	var all []string
	for i := 0; i < len(counts); {
		word, parts := counts[i].Word, []string(nil)
		for ; i < len(counts) && counts[i].Word == word; i++ {
			passages := fmt.Sprintf("%d passages", counts[i].Passages)
			if counts[i].Passages == 1 {
				passages = "1 passage"
			}
			parts = append(parts, counts[i].Name+" in "+passages+" of "+manyReports(strconv.Itoa(counts[i].Reports)))
		}
		all = append(all, word+" is asked for with its other names: "+strings.Join(parts, ", ")+"; --exact asks for it alone")
	}
	return all
}
