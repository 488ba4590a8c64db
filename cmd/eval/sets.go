package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"baogao"
	"baogao/corpus"
	"baogao/internal/eval"
)

// collections are the sets that are measured, in the order they are shown.
var collections = []eval.Collection{
	{Name: "city_work_reports_2024", Labelled: true},
	{Name: "province_work_reports_2026", Labelled: true},
	{Name: "state_council", Labelled: true},
	{Name: "policy_pages", Labelled: true},
	{Name: "laws", Labelled: true},
	{Name: "seeds", Labelled: true},
	{Name: "samples"},
	{Name: "hard"},
	{Name: "openings", Apart: true},
}

// lawStep takes one law in so many: 3,475 of them would outweigh all else.
const lawStep = 12

// How much of a document the program sees.
const (
	viewText   = "text"   // the text alone, under a name that says nothing
	viewNamed  = "named"  // with its title, or a path, for the name of its file
	viewMiddle = "middle" // the text alone, a tenth of it cut off at either end
)

var views = []string{viewText, viewNamed, viewMiddle}

// namelessFile is the name of a file that tells nothing.
const namelessFile = "document.txt"

// A document is what is measured: a text, the names it is seen under, and
// the truth about each view of it.
type document struct {
	set, id string
	data    []byte
	name    string // of the file in view named, "" for no such view
	views   []string
	report  *baogao.Report // already read, else nil
	truth   func(text string) eval.Truth
}

// judge infers the metadata of a document in each of its views.
func (d document) judge(ctx context.Context) ([]eval.Judgement, error) {
	var list []eval.Judgement
	for _, view := range d.views {
		r, text, err := d.see(ctx, view)
		if err != nil {
			return nil, err
		}
		list = append(list, eval.Judge(d.set, view, d.id, d.truth(text), r)...)
	}
	return list, nil
}

// see gives a report of what is to be seen in a view, and all of that, the name
// of the file included.
func (d document) see(ctx context.Context, view string) (*baogao.Report, string, error) {
	name, text := namelessFile, string(d.data)
	switch view {
	case viewNamed:
		name = d.name
	case viewMiddle:
		text = middle(text)
	}
	if d.report != nil {
		return d.report, text, nil
	}
	r, err := corpus.Parse(ctx, name, text)
	return r, name + "\n" + text, err
}

// middle cuts a tenth of the characters off either end.
func middle(text string) string {
	runes := []rune(text)
	return string(runes[len(runes)/10 : len(runes)*9/10])
}

// A record is a line of the collected texts. All but the text is hidden from
// the program.
type record struct {
	ID, Title, Date, Region, Code, Kind, Category, Text string
}

func sharedDir(root string) string { return filepath.Join(root, "..", "shared") }

// readReal reads the texts beside the project. Its error wraps
// fs.ErrNotExist where they are missing.
func readReal(root string) ([]document, error) {
	var list []document
	for _, s := range []struct {
		set   string
		step  int
		truth func(r record, text string) eval.Truth
	}{
		{"city_work_reports_2024", 1, cityTruth}, {"province_work_reports_2026", 1, provinceTruth},
		{"state_council", 1, councilTruth}, {"policy_pages", 1, policyTruth}, {"laws", lawStep, lawTruth},
	} {
		records, err := readLines[record](filepath.Join(sharedDir(root), "data", s.set+".jsonl.gz"))
		if err != nil {
			return nil, err
		}
		for i := 0; i < len(records); i += s.step {
			r := records[i]
			list = append(list, document{
				set: s.set, id: r.ID, data: []byte(r.Text), name: strings.ReplaceAll(r.Title, "/", " ") + ".txt", views: views,
				truth: func(text string) eval.Truth { return s.truth(r, text) },
			})
		}
	}
	seeds, err := readSeeds(root)
	return append(list, seeds...), err
}

