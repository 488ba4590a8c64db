package figure

import (
	"fmt"
	"strings"
	"testing"
)

// brief writes what a kind of construction is about: number, name, status, period.
func brief(f Figure) string {
	s := f.Raw + " " + f.Indicator
	if f.Status != Achieved {
		s += " " + string(f.Status)
	}
	if f.Period != "" {
		s += " " + f.Period
	}
	return s
}

// constructions hold what is read of sentences to what is said of each of their
// figures, parted by ; in the order of the text. PLAN begins what is planned.
func constructions(t *testing.T, list [][2]string) {
	t.Helper()
	for _, c := range list {
		text, plan := strings.CutPrefix(c[0], "PLAN")
		var got []string
		for _, f := range Read(text, Context{Plan: plan, Year: 2023}) {
			got = append(got, brief(f))
		}
		if s := strings.Join(got, "; "); s != c[1] {
			t.Error(fmt.Sprintf("%s\n got  %s\n want %s", c[0], s, c[1]))
		}
	}
}

// TestMean reads means: 平均, 人均, 户均 are words, whose end is no 均 of a list.
func TestMean(t *testing.T) {
	constructions(t, [][2]string{
		{"调查失业率平均为4.9%。", "4.9% 调查失业率"},
		{"空气优良率平均达到92%。", "92% 空气优良率"},
		{"药品价格平均下降48%。", "48% 药品价格"},
		{"耗材平均降幅达61%。", "61% 耗材"},
		{"办事时间平均缩短3天。", "3天 办事时间"},
		{"升学率平均提高6个百分点。", "6个百分点 升学率"},
		{"项目支出平均压减15%。", "15% 项目支出"},
		{"6所中学升学率平均提高8个百分点。", "6所 中学升学率; 8个百分点 中学升学率"},
		{"茶园收益亩均达到9000元。", "9000元 茶园收益亩均"},
		{"渔民收入户均达5.2万元。", "5.2万元 渔民收入户均"},
		{"办结率、满意率均达99%。", "99% 办结率; 99% 满意率"},
		{"两项指标均超过90%。", "90% 两项指标"},
		{"游客数和过夜游客人次均增长11%。", "11% 游客数; 11% 过夜游客人次"},
		{"进出航班日均达到70架次。", "70架次 进出航班日均"},
		{"灌区水利用率平均超过57%。", "57% 灌区水利用率"},
		{"优良率首次均达100%。", "100% 优良率"},
	})
}

// TestSubjectBefore reads numbers whose clause has no name: they go on from the
// clause before where that has no number and says how something measured fares.
func TestSubjectBefore(t *testing.T) {
	constructions(t, [][2]string{
		{"粮食产量70万吨，外贸进出口总额稳定增长，力争突破80亿元。", "70万吨 粮食产量; 80亿元 外贸进出口总额 target"},
		{"城镇化率达到61%，财政收入稳步提升，突破50亿元。", "61% 城镇化率; 50亿元 财政收入"},
		{"新增企业30家，地区生产总值再上新台阶，达到900亿元。", "30家 新增企业; 900亿元 地区生产总值"},
		{"工业投资增长9%，社会消费品零售总额持续回升，增长6%。", "9% 工业投资; 6% 社会消费品零售总额"},
		{"修路20公里，森林覆盖率稳步提高，达到58%。", "20公里 修路; 58% 森林覆盖率"},
		{"接待游客90万人次，旅游总收入快速增长，超过40亿元。", "90万人次 接待游客; 40亿元 旅游总收入"},
		{"投资增长8%，贷款余额首次突破千亿元，增长12%。", "8% 投资; 12% 贷款余额"},
		{"服务业增加值增长7%，固定资产投资保持平稳，增长5%。", "7% 服务业增加值; 5% 固定资产投资"},
		{"服务业增加值增长7%，发展活力持续增强，达到300亿元。", "7% 服务业增加值; 300亿元 服务业增加值"},
		{"财政收入增长7%，增速位居前列，达到30亿元。", "7% 财政收入; 30亿元 财政收入"},
		{"财政收入达到30亿元，营商环境不断优化，增长7%。", "30亿元 财政收入; 7% 财政收入"},
		{"生产总值达到30亿元，失业率保持稳定，增长7%。", "30亿元 生产总值; 7% 失业率"},
		{"进出口总额80亿元、增长4%，实际利用外资额大幅增长，达到2亿美元。", "80亿元 进出口总额; 4% 进出口总额; 2亿美元 实际利用外资额"},
		{"PLAN粮食种植面积保持稳定，不低于60万亩。", "60万亩 粮食种植面积 target"},
		{"新建公园5座，财政收入稳步提升，居全省第3位。", "5座 新建公园; 第3位 财政收入"},
	})
}

