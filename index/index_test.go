package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"baogao"
	"baogao/index/internal/catalogue"
	"baogao/index/internal/folder"
	"baogao/index/internal/segment"
	"baogao/internal/analyzer"
	"baogao/internal/engine/enginetest"
	"baogao/internal/gazetteer"
	"baogao/query"
)

var (
	sichuan = baogao.Region{Code: "510000", Name: "四川省", Path: []string{"四川省"}}
	anju    = baogao.Region{Code: "510904", Name: "四川省遂宁市安居区", Path: []string{"四川省", "遂宁市", "安居区"}}
	jiangbi = baogao.Region{Code: "500105", Name: "重庆市江北区", Path: []string{"重庆市", "江北区"}}
	gulou   = baogao.Region{Code: "320106", Name: "江苏省南京市鼓楼区", Path: []string{"江苏省", "南京市", "鼓楼区"}}
	gulou2  = baogao.Region{Code: "320302", Name: "江苏省徐州市鼓楼区", Path: []string{"江苏省", "徐州市", "鼓楼区"}}
	newArea = baogao.Region{Name: "某某新区"}
)

// report makes a report of lines; a line beginning with # is a heading.
func report(m baogao.Meta, lines ...string) *baogao.Report {
	r := &baogao.Report{Meta: m}
	var section []string
	for i, line := range lines {
		p := baogao.Paragraph{Number: i + 1, Text: strings.TrimPrefix(line, "#"), Section: section}
		if p.Section == nil {
			p.Section = []string{}
		}
		switch {
		case line == m.Title:
			p.Title = true
		case strings.HasPrefix(line, "#"):
			p.Heading = 1
			section = []string{p.Text}
		}
		r.Paragraphs = append(r.Paragraphs, p)
		passage := baogao.Passage{Paragraph: p.Number, Text: p.Text, Section: p.Section, Heading: p.Heading, Title: p.Title}
		if before, after, ok := strings.Cut(p.Text, "|"); ok { // a paragraph in two pieces
			passage.Text, passage.Piece = before+"|", 1
			r.Passages = append(r.Passages, passage)
			passage.Text, passage.Piece = after, 2
		}
		r.Passages = append(r.Passages, passage)
	}
	return r
}

func testReports() []*baogao.Report {
	return []*baogao.Report{
		report(baogao.Meta{ID: "a.txt", Title: "关于2022年度法治政府建设情况的报告", Kind: baogao.RuleOfLaw, Level: baogao.District, Year: 2022,
			Region: anju, Issuer: "遂宁市安居区人民政府", Number: "遂安委〔2023〕21号", Published: "2023-02-28", Source: "a.txt"},
			"关于2022年度法治政府建设情况的报告", "#一、主要举措", "全年共受理行政复议案件14件,出庭应诉率达100%。“12345”热线办件114件。",
			"行政复议与应诉工作。信访事项办结99.2%!街道法治建设?", "#二、存在的问题", "政府法治工作、营商环境还有不足。"),
		report(baogao.Meta{ID: "b/2.txt", Kind: baogao.Work, Level: baogao.Street, Year: 2021, Region: jiangbi, Source: "b"},
			"街道行政復議、法治建設１４件,信訪100件。", "安装ＬＥＤ屏5G基站2023.2.28,营商环境向好。|街道营商环境。", "议"),
		report(baogao.Meta{ID: "c", Title: "法治政府建设年度报告", Kind: baogao.RuleOfLaw, Level: baogao.District, Year: 2023, Region: gulou},
			"法治政府建设年度报告", "#一、舉措", "(一)行政復議。案件14件、信訪;法治。"),
		report(baogao.Meta{ID: "d", Level: baogao.City, Year: 2022, Region: newArea}, "法治建设与信访工作,复议发发发展。"),
		report(baogao.Meta{ID: "e"}, "什么都不知道的法治报告,行政与复议分开。"),
		report(baogao.Meta{ID: "f", Kind: baogao.Other, Level: baogao.Province, Year: 2022, Region: sichuan}, "全省信访法治化,行政复议。"),
		report(baogao.Meta{ID: "g", Year: 2020, Region: gulou2, Level: baogao.District}),
	}
}

