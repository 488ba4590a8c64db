package ask_test

import (
	"errors"
	"reflect"
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
	for _, bad := range []ask.FigureTyped{{Statuses: []string{"hoped"}}, {Min: "ten"}, {Max: "NaN"}, {Min: "亿"}, {Max: "1e999"}} {
		var value *ask.ValueError
		if _, err := (&ask.Typed{}).Figures(bad); !errors.As(err, &value) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	kept := ask.Typed{Sort: "region"}
	if f, err := kept.Figures(ask.FigureTyped{}); err != nil || !reflect.DeepEqual(f, baogao.FigureFilter{}) || kept.Sort != "region" {
		t.Errorf("%+v, %+v, %v", f, kept, err)
	}
}
