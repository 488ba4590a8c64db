package outline

import (
	"slices"
	"strings"
	"testing"

	"baogao/internal/clean"
)

// droppedOf gives the lines of a text that are dropped as chrome.
func droppedOf(text string) []string {
	var lines []line
	for _, l := range strings.Split(text, "\n") {
		lines = append(lines, line{Line: clean.Line{Text: l, Published: l}})
	}
	_, dropped := dropChrome(lines)
	return dropped
}

// passageText is all that can be found of a text.
func passageText(o Outline) string {
	var b strings.Builder
	for _, p := range o.Passages {
		b.WriteString(p.Text)
	}
	return b.String()
}

// places are texts with a line at their head, in their middle and at their
// end, in each case beside chrome that nothing can be mistaken for.
var places = []struct{ name, before, behind string }{
	{"alone", "", ""},
	{"head", "当前位置：首页 > 政务公开\n", "\n青石县2022年法治报告\n2022年，我县坚持依法行政。"},
	{"middle", "2022年，我县坚持依法行政。\n", "\n2023年，我县继续推进。"},
	{"beside", "2022年，我县坚持依法行政。\n【打印本页】\n", "\n【关闭窗口】\n2023年，我县继续推进。"},
	{"tail", "2022年，我县坚持依法行政。\n", "\n【打印本页】\n【关闭窗口】"},
}

// TestPublishedLinesAreKept: what a report says is found wherever it stands,
// even beside chrome.
func TestPublishedLinesAreKept(t *testing.T) {
	for _, text := range []string{
		"一、加强软件版权所有者权益保护",
		"受理→审查→决定→送达",
		"受理>审查>决定>送达",
		"初审→复审→终审",
		"登录→注册→下载",
		"首页、搜索、下载",
		"| 微信 | 微博 |",
		"| 初审 | 复审 | 终审 |",
		"事前提醒>事中指导>事后监督",
		"扫码入企全面推行",
		"扫一扫办事全面推行",
		"建议使用电子印章系统",
		"审核：重大执法决定28件",
		"主办单位：县司法局",
		"承办：县人大建议12件、政协提案9件",
		"阅读：法治书屋进乡村",
		"分享：法治书屋进乡村",
		"所在位置公示全覆盖",
		"所在位置：青石镇幸福村三组",
		"所在位置",
		"位置",
		"微信、微博、朋友圈",
		"网站支持IPv6",
		"当前位置已经决定了我们必须加快发展，不进则退",
		"您所在的位置在线查询",
		"（三）网站首页",
		"2.打印本页",
		"第一节 版权所有",
		"软件版权所有者权益保护",
		"网站支持IPv6改造全部完成",
		"网站标识码全覆盖",
		"ICP备案管理",
		"公安备案率100%",
		"Copyright保护专项行动",
		"技术支持：为基层减负，推行一表通",
		"浏览量：同比增长20%",
		"进一步优化网站首页、打印和下载功能，关闭僵尸账号12个。",
		"打印机等办公设备采购",
		"关闭散乱污企业15家",
		"返回式卫星发射成功",
		"（三）编辑出版《普法读本》",
		"分享经济健康发展",
		"收藏馆建设",
		"下载量突破100万次",
		"企业满意度>95%，办结率>99%",
		"负荷率 > 90",
		"投诉平台：https://www.example.gov.cn",
		"。", // broken off a sentence
		"》、《",
		"中",
		"12",
		"-12", // a cell below zero
		"各位代表：",
		"相关链接处理机制建设情况",
		"〈选举细则〉〈代表法办法〉〈代表建议办理规定〉",
		"编辑部、出版社、印刷厂改制基本完成",
		"访问量居全省前列，阅读量增长20%",
	} {
		for _, p := range places {
			if text == "主办单位：县司法局" && p.name == "tail" {
				continue // the foot of a page
			}
			t.Run(p.name+" "+text, func(t *testing.T) {
				if !strings.Contains(passageText(read(p.before+text+p.behind)), text) {
					t.Error("not found")
				}
			})
		}
	}
}

