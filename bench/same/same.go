// Package same asks two builds of the search command the same questions over
// HTTP and tells which answers differ: a change that should change no answer is
// held to it.
package same

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"baogao/bench/peers"
	"baogao/bench/workload"
)

// seed makes the questions that are cut out of texts the same each time.
const seed = 92672

// A Difference is a question that is answered otherwise.
type Difference struct {
	Question  string
	Field     string // of the answer; the first that differs
	Then, Now string
}

// Compare asks the former program and the present one all questions, in every
// form, and n more that are cut out of texts that are found. It returns how many
// requests were made, and those that are answered otherwise.
func Compare(ctx context.Context, former, present *peers.Server, questions []workload.Question, n int) (asked int, differ []Difference, err error) {
	var requests []url.Values
	for _, q := range questions {
		requests = append(requests, url.Values{"q": {q.Query()}})
	}
	texts, err := textsOf(ctx, former, questions)
	if err != nil {
		return 0, nil, err
	}
	requests = append(requests, cut(texts, n)...)
	for _, v := range requests {
		v.Set("cells", "true")
		then, err := answer(ctx, former, v)
		if err != nil {
			return asked, differ, err
		}
		now, err := answer(ctx, present, v)
		if err != nil {
			return asked, differ, err
		}
		asked++
		for _, field := range []string{"total", "relaxed", "facets", "cells", "hits"} {
			if a, b := then[field], now[field]; !reflect.DeepEqual(a, b) {
				differ = append(differ, Difference{v.Encode(), field, short(a), short(b)})
				break
			}
		}
	}
	return asked, differ, nil
}

// short is the beginning of a value.
func short(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b[:min(len(b), 400)])
}

// answer asks a program, and leaves out of its answer what the former one may
// not have.
func answer(ctx context.Context, s *peers.Server, v url.Values) (map[string]any, error) {
	var a map[string]any
	b, err := workload.Fetch(ctx, http.DefaultClient, s.Address+"/api/v1/search?"+v.Encode())
	if err == nil {
		err = json.Unmarshal(b, &a)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.Encode(), err)
	}
	drop(a)
	return a, nil
}

// drop leaves out how much is held, in whatever part of an answer, what is counted
// beside it, and how sure a report is.
func drop(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, counted := v["held"]; counted {
			for _, name := range []string{"held", "occurrences", "chars"} {
				delete(v, name)
			}
		}
		delete(v, "sure")
		for _, part := range v {
			drop(part)
		}
	case []any:
		for _, part := range v {
			drop(part)
		}
	}
}

// textsOf are the texts that a program finds.
func textsOf(ctx context.Context, s *peers.Server, questions []workload.Question) ([]string, error) {
	var texts []string
	for _, q := range questions {
		a, err := answer(ctx, s, url.Values{"q": {q.Query()}, "limit": {"100"}})
		if err != nil {
			return nil, err
		}
		hits, _ := a["hits"].([]any)
		for _, h := range hits {
			if text, ok := h.(map[string]any)["text"].(string); ok {
				texts = append(texts, text)
			}
		}
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("nothing is found that questions could be cut out of")
	}
	return texts, nil
}

// forms are the questions that are cut out of texts, one of each in turn: {3} is
// a piece of at most three characters.
var forms = []string{
	"q={4}", "q={14}&limit=30", "q={6} {6} {6}", "q={3} {3}&sort=-year", "q={3} OR {4} OR {2}&offset=7", "q={2} -{2} -{3}&sort=region",
	"q=within:sentence {2} {3}", "q=within:report {3} {3} -{4}", "q={3} (title:{2} OR section:{2})", "q={2} -level:district (region:四川 OR year:2023..)",
	"q=region:浙江 {2}&region=杭州&region=宁波&year=2020..", "q={2}&level=city&level=省&kind=work&all_copies=true",
	"q={2} OR {3} OR {3} OR {3} OR {3} OR {3} OR {3} OR {3} OR {3} OR {3} OR {3} OR {3}&sort=year",
}

var piece = regexp.MustCompile(`\{(\d+)\}`)

// cut makes n questions of pieces of texts.
func cut(texts []string, n int) []url.Values {
	random := rand.New(rand.NewPCG(seed, 1))
	take := func(most string) string {
		m, _ := strconv.Atoi(strings.Trim(most, "{}"))
		for {
			text, size := []rune(texts[random.IntN(len(texts))]), 1+random.IntN(m)
			if len(text) < size {
				continue
			}
			at := random.IntN(len(text) - size + 1)
			if unicode.IsLetter(text[at]) || unicode.IsDigit(text[at]) || size > 3 {
				return strconv.Quote(string(text[at : at+size]))
			}
		}
	}
	var all []url.Values
	for i := range n {
		v := url.Values{}
		for part := range strings.SplitSeq(forms[i%len(forms)], "&") {
			name, value, _ := strings.Cut(part, "=")
			v.Add(name, piece.ReplaceAllStringFunc(value, take))
		}
		all = append(all, v)
	}
	return all
}
