package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// shownOrdeals is how many of the hostile requests are told, the slowest first.
const shownOrdeals = 10

// markdown is what was measured, as it is published.
func (g *siege) markdown() string {
	parts := []string{g.preface(), g.people().String(), g.memories().String()}
	if g.sockets.sockets > 0 {
		parts = append(parts, g.slow().String())
	}
	parts = append(parts, g.ordeals().String(), g.remarks())
	return strings.Join(parts, "\n")
}

func (g *siege) preface() string {
	all := merge("", g.kinds)
	return fmt.Sprintf("%s, on %s. baogao %s. `search serve` without flags, over %d passages of %d reports; the clients run on the same machine.\n\n"+
		"%d clients for %.0f s: %d answers, %s a second.\n",
		time.Now().Format(time.DateOnly), thisMachine(), commit(), g.held.Passages, g.held.Reports,
		g.clients, g.seconds, len(all.ms), figure(float64(len(all.ms))/g.seconds))
}

// times are the percentiles of answers, as cells.
func (t tally) times() []string {
	return figures(percentile(t.ms, 50), percentile(t.ms, 95), percentile(t.ms, 99), percentile(t.ms, 100))
}

// people is what the clients met, by kind of request.
func (g *siege) people() *table {
	t := &table{head: []string{"request", "answers", "p50 ms", "p95", "p99", "max", "statuses"}}
	for _, k := range append(slices.Clone(g.kinds), merge("all", g.kinds)) {
		t.add(append(append([]string{k.name, fmt.Sprint(len(k.ms))}, k.times()...), k.says())...)
	}
	return t
}

// memories is the memory of the server while it was measured.
func (g *siege) memories() *table {
	t := &table{head: []string{"memory of the server, MB", "first", "halfway", "last", "highest"}}
	for _, m := range []struct {
		name string
		of   memory
	}{{"under the clients", g.crowd}, {"during the export", g.export.memory}, {"under the hostile requests", g.stress}} {
		if len(m.of.resident) == 0 {
			continue
		}
		t.add(append([]string{m.name}, course(m.of.resident)...)...)
		t.add(append([]string{m.name + ", not pages of files"}, course(m.of.anonymous)...)...)
	}
	return t
}

// course is a figure in bytes over time, as cells.
func course(bytes []int64) []string {
	return figures(megabytes(bytes[0]), megabytes(bytes[len(bytes)/2]), megabytes(bytes[len(bytes)-1]), megabytes(slices.Max(bytes)))
}

// slow is how an ordinary client fared beside half-open connections.
func (g *siege) slow() *table {
	t := &table{head: []string{fmt.Sprintf("one client, %d half-open connections", g.sockets.sockets), "answers", "p50 ms", "p95", "p99", "max", "statuses"}}
	for _, k := range []tally{g.sockets.alone, g.sockets.beside} {
		t.add(append(append([]string{k.name, fmt.Sprint(len(k.ms))}, k.times()...), k.says())...)
	}
	return t
}

// ordeals is the slowest of the hostile requests.
func (g *siege) ordeals() *table {
	slowest := slices.SortedFunc(slices.Values(g.hostile), func(a, b ordeal) int {
		return int(percentile(b.ms, 100)*1000) - int(percentile(a.ms, 100)*1000)
	})
	t := &table{head: []string{"hostile request, alone", "status", "median of three, ms", "max", "MB of answer"}}
	for _, o := range slowest[:min(shownOrdeals, len(slowest))] {
		t.add(o.name, fmt.Sprint(o.status), figure(percentile(o.ms, 50)), figure(percentile(o.ms, 100)), figure(megabytes(int64(o.bytes))))
	}
	return t
}

func (g *siege) remarks() string {
	var b strings.Builder
	note := func(format string, args ...any) { fmt.Fprintf(&b, "- "+format+"\n", args...) }
	note("Questions are those of bench/questions.txt with filters, orders and places at random; every client makes the same requests in every run. " +
		"A time is that of the whole answer, with what the client takes of the same processors.")
	note("Half-open connections send a byte of a header every second, for %.0f s; %d were opened, as the server ends each after some seconds.",
		g.sockets.lasts.Seconds(), g.sockets.open)
	rate := 0.0
	if seconds := g.export.took.Seconds(); seconds > 0 {
		rate = float64(g.export.rows) / seconds
	}
	note("An export of every passage with `%s` gives %d rows, %s MB of CSV, in %s s, %.0f rows a second; the API tells of %d passages.",
		exportWord, g.export.rows, figure(megabytes(g.export.bytes)), figure(g.export.took.Seconds()), rate, g.export.total)
	largest := slices.MaxFunc(g.hostile, func(a, b ordeal) int { return a.bytes - b.bytes })
	note("%d hostile requests were asked three times each; those that are not shown took less. The largest answer is to: %s, %s MB.",
		len(g.hostile), largest.name, figure(megabytes(int64(largest.bytes))))
	if len(g.faults) == 0 {
		note("Every answer has a status that is declared for its request.")
	}
	for _, fault := range g.faults {
		note("**Wrong:** %s", fault)
	}
	return b.String()
}
