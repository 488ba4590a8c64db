package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	var questions []article
	answers := map[string]bool{}
	n := 0
	err = eachLine(filepath.Join(dir, "queries.jsonl"), func(q article) error {
		if n++; n%step == 0 {
			questions = append(questions, q)
			for _, id := range relevant[q.ID] {
				answers[id] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	temp, err := os.MkdirTemp("", "statutes-*.index")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	m := 0
	wanted := func(a article) bool {
		m++
		return step == 1 || m%(2*step) == 0 || answers[a.ID]
	}
	if err := indexArticles(ctx, filepath.Join(dir, "corpus.jsonl.gz"), temp, wanted); err != nil {
		return nil, err
	}
	s, err := engine.Open(temp, engine.Options{})
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

func indexArticles(ctx context.Context, name, dir string, wanted func(article) bool) error {
	w, err := engine.Create(dir, "")
	if err != nil {
		return err
	}
	defer w.Close()
	err = eachLine(name, func(a article) error {
		if !wanted(a) {
			return nil
		}
		return w.Add(ctx, &baogao.Report{
			Meta:     baogao.Meta{ID: a.ID, Title: a.Title},
			Passages: []baogao.Passage{{Paragraph: 1, Text: a.Title + "\n" + a.Text}},
		})
	})
	if err != nil {
		return err
	}
	_, err = w.Publish(ctx)
	return err
}

// eachLine reads a file of JSON lines, compressed or not.
func eachLine(name string, use func(article) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var in io.Reader = bufio.NewReader(f)
	if filepath.Ext(name) == ".gz" {
		if in, err = gzip.NewReader(in); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	lines := json.NewDecoder(in)
	for n := 1; ; n++ {
		var a article
		switch err := lines.Decode(&a); {
		case err == io.EOF:
			return nil
		case err != nil:
			return fmt.Errorf("%s: line %d: %w", name, n, err)
		}
		if err := use(a); err != nil {
			return err
		}
	}
}

// readJudgements reads which articles answer a question: rows of the question,
// 0, the article and 1.
func readJudgements(name string) (map[string][]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	table := csv.NewReader(f)
	table.Comma, table.FieldsPerRecord = '\t', 4
	rows, err := table.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	relevant := map[string][]string{}
	for _, row := range rows {
		relevant[row[0]] = append(relevant[row[0]], row[2])
	}
	return relevant, nil
}
