package corpus

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/clean"
)

// shared is the folder of real reports beside the repository. They are not
// part of it; the tests that read them are skipped without them.
const shared = "../../shared"

func seeds(t *testing.T) map[string]*baogao.Report {
	t.Helper()
	if _, err := os.Stat(shared + "/seeds"); err != nil {
		t.Skip("no real reports beside the project, in " + shared)
	}
	found := map[string]*baogao.Report{}
	for r, err := range Reports(context.Background(), []string{shared + "/seeds"}, Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		found[r.Meta.ID[:3]] = r
	}
	return found
}

// occurrences counts a folded word over the passages of a report.
func occurrences(r *baogao.Report, word string) int {
	n := 0
	for _, p := range r.Passages {
		n += strings.Count(analyzer.Fold(p.Text), word)
	}
	return n
}

// TestSeedOccurrences holds cleaning to counts made by hand. Those of the
// whole file are higher by 2 for 法治政府 in 004, which also stands in two
// values of its fact table (the title, which is a paragraph too, and the
// keywords).
func TestSeedOccurrences(t *testing.T) {
	reports := seeds(t)
	for word, counts := range map[string][5]int{
		"行政复议": {0, 4, 1, 0, 3},
		"营商环境": {0, 4, 1, 1, 7},
		"法治政府": {1, 31, 11, 0, 13},
		"街道":   {2, 6, 12, 1, 29},
	} {
		for i, id := range []string{"000", "001", "002", "003", "004"} {
			if got := occurrences(reports[id], word); got != counts[i] {
				t.Errorf("%s in %s: %d, want %d", word, id, got, counts[i])
			}
		}
	}
}

func TestSeedsAreClean(t *testing.T) {
	reports := seeds(t)
	for id, r := range reports {
		for _, p := range r.Paragraphs {
			var c baogao.Cleaning
			if clean.Lines(p.Text, &c); c.Glosses > 0 {
				t.Errorf("%s: a gloss is left in %q", id, p.Text)
			}
		}
	}
	c := reports["004"].Cleaning
	if c.Repairs != 3 || c.Damaged != 0 || c.Glosses < 963 {
		t.Errorf("004: %+v", c)
	}
	for _, want := range []string{"納入區委黨校", "經過初審推薦、", "醫療衛生領域審批落實全區“證照分離”", "中国?南京", "(A类)"} {
		found := false
		for _, p := range reports["004"].Passages {
			found = found || strings.Contains(p.Text, want) || strings.Contains(analyzer.Fold(p.Text), analyzer.Fold(want))
		}
		if !found {
			t.Errorf("004 does not say %s", want)
		}
	}
}

// TestSeedMetadata holds titles and dates of publication. The places, levels,
// years and kinds of the seeds stand in cmd/eval, which holds them to this way.
func TestSeedMetadata(t *testing.T) {
	reports := seeds(t)
	for id, want := range map[string]struct{ title, published string }{
		"000": {}, "002": {published: "2025-01-14"}, "003": {},
		"001": {"中共遂宁市安居区委 遂宁市安居区人民政府 关于2022年度法治政府建设情况的报告", "2023-02-28"},
		"004": {"鼓樓區政府關于2022年度法治政府建設工作情況的報告", "2023-01-20"}, // by its table of facts
	} {
		m := reports[id].Meta
		if m.Title != want.title || m.Published != want.published {
			t.Errorf("%s: title %q, published %q, want %+v", id, m.Title, m.Published, want)
		}
	}
}

// TestSeedsCut holds what is left of a seed without its first and last five
// lines, as far as that is enough, to what the whole is.
func TestSeedsCut(t *testing.T) {
	reports := seeds(t)
	for _, id := range []string{"001", "002", "004"} {
		whole := reports[id].Meta
		data, err := os.ReadFile(filepath.Join(shared, "seeds", whole.ID))
		if err != nil {
			t.Fatal(err)
		}
		lines := slices.DeleteFunc(strings.Split(string(data), "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
		r, err := Parse(t.Context(), "", strings.Join(lines[5:len(lines)-5], "\n"))
		if err != nil {
			t.Fatal(err)
		}
		m := r.Meta
		if m.Region.Code != whole.Region.Code || m.Level != whole.Level || m.Year != whole.Year || m.Kind != whole.Kind || m.Published != "" {
			t.Errorf("%s: %s, %s, %d, %s, published %q, want %s, %s, %d, %s", id,
				m.Region.Code, m.Level, m.Year, m.Kind, m.Published, whole.Region.Code, whole.Level, whole.Year, whole.Kind)
		}
	}
}

var hanRun = regexp.MustCompile(`\p{Han}+`)

// TestHanRunsStayWhole: what a reader sees as one run of characters can be
// found, in every real report.
func TestHanRunsStayWhole(t *testing.T) {
	files, err := filepath.Glob(shared + "/data/*reports*.jsonl.gz")
	if err != nil || len(files) == 0 {
		t.Skip("no real reports beside the project, in " + shared)
	}
	for r, err := range Reports(context.Background(), append(files, shared+"/seeds"), Options{}) {
		if err != nil {
			t.Error(err)
			continue
		}
		pieces := map[int][]string{}
		for _, p := range r.Passages {
			pieces[p.Paragraph] = append(pieces[p.Paragraph], p.Text)
		}
		for _, p := range r.Paragraphs {
			if strings.Join(pieces[p.Number], "") != p.Text {
				t.Errorf("%s: the passages of paragraph %d do not give its text", r.Meta.ID, p.Number)
			}
			if len(pieces[p.Number]) == 1 {
				continue
			}
			whole := len(hanRun.FindAllString(p.Text, -1))
			for _, s := range pieces[p.Number] {
				whole -= len(hanRun.FindAllString(s, -1))
			}
			if whole != 0 {
				t.Errorf("%s: a run of paragraph %d was cut", r.Meta.ID, p.Number)
			}
		}
	}
}
