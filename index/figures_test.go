package index

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"baogao"
	"baogao/corpus"
)

// measuredReports are reports of some places and years with figures in them, as
// they are read from files.
func measuredReports(t *testing.T) []*baogao.Report {
	t.Helper()
	var all []*baogao.Report
	for place, region := range []string{"四川省遂宁市安居区", "四川省遂宁市", "江苏省南京市鼓楼区", "重庆市江北区"} {
		for year := 2021; year <= 2023; year++ {
			n := 10*place + year%10
			text := fmt.Sprintf("%[1]s人民政府%[2]d年法治政府建设年度报告\n\n一、%[2]d年工作情况\n\n全年收到行政复议申请%[3]d件，依法受理%[4]d件，审结%[5]d件，办结率%[6]d.5%%。\n\n"+
				"新增城镇就业%[3]d.5万人，一般公共预算收入%[4]d亿元，增长%[5]d.2%%。\n\n没有数字的一段话。\n\n二、下一步工作打算\n\n%[7]d年，力争受理行政复议案件超过%[8]d件。\n",
				region, year, n+20, n+12, n+10, 60+n, year+1, n+30)
			r, err := corpus.Parse(t.Context(), fmt.Sprintf("%d-%d.txt", place, year), text)
			if err != nil {
				t.Fatal(err)
			}
			r.File.Key = r.Meta.ID
			all = append(all, r)
		}
	}
	return all
}

// TestUpdatesKeepFigures updates an index: what is kept and added is as a new build
// writes it, byte for byte, and reads back as it was read from the texts.
func TestUpdatesKeepFigures(t *testing.T) {
	reports := measuredReports(t)
	updated, fresh := t.TempDir(), t.TempDir()
	buildIndex(t, updated, reports[3:9])
	u, held, err := Update(t.Context(), updated, "test")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, h := range held {
		known[h.ID] = true
	}
	now := append(append(reports[10:12:12], reports[:5]...), reports[6:8]...)
	kept := 0
	for _, r := range now {
		if known[r.Meta.ID] {
			r.File.Held = r.Meta.ID
			kept++
			err = u.Keep(t.Context(), r)
		} else {
			err = u.Add(t.Context(), r)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if kept == 0 {
		t.Error("nothing was kept: nothing is tested")
	}
	if _, err := u.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	u.Close()
	buildIndex(t, fresh, now)
	for _, file := range []string{"figures.bin", "names.zst", "text.bin"} {
		one, err := os.ReadFile(filepath.Join(updated, "gen-000002", file))
		if err != nil {
			t.Fatal(err)
		}
		other, err := os.ReadFile(filepath.Join(fresh, "gen-000001", file))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one, other) {
			t.Errorf("%s of an update differs from that of a build", file)
		}
	}
	if faults, err := Verify(updated); err != nil || len(faults) > 0 {
		t.Errorf("verify: %v, %v", faults, err)
	}
	x, err := Open(updated)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	figures := 0
	for _, r := range now {
		got, err := x.Report(t.Context(), r.Meta.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range r.Passages {
			figures += len(p.Measured)
			if want, got := fmt.Sprintf("%+v", told(p.Measured)), fmt.Sprintf("%+v", told(got.Passages[i].Measured)); got != want {
				t.Errorf("%s, passage %d:\ngot  %s\nwant %s", r.Meta.ID, i, got, want)
			}
		}
	}
	if figures < 5*len(now) {
		t.Errorf("%d figures in %d reports", figures, len(now))
	}
}

// told are figures as JSON has them.
func told(figures []baogao.Figure) []string {
	var all []string
	for _, f := range figures {
		all = append(all, asJSON(f))
	}
	return all
}

func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}
