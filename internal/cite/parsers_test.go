package cite_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"baogao/internal/cite"
)

// python is the Python that tools/install-test-tools.sh gives the parsers. The
// test is skipped where it did not.
func python(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Skip("no folder for caches:", err)
	}
	path := filepath.Join(cache, "baogao", "references", "bin", "python")
	if out, err := exec.Command(path, "-c", "import bibtexparser, jsonschema, pylatexenc, rispy").CombinedOutput(); err != nil {
		t.Skipf("no parser reads the citations (%v %s): tools/install-test-tools.sh installs rispy, bibtexparser and the schema of CSL-JSON where there is Python", err, out)
	}
	return path
}

// parsed is what the parsers read, field by field.
type parsed struct {
	BibTeX, RIS, CSL map[string]any
}

// parse has the parsers read the citations of the samples, and some that were
// made of them.
func parse(t *testing.T, works []cite.Work) []parsed {
	t.Helper()
	var texts []map[cite.Style]string
	for _, w := range works {
		forms := map[cite.Style]string{}
		for _, style := range []cite.Style{cite.BibTeX, cite.RIS, cite.CSL} {
			forms[style] = w.Cite(style, read)
		}
		texts = append(texts, forms)
	}
	in, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python(t), "testdata/parse.py")
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		t.Fatalf("%v: %s", err, failed.Stderr)
	}
	var all []parsed
	if err := errors.Join(err, json.Unmarshal(out, &all)); err != nil || len(all) != len(works) {
		t.Fatalf("%d of %d citations, %v", len(all), len(works), err)
	}
	return all
}

// TestParsersReadThem has the parsers of BibTeX and RIS read every sample, and
// the schema of CSL-JSON take it, and wants the parts of the record back from
// each of them, to the letter.
func TestParsersReadThem(t *testing.T) {
	var works []cite.Work
	for _, s := range samples {
		works = append(works, s.work)
	}
	for i, got := range parse(t, works) {
		r := works[i].Record(read)
		for _, tt := range []struct {
			style     cite.Style
			got, want map[string]any
		}{
			{cite.BibTeX, got.BibTeX, bibtexFields(r)}, {cite.RIS, got.RIS, risFields(r)}, {cite.CSL, got.CSL, cslFields(r)},
		} {
			delete(tt.got, "id")
			if !reflect.DeepEqual(tt.got, tt.want) {
				t.Errorf("%s as %s is read as\n%q, it is\n%q", samples[i].name, tt.style, tt.got, tt.want)
			}
		}
	}
}

// fields are the parts that are known, by name.
func fields(all map[string]any) map[string]any {
	for name, value := range all {
		if list, ok := value.([]any); value == "" || ok && len(list) == 0 {
			delete(all, name)
		}
	}
	return all
}

func list[T any](values []T, as func(T) any) []any {
	all := []any{}
	for _, v := range values {
		all = append(all, as(v))
	}
	return all
}

func year(r cite.Record) string { return strings.Split(r.Issued, "-")[0] }

func bibtexFields(r cite.Record) map[string]any {
	f := fields(map[string]any{
		"type": map[string]string{"R": "techreport", "Z": "misc"}[r.Letter], "author": list(r.Authors, func(a string) any { return a }), "title": r.Title,
		"number": r.Number, "date": r.Issued, "year": year(r), "address": r.Place, "pages": r.Locator, "mark": r.Letter, "langid": "chinese",
		"url": r.URL, "urldate": r.Read, "annote": r.Quotation,
	})
	if r.Estimated {
		f["date"], f["year"] = r.Issued+"~", "["+r.Issued+"]"
	}
	if r.URL != "" {
		f["medium"] = "OL"
	}
	return f
}

func risFields(r cite.Record) map[string]any {
	kind := map[string]string{"R": "RPRT", "Z": "GEN"}[r.Letter]
	if r.Letter == "Z" && r.Number != "" {
		kind = "GOVDOC"
	}
	slashed := func(date string) string { return strings.ReplaceAll(date, "-", "/") }
	one := func(text string) []any {
		if text == "" {
			return nil
		}
		return []any{text}
	}
	f := fields(map[string]any{
		"type_of_reference": kind, "authors": list(r.Authors, func(a string) any { return a }), "title": r.Title, "number": r.Number,
		"year": year(r), "date": slashed(r.Issued), "place_published": r.Place, "start_page": r.Locator, "urls": one(r.URL),
		"access_date": slashed(r.Read), "language": "zh", "notes": one(r.Quotation),
	})
	if r.Estimated {
		delete(f, "year")
		delete(f, "date")
	}
	return f
}

func cslFields(r cite.Record) map[string]any {
	date := func(date string, circa bool) any {
		if date == "" {
			return ""
		}
		d := map[string]any{"date-parts": []any{list(strings.Split(date, "-"), func(part string) any {
			n, _ := strconv.ParseFloat(part, 64)
			return n
		})}}
		if circa {
			d["circa"] = true
		}
		return d
	}
	return fields(map[string]any{
		"type": map[string]string{"R": "report", "Z": "document"}[r.Letter], "title": r.Title, "number": r.Number,
		"author": list(r.Authors, func(a string) any { return map[string]any{"literal": a} }), "issued": date(r.Issued, r.Estimated),
		"publisher-place": r.Place, "page": r.Locator, "URL": r.URL, "accessed": date(r.Read, false), "language": "zh", "note": r.Quotation,
	})
}

// TestOneEntryWhateverIsIn breaks out of fields: a citation is one
// entry in each style, whatever the report says.
func TestOneEntryWhateverIsIn(t *testing.T) {
	var works []cite.Work
	for _, text := range []string{
		"}", "{", `\`, `\}`, `"`, "%", "@misc{a,", "甲 and 乙", "{甲} and {乙}", "ER  - ", "\nER  - \nTY  - BOOK", "\r\nAU  - x", "\u2028TY  - BOOK", "\u0085ER  - ", "]", `"}]`, "\x00", "\xff", "~", "$x$", "#1", "甲,乙", "<b>&amp;</b>", "---", "``甲''",
	} {
		w := quoted(anju, all, 1, text)
		w.Meta.ID, w.Meta.Title, w.Meta.Issuer, w.Meta.Number, w.Meta.Published = text, "题"+text, "某市"+text, "号"+text, text
		w.Meta.Source = "https://example.org/" + text
		works = append(works, w)
	}
	for i, got := range parse(t, works) {
		r := works[i].Record(read)
		if got.BibTeX["title"] != r.Title || got.RIS["title"] != r.Title || got.CSL["title"] != r.Title {
			t.Errorf("%q is read as %q, %q and %q", r.Title, got.BibTeX["title"], got.RIS["title"], got.CSL["title"])
		}
	}
}
