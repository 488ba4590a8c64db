package corpus_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"baogao"
	"baogao/corpus"
)

// openingsDir holds beginnings of reports that lie beside the repository and are
// no part of it.
var openingsDir = filepath.Join("..", "..", "shared", "cases", "openings")

// TestOpeningsBeside reads the openings beside the project and holds every row
// of their table that is about one report.
func TestOpeningsBeside(t *testing.T) {
	f, err := os.Open(filepath.Join(openingsDir, "expected.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no openings beside the project: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table := csv.NewReader(f)
	table.FieldsPerRecord, table.LazyQuotes = -1, true
	rows, err := table.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	reports := map[string]*baogao.Report{}
	for r, err := range corpus.Reports(t.Context(), []string{openingsDir}, corpus.Options{}) {
		if err != nil {
			continue // the table is no report
		}
		reports[strings.TrimSuffix(r.Meta.ID, filepath.Ext(r.Meta.ID))] = r
	}
	for _, row := range rows[1:] {
		file, field, want := row[0], row[1], row[2]
		if field != "region" && field != "level" && field != "year" && field != "kind" && field != "issuer" && field != "published" && field != "title" && field != "number" {
			continue
		}
		name := strings.TrimSuffix(file, filepath.Ext(file))
		r := reports[name]
		if r == nil {
			r = reports[strings.SplitN(name, "-", 2)[0]] // a JSON line with an id of its own
		}
		if r == nil {
			t.Errorf("%s: not read", file)
			continue
		}
		got := map[string]string{
			"region": r.Meta.Region.Code, "level": string(r.Meta.Level), "year": strconv.Itoa(r.Meta.Year), "kind": string(r.Meta.Kind),
			"issuer": r.Meta.Issuer, "published": r.Meta.Published, "title": r.Meta.Title, "number": r.Meta.Number,
		}[field]
		if got == "" || got == "0" {
			got = baogao.Unknown
		}
		if field == "kind" && want == string(baogao.Other) && got != string(baogao.RuleOfLaw) && got != string(baogao.Work) {
			continue // the table knows three kinds: its other stands for all the rest
		}
		first, _, _ := strings.Cut(want, " ")
		first = strings.TrimSuffix(first, ":")
		if got != first && !(field == "region" && strings.HasPrefix(got, first)) && !(got == baogao.Unknown && strings.Contains(want, baogao.Unknown)) && got != want {
			t.Errorf("%s: %s = %q, want %q", file, field, got, want)
			if testing.Verbose() {
				for _, f := range r.Findings {
					if f.Field == field {
						t.Logf("   %+v", f)
					}
				}
			}
		}
	}
}
