package peers

import (
	"strings"
	"testing"

	"baogao/bench/workload"
)

func TestSQLiteStatement(t *testing.T) {
	for text, want := range map[string]string{"信访": "", "乡村振兴 发展": "", "乡村振兴 合法性审查": `fts MATCH '"乡村振兴" AND "合法性审查"'`, "*": "FROM meta WHERE 1"} {
		q, err := workload.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := sqliteStatement(q); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %s", text, got)
		}
	}
}
