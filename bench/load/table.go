package load

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"baogao/bench/figures"
	"baogao/bench/peers"
	"baogao/bench/system"
)

// shownOrdeals is how many of the hostile requests are told, the slowest first.
const shownOrdeals = 10

// Markdown is what was measured, as it is published.
func (g *Siege) Markdown() string {
	parts := []string{g.preface(), g.people().String(), g.memories().String()}
	if g.Sockets > 0 {
		parts = append(parts, g.slow().String())
	}
	parts = append(parts, g.ordeals().String(), g.remarks())
	return strings.Join(parts, "\n")
}

func (g *Siege) preface() string {
	n := len(g.crowd.answers.times())
	seconds := g.crowd.took.Seconds()
	return fmt.Sprintf("%s, on %s. %s. `search serve` without flags, over %d passages of %d reports; the clients run on the same machine.\n\n"+
		"%d clients for %.0f s: %d answers, %s a second.\n",
		time.Now().Format(time.DateOnly), system.Machine(), peers.Version(), g.held.Passages, g.held.Reports,
		g.Clients, seconds, n, figures.Number(float64(n)/seconds))
}

// addTo adds answers to a table as a row.
func (all answers) addTo(t *figures.Table, name string) {
	ms := all.times()
	t.Add(name, len(ms), figures.Percentiles(ms, 50, 95, 99, 100), all.statuses())
}

// people is what the clients met, by kind of request.
func (g *Siege) people() *figures.Table {
	t := figures.NewTable("request", "answers", "p50 ms", "p95", "p99", "max", "statuses")
	for _, k := range kinds {
		if some := g.crowd.answers.of(k.name); len(some) > 0 {
			some.addTo(t, k.name)
		}
	}
	g.crowd.answers.addTo(t, "all")
	return t
}

// memories is the memory of the server while it was measured.
func (g *Siege) memories() *figures.Table {
	t := figures.NewTable("memory of the server, MB", "first", "halfway", "last", "highest")
	course := func(name string, mb []float64) {
		if n := len(mb); n > 0 {
			t.Add(name, mb[0], mb[n/2], mb[n-1], slices.Max(mb))
		}
	}
	for _, m := range []struct {
		name string
		memory
	}{{"under the clients", g.crowd.memory}, {"during the export", g.export.memory}, {"under the hostile requests", g.stress}} {
		course(m.name, m.resident)
		course(m.name+", not pages of files", m.anonymous)
	}
	return t
}

// slow is how an ordinary client fared beside half-open connections.
func (g *Siege) slow() *figures.Table {
	t := figures.NewTable(fmt.Sprintf("one client, %d half-open connections", g.Sockets), "answers", "p50 ms", "p95", "p99", "max", "statuses")
	g.sockets.alone.addTo(t, "alone")
	g.sockets.beside.addTo(t, "beside them")
	return t
}

// ordeals is the slowest of the hostile requests.
func (g *Siege) ordeals() *figures.Table {
	slowest := slices.SortedFunc(slices.Values(g.hostile), func(a, b ordeal) int {
		return cmp.Compare(figures.Percentile(b.ms, 100), figures.Percentile(a.ms, 100))
	})
	t := figures.NewTable("hostile request, alone", "status", "median of three, ms", "max", "MB of answer")
	for _, o := range slowest[:min(shownOrdeals, len(slowest))] {
		t.Add(o.name, o.status, figures.Percentiles(o.ms, 50, 100), figures.MB(int64(o.bytes)))
	}
	return t
}

func (g *Siege) remarks() string {
	var n figures.Notes
	n.Add("Questions are those of bench/questions.txt with filters, orders and places at random; every client makes the same requests in every run. " +
		"A time is that of the whole answer, with what the client takes of the same processors.")
	n.Add("Half-open connections send a byte of a header every second, for %.0f s; %d were opened, as the server ends each after some seconds.",
		(g.Lasts / 3).Seconds(), g.sockets.open)
	e := g.export
	n.Add("An export of every passage with `%s` gives %d rows, %s MB of CSV, in %s s, %.0f rows a second; the API tells of %d passages.",
		exportWord, e.rows, figures.Number(figures.MB(int64(e.bytes))), figures.Number(e.ms/1000), float64(e.rows)/e.ms*1000, e.total)
	largest := slices.MaxFunc(g.hostile, func(a, b ordeal) int { return a.bytes - b.bytes })
	n.Add("%d hostile requests were asked three times each; those that are not shown took less. The largest answer is to: %s, %s MB.",
		len(g.hostile), largest.name, figures.Number(figures.MB(int64(largest.bytes))))
	if len(g.Faults) == 0 {
		n.Add("Every answer has a status that is declared for its request.")
	}
	for _, fault := range g.Faults {
		n.Add("**Wrong:** %s", fault)
	}
	return n.String()
}
