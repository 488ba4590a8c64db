package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/cli"
)

// A step is what was measured of our index at one size.
type step struct {
	Passages, TextBytes int64
	Build               cost
	Index               int64 // bytes
	P50, P99            float64
	Resident, Anonymous int64 // bytes of search serve after the runs
}

const scaleLong = `Scale builds this engine's index of more and more passages and asks each the
questions of bench/questions.txt over HTTP, with one client. Where the corpus has
no more passages, its reports come again under other ids, with the sentences of
each passage in another order.`

type scaleFlags struct {
	sizes  []int
	rounds int
	out    string
}

func newScale(s *settings) *cobra.Command {
	var f scaleFlags
	cmd := &cobra.Command{Use: "scale", Short: "Measure how this engine grows", Long: scaleLong, Args: cli.Args(cobra.NoArgs)}
	flags := cmd.Flags()
	flags.IntSliceVar(&f.sizes, "sizes", []int{10_000, 100_000, 500_000, 1_400_000}, "build indexes of so many `PASSAGES`, up to the end of a report")
	flags.IntVar(&f.rounds, "rounds", 20, "ask all questions `N` times")
	flags.StringVar(&f.out, "out", "", "write the table into the Markdown `FILE`, between two marks")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if f.rounds < 1 || len(f.sizes) == 0 || slices.Min(f.sizes) < 1 {
			return cli.Usage("--rounds and --sizes are 1 or more")
		}
		return sayMissing(cmd, scale(cmd, s, f))
	}
	return cmd
}

func scale(cmd *cobra.Command, s *settings, f scaleFlags) error {
	questions, err := readQuestions(s.root)
	if err != nil {
		return err
	}
	if err := s.commands(); err != nil {
		return err
	}
	if _, err := s.corpusApart(cmd.Context()); err != nil {
		return err
	}
	var steps []step
	for _, size := range f.sizes {
		w := workplace{settings: *s, index: filepath.Join(s.work, "index-scale"), count: size}
		st, err := measureStep(cmd.Context(), w, load{Questions: questions, Rounds: f.rounds, Clients: 1})
		if err != nil {
			return fmt.Errorf("%d passages: %w", size, err)
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "bench: %d passages: built in %.1f s\n", st.Passages, st.Build.Wall)
		steps = append(steps, *st)
	}
	text := scaleTable(steps).String()
	if _, err := io.WriteString(cmd.OutOrStdout(), text); err != nil {
		return err
	}
	if f.out == "" {
		return nil
	}
	return writeBetween(f.out, "scale", text)
}

// measureStep builds and asks an index of one size, and removes it.
func measureStep(ctx context.Context, w workplace, l load) (*step, error) {
	build, err := prepared.measureBuild(ctx, w)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(w.index)
	st := &step{Build: build}
	if err := st.readManifest(w.index); err != nil {
		return nil, err
	}
	if st.Index, err = sizeOf(w.index); err != nil {
		return nil, err
	}
	a, _, err := prepared.measureAsk(ctx, w, l)
	if err != nil {
		return nil, err
	}
	times := slices.Concat(a.MS...)
	st.P50, st.P99 = percentile(times, 50), percentile(times, 99)
	st.Resident, st.Anonymous = a.Resident, a.Anonymous
	return st, nil
}

// readManifest takes the size of an index from its manifest: to open it here
// would count its memory as that of processes begun later.
func (st *step) readManifest(index string) error {
	gen, err := generation(index)
	if err != nil {
		return err
	}
	b, err := os.ReadFile(filepath.Join(gen, "manifest.json"))
	if err != nil {
		return err
	}
	var m struct {
		Passages  int64 `json:"passages"`
		TextBytes int64 `json:"text_bytes"`
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return err
	}
	st.Passages, st.TextBytes = m.Passages, m.TextBytes
	return nil
}

// grow adds reports until there are as many passages as are wanted, beginning
// again with the first where there are no more.
func grow(ctx context.Context, w workplace, x baogao.Writer) error {
	passages := 0
	for round := 0; ; round++ {
		before := passages
		random := rand.New(rand.NewPCG(uint64(round), 0))
		for r, err := range reports(w.work) {
			if err != nil {
				return err
			}
			if passages >= w.count {
				return nil
			}
			another(r, round, random)
			if err := x.Add(ctx, r); err != nil {
				return err
			}
			passages += len(r.Passages)
		}
		if passages == before {
			return fmt.Errorf("%s holds no passages; make them again with --fresh", w.work)
		}
	}
}

// another makes a report one that no other is like: it has a document number of
// its own, so that it is no copy, and from the second round on another id and
// its sentences in another order.
func another(r *baogao.Report, round int, random *rand.Rand) {
	r.Meta.Number = fmt.Sprintf("规模〔%d〕%s", round, r.Meta.ID)
	if round == 0 {
		return
	}
	r.Meta.ID += "~" + strconv.Itoa(round)
	for i := range r.Passages {
		r.Passages[i].Text = shuffle(r.Passages[i].Text, random)
	}
}

// shuffle puts the sentences of a text in another order.
func shuffle(text string, random *rand.Rand) string {
	var parts []string
	begin := 0
	for i, c := range text {
		if end := i + len(string(c)); strings.ContainsRune("。；！？", c) {
			parts = append(parts, text[begin:end])
			begin = end
		}
	}
	parts = append(parts, text[begin:])
	random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return strings.Join(parts, "")
}

func scaleTable(steps []step) *table {
	t := &table{head: []string{"passages", "text MB", "build s", "passages/s", "peak RSS MB", "index MB", "÷ text", "p50 ms", "p99 ms", "serve RSS MB", "not pages of files"}}
	for _, st := range steps {
		t.add(append([]string{strconv.FormatInt(st.Passages, 10)}, figures(
			megabytes(st.TextBytes), st.Build.Wall, float64(st.Passages)/st.Build.Wall, megabytes(st.Build.RSS),
			megabytes(st.Index), float64(st.Index)/float64(st.TextBytes), st.P50, st.P99,
			megabytes(st.Resident), megabytes(st.Anonymous))...)...)
	}
	return t
}
