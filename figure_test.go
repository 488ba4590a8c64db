package baogao_test

import (
	"testing"

	"baogao"
)

// TestYearOf wants the year of a figure: the one it names, or that of its report, or the
// year behind for what a plan aims at.
func TestYearOf(t *testing.T) {
	for _, tt := range []struct {
		named    int
		status   baogao.FigureStatus
		plan     bool
		reported int
		want     int
	}{
		{0, baogao.Achieved, false, 2022, 2022},
		{0, baogao.Achieved, true, 2022, 2022},
		{0, baogao.Target, true, 2022, 2023},
		{0, baogao.Target, false, 2022, 2022},
		{2025, baogao.Target, true, 2022, 2025},
		{2021, baogao.Earlier, false, 2022, 2021},
		{0, baogao.Target, true, 0, 0},
		{2025, baogao.Target, true, 0, 2025},
	} {
		if got := baogao.YearOf(tt.named, tt.status, tt.plan, tt.reported); got != tt.want {
			t.Errorf("%+v: %d", tt, got)
		}
	}
}
