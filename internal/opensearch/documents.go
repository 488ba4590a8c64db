package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"baogao"
)

// most is how many documents the cluster gives at a time.
const most = 10000

// A search is what is asked of an index, and found what it answers.
type search struct {
	Query          object   `json:"query"`
	Size           int      `json:"size"`
	From           int      `json:"from,omitempty"`
	Sort           []object `json:"sort,omitempty"`
	After          []any    `json:"search_after,omitempty"`
	Aggs           object   `json:"aggs,omitempty"`
	Source         any      `json:"_source,omitempty"`
	Collapse       object   `json:"collapse,omitempty"`
	PostFilter     object   `json:"post_filter,omitempty"`
	TrackTotalHits bool     `json:"track_total_hits"`
}

type found struct {
	Hits struct {
		Total struct {
			Value int `json:"value"`
		} `json:"total"`
		Hits []row `json:"hits"`
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

// A row is a document that was found.
type row struct {
	Source  json.RawMessage   `json:"_source"`
	Sort    []json.RawMessage `json:"sort"`
	Matched []string          `json:"matched_queries"`
	Score   float64           `json:"_score"`
}

// ask asks an index. An answer of some shards alone is an error: its counts would be
// wrong.
func (c *client) ask(ctx context.Context, index string, s search) (*found, error) {
	s.TrackTotalHits = true
	var f found
	err := c.do(ctx, http.MethodPost, "/"+index+"/_search?allow_partial_search_results=false", s, &f)
	switch {
	case isKind(err, noSuchIndex):
		return nil, fmt.Errorf("%s: %w", c.location, baogao.ErrStale)
	case err != nil:
		return nil, err
	case f.Shards.Failed > 0:
		why := f.Shards.Failures[0].Reason
		return nil, fmt.Errorf("%s: %w: %d shards do not answer: %s: %s", c.location, baogao.ErrUnavailable, f.Shards.Failed, why.Type, why.Reason)
	case f.TimedOut:
		return nil, fmt.Errorf("%s: %w: shards did not answer in time", c.location, baogao.ErrUnavailable)
	}
	return &f, nil
}

// countDocs counts the documents that a query finds.
func countDocs(ctx context.Context, c *client, index string, query object) (int, error) {
	f, err := c.ask(ctx, index, search{Query: query})
	if err != nil {
		return 0, err
	}
	return f.Hits.Total.Value, nil
}

// eachRow yields all documents that a query finds in an order that tells any two
// apart, some at a time. Those a generation holds do not change.
func (c *client) eachRow(ctx context.Context, index string, s search, yield func(*row) error) error {
	for {
		f, err := c.ask(ctx, index, s)
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
		s.After = after(f.Hits.Hits[len(f.Hits.Hits)-1].Sort)
	}
}

// after is the place behind a document, by what it was sorted by.
func after(sort []json.RawMessage) []any {
	all := make([]any, len(sort))
	for i, v := range sort {
		all[i] = v
	}
	return all
}

// passagesOf reads the passages of a report, by its number, in their order.
func passagesOf(ctx context.Context, c *client, index string, number int) (passages []passage, err error) {
	query := every(object{"term": object{"doc": passageDoc}}, object{"term": object{"report": number}})
	err = c.eachRow(ctx, index, search{Query: query, Size: most, Sort: []object{{"n": "asc"}}}, func(r *row) error {
		var p passage
		if err := json.Unmarshal(r.Source, &p); err != nil {
			return err
		}
		passages = append(passages, p)
		return nil
	})
	return passages, err
}

// reportBy reads the one report that a query finds, ErrNotFound where there is none.
func reportBy(ctx context.Context, c *client, index string, query object) (*report, error) {
	f, err := c.ask(ctx, index, search{Query: every(object{"term": object{"doc": reportDoc}}, query), Size: 1})
	if err != nil {
		return nil, err
	}
	if len(f.Hits.Hits) == 0 {
		return nil, baogao.ErrNotFound
	}
	var d report
	return &d, json.Unmarshal(f.Hits.Hits[0].Source, &d)
}

// texts are passages and the heads of their reports: what is shown of them.
type texts struct {
	passages map[int]*passage
	reports  map[int]*report
}

// readTexts reads what is shown of matches.
func readTexts(ctx context.Context, c *client, index string, shown []matched) (texts, error) {
	t := texts{map[int]*passage{}, map[int]*report{}}
	var docs []object
	passages := func(n, report int) {
		docs = append(docs, object{"_id": passageID(n), "routing": strconv.Itoa(report)})
	}
	for _, m := range shown {
		passages(m.Number, m.Report)
		if t.reports[m.Report] == nil {
			t.reports[m.Report] = &report{}
			docs = append(docs, object{"_id": reportID(m.Report), "routing": strconv.Itoa(m.Report), "_source": headSource})
		}
	}
	if err := t.read(ctx, c, index, docs); err != nil {
		return t, err
	}
	docs = nil // the published paragraph stands with its first piece
	for _, m := range shown {
		if piece := t.passages[m.Number].Body.Piece; piece > 1 && t.passages[m.Number-piece+1] == nil {
			passages(m.Number-piece+1, m.Report)
		}
	}
	return t, t.read(ctx, c, index, docs)
}

// headSource is what is shown of a report with its passages.
var headSource = []string{"doc", "report", "id", "copy", "details.meta", "details.sure", "details.ocr", "details.copy_of", "details.copies"}

// read reads documents by their ids.
func (t *texts) read(ctx context.Context, c *client, index string, docs []object) error {
	if len(docs) == 0 {
		return nil
	}
	var answer struct {
		Docs []struct {
			ID     string          `json:"_id"`
			Found  bool            `json:"found"`
			Source json.RawMessage `json:"_source"`
			Error  *struct {
				Type   string `json:"type"`
				Reason string `json:"reason"`
			} `json:"error"`
		} `json:"docs"`
	}
	if err := c.do(ctx, http.MethodPost, "/"+index+"/_mget", object{"docs": docs}, &answer); err != nil {
		return err
	}
	for _, d := range answer.Docs {
		number, _ := strconv.Atoi(d.ID[min(1, len(d.ID)):])
		var err error
		switch {
		case d.Error != nil && d.Error.Type == noSuchIndex:
			return fmt.Errorf("%s: %w", c.location, baogao.ErrStale)
		case d.Error != nil:
			return fmt.Errorf("%s: %w: %s", c.location, baogao.ErrUnavailable, d.Error.Reason)
		case !d.Found:
			return fmt.Errorf("%s: %w: document %s is missing", c.location, baogao.ErrDamaged, d.ID)
		case d.ID[0] == 'r':
			err = json.Unmarshal(d.Source, t.reports[number])
		default:
			t.passages[number] = &passage{}
			err = json.Unmarshal(d.Source, t.passages[number])
		}
		if err != nil {
			return fmt.Errorf("%s: %w: document %s: %v", c.location, baogao.ErrDamaged, d.ID, err)
		}
	}
	return nil
}

// diskOf adds to what a manifest counts how much of their disks the nodes take for
// it, copies of shards left out.
func diskOf(ctx context.Context, c *client, index string, s baogao.Stats) (baogao.Stats, error) {
	var answer struct {
		All struct {
			Primaries struct {
				Store struct {
					Bytes int64 `json:"size_in_bytes"`
				} `json:"store"`
			} `json:"primaries"`
		} `json:"_all"`
	}
	err := c.do(ctx, http.MethodGet, "/"+index+"/_stats/store", nil, &answer)
	s.DiskBytes = answer.All.Primaries.Store.Bytes
	return s, err
}
