package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"baogao"
	"baogao/internal/extract"
)

func TestLinesOfMarkup(t *testing.T) {
	tests := []struct{ in, want string }{
		{`<p>一</p><p>二</p>`, "一\n二"},
		{`<p>一<p>二`, "一\n二"},
		{`一<br>二<br/>三</br>四`, "一\n二\n三\n四"},
		{`<p>政府<b>工作</b><span class=x>报</span><font>告</font></p>`, "政府工作报告"},
		{"<p>政府工作\n  报告 \n</p>", "政府工作报告"},
		{"<p>GDP\ngrowth  of   5</p>", "GDP growth of 5"},
		{"<p>同比 增长</p>", "同比 增长"},
		{"<p>&nbsp;&nbsp;一、回顾&nbsp;与展望</p>", "  一、回顾 与展望"},
		{"<p>　　各位代表：</p>", "　　各位代表："},
		{"<pre>第一行\n  第二行\n</pre>", "第一行\n  第二行"},
		{`<div style="white-space: pre-wrap">第一行` + "\n第二行</div>", "第一行\n第二行"},
		{`<span style="display:block">一</span><span style="display:block">二</span>`, "一\n二"},
		{`<div>一<div>二</div>三</div>`, "一\n二\n三"},
		{`<ul><li>一<li>二</ul>三`, "一\n二\n三"},
		{`<ul><li>一<ul><li>甲</ul><li>二</ul>`, "一\n甲\n二"},
		{`<dl><dt>词<dd>义<dt>词<dd>义</dl>`, "词\n义\n词\n义"},
		{`<table><tr><td>一<td>二<tr><td>三<td>四</table>五`, "一 | 二\n三 | 四\n五"},
		{`<table><tr><td></td><td>2022</td><td></td><td>2023</td><td></td></tr></table>`, "| 2022 |  | 2023"},
		{`<table><tr><td>总<br>计</td><td><p>甲局</p><p>乙局</p></td></tr></table>`, "总计 | 甲局 乙局"},
		{`<table><tr><td>&nbsp;</td><td>只有一格</td></tr></table>`, "只有一格"},
		{`<table><tr><td> </td><td>左<br>右</td></tr></table>`, "左\n右"},
		{`<table><tr><td>序号</td><td><p>要建立健全行政执法公示制度。</p><p>要严格落实重大执法决定审核。</p></td></tr></table>`,
			"序号\n要建立健全行政执法公示制度。\n要严格落实重大执法决定审核。"},
		{`<table><tr><td>左</td><td><table><tr><td>一</td><td>二</td></tr></table></td></tr></table>`, "左\n一 | 二"},
		{`<table><caption>表1</caption><thead><tr><th>项<th>数<tbody><tr><td>一<td>二</table>`, "表1\n项 | 数\n一 | 二"},
		{`<div><table><tr><td>一</div></td><td>二</table>三</div>`, "一 | 二\n三"},
		{`<td>没有表格的格子</td><p>正文</p>`, "没有表格的格子\n正文"},
		{`<dl><dt>索引号</dt><dd>A1</dd><dt>文号：</dt><dd></dd><dt>名称</dt><dd>报告</dd></dl>`, "索引号 | A1\n文号： |\n名称 | 报告"},
		{`<table><tr><td>主题词：</td><td></td></tr><tr><td>各镇人民政府：</td></tr></table>`, "主题词： |\n各镇人民政府："},
		{`<p>来源</p><p>` + strings.Repeat("不是来源而是一段正文", 7) + `</p>`, "来源\n" + strings.Repeat("不是来源而是一段正文", 7)},
		{`<p>一</p><script>二<p></script><style>三</style><noscript>四</noscript><template>五</template><p>六`, "一\n六"},
		{`<p>一<span style="Display : NONE">二</span>三<i aria-hidden="true">四</i><em hidden>五</em>`, "一三"},
		{`<select><option>请选择<option>甲</select><p>正文`, "正文"},
		{`<object>正文在没有关闭的元素里，` + strings.Repeat("一句话，", 40) + `。`, "正文在没有关闭的元素里，" + strings.Repeat("一句话，", 40) + "。"},
		{`<ruby>区<rt>qū</rt></ruby>政府`, "区(qū)政府"},
		{`<o:p>一</o:p><st1:chsdate w:st="on">2022年</st1:chsdate>`, "一2022年"},
		{`&lt;一&gt; &amp;&#19968;&#x4e8c;&hellip;`, "<一> &一二…"},
		{`<p>正文<!-- 注释 --><![if !x]>还是正文<![endif]>`, "正文还是正文"},
		{"正文<p", "正文"},
		{"<table><tr><td rowspan=2>行政处罚<td>警告<td>27件<tr><td>罚款<td>9件<tr><td>合计<td><td>36件</table>", "行政处罚 | 警告 | 27件\n行政处罚 | 罚款 | 9件\n合计 |  | 36件"},
		{"<table><tr><td>全区<td rowspan=3 colspan=2>行政处罚<td>27件<tr><td>全县<td>9件<tr><td>全市<td>8件<tr><td>全省<td>7件</table>", "全区 | 行政处罚 | 27件\n全县 | 行政处罚 | 9件\n全市 | 行政处罚 | 8件\n全省 | 7件"},
		{"<table><tr><td rowspan=99999999999>甲<td>乙<tr><td rowspan=-1>丙<td rowspan=0>丁</table>", "甲 | 乙\n丙 | 丁"},
		{"<p>一\x00二</p><p>三四五</p>", "一二\n三四五"},
		{`<frameset><frame src=a></frameset><p>框架外的字</p>`, "框架外的字"},
		{`<title>题</title>没有 body`, "没有 body"},
		{`<body style="display:none"><p>防盗链</p></body>`, "防盗链"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, err := HTML([]byte(tt.in), extract.Limits{})
			if err != nil || got.Body != tt.want {
				t.Errorf("HTML(%q) = %q, %v, want %q", tt.in, got.Body, err, tt.want)
			}
		})
	}
}

