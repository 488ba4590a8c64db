package infer

import (
	"slices"
	"strings"
	"testing"

	"baogao"
)

// TestYearOfTitle holds titles, under which a notice says no year, to the year
// they name, and numbers that count, measure or number something to none.
func TestYearOfTitle(t *testing.T) {
	tests := []struct{ title, published, want string }{
		{"2023羽毛球公开赛开幕", "", "2023"},
		{"2023盘点", "", "2023"},
		{"2024家长学校开课", "", "2024"},
		{"2023多元化解纠纷", "", "2023"},
		{"2023岁末年初安全生产检查", "", "2023"},
		{"2024天气公报", "", "2024"},
		{"2024班主任培训", "", "2024"},
		{"2023台账清单", "", "2023"},
		{"2023个体工商户普法", "", "2023"},
		{"2023人均收入公报", "", "2023"},
		{"2023孔子文化节", "", "2023"},
		{"2023尾矿库治理", "", "2023"},
		{"2024双百行动", "", "2024"},
		{"走近2024世界园艺博览会", "", "2024"},
		{"中共2022工作要点", "", "2022"},
		{"2022年前往基层普法", "", "2022"},
		{"全区改造老旧小区2035个", "", ""},
		{"全区改造2035个旧小区", "", ""},
		{"2035个旧小区完成改造", "", ""},
		{"山洪已造成2031人失联", "", ""},
		{"2031人受灾 救援仍在继续", "", ""},
		{"前五月公路建设完成投资2064亿元", "", ""},
		{"我市新建改建公路2024公里", "", ""},
		{"我市新建改建公路2024 公里", "", ""},
		{"全年新设经营主体2024.6万户", "", ""},
		{"粮食播种面积2,035亩", "", ""},
		{"2000余名干部下沉社区", "", ""},
		{"惠及群众2000多户", "", ""},
		{"装机突破2050兆瓦时", "", ""},
		{"储能规模2050mw", "", ""},
		{"风电装机2050 kw 项目并网", "", ""},
		{"中欧班列开行2022列", "", ""},
		{"港口吞吐2030标箱", "", ""},
		{"新增学位2024个 新增床位2035张", "", ""},
		{"企业总数突破2035", "", ""},
		{"培训人员增至2035", "", ""},
		{"困难群众已超2000", "", ""},
		{"关于第2035号提案的答复", "", ""},
		{"对2035号建议的答复", "", ""},
		{"奖金2035元兑现", "", ""},
		{"发放补贴2024人民币", "", ""},
		{"走进有2000年历史的古城", "", ""},
		{"工业增加值增长2022%", "", ""},
		{"2031台风机并网发电", "", ""},
		{"造船完工量2031万载重吨", "", ""},
		{"2035家博物馆免费开放", "", ""},
		{"全市2024位居民受益", "", ""},

		{"锦江区2022法治宣传方案", "", "2022"},
		{"2023锦江普法", "", "2023"},
		{"法治宣传方案2022", "", "2022"},
		{"2022 法治宣传方案", "", "2022"},
		{"普法要点(2023)", "", "2023"},
		{"《奋进的2022》今晚播出", "", "2022"},
		{"\"护航·2024\"专项行动启动", "", "2024"},
		{"\"护航-2024\"专项行动启动", "", "2024"},
		{"出席2023世界数字大会", "", "2023"},
		{"致2023数字论坛的贺信", "", "2023"},
		{"2024人工智能大会开幕", "", "2024"},
		{"安居区2023人大代表建议清单", "", "2023"},
		{"能源展望2025", "", "2025"},
		{"2024台州马拉松开跑", "", "2024"},
		{"2024天津音乐节", "", "2024"},
		{"2023家电下乡启动", "", "2023"},
		{"2024元旦晚会", "", "2024"},
		{"2023项目清单", "", "2023"},
		{"2023届毕业生招聘会", "", "2023"},
		{"安达2023普法要点", "", "2023"},
		{"二〇二二年普法要点", "", "2022"},
		{"2022年度普法要点", "", "2022"},
		{"2022 年度普法要点", "", "2022"},
		{"2022年前三季度普法情况", "", "2022"},
		{"2022年起草计划", "", "2022"},
		{"2022年历史建筑名单", "", "2022"},

		{"2021-2025年普法规划", "", ""},
		{"普法规划(2021 - 2025)", "", ""},
		{"普法规划(2021至2025年)", "", ""},
		{"2035年远景目标纲要", "", ""},
		{"二〇三五年远景目标纲要", "", ""},
		{"2030年前碳达峰方案", "", ""},
		{"2030年底前完成整治", "", ""},
		{"面向2035年的规划", "", ""},
		{"迈向2035", "", ""},
		{"对接2035愿景", "", ""},
		{"2020年以来普法工作", "", ""},
		{"自2020年开展的整治", "", ""},

		{"2035年初步建成宜居城市", "2024-03-01", ""},
		{"2028年设备连接数将增长", "2026-01-18", ""},
		{"畅想2060", "2024-03-01", ""},
		{"做好2025年普法工作", "2024-12-20", "2025"},
		{"做好2024年普法工作", "2024-03-01", "2024"},
		{"2019年普法要点", "2024-03-01", "2019"},
	}
	for _, tt := range tests {
		t.Run(tt.title+" "+tt.published, func(t *testing.T) {
			d := Document{Title: tt.title, Lines: []string{"现将有关事项通知如下。", "特此通知。"}}
			if tt.published != "" {
				d.Facts = []baogao.Fact{{Label: "发布日期", Value: tt.published}}
			}
			if in := Infer(d); in.Year.Value != tt.want {
				t.Errorf("year %q (%.2f), want %q; %v", in.Year.Value, in.Year.Confidence, tt.want, in.Year.Evidence)
			}
		})
	}
}

