package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"baogao/internal/cli"
)

// A row is what was measured of one engine.
type row struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Version string   `json:"version"`
	Build   cost     `json:"build"`
	Files   *cost    `json:"files,omitempty"` // of the build that begins with the files; ours only
	Index   int64    `json:"index"`           // bytes
	Ask     cost     `json:"ask"`
	Rounds  int      `json:"rounds"`
	Answers *answers `json:"answers"`
}

// A comparison is all that was measured.
type comparison struct {
	Date      string       `json:"date"`
	Machine   machine      `json:"machine"`
	Corpus    *corpusInfo  `json:"corpus"`
	Load      load         `json:"load"`
	ReadSec   [2]float64   `json:"read_sec"` // reading passages.jsonl and reports.gob alone
	Rows      []row        `json:"rows"`
	Missing   []string     `json:"missing"` // engines that are not installed
	Counts    []count      `json:"counts"`
	Wrong     []difference `json:"wrong"`
	Parts     []part       `json:"parts"` // of our index
	Shell     *shell       `json:"shell,omitempty"`
	ShellWord string       `json:"shell_word"`
}

// A part is a file or folder of our index.
type part struct {
	Name  string `json:"name"`
	Bytes int64  `json:"bytes"`
}

// shellWord is what search is asked as a process of its own.
const shellWord = "行政复议"

// errCounts is the failure of a comparison whose table was printed.
var errCounts = errors.New("some counts are wrong, as listed; if the passages were made by another version, make them again with --fresh")

type compareFlags struct {
	only, json, out string
	rounds, seconds int
}

func newCompare(s *settings) *cobra.Command {
	var f compareFlags
	cmd := &cobra.Command{Use: "compare", Short: "Measure this engine and others", Args: cli.Args(cobra.NoArgs)}
	flags := cmd.Flags()
	flags.StringVar(&f.only, "only", "", "measure only these `ENGINES`, with commas: "+strings.Join(peerNames(), ","))
	flags.IntVar(&f.rounds, "rounds", 20, "ask all questions `N` times with one client")
	flags.IntVar(&f.seconds, "seconds", 10, "ask for `N` seconds with eight clients")
	flags.StringVar(&f.json, "json", "", "write all figures to `FILE`")
	flags.StringVar(&f.out, "out", "", "write the tables into the Markdown `FILE`, between two marks")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		chosen, err := choose(f.only)
		switch {
		case err != nil:
			return err
		case f.rounds < 1 || f.seconds < 0:
			return cli.Usage("--rounds is 1 or more, --seconds 0 or more")
		}
		return sayMissing(cmd, compare(cmd, s, chosen, f))
	}
	return cmd
}

func peerNames() (names []string) {
	for _, p := range peers {
		names = append(names, p.name)
	}
	return names
}

// choose returns the peers of a list of names.
func choose(only string) ([]peer, error) {
	if only == "" {
		return peers, nil
	}
	names := strings.Split(only, ",")
	for _, name := range names {
		if !slices.Contains(peerNames(), name) {
			return nil, cli.Usage("no engine is called %s; there are %s", name, strings.Join(peerNames(), ", "))
		}
	}
	return slices.DeleteFunc(slices.Clone(peers), func(p peer) bool { return !slices.Contains(names, p.name) }), nil
}

// compare measures the chosen engines and writes what was measured.
func compare(cmd *cobra.Command, s *settings, chosen []peer, f compareFlags) error {
	questions, err := readQuestions(s.root)
	if err != nil {
		return err
	}
	if err := s.commands(); err != nil {
		return err
	}
	info, err := s.corpusApart(cmd.Context())
	if err != nil {
		return err
	}
	c := &comparison{
		Date: time.Now().Format(time.DateOnly), Corpus: info, Machine: thisMachine(),
		Load: load{Questions: questions, Rounds: f.rounds, Clients: 8, Seconds: f.seconds}, ShellWord: shellWord,
	}
	b := &bench{settings: *s, comparison: c, log: cmd.ErrOrStderr(), began: time.Now()}
	fault := b.run(cmd.Context(), chosen)
	if err := cmd.Context().Err(); err != nil {
		return err
	}
	printCounts(cmd.ErrOrStderr(), questions, c.Counts, c.Wrong)
	if err := c.write(cmd.OutOrStdout(), f); err != nil {
		return err
	}
	if len(c.Wrong) > 0 {
		return errors.Join(fault, errCounts)
	}
	return fault
}

