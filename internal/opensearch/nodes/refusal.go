package nodes

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"baogao"
)

// A Refusal is an answer of the cluster that is an error.
type Refusal struct {
	Status       int
	kind, reason string
}

func (r *Refusal) Error() string {
	return strings.TrimSuffix(fmt.Sprintf("the cluster answers %d %s: %s", r.Status, r.kind, r.reason), ": ")
}

// IsKind reports whether an error is a refusal of a kind, as OpenSearch calls it.
func IsKind(err error, kind string) bool {
	var r *Refusal
	return errors.As(err, &r) && r.kind == kind
}

// The kinds of refusals that are told apart.
const (
	NoSuchIndex   = "index_not_found_exception"
	DocConflict   = "version_conflict_engine_exception"
	AlreadyExists = "resource_already_exists_exception"
)

// isPassing reports whether an error is that a node ended while it worked for another:
// the next attempt finds the copies of its shards.
func isPassing(err error) bool {
	var r *Refusal
	return errors.As(err, &r) && slices.Contains([]string{
		"node_disconnected_exception", "node_not_connected_exception", "node_closed_exception", "connect_transport_exception",
		"receive_timeout_transport_exception", "search_context_missing_exception", "no_shard_available_action_exception",
	}, r.kind)
}

// fault is the error of an answer that is one.
func (c *Client) fault(status int, answer []byte) error {
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
	r := &Refusal{Status: status}
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
		return fmt.Errorf("%s: %w; set BAOGAO_OPENSEARCH_USER and BAOGAO_OPENSEARCH_PASSWORD_FILE, or BAOGAO_OPENSEARCH_TOKEN_FILE", c.Location, r)
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return fmt.Errorf("%s: %w: %w", c.Location, baogao.ErrUnavailable, r)
	}
	if isPassing(r) {
		return fmt.Errorf("%s: %w: %w", c.Location, baogao.ErrUnavailable, r)
	}
	return fmt.Errorf("%s: %w", c.Location, r)
}