// segmentReports are reports whose passages have terms once, many times, more
// often than layers are kept, and in all of them.
func segmentReports() []*baogao.Report {
	reports := testReports()
	for i, line := range []string{
		strings.Repeat("人", 3000), strings.Repeat("工作", segment.MaxLayers-1), strings.Repeat("管理、", segment.MaxLayers+40), "独有的词语", "LED灯2023.2.28与14件、14件",
	} {
		reports = append(reports, report(baogao.Meta{ID: "segment" + string(rune('a'+i)), Year: 2020 + i, Level: baogao.City}, line, "工作"))
	}
	return reports
}

// buildIndex builds an index of reports in a new folder.
func buildIndex(t testing.TB, dir string, reports []*baogao.Report) {
	t.Helper()
	w, err := Create(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	enginetest.Fill(t, w, reports)
}

func openIndex(t testing.TB, reports []*baogao.Report) *Index {
	t.Helper()
	dir := t.TempDir()
	buildIndex(t, dir, reports)
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

func ask(t testing.TB, s baogao.Searcher, text string) *baogao.Result {
	t.Helper()
	res, err := s.Search(t.Context(), baogao.Request{Query: query.Parse(text)})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// generations lists the folders of generations in dir.
func generations(t testing.TB, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "gen-*"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range found {
		found[i] = filepath.Base(found[i])
	}
	return found
}

func TestSuite(t *testing.T) {
	reports := testReports()
	x := openIndex(t, reports)
	enginetest.Run(t, x, &enginetest.Oracle{Reports: reports, Fold: analyzer.Fold, Resolve: gazetteer.Resolve})
}

// TestSuiteInStretches asks the suite of many small segments, read side by side
// a few documents at a time.
func TestSuiteInStretches(t *testing.T) {
	defer func(a, b, c, d int) { stretchDocs, fewCandidates, segmentDocs, segmentBytes = a, b, c, d }(stretchDocs, fewCandidates, segmentDocs, segmentBytes)
	defer func(n int) { votingDepth = n }(votingDepth)
	votingDepth = 5 // others follow those that are voted for
	for _, tt := range []struct{ stretch, docs, bytes int }{{3, 1 << 20, 1 << 20}, {1, 5, 1 << 20}, {4, 1 << 20, 100}} {
		stretchDocs, fewCandidates, segmentDocs, segmentBytes = tt.stretch, 0, tt.docs, tt.bytes
		t.Run(fmt.Sprint(tt), func(t *testing.T) {
			reports := segmentReports()
			x := openIndex(t, reports)
			enginetest.Run(t, x, &enginetest.Oracle{Reports: reports, Fold: analyzer.Fold, Resolve: gazetteer.Resolve})
		})
	}
}

func TestRelaxed(t *testing.T) {
	x := openIndex(t, testReports())
	res := ask(t, x, "行政复议人员与应诉")
	if !res.Relaxed || res.Total.Passages == 0 || res.Total.Occurrences != 0 {
		t.Fatalf("relaxed %v, total %+v", res.Relaxed, res.Total)
	}
	if top := res.Hits[0]; !strings.Contains(top.Text, "行政复议与应诉") {
		t.Errorf("first hit %q", top.Text)
	}
	for _, text := range []string{"火星移民", "行政复议人员与应诉 region:火星", "\"行政复议人员\" year:1999"} {
		if res := ask(t, x, text); res.Relaxed || res.Total.Passages != 0 {
			t.Errorf("%s: relaxed %v, total %+v", text, res.Relaxed, res.Total)
		}
	}
	exact, err := x.Search(t.Context(), baogao.Request{Query: query.Parse("行政复议人员与应诉"), Exact: true})
	if err != nil || exact.Relaxed || exact.Total.Passages != 0 {
		t.Errorf("exact only: %+v, %v", exact, err)
	}
}

// TestRegions filters on the values of a facet: every number can be opened, and
// they add up.
func TestRegions(t *testing.T) {
	x := openIndex(t, testReports())
	in := func(regions ...string) *baogao.Result {
		res, err := x.Search(t.Context(), baogao.Request{Filters: []baogao.Filter{{Regions: regions}}})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	sum := 0
	for _, v := range in("510000").Facets.Region {
		if res := in(v.Value); res.Total.Passages != v.Passages {
			t.Errorf("facet value %+v opens %+v", v, res.Total)
		}
		sum += v.Passages
	}
	if whole := in("510000").Total.Passages; sum != whole || sum == 0 {
		t.Errorf("the facet of 四川 adds up to %d of %d passages", sum, whole)
	}
	if res := in(newArea.Name); res.Total.Reports != 1 {
		t.Errorf("a region without a code: %+v", res.Total)
	}
	if res := in(baogao.Nowhere); res.Total.Passages != 0 || len(res.Facets.Region) == 0 || len(res.Facets.Level) != 0 {
		t.Errorf("nowhere: %+v, facets %+v", res.Total, res.Facets)
	}
}

func TestBadRequests(t *testing.T) {
	x := openIndex(t, testReports())
	for _, req := range []baogao.Request{
		{Sort: "size"}, {Offset: -1}} {
		if _, err := x.Search(t.Context(), req); !errors.Is(err, baogao.ErrRequest) {
			t.Errorf("%+v: %v", req, err)
		}
	}
	if _, err := x.Report(t.Context(), "nope"); !errors.Is(err, baogao.ErrNotFound) {
		t.Error(err)
	}
	for _, id := range []string{"a.txt#p99", "a.txt", "nope#p1", "a.txt#p1.1", "#p", ""} {
		if _, err := x.Passage(t.Context(), id); !errors.Is(err, baogao.ErrNotFound) {
			t.Errorf("%q: %v", id, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Search(ctx, baogao.Request{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestWriterRefuses(t *testing.T) {
	dir := t.TempDir()
	w, err := Create(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := Create(dir, "test"); !errors.Is(err, baogao.ErrLocked) {
		t.Errorf("a second writer: %v", err)
	}
	twice := report(baogao.Meta{ID: "x"}, "甲")
	if err := w.Add(t.Context(), twice); err != nil {
		t.Fatal(err)
	}
	for _, r := range []*baogao.Report{twice, {}, {Meta: baogao.Meta{ID: "y"}, Passages: make([]baogao.Passage, 2)}} {
		if err := w.Add(t.Context(), r); err == nil {
			t.Errorf("report %q is taken", r.Meta.ID)
		}
	}
}

// TestReadersKeepTheirGeneration rebuilds under an open reader.
func TestReadersKeepTheirGeneration(t *testing.T) {
	dir := t.TempDir()
	buildIndex(t, dir, testReports())
	old, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	buildIndex(t, dir, testReports()[:1])
	if res := ask(t, old, ""); res.Total.Reports != 6 {
		t.Errorf("the old generation answers %+v", res.Total)
	}
	if names := generations(t, dir); len(names) != 2 {
		t.Errorf("generations %v, want the old one kept for its reader", names)
	}
	old.Close()
	buildIndex(t, dir, testReports()[:2])
	names := generations(t, dir)
	if !slices.Equal(names, []string{"gen-000003"}) {
		t.Errorf("generations %v", names)
	}
}

func TestAbandonedBuildLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	buildIndex(t, dir, testReports())
	w, err := Create(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add(t.Context(), testReports()[0]); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if names := generations(t, dir); !slices.Equal(names, []string{"gen-000001"}) {
		t.Errorf("generations %v", names)
	}
}

// editManifest replaces a piece of the manifest of the first generation, as
// another program might have written it.
func editManifest(t *testing.T, dir, from, to string) {
	t.Helper()
	name := filepath.Join(dir, "gen-000001", "manifest.json")
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), from) {
		t.Fatalf("%s does not hold %s", name, from)
	}
	var m folder.Manifest
	if err := json.Unmarshal([]byte(strings.Replace(string(b), from, to, 1)), &m); err != nil {
		t.Fatal(err)
	}
	if b, err = m.Encode(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestDamagedManifest changes each byte of a manifest in turn.
func TestDamagedManifest(t *testing.T) {
	if testing.Short() {
		t.Skip("not every byte is changed under -short")
	}
	dir := t.TempDir()
	buildIndex(t, dir, testReports())
	name := filepath.Join(dir, "gen-000001", "manifest.json")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for at := range whole {
		for _, change := range []byte{0x01, 0x20, 0x55} {
			bad := slices.Clone(whole)
			bad[at] ^= change
			if err := os.WriteFile(name, bad, 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := Verify(dir); !errors.Is(err, baogao.ErrDamaged) || !strings.Contains(err.Error(), name) {
				t.Fatalf("byte %d, %q changed by %#x: verify says %v", at, whole[at], change, err)
			}
			if _, err := Open(dir); !errors.Is(err, baogao.ErrDamaged) {
				t.Fatalf("byte %d: opening gives %v", at, err)
			}
		}
	}
}

func TestOtherFormat(t *testing.T) {
	dir := t.TempDir()
	buildIndex(t, dir, testReports())
	editManifest(t, dir, `"format": 7`, `"format": 99`)
	if _, err := Open(dir); !errors.Is(err, baogao.ErrFormat) || !strings.Contains(err.Error(), "format 99") {
		t.Error(err)
	}
	if _, err := Open(t.TempDir()); !errors.Is(err, baogao.ErrNoIndex) {
		t.Error(err)
	}
}

// TestDamage flips a byte of each file of a generation in turn. Verify must
// name the file, and searching must not take the process down.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	buildIndex(t, dir, testReports())
	gen := filepath.Join(dir, "gen-000001")
	if faults, err := Verify(dir); err != nil || len(faults) != 0 {
		t.Fatalf("a whole index: %v, %v", faults, err)
	}
	m, err := folder.ReadManifest(gen)
	if err != nil {
		t.Fatal(err)
	}
	for name := range m.Files {
		path := filepath.Join(gen, filepath.FromSlash(name))
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []int{0, len(whole) / 3, len(whole) / 2, len(whole) - 1} {
			if len(whole) == 0 {
				break
			}
			bad := slices.Clone(whole)
			bad[at] ^= 0x55
			if err := os.WriteFile(path, bad, 0o644); err != nil {
				t.Fatal(err)
			}
			faults, err := Verify(dir)
			if err != nil || len(faults) != 1 || !strings.HasPrefix(faults[0], path) {
				t.Errorf("%s, byte %d: verify says %q, %v", name, at, faults, err)
			}
			if x, err := Open(dir); err == nil {
				_, err := x.Search(t.Context(), baogao.Request{Query: query.Parse("行政复议 OR 件")}) // an answer or an error, no panic
				if err != nil && !errors.Is(err, baogao.ErrDamaged) {
					t.Errorf("%s, byte %d: searching gives %v", name, at, err)
				}
				x.Close()
			}
		}
		if err := os.WriteFile(path, whole[:len(whole)/2], 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); len(whole) > 0 && !errors.Is(err, baogao.ErrDamaged) {
			t.Errorf("%s cut in half: %v", name, err)
		}
		if err := os.WriteFile(path, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCounts gives the manifest a wrong count: no byte of another file changes.
func TestCounts(t *testing.T) {
	dir := t.TempDir()
	buildIndex(t, dir, testReports())
	editManifest(t, dir, `"reports": 7`, `"reports": 8`)
	if faults, err := Verify(dir); err != nil || len(faults) != 1 || !strings.Contains(faults[0], "counts 8 reports") {
		t.Errorf("%q, %v", faults, err)
	}
}

// TestBuildMendsCurrent builds over a CURRENT that cannot be read.
func TestBuildMendsCurrent(t *testing.T) {
	dir := t.TempDir()
	buildIndex(t, dir, testReports())
	if err := os.WriteFile(filepath.Join(dir, "CURRENT"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, baogao.ErrDamaged) {
		t.Error(err)
	}
	buildIndex(t, dir, testReports()[:3])
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if names := generations(t, dir); len(names) != 1 || len(x.gen.Reports) != 3 {
		t.Errorf("%d reports, generations %v", len(x.gen.Reports), names)
	}
}

// TestFollowerSaysWhyItStays points CURRENT at a generation that is not there.
func TestFollowerSaysWhyItStays(t *testing.T) {
	dir := t.TempDir()
	buildIndex(t, dir, testReports())
	told := make(chan error, 100)
	f, err := Follow(dir, func(err error) { told <- err })
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := os.WriteFile(filepath.Join(dir, "CURRENT"), []byte("gen-000077\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-told:
		if !strings.Contains(err.Error(), "gen-000077") {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Fatal("nobody was told")
	}
	f.turn()
	f.turn()
	if len(told) > 0 {
		t.Errorf("told again: %v", <-told)
	}
	if res := ask(t, f, "法治"); res.Total.Passages == 0 {
		t.Error("the old generation does not answer")
	}
}

// TestFollowerSeesAnIndexBuiltAnew deletes the index and builds another one,
// whose generation has the same name.
func TestFollowerSeesAnIndexBuiltAnew(t *testing.T) {
	dir := t.TempDir()
	buildIndex(t, dir, testReports())
	f, err := Follow(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	buildIndex(t, dir, testReports()[:2])
	waitFor(t, func() bool {
		s, err := f.Stats(t.Context())
		return err == nil && s.Reports == 2
	})
}

func TestFollower(t *testing.T) {
	dir := t.TempDir()
	f, err := Follow(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Search(t.Context(), baogao.Request{}); !errors.Is(err, baogao.ErrNoIndex) {
		t.Errorf("before the first build: %v", err)
	}
	var asking sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	built := make(chan struct{})
	for range 4 {
		asking.Go(func() {
			<-built
			for ctx.Err() == nil {
				if _, err := f.Search(t.Context(), baogao.Request{Query: query.Parse("法治")}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for n := 1; n <= 3; n++ {
		buildIndex(t, dir, testReports()[:n])
		waitFor(t, func() bool {
			s, err := f.Stats(t.Context())
			return err == nil && s.Reports == n
		})
		if n == 1 {
			close(built)
		}
	}
	stop()
	asking.Wait()
	waitFor(t, func() bool { // what the last user left is cleared away
		names := generations(t, dir)
		return slices.Equal(names, []string{"gen-000003"})
	})
}

// waitFor waits until a condition holds, for a minute at most.
func waitFor(t *testing.T, holds func() bool) {
	t.Helper()
	end := time.After(time.Minute)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-end:
			t.Fatal("waited in vain")
		case <-tick.C:
		}
	}
}

// manyReports are two thousand reports, each with a number of its own in every
// passage, so that they are no copies.
func manyReports() []*baogao.Report {
	var reports []*baogao.Report
	for i := range 2000 {
		r := testReports()[i%6]
		r.Meta.ID = fmt.Sprintf("%05d", i)
		r.Meta.Number = fmt.Sprintf("〔%d〕号", i)
		for n := range r.Passages {
			r.Passages[n].Text += fmt.Sprintf("第%d项。", i)
		}
		reports = append(reports, r)
	}
	return reports
}

func BenchmarkSearch(b *testing.B) {
	x := openIndex(b, manyReports())
	for _, text := range []string{
		"行政复议", "复议", "议", "行政复议 应诉", "复议 OR 信访", "14件", "region:四川 信访", "within:sentence 行政复议 案件", "行政复议人员与应诉", "",
	} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				ask(b, x, text)
			}
		})
	}
}

func BenchmarkFacets(b *testing.B) {
	x := openIndex(b, manyReports())
	for b.Loop() {
		x.reports.Facets(x.reports.All.Tallies, &catalogue.Filter{})
	}
}

func BenchmarkBuild(b *testing.B) {
	reports, passages := manyReports(), 0
	for b.Loop() {
		buildIndex(b, b.TempDir(), reports)
		for _, r := range reports {
			passages += len(r.Passages)
		}
	}
	b.ReportMetric(float64(passages)/b.Elapsed().Seconds(), "passages/s")
}
