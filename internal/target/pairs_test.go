package target_test

import (
	"fmt"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/target"
	"baogao/internal/testkit"
)

// said is a report with passages of what was done and of what is planned.
func said(t *testing.T, id, place string, year int, done, planned []string) *baogao.Report {
	t.Helper()
	r := &baogao.Report{Meta: baogao.Meta{ID: id, Kind: baogao.Work, Year: year, Region: baogao.Region{Name: place, Path: []string{place}}}}
	done = append([]string{id + "，" + place + "人民政府。"}, done...) // no copy of another
	for i, text := range append(done, planned...) {
		r.Paragraphs = append(r.Paragraphs, baogao.Paragraph{Number: i + 1, Text: text, Section: []string{}})
		r.Passages = append(r.Passages, baogao.Passage{Paragraph: i + 1, Text: text, Section: []string{}, Plan: i >= len(done)})
	}
	if err := corpus.Measure(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestPairs holds single targets of the report on 2021 to what that on 2022 says.
func TestPairs(t *testing.T) {
	pairs := []struct {
		planned, done string // passages apart by |
		want          string // the verdict, and the number of the result; "" is no target
	}{
		{"城镇新增就业8万人以上。", "城镇新增就业8.05万人。", "reached 8.05万人"},
		{"城镇新增就业8万人以上。", "城镇新增就业超过8万人。", "reached 8万人"},
		{"城镇新增就业8.5万人以上。", "城镇新增就业超过8万人。", "not comparable 8万人"},
		{"城镇新增就业8万人以上。", "城镇新增就业约8万人。", "not comparable 8万人"},
		{"城镇新增就业8万人以上。", "城镇新增就业约6万人。", "missed 6万人"},
		{"城镇新增就业8万人以上。", "城镇新增就业增长3%。", "not comparable 3%"},
		{"城镇新增就业8万人以上。", "稳就业政策落地见效。", "not reported"},
		{"化学需氧量排放量下降2%以上。", "化学需氧量排放量下降2.3%。", "reached 2.3%"},
		{"单位GDP能耗下降3%。", "单位GDP能耗上升0.5%。", "missed 0.5%"},
		{"单位GDP能耗下降3%左右。", "单位GDP能耗下降3.4%。", "reached 3.4%"},
		{"单位GDP能耗下降3%左右。", "单位GDP能耗下降2.9%。", "not comparable 2.9%"},
		{"居民消费价格涨幅控制在3%以内。", "居民消费价格下降0.2%。", "reached 0.2%"},
		{"居民消费价格涨幅控制在3%以内。", "居民消费价格上涨3.1%。", "missed 3.1%"},
		{"城镇调查失业率控制在5.5%左右。", "城镇调查失业率5.2%。", "reached 5.2%"},
		{"城镇调查失业率控制在5.5%左右。", "城镇调查失业率5.6%。", "not comparable 5.6%"},
		{"城镇调查失业率控制在5.5%左右。", "城镇调查失业率6.3%。", "missed 6.3%"},
		{"粮食总产保持在600亿斤以上。", "粮食产量3050万吨。", "reached 3050万吨"},
		{"粮食总产保持在600亿斤以上。", "粮食产量2950万吨。", "missed 2950万吨"},
		{"粮食产量达到3000万吨。", "粮食产量增长1.2%。", "not comparable 1.2%"},
		{"新增高新技术企业100家。", "高新技术企业达到1200家。", "not comparable 1200家"},
		{"培育高新技术企业50家。", "高新技术企业总数达到500家。", "not comparable 500家"},
		{"高新技术企业突破500家。", "高新技术企业总数达到512家。", "reached 512家"},
		{"建成充电桩500个。", "累计建成充电桩5000个。", "not comparable 5000个"},
		{"建成充电桩500个。", "新建充电桩520个。", "reached 520个"},
		{"政府负债率不高于60%。", "政府负债率62%。", "missed 62%"},
		{"森林覆盖率提高0.3个百分点。", "森林覆盖率提高0.35个百分点。", "reached 0.35个百分点"},
		{"森林覆盖率提高0.3个百分点。", "森林覆盖率达到42.5%。", "not comparable 42.5%"},
		{"受理行政复议案件300件。", "收到行政复议申请320件。", "not comparable 320件"},
		{"固定资产投资增长7%—8%。", "固定资产投资增长9%。", "reached 9%"},
		{"固定资产投资增长7%—8%。", "固定资产投资增长6.9%。", "missed 6.9%"},
		{"常住人口城镇化率提高到65%左右。", "常住人口城镇化率提高到64.2%。", "not comparable 64.2%"},
		{"地区生产总值增长6%。", "地区生产总值增长5.2%，低于6%的预期目标。", "missed 5.2%"},
		{"地区生产总值增长6%。", "地区生产总值突破5000亿元。", "not comparable 5000亿元"},
		{"新建公园4个。", "新建公园5个。|西部新城新建公园3个。", "reached 5个"},
		{"新建公园4个。", "新建公园5个。|新建公园3个。", "not comparable 5个"},
		{"新建公园4个。", "新建公园5个。|新建公园6个。", "reached 5个"},
		{"新建公园4个。|新建公园9个。", "新建公园5个。", "not comparable"},
		{"地区生产总值增长6%。", "上半年，地区生产总值增长6.5%。", "not comparable 6.5%"},
		{"地区生产总值比2015年翻一番。", "地区生产总值增长6.5%。", "not comparable"},
		{"工业用地亩均产出比2020年增长30%。", "工业用地亩均产出增长8%。", "not comparable 8%"},
		{"排查安全事故隐患500处。", "排查安全事故隐患620处。", "reached 620处"},
		{"到位资金300亿元。", "到位资金320亿元。", "not comparable"},
		{"完成农村户厕改造1.2万户。", "改造农村户厕1.25万户。", "reached 1.25万户"},
		{"行政复议案件办结率100%。", "办结行政复议案件120件、办结率100%。", "not comparable 100%"},
		{"减税降费20亿元。", "新增减税降费23亿元。", "not comparable 23亿元"},
		{"规上工业企业利润翻一番。", "规上工业企业利润增长35%。", "not comparable"},
		{"空气质量优良天数320天以上。", "空气质量优良天数达328天。", "reached 328天"},
		{"旅游总收入增长20%、突破100亿元。", "旅游总收入增长18.5%、达到102亿元。", "reached 102亿元"},
		{"城乡居民人均可支配收入分别增长6.5%、7.5%。", "城镇、农村居民人均可支配收入分别增长5.1%、7.6%。", "reached 7.6%"},
		{"城镇居民人均可支配收入增长6.5%。", "城乡居民人均可支配收入分别增长5.1%和7.6%。", "missed 5.1%"},
		{"农村居民人均可支配收入增长7.5%。", "城乡居民人均可支配收入增长6%。", "not comparable 6%"},
		{"财政收入综合排名进入前5位。", "财政收入综合排名居全市第4位。", "not comparable"},
		{"企业开办时间压缩至1天。", "企业开办时间压缩至2天。", "missed 2天"},
		{"举办招聘会50场。", "举办招聘会48场。", "missed 48场"},
		{"机动车保有量控制在50万辆以内。", "机动车保有量49.6万辆。", "reached 49.6万辆"},
		{"数字经济增加值占地区生产总值比重达到40%。", "数字经济增加值占地区生产总值比重达到41.3%。", "reached 41.3%"},
		{"实施改造项目30个，完成投资50亿元。", "实施改造项目31个，完成投资12亿元。", "not comparable"},
	}
	var reports []*baogao.Report
	for i, p := range pairs {
		place := fmt.Sprintf("甲%d市", i)
		reports = append(reports,
			said(t, fmt.Sprintf("%03d-2021", i), place, 2021, nil, split(p.planned)),
			said(t, fmt.Sprintf("%03d-2022", i), place, 2022, split(p.done), nil))
	}
	table, err := target.Find(t.Context(), testkit.Open(t, reports), baogao.Request{}, baogao.FigureFilter{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, row := range table.Rows {
		text := string(row.Verdict)
		if row.Result != nil {
			text += " " + row.Result.Raw
		}
		got[row.Target.Report] = append(got[row.Target.Report], text+" ("+row.Reason.String()+")")
	}
	for i, p := range pairs {
		rows := got[fmt.Sprintf("%03d-2021", i)]
		if len(rows) == 0 {
			t.Errorf("%s / %s: no target", p.planned, p.done)
			continue
		}
		if last := rows[len(rows)-1]; !hasVerdict(last, p.want) {
			t.Errorf("%s / %s: %v, want %s", p.planned, p.done, rows, p.want)
		}
	}
}
