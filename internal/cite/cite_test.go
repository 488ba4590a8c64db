package cite_test

import (
	"errors"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/cite"
	"baogao/internal/testkit"
)

func TestQuote(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"甲", "“甲”"},
		{"深化“放管服”改革", "“深化‘放管服’改革”"},
		{"‘一’“二‘三’”", "““一”‘二“三”’”"},
		{`推进"一网通办"和"跨省通办"`, "“推进‘一网通办’和‘跨省通办’”"},
		{`一根3"管`, "“一根3\"管”"},
		{"the people’s government", "“the people’s government”"},
		{"服务”改革", "“服务’改革”"},
		{" 一\n二\r\n三 ", "“一 二 三”"},
	} {
		if got := cite.Quote(tt.in); got != tt.want {
			t.Errorf("%q is quoted as %s, want %s", tt.in, got, tt.want)
		}
	}
}

// TestQuotation wants the sentences with marks, the marks being in 【】.
func TestQuotation(t *testing.T) {
	long := strings.Repeat("长", 299) + "。"
	for _, tt := range []struct{ in, want string }{
		{"一。二。三。", "“一。二。三。”"},
		{"一。【二】。三。", "“二。”"},
		{"一。【二】。三！【四】【四】？", "“二。……四四？”"},
		{"【一】。【二】。三。", "“一。二。”"},
		{"一。他说：“【二】。三。”四。五。", "“他说：‘二。三。’”"},
		{"一。他说：“二。三。”【四】。五。", "“四。”"},
		{"一。未完“【二】。三。四。", "“未完‘二。”"},
		{"【一】" + long + "【二】【二】二。", "“二二二。”"},
		{"【一】" + long + long + "三。", "“一" + long + "”"},
		{"办理㎡和1,234件。【应诉】12件。", "“应诉12件。”"},
		{"无句号【应诉】12件", "“无句号应诉12件”"},
	} {
		p, letters := &cite.Passage{Paragraph: 1}, []rune(nil)
		for _, r := range tt.in {
			switch r {
			case '【':
				p.Marks = append(p.Marks, baogao.Span{Start: len(letters)})
			case '】':
				p.Marks[len(p.Marks)-1].End = len(letters)
			default:
				letters = append(letters, r)
			}
		}
		p.Text = string(letters)
		if got := (cite.Work{Passage: p}).Record(read).Quotation; got != tt.want {
			t.Errorf("of %s is quoted\n%s, want\n%s", tt.in, got, tt.want)
		}
	}
}

// TestTitles wants no more taken off a title than what stands elsewhere in the
// citation.
func TestTitles(t *testing.T) {
	for _, tt := range []struct{ title, issuer, number, want string }{
		{"甲县人民政府关于乙的报告", "甲县人民政府", "", "关于乙的报告"},
		{"甲县政府关于乙的报告", "丙市甲县人民政府", "", "关于乙的报告"},
		{"甲县人民政府关于乙的报告", "丁县人民政府", "", "甲县人民政府关于乙的报告"},
		{"中共甲县委 甲县人民政府关于乙的报告", "甲县人民政府", "", "中共甲县委 甲县人民政府关于乙的报告"},
		{"甲县人民政府2022年度报告", "甲县人民政府", "", "2022年度报告"},
		{"甲县人民政府2021-2025年规划", "甲县人民政府", "", "2021-2025年规划"},
		{"甲县人民政府工作报告", "甲县人民政府", "", "甲县人民政府工作报告"},
		{"2022年甲县人民政府工作报告", "甲县人民政府", "", "2022年甲县人民政府工作报告"},
		{"甲县人民政府关于", "甲县人民政府", "", "甲县人民政府关于"},
		{"甲县人民政府2022年", "甲县人民政府", "", "甲县人民政府2022年"},
		{"关于乙的报告", "甲县人民政府", "", "关于乙的报告"},
		{"国务院办公厅对第7264号建议的答复", "国务院办公厅", "", "对第7264号建议的答复"},
		{"国务院批转丙部关于乙的报告", "国务院", "", "批转丙部关于乙的报告"},
		{"关于乙的报告（甲府〔2022〕3号）", "", "甲府〔2022〕3号", "关于乙的报告"},
		{"关于乙的报告（甲府〔2022〕4号）", "", "甲府〔2022〕3号", "关于乙的报告（甲府〔2022〕4号）"},
		{"关于甲府〔2022〕3号的说明", "", "甲府〔2022〕3号", "关于甲府〔2022〕3号的说明"},
		{"甲府〔2022〕3号", "", "甲府〔2022〕3号", "甲府〔2022〕3号"},
		{"《关于乙的报告》", "甲县人民政府", "", "关于乙的报告"},
		{"《甲县人民政府关于〈丙〉的通知》", "甲县人民政府", "", "关于〈丙〉的通知"},
		{"《乙》与《丙》", "甲县人民政府", "", "《乙》与《丙》"},
		{"《关于《丙》的通知》", "甲县人民政府", "", "《关于《丙》的通知》"},
		{"《》", "", "", "《》"},
	} {
		w := cite.Work{Meta: baogao.Meta{Title: tt.title, Issuer: tt.issuer, Number: tt.number}}
		if got := w.Record(read).Title; got != tt.want {
			t.Errorf("%s of %s becomes %s, want %s", tt.title, tt.issuer, got, tt.want)
		}
	}
}

