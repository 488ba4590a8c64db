package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"baogao"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/nodes"
)

// texts are passages and the heads of their reports: what is shown of them.
type texts struct {
	passages map[int]*document.Passage
	reports  map[int]*document.Report
}

// readTexts reads what is shown of matches.
func readTexts(ctx context.Context, c *nodes.Client, index string, shown []matched) (texts, error) {
	t := texts{map[int]*document.Passage{}, map[int]*document.Report{}}
	var docs []nodes.Object
	passages := func(n, report int) {
		docs = append(docs, nodes.Object{"_id": document.PassageID(n), "routing": strconv.Itoa(report)})
	}
	for _, m := range shown {
		passages(m.Number, m.Report)
		if t.reports[m.Report] == nil {
			t.reports[m.Report] = &document.Report{}
			docs = append(docs, nodes.Object{"_id": document.ReportID(m.Report), "routing": strconv.Itoa(m.Report), "_source": headSource})
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

// A read document is one that was asked for by its id.
type read struct {
	ID     string          `json:"_id"`
	Found  bool            `json:"found"`
	Source json.RawMessage `json:"_source"`
	Error  *struct {
		Type   string `json:"type"`
		Reason string `json:"reason"`
	} `json:"error"`
}

// read reads documents by their ids.
func (t *texts) read(ctx context.Context, c *nodes.Client, index string, docs []nodes.Object) error {
	if len(docs) == 0 {
		return nil
	}
	var answer struct {
		Docs []read `json:"docs"`
	}
	if err := c.Do(ctx, http.MethodPost, "/"+index+"/_mget", nodes.Object{"docs": docs}, &answer); err != nil {
		return err
	}
	for i := range answer.Docs {
		if err := t.take(&answer.Docs[i]); err != nil {
			return fmt.Errorf("%s: %w", c.Location, err)
		}
	}
	return nil
}

// take takes a document that was read.
func (t *texts) take(d *read) (err error) {
	number, _ := strconv.Atoi(d.ID[min(1, len(d.ID)):])
	switch {
	case d.Error != nil && d.Error.Type == nodes.NoSuchIndex:
		return baogao.ErrStale
	case d.Error != nil:
		return fmt.Errorf("%w: %s", baogao.ErrUnavailable, d.Error.Reason)
	case !d.Found:
		return fmt.Errorf("%w: document %s is missing", baogao.ErrDamaged, d.ID)
	case d.ID[0] == 'r':
		err = json.Unmarshal(d.Source, t.reports[number])
	default:
		t.passages[number] = &document.Passage{}
		err = json.Unmarshal(d.Source, t.passages[number])
	}
	if err != nil {
		return fmt.Errorf("%w: document %s: %v", baogao.ErrDamaged, d.ID, err)
	}
	return nil
}
