package clean

import "testing"

func TestCloseUp(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"临 江 县 人 民 政 府", "临江县人民政府"},
		{"目　　录", "目录"},
		{"附\u00a0\u00a0则", "附则"},
		{"第三章　总　则", "第三章　总则"},
		{"关于二〇二三年法治建设情况的报　　告", "关于二〇二三年法治建设情况的报告"},
		{"县长 周 平", "县长 周平"},
		{"2024 年 1 月 15 日", "2024年1月15日"},
		{"全 县 完 成 100 亿 元 。", "全县完成100亿元。"},
		{"行 政 复 议 案件 14 件。", "行政复议 案件 14 件。"},
		{"政 府 工 作 报 告　　临 江 县", "政府工作报告　　临江县"},
		{"一 二 三 四", "一 二 三 四"},
		{"甲 12 15 20", "甲 12 15 20"},
		{"推进改革 扩大开放。服务 群众", "推进改革 扩大开放。服务 群众"},
		{"rule of law", "rule of law"},
		{"11 铂 28 硫 45 磷", "11 铂 28 硫 45 磷"},
		{"第三十条 禁止携带。\n违反第三十条禁止携带。", "第三十条 禁止携带。\n违反第三十条禁止携带。"},
		{"综合\u00a0执法\u202f大队到场。来源：新华社\u00a0责任编辑：周平", "综合执法大队到场。来源：新华社\u00a0责任编辑：周平"},
		{"行政复议体制改革\n管理体制健全。\n今年，行政复议体 制改革完成。", "行政复议体制改革\n管理体制健全。\n今年，行政复议体制改革完成。"},
		{"始终干在实处 走在前列；\n干在实处走在前列。", "始终干在实处 走在前列；\n干在实处走在前列。"},
		{"以“共建美好家园 共创繁荣未来”为主题。\n共建美好家园共创繁荣未来", "以“共建美好家园 共创繁荣未来”为主题。\n共建美好家园共创繁荣未来"},
		{"信息技术 传感器网络：第1部分\n信息技术传感器网络", "信息技术 传感器网络：第1部分\n信息技术传感器网络"},
		{"依法行 政，严格执 法，政务公 开，督察反馈 问题。\n要依法行政。行政复议。严格执法。执法监督。政务公开。公开透明。督察反馈问题。", "依法行政，严格执法，政务公开，督察反馈问题。\n要依法行政。行政复议。严格执法。执法监督。政务公开。公开透明。督察反馈问题。"},
		{"书 记 员：周平", "书记员：周平"},
		{"四、代 位 权", "四、代位权"},
		{"│聯  絡  電  話：│", "│聯絡電話：│"},
		{"自    年    月    日起", "自    年    月    日起"},
		{"二 〇 二 三 年 一 月", "二〇二三年一月"},
		{"第 6 條 廢 (污) 水", "第6條 廢 (污) 水"},
		{"第 二 章 備 案", "第二章 備案"},
		{"坚持为民 务实清廉\n坚持为民务实清廉。", "坚持为民 务实清廉\n坚持为民务实清廉。"},
	} {
		t.Run(tt.in, func(t *testing.T) {
			once, _ := cleaned(t, tt.in)
			if twice, _ := cleaned(t, once); once != tt.want || twice != once {
				t.Errorf("%q, and again %q, want %q", once, twice, tt.want)
			}
		})
	}
}

// TestPrivate: the private characters of GBK are read; others in words are damage, and
// so are all in Traditional characters, which users of Big5 made.
func TestPrivate(t *testing.T) {
	got, c := cleaned(t, "\uE123要点\n周\uE863任镇长，李\uE81E到会\n行\uE5E5政复议")
	if got != "要点\n周䶮任镇长，李龴到会\n行政复议" || c.Damaged != 1 {
		t.Errorf("%q, %d damaged", got, c.Damaged)
	}
	if got, c := cleaned(t, "縣政府辦公會議報告，核\uE83A酸與國產藥品"); got != "縣政府辦公會議報告，核酸與國產藥品" || c.Damaged != 1 {
		t.Errorf("in Traditional characters %q, %d damaged", got, c.Damaged)
	}
	lines := Lines("周\uE863、行\uE5E5政", &c)
	if !lines[0].Damaged || lines[0].Published != "周\uE863、行\uE5E5政" {
		t.Errorf("%+v", lines[0])
	}
}
