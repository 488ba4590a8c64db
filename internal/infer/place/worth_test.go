package place

import (
	"testing"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
)

// TestWorth holds every curve to rise, to give no value away that has half of the votes, and
// none that has less.
func TestWorth(t *testing.T) {
	for name, c := range map[string]poll.Curve{
		"region": usualRegion, "level": usualLevel, "country of a law": countryOfLaw, "place of a law": placeOfLaw,
		"national law": nationalOfLaw, "local law": localOfLaw,
	} {
		for i := 1; i < len(c); i++ {
			if a, b := c[i-1], c[i]; b.Share <= a.Share || b.Right <= a.Right || b.Right > 1 {
				t.Errorf("%s: %v after %v", name, b, a)
			}
		}
		if c[0].Right != 0 || c[1].Share != poll.Threshold || c[1].Right != poll.Threshold || c[len(c)-1].Share != 1 {
			t.Errorf("%s goes from %v by %v to %v", name, c[0], c[1], c[len(c)-1])
		}
	}
}

// law is a law in articles of a city that it does not name.
func law(title, article string) *parts.Document {
	lines := []string{"第二条 本市行政区域内的湿地保护,适用本条例。", "第三条 本市实行湿地名录制度。", article, "第五条 本市建立湿地保护补偿制度。", "第六条 本市鼓励志愿者参与湿地保护。"}
	return parts.Read(parts.Source{Title: title, Lines: lines})
}

// TestLevelOfNamelessCity holds laws of a 市 that is not named to what they say is around it.
func TestLevelOfNamelessCity(t *testing.T) {
	for article, want := range map[string]baogao.Level{
		"第四条 县(市、区)人民政府应当加强湿地保护。": baogao.City,
		"第四条 市、县人民政府应当将其纳入规划。":    baogao.City,
		"第四条 占用省重要湿地的,按照有关规定办理。":  baogao.City,
		"第四条 区、县人民政府应当将其纳入规划。":    baogao.Province,
		"第四条 乡镇人民政府和街道办事处协助开展工作。": baogao.Province,
	} {
		d := law("", article)
		_, level := Guess(d, "other", &poll.Tally{}, "")
		if !d.Legislation || level.Value != string(want) || level.Confidence > 0.9 {
			t.Errorf("%s: law %t, level %s (%.2f), want %s", article, d.Legislation, level.Value, level.Confidence, want)
		}
	}
	report := parts.Read(parts.Source{Lines: []string{"一年来,全市湿地保护取得成效,我市修复湿地20处。"}})
	if got := levelsOf("市", nil, report); got[baogao.City] <= got[baogao.District] || got[baogao.Province] != 0 {
		t.Errorf("a report is on %v", got)
	}
}

// TestWorthOfLaws holds the curves to be apart for laws that have lost their title alone.
func TestWorthOfLaws(t *testing.T) {
	const article = "第四条 国务院林业主管部门负责监督管理。"
	cut, whole := law("", article), law("某市湿地保护条例", article)
	if got := worthOfRegion(cut, gazetteer.Country); &got[0] != &countryOfLaw[0] {
		t.Errorf("a law without title is weighed by %v", got)
	}
	if got := worthOfRegion(whole, gazetteer.Country); &got[0] != &usualRegion[0] {
		t.Errorf("a law with its title is weighed by %v", got)
	}
	if a, b := worthOfLevel(cut, string(baogao.Country)), worthOfLevel(cut, string(baogao.City)); &a[0] != &nationalOfLaw[0] || &b[0] != &localOfLaw[0] {
		t.Errorf("levels of a law without title are weighed by %v and %v", a, b)
	}
}
