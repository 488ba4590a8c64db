package nodes

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"baogao"
)

// bulkBytes is about how much is sent to the cluster at a time.
const bulkBytes = 4 << 20

// bulkAttempts is how often documents are sent that the cluster is too busy for.
const bulkAttempts = 8

// A Bulk sends documents to an index, many at a time.
type Bulk struct {
	client  *Client
	index   string
	name    func(document []byte) string // what a document that is refused is called
	pending bytes.Buffer
}

// NewBulk sends documents to an index.
func NewBulk(c *Client, index string, name func(document []byte) string) *Bulk {
	return &Bulk{client: c, index: index, name: name}
}

// Put sends a document with its id and the number that it is routed by, with others
// as soon as there are enough.
func (b *Bulk) Put(ctx context.Context, id string, routing int, document any) error {
	action, err := json.Marshal(Object{"index": Object{"_id": id, "routing": strconv.Itoa(routing)}})
	if err != nil {
		return err
	}
	text, err := json.Marshal(document)
	if err != nil {
		return err
	}
	b.add(action, text)
	if b.pending.Len() < bulkBytes {
		return nil
	}
	return b.Flush(ctx)
}

func (b *Bulk) add(action, document []byte) {
	for _, line := range [][]byte{action, document} {
		b.pending.Write(line)
		b.pending.WriteByte('\n')
	}
}

// Flush sends what is pending. Documents that the cluster is too busy for are sent
// again, later and later, so that it is not asked for more than it can do; each that
// it refuses is named.
func (b *Bulk) Flush(ctx context.Context) error {
	for attempt := 0; b.pending.Len() > 0; attempt++ {
		if err := b.send(ctx); err != nil {
			return err
		}
		if b.pending.Len() == 0 {
			return nil
		}
		if attempt == bulkAttempts {
			return fmt.Errorf("%s: %w: it is too busy for a build", b.client.Location, baogao.ErrUnavailable)
		}
		if err := wait(ctx, backoff(attempt)); err != nil {
			return err
		}
	}
	return nil
}

// An item is what the cluster says of one document.
type item struct {
	Status int `json:"status"`
	Error  *struct {
		Type   string `json:"type"`
		Reason string `json:"reason"`
	} `json:"error"`
}

// send sends what is pending once, and keeps what the cluster is too busy for.
func (b *Bulk) send(ctx context.Context) error {
	var answer struct {
		Items []struct {
			Index item `json:"index"`
		} `json:"items"`
	}
	sent := bytes.Clone(b.pending.Bytes())
	if err := b.client.Do(ctx, http.MethodPost, "/"+b.index+"/_bulk", sent, &answer); err != nil {
		return err
	}
	b.pending.Reset()
	lines := bytes.Split(bytes.TrimSuffix(sent, []byte("\n")), []byte("\n"))
	if len(answer.Items) != len(lines)/2 {
		return fmt.Errorf("%s: the cluster answers for %d of %d documents", b.client.Location, len(answer.Items), len(lines)/2)
	}
	var faults []error
	for i := range answer.Items {
		action, document, it := lines[2*i], lines[2*i+1], &answer.Items[i].Index
		switch {
		case it.Status == http.StatusTooManyRequests || it.Status == http.StatusServiceUnavailable:
			b.add(action, document)
		case it.Status >= http.StatusBadRequest && it.Error != nil:
			faults = append(faults, fmt.Errorf("%s: %s: %s", b.name(document), it.Error.Type, it.Error.Reason))
		}
	}
	return errors.Join(faults...)
}
