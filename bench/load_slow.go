package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// slowness is how an ordinary client fares beside half-open connections.
type slowness struct {
	sockets       int
	lasts         time.Duration
	open          int64 // connections that were opened, with those in place of such as the server ended
	alone, beside tally
}

// ordinary are the kinds of requests of an ordinary client.
func ordinary() []kind {
	return kinds[:len(kinds)-1] // the last one is hostile
}

// holdSockets measures an ordinary client alone, and then beside half-open
// connections.
func (g *siege) holdSockets(ctx context.Context, sockets int, lasts time.Duration) error {
	alone := g.visitUntil(ctx, 0, ordinary(), time.Now().Add(lasts))
	ctx, cancel := context.WithCancel(ctx)
	var opened atomic.Int64
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	errs := make(chan error, sockets)
	for range sockets {
		wg.Go(func() { errs <- g.drip(ctx, &opened) })
	}
	for opened.Load() < int64(sockets) && ctx.Err() == nil {
		select {
		case err := <-errs:
			return fmt.Errorf("half-open connections: %w", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
	beside := g.visitUntil(ctx, 0, ordinary(), time.Now().Add(lasts))
	g.sockets = slowness{
		sockets: sockets, lasts: lasts, open: opened.Load(),
		alone: merge("alone", g.sum([]*visitor{alone})), beside: merge("beside them", g.sum([]*visitor{beside})),
	}
	return nil
}

// drip holds a half-open connection, to which it sends a byte of a header every
// second, and opens another when the server ends it.
func (g *siege) drip(ctx context.Context, opened *atomic.Int64) error {
	for ctx.Err() == nil {
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", strings.TrimPrefix(g.addr, "http://"))
		if err != nil {
			return err
		}
		opened.Add(1)
		dripInto(ctx, c)
		c.Close()
	}
	return nil
}

// dripInto ends with the connection or the context.
func dripInto(ctx context.Context, c net.Conn) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	_, err := io.WriteString(c, "GET /search?q= HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
	for err == nil {
		select {
		case <-tick.C:
			_, err = io.WriteString(c, "a")
		case <-ctx.Done():
			return
		}
	}
}

// exported is what an export of all passages with a word gave.
type exported struct {
	rows, total int
	bytes       int64
	took        time.Duration
	memory      memory
}

// exportAll exports every passage with a common word as CSV, and holds the
// number of rows to the total of the API and to the trailer of the file.
func (g *siege) exportAll(ctx context.Context) error {
	r, err := g.get(ctx, searchPath(exportWord, "limit", "0", "exact", "true"))
	if err != nil {
		return err
	}
	var result struct{ Total struct{ Passages int } }
	if err := json.Unmarshal(r.body, &result); err != nil {
		return err
	}
	g.export.total = result.Total.Passages
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, g.addr+strings.Replace(searchPath(exportWord, "format", "csv"), "search", "export", 1), nil)
	if err != nil {
		return err
	}
	began, stop := time.Now(), g.watch(100*time.Millisecond)
	defer func() { g.export.took, g.export.memory = time.Since(began), stop() }()
	res, err := g.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	counted := &countingReader{r: res.Body}
	rows := csv.NewReader(counted)
	rows.ReuseRecord = true
	for {
		_, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("export: row %d: %w", g.export.rows, err)
		}
		g.export.rows++
	}
	g.export.rows-- // the head
	g.export.bytes = counted.n
	if trailer := res.Trailer.Get("X-Total-Count"); g.export.rows != g.export.total || trailer != strconv.Itoa(g.export.total) {
		g.fault("export: %d rows and a trailer of %q, but the API tells of %d passages", g.export.rows, trailer, g.export.total)
	}
	return nil
}

// countingReader counts the bytes that are read.
type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
