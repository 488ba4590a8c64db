// Package outcome says what became of the targets of a place, year by year, as a page
// shows it: each beside its result, with both sentences and the passages they open.
package outcome

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/cite"
	"baogao/internal/export"
	"baogao/internal/study"
	"baogao/internal/target"
	"baogao/internal/web/address"
)

// Path is that of the page.
const Path = "targets"

// A Page is the targets of a place.
type Page struct {
	State     address.State
	Place     string // that is chosen; "" where none is
	Indicator string
	Verdict   string // that is chosen, as filters take it
	Warnings  []string
	Held      int // reports within the filters
	Total     int // targets, of all verdicts
	Verdicts  []Choice
	Years     []Year
	Dropped   int // targets that the page has no room for
	Files     []Choice

	question *ask.Question
	rows     []target.Row
}

// A Choice is a way to go on.
type Choice struct {
	Name, Link, Class string
	Count             int
	Chosen            bool
}

// A Year is the targets that are set for it.
type Year struct {
	Name string
	Rows []Row
}

// A Row is a target and what became of it.
type Row struct {
	Indicator, Place       string // the place where there are several
	Class, Verdict, Reason string
	Target                 Said
	Result                 *Said
	Others                 int
}

// A Said is a figure in its sentence.
type Said struct {
	Text, Quote  string
	Source, Link string
}

// maxRows is how many targets a page shows; a file has all.
const maxRows = 150

// names are what the page calls verdicts.
var names = map[target.Verdict][2]string{ // and their classes
	target.Reached: {"达到", "reached"}, target.Missed: {"未达到", "missed"}, target.NotReported: {"未报告", "silent"}, target.NoReport: {"未收录报告", "hole"}, target.NotComparable: {"不可比", "unsure"},
}

// Read finds the targets that the address of a page asks for.
func Read(r *http.Request, x baogao.Searcher) (*Page, error) {
	s, err := address.Of(r)
	if err != nil {
		return nil, err
	}
	v := r.URL.Query()
	p := &Page{State: address.Alone(s, s.Q), Indicator: v.Get("indicator"), Verdict: v.Get("verdict")}
	verdicts, err := target.ReadVerdicts(slices.DeleteFunc(v["verdict"], func(v string) bool { return v == "" }))
	if err != nil {
		return nil, &address.BadParameter{Name: "verdict", Reason: "应是 reached、missed、not reported、no report held、not comparable 之一"}
	}
	if len(p.State.Filters["region"]) == 0 {
		return p, nil
	}
	if p.question, err = p.State.Question(r.Context(), x); err != nil {
		return nil, err
	}
	p.tell()
	typed := p.State.Typed()
	by, err := typed.Figures(ask.FigureTyped{Indicator: p.Indicator})
	if err != nil {
		return nil, err
	}
	if p.Held, err = study.Held(r.Context(), x, p.question.Request); err != nil {
		return nil, err
	}
	found, err := target.Find(r.Context(), x, p.question.Request, by)
	if err != nil {
		return nil, err
	}
	p.count(found, verdicts)
	found.Only(verdicts)
	p.rows = found.Rows
	p.show()
	return p, nil
}

// tell says which places are shown, and what was read otherwise than it was typed.
func (p *Page) tell() {
	for _, w := range p.question.Warnings {
		p.Warnings = append(p.Warnings, w.Text+"。")
	}
	var regions []string
	for _, value := range p.State.Filters["region"] {
		regions = append(regions, ask.Chinese.Name("region", value))
	}
	p.Place = strings.Join(regions, "、")
}

// link is the address of this page with another verdict, or as a file.
func (p *Page) link(verdict, format string) string {
	v := p.State.Values()
	for name, value := range map[string]string{"indicator": p.Indicator, "verdict": verdict, "format": format} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return p.State.Address(Path, v)
}