// TestYearly reads 年均, which holds for what it stands before, and not for the
// clauses behind that have a name of their own.
func TestYearly(t *testing.T) {
	constructions(t, [][2]string{
		{"城镇新增就业年均8万人，粮食产量100万吨。", "8万人 城镇新增就业 年均; 100万吨 粮食产量"},
		{"地区生产总值年均增长7%，高于全省1个百分点。", "7% 地区生产总值 年均; 1个百分点 地区生产总值高于全省 年均"},
		{"地区生产总值年均增长7%，财政收入增长5%。", "7% 地区生产总值 年均; 5% 财政收入"},
		{"生产总值、财政收入年均分别增长7%、5%。", "7% 生产总值 年均; 5% 财政收入 年均"},
		{"生产总值年均增长7%、投资增长9%，新增企业30家。", "7% 生产总值 年均; 9% 投资 年均; 30家 新增企业"},
		{"年均新增就业8万人、培训农民3万人次。", "8万人 新增就业 年均; 3万人次 培训农民 年均"},
		{"城镇新增就业年均8万人、粮食产量100万吨。", "8万人 城镇新增就业 年均; 100万吨 粮食产量"},
		{"五年来，城镇新增就业年均8万人，建成公园9座。", "8万人 城镇新增就业 年均; 9座 公园 五年"},
		{"收入年均增长6%，达到3万元。", "6% 收入 年均; 3万元 收入"},
		{"投资年均增长11%，累计完成投资90亿元。", "11% 投资 年均; 90亿元 投资"},
		{"投资总量80亿元、年均增长11%，贡献率超50%。", "80亿元 投资总量; 11% 投资总量 年均; 50% 贡献率"},
		{"产值由9亿元增加到30亿元，年均增长9%；收入由2亿元增加到5亿元。", "9亿元 产值 earlier; 30亿元 产值; 9% 产值 年均; 2亿元 收入 earlier; 5亿元 收入"},
		{"贸易额年均增长9%，居全省第2位。", "9% 贸易额 年均; 第2位 贸易额 年均"},
		{"税收年均增长4%。新增企业30家。", "4% 税收 年均; 30家 新增企业"},
		{"上半年，税收增长4%，新增企业30家。", "4% 税收 上半年; 30家 新增企业 上半年"},
	})
}

// TestEarlierInPlans reads old values beside what is planned.
func TestEarlierInPlans(t *testing.T) {
	constructions(t, [][2]string{
		{"PLAN城镇化率由60%提高到65%。", "60% 城镇化率 earlier; 65% 城镇化率 target"},
		{"PLAN低保标准从700元提高到760元。", "700元 低保标准 earlier; 760元 低保标准 target"},
		{"PLAN办理时限由10天压缩到3天。", "10天 办理时限 earlier; 3天 办理时限 target"},
		{"力争城镇化率由60%提高到65%。", "60% 城镇化率 earlier; 65% 城镇化率 target"},
		{"确保补助标准由90元增至120元。", "90元 补助标准 earlier; 120元 补助标准 target"},
		{"PLAN医院床位从300张增加到500张。", "300张 医院床位 earlier; 500张 医院床位 target"},
		{"PLAN贡献率由12%提升至15%，新建公园3座。", "12% 贡献率 earlier; 15% 贡献率 target; 3座 新建公园 target"},
		{"PLAN报销限额由2000元分别提高到4000元、5000元。", "2000元 报销限额 earlier; 4000元 报销限额 target; 5000元 报销限额 target"},
		{"到2030年，产值由40亿元增长到90亿元。", "40亿元 产值 earlier; 90亿元 产值"},
		{"PLAN财力由第9位上升到第5位。", "第9位 财力 earlier; 第5位 财力 target"},
		{"PLAN财政投入由5亿元增加到7亿元。", "5亿元 财政投入 earlier; 7亿元 财政投入 target"},
		{"PLAN从企业引进项目20个。", "20个 引进项目 target"},
		{"PLAN新增学位从3000个增加到5000个。", "3000个 新增学位 earlier; 5000个 新增学位 target"},
		{"PLAN能耗由0.5吨标准煤降至0.4吨标准煤。", "0.5吨标准煤 能耗 earlier; 0.4吨标准煤 能耗 target"},
		{"失业率由5%降至4%。", "5% 失业率 earlier; 4% 失业率"},
	})
}

