package load

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"baogao"
)

// slowness is how an ordinary client fares beside half-open connections.
type slowness struct {
	open          int64 // connections that were opened, with those in place of such as the server ended
	alone, beside answers
}

// holdSockets measures an ordinary client alone, and then beside half-open
// connections.
func (g *Siege) holdSockets(ctx context.Context) error {
	ordinary := kinds[:len(kinds)-1] // the last one is hostile
	lasts := g.Lasts / 3
	alone := g.visitUntil(ctx, 0, ordinary, time.Now().Add(lasts))
	ctx, cancel := context.WithCancel(ctx)
	var opened atomic.Int64
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	errs := make(chan error, g.Sockets)
	for range g.Sockets {
		wg.Go(func() { errs <- g.drip(ctx, &opened) })
	}
	for opened.Load() < int64(g.Sockets) && ctx.Err() == nil {
		select {
		case err := <-errs:
			return fmt.Errorf("half-open connections: %w", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
	beside := g.visitUntil(ctx, 0, ordinary, time.Now().Add(lasts))
	g.sockets = slowness{opened.Load(), alone, beside}
	return nil
}

// drip holds a half-open connection, to which it sends a byte of a header every
// second, and opens another when the server ends it.
func (g *Siege) drip(ctx context.Context, opened *atomic.Int64) error {
	for ctx.Err() == nil {
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", strings.TrimPrefix(g.address, "http://"))
		if err != nil {
			return err
		}
		opened.Add(1)
		for text := "GET /search?q= HTTP/1.1\r\nHost: localhost\r\nX-Slow: "; err == nil && ctx.Err() == nil; text = "a" {
			_, err = io.WriteString(c, text)
			select {
			case <-time.After(time.Second):
			case <-ctx.Done():
			}
		}
		c.Close()
	}
	return nil
}

// exported is what an export of all passages with a word gave.
type exported struct {
	rows, total, bytes int
	ms                 float64
	memory             memory
}

// exportWord is a common word, of which every passage is exported.
const exportWord = "发展"

// exportAll exports every passage with a common word as CSV, and holds the
// number of rows to the total of the API and to the trailer of the file.
func (g *Siege) exportAll(ctx context.Context) error {
	r, err := g.get(ctx, searchPath(exportWord, "limit", "0", "exact", "true"))
	if err != nil {
		return err
	}
	var result struct{ Total baogao.Total }
	if err := json.Unmarshal(r.Body, &result); err != nil {
		return err
	}
	e := &g.export
	e.total = result.Total.Passages
	g.watch(&e.memory, 100*time.Millisecond, func() {
		r, err = g.get(ctx, "/api/v1/export?"+params("q", exportWord, "format", "csv").Encode())
	})
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(bytes.NewReader(r.Body)).ReadAll()
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	e.rows, e.bytes, e.ms = len(rows)-1, len(r.Body), r.MS // the head is no row
	if trailer := r.Trailer.Get("X-Total-Count"); e.rows != e.total || trailer != strconv.Itoa(e.total) {
		g.fault("export: %d rows and a trailer of %q, but the API tells of %d passages", e.rows, trailer, e.total)
	}
	return nil
}
