package opensearch_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"baogao"
	"baogao/internal/study"
	"baogao/internal/testkit/cluster"
	"baogao/query"
)

// TestRequests counts what questions ask of the cluster: four requests at most, for
// what was asked for the first time in a generation; one more for reports, and three
// more where parts of words are looked for. What is held is asked once for each
// filter.
func TestRequests(t *testing.T) {
	hosts := cluster.Hosts(t)
	build(t, hosts, "requests", sampleReports(t)[:4])
	first, _, _ := strings.Cut(hosts, ",")
	var asked atomic.Int32
	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: first})
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "_search") || strings.Contains(r.URL.Path, "_mget") {
			asked.Add(1)
		}
		proxy.ServeHTTP(w, r)
	}))
	defer node.Close()
	s := open(t, "opensearch://"+strings.TrimPrefix(node.URL, "http://")+"/"+names+"requests")
	for text, most := range map[string]int32{"法治": 4, "复议 -信访": 4, "within:sentence 法治 政府": 4, "within:report 复议 -信访": 4, "14件": 4, "": 4} {
		for _, grouped := range []bool{false, true} {
			req := baogao.Request{Query: query.Parse(text), Grouped: grouped, Exact: true}
			if grouped {
				most++
			}
			asked.Store(0)
			if _, err := study.Ask(t.Context(), s, req); err != nil {
				t.Fatal(err)
			}
			if n := asked.Load(); n > most {
				t.Errorf("%q, grouped %v: %d requests", text, grouped, n)
			}
		}
	}
}
