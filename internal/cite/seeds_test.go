package cite_test

import (
	"os"
	"strings"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/cite"
	"baogao/internal/testkit"
)

// TestSeeds cites real reports, as they are read off their files, and wants in each
// citation what is known of the report, once and as it was published, and nothing
// in the place of what is not known.
func TestSeeds(t *testing.T) {
	dir := testkit.Path(t, "../shared/seeds")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("../shared is not there: no real reports are cited")
	}
	reports := testkit.Collect(t, corpus.Reports(t.Context(), []string{dir}, corpus.Options{}))
	if len(reports) == 0 {
		t.Fatal("no report is read")
	}
	for _, r := range reports {
		got := cite.OfReport(r).Reference(read).String()
		for _, want := range wanted(&r.Meta) {
			if strings.Count(got, want) != 1 {
				t.Errorf("%s is cited as\n%s\nin which %q does not stand once", r.Meta.ID, got, want)
			}
		}
		if strings.Contains(got, "[Z]") == strings.Contains(got, "[R]") || !strings.HasSuffix(got, ".") || strings.ContainsAny(got, "\n\r\t") ||
			strings.Contains(got, ", ,") || strings.Contains(got, ". .") || strings.Contains(got, "unknown") || strings.Contains(got, "不详") {
			t.Errorf("%s is cited as\n%q", r.Meta.ID, got)
		}
		if r.Meta.Number == "" && r.Meta.Kind != baogao.Other && !strings.Contains(got, "[R].") {
			t.Errorf("%s, without a number, is cited as\n%s", r.Meta.ID, got)
		}
	}
}

// wanted are parts of the citation of a report.
func wanted(m *baogao.Meta) []string {
	const end = 6 // characters of the title that are no part of an issuer's name
	want := strings.FieldsFunc(m.Issuer, func(r rune) bool { return strings.ContainsRune(" 、,，", r) })
	title, _, _ := strings.Cut(m.Title, "（")
	if runes := []rune(title); len(runes) >= end {
		want = append(want, string(runes[len(runes)-end:]))
	}
	if m.Number != "" {
		want = append(want, ": "+m.Number+"[Z].")
	}
	if m.Published != "" {
		want = append(want, ". "+m.Published+".")
	}
	return want
}
