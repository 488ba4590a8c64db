package main

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
)

// A visitor is one of many clients. It makes the same requests in every run.
type visitor struct {
	*siege
	random *rand.Rand
	walk   url.Values // the question whose pages are turned, with the cursor of the next
	counts map[string]*tally
	wrong  []string
}

// A kind is a kind of request.
type kind struct {
	name  string
	share int   // how often it is made, beside the others
	want  []int // statuses of its answers, beside 503
	make  func(*visitor) (path string, headers []string)
	read  func(*visitor, *reply) // what is done with an answer; nil is nothing
}

var fine = []int{http.StatusOK}

// kinds are what people and programs ask of a server.
var kinds = []kind{
	{"API: search", 24, fine, func(v *visitor) (string, []string) { return v.search(), nil }, nil},
	{"API: search with cells", 4, fine, func(v *visitor) (string, []string) { return v.search("cells", "true"), nil }, nil},
	{"API: next page by cursor", 10, fine, func(v *visitor) (string, []string) { return v.nextPage(), nil }, (*visitor).turn},
	{"API: report", 4, fine, func(v *visitor) (string, []string) { return "/api/v1/reports/" + v.pick(v.pool.reports), nil }, nil},
	{"API: passage", 4, fine, func(v *visitor) (string, []string) { return "/api/v1/passages/" + v.pick(v.pool.passages), nil }, nil},
	{"API: region", 3, fine, func(v *visitor) (string, []string) { return "/api/v1/regions?q=" + v.pick(placeNames), nil }, nil},
	{"page: results", 22, fine, func(v *visitor) (string, []string) {
		return "/search?" + v.narrowed("page", strconv.Itoa(1+v.random.IntN(3))).Encode(), nil
	}, nil},
	{"page: report with marks", 8, fine, func(v *visitor) (string, []string) {
		f := v.pool.found[v.random.IntN(len(v.pool.found))]
		return "/reports/" + url.PathEscape(f.report) + "?" + url.Values{"q": {f.question}}.Encode(), nil
	}, nil},
	{"page: corpus", 4, fine, func(v *visitor) (string, []string) {
		return "/corpus" + []string{"", "?region=510000"}[v.random.IntN(2)], nil
	}, nil},
	{"page: context", 5, fine, func(v *visitor) (string, []string) {
		f := v.pool.found[v.random.IntN(len(v.pool.found))]
		return "/context?" + url.Values{"id": {f.passage}, "q": {f.question}}.Encode(), nil
	}, nil},
	{"conditional, unchanged", 8, []int{http.StatusNotModified}, func(v *visitor) (string, []string) {
		known := v.pool.known[v.random.IntN(len(v.pool.known))]
		return known[0], []string{"If-None-Match: " + known[1]}
	}, nil},
	{"hostile", 2, hostileStatuses, func(v *visitor) (string, []string) {
		o := ordeals[v.random.IntN(len(ordeals))]
		return v.placed(o.path), o.headers
	}, nil},
}

// placeNames are names of one region, of several, and of none.
var placeNames = []string{"四川", "鼓楼区", "510000", "火星"}

// pick takes one of several texts, percent-encoded as a part of a path.
func (v *visitor) pick(all []string) string { return url.PathEscape(all[v.random.IntN(len(all))]) }

func (v *visitor) question() string {
	return v.questions[v.random.IntN(len(v.questions))].asked()
}

