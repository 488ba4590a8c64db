package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/eval"
)

var (
	whole  = flag.Bool("whole", false, "measure all real texts as make eval does, and not samples of them")
	update = flag.Bool("update", false, "rewrite the golden file of the sample")
)

// root is the folder of the project.
var root = filepath.Join("..", "..")

// TestGolden holds what is measured to what is kept.
func TestGolden(t *testing.T) {
	if !*whole {
		t.Skip("all real texts are measured with -whole; samples of them are held to what is kept")
	}
	for _, p := range parts {
		if p.golden == "" {
			continue
		}
		t.Run(filepath.Base(p.golden), func(t *testing.T) {
			report, complete, err := p.measure(t.Context(), root)
			if err != nil {
				t.Fatal(err)
			}
			if !complete {
				t.Skipf("no real texts in %s", sharedDir(root))
			}
			want, err := os.ReadFile(filepath.Join(root, p.golden))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(report, want) {
				t.Errorf("%s differs; run make eval, which is go run ./cmd/eval --update, and read the diff", p.golden)
			}
		})
	}
}

// TestKeptCalibration holds the confidence that is kept to what is right, in all views
// together and in each.
func TestKeptCalibration(t *testing.T) {
	golden, err := os.ReadFile(filepath.Join(root, parts[0].golden))
	if err != nil {
		t.Fatal(err)
	}
	for _, view := range append([]string{"all sets and views"}, views...) {
		_, table, found := strings.Cut(string(golden), "\ncalibration, "+view)
		table, _, _ = strings.Cut(table, "\n\n")
		if !found || strings.Contains(table, "off by more than") {
			t.Errorf("calibration, %s%s", view, table)
		}
	}
}

// sampleStep is how many documents and questions there are for one that is in
// a sample.
const sampleStep = 10