// TestLetters wants R of what calls itself a report, where the kind is not known.
func TestLetters(t *testing.T) {
	for title, want := range map[string]string{
		"关于乙的报告": "R", "政府工作報告": "R", "信息公开年报": "R", "政府工作报告（2023年）": "R", "《政府工作报告》": "R", "《政府工作报告》（摘要）": "R",
		"关于印发《政府工作报告》的通知": "Z", "会议讨论《政府工作报告》": "Z", "会议讨论《政府工作报告（征求意见稿）》": "Z", "报告制度": "Z", "某办法（报告）": "Z",
	} {
		if got := (cite.Work{Meta: baogao.Meta{Title: title}}).Record(read).Letter; got != want {
			t.Errorf("%s is %s, want %s", title, got, want)
		}
	}
}

// TestAuthors wants the organs of an issuer.
func TestAuthors(t *testing.T) {
	for _, tt := range []struct{ issuer, want string }{
		{"甲县人民政府", "甲县人民政府"},
		{"甲县人民政府。", "甲县人民政府"},
		{"中共甲县委. 、甲县人民政府.", "中共甲县委|甲县人民政府"},
		{"。", ""},
		{"甲市司法局；乙市司法局", "甲市司法局|乙市司法局"},
	} {
		w := cite.Work{Meta: baogao.Meta{Title: "关于乙的报告", Issuer: tt.issuer}}
		if got := strings.Join(w.Record(read).Authors, "|"); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.issuer, got, tt.want)
		}
	}
}

