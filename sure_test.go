package baogao_test

import (
	"encoding/json"
	"testing"

	"baogao"
)

func TestRounded(t *testing.T) {
	for in, want := range map[float64]string{0: "0.00", 0.29: "0.29", 0.57: "0.57", 0.58: "0.58", 0.799999: "0.79", 0.8: "0.80", 1: "1.00"} {
		if got := (baogao.Basis{Confidence: in}).Rounded(); got != want {
			t.Errorf("%v is told as %s, want %s", in, got, want)
		}
	}
}

func TestSure(t *testing.T) {
	inferred := func(field string, confidence float64) baogao.Finding {
		return baogao.Finding{Field: field, Origin: baogao.Inferred, Confidence: confidence}
	}
	known := baogao.Meta{Region: baogao.Region{Code: "510000", Name: "四川省", Path: []string{"四川省"}}, Level: baogao.Province, Year: 2022}
	for _, tt := range []struct {
		name   string
		report baogao.Report
		least  float64
		json   string
	}{
		{"nothing is known", baogao.Report{Findings: []baogao.Finding{inferred("region", 0.4), inferred("kind", 0)}}, 1,
			`{"region":{"confidence":0.4,"origin":"inferred"},"level":{"confidence":0,"origin":"inferred"},"year":{"confidence":0,"origin":"inferred"},"kind":{"confidence":0,"origin":"inferred"}}`},
		{"values without findings", baogao.Report{Meta: known}, 1,
			`{"region":{"confidence":1,"origin":"given"},"level":{"confidence":1,"origin":"given"},"year":{"confidence":1,"origin":"given"},"kind":{"confidence":0,"origin":"inferred"}}`},
		{"the kind is unknown", baogao.Report{Meta: known, Findings: []baogao.Finding{
			inferred("title", 0.1), inferred("region", 0.9), inferred("level", 0.625), {Field: "year", Origin: baogao.Given, Confidence: 1}, inferred("kind", 0.3),
		}}, 0.625, `{"region":{"confidence":0.9,"origin":"inferred"},"level":{"confidence":0.625,"origin":"inferred"},"year":{"confidence":1,"origin":"given"},"kind":{"confidence":0.3,"origin":"inferred"}}`},
	} {
		sure := tt.report.Sure()
		b, err := json.Marshal(sure)
		if least := sure.Least(&tt.report.Meta); err != nil || string(b) != tt.json || least != tt.least {
			t.Errorf("%s: %s, %v; the least is %v, want %v", tt.name, b, err, least, tt.least)
		}
		for _, f := range sure.All(tt.report.Meta) {
			if f.IsGuess() != (f.Confidence < 0.8) {
				t.Errorf("%s: %+v", tt.name, f)
			}
		}
	}
}
