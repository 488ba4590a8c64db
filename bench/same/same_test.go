package same

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"baogao/bench/peers"
	"baogao/bench/workload"
)

// program answers every question with the same text and a total that depends on
// the question.
func program(t *testing.T, total func(q string) int) *peers.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"total":{"passages":%d},"held":%d,"took_ms":%d,"hits":[{"text":"全年共受理行政复议案件14件，办结信访事项。"}]}`,
			total(r.FormValue("q")), len(r.URL.RawQuery)+len(r.Host), len(r.Host))
	}))
	t.Cleanup(s.Close)
	return &peers.Server{Address: s.URL}
}

// TestCompare tells the answers that differ, and only those.
func TestCompare(t *testing.T) {
	one := func(string) int { return 1 }
	questions := []workload.Question{{Text: "行政复议"}, {Text: "信访"}}
	asked, differ, err := Compare(t.Context(), program(t, one), program(t, one), questions, 50)
	if err != nil || asked != 52 || len(differ) > 0 {
		t.Errorf("%d asked, %v differ, %v", asked, differ, err)
	}
	other := func(q string) int { return 1 + strings.Count(q, "within:report") }
	_, differ, err = Compare(t.Context(), program(t, one), program(t, other), questions, 50)
	if err != nil || len(differ) != 4 || differ[0].Field != "total" || differ[0].Then == differ[0].Now {
		t.Errorf("%v differ, %v", differ, err)
	}
}
