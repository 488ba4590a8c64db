package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"baogao/internal/cli"
)

const loadLong = `Load runs search serve over an index of the real texts, and asks it what many
people ask at once: searches, pages, reports, conditional requests, some of them
hostile. Then it holds half-open connections beside an ordinary client, exports
every passage with a common word, and asks what is made to be slow, one by one.
All of it stays on this machine, whose processors the clients share with the
server.

    bench load
    bench load --index INDEX --seconds 600

Exit code: 1 also if an answer is a status that the service does not declare for
the request, or an export lacks a hit.`

type loadFlags struct {
	index, out                string
	clients, seconds, sockets int
}

func newLoad(s *settings) *cobra.Command {
	var f loadFlags
	cmd := &cobra.Command{Use: "load", Short: "Ask the server as many people at once do, and as a hostile one does", Long: loadLong, Args: cli.Args(cobra.NoArgs)}
	flags := cmd.Flags()
	flags.StringVar(&f.index, "index", "", "`folder` of the index; built of the real texts if not given")
	flags.IntVar(&f.clients, "clients", 64, "ask as `N` clients at once")
	flags.IntVar(&f.seconds, "seconds", 60, "ask for `N` seconds")
	flags.IntVar(&f.sockets, "sockets", 500, "hold `N` half-open connections")
	flags.StringVar(&f.out, "out", "", "write the tables into the Markdown `FILE`, between two marks")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if f.clients < 1 || f.seconds < 1 || f.sockets < 0 {
			return cli.Usage("--clients and --seconds are 1 or more, --sockets 0 or more")
		}
		return sayMissing(cmd, loadServer(cmd, s, f))
	}
	return cmd
}

// exportWord is a common word, of which every passage is exported.
const exportWord = "发展"

// errLoad is the failure of a run whose tables were printed.
var errLoad = errors.New("some answers are wrong, as listed")

// loadServer measures a server and writes what was measured.
func loadServer(cmd *cobra.Command, s *settings, f loadFlags) error {
	questions, err := readQuestions(s.root)
	if err != nil {
		return err
	}
	if err := s.commands(); err != nil {
		return err
	}
	w := workplace{settings: *s, index: f.index}
	if w.index == "" {
		if w.index, err = s.indexForLoad(cmd.Context()); err != nil {
			return err
		}
	}
	server, addr, err := serve(cmd.Context(), w)
	if err != nil {
		return err
	}
	defer server.Wait()
	defer server.Process.Signal(os.Interrupt)
	g := newSiege(addr, server.Process.Pid, questions)
	g.log = cmd.ErrOrStderr()
	if err := g.run(cmd.Context(), f); err != nil {
		return err
	}
	text := g.markdown()
	if _, err := io.WriteString(cmd.OutOrStdout(), text); err != nil {
		return err
	}
	if f.out != "" {
		if err := writeBetween(f.out, "load", text); err != nil {
			return err
		}
	}
	for _, fault := range g.faults {
		fmt.Fprintln(cmd.ErrOrStderr(), "bench:", fault)
	}
	if len(g.faults) > 0 {
		return errLoad
	}
	return nil
}

// indexForLoad builds an index of all real texts with index build.
func (s *settings) indexForLoad(ctx context.Context) (string, error) {
	info, err := s.corpusApart(ctx)
	if err != nil {
		return "", err
	}
	index := filepath.Join(s.work, "index-load")
	_, err = buildFromFiles(ctx, *s, info, index)
	return index, err
}

// A siege is a server under load, and what was measured of it.
type siege struct {
	addr      string
	pid       int // of the server; 0 where its memory is not looked at
	client    *http.Client
	questions []question
	log       io.Writer

	held    held // by the index
	pool    pool
	clients int
	seconds float64
	kinds   []tally
	crowd   memory // while the clients asked
	sockets slowness
	export  exported
	hostile []ordeal
	stress  memory // while the hostile requests were asked
	faults  []string
}

// held is what /readyz tells of the index.
type held struct{ Reports, Passages int }

// pool is ids of the index and answers that are known, for requests that need
// them.
type pool struct {
	reports, passages []string
	found             []found
	known             [][2]string // path and ETag
}