// TestAims reads what is aimed at by a clause before.
func TestAims(t *testing.T) {
	constructions(t, [][2]string{
		{"主要预期目标是：生产总值增长6%，财政收入增长5%；投资增长8%。", "6% 生产总值 target; 5% 财政收入 target; 8% 投资 target"},
		{"主要预期目标：生产总值增长6%，城镇新增就业2万人。", "6% 生产总值 target; 2万人 城镇新增就业 target"},
		{"力争接待游客50万人次，旅游总收入4亿元。", "50万人次 接待游客 target; 4亿元 旅游总收入 target"},
		{"力争新引进项目20个，竣工项目14个；新建公园3座。", "20个 新引进项目 target; 14个 竣工项目 target; 3座 新建公园"},
		{"全面完成年初预期目标，财政收入增长6%。", "6% 财政收入"},
		{"主要指标好于预期目标，财政收入增长6%，投资增长8%。", "6% 财政收入; 8% 投资"},
		{"干部力争上游，办结事项90件，化解纠纷8件。", "90件 办结事项; 8件 化解纠纷"},
		{"力争年内新建公园3座，目前已开工2座。", "3座 新建公园 target; 2座 开工公园"},
		{"财政收入增长6%。力争投资增长8%。", "6% 财政收入; 8% 投资 target"},
	})
}

// TestDoers reads names behind those who do something, or for whom it is done.
func TestDoers(t *testing.T) {
	constructions(t, [][2]string{
		{"为老年人、残疾人等群体提供上门服务3000人次。", "3000人次 上门服务"},
		{"向70岁以上老人免费发放药箱800个。", "800个 发放药箱"},
		{"为全区低收入困难家庭的患者实施免费手术90例。", "90例 免费手术"},
		{"圆桌会议解决企业难题62个。", "62个 解决企业难题"},
		{"规上企业设立研发机构达50%。", "50% 规上企业设立研发机构"},
		{"企业研发投入占比2%。", "2% 企业研发投入占比"},
		{"重点建设用地安全利用率保持100%。", "100% 重点建设用地安全利用率"},
		{"年度完成固定资产投资49亿元。", "49亿元 固定资产投资"},
		{"单位能耗约为全国平均的70%。", "70% 单位能耗"},
		{"53个试点任务较好完成。", "53个 试点任务"},
	})
}

// TestUnitsOfRates tells the kind of units that have a time below the line.
func TestUnitsOfRates(t *testing.T) {
	for _, text := range []string{"污水处理能力提升至25万吨/日。", "新增供水能力4万立方米/日。", "新增外排流量200立方米/秒。"} {
		if list := Read(text, Context{}); len(list) != 1 || list[0].Kind != Quantity {
			t.Errorf("%s: %+v, want a quantity", text, list)
		}
	}
}

// TestNamesBehind reads names that begin like a word that goes on, crops behind
// their areas, limits of one name, and works by how far they are.
func TestNamesBehind(t *testing.T) {
	constructions(t, [][2]string{
		{"办好20项为民办实事项目。", "20项 为民办实事项目"},
		{"推进科技城等22个在建项目。", "22个 在建项目"},
		{"建成30个和美乡村。", "30个 和美乡村"},
		{"粮食播种面积30万亩、产量9万吨。", "30万亩 粮食播种面积; 9万吨 粮食产量"},
		{"确保油料种植面积稳定在5万亩以上、总产量2万吨以上。", "5万亩 油料种植面积 target; 2万吨 油料总产量 target"},
		{"粮食面积和产量稳定在40万亩、12万吨以上。", "40万亩 粮食面积; 12万吨 粮食产量"},
		{"新开工5亿元或1亿美元项目8个。", "8个 新开工5亿元或1亿美元项目"},
		{"招引总投资超10亿元或1亿美元项目3个。", "3个 招引总投资超10亿元或1亿美元项目"},
		{"重点项目新开工30个、续建17个、竣工9个。", "30个 重点项目新开工; 17个 续建重点项目; 9个 竣工重点项目"},
		{"老旧厂房改造新开工30个、完工12个。", "30个 老旧厂房改造新开工; 12个 完工老旧厂房改造"},
		{"实施垃圾分类的行政村占比达到45%。", "45% 实施垃圾分类的行政村占比"},
	})
}
