package corpus

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"baogao"
)

func byID(reports []*baogao.Report) map[string]baogao.Meta {
	m := map[string]baogao.Meta{}
	for _, r := range reports {
		m[r.Meta.ID] = r.Meta
	}
	return m
}

func TestMetadata(t *testing.T) {
	dir := write(t, map[string]string{
		"a.txt":       "甲区坚持依法行政。",
		"下/b.txt":     "乙区坚持依法行政。",
		"下/c.txt":     "丙区坚持依法行政。",
		"下/深/d.jsonl": `{"id":"d","text":"丁区。","year":2020,"title":"旧"}`,
		metadataName: "\uFEFFyear,file,region,level,kind,title,number,published,source,issuer\n" +
			"2022,a.txt,510904,district,rule-of-law,安居区报告,遂安委〔2023〕21号,2023/2/28,https://example.gov.cn/1,安居区政府\n" +
			"2021,下\\b.txt,四川,,,,,,,\n" +
			"2019,下/c.txt,,,,,,,,\n" +
			"2018,下/深/d.jsonl,,,,,,,,\n",
		"下/" + metadataName: "file,year,number\nc.txt,2023,丙〔2024〕1号\n",
	})
	reports, faults := walked(t, Options{}, dir, dir)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	m := byID(reports)
	a := m["a.txt"]
	if a.Year != 2022 || a.Region.Code != "510904" || a.Region.Name != "四川省遂宁市安居区" || a.Level != baogao.District ||
		a.Kind != baogao.RuleOfLaw || a.Title != "安居区报告" || a.Number != "遂安委〔2023〕21号" || a.Published != "2023-02-28" ||
		a.Source != "https://example.gov.cn/1" || a.Issuer != "安居区政府" {
		t.Errorf("a.txt: %+v", a)
	}
	if b := m["下/b.txt"]; b.Year != 2021 || b.Region.Code != "510000" || b.Level != baogao.Province {
		t.Errorf("b.txt: %+v", b)
	}
	if c := m["下/c.txt"]; c.Year != 2023 || c.Number != "丙〔2024〕1号" {
		t.Errorf("c.txt: the nearest metadata.csv has the last word, got %+v", c)
	}
	if d := m["d"]; d.Year != 2018 || d.Title != "旧" {
		t.Errorf("d: %+v", d)
	}
	for _, f := range reports[0].Findings {
		if f.Field == "year" && (f.Origin != baogao.Given || f.Confidence != 1 || f.Value != "2022") {
			t.Errorf("finding %+v", f)
		}
	}
	// A file by itself has its metadata too.
	reports, _ = walked(t, Options{}, dir, filepath.Join(dir, "a.txt"))
	if reports[0].Meta.Year != 2022 {
		t.Errorf("a.txt by itself: %+v", reports[0].Meta)
	}
}

// TestMetadataInAnyOrder: what else is read, and before what, changes nothing
// in the metadata of a file.
func TestMetadataInAnyOrder(t *testing.T) {
	t.Chdir(write(t, map[string]string{
		"sub/a.txt":           "甲区坚持依法行政。",
		"sub/b.txt":           "乙区坚持依法行政。",
		metadataName:          "file,year,number\nsub/a.txt,2022,甲〔2023〕1号\nsub/b.txt,2021,乙〔2022〕1号\n",
		"sub/" + metadataName: "file,year\nb.txt,2019\nc.txt,2018\n",
	}))
	for _, paths := range [][]string{{"."}, {"sub/a.txt", "."}, {"sub/a.txt", "sub/b.txt", "."}, {"./sub/../sub/a.txt", "."}} {
		reports, faults := walked(t, Options{}, ".", paths...)
		m := byID(reports)
		b, ok := m["sub/b.txt"]
		if !ok {
			b = m["b.txt"]
		}
		if b.Year != 2019 || ok && b.Number != "乙〔2022〕1号" {
			t.Errorf("%q: b.txt: %+v", paths, b)
		}
		if n := strings.Count(strings.Join(faults, " "), "c.txt"); n != 1 {
			t.Errorf("%q: the row without a file is reported %d times: %q", paths, n, faults)
		}
	}
	// Of a file by itself, only the metadata.csv beside it speaks.
	reports, _ := walked(t, Options{}, ".", "sub/b.txt")
	if b := reports[0].Meta; b.Year != 2019 || b.Number != "" {
		t.Errorf("b.txt by itself: %+v", b)
	}
}

