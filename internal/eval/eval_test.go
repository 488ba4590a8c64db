package eval

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"baogao"
)

func report(code, level, year, kind string, confidence float64) *baogao.Report {
	r := &baogao.Report{Meta: baogao.Meta{Region: baogao.Region{Code: code}}}
	for i, v := range []string{code, level, year, kind} {
		r.Findings = append(r.Findings, baogao.Finding{Field: Fields[i], Value: v, Confidence: confidence})
	}
	return r
}

func TestJudge(t *testing.T) {
	tests := []struct {
		name  string
		truth Truth
		got   *baogao.Report
		want  string // field and whether it is right
	}{
		{"all right", Truth{Region: "510904", Level: baogao.District, Year: 2022, Kind: baogao.Work}, report("510904", "district", "2022", "work", 0.9),
			"region:right level:right year:right kind:right"},
		{"all wrong", Truth{Region: "510903", Level: baogao.City, Year: 2021, Kind: baogao.Other}, report("510904", "district", "2022", "work", 0.9),
			"region:wrong level:wrong year:wrong kind:wrong"},
		{"what is not known is not judged", Truth{Year: 2022}, report("510904", "district", "2022", "work", 0.9), "year:right"},
		{"inside", Truth{Region: "510000", Within: true}, report("510904", "", "", "", 0.9), "region:right"},
		{"inside where that is not enough", Truth{Region: "510000"}, report("510904", "", "", "", 0.9), "region:wrong"},
		{"above", Truth{Region: "510904", Within: true}, report("510000", "", "", "", 0.9), "region:wrong"},
		{"unknown is right", Truth{Region: baogao.Unknown, Year: NoYear}, report("", "", "", "", 0), "region:right year:right"},
		{"unknown is right and was not given", Truth{Region: baogao.Unknown, Year: NoYear}, report("510000", "", "2020", "", 0.6), "region:wrong year:wrong"},
		{"no clue and an answer", Truth{Region: "510000", Level: baogao.Province, NoClue: true}, report("320000", "province", "", "", 0.8), "region:wrong level:right"},
		{"no clue", Truth{Region: "510000", Level: baogao.Province, NoClue: true, Year: 2020}, report("", "", "2020", "", 0), "region:none level:none year:right"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, j := range Judge("set", "view", "id", tt.truth, tt.got) {
				word := "wrong"
				switch {
				case j.NoClue:
					word = "none"
				case j.Right:
					word = "right"
				}
				got = append(got, j.Field+":"+word)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%v, want %s", got, tt.want)
			}
		})
	}
}

func TestCount(t *testing.T) {
	var c Count
	for _, j := range []Judgement{{Right: true, Got: "a"}, {Right: true}, {Got: "b"}, {Got: ""}, {NoClue: true, Got: "c"}} {
		c.Add(j)
	}
	if want := (Count{N: 4, Right: 2, Wrong: 1, Unknown: 1, NoClue: 1}); !reflect.DeepEqual(c, want) || c.Accuracy() != 0.5 || c.Precision() != 2.0/3 {
		t.Errorf("%+v, accuracy %v, precision %v, want %+v", c, c.Accuracy(), c.Precision(), want)
	}
	if (Count{}).Accuracy() != 0 {
		t.Error("nothing counted has an accuracy")
	}
}

func TestPrint(t *testing.T) {
	list := []Judgement{
		{Set: "real", View: "text", ID: "a", Field: "region", Want: "1", Got: "1", Confidence: 0.5, Right: true},
		{Set: "real", View: "text", ID: "b", Field: "region", Want: "1", Got: "2", Confidence: 1},
		{Set: "real", View: "text", ID: "c\nd", Field: "region", Want: "1", Confidence: 0.4},
		{Set: "real", View: "text", ID: "e", Field: "region", Want: "1", NoClue: true},
		{Set: "made", View: "text", ID: "f", Field: "region", Want: "1", Got: "1", Confidence: 0.95, Right: true},
	}
	var b strings.Builder
	if err := Print(&b, []Collection{{Name: "real", Labelled: true}, {Name: "made"}}, []string{"text"}, list); err != nil {
		t.Fatal(err)
	}
	lines := map[string]bool{}
	for line := range strings.Lines(b.String()) {
		lines[strings.Join(strings.Fields(line), " ")] = true
	}
	for _, want := range []string{
		"text all region 3 1 1 1 0.333 0.500 1", // made is no part of it
		"text made region 1 1 0 0 1.000 1.000 0",
		"region 1 1.000 - - - 2 0.500",
		"text real region 1 > 2 1.00 b",
		"text real region 1 > unknown 0.40 c d",
	} {
		if !lines[want] {
			t.Errorf("no line %q in\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), " e\n") {
		t.Error("a document without a clue, about which nothing was said, is a miss")
	}
	if err := Print(full{}, nil, nil, nil); err == nil {
		t.Error("a writer that fails is no error")
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }
