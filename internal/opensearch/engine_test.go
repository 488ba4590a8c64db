package opensearch_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/analyzer"
	"baogao/internal/engine/enginetest"
	"baogao/internal/gazetteer"
	"baogao/internal/opensearch"
	"baogao/internal/testkit"
	"baogao/internal/testkit/cluster"
)

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(cluster.Main(m))
}

// names tells the indexes of one run of tests from those of others.
var names = fmt.Sprintf("test%06d", rand.IntN(1_000_000))

// build builds an index of reports and returns where it is.
func build(t *testing.T, hosts, name string, reports []*baogao.Report) string {
	t.Helper()
	at := "opensearch://" + hosts + "/" + names + name
	w, err := opensearch.Create(t.Context(), at, "test")
	if err != nil {
		t.Fatal(err)
	}
	enginetest.Fill(t, w, reports)
	return at
}

func open(t *testing.T, at string) *opensearch.Index {
	t.Helper()
	s, err := opensearch.Open(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// sampleReports are those of the project, a third of them as if they were scans.
func sampleReports(t *testing.T) []*baogao.Report {
	t.Helper()
	reports := testkit.Collect(t, corpus.Reports(t.Context(), []string{testkit.Path(t, testkit.Samples)}, corpus.Options{}))
	for i := 0; i < len(reports); i += 3 {
		reports[i].Cleaning.OCR = &baogao.OCR{Pages: []int{1, 2}, Confidence: 0.9}
	}
	return reports
}

// TestSuite holds the engine to the oracle over the samples, and over texts that are
// read otherwise than they stand.
func TestSuite(t *testing.T) {
	hosts := cluster.Hosts(t)
	samples := sampleReports(t)
	if !*faults { // a sample of them: each question is several requests
		samples = samples[:6]
	}
	for name, reports := range map[string][]*baogao.Report{"samples": samples, "signs": signs()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, build(t, hosts, name, reports))
			enginetest.Run(t, s, &enginetest.Oracle{Reports: reports, Fold: analyzer.Fold, Resolve: gazetteer.Resolve})
		})
	}
}

// signs are reports of pieces with signs, marks and numbers that go on in one another.
func signs() (reports []*baogao.Report) {
	pieces := strings.Fields("深化 “放管服” 放管服 放” 管服改革 改革成效 「条例」 《条例》 《“条例” 》“ ” 。 ， 1,234件 234件 １，２３４件 12,345.6元 共1\u00a0234件 12 234 2.28 2023.2.28 23.2 .2 ① ½ m²“口袋” 》\" 500㎡ 平方米 平 米 Ⅱ类 II类 35℃ 35°C ガ カ\u3099 ｶﾞ 改革 服改 条例 法治 案件14件 们们们")
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 14 {
		r := &baogao.Report{Meta: baogao.Meta{ID: fmt.Sprint("r", i), Year: 2020 + i%3, Title: pieces[i] + "2023.2.28"}}
		for n := range 8 {
			var text strings.Builder
			for range 1 + random.IntN(14) {
				text.WriteString(pieces[random.IntN(len(pieces))])
			}
			r.Paragraphs = append(r.Paragraphs, baogao.Paragraph{Number: n + 1, Text: text.String(), Section: []string{}})
			r.Passages = append(r.Passages, baogao.Passage{Paragraph: n + 1, Text: text.String(), Section: []string{}, Figures: random.IntN(4), Plan: random.IntN(3) == 0})
		}
		reports = append(reports, r)
	}
	return reports
}
