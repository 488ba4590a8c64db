package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/corpus"
	"baogao/internal/cli"
)

// sets are the real texts, in the order in which they are read: reports first,
// so that the first passages of them are those of reports.
var sets = []string{"city_work_reports_2024", "province_work_reports_2026", "state_council", "policy_pages", "laws", "news_items"}

const traditionalSet = "traditional_laws_sample"

// The files of a corpus.
const (
	passagesFile = "passages.jsonl" // what all engines index
	reportsFile  = "reports.gob"    // the same as a stream of baogao.Report
	infoFile     = "corpus.json"
)

// A passage is a line of passages.jsonl.
type passage struct {
	ID      string   `json:"id"`
	Text    string   `json:"text"`
	Region  string   `json:"region"`  // of the province, 100000 for the country, unknown
	Regions []string `json:"regions"` // all values that a filter on the region may name
	Level   string   `json:"level"`
	Year    string   `json:"year"`
	Kind    string   `json:"kind"`
}

// A corpusInfo says what a corpus was made of.
type corpusInfo struct {
	Sources     []string `json:"sources"` // files that give exactly these reports
	Limit       int      `json:"limit"`
	Traditional bool     `json:"traditional"`
	Reports     int      `json:"reports"`
	Passages    int      `json:"passages"`
	TextBytes   int64    `json:"text_bytes"` // UTF-8, of all passages
}

func newCorpus(s *settings) *cobra.Command {
	var out string
	cmd := &cobra.Command{Use: "corpus", Short: "Write the passages that all engines index", Args: cli.Args(cobra.NoArgs)}
	cmd.Flags().StringVar(&out, "out", "", "`folder` to write to; the one of --work if not given")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if out != "" {
			s.work = out
		}
		info, err := s.corpus(cmd.Context())
		if err != nil {
			return sayMissing(cmd, err)
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%d reports, %d passages, %d bytes of text: %s\n",
			info.Reports, info.Passages, info.TextBytes, filepath.Join(s.work, passagesFile))
		return nil
	}
	return cmd
}

// errNoTexts says that there is nothing to measure, which is no failure.
var errNoTexts = errors.New("no real texts")

// sayMissing turns the lack of texts into a plain message.
func sayMissing(cmd *cobra.Command, err error) error {
	if !errors.Is(err, errNoTexts) {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "bench: %v; nothing is measured\n", err)
	return nil
}

// there returns the corpus in the work folder if it is the one that is wanted,
// else nil.
func (s *settings) there() *corpusInfo {
	info, err := readInfo(s.work)
	if err != nil || s.fresh || info.Limit != s.limit || info.Traditional != s.traditional {
		return nil
	}
	return info
}

// corpusApart is corpus in a process of its own: the memory of this process
// would count as that of all processes it begins later.
func (s *settings) corpusApart(ctx context.Context) (*corpusInfo, error) {
	if info := s.there(); info != nil {
		return info, nil
	}
	if _, err := s.sources(); err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	out, err := exec.CommandContext(ctx, self, "corpus", "--root", s.root, "--work", s.work,
		fmt.Sprintf("--limit=%d", s.limit), fmt.Sprintf("--traditional=%t", s.traditional), fmt.Sprintf("--fresh=%t", s.fresh)).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("making the passages: %w: %s", err, out)
	}
	return readInfo(s.work)
}

