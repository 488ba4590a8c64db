package opensearch_test

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"testing"

	"baogao"
	"baogao/internal/engine"
	"baogao/internal/engine/enginetest"
	"baogao/internal/testkit"
	"baogao/internal/testkit/cluster"
)

// TestCopy copies an index of a folder into a cluster and back: reports come back byte
// for byte, and questions find the same.
func TestCopy(t *testing.T) {
	hosts, reports := cluster.Hosts(t), sampleReports(t)
	mirror := *reports[0]
	mirror.Meta.ID = "mirror/" + mirror.Meta.ID
	dir := testkit.Build(t, append(reports, &mirror))
	at, back := "opensearch://"+hosts+"/"+names+"copy", filepath.Join(t.TempDir(), "back")
	for _, c := range [][2]string{{dir, at}, {at, back}} {
		published, err := engine.Copy(t.Context(), c[0], c[1], "test")
		if err != nil {
			t.Fatal(err)
		}
		if published.Reports != len(reports)+1 || len(published.CopyOf) != 1 {
			t.Errorf("%+v", published)
		}
	}
	var all [3]baogao.Searcher
	for i, location := range []string{dir, at, back} {
		s, err := engine.Open(location)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		all[i] = s
	}
	for _, r := range append(reports, &mirror) {
		var texts [3]string
		for i, s := range all {
			whole, err := s.Report(t.Context(), r.Meta.ID)
			if err != nil {
				t.Fatal(err)
			}
			b, err := json.Marshal([]any{whole, whole.Passages})
			if err != nil {
				t.Fatal(err)
			}
			texts[i] = string(b)
		}
		if texts[0] != texts[1] || texts[0] != texts[2] {
			t.Errorf("%s is\n%.600s, in the cluster\n%.600s, and back\n%.600s", r.Meta.ID, texts[0], texts[1], texts[2])
		}
	}
	for _, q := range enginetest.Questions[:60] {
		req := requestOf(t, all[0], q)
		var results [3]*baogao.Result
		for i, s := range all {
			res, err := s.Search(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			results[i] = res
		}
		for _, res := range results[1:] {
			if res.Total != results[0].Total || !reflect.DeepEqual(res.Facets, results[0].Facets) || !reflect.DeepEqual(res.Cells, results[0].Cells) || !reflect.DeepEqual(res.Hits, results[0].Hits) {
				t.Errorf("%s: %+v, at first %+v", q.Text, res.Total, results[0].Total)
			}
		}
	}
}
