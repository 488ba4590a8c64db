package figure

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// short writes a figure in one line: what is written, the value and unit where
// that says more, the indicator, the kind if it is none of things or money, and
// what else is not plain.
func short(f Figure) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s=%s %s %s", f.Raw, strconv.FormatFloat(f.Value, 'f', -1, 64), f.Unit, f.Indicator)
	if f.Kind != Count {
		b.WriteString(" " + string(f.Kind))
	}
	if f.Direction != "" {
		b.WriteString(" " + f.Direction)
	}
	if f.High != nil {
		fmt.Fprintf(&b, " -%v", *f.High)
	}
	if f.Bound == Min || f.Bound == Max {
		b.WriteString(" " + string(f.Bound))
	}
	if f.Approximate {
		b.WriteString(" about")
	}
	if f.Status != Achieved {
		b.WriteString(" " + string(f.Status))
	}
	if f.Year != 0 {
		b.WriteString(" " + strconv.Itoa(f.Year))
	}
	return b.String()
}

// TestRead reads sentences, one or more for each way in which figures are
// written. The text of a plan begins with PLAN.
func TestRead(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"verb, noun, number", "全年共受理行政复议案件37件，办结信访事项205件。", []string{
			"37件=37 件 受理行政复议案件", "205件=205 件 办结信访事项"}},
		{"light verbs go", "成功举办文化活动48场，打造口袋公园6座。", []string{
			"48场=48 场 文化活动", "6座=6 座 口袋公园"}},
		{"adverbs, times and places go", "2023年，全市累计新建公厕27座。截至12月底，全县共有养老机构14家。", []string{
			"27座=27 座 新建公厕", "14家=14 家 养老机构"}},
		{"who did it goes", "街道法律顾问共出具书面意见19份。", []string{"19份=19 份 出具书面意见"}},
		{"by which way it was done goes", "依托便民服务中心新建托育点3处，通过大数据平台排查隐患81处。", []string{
			"3处=3 处 新建托育点", "81处=81 处 排查隐患"}},
		{"what stands before the last 的 goes", "解决群众反映强烈、长期拖延的“旧案”11件。", []string{"11件=11 件 旧案"}},
		{"the noun behind", "建成7座污水处理厂，划分52个服务网格，5个乡镇入选全省示范。", []string{
			"7座=7 座 污水处理厂", "52个=52 个 服务网格", "5个=5 个 乡镇入选全省示范"}},
		{"the noun behind 等", "推动光明路小学等4个项目开工建设。", []string{"4个=4 个 项目开工建设"}},
		{"a list of its own numbers", "办理人大代表建议42件、政协提案67件。", []string{
			"42件=42 件 办理人大代表建议", "67件=67 件 政协提案"}},
		{"a noun that is a list", "新改扩建幼儿园、小学12所。", []string{"12所=12 所 新改扩建幼儿园、小学"}},
		{"the level alone", "新增国家级绿色工厂3家、省级9家。", []string{
			"3家=3 家 新增国家级绿色工厂", "9家=9 家 省级绿色工厂"}},
		{"powers of ten", "民生支出12.6亿元，惠及群众1.3万余人次，减税800万元。", []string{
			"12.6亿元=1260000000 元 民生支出 amount", "1.3万余人次=13000 人次 惠及群众 min about", "800万元=8000000 元 减税 amount"}},
		{"thousands", "发放补贴1,234,500元。", []string{"1,234,500元=1234500 元 发放补贴 amount"}},
		{"full width, Traditional", "調處矛盾糾紛１２件，調解成功率９８．５％。", []string{
			"１２件=12 件 調處矛盾糾紛", "９８．５％=98.5 % 調解成功率 rate"}},
		{"growth", "地区生产总值增长5.6%，治安案件同比下降12%，审批时限压缩30%以上。", []string{
			"5.6%=5.6 % 地区生产总值 growth up", "12%=12 % 治安案件 growth down", "30%=30 % 审批时限 growth down min"}},
		{"growth by its name", "居民消费价格涨幅2%左右。", []string{"2%=2 % 居民消费价格 growth up about"}},
		{"growth of money and of shares", "低保标准提高60元，绿电占比提高2.5个百分点。", []string{
			"60元=60 元 低保标准 growth up", "2.5个百分点=2.5 个百分点 绿电占比 growth up"}},
		{"levels", "城镇化率提高到61.2%，企业开办时间压缩至1个工作日。", []string{
			"61.2%=61.2 % 城镇化率 rate", "1个工作日=1 个工作日 企业开办时间 duration"}},
		{"doubling", "软件业收入翻一番，快递业务量增长1.5倍，产值是2019年的2.3倍。", []string{
			"翻一番=1 番 软件业收入 growth up", "1.5倍=1.5 倍 快递业务量 growth up", "2.3倍=2.3 倍 产值 index"}},
		{"Chinese numbers", "九成以上诉求一日办结，新增贷款近四成投向制造业，空置率下降一个百分点。", []string{
			"九成=90 % 诉求一日办结 rate min", "四成=40 % 新增贷款投向制造业 rate about", "一个百分点=1 个百分点 空置率 growth down"}},
		{"value, growth, gap and rank in a row", "工业投资86亿元，增长9.2%，高于全省1.4个百分点，增速居全市第2位。", []string{
			"86亿元=8600000000 元 工业投资 amount", "9.2%=9.2 % 工业投资 growth up", "1.4个百分点=1.4 个百分点 工业投资高于全省 gap up", "第2位=2 位 工业投资增速 rank"}},
		{"ranks", "财政收入增速全省第一，旅游综合考核位列全市前三，森林覆盖率68%、居全省第3位。", []string{
			"第一=1 位 财政收入增速 rank", "前三=3 位 旅游综合考核 rank max", "68%=68 % 森林覆盖率 rate", "第3位=3 位 森林覆盖率 rank"}},
		{"from and to", "投诉率由上年的2.1%下降到0.7%，规上企业从2020年的63家增至118家。", []string{
			"2.1%=2.1 % 投诉率 rate earlier 2022", "0.7%=0.7 % 投诉率 rate", "63家=63 家 规上企业 earlier 2020", "118家=118 家 规上企业"}},
		{"from and to of ranks", "茶叶、水果产量从全省第9位、第6位双双跃居第2位。", []string{
			"第9位=9 位 茶叶产量 rank earlier", "第6位=6 位 水果产量 rank earlier", "第2位=2 位 茶叶产量 rank", "第2位=2 位 水果产量 rank"}},
		{"分别", "城镇、农村居民人均可支配收入分别增长4.8%、6.9%，存、贷款余额分别突破90亿元、70亿元。", []string{
			"4.8%=4.8 % 城镇居民人均可支配收入 growth up", "6.9%=6.9 % 农村居民人均可支配收入 growth up",
			"90亿元=9000000000 元 存款余额 amount min", "70亿元=7000000000 元 贷款余额 amount min"}},
		{"分别, a shared head", "规上工业总产值、增加值分别增长8%、7%。", []string{
			"8%=8 % 规上工业总产值 growth up", "7%=7 % 规上工业增加值 growth up"}},
		{"分别, of the figures before", "引进项目35个、到位资金18亿元，分别增长12%、20%。", []string{
			"35个=35 个 引进项目", "18亿元=1800000000 元 到位资金 amount", "12%=12 % 引进项目 growth up", "20%=20 % 到位资金 growth up"}},
		{"均 and 各", "办结率、满意率均达100%，新建图书馆、文化馆各2个。", []string{
			"100%=100 % 办结率 rate", "100%=100 % 满意率 rate", "2个=2 个 新建图书馆", "2个=2 个 新建文化馆"}},
		{"a whole and its parts", "收到行政复议申请58件，其中受理44件、不予受理5件。", []string{
			"58件=58 件 收到行政复议申请", "44件=44 件 受理行政复议申请", "5件=5 件 不予受理行政复议申请"}},
		{"units left out", "投资、消费增速分别快于全省2.1个、0.6个百分点。", []string{
			"2.1个=2.1 个百分点 投资增速快于全省 gap up", "0.6个百分点=0.6 个百分点 消费增速快于全省 gap up"}},
		{"ratios", "三次产业占比为9∶40∶51。", []string{"9=9  三次产业占比 rate", "40=40  三次产业占比 rate", "51=51  三次产业占比 rate"}},
		{"shares", "民生支出占一般公共预算支出的81.3%，群众诉求100%响应。", []string{
			"81.3%=81.3 % 民生支出占一般公共预算支出 rate", "100%=100 % 群众诉求响应 rate"}},
		{"money of things", "16个总投资45亿元的文旅项目开工，组建2亿元产业基金。", []string{
			"16个=16 个 文旅项目开工", "45亿元=4500000000 元 总投资 amount", "2亿元=200000000 元 产业基金 amount"}},
		{"thresholds in names", "引进投资5亿元以上项目9个，为65岁以上老人体检8000人次。", []string{
			"9个=9 个 引进投资5亿元以上项目", "8000人次=8000 人次 65岁以上老人体检"}},
		{"durations", "连续6年保持安全生产零事故，跨域审批压缩至3天。", []string{
			"6年=6 年 保持安全生产零事故 duration", "3天=3 天 跨域审批 duration"}},
		{"bounds", "新增就业不少于1.2万人，失业率不超过5.5%，客流突破30万人次大关。", []string{
			"1.2万人=12000 人 新增就业 min", "5.5%=5.5 % 失业率 rate max", "30万人次=300000 人次 客流 min"}},
		{"ranges", "PLAN 地区生产总值增长5%—5.5%，培育链主企业1—2家。", []string{
			"5%—5.5%=5 % 地区生产总值 growth up -5.5 target", "1—2家=1 家 培育链主企业 -2 target"}},
		{"targets by their words", "力争全年接待游客90万人次，到2030年绿化覆盖率达45%。", []string{
			"90万人次=900000 人次 接待游客 target", "45%=45 % 绿化覆盖率 rate target"}},
		{"words that a list of words would eat", "经营主体净增2100户、总量达3.4万户，到位内资56亿元，达标河段12个，城镇新增就业800人。", []string{
			"2100户=2100 户 经营主体净增", "3.4万户=34000 户 经营主体总量", "56亿元=5600000000 元 到位内资 amount", "12个=12 个 达标河段", "800人=800 人 城镇新增就业"}},
		{"units of two", "基础养老金163元/月，细颗粒物浓度28微克/立方米。", []string{
			"163元/月=163 元/月 基础养老金 amount", "28微克/立方米=28 微克/立方米 细颗粒物浓度 quantity"}},
		{"brackets", "建设保障房5.2万套（间）、供应分配3.1万套（间），化解纠纷44件（其中诉前12件）。", []string{
			"5.2万套=52000 套 建设保障房", "3.1万套=31000 套 供应分配保障房", "44件=44 件 化解纠纷", "12件=12 件 诉前"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, plan := strings.CutPrefix(tt.text, "PLAN ")
			var got []string
			for _, f := range Read(text, Context{Plan: plan, Year: 2023}) {
				got = append(got, short(f))
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("%s\ngot\n  %s\nwant\n  %s", text, strings.Join(got, "\n  "), strings.Join(tt.want, "\n  "))
			}
		})
	}
}

