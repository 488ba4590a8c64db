// Package nodes asks the nodes of a cluster of OpenSearch, one of which answers for
// all: another one where one does not answer, and again where none does.
package nodes

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/opensearch-project/opensearch-go/v4/opensearchtransport"

	"baogao"
)

// Limits of what a client asks for.
const (
	AttemptTimeout = 30 * time.Second // for one node to answer; a write to a cluster without a manager hangs
	leastAttempt   = time.Second      // likewise, where a question has a deadline
	silenceLasts   = 10 * time.Second // how long a node that has not answered is kept clear of
	maxRetries     = 5
	firstBackoff   = 50 * time.Millisecond
	longestBackoff = time.Second
	maxAnswer      = 1 << 30 // bytes
)

// A Client sends requests to the nodes of a cluster, to another one where one does
// not answer.
type Client struct {
	Location  Location
	transport *opensearchtransport.Client
	stop      context.CancelFunc // ends what the transport does by itself
	Patience  time.Duration      // how long to go on asking a cluster that does not answer
	silence   atomic.Int64       // when an attempt was last not answered, in nanoseconds since 1970
}

// Connect makes a client of the index at a location.
func Connect(at string) (*Client, error) {
	l, err := parseLocation(at)
	if err != nil {
		return nil, err
	}
	return newClient(l)
}

func newClient(l Location) (*Client, error) {
	s, err := readSecrets()
	if err != nil {
		return nil, err
	}
	if err := s.guard(l); err != nil {
		return nil, err
	}
	header := http.Header{}
	if s.token != "" {
		header.Set("Authorization", "Bearer "+s.token)
	}
	ctx, stop := context.WithCancel(context.Background())
	transport, err := opensearchtransport.New(opensearchtransport.Config{
		URLs: l.urls, Username: s.user, Password: s.password, Header: header, CACert: s.ca,
		RetryOnStatus: []int{http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout},
		MaxRetries:    maxRetries, RetryBackoff: backoff, EnableRetryOnTimeout: true, RequestTimeout: AttemptTimeout,
		MaxRetryClusterHealth: -1, NodeStatsInterval: -1, // what it asks of its own accord
		ResurrectTimeoutInitial: time.Second, ResurrectTimeoutMax: 5 * time.Second,
		Context: ctx,
	})
	if err != nil {
		stop()
		return nil, fmt.Errorf("%s: %w", l, err)
	}
	return &Client{Location: l, transport: transport, stop: stop}, nil
}

// Close ends what the client does by itself.
func (c *Client) Close() error {
	c.stop()
	return nil
}

// backoff is how long to wait before an attempt, longer each time, and not all
// clients equally long.
func backoff(attempt int) time.Duration {
	wait := min(firstBackoff<<min(attempt, 10), longestBackoff)
	return wait/2 + rand.N(wait/2)
}

// Do sends a request whose body, if any, is made JSON unless it is bytes, and reads
// the answer into a value, which may be nil. While the cluster does not answer it is
// asked again, as long as the client has patience.
func (c *Client) Do(ctx context.Context, method, path string, body, into any) error {
	until := time.Now().Add(c.Patience)
	for attempt := 0; ; attempt++ {
		err := c.once(ctx, method, path, body, into)
		passing := (isPassing(err) || errors.Is(err, errNoAnswer)) && attempt < maxRetries
		if !passing && (!errors.Is(err, baogao.ErrUnavailable) || time.Now().After(until)) {
			return err
		}
		if err := wait(ctx, backoff(attempt)); err != nil {
			return err
		}
	}
}

var errNoAnswer = errors.New("a node has not answered in a third of the time that was left")

// attempt is the context of an attempt: a question with a deadline leaves most of the
// time for another node.
func (c *Client) attempt(ctx context.Context) (context.Context, context.CancelFunc) {
	end, has := ctx.Deadline()
	if !has || c.Patience > 0 || len(c.Location.urls) < 2 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, max(time.Until(end)/3, leastAttempt))
}

// preferring is a path, and where a node has just been silent the wish that the one that
// is asked looks into its own shards first: it would wait for the silent one too.
func (c *Client) preferring(path string) string {
	switch {
	case time.Since(time.Unix(0, c.silence.Load())) > silenceLasts:
	case strings.HasSuffix(path, "/_mget"):
		return path + "?preference=_local"
	case strings.Contains(path, "/_search?"):
		return path + "&preference=_local"
	}
	return path
}

// once sends a request, to other nodes too where one does not answer.
func (c *Client) once(ctx context.Context, method, path string, body, into any) error {
	try, cancel := c.attempt(ctx)
	defer cancel()
	req, err := c.request(try, method, c.preferring(path), body)
	if err != nil {
		return err
	}
	res, err := c.transport.Stream(req)
	if res == nil { // beside an answer, an error says that it was the last of several
		return c.unanswered(ctx, try, err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	switch {
	case err != nil:
		return c.unanswered(ctx, try, err)
	case res.StatusCode >= http.StatusBadRequest:
		return c.fault(res.StatusCode, answer)
	case into == nil:
		return nil
	}
	return json.Unmarshal(answer, into)
}

// unanswered is the error of an attempt that no answer came of.
func (c *Client) unanswered(ctx, try context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case try.Err() != nil:
		c.silence.Store(time.Now().UnixNano())
		err = errNoAnswer
	}
	return fmt.Errorf("%s: %w: %w", c.Location, baogao.ErrUnavailable, err)
}

func (c *Client) request(ctx context.Context, method, path string, body any) (*http.Request, error) {
	var content io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case []byte:
		content, kind = bytes.NewReader(b), "application/x-ndjson"
	default:
		text, err := json.Marshal(b)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, path, content)
	if err == nil && content != nil {
		req.Header.Set("Content-Type", kind)
	}
	return req, err
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
