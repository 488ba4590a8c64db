package corpus

import "testing"

func TestIsChrome(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want bool
	}{
		{"当前位置：首页 > 政务公开 > 法治政府建设", true},
		{"- 當前位置: 首頁 > 鼓樓區人民政府", true},
		{"首页>信息公开>年度报告", true},
		{"您现在的位置： 网站首页 » 政府信息公开", true},
		{"【关闭本页】 【打印本页】 【返回顶部】", true},
		{"【關閉本頁】 【打印本頁】 【返回頂部】", true},
		{"【字体：大 中 小】 打印 关闭", true},
		{"【字号：", true},
		{"】", true},
		{"打印", true},
		{"解读链接:", true},
		{"http://www.example.gov.cn/art/2023/1/20/art_1.html", true},
		{"原文链接：https://www.example.gov.cn/a?id=1", true},
		{"[查看原文](https://www.example.gov.cn/1.shtml)", true},
		{"上一篇：区政府关于2021年度法治政府建设情况的报告", true},
		{"责任编辑：张三", true},
		{"浏览次数：128", true},
		{"版权所有：青石县人民政府  备案号ICP备12345678号", true},
		{"网站标识码：5109040001", true},
		{"扫一扫在手机打开当前页", true},
		{"?", true},
		{"......", true},
		{"— 23 —", true},
		{"第 3 页 共 12 页", true},
		{"-->", true},
		{"<!-- INFO END -->", true},
		{"├──────┼───┤", true},

		{"进一步优化网站首页、打印和下载功能，关闭僵尸账号12个。", false},
		{"打印机等办公设备采购", false},
		{"关闭散乱污企业15家", false},
		{"返回式卫星发射成功", false},
		{"当前位置已经决定了我们必须加快发展，不进则退", false},
		{"（三）编辑出版《普法读本》", false},
		{"分享经济健康发展", false},
		{"收藏馆建设", false},
		{"下载量突破100万次", false},
		{"企业满意度>95%，办结率>99%", false},
		{"负荷率 > 90", false},
		{"。", false}, // broken off a sentence
		{"》、《", false},
		{"中", false},
		{"12", false},
		{"各位代表：", false},
		{"相关链接处理机制建设情况", false},
		{"〈选举细则〉〈代表法办法〉〈代表建议办理规定〉", false},
		{"编辑部、出版社、印刷厂改制基本完成", false},
		{"访问量居全省前列，阅读量增长20%", false},
	} {
		t.Run(tt.in, func(t *testing.T) {
			if got := isChrome(tt.in); got != tt.want {
				t.Errorf("isChrome(%q) = %v, want %v", tt.in, got, tt.want)
			}
		})
	}
}