// TestRecord holds all of a record that is not told by its line in TestRead.
func TestRecord(t *testing.T) {
	text := "一年来，成效明显。区本级受理行政复议案件１２０件，直接纠错30件，纠错率25%。"
	got := Read(text, Context{Passage: "a.txt#p3", Report: "a.txt", Year: 2023, Section: []string{"一、过去五年工作"}})
	if len(got) != 3 {
		t.Fatalf("%d figures, want 3: %v", len(got), got)
	}
	f := got[0]
	if f.Passage != "a.txt#p3" || f.Report != "a.txt" || f.Scope != "区本级" || f.Period != "五年" || f.Key != "行政复议·受理" {
		t.Errorf("passage %q, report %q, scope %q, period %q, key %q", f.Passage, f.Report, f.Scope, f.Period, f.Key)
	}
	if want := "区本级受理行政复议案件１２０件，直接纠错30件，纠错率25%"; f.Evidence != want {
		t.Errorf("evidence %q, want %q", f.Evidence, want)
	}
	rate := got[2]
	if rate.Numerator == nil || *rate.Numerator != (Part{"直接纠错", 30}) || rate.Denominator == nil || *rate.Denominator != (Part{"受理行政复议案件", 120}) {
		t.Errorf("25%% is %v of %v, want 30 of 120", rate.Numerator, rate.Denominator)
	}
	share := Read("工业增加值占地区生产总值比重达31%。", Context{})[0]
	if share.Numerator == nil || share.Numerator.Indicator != "工业增加值" || share.Denominator.Indicator != "地区生产总值" {
		t.Errorf("%q is %v of %v", share.Indicator, share.Numerator, share.Denominator)
	}
}

