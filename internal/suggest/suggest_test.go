package suggest_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/engine/enginetest"
	"baogao/internal/suggest"
	"baogao/internal/testkit"
)

// report is a report of a division with a paragraph for each text.
func report(id, code string, level baogao.Level, year int, kind baogao.Kind, texts ...string) *baogao.Report {
	region := baogao.Region{}
	if found := ask.Regions(code); len(found) > 0 {
		region = found[0]
	}
	r := &baogao.Report{Meta: baogao.Meta{ID: id, Title: id, Region: region, Level: level, Year: year, Kind: kind}}
	for i, text := range texts {
		r.Passages = append(r.Passages, baogao.Passage{Paragraph: i + 1, Text: text})
		r.Paragraphs = append(r.Paragraphs, baogao.Paragraph{Number: i + 1, Text: text})
	}
	return r
}

// reports are of several places, years, levels and kinds, in both scripts.
func reports() []*baogao.Report {
	return []*baogao.Report{
		report("安居", "510904", baogao.District, 2022, baogao.RuleOfLaw,
			"全年受理行政复议申请十四件，审结十二件。", "行政复议以调解结案的有三件。", "办理信访事项一百余件，满意率提高。",
			"推行双随机、一公开监管，检查企业九十户。", "依照条例第二十五条的规定，公开政务信息。", "优化营商环境，减少审批环节。"),
		report("遂宁", "510900", baogao.City, 2023, baogao.RuleOfLaw,
			"全市行政复议机关收到申请二百件。", "信访工作联席会议每月召开一次。", "开展双随机、一公开抽查四百次。", "营商环境评价位居全省前列。",
			"二〇二三年，全市政务公开工作取得新进展。", "学习宣传第二十五条。"),
		report("四川", "510000", baogao.Province, 2021, baogao.Work,
			"乡村振兴战略全面推进，粮食产量稳定。", "加强生态文明建设，空气质量改善。", "安全生产责任层层压实。", "信访总量下降。", "营商环境持续优化。"),
		report("成都", "510100", baogao.City, 2023, baogao.Work,
			"营商环境建设年活动深入开展。", "经济社会发展取得新成效。", "教育、医疗、养老服务水平提高。", "法院审结案件八万件。", "未成年人保护工作得到加强。"),
		report("重庆", "500000", baogao.Province, 2023, baogao.Work,
			"信访积案化解率达到九成。", "营商环境更加公平。", "国务院办公厅通报表扬。", "推进政务公开标准化。"),
		report("临江街道", "510104020", baogao.Street, 2022, baogao.RuleOfLaw,
			"综合执法队巡查街面，劝导占道经营。", "社区调解委员会化解纠纷四十件。", "信访接待日安排领导轮值。"),
		report("香港", "440300", baogao.City, 2020, baogao.Other,
			"深圳市依法處理行政復議案件，維護羣眾權益。", "未成年人保護條例實施。", "營商環境不斷優化。"),
		report("执法", "510600", baogao.City, 2022, baogao.RuleOfLaw,
			"行政执法三项制度落实。", "双随机、一公开覆盖全部部门。", "案件质量提升。行政诉讼应诉率百分之百。", "行政诉讼案件下降。随后行政复议案件上升。",
			"信访·维稳形势平稳。", "法治宣传进社区。"),
		report("绵阳", "510700", baogao.City, 2021, baogao.Work,
			"落实“最多、只跑一次”改革。", "办理执法证件。", "查处执法监督案件。", "强化执法体系。", "依托通道县经验推进绿色发展。", "法治信访同步推进。", "法治调解信访并重。"),
	}
}

// typed takes a question and filters apart, as an address has them.
func typed(t *testing.T, text string) ask.Typed {
	t.Helper()
	question, filters, _ := strings.Cut(text, "?")
	v, err := url.ParseQuery(filters)
	if err != nil {
		t.Fatal(err)
	}
	return ask.Typed{Question: question, Regions: v["region"], Levels: v["level"], Years: v["year"], Kinds: v["kind"], Copies: v.Has("all_copies"), Report: v.Get("report")}
}