// count tells how many targets there are of each verdict.
func (p *Page) count(found *target.Table, chosen []target.Verdict) {
	p.Total = found.Total().Targets
	p.Verdicts = []Choice{{Name: "全部", Link: p.link("", ""), Count: p.Total, Chosen: len(chosen) == 0}}
	for _, v := range target.Verdicts {
		if n := found.Counts[v]; n > 0 {
			p.Verdicts = append(p.Verdicts, Choice{names[v][0], p.link(string(v), ""), names[v][1], n, slices.Contains(chosen, v)})
		}
	}
	for _, form := range export.Forms {
		p.Files = append(p.Files, Choice{Name: map[string]string{"csv": "CSV", "jsonl": "JSON Lines", "xlsx": "XLSX", "md": "Markdown"}[form], Link: p.link(p.Verdict, form)})
	}
}

// show puts the rows under their years, the newest first and what is not sure last.
func (p *Page) show() {
	rows := slices.Clone(p.rows)
	slices.SortStableFunc(rows, func(a, b target.Row) int { return cmp.Compare(b.Year, a.Year) })
	p.Dropped = max(0, len(rows)-maxRows)
	several := slices.ContainsFunc(rows, func(r target.Row) bool { return r.Target.Meta.Region.Name != rows[0].Target.Meta.Region.Name })
	for i := range rows[:len(rows)-p.Dropped] {
		row := &rows[i]
		name := "年份不确定"
		if row.Year != 0 {
			name = strconv.Itoa(row.Year) + "年"
		}
		if n := len(p.Years); n == 0 || p.Years[n-1].Name != name {
			p.Years = append(p.Years, Year{Name: name})
		}
		one := Row{Indicator: row.Target.Indicator, Class: names[row.Verdict][1], Verdict: names[row.Verdict][0], Reason: reason(row.Reason), Target: p.said(&row.Target), Others: row.Others}
		if several {
			one.Place = row.Target.Meta.Region.Name
		}
		if row.Result != nil {
			result := p.said(row.Result)
			one.Result = &result
		}
		at := &p.Years[len(p.Years)-1]
		at.Rows = append(at.Rows, one)
	}
}

// said is a figure as the page shows it.
func (p *Page) said(f *baogao.FoundFigure) Said {
	_, paragraph, _, _ := baogao.ParsePassageID(f.Passage)
	source := cite.ParagraphName(paragraph)
	if year := f.Meta.Year; year != 0 {
		source = strconv.Itoa(year) + "年度报告" + source
	}
	back := address.State{Filters: map[string][]string{}}
	return Said{written(f), f.Evidence, source, address.Passage(&baogao.Hit{ID: f.Passage, Report: f.Meta, Paragraph: paragraph}, back)}
}

// written is a figure in words: 增长6%左右.
func written(f *baogao.FoundFigure) string {
	text := f.Raw
	switch f.Direction {
	case "up":
		text = "增长" + text
	case "down":
		text = "下降" + text
	}
	switch {
	case f.Kind == "rank":
	case f.Bound == "min" && !strings.ContainsAny(f.Raw, "余多"):
		text += "以上"
	case f.Bound == "max":
		text += "以内"
	case f.Bound == "" && f.Approximate:
		text += "左右"
	}
	return text
}

// WriteFile answers with the targets as a file.
func (p *Page) WriteFile(w http.ResponseWriter, r *http.Request, x baogao.Searcher, version string) error {
	form := r.URL.Query().Get("format")
	if !slices.Contains(export.Forms, form) {
		return &address.BadParameter{Name: "format", Reason: "应是 " + strings.Join(export.Forms, "、") + " 之一"}
	}
	if p.question == nil {
		return &address.BadParameter{Name: "region", Reason: "先选一个地区"}
	}
	at, err := x.State(r.Context())
	if err != nil {
		return err
	}
	said := p.question.Said()
	for _, one := range [][2]string{{"indicator", p.Indicator}, {"verdict", p.Verdict}} {
		if one[1] != "" {
			said = append(said, one)
		}
	}
	name := url.PathEscape(export.FileName("目标与结果", p.Place) + "." + form)
	w.Header().Set("Content-Type", export.Media(form))
	w.Header().Set("Content-Disposition", `attachment; filename="baogao.`+form+`"; filename*=UTF-8''`+name)
	return export.Targets(w, form, export.TargetsOf(p.rows), export.Options{BOM: form == "csv", About: export.About(said, p.Held, at, version)})
}
