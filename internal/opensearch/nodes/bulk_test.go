package nodes

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// TestBulkItems sends documents of which the cluster refuses one, and is too busy for
// another at first.
func TestBulkItems(t *testing.T) {
	var sent atomic.Int32
	node := fake(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/_bulk") {
			return
		}
		b, _ := io.ReadAll(r.Body)
		if n := sent.Add(1); n == 1 {
			io.WriteString(w, `{"items":[{"index":{"_id":"p0","status":201}},{"index":{"_id":"p1","status":429,"error":{"type":"rejected","reason":"busy"}}}]}`)
		} else if strings.Count(string(b), "\n") == 2 && strings.Contains(string(b), `"p1"`) {
			io.WriteString(w, `{"items":[{"index":{"_id":"p1","status":400,"error":{"type":"mapper","reason":"no"}}}]}`)
		}
	})
	bulk := NewBulk(clientOf(t, node), "reports-000001", func(document []byte) string { return "document " + string(document) })
	for i := range 2 {
		if err := bulk.Put(t.Context(), "p"+strconv.Itoa(i), 0, i+3); err != nil {
			t.Fatal(err)
		}
	}
	if err := bulk.Flush(t.Context()); err == nil || !strings.Contains(err.Error(), "document 4: mapper: no") || sent.Load() != 2 {
		t.Errorf("%v after %d bulks", err, sent.Load())
	}
}