// TestChromeIsDropped: what nobody can have published is dropped anywhere.
func TestChromeIsDropped(t *testing.T) {
	for _, text := range []string{
		"当前位置：首页 > 政务公开 > 法治政府建设",
		"- 當前位置: 首頁 > 鼓樓區人民政府",
		"当前位置：",
		"您现在的位置： 网站首页 » 政府信息公开",
		"您当前所在位置 政务公开 > 年度报告",
		"【关闭本页】 【打印本页】 【返回顶部】",
		"【關閉本頁】 【打印本頁】 【返回頂部】",
		"【字体：大 中 小】 打印 关闭",
		"解读链接:",
		"http://www.example.gov.cn/art/2023/1/20/art_1.html",
		"原文链接：https://www.example.gov.cn/a?id=1",
		"[查看原文](https://www.example.gov.cn/1.shtml)",
		"上一篇：区政府关于2021年度法治政府建设情况的报告",
		"责任编辑：",
		"版权所有：青石县人民政府  备案号ICP备12345678号",
		"版权所有 青石县人民政府",
		"© 2023 青石县人民政府",
		"川公网安备 51090402000123号",
		"网站标识码：5109040001",
		"您是第 12345 位访客",
		"建议使用IE9以上浏览器",
		"青石县人民政府门户网站提示:使用大于1366*768分辨率/IE10.0或以上浏览器可以获得最佳浏览效果!", "涉密文件严禁上网", "天津市青石区人民政府 2019年12月3日星期二", "/青石县2023年度决算报表.xls",
		"扫一扫在手机打开当前页",
		"扫描二维码分享到朋友圈",
		"?",
		"......",
		"— 23 —",
		"— 23",
		"相关附件>>",
		"第 3 页 共 12 页",
		"-->",
		"<!-- INFO END -->",
		"├──────┼───┤",
	} {
		for _, p := range places {
			t.Run(p.name+" "+text, func(t *testing.T) {
				if !slices.Contains(droppedOf(p.before+text+p.behind), text) {
					t.Error("kept")
				}
			})
		}
	}
}

// TestChromeAtTheEdges: some lines are chrome where a page has chrome, and
// may be published anywhere else.
func TestChromeAtTheEdges(t *testing.T) {
	for _, text := range []string{
		"打印", "大　中　小", "登录 注册 搜索", "【打印】【关闭】", "下载", "分享：", "审核：张三", "编辑：张三 审核：李四", "浏览次数：128", "责任编辑：张三", "首页>信息公开>年度报告",
	} {
		for _, p := range places {
			t.Run(p.name+" "+text, func(t *testing.T) {
				want := p.name == "head" || p.name == "tail"
				if p.name == "alone" && judge(text) == labelled {
					want = true
				}
				if got := slices.Contains(droppedOf(p.before+text+p.behind), text); got != want {
					t.Errorf("dropped %v, want %v", got, want)
				}
			})
		}
	}
}

func TestChromeInRuns(t *testing.T) {
	const body = "2022年，我县坚持依法行政。"
	for _, tt := range []struct{ in, want string }{
		{"下载\n打印\n收藏\n【字号：\n加大\n还原\n】\n" + body, "下载 打印 收藏 【字号： 加大 还原 】"},
		{"【字体：\n大\n中\n小\n】\n" + body, "【字体： 大 中 小 】"},
		{body + "\n责任编辑：\n张三\n" + body, "责任编辑： 张三"},
		{body + "\n（来源：青石日报）\n编辑：何某红", "编辑：何某红"},
		{body + "\n主办：县政府办　承办：县信息中心\n版权所有：青石县人民政府", "主办：县政府办　承办：县信息中心 版权所有：青石县人民政府"},
		{body + "\n编辑：何某红", ""},
		{"风险等级\n高\n|\n中\n小\n" + body, "|"},
		{body + "\n受理\n审核\n打印\n" + body, ""},
		{"项目\n审核\n初审\n下载\n注册", ""},
	} {
		t.Run(tt.in, func(t *testing.T) {
			if got := strings.Join(droppedOf(tt.in), " "); got != tt.want {
				t.Errorf("dropped %q, want %q", got, tt.want)
			}
		})
	}
}

// TestBrokenOffSigns keeps signs that a line break cut off their number.
func TestBrokenOffSigns(t *testing.T) {
	o := read("甲县办结率、满意率均为100\n%。\n继续推进。\n")
	if got := o.Paragraphs[0].Text; got != "甲县办结率、满意率均为100%。" {
		t.Errorf("%q, dropped %q", got, o.Dropped)
	}
}
