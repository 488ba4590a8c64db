package infer

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/dates"
)

// A record is a line of the corpora that the inference is measured on.
type record struct {
	ID, Title, Date, Region, Code, Text string
}

// records reads a corpus that lies beside the repository and is no part of it.
func records(t *testing.T, name string) []record {
	t.Helper()
	if testing.Short() {
		t.Skip("no real texts are measured under -short")
	}
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", name+".jsonl.gz"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no real texts beside the project: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zr, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var list []record
	sc := bufio.NewScanner(zr)
	sc.Buffer(nil, 64<<20)
	for sc.Scan() {
		var r record
		if err := json.Unmarshal(sc.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// body is a document of lines and nothing else.
func body(text string) Document { return Document{Lines: strings.Split(text, "\n")} }

// middle cuts a tenth of the characters off either end.
func middle(text string) string {
	runes := []rune(text)
	return string(runes[len(runes)/10 : len(runes)*9/10])
}

var gloss = regexp.MustCompile(`([\p{Han}])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,6}\)`)

// A score counts right and wrong answers, all and by confidence.
type score struct {
	right, total, unknown int
	band                  [6][2]int // confidence below 0.5, 0.6 … 1: right, total
}

func (s *score) add(t *testing.T, id, field string, got Guess, want string) {
	t.Helper()
	s.total++
	i := min(5, max(0, int(got.Confidence*10)-4))
	s.band[i][1]++
	if got.Value == want {
		s.right++
		s.band[i][0]++
		return
	}
	if got.Value == "" {
		s.unknown++
	}
	if testing.Verbose() {
		t.Logf("%s: %s = %q (%.2f), want %q; %v; %v", id, field, got.Value, got.Confidence, want, got.Candidates, got.Evidence)
	}
}

func (s *score) rate() float64 { return float64(s.right) / float64(max(1, s.total)) }

// mislabelled are records whose text is the report of another division than
// their label: 黄山区 and 恩施市 say so in their first paragraphs.
var mislabelled = map[string]string{
	"city2024-3410": "341003",
	"city2024-4228": "422801",
}

func TestAccuracyWorkReports(t *testing.T) {
	cuts := []struct {
		name  string
		cut   func(string) string
		floor map[string]float64
	}{
		{"whole", func(s string) string { return s }, map[string]float64{"region": 0.98, "level": 0.98, "year": 0.97, "kind": 0.99}},
		{"middle", middle, map[string]float64{"region": 0.97, "level": 0.97, "year": 0.95, "kind": 0.99}},
	}
	for _, c := range cuts {
		t.Run(c.name, func(t *testing.T) {
			var region, level, year, kind score
			for _, r := range records(t, "city_work_reports_2024") {
				in := Infer(body(c.cut(r.Text)))
				code := r.Code
				if real := mislabelled[r.ID]; real != "" {
					code = real
				}
				if len(code) < 6 {
					code += "000000"[len(code):]
				}
				region.add(t, r.ID, "region", in.Region, code)
				level.add(t, r.ID, "level", in.Level, string(gazetteer.LevelOf(code)))
				year.add(t, r.ID, "year", in.Year, "2023")
				kind.add(t, r.ID, "kind", in.Kind, work)
			}
			for _, r := range records(t, "province_work_reports_2026") {
				in := Infer(body(c.cut(r.Text)))
				region.add(t, r.ID, "region", in.Region, gazetteer.Resolve(r.Region)[0].Code)
				level.add(t, r.ID, "level", in.Level, "province")
				year.add(t, r.ID, "year", in.Year, "2025")
				kind.add(t, r.ID, "kind", in.Kind, work)
			}
			for name, s := range map[string]score{"region": region, "level": level, "year": year, "kind": kind} {
				t.Logf("%-6s %d of %d right, %d unknown, by confidence %v", name, s.right, s.total, s.unknown, s.band)
				if s.rate() < c.floor[name] {
					t.Errorf("%s: %.3f are right, want %.3f", name, s.rate(), c.floor[name])
				}
			}
		})
	}
}

// TestAccuracyLaws measures the region on laws, on which nothing was tuned.
// Judgments of the courts on local cases are labelled 全国 and count against it.
func TestAccuracyLaws(t *testing.T) {
	var region, kind score
	for i, r := range records(t, "laws") {
		label := gazetteer.Resolve(r.Region)
		if i%steps(48, 12) != 0 || len(label) == 0 {
			continue
		}
		d := body(r.Text)
		d.Title = r.Title
		in := Infer(d)
		got := in.Region
		if label[0].Code != baogao.CountryCode && got.Value != "" {
			got.Value = got.Value[:2] + "0000" // laws of a province's cities carry the province
		}
		region.add(t, r.ID, "region", got, label[0].Code)
		kind.add(t, r.ID, "kind", in.Kind, other)
	}
	t.Logf("region %d of %d right, %d unknown, by confidence %v", region.right, region.total, region.unknown, region.band)
	t.Logf("kind   %d of %d right, %d unknown, by confidence %v", kind.right, kind.total, kind.unknown, kind.band)
	if region.rate() < 0.92 || kind.rate() < 0.97 {
		t.Errorf("region %.3f, kind %.3f are right, want 0.92, 0.97", region.rate(), kind.rate())
	}
}

// TestAccuracyStateCouncil measures the reports of the State Council since
// 1954, with their titles.
func TestAccuracyStateCouncil(t *testing.T) {
	titleYear := regexp.MustCompile(`^(\d{4})年`)
	var region, level, year, kind score
	for _, r := range records(t, "state_council") {
		m := titleYear.FindStringSubmatch(r.Title)
		if m == nil {
			continue
		}
		d := body(r.Text)
		d.Title = r.Title
		in := Infer(d)
		region.add(t, r.ID, "region", in.Region, baogao.CountryCode)
		level.add(t, r.ID, "level", in.Level, "country")
		year.add(t, r.ID, "year", in.Year, strconv.Itoa(dates.Number(m[1])-1))
		kind.add(t, r.ID, "kind", in.Kind, work)
	}
	for name, s := range map[string]score{"region": region, "level": level, "year": year, "kind": kind} {
		t.Logf("%-6s %d of %d right, %d unknown, by confidence %v", name, s.right, s.total, s.unknown, s.band)
		if s.rate() < 0.96 {
			t.Errorf("%s: %.3f are right, want 0.96", name, s.rate())
		}
	}
}
