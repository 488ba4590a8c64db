package cite_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"baogao"
	"baogao/internal/cite"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// read is when everything is read: it is the 22nd in China.
var read = time.Date(2026, 11, 21, 20, 0, 0, 0, time.UTC)

var all = cite.Certain{Region: true, Year: true, Kind: true}

func region(code string, path ...string) baogao.Region {
	return baogao.Region{Code: code, Name: strings.Join(path, ""), Path: path}
}

// A sample is a work to cite, with the rule that its citation shows: sections of
// GB/T 7714—2015, unless it says another.
type sample struct {
	name, rule string
	work       cite.Work
}

func whole(m baogao.Meta, c cite.Certain) cite.Work {
	if m.ID == "" {
		m.ID = "reports/" + m.Title + m.Region.Code + ".txt"
	}
	return cite.Work{Meta: m, Certain: c}
}

func quoted(m baogao.Meta, c cite.Certain, paragraph int, text string, marked ...string) cite.Work {
	w := whole(m, c)
	w.Passage = &cite.Passage{Paragraph: paragraph, Text: text}
	for _, word := range marked {
		at := len([]rune(text[:strings.Index(text, word)]))
		w.Passage.Marks = append(w.Passage.Marks, baogao.Span{Start: at, End: at + len([]rune(word))})
	}
	return w
}

var (
	anju = baogao.Meta{
		Title: "中共遂宁市安居区委 遂宁市安居区人民政府 关于2022年度法治政府建设情况的报告", Kind: baogao.RuleOfLaw, Level: baogao.District, Year: 2022,
		Region: region("510904", "四川省", "遂宁市", "安居区"), Issuer: "中共遂宁市安居区委、遂宁市安居区人民政府", Number: "遂安委〔2023〕21号", Published: "2023-02-28", Source: "anju.txt",
	}
	qilin = baogao.Meta{
		Title: "麒麟区2024年度法治政府建设工作报告", Kind: baogao.RuleOfLaw, Year: 2024, Region: region("530302", "云南省", "曲靖市", "麒麟区"),
		Issuer: "曲靖市麒麟区人民政府", Published: "2025-02-20", Source: "https://example.org/qilin/2024?a=1&b=100%25#top",
	}
)

