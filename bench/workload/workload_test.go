package workload

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestQuestions(t *testing.T) {
	list, err := Read(filepath.Join("..", "questions.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 60 {
		t.Errorf("%d questions, want 60", len(list))
	}
	seen := map[string]bool{}
	filtered, everything := 0, 0
	for _, q := range list {
		if seen[q.Text] {
			t.Errorf("%s stands there twice", q.Text)
		}
		seen[q.Text] = true
		if len(q.Filters()) > 0 {
			filtered++
		}
		if q.Text == matchAll {
			everything++
		}
		for _, word := range q.Words {
			if n := utf8.RuneCountInString(word); n < 2 || n > 8 {
				t.Errorf("%s: %d characters", word, n)
			}
			if strings.ContainsFunc(word, func(c rune) bool { return !unicode.Is(unicode.Han, c) }) {
				t.Errorf("%s: not every character is a Han character", word)
			}
		}
	}
	if filtered != 10 || everything != 1 {
		t.Errorf("%d questions with filters, %d for every passage", filtered, everything)
	}
}

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want Question
	}{
		{"*", Question{}},
		{"行政复议", Question{Words: []string{"行政复议"}}},
		{"行政复议 信访", Question{Words: []string{"行政复议", "信访"}}},
		{"region:四川 信访", Question{Words: []string{"信访"}, Region: "510000"}},
		{"kind:work year:2023 level:市 发展", Question{Words: []string{"发展"}, Kind: "work", Year: "2023", Level: "city"}},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got, err := Parse(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			tt.want.Text = tt.text
			if !slices.Equal(got.Words, tt.want.Words) || !slices.Equal(got.Filters(), tt.want.Filters()) {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
	for _, text := range []string{"发展 OR 改革", "-发展", "year:2020..2022 发展", "title:发展", "region:鼓楼区 发展", `"“放管服”改革"`} {
		if q, err := Parse(text); err == nil {
			t.Errorf("%s: %+v; not every engine can be asked it", text, q)
		}
	}
}

// TestRun asks an engine of three questions, one of which it cannot be asked.
func TestRun(t *testing.T) {
	p := Plan{Questions: []Question{{Text: "a"}, {Text: "b"}, {Text: "c"}}, Rounds: 2}
	asked := map[string]int{}
	a, err := p.Run(t.Context(), Shared(func(q Question) (func() (int, error), error) {
		asked[q.Text]++
		total := asked[q.Text]
		if q.Text == "b" {
			total = Unanswered
		}
		return func() (int, error) { return total, nil }, nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(a.Totals, []int{3, Unanswered, 3}) || len(a.MS[0]) != 2 || len(a.MS[1]) != 0 {
		t.Errorf("%+v", a)
	}
}