// TestGovernments wants the name of a government and of its city where they
// follow from the region.
func TestGovernments(t *testing.T) {
	for _, tt := range []struct{ path, code, authors, place string }{
		{"四川省", "510000", "四川省人民政府", "成都"},
		{"重庆市", "500000", "重庆市人民政府", "重庆"},
		{"广西壮族自治区", "450000", "广西壮族自治区人民政府", "南宁"},
		{"重庆市 綦江区", "500110", "重庆市綦江区人民政府", "重庆"},
		{"重庆市 城口县", "500229", "城口县人民政府", "重庆"},
		{"江苏省 苏州市 昆山市", "320583", "昆山市人民政府", "昆山"},
		{"四川省 成都市 锦江区", "510104", "成都市锦江区人民政府", "成都"},
		{"四川省 阿坝藏族羌族自治州", "513200", "阿坝藏族羌族自治州人民政府", ""},
		{"四川省 阿坝藏族羌族自治州 汶川县", "513221", "汶川县人民政府", ""},
		{"西藏自治区 阿里地区", "542500", "阿里地区行政公署", ""},
		{"湖北省 神农架林区", "429021", "", ""},
		{"内蒙古自治区 呼伦贝尔市 鄂温克族自治旗", "150724", "鄂温克族自治旗人民政府", "呼伦贝尔"},
		{"广东省 东莞市 虎门镇", "441900121", "东莞市虎门镇人民政府", "东莞"},
		{"上海市 徐汇区 田林街道", "310104012", "", "上海"},
		{"中华人民共和国", baogao.CountryCode, "国务院", "北京"},
		{"火星", "", "", ""},
	} {
		path := strings.Fields(tt.path)
		w := cite.Work{Meta: baogao.Meta{Title: "政府工作报告", Kind: baogao.Work, Region: region(tt.code, path...)}, Certain: all}
		r := w.Record(read)
		if got := strings.Join(r.Authors, "、"); got != tt.authors || r.Place != tt.place {
			t.Errorf("%s: %q in %q, want %q in %q", tt.path, got, r.Place, tt.authors, tt.place)
		}
		w.Certain.Region = false
		if r := w.Record(read); r.Authors != nil || r.Place != "" {
			t.Errorf("%s, a guess: %v in %q", tt.path, r.Authors, r.Place)
		}
	}
}

func TestCertainOf(t *testing.T) {
	got := cite.CertainOf(baogao.Sure{Region: baogao.Basis{Confidence: 0.8}, Year: baogao.Basis{Confidence: 0.79}, Kind: baogao.Basis{Confidence: 1, Origin: baogao.Given}})
	if want := (cite.Certain{Region: true, Kind: true}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// TestFind cites what ids name in an index.
func TestFind(t *testing.T) {
	text := "我区坚持依法行政。全年受理行政复议案件14件。负责人出庭应诉率100%。"
	report := &baogao.Report{
		Meta:       baogao.Meta{ID: "a.txt", Title: "关于乙的报告", Kind: baogao.RuleOfLaw},
		Findings:   []baogao.Finding{{Field: "kind", Value: "rule-of-law", Confidence: 0.9}},
		Paragraphs: []baogao.Paragraph{{Number: 1, Text: text}},
		Passages:   []baogao.Passage{{Paragraph: 1, Text: text}},
	}
	s := testkit.Open(t, []*baogao.Report{report})
	for _, tt := range []struct{ id, question, want string }{
		{"a.txt", "复议", "《关于乙的报告》。\n"},
		{"a.txt#p1", "", cite.Quote(text) + "——《关于乙的报告》，第1段。\n"},
		{"a.txt#p1", "复议", "“全年受理行政复议案件14件。”——《关于乙的报告》，第1段。\n"},
		{"a.txt#p1", "行政複議 应诉", "“全年受理行政复议案件14件。负责人出庭应诉率100%。”——《关于乙的报告》，第1段。\n"},
		{"a.txt#p1", "火星", cite.Quote(text) + "——《关于乙的报告》，第1段。\n"},
	} {
		w, err := cite.Find(t.Context(), s, tt.id, tt.question)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.Cite(cite.Plain, read); got != tt.want || !w.Certain.Kind || w.Certain.Region {
			t.Errorf("%s, %s: %+v, %s, want %s", tt.id, tt.question, w.Certain, got, tt.want)
		}
	}
	for id, says := range map[string]string{"b.txt": "report b.txt", "a.txt#p2": "passage a.txt#p2", "": "report"} {
		if _, err := cite.Find(t.Context(), s, id, ""); !errors.Is(err, baogao.ErrNotFound) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// TestStyles wants each style to be written, and to say as what it is sent.
func TestStyles(t *testing.T) {
	for _, s := range cite.Styles {
		if text := samples[0].work.Cite(s, read); !s.Known() || s.Media() == "" || s.Extension() == "" || !strings.Contains(text, "遂安委〔2023〕21号") || !strings.HasSuffix(text, "\n") {
			t.Errorf("%s: %s, %s, %q", s, s.Media(), s.Extension(), text)
		}
	}
	if cite.Style("apa").Known() {
		t.Error("apa is none")
	}
}