// TestSampleOfMetadata holds a sample of the documents to the misses that are
// kept of them.
func TestSampleOfMetadata(t *testing.T) {
	if testing.Short() {
		t.Skip("no real texts are measured under -short")
	}
	all, complete, err := readAll(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	if !complete {
		t.Skipf("no real texts in %s", sharedDir(root))
	}
	var sample []document
	sampled := map[string]bool{}
	for i, d := range all {
		if i%sampleStep == 0 || d.set == "seeds" || d.set == "samples" {
			sample = append(sample, d)
			sampled[d.set+" "+d.id] = true
		}
	}
	report, err := reportOn(t.Context(), sample)
	if err != nil {
		t.Fatal(err)
	}
	golden, err := os.ReadFile(filepath.Join(root, parts[0].golden))
	if err != nil {
		t.Fatal(err)
	}
	got, want := missesOf(string(report), sampled), missesOf(string(golden), sampled)
	t.Logf("%d of %d documents, %d misses", len(sample), len(all), strings.Count(want, "\n"))
	if got != want {
		t.Errorf("misses\n%swant\n%s\nrun make eval and read the diff", got, want)
	}
}

var missLine = regexp.MustCompile(`^\S+ +(\S+) .* [01]\.\d\d  (.*)$`)

// missesOf are the lines of a report that tell a miss of one of some documents,
// by set and id.
func missesOf(report string, documents map[string]bool) string {
	_, misses, _ := strings.Cut(report, "\nnot right: ")
	var b strings.Builder
	for _, line := range strings.Split(misses, "\n") {
		if m := missLine.FindStringSubmatch(line); m != nil && documents[m[1]+" "+m[2]] {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// TestSampleOfRetrieval holds the ranking of a sample of the articles to what
// is kept of it.
func TestSampleOfRetrieval(t *testing.T) {
	if testing.Short() {
		t.Skip("no real texts are measured under -short")
	}
	articles, err := readStatutes(statuteDir(root), sampleStep)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no judged questions in " + statuteDir(root))
	}
	if err != nil {
		t.Fatal(err)
	}
	var report bytes.Buffer
	for _, way := range statuteWays {
		list, err := way.ask(t.Context(), articles)
		if err != nil {
			t.Fatal(err)
		}
		if err := eval.PrintRetrieval(&report, way.name+", sample", list); err != nil {
			t.Fatal(err)
		}
	}
	golden := filepath.Join("testdata", "retrieval-sample.golden")
	if *update {
		if err := os.WriteFile(golden, report.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(report.Bytes(), want) {
		t.Errorf("got\n%swant\n%srun make eval and read the diff", report.Bytes(), want)
	}
}

// TestShortQuestions holds the order of exact matches to what is kept of it.
func TestShortQuestions(t *testing.T) {
	if testing.Short() {
		t.Skip("no real texts are measured under -short")
	}
	report, complete, err := measureShort(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	if !complete {
		t.Skipf("no short questions in %s", shortDir(root))
	}
	want, err := os.ReadFile(filepath.Join(root, parts[1].golden))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(report, want) {
		t.Errorf("got\n%swant\n%srun make eval and read the diff", report, want)
	}
}

func TestRunWithoutRealTexts(t *testing.T) {
	project, root := root, filepath.Join(t.TempDir(), "main")
	for _, dir := range []string{"samples", filepath.Join("internal", "eval", "testdata")} {
		if err := os.CopyFS(filepath.Join(root, dir), os.DirFS(filepath.Join(project, dir))); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", "") // so that nothing is there that reads scans, which takes minutes
	var out, errs strings.Builder
	if code := run(context.Background(), []string{"--root", root}, &out, &errs); code != 0 || !strings.Contains(out.String(), "named   hard") || !strings.Contains(out.String(), "scans: skipped") {
		t.Errorf("exit code %d\n%s%s", code, &out, &errs)
	}
	if code := run(context.Background(), []string{"--root", root, "--update"}, &out, &errs); code != 1 || !strings.Contains(errs.String(), "lacks real texts") {
		t.Errorf("exit code %d\n%s", code, &errs)
	}
	if code := run(context.Background(), []string{"--views"}, &out, &errs); code != 2 {
		t.Errorf("exit code %d for an unknown flag", code)
	}
	if _, err := readReal(root); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("real texts: %v", err)
	}
}

func TestTruth(t *testing.T) {
	tests := []struct {
		name  string
		truth func(record, string) eval.Truth
		r     record
		want  eval.Truth
	}{
		{"city", cityTruth, record{Title: "2024年沈阳市政府工作报告", Region: "辽宁省沈阳市", Code: "2101", Text: "现在，我代表市人民政府"},
			eval.Truth{Region: "210100", Level: baogao.City, Year: 2023, Kind: baogao.Work}},
		{"district under the label of its city", cityTruth, record{Title: "2024年黄山市政府工作报告", Region: "安徽省黄山市", Code: "3410", Text: "现在，我代表区人民政府"},
			eval.Truth{Region: "341000", Within: true, Level: baogao.District, Year: 2023, Kind: baogao.Work}},
		{"resolution", councilTruth, record{Title: "关于政府工作报告的决议", Kind: "resolution", Text: "全国人民代表大会"},
			eval.Truth{Region: "100000", Level: baogao.Country, Year: eval.NoYear, Kind: baogao.Other}},
		{"ministry filed under a province", policyTruth, record{Title: "Notice of the Ministry", Region: "山东省", Text: "我国"},
			eval.Truth{Region: "100000", Within: true, Level: baogao.Country, Year: eval.NoYear, Kind: baogao.Other}},
		{"city filed under its province, without a clue", policyTruth, record{Title: "Qingdao 2021", Region: "山东省", Text: "各区"},
			eval.Truth{Region: "370200", Within: true, NoClue: true, Level: baogao.City, Kind: baogao.Other}},
		{"year in the first line", policyTruth, record{Title: "Action Plan", Region: "全国", Text: "2021年我国行动计划\n全国"},
			eval.Truth{Region: "100000", Within: true, Level: baogao.Country, Year: 2021, Kind: baogao.Other}},
		{"law of a city", lawTruth, record{Title: "宁波市气候资源条例", Region: "浙江", Text: "宁波"},
			eval.Truth{Region: "330000", Within: true, Level: baogao.City, Year: eval.NoYear, Kind: baogao.Other}},
		{"law on what lies in a county", lawTruth, record{Title: "鹤壁市浚县古城保护条例", Region: "河南", Text: "鹤壁"},
			eval.Truth{Region: "410000", Within: true, Year: eval.NoYear, Kind: baogao.Other}},
		{"court case", lawTruth, record{Title: "李某诉某书店案", Region: "全国", Category: "案例/消费购物"},
			eval.Truth{Within: true, Year: eval.NoYear, Kind: baogao.Other}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.truth(tt.r, tt.r.Text); got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

// TestHardCases holds what is inferred of the invented cases to the truth, all
// of it, and the cases to names that tell them apart.
func TestHardCases(t *testing.T) {
	list, err := readCases("hard", filepath.Join(root, "internal", "eval", "testdata", "hard.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, d := range list {
		if seen[d.name] {
			t.Errorf("two cases are called %s", d.name)
		}
		seen[d.name] = true
		t.Run(d.name, func(t *testing.T) {
			found, err := d.judge(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, j := range found {
				if !j.Right {
					t.Errorf("%s = %q (%.2f), want %q", j.Field, j.Got, j.Confidence, j.Want)
				}
			}
		})
	}
	if len(list) < 100 {
		t.Errorf("%d cases", len(list))
	}
}

// TestOpenings holds what is inferred of the invented openings to how often it must be
// right, how often it must say something, and what its confidence must be worth.
func TestOpenings(t *testing.T) {
	all, err := readInvented(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	var list []eval.Judgement
	documents := 0
	for _, d := range all {
		if d.set != "openings" {
			continue
		}
		documents++
		found, err := d.judge(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, found...)
	}
	if documents < 200 {
		t.Errorf("%d openings, want 200", documents)
	}
	for _, want := range []struct {
		field               string
		precision, coverage float64
	}{{"region", 0.995, 0.95}, {"level", 0.99, 0.95}, {"year", 0.985, 0.96}, {"kind", 0.985, 0.96}} {
		var c eval.Count
		for _, j := range list {
			if j.Field == want.field {
				c.Add(j)
			}
		}
		if c.Precision() < want.precision || c.Coverage() < want.coverage {
			t.Errorf("%s: precision %.3f, coverage %.3f, want %.3f, %.3f", want.field, c.Precision(), c.Coverage(), want.precision, want.coverage)
		}
	}
	for _, b := range eval.Calibration(list) {
		if !b.Fits() {
			t.Errorf("%s: of %d answers from %.1f on %.3f are right, and %.3f is claimed", b.Field, b.N, b.From, b.Right, b.Claimed)
		}
	}
}

// TestUnreadIsAnError indexes a report beside a file that cannot be read, and one
// with metadata that is not used.
func TestUnreadIsAnError(t *testing.T) {
	const report = "某某市人民政府\n关于2022年度法治政府建设情况的报告\n全年受理行政复议案件十四件。\n"
	for name, tt := range map[string]struct {
		file, text string
		lost       bool
	}{
		"an archive that is cut off": {"broken.zip", "PK\x03\x04", true},
		"metadata of no report":      {"metadata.csv", "file,title\nnothing.txt,无\n", false},
	} {
		dir := t.TempDir()
		for file, text := range map[string]string{"a.txt": report, tt.file: tt.text} {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		used := false
		err := withIndex(t.Context(), []string{dir}, func(baogao.Searcher) error { used = true; return nil })
		if used == tt.lost || (err != nil) != tt.lost || tt.lost && !strings.Contains(err.Error(), tt.file) {
			t.Errorf("%s: used %t, %v", name, used, err)
		}
	}
}