// prose is a paragraph of a report.
const prose = "<p>全县上下坚持以人民为中心，扎实推进依法行政，各项工作取得明显成效。</p>"

// TestChrome puts things beside or into a text of three paragraphs and says
// which of them are kept.
func TestChrome(t *testing.T) {
	const article = `<div class="con">` + prose + prose + prose + `</div>`
	tests := []struct {
		in   string
		kept bool
	}{
		{`<ul><li><a href=/1>新闻中心</a><li><a href=/2>这一条</a></ul>` + article, false},
		{`<table><tr><td><a href=/1>新闻中心</a></td><td><a href=/2>这一条</a></td></tr></table>` + article, false},
		{article + `<div class="footer">主办：这一条</div>`, false},
		{article + `<footer>未经授权，这一条不得转载，违者必究。</footer>`, false},
		{article + `<div id="comments"><p>这一条写得真好，为政府的努力点赞。</p></div>`, false},
		{`<div class="con">` + prose + prose + `<div class="bdsharebuttonbox"><a href=x>这一条</a></div>` + prose + `</div>`, false},
		{`<div class="con">` + prose + prose + `<h3>相关阅读</h3><ul><li><a href=1>我县召开会议，学习这一条</a>2022-01-02</ul></div>`, false},
		{article + `<div style="display:none">您访问的链接即将离开，这一条是否继续？</div>`, false},
		{article + `<div hidden><table>` + strings.Repeat("<tr><td><a href=/1>这一条</a></td><td><a href=/2>办事服务</a></td></tr>", 60) + `</table></div>`, false},
		{`<table><tr><td>` + article + `<select>` + strings.Repeat("<option>这一条", 60) + `</select></td></tr></table>`, false},
		{`<div class="header"><span>今天是 这一条</span></div>` + article, false},

		{`<h1>这一条</h1>` + article, true},
		{`<div class="header"><h1>这一条</h1></div>` + article, true},
		{article + `<p>这一条</p>`, true},
		{article + `<div class="bottom"><p>这一条</p></div>`, true},
		{article + `<p>附件：<a href=x.html>这一条</a></p>`, true},
		{article + `<p><a href=x.docx>这一条</a></p>`, true},
		{article + `<div class="box"><p>这一条在另一个容器里，是报告的一句话，不能丢。</p></div>`, true},
		{article + `<div class="share"><p>` + strings.Repeat("这一条叫错了名字，其实是很长的正文。", 12) + `</p></div>`, true},
		{`<div><a href=x>这一条没有关闭的链接` + prose + `</div>` + article, true},
		{`<table><tr><td>发布机构</td><td><a href=x>这一条</a></td></tr></table>` + article, true},
		{article + `<div style="display:none"><p>` + strings.Repeat("这一条在隐藏的第二页里，也是正文。", 8) + `</p></div>`, true},
		{article + `<div style="display:none"><table>` + strings.Repeat("<tr><td>这一条</td><td>120</td></tr>", 60) + `</table></div>`, true},
		{`<div class="con">` + prose + `<h3>这一条</h3>` + prose + `</div>`, true},
		{`<div class="con">` + prose + `<p>请看<a href=x>这一条</a></p>` + prose + `</div>`, true},
		{`<div class="nav">` + article + `<p>这一条</p></div>`, true},
		{`<div>` + prose + `<ul><li><a href=1>这一条</a><li><a href=2>办事服务</a><li><a href=3>互动交流</a></ul></div><div>` + prose + `</div>`, false},
		{`<div>` + prose + `<p>附件：</p><ul><li><a href=1>这一条</a><li><a href=2>重点工作分工表</a><li><a href=3>项目清单</a></ul></div>`, true},
		{`<div>` + prose + `<table><tr><td><a href=1>这一条</a><td>1<tr><td><a href=2>办法</a><td>2<tr><td><a href=3>规则</a><td>3</table></div>`, true},
		{`<ul><li><a href=/3>第三条</a><li><a href=/1>这一条</a><li><a href=/2>整页都是链接</a></ul>`, true},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, err := HTML([]byte(tt.in), extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if kept := strings.Contains(got.Body, "这一条"); kept != tt.kept {
				t.Errorf("HTML(%q): kept %v, want %v\n%s", tt.in, kept, tt.kept, got.Body)
			}
		})
	}
}

