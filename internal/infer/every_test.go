package infer

import (
	"flag"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/place"
)

var all = flag.Bool("all", false, "infer of all that is measured, and not of a part of it")

// steps is how many of what is measured there are for one that is taken: the
// usual number, or with -all that for the whole.
func steps(usual, whole int) int {
	if *all {
		return whole
	}
	return usual
}

// A form is a report with blanks: %C is the division, %U the word for its
// unit, %A the division above it.
type form struct {
	name, path, title string
	lines             []string
}

func (f form) fill(division, unit, above string) Document {
	r := strings.NewReplacer("%C", division, "%U", unit, "%A", above)
	d := Document{Path: r.Replace(f.path), Title: r.Replace(f.title)}
	for _, l := range f.lines {
		d.Lines = append(d.Lines, r.Replace(l))
	}
	return d
}

var countyForms = []form{
	{"report", "", "%C2022年法治政府建设情况报告", []string{
		"2022年,%C坚持依法行政,现将有关情况报告如下。", "一、全%U行政执法人员持证上岗,%U政府行政复议案件60件,%A考核为优秀。",
		"二、我%U基层执法力量不足。", "%C人民政府", "2023年1月20日"}},
	{"work report", "", "政府工作报告", []string{
		"——2023年1月5日在%C第十九届人民代表大会第三次会议上", "各位代表:", "现在,我代表%U人民政府向大会报告工作,请予审议。",
		"一、2022年工作回顾", "全%U地区生产总值增长6%,固定资产投资增长8%,我%U获评%A先进。", "二、2023年工作安排"}},
	{"folders", "%A/%C/2022年.txt", "", []string{
		"一、%U政府常务会议学法11次,全%U行政机关依法行政意识增强。", "二、行政执法人员全部持证上岗,行政复议案件206件。"}},
}

// lastPlace is the place with the highest code.
func lastPlace(t *testing.T) gazetteer.Place {
	t.Helper()
	p, ok := gazetteer.ByCode("820000")
	if !ok {
		t.Fatal("no 820000")
	}
	return p
}

// TestEveryCounty holds a short report of every county to what it is, whatever
// word its name is: each county in one of the forms, or with -all in all.
func TestEveryCounty(t *testing.T) {
	step := steps(len(countyForms), 1)
	for n, f := range countyForms {
		t.Run(f.name, func(t *testing.T) {
			for p := range lastPlace(t) + 1 {
				if int(p)%step != n%step || p.Level() != baogao.District || p.Ended() > 0 || place.UnitOf(p) == place.Park {
					continue
				}
				in := Infer(f.fill(p.Name(), string(place.UnitOf(p)), p.Parent().Name()))
				if in.Region.Value != p.Code() || in.Level.Value != "district" || in.Year.Value != "2022" {
					t.Errorf("%s %s: region %q (%.2f), level %q, year %q; %v", p.Code(), p.Name(),
						in.Region.Value, in.Region.Confidence, in.Level.Value, in.Year.Value, in.Region.Candidates)
				}
			}
		})
	}
}

// TestTowns holds short reports of one town in 100 to what they are, or with
// -all of one in 25, where their county is named once. Two towns that another shares both names with,
// and those called by a word, cannot be told; a wrong answer is none of these.
func TestTowns(t *testing.T) {
	const floor = 0.99
	f := form{"", "", "%C2022年法治政府建设情况报告", []string{
		"2022年,%C坚持依法行政,现将有关情况报告如下。", "一、%U党委会议学法12次,%A司法局派员指导。", "二、我%U执法力量不足。", "%C", "2023年1月20日"}}
	step, asked, right, wrong := steps(100, 25), 0, 0, 0
	for p := range lastPlace(t) + 1 {
		if int(p)%step != 0 || !slices.Contains(p.Parent().Towns(), p) {
			continue
		}
		asked++
		in := Infer(f.fill(p.Name(), string(place.UnitOf(p)), p.Parent().Name()))
		switch in.Region.Value {
		case p.Code():
			right++
		case "":
		default:
			wrong++
			t.Logf("%s %s: region %s (%.2f)", p.Code(), p.Name(), in.Region.Value, in.Region.Confidence)
		}
	}
	if t.Logf("%d towns, %d right, %d wrong", asked, right, wrong); float64(right) < floor*float64(asked) || wrong > 1 {
		t.Errorf("%d of %d towns are right, %d wrong; want %v of them right, and no more than one wrong", right, asked, wrong, floor)
	}
}