// TestYearOfPath holds the names of files to the year they name.
func TestYearOfPath(t *testing.T) {
	tests := []struct{ path, want string }{
		{"法治政府建设报告2022.txt", "2022"},
		{"2022 法治政府建设报告.txt", "2022"},
		{"2022/法治政府建设报告.txt", "2022"},
		{"jinjiang-2022.txt", "2022"},
		{"jinjiang_2022_final.txt", "2022"},
		{"报告2022.11.txt", "2022"},
		{"2022.11.txt", "2022"},
		{"帮扶2022户.txt", ""},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			in := Infer(Document{Path: tt.path, Lines: []string{"全区行政执法人员持证上岗,行政复议案件办结。"}})
			if in.Year.Value != tt.want {
				t.Errorf("year %q (%.2f), want %q; %v", in.Year.Value, in.Year.Confidence, tt.want, in.Year.Evidence)
			}
		})
	}
}

// TestYearNotAfterLatestDate holds a paper that was put on a page years after
// it was written to the later of the dates.
func TestYearNotAfterLatestDate(t *testing.T) {
	d := Document{
		Title: "关于同意承办2014年全国青年运动会的复函",
		Facts: []baogao.Fact{{Label: "成文日期", Value: "2008-12-17"}, {Label: "发布日期", Value: "2016-12-24"}},
		Lines: []string{"现函复如下:", "同意承办。", "二〇〇八年十二月十七日"},
	}
	if in := Infer(d); in.Year.Value != "2014" || in.Published.Value != "2008-12-17" {
		t.Errorf("year %q, published %q, want 2014, 2008-12-17", in.Year.Value, in.Published.Value)
	}
	d.Facts = d.Facts[:1]
	if in := Infer(d); in.Year.Value != "" {
		t.Errorf("year %q six years after the publication, want none", in.Year.Value)
	}
}

// TestYearNotAfterPublication holds a report whose body speaks most of years
// to come to the years it can report on.
func TestYearNotAfterPublication(t *testing.T) {
	lines := []string{
		"展望前景", "到那时,2035年人均收入翻番。", "2035年全面建成现代化城市,2035年生态根本好转。", "2035年法治社会基本建成。",
		"2035年远景目标", "2023年,全区行政执法案件办结率100%,行政复议案件31件。",
	}
	d := Document{Title: "安居区法治政府建设情况报告", Lines: lines, Facts: []baogao.Fact{{Label: "发布日期", Value: "2024-01-20"}}}
	in := Infer(d)
	if in.Year.Value != "2023" {
		t.Errorf("year %q (%.2f), want 2023", in.Year.Value, in.Year.Confidence)
	}
	if i := slices.IndexFunc(in.Year.Candidates, func(c baogao.Candidate) bool { return strings.Compare(c.Value, "2025") > 0 }); i >= 0 {
		t.Errorf("%s is a candidate, later than the year after the publication", in.Year.Candidates[i].Value)
	}
}
