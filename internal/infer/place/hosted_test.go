package place_test

import (
	"testing"

	"baogao/internal/infer"
)

// TestHosted holds reports that name no division to what their address tells, whatever
// words in them sound like places, and to no level that they do not tell.
func TestHosted(t *testing.T) {
	const town = "根据条例,编制本报告。一、总体情况。我镇高度重视政府信息公开工作,全年公开100余条,在镇政务服务中心设置专区,依托区政府门户网站公开。"
	for _, tt := range []struct{ address, line, region, level string }{
		{"https://www.bjdx.gov.cn/a/index.html", town, "110115", "street"},
		{"http://www.haishu.gov.cn/art/2011/3/31/art_1.html", "2010年,面对复杂多变的外部环境,全区上下稳增长。全区实现地区生产总值400亿元。", "330203", "district"},
		{"http://www.schy.gov.cn/", town, "", "street"},
		{"http://www.hbdaye.gov.cn/", "2023年,在市委、市政府和高新区党工委、管委会的坚强领导下,街道上下团结一心,街道实体化深入推进,各项事业高质量发展。力争各项工作在全市走前列,在全市街道始终保争第一。", "420281", ""},
		{"", "根据《苏州市政府信息公开规定》和《常熟市政务公开意见》,常熟经济技术开发区编写本报告。如有疑问,请联系:常熟经济技术开发区党政办公室。", "320581", "district"},
	} {
		in := infer.Infer(infer.Document{Address: tt.address, Lines: []string{tt.line}})
		if in.Region.Value != tt.region || in.Level.Value != tt.level {
			t.Errorf("%s %s: region %s (%.2f), level %s (%.2f), want %s, %s; %v", tt.address, tt.line, in.Region.Value, in.Region.Confidence, in.Level.Value, in.Level.Confidence, tt.region, tt.level, in.Level.Candidates)
		}
	}
}
