package store

import (
	"errors"
	"reflect"
	"testing"

	"baogao"
)

// TestReports writes reports and reads them, whole and cut off anywhere.
func TestReports(t *testing.T) {
	guess := func(confidence float64) baogao.Basis {
		return baogao.Basis{Confidence: confidence, Origin: baogao.Inferred}
	}
	want := []Report{
		{Meta: baogao.Meta{ID: "a", Year: 2022, Kind: baogao.Work}, Extent: Extent{0, 3}, Bytes: 30, Chars: 10, Sure: baogao.Sure{
			Region: guess(0), Level: guess(0.000001), Year: baogao.Basis{Confidence: 1, Origin: baogao.Given}, Kind: guess(0.999999)}},
		{Meta: baogao.Meta{ID: "b", Region: baogao.Region{Code: "510000", Name: "四川省", Path: []string{"四川省"}}}, Extent: Extent{3, 1}, Chars: 1 << 40,
			Sure: baogao.Sure{Region: guess(1), Level: guess(0.8), Year: guess(0.123457), Kind: baogao.Basis{Confidence: 0.5, Origin: baogao.Given}}},
	}
	var b []byte
	ends := map[int]bool{0: true}
	for i := range want {
		b = want[i].append(b)
		ends[len(b)] = true
	}
	got, err := parseReports("reports.bin", b, len(want))
	if err != nil || len(got.Reports) != len(want) {
		t.Fatalf("%+v, %v", got, err)
	}
	for i := range want {
		line, entry := &got.Reports[i], got.Entry(i)
		if !reflect.DeepEqual(*entry, want[i]) || line.Extent != want[i].Extent || line.Chars != want[i].Chars || line.block != want[i].block {
			t.Errorf("report %d: %+v, line %+v, want %+v", i, entry, line, want[i])
		}
		if got.Groups[line.Group] != i || got.CompareIDs(i, 0) != i {
			t.Errorf("report %d is in group %d and compares as %d", i, line.Group, got.CompareIDs(i, 0))
		}
	}
	for n := range b {
		if _, err := parseReports("reports.bin", b[:n], len(want)); (err == nil) != ends[n] || err != nil && !errors.Is(err, baogao.ErrDamaged) {
			t.Errorf("cut off at %d: %v", n, err)
		}
	}
}

// TestPacked keeps a confidence in three bytes, and what is none within bounds.
func TestPacked(t *testing.T) {
	for in, want := range map[float64]float64{0.8: 0.8, 0.1234567: 0.123457, 1: 1, 1.5: 1, -1: 0} {
		for _, origin := range []string{baogao.Inferred, baogao.Given} {
			b := appendNumber(nil, packed(baogao.Basis{Confidence: in, Origin: origin}))
			if got := unpacked(packed(baogao.Basis{Confidence: in, Origin: origin})); got != (baogao.Basis{Confidence: want, Origin: origin}) || len(b) > 3 {
				t.Errorf("%v %s: %+v in %d bytes", in, origin, got, len(b))
			}
		}
	}
}
