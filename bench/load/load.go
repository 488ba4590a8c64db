// Package load asks the service what many people ask at once, some of them
// hostile, and takes note of what they meet and of the memory of the server.
package load

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"baogao/bench/figures"
	"baogao/bench/peers"
	"baogao/bench/system"
	"baogao/bench/workload"
)

// Options say how a server is asked.
type Options struct {
	Clients int           // at once
	Lasts   time.Duration // of the clients; a third of it for an ordinary one alone, and beside half-open connections
	Sockets int           // half-open connections
}

// A Siege is a server under load, and what was measured of it.
type Siege struct {
	Options
	Faults []string // answers that are wrong

	mu        sync.Mutex // for Faults
	address   string
	pid       int // of the server; 0 where its memory is not looked at
	client    *http.Client
	questions []workload.Question

	held    held // by the index
	pool    pool
	crowd   crowded
	sockets slowness
	export  exported
	hostile []ordeal
	stress  memory // while the hostile requests were asked
}

// held is what /readyz tells of the index.
type held struct{ Reports, Passages int }

// pool is ids of the index and answers that are known, for requests that need
// them.
type pool struct {
	reports []string
	found   []found
	known   [][2]string // path and ETag
}

// found is a passage that a question finds.
type found struct{ question, passage, report string }

func newSiege(address string, pid int, questions []workload.Question, o Options) *Siege {
	const perHost = 2000
	transport := &http.Transport{MaxIdleConnsPerHost: perHost, MaxResponseHeaderBytes: 1 << 20, DisableCompression: true}
	return &Siege{
		Options: o, address: address, pid: pid, questions: questions,
		client: &http.Client{Transport: transport, Timeout: 2 * time.Minute},
	}
}

// Run measures everything, one after the other, and says on log where it is.
func Run(ctx context.Context, server *peers.Server, questions []workload.Question, o Options, log io.Writer) (*Siege, error) {
	g := newSiege(server.Address, server.Pid, questions, o)
	if err := g.prepare(ctx); err != nil {
		return nil, err
	}
	for _, part := range []struct {
		says string
		do   func(context.Context) error
	}{
		{fmt.Sprintf("%d clients", o.Clients), g.askAtOnce},
		{fmt.Sprintf("%d half-open connections", o.Sockets), g.holdSockets},
		{"an export", g.exportAll},
		{"hostile requests", g.endure},
	} {
		fmt.Fprintf(log, "bench: %s\n", part.says)
		if err := errors.Join(part.do(ctx), ctx.Err()); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// prepare gathers sizes, ids and ETags.
func (g *Siege) prepare(ctx context.Context) error {
	body, err := workload.Fetch(ctx, g.client, g.address+"/readyz")
	if err != nil {
		return fmt.Errorf("%s: %w", g.address, err)
	}
	if err := json.Unmarshal(body, &g.held); err != nil {
		return err
	}
	for _, q := range g.questions {
		if err := g.gather(ctx, q.Query()); err != nil {
			return fmt.Errorf("%s: %w", q.Text, err)
		}
	}
	if len(g.pool.found) == 0 {
		return errors.New("no question of bench/questions.txt finds a passage; give an index of real texts")
	}
	return nil
}

// gather takes the ids of the passages that a question finds, and the ETag of
// the answer, into the pool.
func (g *Siege) gather(ctx context.Context, question string) error {
	path := searchPath(question, "limit", "20")
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
	if err := json.Unmarshal(r.Body, &result); err != nil {
		return err
	}
	for _, h := range result.Hits {
		g.pool.found = append(g.pool.found, found{question, h.ID, h.Report.ID})
		if !slices.Contains(g.pool.reports, h.Report.ID) {
			g.pool.reports = append(g.pool.reports, h.Report.ID)
		}
	}
	g.pool.known = append(g.pool.known, [2]string{path, r.Header.Get("ETag")})
	return nil
}

// params makes parameters of names and values in pairs.
func params(pairs ...string) url.Values {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

// searchPath is the path of a question to the API, with other parameters in
// pairs.
func searchPath(q string, pairs ...string) string {
	return "/api/v1/search?" + params(append(pairs, "q", q)...).Encode()
}

// get asks for a path. Headers are given as "Name: value".
func (g *Siege) get(ctx context.Context, path string, headers ...string) (*workload.Reply, error) {
	return workload.Get(ctx, g.client, g.address+path, headers...)
}

// fault takes note of what is wrong, once for each text and not without end. It
// may be called by several goroutines.
func (g *Siege) fault(format string, args ...any) {
	const most = 50
	g.mu.Lock()
	defer g.mu.Unlock()
	text := fmt.Sprintf(format, args...)
	if len(g.Faults) < most && !slices.Contains(g.Faults, text) {
		g.Faults = append(g.Faults, text)
	}
}

// memory is the memory of the server over a while, in MB.
type memory struct{ resident, anonymous []float64 }

// watch looks at the memory of the server now and then while something is done.
func (g *Siege) watch(m *memory, every time.Duration, do func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	for tick := time.Tick(every); ; {
		m.look(g.pid)
		select {
		case <-tick:
		case <-done:
			m.look(g.pid)
			return
		}
	}
}

func (m *memory) look(pid int) {
	if pid == 0 {
		return
	}
	if all, anonymous, err := system.Resident(pid); err == nil { // other systems do not tell
		m.resident, m.anonymous = append(m.resident, figures.MB(all)), append(m.anonymous, figures.MB(anonymous))
	}
}