func (c *comparison) write(w io.Writer, f compareFlags) error {
	text := c.markdown()
	if _, err := io.WriteString(w, text); err != nil {
		return err
	}
	if f.out != "" {
		if err := writeBetween(f.out, "bench", text); err != nil {
			return err
		}
	}
	if f.json == "" {
		return nil
	}
	out, err := os.Create(f.json)
	if err != nil {
		return err
	}
	return errors.Join(cli.JSON(out, c, true), out.Close())
}

// A bench is a comparison under way.
type bench struct {
	settings
	*comparison
	log   io.Writer
	began time.Time
}

func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(b.log, "bench: %4.0f s: %s\n", time.Since(b.began).Seconds(), fmt.Sprintf(format, args...))
}

// run measures the engines one after the other. The fault of one does not stop
// the others.
func (b *bench) run(ctx context.Context, chosen []peer) error {
	b.say("%d passages, %.1f MB of text", b.Corpus.Passages, megabytes(b.Corpus.TextBytes))
	var faults []error
	for _, p := range chosen {
		if what := p.missing(); what != "" {
			b.Missing = append(b.Missing, p.title+" (no "+what+")")
			b.say("%s is left out: %s is not installed; tools/install-bench-tools.sh installs it", p.title, what)
			continue
		}
		if err := b.engine(ctx, p); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", p.name, err))
			b.say("%s: failed, as told at the end", p.title)
		}
	}
	b.say("reading every passage for the counts")
	if err := b.readAlone(); err != nil {
		return err
	}
	var err error
	if b.Counts, err = countAll(b.work, b.Load.Questions); err != nil {
		return err
	}
	for _, r := range b.Rows {
		b.Wrong = append(b.Wrong, check(r.Name, b.Load.Questions, r.Answers.Totals, b.Counts)...)
	}
	return errors.Join(faults...)
}

// readAlone tells what all builds pay for reading what was prepared. It comes
// after them: the memory of this process counts as theirs when they begin.
func (b *bench) readAlone() error {
	began := time.Now()
	for _, err := range passages(b.work) {
		if err != nil {
			return err
		}
	}
	b.ReadSec[0] = time.Since(began).Seconds()
	began = time.Now()
	for _, err := range reports(b.work) {
		if err != nil {
			return err
		}
	}
	b.ReadSec[1] = time.Since(began).Seconds()
	return nil
}

// engine measures one engine.
func (b *bench) engine(ctx context.Context, p peer) (err error) {
	r := row{Name: p.name, Title: p.title, Version: p.version(ctx)}
	w := workplace{settings: b.settings, index: filepath.Join(b.work, "index-"+p.name)}
	if p.prepare != nil {
		if err := p.prepare(ctx, b.settings); err != nil {
			return err
		}
	}
	if r.Build, err = p.measureBuild(ctx, w); err != nil {
		return err
	}
	b.say("%s: built in %.1f s", p.title, r.Build.Wall)
	if p.name == prepared.name {
		files, err := buildFromFiles(ctx, b.settings, b.Corpus, w.index)
		if err != nil {
			return err
		}
		r.Files = &files
		b.say("%s: built from the files in %.1f s", p.title, files.Wall)
	}
	if r.Index, err = sizeOf(w.index); err != nil {
		return err
	}
	if r.Answers, r.Ask, err = p.measureAsk(ctx, w, b.Load); err != nil {
		return err
	}
	if r.Rounds = b.Load.Rounds; p.slow {
		r.Rounds = fewer(r.Rounds)
	}
	b.say("%s: asked", p.title)
	b.Rows = append(b.Rows, r)
	if p.name == prepared.name {
		return b.lookInside(ctx, w)
	}
	return nil
}

// lookInside measures what only our index has.
func (b *bench) lookInside(ctx context.Context, w workplace) (err error) {
	if b.Parts, err = partsOf(w.index); err != nil {
		return err
	}
	b.Shell, err = runShell(ctx, w, b.ShellWord)
	return err
}

// generation returns the folder of the generation in use.
func generation(index string) (string, error) {
	current, err := os.ReadFile(filepath.Join(index, "CURRENT"))
	return filepath.Join(index, strings.TrimSpace(string(current))), err
}

// partsOf lists the files and folders of the generation in use, the largest
// first.
func partsOf(index string) ([]part, error) {
	gen, err := generation(index)
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(gen)
	if err != nil {
		return nil, err
	}
	var parts []part
	for _, e := range entries {
		name := e.Name()
		size, err := sizeOf(filepath.Join(gen, name))
		if err != nil {
			return nil, err
		}
		if e.IsDir() {
			name += "/"
		}
		parts = append(parts, part{name, size})
	}
	slices.SortFunc(parts, func(a, b part) int { return int(b.Bytes - a.Bytes) })
	return parts, nil
}
