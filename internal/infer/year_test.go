package infer

import (
	"fmt"
	"testing"

	"baogao/internal/infer/dates"
	"baogao/internal/infer/poll"
)

func TestYearsIn(t *testing.T) {
	tests := []struct {
		in   string
		bare bool
		want string // years with their bytes; those of ranges are left out
	}{
		{"2022年", false, "[2022 0-4]"},
		{"二〇二二年度", false, "[2022 0-12]"},
		{"二零二二年", false, "[2022 0-12]"},
		{"一九八三年", false, "[1983 0-12]"},
		{"二、2023年工作安排", false, "[2023 6-10]"},
		{"关于2022年度工作", false, "[2022 6-10]"},
		{"到2025年", false, "[]"},
		{"2021年至2025年", false, "[]"},
		{"2021-2025年", false, "[]"},
		{"一九五六年到一九六七年", false, "[]"},
		{"2023锦江", true, "[2023 0-4]"},
		{"2023锦江", false, "[]"},
		{"12022年", false, "[]"},
		{"二十年", false, "[]"},
		{"1900年", false, "[]"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			var got []string
			for _, y := range dates.Years(tt.in, tt.bare) {
				if !dates.IsRange(tt.in, y) {
					got = append(got, fmt.Sprintf("%d %d-%d", y.Year, y.At, y.End))
				}
			}
			if fmt.Sprint(got) != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

// TestNoYear holds documents that report on no year to none.
func TestNoYear(t *testing.T) {
	law := []string{"第一条 制定本条例。", "第二条 本条例适用于本市。", "第三条 自2022年1月1日起施行。"}
	tests := []struct {
		name  string
		title string
		lines []string
		want  string
	}{
		{"law", "某市条例", append([]string{"2021年9月27日某市人民代表大会常务委员会通过"}, law...), ""},
		{"resolution", "关于政府工作报告的决议", []string{"会议同意报告提出的2025年经济社会发展的总体要求,决定批准这个报告。"}, ""},
		{"edition", "建设指南(2022版)", []string{"2022年11月", "一、总体要求", "本指南用于指导建设。"}, ""},
		{"notice on a year", "关于做好2022年案卷评查工作的通知", []string{"现将有关事项通知如下。", "特此通知。"}, "2022"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if in := Infer(Document{Title: tt.title, Lines: tt.lines}); in.Year.Value != tt.want || in.Kind.Value != other {
				t.Errorf("year %q (%.2f), kind %q, want %q, other; %v", in.Year.Value, in.Year.Confidence, in.Kind.Value, tt.want, in.Year.Evidence)
			}
		})
	}
}

// TestYearOfOneMention infers the year of fragments with a single clue.
func TestYearOfOneMention(t *testing.T) {
	line := "行政执法案卷评查、行政复议规范化建设等3项工作在2022年第三轮省督中受到肯定。"
	for range 20 {
		if in := Infer(Document{Lines: []string{line}}); in.Year.Value != "2022" || in.Year.Confidence != poll.Threshold {
			t.Fatalf("year = %q (%v), want 2022 at the threshold", in.Year.Value, in.Year.Confidence)
		}
	}
}