// corpus makes the corpus in the work folder, or uses the one that is there.
// Its error is errNoTexts where there is nothing to make it of.
func (s *settings) corpus(ctx context.Context) (*corpusInfo, error) {
	if info := s.there(); info != nil {
		return info, nil
	}
	sources, err := s.sources()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(s.work, 0o755); err != nil {
		return nil, err
	}
	// Without it, passages that are half written do not pass for whole ones.
	if err := os.Remove(filepath.Join(s.work, infoFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	info, err := writeCorpus(ctx, s.work, sources, s.limit)
	if err != nil {
		return nil, err
	}
	info.Limit, info.Traditional = s.limit, s.traditional
	return info, writeInfo(s.work, info)
}

func writeInfo(dir string, info *corpusInfo) error {
	b, err := json.MarshalIndent(info, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, infoFile), b, 0o644)
}

func readInfo(dir string) (*corpusInfo, error) {
	b, err := os.ReadFile(filepath.Join(dir, infoFile))
	if err != nil {
		return nil, err
	}
	var info corpusInfo
	return &info, json.Unmarshal(b, &info)
}

// sources lists the files of the real texts.
func (s *settings) sources() ([]string, error) {
	root, err := filepath.Abs(s.root)
	if err != nil {
		return nil, err
	}
	names := sets
	if s.traditional {
		names = append(slices.Clone(sets), traditionalSet)
	}
	var paths []string
	for _, name := range names {
		path := filepath.Join(root, "..", "shared", "data", name+".jsonl.gz")
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%w: %s is missing", errNoTexts, path)
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// writeCorpus writes the passages and the reports of sources.
func writeCorpus(ctx context.Context, dir string, sources []string, limit int) (*corpusInfo, error) {
	w, err := createCorpus(dir)
	if err != nil {
		return nil, err
	}
	last, err := w.fill(ctx, sources, limit)
	if err := errors.Join(err, w.close()); err != nil {
		return nil, err
	}
	w.info.Sources, err = cut(dir, sources, last)
	return &w.info, err
}

// A corpusWriter writes the files of a corpus.
type corpusWriter struct {
	info              corpusInfo
	files             [2]*os.File
	passages, reports *bufio.Writer
	gob               *gob.Encoder
}

func createCorpus(dir string) (*corpusWriter, error) {
	passages, err := os.Create(filepath.Join(dir, passagesFile))
	if err != nil {
		return nil, err
	}
	reports, err := os.Create(filepath.Join(dir, reportsFile))
	if err != nil {
		return nil, errors.Join(err, passages.Close())
	}
	w := &corpusWriter{
		files:    [2]*os.File{passages, reports},
		passages: bufio.NewWriterSize(passages, 1<<20), reports: bufio.NewWriterSize(reports, 1<<20),
	}
	w.gob = gob.NewEncoder(w.reports)
	return w, nil
}

// fill adds the reports of sources until there are enough passages. If it stops
// there, it says where the last report stood.
func (w *corpusWriter) fill(ctx context.Context, sources []string, limit int) (last baogao.File, err error) {
	for r, err := range corpus.Reports(ctx, sources, corpus.Options{}) {
		var fault *corpus.FileError
		switch {
		case errors.As(err, &fault):
			continue // index build tells of it
		case err != nil:
			return last, err
		}
		if err := w.add(r); err != nil {
			return last, err
		}
		if limit > 0 && w.info.Passages >= limit {
			return r.File, nil
		}
	}
	return last, nil
}

func (w *corpusWriter) add(r *baogao.Report) error {
	w.info.Reports++
	if err := w.gob.Encode(r); err != nil {
		return fmt.Errorf("%s: %w", r.Meta.ID, err)
	}
	line := json.NewEncoder(w.passages)
	line.SetEscapeHTML(false)
	p := describe(r.Meta)
	for _, text := range r.Passages {
		p.ID, p.Text = baogao.PassageID(r.Meta.ID, text.Paragraph, text.Piece), text.Text
		w.info.Passages++
		w.info.TextBytes += int64(len(p.Text))
		if err := line.Encode(p); err != nil {
			return err
		}
	}
	return nil
}

func (w *corpusWriter) close() error {
	return errors.Join(w.passages.Flush(), w.reports.Flush(), w.files[0].Close(), w.files[1].Close())
}

// describe gives a passage the metadata of its report, spelt as filters and
// facets spell it.
func describe(m baogao.Meta) passage {
	p := passage{Level: orUnknown(string(m.Level)), Year: baogao.Unknown, Kind: orUnknown(string(m.Kind))}
	if m.Year != 0 {
		p.Year = strconv.Itoa(m.Year)
	}
	switch codes := m.Region.Codes(); {
	case codes == nil:
		p.Region = orUnknown(m.Region.Name)
		p.Regions = []string{p.Region}
	case m.Region.Code == baogao.CountryCode:
		p.Region, p.Regions = baogao.CountryCode, codes
	default:
		p.Region, p.Regions = codes[0], append([]string{baogao.CountryCode}, codes...)
	}
	return p
}

func orUnknown(s string) string {
	if s == "" {
		return baogao.Unknown
	}
	return s
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
	in := bufio.NewReader(zr)
	var lines bytes.Buffer
	for range last.Line {
		line, err := in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return nil, err
		}
		lines.Write(line)
	}
	name := filepath.Join(dir, "last.jsonl")
	return append(slices.Clone(sources[:i]), name), os.WriteFile(name, lines.Bytes(), 0o644)
}

// passages yields the passages of a corpus.
func passages(dir string) iter.Seq2[passage, error] {
	return func(yield func(passage, error) bool) {
		for line, err := range passageLines(dir) {
			var p passage
			if err == nil {
				err = json.Unmarshal(line, &p)
			}
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}

// passageLines yields the lines of passages.jsonl. A line is good until the next
// one is asked for.
func passageLines(dir string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		f, err := os.Open(filepath.Join(dir, passagesFile))
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		in := bufio.NewScanner(f)
		in.Buffer(make([]byte, 1<<20), 64<<20)
		for in.Scan() {
			if !yield(in.Bytes(), nil) {
				return
			}
		}
		if err := in.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// reports yields the reports of a corpus.
func reports(dir string) iter.Seq2[*baogao.Report, error] {
	return func(yield func(*baogao.Report, error) bool) {
		f, err := os.Open(filepath.Join(dir, reportsFile))
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		in := gob.NewDecoder(bufio.NewReaderSize(f, 1<<20))
		for {
			var r baogao.Report
			err := in.Decode(&r)
			if err == io.EOF {
				return
			}
			if !yield(&r, err) || err != nil {
				return
			}
		}
	}
}
