package corpus

import (
	"context"

	"baogao"
	"baogao/internal/figure"
)

// Measure reads the figures of the passages of a report of which all else is known,
// whatever was read of them before: it is to be called where texts were changed. It
// fails with the error of the context.
func Measure(ctx context.Context, r *baogao.Report) error {
	for i := range r.Passages {
		p := &r.Passages[i]
		p.Measured = nil
		if i%256 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		for _, f := range figure.Read(p.Text, figure.Context{Section: p.Section, Plan: p.Plan, Year: r.Meta.Year}) {
			p.Measured = append(p.Measured, measured(f))
		}
	}
	return ctx.Err()
}

// measured is a figure as the root package has it.
func measured(f figure.Figure) baogao.Figure {
	return baogao.Figure{
		Passage: f.Passage, Start: f.Start, End: f.End, Raw: f.Raw, Value: f.Value, High: f.High, Unit: f.Unit,
		Kind: baogao.FigureKind(f.Kind), Direction: f.Direction, Approximate: f.Approximate, Bound: string(f.Bound),
		Status: baogao.FigureStatus(f.Status), Year: f.Year, Period: f.Period, Indicator: f.Indicator, Key: f.Key, Scope: f.Scope,
		Numerator: part(f.Numerator), Denominator: part(f.Denominator), Evidence: f.Evidence, Report: f.Report,
	}
}

func part(p *figure.Part) *baogao.FigurePart {
	if p == nil {
		return nil
	}
	return &baogao.FigurePart{Indicator: p.Indicator, Value: p.Value}
}