// samples are 24 works of all kinds.
var samples = []sample{
	{"two issuers and a number", "8.1.2: up to three authors, all of them; 8.2: the title without the authors it repeats; 8.2.3: a number belongs to the title; appendix B: Z, an official document", whole(anju, all)},
	{"a rule-of-law report without a number", "appendix B: R, a report; 4.6 and 8.6: online, so with date of the page, date of access and address", whole(qilin, all)},
	{"a passage of a file", "8.5: the place in the source behind the date, as it is; GB/T 15834 4.8: ‘ ’ in “ ”", quoted(anju, all, 17,
		"全面推进依法行政。坚持“谁执法谁普法”，办理行政复议案件14件。完善制度。", "行政复议")},
	{"a passage of a page", "4.6: the place stands before the date of the page and the date of access", quoted(qilin, all, 3, "办理行政应诉案件12件，负责人出庭率100%。", "应诉")},
	{"work report of a province", "8.1.4: the government the report is certainly of; 8.4.1: the city that it sits in, by GB/T 2260", whole(baogao.Meta{
		Title: "2024年甘肃省政府工作报告", Kind: baogao.Work, Year: 2023, Region: region("620000", "甘肃省"), Published: "2024-01-29", Source: "gansu.txt"}, all)},
	{"work report of a city without a date", "8.1.4: a heading is no author; 8.4.1: the city of the government; 8.4.3: the year after the one reported on, concluded and so in brackets", whole(baogao.Meta{
		Title: "2024年沈阳市政府工作报告", Kind: baogao.Work, Year: 2023, Region: region("210100", "辽宁省", "沈阳市"), Issuer: "三、努力建设人民满意的政府", Source: "city.jsonl"}, all)},
	{"work report of a county", "8.1.4: a county goes without the city above it; 8.4.1", whole(baogao.Meta{
		Title: "政府工作报告——2023年1月5日在肥西县第十八届人民代表大会第三次会议上", Kind: baogao.Work, Year: 2022, Region: region("340123", "安徽省", "合肥市", "肥西县"), Published: "2023-01-05"}, all)},
	{"work report of a township", "8.1.4: a township is named with its county", whole(baogao.Meta{
		Title: "湖头镇政府工作报告", Kind: baogao.Work, Year: 2023, Region: region("350524105", "福建省", "泉州市", "安溪县", "湖头镇"), Published: "2024-01-19"}, all)},
	{"work report of a prefecture", "8.1.4: 盟 and 地区 have an administrative office; 8.4.1: the name of a prefecture is not that of a city", whole(baogao.Meta{
		Title: "2024年锡林郭勒盟政府工作报告", Kind: baogao.Work, Year: 2023, Region: region("152500", "内蒙古自治区", "锡林郭勒盟")}, all)},
	{"work report of a street office", "8.1.3: a 街道 has no government, and a numbered list may go without an author", whole(baogao.Meta{
		Title: "田林街道2024年度工作报告", Kind: baogao.Work, Year: 2024, Region: region("310104007", "上海市", "徐汇区", "田林街道"), Published: "2025-01-08"}, all)},
	{"work report of the State Council", "8.1.4; 8.4.4; online, so without a place", whole(baogao.Meta{
		Title: "2025年国务院政府工作报告", Kind: baogao.Work, Year: 2024, Region: region(baogao.CountryCode, "中华人民共和国"), Published: "2025-03-12", Source: "https://www.gov.cn/gzbg/2025"}, all)},
	{"work report whose place is a guess", "8.1.3: an author is left out who is not certain; so are place and year", whole(baogao.Meta{
		Title: "政府工作报告", Kind: baogao.Work, Year: 2022, Region: region("510104", "四川省", "成都市", "锦江区")}, cite.Certain{Kind: true})},
	{"no title", "7.2: a title that was made stands in brackets, and may hold guesses", whole(baogao.Meta{
		Kind: baogao.Work, Year: 2022, Region: region("510104", "四川省", "成都市", "锦江区"), Source: "part.txt"}, cite.Certain{})},
	{"no title, an issuer", "7.2; 8.1.4", whole(baogao.Meta{
		Kind: baogao.RuleOfLaw, Year: 2024, Region: region("500105008", "重庆市", "江北区", "郭家沱街道"), Issuer: "重庆市江北区人民政府郭家沱街道办事处", Published: "2025-01-14"}, all)},
	{"nothing is known", "7.2: the title alone is made, and nothing else stands for what is not known", whole(baogao.Meta{ID: "x.txt"}, cite.Certain{})},
	{"no date, no place", "8.4: what an electronic source does not tell is left out", whole(baogao.Meta{
		Title: "关于加强行政规范性文件管理工作的通知", Kind: baogao.Other, Issuer: "某市司法局"}, all)},
	{"five issuers", "8.1.2: three of more than three, and 等", whole(baogao.Meta{
		Title: "国家发展改革委、教育部、科技部、工业和信息化部、司法部关于印发《“十四五”规划〈纲要〉》的通知", Kind: baogao.Other,
		Issuer: "国家发展改革委、教育部、科技部、工业和信息化部、司法部", Number: "发改〔2021〕1号", Published: "2021-03-01"}, all)},
	{"a mirror", "8.6: the address that was read, and 8.4.4: the date on which it was", whole(baogao.Meta{
		Title: "绵阳市人民政府关于2022年度法治政府建设情况的报告", Kind: baogao.RuleOfLaw, Year: 2022, Region: region("510700", "四川省", "绵阳市"),
		Issuer: "绵阳市人民政府", Number: "绵府〔2023〕15号", Published: "2023-01-18", Source: "http://mirror.example.cn/绵阳 2022/{a}.html"}, all)},
	{"Traditional", "8.2: as published, in its script; a short form of the author is no part of the title either", whole(baogao.Meta{
		Title: "鼓樓區政府關于2022年度法治政府建設工作情況的報告", Kind: baogao.RuleOfLaw, Year: 2022, Region: region("320106", "江苏省", "南京市", "鼓楼区"),
		Issuer: "南京市鼓楼区人民政府", Number: "鼓政〔2023〕15号", Published: "2023-01-20"}, cite.Certain{Region: true, Year: true})},
	{"quotation marks in the title", "8.2: the marks of a title stay where it stands in none", whole(baogao.Meta{
		Title: "关于深化“放管服”改革 优化营商环境的报告", Kind: baogao.Other, Issuer: "某省人民政府", Published: "2023-05-01"}, all)},
	{"brackets in the title", "8.2: brackets stay; the number that stands in some is not repeated", whole(baogao.Meta{
		Title: "某市行政规范性文件管理办法（试行）（某府发[2022]3号）", Kind: baogao.Other, Issuer: "某市人民政府", Number: "某府发〔2022〕3号", Published: "2022-03-16"}, all)},
	{"a very long title", "8.2: whole, however long", whole(baogao.Meta{
		Title: strings.Repeat("关于进一步加强和改进新形势下法治政府建设", 8) + "的报告", Kind: baogao.RuleOfLaw, Published: "2020-01-01"}, all)},
	{"a source that is a file", "8.6: what no reader can open is no address", whole(baogao.Meta{
		Title: "麒麟区2024年度法治政府建设工作报告", Kind: baogao.RuleOfLaw, Issuer: "曲靖市麒麟区人民政府", Published: "2025-02-20", Source: "javascript:alert(1)"}, all)},
	{"what TeX and RIS would stumble over", "8.2", quoted(baogao.Meta{
		Title: `R&D 100% {规划} #1_a \ ~ ^ $5` + "\nER  - ", Kind: baogao.Other, Issuer: "科 技 部；Ministry of Science & Technology", Published: "2023-05-01", Source: "https://example.org/a_b%20c"}, all, 0,
		`“A & B”占50%，{x} "y"`+"\r\nTY  - JOUR。")},
}

// TestGolden holds the entries of a list of references and the sentences to a
// file that people read.
func TestGolden(t *testing.T) {
	var got bytes.Buffer
	for i, s := range samples {
		fmt.Fprintf(&got, "%d. %s\n   by %s\n%s%s\n", i+1, s.name, s.rule, s.work.Cite(cite.GBT7714, read), s.work.Cite(cite.Plain, read))
	}
	const file = "testdata/citations.golden"
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%s differs; run go test -update and read the diff\ngot:\n%s", file, got.Bytes())
	}
}
