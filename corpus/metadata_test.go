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

func TestMetadataFaults(t *testing.T) {
	for _, tt := range []struct{ name, csv, want string }{
		{"ambiguous place", "file,region,year\na.txt,鼓楼区,2022\n", `metadata.csv: line 2: metadata not used: region: "鼓楼区" may be`},
		{"unknown place", "file,region,year\na.txt,没有区,2022\n", `metadata.csv: line 2: metadata not used: region: "没有区": no such place`},
		{"unknown code", "file,region,year\na.txt,999999,2022\n", `metadata.csv: line 2: metadata not used: region: "999999" is no code`},
		{"bad level", "file,level,year\na.txt,county,2022\n", `metadata.csv: line 2: metadata not used: level: "county" is not one of country, province`},
		{"bad date", "file,published,year\na.txt,2022年底,2022\n", `metadata.csv: line 2: metadata not used: published: "2022年底" is no date`},
		{"missing file", "file,year\na.txt,2022\nb.txt,2021\n", "metadata.csv: line 3: metadata not used: no file b.txt"},
		{"no file named", "file,year\na.txt,2022\n,2021\n", "metadata.csv: line 3: metadata not used: no file is named"},
		{"unknown column", "file,years,year\na.txt,1,2022\n", "metadata.csv: line 1: metadata not used: unknown columns: years"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := write(t, map[string]string{"a.txt": "甲区坚持依法行政。", metadataName: tt.csv})
			reports, faults := walked(t, Options{}, dir, dir)
			if len(faults) != 1 || !strings.HasPrefix(faults[0], tt.want) {
				t.Errorf("faults %q, want %q", faults, tt.want)
			}
			if len(reports) != 1 || reports[0].Meta.Year != 2022 {
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
