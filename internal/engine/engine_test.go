package engine_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"baogao"
	"baogao/corpus"
	"baogao/internal/analyzer"
	"baogao/internal/ask"
	"baogao/internal/engine"
	"baogao/internal/engine/enginetest"
	"baogao/internal/gazetteer"
	"baogao/internal/testkit"
)

// Real reports are no part of the project; tests that can use them look here.
const seeds = "../../../shared/seeds"

const samples = "../../samples/reports"

// read reads the reports below a folder.
func read(t *testing.T, dir string) []*baogao.Report {
	t.Helper()
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		t.Skipf("%s is not here: the real reports are kept beside the project, not in it", dir)
	}
	return testkit.Collect(t, corpus.Reports(t.Context(), []string{dir}, corpus.Options{}))
}

func search(t *testing.T, s baogao.Searcher, text string) *baogao.Result {
	t.Helper()
	q, err := ask.Read(t.Context(), s, ask.Typed{Question: text}, ask.English)
	if err != nil {
		t.Fatal(err)
	}
	q.Request.Limit = 1 << 20
	res, err := q.Search(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// TestEngines holds every engine to the oracle over real texts.
func TestEngines(t *testing.T) {
	for _, set := range []struct{ name, dir string }{{"samples", samples}, {"seeds", seeds}} {
		t.Run(set.name, func(t *testing.T) {
			reports := read(t, set.dir)
			for i := 0; i < len(reports); i += 3 { // as if they were scans
				reports[i].Cleaning.OCR = &baogao.OCR{Pages: []int{1, 2}, Confidence: 0.9}
			}
			enginetest.Run(t, testkit.Open(t, reports), &enginetest.Oracle{Reports: reports, Fold: analyzer.Fold, Resolve: gazetteer.Resolve})
		})
	}
}

// TestSigns holds every engine to the oracle over texts that are read otherwise
// than they stand.
func TestSigns(t *testing.T) {
	pieces := strings.Fields("深化 “放管服” 放管服 放” 管服改革 改革成效 「条例」 《条例》 《“条例” 》“ ” 。 ， 1,234件 234件 １，２３４件 12,345.6元 共1\u00a0234件 12 234 ① ½ m²“口袋” 》\" 500㎡ 600m² 平方米 平 米 Ⅱ类 II类 35℃ 35°C ガ カ\u3099 ｶﾞ 改革 服改 条例 法治 案件14件")
	random := rand.New(rand.NewPCG(1, 2))
	var reports []*baogao.Report
	for i := range 40 {
		r := &baogao.Report{Meta: baogao.Meta{ID: fmt.Sprint("r", i), Year: 2020 + i%3}}
		for n := range 12 {
			var text strings.Builder
			for range 1 + random.IntN(14) {
				text.WriteString(pieces[random.IntN(len(pieces))])
			}
			r.Paragraphs = append(r.Paragraphs, baogao.Paragraph{Number: n + 1, Text: text.String(), Section: []string{}})
			r.Passages = append(r.Passages, baogao.Passage{Paragraph: n + 1, Text: text.String(), Figures: random.IntN(4), Plan: random.IntN(3) == 0})
		}
		reports = append(reports, r)
	}
	enginetest.Run(t, testkit.Open(t, reports), &enginetest.Oracle{Reports: reports, Fold: analyzer.Fold, Resolve: gazetteer.Resolve})
}

// TestEveryPassageIsReachable asks for four Chinese characters in a row, cut
// anywhere out of a passage, and for the passage's text in the other script.
func TestEveryPassageIsReachable(t *testing.T) {
	for _, set := range []struct{ name, dir string }{{"samples", samples}, {"seeds", seeds}} {
		t.Run(set.name, func(t *testing.T) {
			reports := read(t, set.dir)
			s := testkit.Open(t, reports)
			random := rand.New(rand.NewPCG(1, 2))
			asked := 0
			for _, r := range reports {
				for _, p := range r.Passages {
					cuts := hanCuts(p.Text, 4)
					random.Shuffle(len(cuts), func(i, j int) { cuts[i], cuts[j] = cuts[j], cuts[i] })
					for _, cut := range cuts[:min(len(cuts), 12)] {
						id := baogao.PassageID(r.Meta.ID, p.Paragraph, p.Piece)
						for _, text := range []string{cut, analyzer.Fold(cut)} {
							asked++
							if res := search(t, s, text); !holds(res, id) {
								t.Errorf("%s does not find %s", text, id)
							}
						}
					}
				}
			}
			if asked < 1000 {
				t.Errorf("only %d questions", asked)
			}
		})
	}
}

// number is a number with what stands behind it.
var number = regexp.MustCompile(`[0-9０-９]+(?:[.,．][0-9０-９]+)*([%％‰]|\p{Han})?`)

// TestFiguresOfPassages counts the figures of passages again.
func TestFiguresOfPassages(t *testing.T) {
	for _, set := range []struct{ name, dir string }{{"samples", samples}, {"seeds", seeds}} {
		t.Run(set.name, func(t *testing.T) {
			found := 0
			for _, r := range read(t, set.dir) {
				for _, p := range r.Passages {
					want := 0
					for _, at := range number.FindAllStringSubmatchIndex(p.Text, -1) {
						before := strings.TrimRightFunc(p.Text[:at[0]], unicode.IsSpace)
						if at[2] >= 0 && !strings.ContainsAny(p.Text[at[2]:at[3]], "年月日号號") && !strings.HasSuffix(before, "第") {
							want++
						}
					}
					if found += want; p.Figures != want {
						t.Errorf("%s: %d figures, want %d in %s", r.Meta.ID, p.Figures, want, p.Text)
					}
				}
			}
			if found < 100 {
				t.Errorf("only %d figures", found)
			}
		})
	}
}

// TestPasted asks for the runs between the punctuation of real texts as they
// stand, with their quotation marks, signs and numbers.
func TestPasted(t *testing.T) {
	parts := func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("，。；：、！？,;:!?()（）…—-－−|｜", r)
	}
	for _, set := range []struct{ name, dir string }{{"samples", samples}, {"seeds", seeds}} {
		t.Run(set.name, func(t *testing.T) {
			reports := read(t, set.dir)
			s := testkit.Open(t, reports)
			for _, r := range reports {
				for _, p := range r.Passages {
					for _, run := range strings.FieldsFunc(p.Text, parts) {
						if strings.Trim(run, "“”‘’《》\"") == "" {
							continue
						}
						if res := search(t, s, run); !holds(res, baogao.PassageID(r.Meta.ID, p.Paragraph, p.Piece)) || res.Relaxed {
							t.Errorf("%s is not found in %s", run, p.Text)
						}
					}
				}
			}
		})
	}
}

// hanCuts returns all runs of n Chinese characters of a text.
func hanCuts(text string, n int) []string {
	var cuts []string
	runes := []rune(text)
	for i := 0; i+n <= len(runes); i++ {
		if cut := runes[i : i+n]; !slices.ContainsFunc(cut, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
			cuts = append(cuts, string(cut))
		}
	}
	return cuts
}

func holds(res *baogao.Result, id string) bool {
	return !res.Relaxed && slices.ContainsFunc(res.Hits, func(h baogao.Hit) bool { return h.ID == id })
}

// TestSeedCounts holds the counts of the real reports to those of a careful
// reader.
func TestSeedCounts(t *testing.T) {
	s := testkit.Open(t, read(t, seeds))
	for _, tt := range []struct {
		text                 string
		reports, occurrences int
	}{{"行政复议", 3, 8}, {"行政復議", 3, 8}, {"营商环境", 4, 13}, {"營商環境", 4, 13}} {
		res := search(t, s, tt.text)
		if res.Total.Reports != tt.reports || res.Total.Occurrences != tt.occurrences {
			t.Errorf("%s: %+v, want %d reports and %d occurrences", tt.text, res.Total, tt.reports, tt.occurrences)
		}
		folded := analyzer.Fold(tt.text)
		marks := 0
		for _, h := range res.Hits {
			for _, m := range h.Highlights {
				marks++
				if got := analyzer.Fold(string([]rune(h.Text)[m.Start:m.End])); got != folded {
					t.Errorf("%s: marks %q in %s", tt.text, got, h.ID)
				}
			}
		}
		if marks != res.Total.Occurrences {
			t.Errorf("%s: %d marks, %d occurrences", tt.text, marks, res.Total.Occurrences)
		}
	}
}

// TestQuestionsOfUsers says what each of the questions gives that users ask
// in odd forms.
func TestQuestionsOfUsers(t *testing.T) {
	reports := read(t, samples)
	s := testkit.Open(t, reports)
	all := 0
	for _, r := range reports {
		all += len(r.Passages)
	}
	every := search(t, s, "")
	if every.Total.Passages != all || every.Total.Occurrences != 0 || every.Relaxed {
		t.Errorf("the empty question: %+v of %d passages", every.Total, all)
	}
	if a, b := search(t, s, "14件"), search(t, s, "１４件"); a.Total != b.Total || a.Total.Passages == 0 {
		t.Errorf("14件 %+v, １４件 %+v", a.Total, b.Total)
	}
	for _, h := range search(t, s, "14件").Hits {
		if folded := analyzer.Fold(h.Text); !strings.Contains(strings.ReplaceAll(folded, "114件", ""), "14件") {
			t.Errorf("14件 finds %q", h.Text)
		}
	}
	for _, h := range search(t, s, "100%").Hits {
		if !strings.Contains(analyzer.Fold(h.Text), "100%") {
			t.Errorf("100%% finds %q", h.Text)
		}
	}
	for _, h := range search(t, s, "营商环境 -街道").Hits {
		if folded := analyzer.Fold(h.Text); strings.Contains(folded, "街道") || !strings.Contains(folded, "营商环境") {
			t.Errorf("营商环境 -街道 finds %q", h.Text)
		}
	}
	if res := search(t, s, "region:鼓楼区"); res.Total.Reports != 2 || len(res.Warnings) != 1 ||
		!strings.Contains(res.Warnings[0].Text, "350102 福建省福州市鼓楼区") || !strings.Contains(res.Warnings[0].Text, "320302 江苏省徐州市鼓楼区") {
		t.Errorf("region:鼓楼区: %+v %q", res.Total, res.Warnings)
	}
	for _, h := range search(t, s, "level:street 法治").Hits {
		if h.Report.Level != baogao.Street {
			t.Errorf("level:street finds %s, of a %s", h.ID, h.Report.Level)
		}
	}
	for _, h := range search(t, s, "year:2022..2023 复议").Hits {
		if h.Report.Year < 2022 || h.Report.Year > 2023 {
			t.Errorf("year:2022..2023 finds %s, of %d", h.ID, h.Report.Year)
		}
	}
	if res := search(t, s, `"行政复议`); res.Total != search(t, s, "行政复议").Total || len(res.Warnings) != 1 {
		t.Errorf("an unclosed quote: %+v %q", res.Total, res.Warnings)
	}
	if res := search(t, s, "应诉率:100%"); !res.Relaxed || res.Total.Passages == 0 {
		t.Errorf("应诉率:100%%: %+v, relaxed %v", res.Total, res.Relaxed)
	}
	long := strings.Repeat("行政复议与行政应诉工作稳步推进并取得成效", 100)
	if res := search(t, s, long); !res.Relaxed || res.Total.Passages == 0 {
		t.Errorf("2,000 characters: %+v, relaxed %v", res.Total, res.Relaxed)
	}
	whole := reports[0].Passages[len(reports[0].Passages)/2].Text
	if res := search(t, s, `"`+whole+`"`); res.Relaxed || res.Total.Passages == 0 {
		t.Errorf("a whole passage in quotes is not found: %+v", res.Total)
	}
}

func TestLocations(t *testing.T) {
	if _, err := engine.Open("solr://127.0.0.1:8983/reports"); err == nil {
		t.Error("an unknown engine opens")
	}
	if _, err := engine.Open(t.TempDir()); !errors.Is(err, baogao.ErrNoIndex) {
		t.Error(err)
	}
}
