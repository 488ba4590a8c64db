package picture_test

import (
	"strings"
	"testing"

	"baogao/internal/gazetteer"
	"baogao/internal/study"
	"baogao/internal/web/picture"
)

func held(occurrences, reports int, chars int64) study.Tally {
	return study.Tally{Passages: occurrences, Reports: min(reports, occurrences), Occurrences: occurrences, Held: reports, Chars: chars}
}

func TestText(t *testing.T) {
	n := study.Tally{Passages: 1234, Reports: 2, Occurrences: 2468, Held: 3, Chars: 100_000}
	for m, want := range map[study.Measure]string{
		study.PerChars: "250", study.Passages: "1,234", study.Reports: "2", study.Occurrences: "2,468", study.Share: "66.7%", study.HeldReports: "3",
	} {
		if got := picture.Text(m, n); got != want {
			t.Errorf("%s: %s, want %s", m, got, want)
		}
		if got, hole := picture.Text(m, study.Tally{}), m != study.HeldReports; (got == "") != hole {
			t.Errorf("%s of nothing held is %q", m, got)
		}
	}
	for value, want := range map[float64]string{0: "0", 0.0123: "0.012", 1: "1.0", 2.449: "2.4", 9.96: "10", 52.4: "52", 1234: "1200"} {
		if got := picture.Number(study.PerChars, value); got != want {
			t.Errorf("%v: %s, want %s", value, got, want)
		}
	}
}

// TestScale wants what is not held apart from 0, the least above 0 apart from both,
// and one high value not to make all others pale.
func TestScale(t *testing.T) {
	var tallies []study.Tally
	for i := range 40 {
		tallies = append(tallies, held(i, 2, 10_000))
	}
	tallies = append(tallies, held(4000, 1, 10_000), study.Tally{})
	s := picture.ScaleOf(study.PerChars, tallies)
	for _, tt := range []struct {
		tally study.Tally
		want  int
	}{{study.Tally{}, -1}, {held(0, 1, 10_000), 0}, {held(1, 1, 10_000), 1}, {held(8, 1, 10_000), 1}, {held(9, 1, 10_000), 2}, {held(39, 2, 10_000), 5}, {held(4000, 1, 10_000), 5}} {
		if got := s.Shade(tt.tally); got != tt.want {
			t.Errorf("%+v: shade %d, want %d", tt.tally, got, tt.want)
		}
	}
	if got := strings.Join(s.Legend(), " "); got != "0–8.0 8.0–16 16–24 24–32 32 以上" {
		t.Errorf("legend %s", got)
	}
	none := picture.ScaleOf(study.PerChars, []study.Tally{held(0, 3, 100), {}})
	if none.Shade(held(0, 3, 100)) != 0 || none.Legend() != nil {
		t.Errorf("without a value above 0 there is a legend %v", none.Legend())
	}
	if counts := picture.ScaleOf(study.Passages, []study.Tally{held(1, 1, 10), held(3, 1, 10)}); strings.Contains(strings.Join(counts.Legend(), ""), ".") {
		t.Errorf("counts in parts: %v", counts.Legend())
	}
}

// TestTiles wants each province once, on a square of its own, under a name that is
// its own.
func TestTiles(t *testing.T) {
	at, codes := map[[2]int]string{}, map[string]bool{}
	for _, p := range picture.Tiles {
		if other := at[[2]int{p.Row, p.Column}]; other != "" {
			t.Errorf("%s stands on %s", p.Name, other)
		}
		at[[2]int{p.Row, p.Column}], codes[p.Code] = p.Name, true
		if place, ok := gazetteer.ByCode(p.Code); !ok || !strings.HasPrefix(place.Region().Name, p.Name) {
			t.Errorf("%s is not %s", p.Code, p.Name)
		}
	}
	for _, p := range gazetteer.Below("100000") {
		if !codes[p.Code] {
			t.Errorf("%s has no tile", p.Name)
		}
	}
	if len(codes) != 34 {
		t.Errorf("%d provinces", len(codes))
	}
}

// TestDraw wants points at the height of their values, holes without points, and
// lines between years side by side only.
func TestDraw(t *testing.T) {
	rows := []study.Row{
		{Value: "2020", Tallies: []study.Tally{held(0, 1, 10_000), held(4, 1, 10_000)}}, {Value: "2021", Tallies: []study.Tally{{}, {}}},
		{Value: "2022", Tallies: []study.Tally{held(8, 4, 10_000), held(2, 4, 10_000)}}, {Value: "2023", Tallies: []study.Tally{held(4, 2, 10_000), held(0, 2, 10_000)}},
	}
	c := picture.Draw(study.PerChars, []string{"2020", "2021", "2022", "2023"}, rows)
	first := c.Series[0]
	if len(first.Points) != 3 || first.Points[0].Y != c.Ground || first.Points[1].Y != c.Top || first.Points[2].Y != (c.Top+c.Ground)/2 {
		t.Errorf("points %+v between %d and %d", first.Points, c.Top, c.Ground)
	}
	if first.Points[0].Low != first.Points[0].High || first.Points[1].Low <= first.Points[1].Y || first.Points[1].High >= first.Points[1].Y {
		t.Errorf("intervals of %+v", first.Points)
	}
	if first.Points[1].R <= first.Points[2].R || first.Points[2].R <= first.Points[0].R {
		t.Errorf("dots do not grow with the reports: %+v", first.Points)
	}
	if len(first.Lines) != 1 || first.Lines[0].X1 != c.Columns[2].X || first.Lines[0].X2 != c.Columns[3].X {
		t.Errorf("lines %+v", first.Lines)
	}
	if !c.Columns[1].Hole || c.Columns[0].Hole || c.Columns[0].X != "12.50%" {
		t.Errorf("columns %+v", c.Columns)
	}
	if first.Shift != -c.Series[1].Shift {
		t.Errorf("series stand at %d and %d", first.Shift, c.Series[1].Shift)
	}
	if empty := picture.Draw(study.PerChars, nil, nil); len(empty.Columns) > 0 {
		t.Errorf("nothing is drawn as %+v", empty)
	}
}