// check holds what is true of all figures of a text.
func check(t *testing.T, text string, list []Figure) {
	t.Helper()
	runes := []rune(text)
	for _, f := range list {
		if f.Start < 0 || f.Start >= f.End || f.End > len(runes) {
			t.Fatalf("%q: from %d to %d of %d", text, f.Start, f.End, len(runes))
		}
		if utf8.ValidString(text) && f.Raw != string(runes[f.Start:f.End]) {
			t.Errorf("%q: %q, not %q, stands from %d to %d", text, string(runes[f.Start:f.End]), f.Raw, f.Start, f.End)
		}
		if f.Indicator == "" || f.Key == "" || f.Kind == "" || f.Status == "" || f.Value < 0 {
			t.Errorf("%q: %+v", text, f)
		}
		if (f.High != nil) != (f.Bound == Range) {
			t.Errorf("%q: %s has bound %q and upper end %v", text, f.Raw, f.Bound, f.High)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"受理行政复议案件14件", "由2.1%下降到0.7%", "A、B分别增长5%、7%", "其中（受理3件）", "第一、第二，前三", "万亿元突破万亿元", "翻番", "九成", "１２．５％", "1—2家", "9∶40∶51",
		"\xff5件", "“五个一”5个", "的5个的5个", "，5件，5件，5件", "均各分别5%、6%", "12345", "1+3+N", "年产5万吨项目5个", "在5个中5个", "占5%占6%", "级5个、级6个",
	} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, plan bool) {
		got := Read(text, Context{Plan: plan, Year: 2023})
		check(t, text, got)
		if again := Read(text, Context{Plan: plan, Year: 2023}); !reflect.DeepEqual(got, again) {
			t.Errorf("%q is read in two ways", text)
		}
	})
}

// Passages as reports have them, 150 characters long.
const (
	withFigures = "全面推进依法行政，全年共办理人大代表建议176件、政协提案221件，办复率、满意率均达100%。新增就业19.7万人，一般公共预算收入680.3亿元、增长7.7%，税收占比达86%、居全省第1位。持续深化惠企便民服务，为群众节约办事成本近900万元，营商环境测评保持全省优秀等次，作风建设走深走实，三公经费减少5%。"
	without     = "坚持把法治政府建设成效纳入目标考核和督查考核工作内容，将法治建设履职情况纳入领导干部年度述职测评，增加法治政府建设考核权重，严格执行年度报告制度，主动报告上一年度法治政府建设工作开展情况，建立国家工作人员学法考法制度，将考法成绩作为考核任职和晋升的重要参考，推动形成办事依法的良好环境，全面完成各项任务。"
)

func BenchmarkRead(b *testing.B) {
	for _, bb := range []struct{ name, text string }{{"figures", withFigures}, {"none", without}} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.text)))
			for b.Loop() {
				Read(bb.text, Context{Year: 2023})
			}
		})
	}
}
