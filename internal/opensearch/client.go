package opensearch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/opensearch-project/opensearch-go/v4/opensearchtransport"

	"baogao"
)

// Limits of what a client asks for.
const (
	attemptTimeout = 30 * time.Second // for one node to answer; a write to a cluster without a manager hangs
	maxRetries     = 5
	firstBackoff   = 50 * time.Millisecond
	longestBackoff = time.Second
	writerPatience = 2 * time.Minute // a cluster that lost its manager takes no writes for seconds
	maxAnswer      = 1 << 30         // bytes
)

// A client sends requests to the nodes of a cluster, to another one where one does
// not answer.
type client struct {
	location  location
	transport *opensearchtransport.Client
	stop      context.CancelFunc // ends what the transport does by itself
	patience  time.Duration      // how long to go on asking a cluster that does not answer
}

func newClient(l location) (*client, error) {
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
		MaxRetries:    maxRetries, RetryBackoff: backoff, EnableRetryOnTimeout: true, RequestTimeout: attemptTimeout,
		MaxRetryClusterHealth: -1, NodeStatsInterval: -1, // what it asks of its own accord
		ResurrectTimeoutInitial: time.Second, ResurrectTimeoutMax: 5 * time.Second,
		Context: ctx,
	})
	if err != nil {
		stop()
		return nil, fmt.Errorf("%s: %w", l, err)
	}
	return &client{location: l, transport: transport, stop: stop}, nil
}

func (c *client) close() error {
	c.stop()
	return nil
}

// backoff is how long to wait before an attempt, longer each time, and not all
// clients equally long.
func backoff(attempt int) time.Duration {
	wait := min(firstBackoff<<min(attempt, 10), longestBackoff)
	return wait/2 + rand.N(wait/2)
}

// A refusal is an answer of the cluster that is an error.
type refusal struct {
	status       int
	kind, reason string
}

func (r *refusal) Error() string {
	return strings.TrimSuffix(fmt.Sprintf("the cluster answers %d %s: %s", r.status, r.kind, r.reason), ": ")
}

// isKind reports whether an error is a refusal of a kind, as OpenSearch calls it.
func isKind(err error, kind string) bool {
	var r *refusal
	return errors.As(err, &r) && r.kind == kind
}

// The kinds of refusals that are told apart.
const (
	noSuchIndex   = "index_not_found_exception"
	aliasMissing  = "aliases_not_found_exception"
	docConflict   = "version_conflict_engine_exception"
	alreadyExists = "resource_already_exists_exception"
)

// isPassing reports whether an error is that a node ended while it worked for another:
// the next attempt finds the copies of its shards.
func isPassing(err error) bool {
	var r *refusal
	return errors.As(err, &r) && slices.Contains([]string{
		"node_disconnected_exception", "node_not_connected_exception", "node_closed_exception", "connect_transport_exception",
		"receive_timeout_transport_exception", "search_context_missing_exception", "no_shard_available_action_exception",
	}, r.kind)
}

// do sends a request whose body, if any, is made JSON unless it is bytes, and reads
// the answer into a value, which may be nil. While the cluster does not answer it is
// asked again, as long as the client has patience.
func (c *client) do(ctx context.Context, method, path string, body, into any) error {
	until := time.Now().Add(c.patience)
	for attempt := 0; ; attempt++ {
		err := c.once(ctx, method, path, body, into)
		passing := isPassing(err) && attempt < maxRetries
		if !passing && (!errors.Is(err, baogao.ErrUnavailable) || time.Now().After(until)) {
			return err
		}
		if err := wait(ctx, backoff(attempt)); err != nil {
			return err
		}
	}
}

// once sends a request, to other nodes too where one does not answer.
func (c *client) once(ctx context.Context, method, path string, body, into any) error {
	req, err := c.request(ctx, method, path, body)
	if err != nil {
		return err
	}
	res, err := c.transport.Stream(req)
	if res == nil { // beside an answer, an error says that it was the last of several
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("%s: %w: %v", c.location, baogao.ErrUnavailable, err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return fmt.Errorf("%s: %w: %v", c.location, baogao.ErrUnavailable, err)
	case res.StatusCode >= http.StatusBadRequest:
		return c.fault(res.StatusCode, answer)
	case into == nil:
		return nil
	}
	return json.Unmarshal(answer, into)
}

func (c *client) request(ctx context.Context, method, path string, body any) (*http.Request, error) {
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

// fault is the error of an answer that is one.
func (c *client) fault(status int, answer []byte) error {
	var told struct {
		Error json.RawMessage `json:"error"`
	}
	var why struct {
		Type   string `json:"type"`
		Reason string `json:"reason"`
		Causes []struct {
			Type   string `json:"type"`
			Reason string `json:"reason"`
		} `json:"root_cause"`
		Caused struct {
			Reason string `json:"reason"`
		} `json:"caused_by"`
	}
	r := &refusal{status: status}
	if json.Unmarshal(answer, &told) == nil && json.Unmarshal(told.Error, &why) == nil {
		r.kind, r.reason = why.Type, why.Reason
		if len(why.Causes) > 0 {
			r.kind, r.reason = why.Causes[0].Type, why.Causes[0].Reason
		}
	} else {
		r.reason = strings.TrimSpace(string(answer[:min(len(answer), 300)]))
	}
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Errorf("%s: %w; set BAOGAO_OPENSEARCH_USER and BAOGAO_OPENSEARCH_PASSWORD_FILE, or BAOGAO_OPENSEARCH_TOKEN_FILE", c.location, r)
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return fmt.Errorf("%s: %w: %w", c.location, baogao.ErrUnavailable, r)
	}
	if isPassing(r) {
		return fmt.Errorf("%s: %w: %w", c.location, baogao.ErrUnavailable, r)
	}
	return fmt.Errorf("%s: %w", c.location, r)
}
