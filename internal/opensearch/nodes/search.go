package nodes

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"baogao"
)

// Most is how many documents the cluster gives at a time.
const Most = 10000

// ReadAtOnce is how many documents are asked for at a time.
const ReadAtOnce = 5000

// A Search is what is asked of an index.
type Search struct {
	Query          Object   `json:"query"`
	Size           int      `json:"size"`
	From           int      `json:"from,omitempty"`
	Sort           []Object `json:"sort,omitempty"`
	After          []any    `json:"search_after,omitempty"`
	Aggs           Object   `json:"aggs,omitempty"`
	Source         any      `json:"_source,omitempty"`
	Collapse       Object   `json:"collapse,omitempty"`
	PostFilter     Object   `json:"post_filter,omitempty"`
	TrackTotalHits bool     `json:"track_total_hits"`
}

// Found is what an index answers.
type Found struct {
	Hits struct {
		Total struct {
			Value int `json:"value"`
		} `json:"total"`
		Hits []Row `json:"hits"`
	} `json:"hits"`
	Shards struct {
		Failed   int `json:"failed"`
		Failures []struct {
			Reason struct {
				Type   string `json:"type"`
				Reason string `json:"reason"`
				Caused *struct {
					Reason string `json:"reason"`
				} `json:"caused_by"`
			} `json:"reason"`
		} `json:"failures"`
	} `json:"_shards"`
	TimedOut bool                       `json:"timed_out"`
	Aggs     map[string]json.RawMessage `json:"aggregations"`
}

// A Row is a document that was found.
type Row struct {
	Source  json.RawMessage   `json:"_source"`
	Sort    []json.RawMessage `json:"sort"`
	Matched []string          `json:"matched_queries"`
	Score   float64           `json:"_score"`
}

// Ask asks an index. An answer of some shards alone is an error: its counts would be
// wrong.
func (c *Client) Ask(ctx context.Context, index string, s Search) (*Found, error) {
	s.TrackTotalHits = true
	var f Found
	err := c.Do(ctx, http.MethodPost, "/"+index+"/_search?allow_partial_search_results=false", s, &f)
	switch {
	case IsKind(err, NoSuchIndex):
		return nil, fmt.Errorf("%s: %w", c.Location, baogao.ErrStale)
	case err != nil:
		return nil, err
	case f.Shards.Failed > 0:
		why := f.Shards.Failures[0].Reason
		return nil, fmt.Errorf("%s: %w: %d shards do not answer: %s: %s", c.Location, baogao.ErrUnavailable, f.Shards.Failed, why.Type, why.Reason)
	case f.TimedOut:
		return nil, fmt.Errorf("%s: %w: shards did not answer in time", c.Location, baogao.ErrUnavailable)
	}
	return &f, nil
}

// Count counts the documents that a query finds.
func (c *Client) Count(ctx context.Context, index string, query Object) (int, error) {
	f, err := c.Ask(ctx, index, Search{Query: query})
	if err != nil {
		return 0, err
	}
	return f.Hits.Total.Value, nil
}

// EachRow yields all documents that a query finds in an order that tells any two
// apart, some at a time. Those a generation holds do not change.
func (c *Client) EachRow(ctx context.Context, index string, s Search, yield func(*Row) error) error {
	for {
		f, err := c.Ask(ctx, index, s)
		if err != nil {
			return err
		}
		for i := range f.Hits.Hits {
			if err := yield(&f.Hits.Hits[i]); err != nil {
				return err
			}
		}
		if len(f.Hits.Hits) < s.Size {
			return nil
		}
		s.After = After(f.Hits.Hits[len(f.Hits.Hits)-1].Sort)
	}
}

// After is the place behind a document, by what it was sorted by.
func After(sort []json.RawMessage) []any {
	all := make([]any, len(sort))
	for i, v := range sort {
		all[i] = v
	}
	return all
}
