package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"baogao"
	"baogao/corpus"
	"baogao/internal/engine"
	"baogao/internal/eval"
	"baogao/query"
)

// Short questions are a word or a few, as researchers type them. Their words
// stand in passages as they are asked, so that they measure the order of exact
// matches.

// measureShort asks the short questions that were judged and gives the report on
// the answers. It is not complete where the questions or the texts are missing.
func measureShort(ctx context.Context, root string) (report []byte, complete bool, err error) {
	list, err := askShort(ctx, root)
	if errors.Is(err, fs.ErrNotExist) {
		return []byte("no short questions in " + shortDir(root) + ", or no texts beside them\n"), false, nil
	}
	if err != nil {
		return nil, false, err
	}
	var b bytes.Buffer
	err = eval.PrintGraded(&b, "short_questions, open", list)
	return b.Bytes(), true, err
}

func shortDir(root string) string { return filepath.Join(sharedDir(root), "data", "short_questions") }

// shortCorpus are the files and folders that the short questions are asked of.
func shortCorpus(root string) []string {
	paths := []string{filepath.Join(root, "samples", "reports"), filepath.Join(sharedDir(root), "seeds")}
	for _, set := range []string{"city_work_reports_2024", "province_work_reports_2026", "policy_pages", "state_council"} {
		paths = append(paths, filepath.Join(sharedDir(root), "data", set+".jsonl.gz"))
	}
	return paths
}

// askShort indexes the texts in a folder of its own and asks the questions.
func askShort(ctx context.Context, root string) (list []eval.Graded, err error) {
	grades, err := readGrades(filepath.Join(shortDir(root), "qrels.txt"))
	if err != nil {
		return nil, err
	}
	rows, err := readTable(filepath.Join(shortDir(root), "questions-open.tsv"), '\t', 3)
	if err != nil {
		return nil, err
	}
	err = withIndex(ctx, shortCorpus(root), func(s baogao.Searcher) error {
		for _, row := range rows {
			res, err := s.Search(ctx, baogao.Request{Query: query.Parse(row[2]), Exact: true})
			if err != nil {
				return err
			}
			q := eval.Graded{Question: row[0], Grades: grades[row[0]]}
			for i := range res.Hits {
				q.Found = append(q.Found, eval.Key(&res.Hits[i]))
			}
			list = append(list, q)
		}
		return nil
	})
	return list, err
}

// withIndex indexes files and folders in a folder of its own, as index build
// does, and hands the index over. What cannot be read is an error, which names
// the file.
func withIndex(ctx context.Context, paths []string, use func(baogao.Searcher) error) (err error) {
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			return err
		}
	}
	temp, err := os.MkdirTemp("", "eval-*.index")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	w, err := engine.Create(temp, "")
	if err != nil {
		return err
	}
	defer w.Close()
	for r, err := range corpus.Reports(ctx, paths, corpus.Options{}) {
		if errors.Is(err, corpus.ErrNote) {
			continue // a piece of metadata that is not used; no report is lost
		}
		if err != nil {
			return err
		}
		if err := w.Add(ctx, r); err != nil {
			return err
		}
	}
	if _, err := w.Publish(ctx); err != nil {
		return err
	}
	s, err := engine.Open(temp)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return use(s)
}

// readGrades reads the grades of passages, by question and key: rows of the
// question, 0, the key and the grade.
func readGrades(name string) (map[string]map[string]int, error) {
	rows, err := readTable(name, ' ', 4)
	grades := map[string]map[string]int{}
	for _, row := range rows {
		if grades[row[0]] == nil {
			grades[row[0]] = map[string]int{}
		}
		if grades[row[0]][row[2]], err = strconv.Atoi(row[3]); err != nil {
			return nil, err
		}
	}
	return grades, err
}