// narrowed is a question with a filter or none and in some order, and with
// other parameters in pairs.
func (v *visitor) narrowed(pairs ...string) url.Values {
	values := url.Values{"q": {v.question()}}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	switch v.random.IntN(8) {
	case 0:
		values["region"] = []string{"四川", "广东", "=北京"}[:1+v.random.IntN(3)]
	case 1:
		values.Set("level", string(baogao.Levels[v.random.IntN(len(baogao.Levels))]))
	case 2:
		values.Set("year", strconv.Itoa(2000+v.random.IntN(25))+"..")
	case 3:
		values.Set("kind", string(baogao.Kinds[v.random.IntN(len(baogao.Kinds))]))
	}
	if v.random.IntN(4) == 0 {
		values.Set("sort", string(baogao.Sorts[v.random.IntN(len(baogao.Sorts))]))
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

func searchPath(q string, pairs ...string) string {
	values := url.Values{"q": {q}}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
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

func (v *visitor) turn(r *reply) {
	var page struct{ Next string }
	if err := json.Unmarshal(r.body, &page); err != nil {
		v.wrong = append(v.wrong, fmt.Sprintf("%s: %v", v.walk.Encode(), err))
	}
	v.walk.Set("cursor", page.Next)
}

// visit makes a request of some kind and takes note of the answer.
func (v *visitor) visit(ctx context.Context, k kind) {
	path, headers := k.make(v)
	t := v.counts[k.name]
	if t == nil {
		t = &tally{name: k.name, statuses: map[int]int{}}
		v.counts[k.name] = t
	}
	r, err := v.get(ctx, path, headers...)
	switch {
	case err != nil && ctx.Err() != nil:
		return
	case err != nil:
		t.statuses[0]++
		v.wrong = append(v.wrong, fmt.Sprintf("%s: no answer: %v", k.name, err))
		return
	}
	t.statuses[r.status]++
	t.ms = append(t.ms, r.ms)
	if r.status != http.StatusServiceUnavailable && !slices.Contains(k.want, r.status) {
		v.wrong = append(v.wrong, fmt.Sprintf("%s: %d for %.200s", k.name, r.status, path))
	}
	if k.read != nil && r.status == http.StatusOK {
		k.read(v, r)
	}
}

// choose takes a kind by its share.
func (v *visitor) choose(from []kind) kind {
	sum := 0
	for _, k := range from {
		sum += k.share
	}
	at := v.random.IntN(sum)
	for _, k := range from {
		if at -= k.share; at < 0 {
			return k
		}
	}
	return from[0]
}

// visitUntil makes requests of some kinds until a time.
func (g *siege) visitUntil(ctx context.Context, number int, from []kind, until time.Time) *visitor {
	v := &visitor{siege: g, random: rand.New(rand.NewPCG(uint64(number), 0)), counts: map[string]*tally{}}
	for time.Now().Before(until) && ctx.Err() == nil {
		v.visit(ctx, v.choose(from))
	}
	return v
}

// crowdFor lets many clients ask for a while.
func (g *siege) crowdFor(ctx context.Context, clients int, lasts time.Duration) error {
	began := time.Now()
	visitors := make([]*visitor, clients)
	stop := g.watch(2 * time.Second)
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() { visitors[i] = g.visitUntil(ctx, i, kinds, began.Add(lasts)) })
	}
	wg.Wait()
	g.clients, g.seconds = clients, time.Since(began).Seconds()
	g.kinds = g.sum(visitors)
	g.crowd = stop()
	return nil
}

// sum adds up what visitors counted, in the order of the kinds.
func (g *siege) sum(visitors []*visitor) []tally {
	all := map[string]*tally{}
	for _, v := range visitors {
		for _, fault := range v.wrong {
			g.fault("%s", fault)
		}
		for name, t := range v.counts {
			if all[name] == nil {
				all[name] = &tally{name: name, statuses: map[int]int{}}
			}
			all[name].ms = append(all[name].ms, t.ms...)
			for status, n := range t.statuses {
				all[name].statuses[status] += n
			}
		}
	}
	var sums []tally
	for _, k := range kinds {
		if t := all[k.name]; t != nil {
			sums = append(sums, *t)
		}
	}
	return sums
}

// merge is the answers of several kinds together.
func merge(name string, all []tally) tally {
	t := tally{name: name, statuses: map[int]int{}}
	for _, one := range all {
		t.ms = append(t.ms, one.ms...)
		for status, n := range one.statuses {
			t.statuses[status] += n
		}
	}
	return t
}

// says lists the statuses: 200 ×512, 503 ×2.
func (t tally) says() string {
	var parts []string
	for _, status := range slices.Sorted(maps.Keys(t.statuses)) {
		name := strconv.Itoa(status)
		if status == 0 {
			name = "none"
		}
		parts = append(parts, fmt.Sprintf("%s ×%d", name, t.statuses[status]))
	}
	return strings.Join(parts, ", ")
}

// memory is the memory of the server over a while, in bytes.
type memory struct{ resident, anonymous []int64 }

// watch looks at the memory of the server now and then, until it is stopped.
func (g *siege) watch(every time.Duration) (stop func() memory) {
	var m memory
	look := func() {
		if g.pid == 0 {
			return
		}
		if all, anonymous, err := resident(g.pid); err == nil { // other systems do not tell
			m.resident, m.anonymous = append(m.resident, all), append(m.anonymous, anonymous)
		}
	}
	look()
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				look()
			case <-end:
				look()
				return
			}
		}
	}()
	return func() memory {
		close(end)
		<-ended
		return m
	}
}
