package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/engine"
	"baogao/query"
)

var (
	edits = flag.Int("edits", 22, "how many times TestUpdatesEqualBuilds changes the files")
	kills = flag.Int("kills", 5, "how many builds and updates TestKilledBuilds kills")
	seed  = flag.Uint64("seed", 0, "of what is random in TestUpdatesEqualBuilds and TestKilledBuilds; 0 takes another each time")
)

// newRandom is what is random in a test, which says how to have the same again.
func newRandom(t *testing.T) *rand.Rand {
	t.Helper()
	from := cmp.Or(*seed, rand.Uint64())
	t.Logf("-seed=%d", from)
	return rand.New(rand.NewPCG(from, 0))
}

// questions are asked of an updated index and of one built anew.
var questions = []string{
	"", "行政复议", "行政復議 案件", "法治政府 OR 信访", "营商环境 -街道", "件", "14件", "level:street", "region:四川 法治", "year:2022",
	"within:report 行政复议 信访", "within:sentence 案件 办结", "火星复议移民", "title:报告", "region:unknown",
}

// A shelf is a folder of files that are changed at random.
type shelf struct {
	dir     string
	random  *rand.Rand
	next    int
	hidden  string   // a folder in which nothing can be changed
	changes []change // in the order of this turn
}

// TestUpdatesEqualBuilds changes files in every way, in random order, and holds
// the updated index to one that is built anew: in every answer, every report,
// every count. -edits=200 asks for more.
func TestUpdatesEqualBuilds(t *testing.T) {
	if testing.Short() {
		t.Skip("no index is changed over and over under -short")
	}
	s := &shelf{dir: t.TempDir(), random: newRandom(t)}
	for range 12 {
		s.add(t)
	}
	updated := filepath.Join(t.TempDir(), "updated")
	kept := 0
	for n := range *edits {
		done := s.edit(t, n)
		kept += updateAndCompare(t, s.dir, updated, fmt.Sprintf("edit %d (%s)", n, done))
	}
	if kept < 5**edits {
		t.Errorf("%d reports were kept in %d updates", kept, *edits)
	}
}

// updateAndCompare updates an index and compares it with a new one. It returns
// how many reports were kept. A reader of the former generation must not
// notice.
func updateAndCompare(t *testing.T, files, updated, what string) (kept int) {
	t.Helper()
	before, _ := engine.Open(updated)
	held := ""
	if before != nil {
		defer before.Close()
		held = answers(t, before)
	}
	log, updatedTable, freshTable := &strings.Builder{}, filepath.Join(t.TempDir(), "updated.csv"), filepath.Join(t.TempDir(), "fresh.csv")
	if err := update(t.Context(), &progress{log: log}, updated, []string{files}, intakeFlags{report: updatedTable}); err != nil {
		t.Fatalf("%s: %v\n%s", what, err, log)
	}
	if before != nil && answers(t, before) != held {
		t.Fatalf("%s: a reader of the former generation gets other answers", what)
	}
	fresh := filepath.Join(t.TempDir(), "fresh")
	if err := build(t.Context(), &progress{log: io.Discard}, fresh, []string{files}, intakeFlags{report: freshTable}); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if faults, err := engine.Verify(updated); err != nil || len(faults) > 0 {
		t.Fatalf("%s: %v %v", what, faults, err)
	}
	if got, want := allAnswers(t, updated), allAnswers(t, fresh); got != want {
		t.Fatalf("%s: %s", what, difference(got, want))
	}
	if got, want := content(t, updatedTable), content(t, freshTable); got != want {
		t.Fatalf("%s: tables: %s", what, difference(got, want))
	}
	os.RemoveAll(fresh)
	_, line, _ := strings.Cut(log.String(), " gone, ")
	fmt.Sscanf(line, "%d kept", &kept)
	return kept
}

func content(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func allAnswers(t *testing.T, dir string) string {
	t.Helper()
	s, err := engine.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	return answers(t, s)
}

// answers writes down the answers to all questions, in both views, and the
// reports in the order in which they are found.
func answers(t *testing.T, s baogao.Searcher) string {
	t.Helper()
	var b strings.Builder
	put := func(v any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	ids := map[string]bool{}
	for _, q := range questions {
		for _, copies := range []bool{false, true} {
			res, err := s.Search(t.Context(), baogao.Request{Query: query.Parse(q), Limit: 10_000, Copies: copies})
			if err != nil {
				t.Fatal(err)
			}
			res.TookMS = 0
			put(res, nil)
			for _, h := range res.Hits {
				if !ids[h.Report.ID] {
					ids[h.Report.ID] = true
					put(s.Report(t.Context(), h.Report.ID))
				}
			}
		}
	}
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stats.Built, stats.Generation, stats.DiskBytes = "", "", 0
	put(stats, nil)
	return b.String()
}

// difference shows the first line in which two texts differ.
func difference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("updated:\n%s\nbuilt:\n%s", a[i], b[i])
		}
	}
	return "one has more lines"
}

// A change is a way to change the files.
type change struct {
	name string
	do   func(*testing.T)
}

