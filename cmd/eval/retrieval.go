package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"baogao"
	"baogao/internal/engine"
	"baogao/internal/eval"
	"baogao/query"
)

// The questions are those that people ask about statutes: long, in their own
// words, and next to never found in an article as they stand, so that they
// measure the relaxed tier. An article is one passage, its title in it.

// measureRetrieval asks all judged questions and gives the report on the
// answers. It is not complete where the questions are missing.
func measureRetrieval(ctx context.Context, root string) (report []byte, complete bool, err error) {
	dir := filepath.Join(sharedDir(root), "data", "statute_retrieval")
	list, err := askStatutes(ctx, dir, 1)
	if errors.Is(err, fs.ErrNotExist) {
		return []byte("no judged questions in " + dir + "\n"), false, nil
	}
	if err != nil {
		return nil, false, err
	}
	var b bytes.Buffer
	err = eval.PrintRetrieval(&b, "statute_retrieval", list)
	return b.Bytes(), true, err
}

// askStatutes indexes the articles in a folder of its own and asks one question
// in so many: all of them of all articles where step is 1, else of those that
// answer one and of one in twice as many of the rest.
func askStatutes(ctx context.Context, dir string, step int) (list []eval.Ranking, err error) {
	relevant, err := readJudgements(filepath.Join(dir, "qrels.tsv"))
	if err != nil {
		return nil, err
	}
	questions, err := readLines[article](filepath.Join(dir, "queries.jsonl"))
	if err != nil {
		return nil, err
	}
	articles, err := readLines[article](filepath.Join(dir, "corpus.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	questions = sampled(questions, step, nil)
	if step > 1 {
		answers := map[string]bool{}
		for _, q := range questions {
			for _, id := range relevant[q.ID] {
				answers[id] = true
			}
		}
		articles = sampled(articles, 2*step, answers)
	}
	temp, err := os.MkdirTemp("", "statutes-*.index")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	if err := indexArticles(ctx, articles, temp); err != nil {
		return nil, err
	}
	s, err := engine.Open(temp)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	for _, q := range questions {
		res, err := s.Search(ctx, baogao.Request{Query: query.Parse(q.Text), Limit: 100, Copies: true})
		if err != nil {
			return nil, err
		}
		r := eval.Ranking{Relevant: relevant[q.ID]}
		for _, h := range res.Hits {
			r.Ranked = append(r.Ranked, h.Report.ID)
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
