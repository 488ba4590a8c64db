package generation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"baogao"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/nodes"
)

// heldIn lists the reports of a generation, with their keys where they are of use.
func heldIn(ctx context.Context, c *nodes.Client, index string, keys bool) (held []baogao.Held, err error) {
	s := nodes.Search{Query: nodes.Term("doc", document.ReportKind), Size: nodes.ReadAtOnce, Sort: []nodes.Object{{"report": "asc"}}, Source: []string{"id", "details.place", "details.key"}}
	err = c.EachRow(ctx, index, s, func(row *nodes.Row) error {
		var d document.Report
		if err := json.Unmarshal(row.Source, &d); err != nil {
			return err
		}
		h := baogao.Held{ID: d.ID, Place: d.Details.Place}
		if keys {
			h.Key = d.Details.Key
		}
		held = append(held, h)
		return nil
	})
	return held, err
}

// checked reads a report and holds its passages to their sum.
func checked(ctx context.Context, c *nodes.Client, index, id string) (*baogao.Report, error) {
	d, err := document.ReportCalled(ctx, c, index, id)
	if err != nil {
		return nil, err
	}
	passages, err := document.PassagesOf(ctx, c, index, d.Report)
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	for i := range passages {
		sum.Write(document.SumOf(&passages[i].Body))
	}
	if hex.EncodeToString(sum.Sum(nil)) != d.Details.Sum {
		return nil, fmt.Errorf("%s: report %s: %w: its passages are not as they were published", c.Location, id, baogao.ErrDamaged)
	}
	return d.Whole(passages), nil
}

// copiesHeld is the id of the report that is shown, by the id of each copy.
func copiesHeld(ctx context.Context, c *nodes.Client, index string) (map[string]string, error) {
	copyOf := map[string]string{}
	s := nodes.Search{
		Query: nodes.Every(nodes.Term("doc", document.ReportKind), nodes.Term("copy", true)), Size: nodes.ReadAtOnce,
		Sort: []nodes.Object{{"report": "asc"}}, Source: []string{"id", "details.copy_of"},
	}
	err := c.EachRow(ctx, index, s, func(row *nodes.Row) error {
		var d document.Report
		err := json.Unmarshal(row.Source, &d)
		copyOf[d.ID] = d.Details.CopyOf
		return err
	})
	return copyOf, err
}
