package generation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/nodes"
)

// Verify reads all documents of the generation in use and compares them with what
// was published: how many there are, and the sum of each report. It returns the
// faults, a line each.
func Verify(ctx context.Context, at string) (faults []string, err error) {
	c, gen, err := Open(ctx, at)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	v := &verification{client: c, gen: gen, sums: map[int]string{}, passages: map[int]int{}}
	err = v.read(ctx)
	return v.faults, err
}

// A verification reads an index.
type verification struct {
	client   *nodes.Client
	gen      *Stored
	faults   []string
	passages map[int]int    // by report
	sums     map[int]string // likewise
}

func (v *verification) fault(format string, args ...any) {
	v.faults = append(v.faults, fmt.Sprintf("%s: %s", v.gen.Index, fmt.Sprintf(format, args...)))
}

func (v *verification) read(ctx context.Context) error {
	if err := v.readPassages(ctx); err != nil {
		return err
	}
	reports := 0
	s := nodes.Search{Query: nodes.Term("doc", document.ReportKind), Size: nodes.ReadAtOnce, Sort: []nodes.Object{{"report": "asc"}}, Source: []string{"report", "id", "passages", "details.sum"}}
	err := v.client.EachRow(ctx, v.gen.Index, s, func(row *nodes.Row) error {
		var d document.Report
		if err := json.Unmarshal(row.Source, &d); err != nil {
			return err
		}
		reports++
		switch {
		case v.passages[d.Report] != d.Passages:
			v.fault("report %s has %d passages, of %d that were published", d.ID, v.passages[d.Report], d.Passages)
		case d.Passages > 0 && v.sums[d.Report] != d.Details.Sum:
			v.fault("report %s: its passages are not as they were published", d.ID)
		}
		delete(v.passages, d.Report)
		return nil
	})
	for number := range v.passages {
		v.fault("passages of report number %d, which is missing", number)
	}
	if want := v.gen.Stats.Reports; err == nil && reports != want {
		v.fault("%d reports, of %d that were published", reports, want)
	}
	return err
}

// readPassages sums the passages of each report, which stand together in their order.
func (v *verification) readPassages(ctx context.Context) error {
	total, current, sum := 0, -1, sha256.New()
	end := func() {
		if current >= 0 {
			v.sums[current] = hex.EncodeToString(sum.Sum(nil))
		}
	}
	s := nodes.Search{Query: nodes.Term("doc", document.PassageKind), Size: nodes.ReadAtOnce, Sort: []nodes.Object{{"n": "asc"}}, Source: []string{"n", "report", "body"}}
	err := v.client.EachRow(ctx, v.gen.Index, s, func(row *nodes.Row) error {
		var p document.Passage
		if err := json.Unmarshal(row.Source, &p); err != nil {
			return err
		}
		if p.Report != current {
			end()
			current = p.Report
			sum.Reset()
		}
		sum.Write(document.SumOf(&p.Body))
		v.passages[p.Report]++
		total++
		return nil
	})
	end()
	if want := v.gen.Stats.Passages; err == nil && total != want {
		v.fault("%d passages, of %d that were published", total, want)
	}
	return err
}
