package load

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"baogao"
	"baogao/bench/workload"
)

// A visitor is one of many clients. It makes the same requests in every run.
type visitor struct {
	*Siege
	random *rand.Rand
	walk   url.Values // the question whose pages are turned, with the cursor of the next
}

// A kind is a kind of request.
type kind struct {
	name  string
	share int   // how often it is made, beside the others
	want  []int // statuses of its answers, beside 503
	make  func(*visitor) (path string, headers []string)
	read  func(*visitor, *workload.Reply) // what is done with an answer; nil is nothing
}

var fine = []int{http.StatusOK}

// kinds are what people and programs ask of a server.
var kinds = []kind{
	{"API: search", 24, fine, func(v *visitor) (string, []string) { return v.search(), nil }, nil},
	{"API: search with cells", 4, fine, func(v *visitor) (string, []string) { return v.search("cells", "true"), nil }, nil},
	{"API: next page by cursor", 10, fine, func(v *visitor) (string, []string) { return v.nextPage(), nil }, (*visitor).turn},
	{"API: report", 4, fine, func(v *visitor) (string, []string) {
		return "/api/v1/reports/" + url.PathEscape(one(v, v.pool.reports)), nil
	}, nil},
	{"API: passage", 4, fine, func(v *visitor) (string, []string) {
		return "/api/v1/passages/" + url.PathEscape(v.found().passage), nil
	}, nil},
	{"API: region", 3, fine, func(v *visitor) (string, []string) {
		return "/api/v1/regions?q=" + url.QueryEscape(one(v, placeNames)), nil
	}, nil},
	{"page: results", 22, fine, func(v *visitor) (string, []string) {
		return "/search?" + v.narrowed("page", strconv.Itoa(1+v.random.IntN(3))).Encode(), nil
	}, nil},
	{"page: report with marks", 8, fine, func(v *visitor) (string, []string) {
		f := v.found()
		return "/reports/" + url.PathEscape(f.report) + "?" + params("q", f.question).Encode(), nil
	}, nil},
	{"page: corpus", 4, fine, func(v *visitor) (string, []string) {
		return "/corpus" + one(v, []string{"", "?region=510000"}), nil
	}, nil},
	{"page: context", 5, fine, func(v *visitor) (string, []string) {
		f := v.found()
		return "/context?" + params("id", f.passage, "q", f.question).Encode(), nil
	}, nil},
	{"conditional, unchanged", 8, []int{http.StatusNotModified}, func(v *visitor) (string, []string) {
		known := one(v, v.pool.known)
		return known[0], []string{"If-None-Match: " + known[1]}
	}, nil},
	{"hostile", 2, hostileStatuses, func(v *visitor) (string, []string) {
		o := one(v, ordeals)
		return v.placed(o.path), o.headers
	}, nil},
}

// placeNames are names of one region, of several, and of none.
var placeNames = []string{"四川", "鼓楼区", "510000", "火星"}

// one takes one of several at random.
func one[T any](v *visitor, all []T) T { return all[v.random.IntN(len(all))] }

func (v *visitor) found() found { return one(v, v.pool.found) }

// narrowed is a question with a filter or none and in some order, and with
// other parameters in pairs.
func (v *visitor) narrowed(pairs ...string) url.Values {
	values := params(append(pairs, "q", one(v, v.questions).Query())...)
	switch v.random.IntN(8) {
	case 0:
		values["region"] = []string{"四川", "广东", "=北京"}[:1+v.random.IntN(3)]
	case 1:
		values.Set("level", string(one(v, baogao.Levels)))
	case 2:
		values.Set("year", strconv.Itoa(2000+v.random.IntN(25))+"..")
	case 3:
		values.Set("kind", string(one(v, baogao.Kinds)))
	}
	if v.random.IntN(4) == 0 {
		values.Set("sort", string(one(v, baogao.Sorts)))
	}
	return values
}

func (v *visitor) search(pairs ...string) string {
	values := v.narrowed(pairs...)
	if v.random.IntN(4) == 0 {
		values.Set("offset", strconv.Itoa(v.random.IntN(500)))
	}
	return "/api/v1/search?" + values.Encode()
}

// nextPage is the page behind the one before, or the first of another question.
func (v *visitor) nextPage() string {
	if v.walk.Get("cursor") == "" || v.random.IntN(10) == 0 {
		v.walk = v.narrowed("limit", "50")
	}
	return "/api/v1/search?" + v.walk.Encode()
}

func (v *visitor) turn(r *workload.Reply) {
	var page struct{ Next string }
	if err := json.Unmarshal(r.Body, &page); err != nil {
		v.fault("%s: %v", v.walk.Encode(), err)
	}
	v.walk.Set("cursor", page.Next)
}

// visit makes a request of some kind and takes note of the answer.
func (v *visitor) visit(ctx context.Context, k kind) answer {
	path, headers := k.make(v)
	r, err := v.get(ctx, path, headers...)
	if err != nil {
		if ctx.Err() == nil {
			v.fault("%s: no answer: %v", k.name, err)
		}
		return answer{kind: k.name}
	}
	if r.Status != http.StatusServiceUnavailable && !slices.Contains(k.want, r.Status) {
		v.fault("%s: %d for %.200s", k.name, r.Status, path)
	}
	if k.read != nil && r.Status == http.StatusOK {
		k.read(v, r)
	}
	return answer{k.name, r.Status, r.MS}
}

// visitUntil makes requests of some kinds, by their shares, until a time.
func (g *Siege) visitUntil(ctx context.Context, number int, from []kind, until time.Time) (all answers) {
	var shares []kind
	for _, k := range from {
		shares = append(shares, slices.Repeat([]kind{k}, k.share)...)
	}
	v := &visitor{Siege: g, random: rand.New(rand.NewPCG(uint64(number), 0))}
	for time.Now().Before(until) && ctx.Err() == nil {
		all = append(all, v.visit(ctx, one(v, shares)))
	}
	return all
}

// askAtOnce lets many clients ask for a while.
func (g *Siege) askAtOnce(ctx context.Context) error {
	began := time.Now()
	visits := make([]answers, g.Clients)
	g.watch(&g.crowd.memory, 2*time.Second, func() {
		var wg sync.WaitGroup
		for i := range visits {
			wg.Go(func() { visits[i] = g.visitUntil(ctx, i, kinds, began.Add(g.Lasts)) })
		}
		wg.Wait()
	})
	g.crowd.took, g.crowd.answers = time.Since(began), slices.Concat(visits...)
	return nil
}

// crowded is what many clients at once met.
type crowded struct {
	answers answers
	took    time.Duration
	memory  memory
}

// An answer is what came of a request of some kind.
type answer struct {
	kind   string
	status int // 0 where no answer came
	ms     float64
}

type answers []answer

// of takes out the answers to requests of one kind.
func (all answers) of(kind string) (some answers) {
	for _, a := range all {
		if a.kind == kind {
			some = append(some, a)
		}
	}
	return some
}

// times lists how long they took, in milliseconds.
func (all answers) times() (ms []float64) {
	for _, a := range all {
		if a.status != 0 {
			ms = append(ms, a.ms)
		}
	}
	return ms
}

// statuses lists them: 200 ×512, 503 ×2.
func (all answers) statuses() string {
	counts := map[int]int{}
	for _, a := range all {
		counts[a.status]++
	}
	var parts []string
	for _, status := range slices.Sorted(maps.Keys(counts)) {
		name := strconv.Itoa(status)
		if status == 0 {
			name = "none"
		}
		parts = append(parts, fmt.Sprintf("%s ×%d", name, counts[status]))
	}
	return strings.Join(parts, ", ")
}
