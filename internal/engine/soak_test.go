package engine_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"baogao"
	"baogao/corpus"
	"baogao/internal/analyzer"
	"baogao/internal/engine"
	"baogao/internal/engine/enginetest"
	"baogao/internal/gazetteer"
	"baogao/query"
)

var (
	soak   = flag.Duration("soak", 2*time.Second, "how long TestSoak builds, updates and searches at once")
	sample = flag.Int("sample", 1000, "how many passages of real texts TestOracleOverRealTexts and TestStudiesEqualReading take")
)

// soakPassages is how many passages of real texts a long TestSoak takes.
const soakPassages = 20_000

const shared = "../../../shared/data"

// sharedReports reads reports out of the real texts kept beside the project
// until they have so many passages, or else skips the test.
func sharedReports(t *testing.T, passages int) []*baogao.Report {
	t.Helper()
	if _, err := os.Stat(shared); err != nil {
		t.Skipf("%s is not here: the real texts are kept beside the project, not in it", shared)
	}
	var reports []*baogao.Report
	for _, name := range []string{"traditional_laws_sample", "city_work_reports_2024", "policy_pages", "laws"} {
		enough := passages * 3 / 4 // a quarter of what is wanted still
		if name == "laws" {
			enough = 0
		}
		for r, err := range corpus.Reports(t.Context(), []string{filepath.Join(shared, name+".jsonl.gz")}, corpus.Options{}) {
			if err != nil {
				continue // lines without a text, and notes
			}
			r.Meta.ID = name + "/" + r.Meta.ID
			reports = append(reports, r)
			if passages -= len(r.Passages); passages <= enough {
				break
			}
		}
	}
	return reports
}

// TestOracleOverRealTexts holds the engine to the oracle over many passages,
// in both scripts; -sample=20000 asks for more.
func TestOracleOverRealTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("real texts are not read under -short")
	}
	reports := sharedReports(t, *sample)
	dir := filepath.Join(t.TempDir(), "index")
	w, err := engine.Create(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	published := enginetest.Fill(t, w, reports)
	shown := slices.DeleteFunc(reports, func(r *baogao.Report) bool { return published.CopyOf[r.Meta.ID] != "" })
	t.Logf("%d passages, %d reports, %d of them copies", published.Passages, published.Reports, published.Copies)
	s, err := engine.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	enginetest.Run(t, s, &enginetest.Oracle{Reports: shown, Fold: analyzer.Fold, Resolve: gazetteer.Resolve})
}

// soakQuestions are asked all the while.
var soakQuestions = []string{"", "应当", "行政复议", "人", "人民政府", "发展 OR 改革", "发展 -改革", "within:sentence 管理 部门", "14件", "level:city 发展", "within:report 规划 信访", "法治"}

// A soaking is an index that is built and updated while it is searched. It goes
// to and fro between a few states, of which the oracle knows the totals.
type soaking struct {
	dir    string
	states [][]*baogao.Report
	totals [][]baogao.Total // by state and question
	s      baogao.Searcher

	mu    sync.Mutex
	state map[string]int // by generation
	asked atomic.Int64
}

// TestSoak builds, updates, verifies and searches one index at once, and holds
// every answer to the oracle over the reports of the generation it comes from.
// It takes two seconds; -soak=30m asks for more.
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("nothing is built and searched at once under -short")
	}
	k := newSoaking(t)
	end := time.Now().Add(*soak)
	var work sync.WaitGroup
	for range 3 {
		work.Go(func() { k.search(t, end) })
	}
	builds, updates := 0, 0
	for turn := 1; time.Now().Before(end) && !t.Failed(); turn++ {
		if turn%4 == 0 {
			builds++
			k.build(t, turn%len(k.states))
		} else {
			updates++
			k.update(t, turn%len(k.states))
		}
		if faults, err := engine.Verify(k.dir); err != nil || len(faults) > 0 {
			t.Errorf("verify: %v, %v", faults, err)
		}
	}
	work.Wait()
	t.Logf("%d builds, %d updates, %d questions", builds, updates, k.asked.Load())
}

