// Package texts prepares the real texts beside the project once for all engines:
// as passages, and for ours as reports, which are read and understood already.
package texts

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"baogao"
	"baogao/corpus"
)

// sets are the real texts, in the order in which they are read: reports first,
// so that the first passages of them are those of reports.
var sets = []string{"city_work_reports_2024", "province_work_reports_2026", "state_council", "policy_pages", "laws", "news_items"}

const traditionalSet = "traditional_laws_sample"

// The files of a corpus.
const (
	PassagesFile = "passages.jsonl" // what all engines index
	reportsFile  = "reports.gob"    // the same as a stream of baogao.Report
	infoFile     = "corpus.json"
)

// ErrNone says that there are no texts, so that nothing can be measured.
var ErrNone = errors.New("no real texts")

// Options say which corpus is wanted, and where.
type Options struct {
	Root        string // folder of the project, beside which the texts lie
	Dir         string // folder of the files of the corpus
	Limit       int    // passages to take, up to the end of a report; 0 takes all
	Traditional bool   // with the laws in Traditional Chinese
	Fresh       bool   // is made even if it is there
}

// An Info says what a corpus was made of.
type Info struct {
	Sources     []string `json:"sources"` // files that give exactly these reports
	Limit       int      `json:"limit"`
	Traditional bool     `json:"traditional"`
	Reports     int      `json:"reports"`
	Passages    int      `json:"passages"`
	TextBytes   int64    `json:"text_bytes"` // UTF-8, of all passages
}

// ReadInfo reads what the corpus in the folder was made of.
func (o Options) ReadInfo() (*Info, error) {
	b, err := os.ReadFile(filepath.Join(o.Dir, infoFile))
	if err != nil {
		return nil, err
	}
	info := &Info{}
	return info, json.Unmarshal(b, info)
}

// sources lists the files of the real texts. Its error is ErrNone where there
// are none.
func (o Options) sources() ([]string, error) {
	root, err := filepath.Abs(o.Root)
	if err != nil {
		return nil, err
	}
	names := sets
	if o.Traditional {
		names = append(slices.Clone(sets), traditionalSet)
	}
	var paths []string
	for _, name := range names {
		path := filepath.Join(root, "..", "shared", "data", name+".jsonl.gz")
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%w: %s is missing", ErrNone, path)
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// Corpus uses the corpus in the folder, if it is the one that is wanted, or has
// it made of the real texts.
func (o Options) Corpus(ctx context.Context, build func(context.Context, []string) (*Info, error)) (*Info, error) {
	info, err := o.ReadInfo()
	if err == nil && !o.Fresh && info.Limit == o.Limit && info.Traditional == o.Traditional {
		return info, nil
	}
	sources, err := o.sources()
	if err != nil {
		return nil, err
	}
	return build(ctx, sources)
}

// Make makes the corpus of files.
func (o Options) Make(ctx context.Context, sources []string) (*Info, error) {
	if err := os.MkdirAll(o.Dir, 0o755); err != nil {
		return nil, err
	}
	// Without it, passages that are half written do not pass for whole ones.
	if err := os.Remove(filepath.Join(o.Dir, infoFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	w := writer{Info: Info{Limit: o.Limit, Traditional: o.Traditional}}
	err := w.open(o.Dir, func() error { return w.fill(ctx, sources) })
	if err != nil {
		return nil, err
	}
	if w.Sources, err = cut(o.Dir, sources, w.last); err != nil {
		return nil, err
	}
	b, err := json.MarshalIndent(w.Info, "", "  ")
	if err != nil {
		return nil, err
	}
	return &w.Info, os.WriteFile(filepath.Join(o.Dir, infoFile), b, 0o644)
}

// A writer writes the files of a corpus.
type writer struct {
	Info
	passages *json.Encoder
	reports  *gob.Encoder
	last     baogao.File // of the last report, where there are more
}

// open creates the files for what fill adds.
func (w *writer) open(dir string, fill func() error) error {
	return create(filepath.Join(dir, PassagesFile), func(passages io.Writer) error {
		return create(filepath.Join(dir, reportsFile), func(reports io.Writer) error {
			w.passages, w.reports = json.NewEncoder(passages), gob.NewEncoder(reports)
			w.passages.SetEscapeHTML(false)
			return fill()
		})
	})
}

func create(name string, fill func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	to := bufio.NewWriterSize(f, 1<<20)
	return errors.Join(fill(to), to.Flush(), f.Close())
}

// fill adds the reports of sources until there are enough passages. If it stops
// there, it takes note of where the last report stood.
func (w *writer) fill(ctx context.Context, sources []string) error {
	for r, err := range corpus.Reports(ctx, sources, corpus.Options{}) {
		var fault *corpus.FileError
		switch {
		case errors.As(err, &fault):
			continue // index build tells of it
		case err != nil:
			return err
		}
		if err := w.add(r); err != nil {
			return fmt.Errorf("%s: %w", r.Meta.ID, err)
		}
		if w.Limit > 0 && w.Passages >= w.Limit {
			w.last = r.File
			break
		}
	}
	return nil
}

func (w *writer) add(r *baogao.Report) error {
	w.Reports++
	if err := w.reports.Encode(r); err != nil {
		return err
	}
	p := describe(r.Meta)
	for _, text := range r.Passages {
		p.ID, p.Text = baogao.PassageID(r.Meta.ID, text.Paragraph, text.Piece), text.Text
		w.Passages++
		w.TextBytes += int64(len(p.Text))
		if err := w.passages.Encode(p); err != nil {
			return err
		}
	}
	return nil
}

// cut returns files that end with the report at last: those before its own,
// and its own up to its line.
func cut(dir string, sources []string, last baogao.File) ([]string, error) {
	i := slices.Index(sources, last.Path)
	if i < 0 {
		return sources, nil
	}
	f, err := os.Open(sources[i])
	if err != nil {
		return nil, err
	}
	defer f.Close()
	zr, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	in, name := bufio.NewReader(zr), filepath.Join(dir, "last.jsonl")
	return append(slices.Clone(sources[:i]), name), create(name, func(to io.Writer) error {
		for range last.Line {
			line, err := in.ReadBytes('\n')
			if err != nil && err != io.EOF {
				return err
			}
			to.Write(line)
		}
		return nil
	})
}
