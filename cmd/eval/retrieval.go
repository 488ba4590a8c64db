package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"baogao"
	"baogao/internal/engine"
	"baogao/internal/eval"
	"baogao/internal/web"
	"baogao/query"
)

// The questions are those that people ask about statutes: long, in their own
// words, and next to never found in an article as they stand, so that they
// measure the relaxed tier.

// A statuteWay is one in which articles become reports and are asked for.
type statuteWay struct {
	name string
	ask  func(ctx context.Context, s *statutes) ([]eval.Ranking, error)
}

// As a passage with its title in it, an article is what it is; reports have
// their titles apart, and a paragraph for each of the text.
var statuteWays = []statuteWay{
	{"statute_retrieval", askWhole},
	{"statutes, title apart", func(ctx context.Context, s *statutes) ([]eval.Ranking, error) {
		return askLines(ctx, s, strings.NewReplacer("\n", "").Replace)
	}},
	{"statutes, in paragraphs", func(ctx context.Context, s *statutes) ([]eval.Ranking, error) {
		return askLines(ctx, s, func(text string) string { return text })
	}},
}

// measureRetrieval asks all judged questions in each way and gives the report on
// the answers. It is not complete where the questions are missing.
func measureRetrieval(ctx context.Context, root string) (report []byte, complete bool, err error) {
	s, err := readStatutes(statuteDir(root), 1)
	if errors.Is(err, fs.ErrNotExist) {
		return []byte("no judged questions in " + statuteDir(root) + "\n"), false, nil
	}
	if err != nil {
		return nil, false, err
	}
	var b bytes.Buffer
	for _, way := range statuteWays {
		list, err := way.ask(ctx, s)
		if err == nil {
			err = eval.PrintRetrieval(&b, way.name, list)
		}
		if err != nil {
			return nil, false, fmt.Errorf("%s: %w", way.name, err)
		}
	}
	return b.Bytes(), true, nil
}

func statuteDir(root string) string {
	return filepath.Join(sharedDir(root), "data", "statute_retrieval")
}

// statutes are articles, questions, and which articles answer them.
type statutes struct {
	articles, questions []article
	relevant            map[string][]string // articles, by question
}

// readStatutes reads one question in so many: all of them and all articles where
// step is 1, else those that answer one and one in twice as many of the rest.
func readStatutes(dir string, step int) (s *statutes, err error) {
	s = &statutes{}
	if s.relevant, err = readJudgements(filepath.Join(dir, "qrels.tsv")); err != nil {
		return nil, err
	}
	if s.questions, err = readLines[article](filepath.Join(dir, "queries.jsonl")); err != nil {
		return nil, err
	}
	if s.articles, err = readLines[article](filepath.Join(dir, "corpus.jsonl.gz")); err != nil || step == 1 {
		return s, err
	}
	s.questions = sampled(s.questions, step, nil)
	answers := map[string]bool{}
	for _, q := range s.questions {
		for _, id := range s.relevant[q.ID] {
			answers[id] = true
		}
	}
	s.articles = sampled(s.articles, 2*step, answers)
	return s, nil
}

// askWhole asks for articles that are a passage each.
func askWhole(ctx context.Context, s *statutes) (list []eval.Ranking, err error) {
	temp, err := os.MkdirTemp("", "statutes-*.index")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	if err := indexArticles(ctx, s.articles, temp); err != nil {
		return nil, err
	}
	x, err := engine.Open(temp)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	return s.rank(func(question string) (*baogao.Result, error) {
		return x.Search(ctx, baogao.Request{Query: query.Parse(question), Limit: 100, Copies: true})
	})
}

// askLines writes the articles down as JSON lines, their texts as edit makes
// them, indexes that file as index build does, and asks over HTTP.
func askLines(ctx context.Context, s *statutes, edit func(text string) string) (list []eval.Ranking, err error) {
	temp, err := os.MkdirTemp("", "statutes-*")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	var b bytes.Buffer
	lines := json.NewEncoder(&b)
	for _, a := range s.articles {
		a.Text = edit(a.Text)
		if err := lines.Encode(a); err != nil {
			return nil, err
		}
	}
	file := filepath.Join(temp, "articles.jsonl")
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		return nil, err
	}
	err = withIndex(ctx, []string{file}, func(x baogao.Searcher) (err error) {
		list, err = s.askOverHTTP(ctx, x)
		return err
	})
	return list, err
}

// askOverHTTP asks a server over an index.
func (s *statutes) askOverHTTP(ctx context.Context, x baogao.Searcher) ([]eval.Ranking, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: web.New(x, web.Options{})}
	go server.Serve(listener)
	defer server.Close()
	address := "http://" + listener.Addr().String() + "/api/v1/search?all_copies=true&limit=200&q="
	return s.rank(func(question string) (*baogao.Result, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address+url.QueryEscape(question), nil)
		if err != nil {
			return nil, err
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return nil, err
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			return nil, errors.New(resp.Status)
		}
		var res baogao.Result
		err = json.NewDecoder(resp.Body).Decode(&res)
		return &res, err
	})
}

// rank asks all questions and puts the articles in the order in which their
// passages were found.
func (s *statutes) rank(ask func(question string) (*baogao.Result, error)) (list []eval.Ranking, err error) {
	for _, q := range s.questions {
		res, err := ask(q.Text)
		if err != nil {
			return nil, fmt.Errorf("question %s: %w", q.ID, err)
		}
		r := eval.Ranking{Relevant: s.relevant[q.ID]}
		seen := map[string]bool{}
		for _, h := range res.Hits {
			if !seen[h.Report.ID] {
				seen[h.Report.ID], r.Ranked = true, append(r.Ranked, h.Report.ID)
			}
		}
		list = append(list, r)
	}
	return list, nil
}

// An article is a line of the articles, or of the questions.
type article struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// sampled are one article in so many, and those that are wanted besides.
func sampled(all []article, step int, wanted map[string]bool) (some []article) {
	for i, a := range all {
		if (i+1)%step == 0 || wanted[a.ID] {
			some = append(some, a)
		}
	}
	return some
}

func indexArticles(ctx context.Context, articles []article, dir string) error {
	w, err := engine.Create(dir, "")
	if err != nil {
		return err
	}
	defer w.Close()
	for _, a := range articles {
		err := w.Add(ctx, &baogao.Report{
			Meta:     baogao.Meta{ID: a.ID, Title: a.Title},
			Passages: []baogao.Passage{{Paragraph: 1, Text: a.Title + "\n" + a.Text}},
		})
		if err != nil {
			return err
		}
	}
	_, err = w.Publish(ctx)
	return err
}

// readJudgements reads which articles answer a question: rows of the question,
// 0, the article and 1.
func readJudgements(name string) (map[string][]string, error) {
	rows, err := readTable(name, '\t', 4)
	relevant := map[string][]string{}
	for _, row := range rows {
		relevant[row[0]] = append(relevant[row[0]], row[2])
	}
	return relevant, err
}
