package ask_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/ask"
)

func pointer(v float64) *float64 { return &v }

func TestFigures(t *testing.T) {
	typed := ask.Typed{Kinds: []string{"count,工作报告", "Rate"}, Sort: "-value"}
	got, err := typed.Figures(ask.FigureTyped{
		Indicator: " 受理 ", Units: []string{"件，个百分點", "％"}, Statuses: []string{"achieved,目标"}, Min: "１０", Max: "1.5亿", Group: true,
	})
	want := baogao.FigureFilter{
		Indicator: "受理", Units: []string{"件", "个百分點", "个百分点", "％", "%"}, Kinds: []baogao.FigureKind{"count", "rate"},
		Statuses: []baogao.FigureStatus{baogao.Achieved, baogao.Target}, Min: pointer(10), Max: pointer(1.5e8), Sort: baogao.ByValueDown, Grouped: true,
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\ngot  %+v\nwant %+v", err, got, want)
	}
	if !reflect.DeepEqual(typed.Kinds, []string{"工作报告"}) || typed.Sort != "" {
		t.Errorf("of the question %+v is left", typed)
	}
	for _, bad := range []ask.FigureTyped{{Statuses: []string{"hoped"}}, {Min: "ten"}, {Max: "NaN"}, {Min: "亿"}, {Max: "1e999"}, {Min: "10", Max: "5"}} {
		var value *ask.ValueError
		if _, err := (&ask.Typed{}).Figures(bad); !errors.As(err, &value) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	kept := ask.Typed{Sort: "region", Kinds: []string{""}}
	if f, err := kept.Figures(ask.FigureTyped{}); err != nil || !reflect.DeepEqual(f, baogao.FigureFilter{}) || kept.Sort != "region" {
		t.Errorf("%+v, %+v, %v", f, kept, err)
	}
}

// TestFigureChoices wants a name that there is not to be answered with those there are.
func TestFigureChoices(t *testing.T) {
	for _, tt := range []struct {
		typed   ask.Typed
		figures ask.FigureTyped
		want    string
	}{
		{ask.Typed{}, ask.FigureTyped{Statuses: []string{"unknown"}}, `no status is called "unknown"; use one of achieved, target, earlier`},
		{ask.Typed{Kinds: []string{"novel"}}, ask.FigureTyped{}, `no kind is called "novel"; use one of count, `},
		{ask.Typed{Sort: "size"}, ask.FigureTyped{}, `no order is called "size"; use one of relevance, year, -year, region, value, -value, key`},
	} {
		if _, err := tt.typed.Figures(tt.figures); err == nil || !strings.Contains(err.Error(), tt.want) || strings.HasSuffix(err.Error(), "earlier, unknown") {
			t.Errorf("%v, want %q", err, tt.want)
		}
	}
}

// TestUnscaledUnits takes 万 and 亿 off units, as values have them.
func TestUnscaledUnits(t *testing.T) {
	f, err := (&ask.Typed{}).Figures(ask.FigureTyped{Units: []string{"万元，亿千瓦时"}})
	if want := []string{"万元", "元", "亿千瓦时", "千瓦时"}; err != nil || !reflect.DeepEqual(f.Units, want) {
		t.Errorf("%q, %v, want %q", f.Units, err, want)
	}
}
