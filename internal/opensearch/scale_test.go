package opensearch_test

import (
	"errors"
	"flag"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/engine"
	"baogao/internal/engine/enginetest"
	"baogao/internal/testkit/cluster"
)

var (
	scaleIndex = flag.String("scale", "", "`folder` of an index that is copied into a cluster, asked in both and measured")
	scaleNodes = flag.Int("nodes", 1, "how many nodes the cluster of -scale has")
	scaleAt    = flag.String("at", "", "`address` of an index that was copied before")
)

// TestScale copies an index into a cluster and asks both the questions of the suite:
// totals, facets, cells and the first hits are the same, or the cluster says that it
// does not do that. It logs how long both take.
func TestScale(t *testing.T) {
	if *scaleIndex == "" {
		t.Skip("copies a large index: -scale FOLDER")
	}
	at := *scaleAt
	if at == "" {
		at = cluster.Test(t, *scaleNodes).Location("scale")
		began := time.Now()
		published, err := engine.Copy(t.Context(), *scaleIndex, at, "test")
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d reports, %d passages copied in %.1f s, %d MB", published.Reports, published.Passages, time.Since(began).Seconds(), published.DiskBytes>>20)
	}
	small, err := engine.Open(*scaleIndex)
	if err != nil {
		t.Fatal(err)
	}
	defer small.Close()
	large, err := engine.Open(at)
	if err != nil {
		t.Fatal(err)
	}
	defer large.Close()
	var here, there []time.Duration
	refused, order := 0, 0
	for _, q := range enginetest.Questions {
		req := requestOf(t, small, q)
		began := time.Now()
		want, err := small.Search(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		here = append(here, time.Since(began))
		began = time.Now()
		got, err := large.Search(t.Context(), req)
		took := time.Since(began)
		if errors.Is(err, baogao.ErrRequest) {
			refused++
			t.Logf("%s: %d passages: %v", q.Text, want.Total.Passages, err)
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", q.Text, err)
		}
		there = append(there, took)
		if took > time.Second {
			t.Logf("%s: %d passages in %v", q.Text, want.Total.Passages, took)
		}
		if got.Total != want.Total || got.Relaxed != want.Relaxed && !want.Relaxed || !reflect.DeepEqual(got.Facets, want.Facets) || !reflect.DeepEqual(got.Cells, want.Cells) {
			t.Errorf("%s: %+v, in the folder %+v", q.Text, got.Total, want.Total)
		}
		if !slices.Equal(ids(got.Hits), ids(want.Hits)) {
			order++
			t.Logf("%s: %v, in the folder %v", q.Text, ids(got.Hits), ids(want.Hits))
		}
	}
	t.Logf("%d questions, %d refused, %d with other first hits; in the folder p50 %v p99 %v, in the cluster p50 %v p99 %v", len(here), refused, order,
		quantile(here, 0.5), quantile(here, 0.99), quantile(there, 0.5), quantile(there, 0.99))
	t.Logf("%.0f answers a second in the folder, %.0f in the cluster, asked by eight at once", crowd(t, small), crowd(t, large))
}

func requestOf(t *testing.T, s baogao.Searcher, q enginetest.Question) baogao.Request {
	t.Helper()
	typed := ask.Typed{Question: q.Text, Regions: q.Filter.Regions}
	read, err := ask.Read(t.Context(), s, typed, ask.English)
	if err != nil {
		t.Fatal(err)
	}
	read.Request.Cells, read.Request.Exact = true, true
	return read.Request
}

func ids(hits []baogao.Hit) (all []string) {
	for _, h := range hits {
		all = append(all, h.ID)
	}
	return all
}

func quantile(all []time.Duration, q float64) time.Duration {
	slices.Sort(all)
	return all[int(float64(len(all)-1)*q)].Round(100 * time.Microsecond)
}

// crowd asks questions of plain words by eight at once for a while, and says how many
// answers there were a second.
func crowd(t *testing.T, s baogao.Searcher) float64 {
	t.Helper()
	var all sync.WaitGroup
	var mu sync.Mutex
	const lasts = 8 * time.Second
	answers, began := 0, time.Now()
	words := []string{"行政复议", "营商环境", "信访", "法治政府", "应诉", "放管服改革", "双随机一公开", "行政执法 监督"}
	for i := range 8 {
		all.Go(func() {
			for n := i; time.Since(began) < lasts; n++ {
				req := requestOf(t, s, enginetest.Question{Text: words[n%len(words)]})
				if _, err := s.Search(t.Context(), req); err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				answers++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return float64(answers) / time.Since(began).Seconds()
}
