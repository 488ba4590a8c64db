package workload

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Plan says how an engine is asked.
type Plan struct {
	Questions []Question `json:"questions"`
	Rounds    int        `json:"rounds"` // by one client
	Clients   int        `json:"clients"`
	Seconds   int        `json:"seconds"` // by all clients at once
}

// Answers tells how an engine answered. Times are in milliseconds.
type Answers struct {
	Totals    []int       `json:"totals"`     // by question; Unanswered where the engine cannot be asked it
	MS        [][]float64 `json:"ms"`         // by question, the time of each round with one client
	ClientMS  []float64   `json:"client_ms"`  // of all clients together
	ClientSec float64     `json:"client_sec"` // how long they asked
	Resident  int64       `json:"resident"`   // bytes of memory held after the runs, where it was looked at
	Anonymous int64       `json:"anonymous"`  // those of it that are no pages of files
}

// Unanswered stands for the total of a question that an engine cannot be asked.
const Unanswered = -1

// An Ask puts one question. The total of the answer is taken out of it when it
// is asked for, outside of what is timed.
type Ask func(q Question) (total func() (int, error), err error)

// An Opener opens what one client needs to ask, and what closes it.
type Opener func() (Ask, func() error, error)

// Shared is an opener of what all clients share.
func Shared(ask Ask) Opener {
	return func() (Ask, func() error, error) { return ask, func() error { return nil }, nil }
}

// Run asks the questions: one round to warm up, then the rounds that are timed,
// by one client; then by several clients at once.
func (p Plan) Run(ctx context.Context, open Opener) (*Answers, error) {
	ask, end, err := open()
	if err != nil {
		return nil, err
	}
	defer end()
	a := &Answers{Totals: make([]int, len(p.Questions)), MS: make([][]float64, len(p.Questions))}
	for round := range p.Rounds + 1 {
		for i, q := range p.Questions {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			ms, total, err := timed(ask, q)
			if err == nil {
				a.Totals[i], err = total()
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", q.Text, err)
			}
			if round > 0 && a.Totals[i] != Unanswered {
				a.MS[i] = append(a.MS[i], ms)
			}
		}
	}
	return a, p.crowd(ctx, open, a)
}

func timed(ask Ask, q Question) (ms float64, total func() (int, error), err error) {
	began := time.Now()
	total, err = ask(q)
	return Milliseconds(time.Since(began)), total, err
}

// Milliseconds is a time as all times are told here.
func Milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// crowd lets several clients ask for a while, each beginning with another
// question.
func (p Plan) crowd(ctx context.Context, open Opener, a *Answers) error {
	var asked []Question
	for i, q := range p.Questions {
		if a.Totals[i] != Unanswered {
			asked = append(asked, q)
		}
	}
	if p.Seconds == 0 || len(asked) == 0 {
		return nil
	}
	var wg sync.WaitGroup
	times, errs := make([][]float64, p.Clients), make([]error, p.Clients)
	began := time.Now()
	until := began.Add(time.Duration(p.Seconds) * time.Second)
	for c := range p.Clients {
		wg.Go(func() { times[c], errs[c] = askUntil(ctx, open, asked, c*len(asked)/p.Clients, until) })
	}
	wg.Wait()
	a.ClientSec = time.Since(began).Seconds()
	a.ClientMS = slices.Concat(times...)
	return errors.Join(errs...)
}

func askUntil(ctx context.Context, open Opener, questions []Question, first int, until time.Time) (times []float64, err error) {
	ask, end, err := open()
	if err != nil {
		return nil, err
	}
	defer end()
	for i := first; time.Now().Before(until) && ctx.Err() == nil; i++ {
		ms, _, err := timed(ask, questions[i%len(questions)])
		if err != nil {
			return nil, err
		}
		times = append(times, ms)
	}
	return times, ctx.Err()
}

// A Reply is the whole answer to one request.
type Reply struct {
	Status int
	Body   []byte
	MS     float64

	Header, Trailer http.Header
}

// Get asks a server. Headers are given as "Name: value".
func Get(ctx context.Context, client *http.Client, address string, headers ...string) (*Reply, error) {
	began := time.Now()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Add(name, value)
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body) // before the trailer is there
	return &Reply{res.StatusCode, body, Milliseconds(time.Since(began)), res.Header, res.Trailer}, err
}

// Fetch returns what a server answers if all is well.
func Fetch(ctx context.Context, client *http.Client, address string) ([]byte, error) {
	r, err := Get(ctx, client, address)
	if err != nil {
		return nil, err
	}
	if r.Status != http.StatusOK {
		return nil, fmt.Errorf("%d %s: %.2000s", r.Status, http.StatusText(r.Status), r.Body)
	}
	return r.Body, nil
}