// edit changes the files for the nth time, and says how. Every way has had its
// turn before one comes again.
func (s *shelf) edit(t *testing.T, n int) string {
	t.Helper()
	if s.changes == nil {
		s.changes = []change{
			{"add", s.add}, {"change", s.change}, {"remove", s.remove}, {"move", s.move}, {"copy", s.copy}, {"lines", s.lines},
			{"rows", s.rows}, {"archive", s.archive}, {"metadata", s.metadata}, {"bad", s.bad}, {"nothing", func(*testing.T) {}},
		}
	}
	n %= len(s.changes)
	if n == 0 {
		s.random.Shuffle(len(s.changes), func(i, j int) { s.changes[i], s.changes[j] = s.changes[j], s.changes[i] })
	}
	s.changes[n].do(t)
	return s.changes[n].name
}

// files lists the texts on the shelf, in order.
func (s *shelf) files(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(s.dir, "*", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func (s *shelf) pick(t *testing.T) string {
	t.Helper()
	names := s.files(t)
	return names[s.random.IntN(len(names))]
}

func (s *shelf) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (s *shelf) newName() string {
	s.next++
	dir := s.hidden
	for dir == s.hidden {
		dir = filepath.Join(s.dir, []string{"甲", "乙", "丙"}[s.random.IntN(3)])
	}
	return filepath.Join(dir, fmt.Sprintf("%03d.txt", s.next))
}

// text invents a report.
func (s *shelf) text() string {
	places := []string{"四川省遂宁市安居区", "四川省", "江苏省南京市鼓楼区", "重庆市江北区郭家沱街道", "某某地方"}
	sentences := []string{
		"全年共受理行政复议案件%d件,办结%d件。", "办理信访事项%d件,群众满意率达到%d%%。", "深入推进法治政府建设,开展培训%d场,受训人员%d人次。",
		"持续优化营商环境,为%d家企业解决问题%d个。", "街道综合行政执法队办理案件%d件,罚款%d元。", "还存在法治意识不强等问题,共梳理%d类%d项。",
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s%d年度法治政府建设工作报告\n一、主要工作\n", places[s.random.IntN(len(places))], 2020+s.random.IntN(4))
	for range 3 + s.random.IntN(8) {
		fmt.Fprintf(&b, sentences[s.random.IntN(len(sentences))]+"\n", s.random.IntN(500), s.random.IntN(500))
	}
	return b.String()
}

func (s *shelf) add(t *testing.T) { s.write(t, s.newName(), s.text()) }

func (s *shelf) change(t *testing.T) { s.write(t, s.pick(t), s.text()) }

func (s *shelf) remove(t *testing.T) {
	if len(s.files(t)) < 8 {
		return
	}
	if err := os.Remove(s.pick(t)); err != nil {
		t.Fatal(err)
	}
}

func (s *shelf) move(t *testing.T) {
	to := s.newName()
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(s.pick(t), to); err != nil {
		t.Fatal(err)
	}
}

// copy puts a copy on the shelf that a mirror glossed.
func (s *shelf) copy(t *testing.T) {
	b, err := os.ReadFile(s.pick(t))
	if err != nil {
		t.Fatal(err)
	}
	s.write(t, s.newName(), strings.ReplaceAll(string(b), "政", "政(zhèng)"))
}

// lines changes a file of many reports.
func (s *shelf) lines(t *testing.T) {
	name := filepath.Join(s.dir, "many.jsonl")
	b, _ := os.ReadFile(name)
	lines := strings.SplitAfter(string(b), "\n")
	at := s.random.IntN(len(lines))
	line, err := json.Marshal(map[string]string{"id": fmt.Sprint("line", at), "text": s.text()})
	if err != nil {
		t.Fatal(err)
	}
	switch s.random.IntN(3) {
	case 0:
		lines = slices.Delete(lines, at, at+1)
	case 1:
		lines[at] = string(line) + "\n"
	default:
		lines = slices.Insert(lines, at, string(line)+"\n")
	}
	s.write(t, name, strings.Join(lines, ""))
}

// rows makes a table of reports anew, at times with the same rows under other
// names.
func (s *shelf) rows(t *testing.T) {
	header := []string{"id,正文,备注", "id,备注,正文"}[s.random.IntN(2)]
	var b strings.Builder
	b.WriteString(header + "\n")
	for i := range 3 {
		fmt.Fprintf(&b, "row%d,\"第%d件行政复议案件已经办结。\",\"信访事项%d件。\"\n", i, s.random.IntN(3), s.random.IntN(3))
	}
	s.write(t, filepath.Join(s.dir, "many.csv"), b.String())
}

// archive packs some of the files.
func (s *shelf) archive(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for range 1 + s.random.IntN(3) {
		name := s.pick(t)
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.Create(filepath.Base(name))
		if err != nil {
			t.Fatal(err)
		}
		w.Write(text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	s.write(t, filepath.Join(s.dir, "packed.zip"), b.String())
}

// metadata gives one file another place and year.
func (s *shelf) metadata(t *testing.T) {
	dir := filepath.Dir(s.pick(t))
	rows := "file,region,year\n"
	for range s.random.IntN(3) {
		rows += fmt.Sprintf("%s,%s,%d\n", filepath.Base(s.pick(t)), "511102", 2015+s.random.IntN(5))
	}
	s.write(t, filepath.Join(dir, "metadata.csv"), rows)
}

// bad puts a file on the shelf that cannot be read, or takes one away.
func (s *shelf) bad(t *testing.T) {
	s.write(t, filepath.Join(s.dir, fmt.Sprintf("bad%d.txt", s.random.IntN(3))), []string{"", "\x00\x01", "好的内容。", "坏\uFFFD的内容。"}[s.random.IntN(4)])
}
