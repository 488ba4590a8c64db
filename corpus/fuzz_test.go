package corpus

import (
	"strings"
	"testing"
	"unicode/utf8"

	"baogao"
)

// FuzzRead: whatever a file holds, reading it does not panic and gives a report
// or a reason; every text that comes out is UTF-8; the passages give the
// paragraphs.
func FuzzRead(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		reports, faults := Read("报告.txt", []byte(text), Options{})
		if len(reports)+len(faults) == 0 {
			t.Error("neither a report nor a reason")
		}
		for _, r := range reports {
			checkReport(t, r)
		}
	})
}

func checkReport(t *testing.T, r *baogao.Report) {
	t.Helper()
	pieces := map[int]string{}
	for _, p := range r.Passages {
		if p.Text == "" || !utf8.ValidString(p.Text) || !utf8.ValidString(p.Published) {
			t.Errorf("passage %q of %q", p.Text, p.Published)
		}
		pieces[p.Paragraph] += p.Text
	}
	for _, p := range r.Paragraphs {
		if pieces[p.Number] != p.Text {
			t.Errorf("passages %q of paragraph %q", pieces[p.Number], p.Text)
		}
		for _, h := range p.Section {
			if h == "" || !utf8.ValidString(h) {
				t.Errorf("heading %q", h)
			}
		}
	}
	for _, d := range r.Cleaning.Dropped {
		if strings.Contains(d, "。") && utf8.RuneCountInString(d) > 30 {
			t.Errorf("a sentence was dropped: %q", d)
		}
	}
}

// FuzzJSONLines: every line that is not blank gives a report or a reason, and
// no id is given twice.
func FuzzJSONLines(f *testing.F) {
	f.Fuzz(func(t *testing.T, data string) {
		reports, faults := Read("a.jsonl", []byte(data), Options{MaxBytes: 1 << 16})
		seen := map[string]bool{}
		for _, r := range reports {
			if seen[r.Meta.ID] {
				t.Errorf("id %q twice", r.Meta.ID)
			}
			seen[r.Meta.ID] = true
			checkReport(t, r)
		}
		if byteOrder([]byte(data)[:min(len(data), headBytes)]) != nil {
			return // lines end otherwise
		}
		lines := map[int]bool{}
		for _, fault := range faults {
			lines[fault.Line] = true
		}
		blank := 0
		all := strings.Split(strings.TrimPrefix(data, "\uFEFF"), "\n")
		for _, l := range all {
			if strings.Trim(l, " \t\r\v\f\u0085\u00a0") == "" {
				blank++
			}
		}
		if len(reports)+len(lines)+blank < len(all) && !lines[0] {
			t.Errorf("%d lines, %d blank: %d reports, faults in %d lines", len(all), blank, len(reports), len(lines))
		}
	})
}