func TestHiddenCopy(t *testing.T) {
	long := strings.Repeat("同一段话出现两次，一次给读屏软件。", 10)
	got, err := HTML([]byte(`<div><p>`+long+`</p></div><div hidden><p>`+long+`</p></div>`), extract.Limits{})
	if err != nil || got.Body != long {
		t.Errorf("the hidden copy stays: %q, %v", got.Body, err)
	}
}

func TestTitle(t *testing.T) {
	tests := []struct{ in, want string }{
		{`<title>青石县2022年法治政府建设报告_青石县人民政府</title><p>正文`, "青石县2022年法治政府建设报告"},
		{`<title>青石县2022年法治政府建设报告 - 法治建设 - 青石县政府网</title><p>正文`, "青石县2022年法治政府建设报告"},
		{`<title>青石县人民政府门户网站-政府工作报告(2020年)</title><p>正文`, "政府工作报告(2020年)"},
		{`<title>青石县人民政府_政府工作报告</title><p>正文`, "政府工作报告"},
		{`<title>澄江镇2023年报告-澄江镇人民政府-青石县政务公开平台</title><p>正文`, "澄江镇2023年报告"},
		{`<title>青石县“十四五”规划（2021-2025年）</title><p>正文`, "青石县“十四五”规划（2021-2025年）"},
		{`<title>年度报告 | 首页</title><p>正文`, "年度报告"},
		{`<title>青石县人民政府</title><p>正文`, ""},
		{`<title>青石县人民政府</title><h1>青石县人民政府</h1><h1>2022年政府工作报告</h1><p>正文`, "2022年政府工作报告"},
		{`<title>青石县人民政府</title><div class="wzbt">2022年政府工作报告</div><p>正文`, "2022年政府工作报告"},
		{`<title>关于2022年法治政府建…</title><h2>关于2022年法治政府建设情况的报告</h2><p>正文`, "关于2022年法治政府建设情况的报告"},
		{`<meta name="articletitle" content="报告全称"><title>报告</title><p>正文`, "报告全称"},
		{`<meta name="ArticleTitle" content="县政府&amp;ldquo;放管服&amp;rdquo;改革<br/>情况"><p>正文`, "县政府“放管服”改革 情况"},
		{`<title>2022年政府<br>工作报告</title><p>正文`, "2022年政府 工作报告"},
		{`<meta property="og:title" content="文章题目"><title></title><p>正文`, "文章题目"},
		{"<h1>青石县2022年<br>政府工作\n报告</h1><p>正文", "青石县2022年政府工作报告"},
		{`<h1>三、保障措施` + strings.Repeat("很长的一句", 40) + `</h1><p>正文`, ""},
		{`<p>正文`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, err := HTML([]byte(tt.in), extract.Limits{})
			if err != nil || got.Title != tt.want {
				t.Errorf("HTML(%q).Title = %q, %v, want %q", tt.in, got.Title, err, tt.want)
			}
		})
	}
}