// found is a passage that a question finds.
type found struct{ question, passage, report string }

// tally is the answers to requests of one kind.
type tally struct {
	name     string
	statuses map[int]int // unanswered requests under 0
	ms       []float64
}

func newSiege(addr string, pid int, questions []question) *siege {
	const perHost = 2000
	transport := &http.Transport{MaxIdleConnsPerHost: perHost, MaxResponseHeaderBytes: 1 << 20, DisableCompression: true}
	return &siege{
		addr: addr, pid: pid, questions: questions, log: io.Discard,
		client: &http.Client{Transport: transport, Timeout: 2 * time.Minute},
	}
}

// run measures everything, one after the other.
func (g *siege) run(ctx context.Context, f loadFlags) error {
	if err := g.prepare(ctx); err != nil {
		return err
	}
	lasts := time.Duration(f.seconds) * time.Second
	for _, part := range []struct {
		says string
		do   func() error
	}{
		{fmt.Sprintf("%d clients", f.clients), func() error { return g.crowdFor(ctx, f.clients, lasts) }},
		{fmt.Sprintf("%d half-open connections", f.sockets), func() error { return g.holdSockets(ctx, f.sockets, lasts/3) }},
		{"an export", func() error { return g.exportAll(ctx) }},
		{"hostile requests", func() error { return g.endure(ctx) }},
	} {
		fmt.Fprintf(g.log, "bench: %s\n", part.says)
		if err := part.do(); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// prepare waits for the server and gathers ids, the ETag and sizes.
func (g *siege) prepare(ctx context.Context) error {
	r, err := g.get(ctx, "/readyz")
	if err != nil {
		return err
	}
	if r.status != http.StatusOK {
		return fmt.Errorf("%s: %d %s", g.addr, r.status, r.body)
	}
	if err := json.Unmarshal(r.body, &g.held); err != nil {
		return err
	}
	for _, q := range g.questions {
		if err := g.gather(ctx, q); err != nil {
			return err
		}
	}
	if len(g.pool.passages) == 0 {
		return errors.New("no question of bench/questions.txt finds a passage; give an index of real texts")
	}
	return nil
}

// gather takes the ids of the passages that a question finds, and the ETag of
// the answer, into the pool.
func (g *siege) gather(ctx context.Context, q question) error {
	path := searchPath(q.asked(), "limit", "20")
	r, err := g.get(ctx, path)
	if err != nil {
		return err
	}
	var result struct {
		Hits []struct {
			ID     string
			Report struct{ ID string }
		}
	}
	if err := json.Unmarshal(r.body, &result); err != nil {
		return fmt.Errorf("%s: %w", q.Text, err)
	}
	for _, h := range result.Hits {
		g.pool.found = append(g.pool.found, found{q.asked(), h.ID, h.Report.ID})
		g.pool.passages = append(g.pool.passages, h.ID)
		if !slices.Contains(g.pool.reports, h.Report.ID) {
			g.pool.reports = append(g.pool.reports, h.Report.ID)
		}
	}
	g.pool.known = append(g.pool.known, [2]string{path, r.header.Get("ETag")})
	return nil
}

// asked is the text that our engine is asked for a question.
func (q question) asked() string { return strings.TrimPrefix(q.Text, matchAll) }

// A reply is the answer to one request.
type reply struct {
	status int
	header http.Header
	body   []byte
	ms     float64
}

// get asks for a path. Headers are given as "Name: value".
func (g *siege) get(ctx context.Context, path string, headers ...string) (*reply, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, g.addr+path, nil)
	if err != nil {
		return nil, err
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Add(name, value)
	}
	began := time.Now()
	res, err := g.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	r := &reply{status: res.StatusCode, header: res.Header}
	r.body, err = io.ReadAll(res.Body)
	r.ms = milliseconds(time.Since(began))
	return r, err
}

// fault takes note of what is wrong, once for each text and not without end.
func (g *siege) fault(format string, args ...any) {
	const most = 50
	text := fmt.Sprintf(format, args...)
	if len(g.faults) < most && !slices.Contains(g.faults, text) {
		g.faults = append(g.faults, text)
	}
}
