package opensearch_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"baogao"
	"baogao/internal/opensearch"
	"baogao/internal/testkit/cluster"
	"baogao/query"
)

var faults = flag.Bool("faults", false, "end nodes of a cluster of three while it works; takes minutes")

// put changes something in a cluster behind the back of the engine.
func put(t *testing.T, hosts, path string, body any) {
	t.Helper()
	first, _, _ := strings.Cut(hosts, ",")
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, "http://"+first+path, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode >= http.StatusBadRequest {
		t.Fatal(path, res.Status)
	}
}

// TestGenerations holds builds to one another: a second writer is kept out, one that
// died is not waited for, what it left is cleared, and the index in use stays until
// the next is whole.
func TestGenerations(t *testing.T) {
	hosts, reports := cluster.Hosts(t), signs()
	at := "opensearch://" + hosts + "/" + names + "generations"
	if _, err := opensearch.Open(t.Context(), at); !errors.Is(err, baogao.ErrNoIndex) {
		t.Error(err)
	}
	build(t, hosts, "generations", reports)
	before, everything := open(t, at), baogao.Request{Limit: -1}
	w, err := opensearch.Create(t.Context(), at, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Add(t.Context(), reports[0]); err != nil {
		t.Fatal(err)
	}
	if err := w.Add(t.Context(), reports[0]); err == nil {
		t.Error("an id is added twice")
	}
	if _, err := opensearch.Create(t.Context(), at, "test"); !errors.Is(err, baogao.ErrLocked) {
		t.Error(err)
	}
	put(t, hosts, "/"+names+"generations.lock/_doc/lock?refresh=true", map[string]any{"owner": "dead", "host": "h", "seen": time.Now().Add(-time.Hour)})
	build(t, hosts, "generations", reports[:6]) // takes the lock over, and clears what is left
	after := open(t, at)
	if a, b := total(t, before, everything), total(t, after, everything); a.Reports != len(reports) || b.Reports != 6 {
		t.Errorf("%+v before, %+v after", a, b)
	}
	if faults, err := opensearch.Verify(t.Context(), at); err != nil || len(faults) > 0 {
		t.Errorf("%q, %v", faults, err)
	}
	state, err := after.State(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	index := names + "generations-" + strings.TrimPrefix(state.Generation, "gen-")
	put(t, hosts, "/"+index+"/_doc/p3?routing=0&refresh=true", map[string]any{"doc": "passage", "n": 3, "report": 0, "body": map[string]any{"t": "别的"}})
	if faults, err := opensearch.Verify(t.Context(), at); err != nil || len(faults) != 1 || !strings.Contains(faults[0], "report r0") {
		t.Errorf("%q, %v", faults, err)
	}
	put(t, hosts, "/"+index+"/_mapping", map[string]any{"_meta": map[string]any{"baogao": map[string]any{"format": 99, "built": "x"}}})
	if _, err := opensearch.Open(t.Context(), at); !errors.Is(err, baogao.ErrFormat) || !strings.Contains(err.Error(), "index build PATH --index "+at) {
		t.Error(err)
	}
}

// TestUpdates keeps reports, under new ids and old ones, drops and adds some, and
// compares with a build of the same.
func TestUpdates(t *testing.T) {
	hosts, reports := cluster.Hosts(t), sampleReports(t)
	for _, r := range reports {
		r.File = baogao.File{Place: "/" + r.Meta.ID, Key: "key of " + r.Meta.ID}
	}
	at := build(t, hosts, "updates", reports[2:])
	u, held, err := opensearch.Update(t.Context(), at, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	if len(held) != len(reports)-2 || held[0] != (baogao.Held{ID: reports[2].Meta.ID, Place: reports[2].File.Place, Key: reports[2].File.Key}) {
		t.Fatalf("%d reports are held, first %+v", len(held), held[0])
	}
	if err := u.Add(t.Context(), reports[0]); err != nil {
		t.Fatal(err)
	}
	fresh := reports[:1:1]
	for i, r := range reports[4:] {
		moved := *r
		if i == 0 {
			moved.Meta.ID = "moved/" + r.Meta.ID
		}
		kept := &baogao.Report{Meta: baogao.Meta{ID: moved.Meta.ID}, File: baogao.File{Held: r.Meta.ID, Place: r.File.Place, Key: r.File.Key}}
		if err := u.Keep(t.Context(), kept); err != nil {
			t.Fatal(err)
		}
		if err := u.Keep(t.Context(), kept); err == nil {
			t.Error("a report is kept twice")
		}
		fresh = append(fresh, &moved)
	}
	published, err := u.Publish(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := (baogao.Changes{Added: 1, Kept: len(reports) - 4, Gone: 3}); published.Changes != want {
		t.Errorf("%+v, want %+v", published.Changes, want)
	}
	a, b := open(t, at), open(t, build(t, hosts, "fresh", fresh))
	for _, text := range []string{"法治", "行政复议 -信访", "within:sentence 法治 政府", "火星移民法治", "title:法治", ""} {
		req := baogao.Request{Query: query.Parse(text), Limit: 1000, Cells: true}
		x, errX := a.Search(t.Context(), req)
		y, errY := b.Search(t.Context(), req)
		if errX != nil || errY != nil {
			t.Fatal(errX, errY)
		}
		x.TookMS, y.TookMS = 0, 0
		if !reflect.DeepEqual(x, y) {
			t.Errorf("%s: %+v after an update, %+v in a new build", text, x.Total, y.Total)
		}
	}
	if faults, err := opensearch.Verify(t.Context(), at); err != nil || len(faults) > 0 {
		t.Errorf("%q, %v", faults, err)
	}
}

// TestUpdatesOfNothing keeps all reports as they stand: the generation in use stays,
// and nothing is left of another. One that is kept elsewhere makes a new one.
func TestUpdatesOfNothing(t *testing.T) {
	hosts, reports := cluster.Hosts(t), sampleReports(t)[:5]
	mirror := *reports[1]
	mirror.Meta.ID = "mirror/" + mirror.Meta.ID
	reports = append(reports, &mirror)
	for _, r := range reports {
		r.File = baogao.File{Place: "/" + r.Meta.ID, Key: "key of " + r.Meta.ID}
	}
	at := build(t, hosts, "nothing", reports)
	update := func(moved int) *baogao.Published {
		t.Helper()
		u, _, err := opensearch.Update(t.Context(), at, "test")
		if err != nil {
			t.Fatal(err)
		}
		defer u.Close()
		for i, r := range reports {
			kept := &baogao.Report{Meta: baogao.Meta{ID: r.Meta.ID}, File: r.File}
			kept.File.Held = r.Meta.ID
			if i == moved {
				kept.File.Place = "/moved" + kept.File.Place
			}
			if err := u.Keep(t.Context(), kept); err != nil {
				t.Fatal(err)
			}
		}
		published, err := u.Publish(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return published
	}
	before, err := open(t, at).State(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	same := update(-1)
	want := map[string]string{reports[1].Meta.ID: mirror.Meta.ID} // whose place is the shorter one
	if same.State != before || same.Changes != (baogao.Changes{Kept: len(reports)}) || !reflect.DeepEqual(same.CopyOf, want) || same.Reports != len(reports) || same.DiskBytes == 0 {
		t.Errorf("%+v after an update of nothing, before %+v", same, before)
	}
	other := update(3)
	if other.Number != before.Number+1 || other.Changes != same.Changes || !reflect.DeepEqual(other.CopyOf, want) || other.Passages != same.Passages {
		t.Errorf("%+v after a file has moved, before %+v", other, same)
	}
	if faults, err := opensearch.Verify(t.Context(), at); err != nil || len(faults) > 0 {
		t.Errorf("%q, %v", faults, err)
	}
}

func total(t *testing.T, s baogao.Searcher, req baogao.Request) baogao.Total {
	t.Helper()
	res, err := s.Search(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return res.Total
}

// TestKilledNodes ends one node of three, again and again, while questions are asked
// and an index is built; then two; then all.
func TestKilledNodes(t *testing.T) {
	if !*faults {
		t.Skip("takes minutes: go test ./internal/opensearch -run TestKilledNodes -faults, or make test-opensearch")
	}
	c := cluster.Test(t, 3)
	reports := sampleReports(t)
	at := build(t, c.Hosts(), "killed", reports)
	if err := c.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := opensearch.Follow(at, func(err error) { t.Log("stays on the former index:", err) })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	req := baogao.Request{Query: query.Parse("法治 行政复议"), Limit: 3}
	want, err := s.Search(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var asked atomic.Int64
	wrong := make(chan error, 1)
	go func() { wrong <- askUntil(ctx, s, req, want.Total, &asked) }()
	for round := range 4 {
		node := c.Nodes[round%3]
		done := make(chan error, 1)
		go func() { done <- rebuild(t.Context(), at, reports) }()
		time.Sleep(time.Duration(150*round) * time.Millisecond)
		if err := node.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := <-done; err != nil {
			t.Errorf("round %d: build: %v", round, err)
		}
		if faults, err := opensearch.Verify(t.Context(), at); err != nil || len(faults) > 0 {
			t.Errorf("round %d: %q, %v", round, faults, err)
		}
		if err := node.Start(); err != nil {
			t.Fatal(err)
		}
		if err := c.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for asked.Load() < 1000 && len(wrong) == 0 {
		time.Sleep(50 * time.Millisecond)
	}
	stop()
	if err := <-wrong; err != nil {
		t.Errorf("after %d questions: %v", asked.Load(), err)
	}
	t.Logf("%d questions, four nodes ended", asked.Load())
	for _, n := range c.Nodes {
		if err := n.Kill(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Search(t.Context(), req); !errors.Is(err, baogao.ErrUnavailable) {
		t.Errorf("a cluster that is gone: %v", err)
	}
	for _, n := range c.Nodes {
		if err := n.Start(); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if res, err := s.Search(t.Context(), req); err != nil || res.Total != want.Total {
		t.Errorf("a cluster that is back: %+v, %v", res, err)
	}
}

// TestPausedNode stops a node of three for a while without ending it: the others
// answer before a question's deadline.
func TestPausedNode(t *testing.T) {
	if !*faults {
		t.Skip("runs three nodes: go test ./internal/opensearch -run TestPausedNode -faults, or make test-opensearch")
	}
	c := cluster.Test(t, 3)
	s := open(t, build(t, c.Hosts(), "paused", sampleReports(t)))
	if err := c.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	req := baogao.Request{Query: query.Parse("法治 行政复议"), Limit: 3}
	want := total(t, s, req)
	for round, n := range c.Nodes {
		if err := n.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		began := time.Now()
		res, err := s.Search(ctx, req)
		cancel()
		if err != nil || res.Total != want {
			t.Errorf("round %d: %v after %v", round, err, time.Since(began))
		}
		t.Logf("round %d: answered after %v", round, time.Since(began))
		if err := n.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		if err := c.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := total(t, s, req); got != want {
			t.Errorf("with a node that goes on: %+v", got)
		}
	}
}

// askUntil asks until its context is done, and fails for a wrong answer or none.
func askUntil(ctx context.Context, s baogao.Searcher, req baogao.Request, want baogao.Total, asked *atomic.Int64) error {
	for ctx.Err() == nil {
		res, err := s.Search(ctx, req)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		case res.Total != want || len(res.Hits) != req.Limit:
			return fmt.Errorf("%+v with %d hits", res.Total, len(res.Hits))
		}
		asked.Add(1)
	}
	return nil
}

func rebuild(ctx context.Context, at string, reports []*baogao.Report) (err error) {
	w, err := opensearch.Create(ctx, at, "test")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	for _, r := range reports {
		if err := w.Add(ctx, r); err != nil {
			return err
		}
	}
	_, err = w.Publish(ctx)
	return err
}