func TestMetadataIsSpelledAsQuestionsAre(t *testing.T) {
	for _, tt := range []struct{ field, text, want string }{
		{"level", "county", "district"},
		{"level", "街道办事处", "street"},
		{"level", "區縣", "district"},
		{"kind", "法治政府建设", "rule-of-law"},
		{"kind", "政府工作報告", "work"},
		{"kind", "Work", "work"},
		{"year", "2022年度", "2022"},
		{"year", "２０２２", "2022"},
		{"region", "长沙", "430100"},
		{"region", "海南", "460000"},
		{"region", "长沙县", "430121"},
	} {
		t.Run(tt.field+" "+tt.text, func(t *testing.T) {
			dir := write(t, map[string]string{"a.txt": "甲区坚持依法行政。", metadataName: "file," + tt.field + "\na.txt," + tt.text + "\n"})
			reports, faults := walked(t, Options{}, dir, dir)
			if len(reports) != 1 || len(faults) > 0 {
				t.Fatal(faults)
			}
			for _, f := range reports[0].Findings {
				if f.Field == tt.field && (f.Value != tt.want || f.Origin != baogao.Given) {
					t.Errorf("got %q, %s; want %q", f.Value, f.Origin, tt.want)
				}
			}
		})
	}
}

func TestUnknownIsNotGiven(t *testing.T) {
	dir := write(t, map[string]string{"a.txt": "青石街道2021年法治政府建设年度报告\n2021年，本街道坚持依法行政。", metadataName: "file,level,kind,year,region\na.txt,unknown,未知,不详,unknown\n"})
	reports, faults := walked(t, Options{}, dir, dir)
	if len(reports) != 1 || len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, f := range reports[0].Findings {
		if f.Origin == baogao.Given {
			t.Errorf("%s is given: %q", f.Field, f.Value)
		}
	}
}

func TestMetadataFaults(t *testing.T) {
	for _, tt := range []struct{ name, csv, want string }{
		{"ambiguous place", "file,region,year\na.txt,鼓楼区,2022\n", `metadata.csv: line 2: metadata not used: region: "鼓楼区" may be`},
		{"unknown place", "file,region,year\na.txt,没有区,2022\n", `metadata.csv: line 2: metadata not used: region: "没有区": no such place`},
		{"unknown code", "file,region,year\na.txt,999999,2022\n", `metadata.csv: line 2: metadata not used: region: "999999" is no code`},
		{"bad level", "file,level,year\na.txt,village,2022\n", `metadata.csv: line 2: metadata not used: level: "village" is not one of country, province`},
		{"years", "file,year,number\na.txt,2020..2022,x\n", `metadata.csv: line 2: metadata not used: year: "2020..2022" is not one year`},
		{"bad date", "file,published,year\na.txt,2022年底,2022\n", `metadata.csv: line 2: metadata not used: published: "2022年底" is no date`},
		{"missing file", "file,year\na.txt,2022\nb.txt,2021\n", "metadata.csv: line 3: metadata not used: no file b.txt"},
		{"no file named", "file,year\na.txt,2022\n,2021\n", "metadata.csv: line 3: metadata not used: no file is named"},
		{"two rows", "file,year\na.txt,2021\n./a.txt,2022\n", "metadata.csv: line 3: metadata not used: a second row for a.txt"},
		{"unknown column", "file,years,year\na.txt,1,2022\n", "metadata.csv: line 1: metadata not used: unknown columns: years"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := write(t, map[string]string{"a.txt": "甲区坚持依法行政。", metadataName: tt.csv})
			reports, faults := walked(t, Options{}, dir, dir)
			if len(faults) != 1 || !strings.HasPrefix(faults[0], tt.want) {
				t.Errorf("faults %q, want %q", faults, tt.want)
			}
			if len(reports) != 1 || (reports[0].Meta.Year != 2022 && reports[0].Meta.Number != "x") {
				t.Errorf("the rest of the row does not hold: %+v", reports)
			}
		})
	}
	dir := write(t, map[string]string{"a.txt": "甲区。", metadataName: "file,region\na.txt,鼓楼区\n"})
	_, faults := walked(t, Options{}, dir, dir)
	for _, code := range []string{"320106", "320302", "350102", "410204"} {
		if !strings.Contains(faults[0], code) {
			t.Errorf("%q does not name the candidate %s", faults[0], code)
		}
	}
}

func TestMetadataInGB18030(t *testing.T) {
	csv := encode(t, simplifiedchinese.GB18030, "file,title\n报告.txt,青石县报告\n")
	dir := write(t, map[string]string{"报告.txt": "甲区坚持依法行政。", metadataName: string(csv)})
	reports, faults := walked(t, Options{}, dir, dir)
	if len(faults) > 0 || len(reports) != 1 || reports[0].Meta.Title != "青石县报告" {
		t.Errorf("faults %v, %+v", faults, reports)
	}
}

func TestMetadataIsNoReport(t *testing.T) {
	dir := write(t, map[string]string{metadataName: "file\n"})
	_, faults := walked(t, Options{}, dir, filepath.Join(dir, metadataName))
	if want := []string{"metadata.csv: describes the files of its folder; give the folder"}; !slices.Equal(faults, want) {
		t.Errorf("faults %q, want %q", faults, want)
	}
}