func TestHeadFacts(t *testing.T) {
	in := `<META NAME="PubDate" CONTENT="2023-01-18"><meta name="ContentSource" content=" 县司法局 "><meta name="Author" content=""><meta name="Keywords" content="法治"><p>正文`
	got, err := HTML([]byte(in), extract.Limits{})
	want := []baogao.Fact{{Label: "发布日期", Value: "2023-01-18"}, {Label: "来源", Value: "县司法局"}}
	if err != nil || !slices.Equal(got.Facts, want) {
		t.Errorf("facts %v, %v, want %v", got.Facts, err, want)
	}
	got, err = HTML([]byte(`<meta name="author" content="某网络公司"><p>正文`), extract.Limits{})
	if err != nil || len(got.Facts) != 0 {
		t.Errorf("the maker of the site is a fact: %v, %v", got.Facts, err)
	}
}

func TestSource(t *testing.T) {
	tests := []struct{ in, want string }{
		{`<!-- saved from url=(0030)http://www.qingshi.gov.cn/a.htm -->`, "http://www.qingshi.gov.cn/a.htm"},
		{`<!-- saved from url=https://www.qingshi.gov.cn/ -->`, "https://www.qingshi.gov.cn/"},
		{`<!-- saved from url=(0030)https://mirror.example/a.htm --><link rel="canonical" href="https://QINGSHI.GOV.CN/b.html">`, "https://QINGSHI.GOV.CN/b.html"},
		{`<meta property="og:url" content="http://www.gov.cn/x">`, "http://www.gov.cn/x"},
		{`<meta name="Url" content="http://sfj.qingshi.gov.cn:8080/x?id=1"/>`, "http://sfj.qingshi.gov.cn:8080/x?id=1"},
		{`<link rel="canonical" href="/relative.html">`, ""},
		{`<link rel="canonical" href="https://gov.cn.example/x">`, ""},
		{`<link rel="canonical" href="https://notgov.cn/x">`, ""},
		{`<link rel="canonical" href="javascript://www.gov.cn/x">`, ""},
		{`<link rel="canonical" href="https://archive.example/2020/http://www.gov.cn/x">`, ""},
		{`<link rel="canonical" href="https://user@evil.example/.gov.cn">`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, err := HTML([]byte(tt.in+"<p>正文"), extract.Limits{})
			if err != nil || got.Source != tt.want {
				t.Errorf("HTML(%q).Source = %q, %v, want %q", tt.in, got.Source, err, tt.want)
			}
		})
	}
}