// readSeeds reads the reports whose truth was read by hand. Of those that are
// short fragments nothing is cut off.
func readSeeds(root string) ([]document, error) {
	rows, err := readTable(filepath.Join(root, "internal", "eval", "testdata", "seeds.csv"), ',', 7)
	if err != nil {
		return nil, err
	}
	var list []document
	dir := filepath.Join(sharedDir(root), "seeds")
	for _, row := range rows[1:] {
		names, err := filepath.Glob(filepath.Join(dir, row[0]+"_*.txt"))
		if err != nil {
			return nil, err
		}
		if len(names) != 1 {
			return nil, fmt.Errorf("%s: %d files %s_*.txt: %w", dir, len(names), row[0], os.ErrNotExist)
		}
		d := document{set: "seeds", id: row[0], views: []string{viewText}}
		if d.data, err = os.ReadFile(names[0]); err != nil {
			return nil, err
		}
		if row[1] == "false" {
			d.views = append(d.views, viewMiddle)
		}
		if d.truth, err = constant(row[2:6]); err != nil {
			return nil, fmt.Errorf("seeds.csv: %s: %w", row[0], err)
		}
		list = append(list, d)
	}
	return list, nil
}

// readInvented reads what is part of the project: its samples, and cases
// invented for what is hard about them. Both are seen with their paths, which
// may be all that tells the place.
func readInvented(ctx context.Context, root string) ([]document, error) {
	list, err := readSamples(ctx, filepath.Join(root, "samples"))
	if err != nil {
		return nil, err
	}
	for _, set := range []string{"hard", "openings"} {
		files, err := filepath.Glob(filepath.Join(root, "internal", "eval", "testdata", set+"*.txtar"))
		if err != nil {
			return nil, err
		}
		for _, name := range files {
			cases, err := readCases(set, name)
			if err != nil {
				return nil, err
			}
			list = append(list, cases...)
		}
	}
	return list, nil
}

// readSamples reads the samples whose metadata is inferred. Those that
// metadata.csv or a JSON line describes tell nothing themselves.
func readSamples(ctx context.Context, dir string) ([]document, error) {
	rows, err := readTable(filepath.Join(dir, "expected.csv"), ',', 9)
	if err != nil {
		return nil, err
	}
	expected := map[string][]string{}
	for _, row := range rows[1:] {
		expected[row[0]] = row[2:6]
	}
	var list []document
	for r, err := range corpus.Reports(ctx, []string{filepath.Join(dir, "reports")}, corpus.Options{}) {
		if err != nil {
			return nil, err
		}
		fields, ok := expected["reports/"+r.Meta.ID]
		if !ok || slices.ContainsFunc(r.Findings, func(f baogao.Finding) bool { return f.Origin == baogao.Given }) {
			continue
		}
		truth, err := constant(fields)
		if err != nil {
			return nil, fmt.Errorf("expected.csv: %s: %w", r.Meta.ID, err)
		}
		list = append(list, document{set: "samples", id: r.Meta.ID, views: []string{viewNamed}, report: r, truth: truth})
	}
	return list, nil
}

// readCases reads an archive of invented reports as part of a set. The first line of
// each says what is true of it: region, level, year, kind.
func readCases(set, name string) ([]document, error) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		return nil, err
	}
	var list []document
	for _, f := range archive.Files {
		head, text, _ := bytes.Cut(f.Data, []byte("\n"))
		truth, err := constant(strings.Fields(string(head)))
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, f.Name, err)
		}
		id := strings.TrimPrefix(strings.TrimSuffix(filepath.Base(name), ".txtar")+"/"+f.Name, set+"/")
		list = append(list, document{set: set, id: id, data: text, name: f.Name, views: []string{viewNamed}, truth: truth})
	}
	return list, nil
}

// constant is the truth, the same in every view, that fields tell: region, level,
// year and kind. A dash is not judged; a year that is none, or left empty, is no
// year.
func constant(fields []string) (func(string) eval.Truth, error) {
	if len(fields) < 4 {
		return nil, fmt.Errorf("%d fields; want region, level, year and kind", len(fields))
	}
	known := func(s string) string { return strings.TrimPrefix(s, "-") }
	t := eval.Truth{Region: known(fields[0]), Level: baogao.Level(known(fields[1])), Kind: baogao.Kind(known(fields[3]))}
	var err error
	switch fields[2] {
	case "-":
	case "", "none":
		t.Year = eval.NoYear
	default:
		t.Year, err = strconv.Atoi(fields[2])
	}
	return func(string) eval.Truth { return t }, err
}