// answer asks a question and returns it with its answer.
func answer(t *testing.T, s baogao.Searcher, typed ask.Typed, in *ask.Language) (*ask.Question, *baogao.Result) {
	t.Helper()
	q, err := ask.Read(t.Context(), s, typed, in)
	if err != nil {
		t.Fatal(err)
	}
	res, err := s.Search(t.Context(), q.Request)
	if err != nil {
		t.Fatal(err)
	}
	return q, res
}

// line writes a suggestion without its counts.
func line(s baogao.Suggestion) string {
	parts := []string{s.Why.ID + ":"}
	if s.Query != "" {
		parts = append(parts, s.Query)
	}
	for _, f := range s.Filter.All() {
		if len(f.Values) > 0 {
			parts = append(parts, "["+f.Name+" "+strings.Join(f.Values, ",")+"]")
		}
	}
	return strings.Join(parts, " ")
}

// TestSuggestions asks questions as people type them, and wants what may have been
// meant, with what asking it finds.
func TestSuggestions(t *testing.T) {
	s := testkit.Open(t, reports())
	for _, tt := range []struct{ typed, want string }{
		// Places, years, levels and kinds.
		{"安居区 行政复议", "is-metadata: 行政复议 [region 510904]"},
		{"“安居区” 《行政复议》", "is-metadata: 《行政复议》 [region 510904]"},
		{"行政复议 安居", "is-metadata: 行政复议 [region 510904]"},
		{"行政復議 安居區", "is-metadata: 行政復議 [region 510904]"},
		{"2022年 信访", "is-metadata: 信访 [year 2022]"},
		{"2022年度 信访", "is-metadata: 信访 [year 2022]"},
		{"2021-2022 信访", "is-metadata: 信访 [year 2021..2022]"},
		{"街道 调解", "is-metadata: 调解 [level street]"},
		{"区县 行政复议", "is-metadata: 行政复议 [level district]"},
		{"政府工作报告 营商环境", "is-metadata: 营商环境 [kind work]"},
		{"四川省 遂宁市 信访", "is-metadata: 信访 [region 510900]"},
		{"遂宁市 四川省 信访", "is-metadata: 信访 [region 510900]"},
		{"四川 重庆 信访", "is-metadata: 信访 [region 510000,500000]"},
		{"成都 2023 营商环境", "is-metadata: 营商环境 [region 510100] [year 2023]"},
		{"成都 2022 信访", ""},
		{"鼓楼区 信访", ""},
		{"安居区行政复议", "is-metadata: 行政复议 [region 510904]"},
		{"四川省遂宁市行政复议", "is-metadata: 行政复议 [region 510900]"},
		{"2022年信访", "is-metadata: 信访 [year 2022]"},
		{"安居区2022年行政复议", "is-metadata: 行政复议 [region 510904] [year 2022]"},
		{"二〇二三年 信访", "is-metadata: 信访 [year 2023]"},
		{"重庆市", "is-metadata: [region 500000]"},
		{"成都 -信访", "is-metadata: -信访 [region 510100]"},
		{"成都 行政复议 OR 信访", ""},
		{"工作 行政复议", ""},
		{"信访", ""},
		{"火星 信访", ""},
		// Filters that there are already.
		{"安居区 行政复议?region=四川", "is-metadata: 行政复议 [region 510904]"},
		{"安居区 行政复议?region=重庆", ""},
		{"region:四川 安居区 行政复议", "is-metadata: region:四川 行政复议 [region 510904]"},
		{"2022年 信访?year=2020..2023", "is-metadata: 信访 [year 2022]"},
		{"2022年 信访?year=2023", ""},
		{"街道 调解?level=district", ""},
		{"街道 信访?kind=work", ""},
		{"政府工作报告 信访?kind=work", "is-metadata: 信访 [kind work]"},
		// Signs within words, and lists.
		{"双随机一公开", "other-marks: 双随机、一公开"},
		{"“双随机”一公开", "other-marks: 双随机、一公开"},
		{`"“双随机”一公开"`, ""},
		{"双随机，一公开", "other-marks: 双随机、一公开"},
		{"信访维稳", "other-marks: 信访·维稳"},
		{"行政、执法", "other-marks: 行政执法"},
		{"双随机一公开 抽查", "other-marks: 双随机、一公开 抽查"},
		{"双随机、一公开", ""},
		{"行政复议、信访", ""},
		{"行政复议、调解", "is-list: 行政复议 调解"},
		{"《行政复议》、《调解》", "is-list: 行政复议 调解"},
		{`"《行政复议》、《调解》"`, ""},
		{"行政复议/调解", "is-list: 行政复议 调解"},
		{"行政诉讼和行政复议", "is-list: 行政诉讼 行政复议"},
		{"医疗，教育，养老", "is-list: 医疗 教育 养老"},
		{"一、二", ""},
		// Numerals.
		{"第25条", "other-numerals: 第二十五条"},
		{"条例第25条的规定", "other-numerals: 条例第二十五条的规定"},
		{"第二十六条", ""},
		{"2023年，全市", "is-metadata: 全市 [year 2023]; other-numerals: 二〇二三年，全市"},
		// Slips.
		{"行政复仪", "other-spelling: 行政复议"},
		{"《行政复仪》", "other-spelling: 行政复议"},
		{`"《行政复仪》"`, ""},
		{"形政复议", "other-spelling: 行政复议"},
		{"行政负议", "other-spelling: 行政复议"},
		{"末成年人", "other-spelling: 未成年人"},
		{"安全生产贵任", "other-spelling: 安全生产责任"},
		{"国务院办公亭", "other-spelling: 国务院办公厅"},
		{"行政议", "other-spelling: 行政复议"},
		{"行复政议", "other-spelling: 行政复议"},
		{"行政复复议", "other-spelling: 行政复议"},
		{"乡村振兴戰略", ""},
		{"生态文明建没 空气", "other-spelling: 生态文明建设 空气"},
		{"量子纠缠", ""},
		{"执法证", ""},
		{"执法局", ""},
		{"法治 信访", ""},
		// A slip, or Pinyin, and the name of a value.
		{"安居区 行政复仪", "other-spelling: 行政复议 [region 510904]"},
		{"安居区行政复仪", "other-spelling: 行政复议 [region 510904]"},
		{"2023年 国务院办公亭", "other-spelling: 国务院办公厅 [year 2023]"},
		{"街道 调解委员汇 纠纷", "other-spelling: 调解委员会 纠纷 [level street]"},
		{"成都 行政复仪", ""},
		{"安居区 行政复仪?region=四川", "other-spelling: 行政复议 [region 510904]"},
		{"安居区 xingzhengfuyi", "is-pinyin: 行政复议 [region 510904]"},
		{"法治调解 信访", ""},
		{"绿色 通道", ""},
		{"最多只跑一次改革", "other-marks: 最多、只跑一次改革"},
		{"ｘｉｎｇzhengfuyi", "is-pinyin: 行政复议"},
		{"《xingzhengfuyi》", "is-pinyin: 行政复议"},
		{strings.Repeat("安居区", 3000), ""},
		// Pinyin.
		{"xingzhengfuyi", "is-pinyin: 行政复议"},
		{"XingZhengFuYi", "is-pinyin: 行政复议"},
		{"xing zheng fu yi", "is-pinyin: 行政复议"},
		{"行zheng复议", "is-pinyin: 行政复议"},
		{"zhengwu公开", "is-pinyin: 政务公开"},
		{"fayuan", "is-pinyin: 法院"},
		{"xing'zheng su'song 下降", "is-pinyin: 行政诉讼 下降"},
		{"gdp", ""},
		// What is too narrow.
		{"within:sentence 行政诉讼 上升", "wider-scope: 行政诉讼 上升 within:passage"},
		{"year:2019 行政复议", "without-field: 行政复议"},
		{"-level:city 双随机 抽查", "without-field: 双随机 抽查"},
		{"行政复议?year=2019", ""},
	} {
		t.Run(tt.typed, func(t *testing.T) {
			typed := typed(t, tt.typed)
			q, res := answer(t, s, typed, ask.English)
			found, err := suggest.For(t.Context(), s, q, res, ask.English)
			if err != nil {
				t.Fatal(err)
			}
			lines := []string{}
			for _, f := range found {
				lines = append(lines, line(f))
				_, asked := answer(t, s, typed.Following(f.Query, f.Filter), ask.English)
				if asked.Relaxed || asked.Total.Passages != f.Passages || asked.Total.Reports != f.Reports {
					t.Errorf("%s: %d passages in %d reports, asking it gives %+v", line(f), f.Passages, f.Reports, asked.Total)
				}
				if !slices.Contains(suggest.Reasons, f.Why.ID) || f.Why.Text == "" || strings.Contains(f.Why.Text, "%!") {
					t.Errorf("%s: said as %q", line(f), f.Why.Text)
				}
			}
			if got := strings.Join(lines, "; "); got != tt.want {
				t.Errorf("got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// A slow Searcher answers as another one does, up to a number of questions, and
// after them only when the time is over, or with an error.
type slow struct {
	baogao.Searcher
	questions int
	err       error // nil waits
}

func (s *slow) Hold(context.Context) (baogao.Searcher, func(), error) { return s, func() {}, nil }

func (s *slow) Search(ctx context.Context, req baogao.Request) (*baogao.Result, error) {
	if s.questions--; s.questions >= 0 {
		return s.Searcher.Search(ctx, req)
	}
	if s.err == nil {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return nil, s.err
}

// TestTimeIsShort asks an engine that does not answer in time, or cannot. What was
// found before stays, and only damage is told.
func TestTimeIsShort(t *testing.T) {
	x := testkit.Open(t, reports())
	damaged := fmt.Errorf("text.bin: %w", baogao.ErrDamaged)
	for _, tt := range []struct {
		question  string
		questions int // that are answered
		err       error
		want      string
		wantErr   error
	}{
		{"安居区 行政复议", 0, nil, "", nil},
		{"行政复议、调解", 0, nil, "", nil},
		{"2023年，全市", 1, nil, "is-metadata: 全市 [year 2023]", nil},
		{"2023年，全市", 1, errors.New("no answer"), "is-metadata: 全市 [year 2023]", nil},
		{"安居区 行政复议", 0, damaged, "", damaged},
		{"双随机一公开", 0, damaged, "", damaged},
	} {
		t.Run(fmt.Sprint(tt.question, tt.questions, tt.err), func(t *testing.T) {
			q, res := answer(t, x, ask.Typed{Question: tt.question}, ask.English)
			found, err := suggest.For(t.Context(), &slow{x, tt.questions, tt.err}, q, res, ask.English)
			lines := []string{}
			for _, f := range found {
				lines = append(lines, line(f))
			}
			if got := strings.Join(lines, "; "); got != tt.want || !errors.Is(err, tt.wantErr) || found == nil {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	q, res := answer(t, x, ask.Typed{Question: "安居区 行政复议"}, ask.English)
	cancel()
	if found, err := suggest.For(ctx, x, q, res, ask.English); len(found) > 0 || err != nil {
		t.Errorf("when nobody waits any more: %v, %v", found, err)
	}
}

// TestNothingIsAsked gives answers for which no suggestion is made, over an engine
// that fails if it is asked.
func TestNothingIsAsked(t *testing.T) {
	x := testkit.Open(t, reports())
	asked := &slow{nil, 0, baogao.ErrDamaged}
	const question = "安居区 行政复议"
	for name, change := range map[string]func(*ask.Question, *baogao.Result){
		"many passages":   func(_ *ask.Question, r *baogao.Result) { r.Relaxed, r.Total.Passages = false, 1001 },
		"a further page":  func(q *ask.Question, _ *baogao.Result) { q.Request.Offset = 10 },
		"behind a cursor": func(q *ask.Question, _ *baogao.Result) { q.Request.After = "x" },
		"no hits":         func(q *ask.Question, _ *baogao.Result) { q.Request.Limit = -1 },
		"no question":     func(q *ask.Question, _ *baogao.Result) { q.Typed.Question = "" },
		"a pasted text":   func(q *ask.Question, _ *baogao.Result) { q.Typed.Question = strings.Repeat("复议 信访 ", 5) },
	} {
		q, res := answer(t, x, ask.Typed{Question: question}, ask.English)
		change(q, res)
		if found, err := suggest.For(t.Context(), asked, q, res, ask.English); len(found) > 0 || err != nil {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
	q, res := answer(t, x, ask.Typed{Question: question}, ask.English)
	if _, err := suggest.For(t.Context(), asked, q, res, ask.English); err == nil {
		t.Error("nothing is asked where something should be")
	}
}

// TestWithoutVocabulary asks an engine that does not tell which characters follow
// each other: what needs it is left out, all else is as it was.
func TestWithoutVocabulary(t *testing.T) {
	x := &slow{testkit.Open(t, reports()), 1 << 30, nil}
	for question, want := range map[string]string{
		"xingzhengfuyi": "", "行政复仪": "", "双随机一公开": "other-marks: 双随机、一公开", "安居区 行政复议": "is-metadata: 行政复议 [region 510904]",
	} {
		q, res := answer(t, x, ask.Typed{Question: question}, ask.English)
		found, err := suggest.For(t.Context(), x, q, res, ask.English)
		if got := len(found); err != nil || (got > 0) != (want != "") || got > 0 && line(found[0]) != want {
			t.Errorf("%s: %v, %v", question, found, err)
		}
	}
}

// TestReasonsAreSaid says every reason in either language.
func TestReasonsAreSaid(t *testing.T) {
	s := testkit.Open(t, reports())
	said := map[string]bool{}
	for _, tt := range []struct{ question, english, chinese string }{
		{"成都 2023 营商环境", "成都 is a place, 2023 is a year", "“成都”是地区，“2023”是年份"},
		{"街道 调解", "街道 is a level", "“街道”是层级"},
		{"政府工作报告 营商环境", "政府工作报告 is a kind of report", "“政府工作报告”是报告类型"},
		{"第25条", "第25条 is also written 第二十五条", "“第25条”也写作“第二十五条”"},
		{"双随机一公开", "双随机一公开 is written 双随机、一公开", "“双随机一公开”在原文里写作“双随机、一公开”"},
		{"行政复议、调解", "行政复议、调解 may be a list", "“行政复议、调解”可能是并列的几个词"},
		{"within:sentence 行政诉讼 上升", "they stand in one passage, not in one sentence", "在同一段，不在同一句"},
		{"year:2019 行政复议", "nothing is found within year:2019", "限定“year:2019”之内没有"},
		{"xing zheng fu yi", "xing zheng fu yi is Pinyin", "“xing zheng fu yi”是拼音"},
		{"行政复仪", "行政复仪 may be a slip", "“行政复仪”可能是笔误"},
		{"安居区 行政复仪", "行政复仪 may be a slip, 安居区 is a place", "“行政复仪”可能是笔误，“安居区”是地区"},
	} {
		for in, want := range map[*ask.Language]string{ask.English: tt.english, ask.Chinese: tt.chinese} {
			q, res := answer(t, s, ask.Typed{Question: tt.question}, in)
			found, err := suggest.For(t.Context(), s, q, res, in)
			if err != nil || len(found) == 0 || found[0].Why.Text != want {
				t.Errorf("%s: %v, %v, want %s", tt.question, found, err, want)
				continue
			}
			said[found[0].Why.ID] = true
		}
	}
	for _, id := range suggest.Reasons {
		if !said[id] {
			t.Errorf("no question here gives the reason %s", id)
		}
	}
}

// FuzzFor asks anything, and wants suggestions that can be asked and find what they
// say.
func FuzzFor(f *testing.F) {
	s := testkit.Open(f, reports())
	for _, q := range enginetest.Questions {
		f.Add(q.Text)
	}
	for _, text := range []string{"、", "第条", "''''", "ü", "xi'", "第25条第26条", "2023年2024年", "行政\x00复仪", "行政复 仪", "(行政复仪", "year:2..1 复仪", "行政复仪 OR", "行", "和和和和和", "xing" + strings.Repeat("xing", 40), "安居区安居区安居区"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, res := answer(t, s, ask.Typed{Question: text}, ask.English)
		found, err := suggest.For(t.Context(), s, q, res, ask.English)
		if err != nil || len(found) > suggest.Most {
			t.Fatalf("%d suggestions, %v", len(found), err)
		}
		for _, f := range found {
			_, asked := answer(t, s, q.Typed.Following(f.Query, f.Filter), ask.English)
			if asked.Relaxed || asked.Total.Passages != f.Passages || asked.Total.Reports != f.Reports || f.Passages == 0 {
				t.Errorf("%q: %s: %d passages in %d reports, asking it gives %+v", text, line(f), f.Passages, f.Reports, asked.Total)
			}
		}
	})
}