func TestPageCharset(t *testing.T) {
	const text = "一、全县坚持依法行政，推进法治政府建设，办理行政复议案件十二件，发布规范性文件三件。"
	encode := func(e encoding.Encoding, s string) string {
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	utf16le := func(s string) string {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune(s)) {
			b.WriteByte(byte(u))
			b.WriteByte(byte(u >> 8))
		}
		return b.String()
	}
	tests := []struct{ name, in, want, charset string }{
		{"utf-8 without a word", "<p>" + text, text, "utf-8"},
		{"utf-8 that says gb2312", `<meta charset="gb2312"><p>` + text, text, "utf-8"},
		{"a mark before a lie", "\xEF\xBB\xBF<meta charset=big5><p>" + text, text, "utf-8"},
		{"gbk that says utf-8", encode(simplifiedchinese.GBK, `<meta charset="utf-8"><p>`+text), text, "gb18030"},
		{"gb2312", encode(simplifiedchinese.GBK, `<meta http-equiv=Content-Type content="text/html; charset=gb2312"><p>`+text), text, "gb18030"},
		{"big5", encode(traditionalchinese.Big5, `<meta charset=big5><p>辦理行政復議案件，推進法治政府建設，發布規範性文件。`), "辦理行政復議案件，推進法治政府建設，發布規範性文件。", "big5"},
		{"few characters of big5", encode(traditionalchinese.Big5, `<meta charset=big5><p>水利局`), "水利局", "big5"},
		{"little gbk in much markup", encode(simplifiedchinese.GBK, "<p>"+text+"</p>聽漏") + strings.Repeat("<i class=icon-and-nothing-else></i>", 1000), text + "\n聽漏", "gb18030"},
		{"little gbk that says utf-8", encode(simplifiedchinese.GBK, "<meta charset=utf-8><p>水利局") + strings.Repeat("<i class=icon></i>", 1000), "水利局", "gb18030"},
		{"hz", encode(simplifiedchinese.HZGB2312, `<meta charset=hz-gb-2312><p>`+text), text, "hz-gb-2312"},
		{"euc-jp", encode(japanese.EUCJP, `<meta charset=euc-jp><p>これはひらがなの文です`), "これはひらがなの文です", "euc-jp"},
		{"utf-16 with a mark", "\xFF\xFE" + utf16le("<p>"+text), text, "utf-16le"},
		{"unknown name", `<meta charset="x-none"><p>` + text, text, "utf-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := HTML([]byte(tt.in), extract.Limits{})
			if err != nil || got.Body != tt.want || got.Charset != tt.charset {
				t.Errorf("%q in %s, %v, want %q in %s", got.Body, got.Charset, err, tt.want, tt.charset)
			}
		})
	}
}

// TestEmbedded refuses a page that only shows another file, and reads one with
// a text of its own.
func TestEmbedded(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{`<h1>2022年度报告</h1><div><a href=/>首页</a></div><iframe src="body.html"></iframe><p>联系电话</p>`, `only a frame around "body.html"; save that`},
		{`<h1>2022年度报告</h1><embed src="a.pdf">`, `only a frame around "a.pdf"; save that`},
		{`<h1>2022年度报告</h1><p>全年办结行政复议案件14件，群众满意。</p><iframe src="count.html"></iframe>`, ""},
		{`<h1>2022年统计表</h1><table><tr><td>收案</td><td>结案</td><td>备注</td></tr></table><iframe src="count.html"></iframe>`, ""},
	} {
		_, err := HTML([]byte(tt.in), extract.Limits{})
		if got := fmt.Sprint(err); got != tt.want && (err != nil || tt.want != "") {
			t.Errorf("%s: %v, want %q", tt.in, err, tt.want)
		}
	}
}