func newSoaking(t *testing.T) *soaking {
	t.Helper()
	passages := 500
	if *soak > time.Minute {
		passages = soakPassages
	}
	var reports []*baogao.Report
	if _, err := os.Stat(shared); err == nil {
		reports = sharedReports(t, passages)
	} else {
		t.Logf("%s is not here: the samples are taken instead of real texts", shared)
		reports = read(t, samples)
	}
	k := &soaking{dir: filepath.Join(t.TempDir(), "index"), state: map[string]int{}}
	for state := range 3 {
		var held []*baogao.Report
		for i, r := range reports {
			switch {
			case i%7 == state: // gone
				continue
			case i%5 == state: // changed
				changed := *r
				changed.Passages = append(slices.Clone(r.Passages), baogao.Passage{
					Paragraph: 1 << 20, Text: fmt.Sprintf("第%d次修改:行政复议案件14件,法治发展。", state),
				})
				r = &changed
			}
			keyed := *r
			keyed.File.Key = fmt.Sprintf("%s at %d", r.Meta.ID, len(r.Passages))
			if i%5 == state {
				keyed.File.Key += fmt.Sprintf(" in %d", state)
			}
			held = append(held, &keyed)
		}
		oracle := &enginetest.Oracle{Reports: held, Fold: analyzer.Fold, Resolve: gazetteer.Resolve}
		var totals []baogao.Total
		for _, q := range soakQuestions {
			totals = append(totals, oracle.Ask(query.Parse(q), baogao.Filter{}).Total)
		}
		k.states, k.totals = append(k.states, held), append(k.totals, totals)
	}
	k.build(t, 0)
	var err error
	if k.s, err = engine.Follow(k.dir, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.s.Close() })
	return k
}

func (k *soaking) build(t *testing.T, state int) {
	w, err := engine.Create(k.dir, "soak")
	if err != nil {
		t.Error(err)
		return
	}
	defer w.Close()
	for _, r := range k.states[state] {
		if err := w.Add(t.Context(), r); err != nil {
			t.Error(err)
			return
		}
	}
	k.publish(t, w, state)
}

func (k *soaking) update(t *testing.T, state int) {
	u, base, err := engine.Update(t.Context(), k.dir, "soak")
	if err != nil {
		t.Error(err)
		return
	}
	defer u.Close()
	held := map[string]string{}
	for _, h := range base {
		held[h.Key] = h.ID
	}
	for _, r := range k.states[state] {
		if r.File.Held = held[r.File.Key]; r.File.Held != "" {
			err = u.Keep(t.Context(), r)
		} else {
			err = u.Add(t.Context(), r)
		}
		if err != nil {
			t.Error(err)
			return
		}
	}
	k.publish(t, u, state)
}

func (k *soaking) publish(t *testing.T, w baogao.Writer, state int) {
	published, err := w.Publish(t.Context())
	if err != nil {
		t.Error(err)
		return
	}
	k.mu.Lock()
	k.state[published.Generation] = state
	k.mu.Unlock()
}

// search asks until the end. An answer is judged where the generation was the
// same before and after.
func (k *soaking) search(t *testing.T, end time.Time) {
	for i := 0; time.Now().Before(end) && !t.Failed(); i++ {
		n := i % len(soakQuestions)
		before := k.generation(t)
		res, err := k.s.Search(t.Context(), baogao.Request{Query: query.Parse(soakQuestions[n]), Exact: true, Copies: true})
		if err != nil {
			t.Error(err)
			return
		}
		k.mu.Lock()
		state, known := k.state[before]
		k.mu.Unlock()
		if known && before == k.generation(t) {
			k.asked.Add(1)
			if want := k.totals[state][n]; res.Total != want {
				t.Errorf("%s in %s: %+v, reading every passage gives %+v", soakQuestions[n], before, res.Total, want)
			}
		}
	}
}

func (k *soaking) generation(t *testing.T) string {
	s, err := k.s.Stats(t.Context())
	if err != nil {
		t.Error(err)
		return ""
	}
	return s.Generation
}
