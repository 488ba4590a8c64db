package target

import (
	"cmp"
	"strings"
)

// A ReasonID names why a target is not comparable.
type ReasonID string

// The reasons.
const (
	NoPlace     ReasonID = "no-place"
	NoYear      ReasonID = "no-year"
	UnsureYear  ReasonID = "unsure-year"
	VagueName   ReasonID = "vague-name"
	AmongOthers ReasonID = "among-others" // a rank, or a gap
	Multiple    ReasonID = "multiple"     // 翻一番
	NoSide      ReasonID = "no-side"
	TwoTargets  ReasonID = "two-targets"
	TwoResults  ReasonID = "two-results"
	OtherName   ReasonID = "other-name"
	OtherKind   ReasonID = "other-kind"
	OtherAct    ReasonID = "other-act"
	OtherUnit   ReasonID = "other-unit"
	OtherScope  ReasonID = "other-scope"
	OtherPeriod ReasonID = "other-period"
	InAll       ReasonID = "in-all" // 累计
	New         ReasonID = "new"    // 新增
	OtherBase   ReasonID = "other-base"
	OtherShare  ReasonID = "other-share"
	About       ReasonID = "about"
	Undecided   ReasonID = "undecided"
)

// ReasonIDs lists them.
var ReasonIDs = []ReasonID{
	NoPlace, NoYear, UnsureYear, VagueName, AmongOthers, Multiple, NoSide, TwoTargets, TwoResults, OtherName, OtherKind, OtherAct, OtherUnit, OtherScope, OtherPeriod,
	InAll, New, OtherBase, OtherShare, About, Undecided,
}

// A Reason is why a target is not comparable: what is so of it, and of the result, or
// of another target. The zero Reason is none. No words of a report stand in it but
// numbers with their units.
type Reason struct {
	ID             ReasonID
	Target, Result string // a kind, a unit, a scope, a period, a year, a number
}

// reasons are the sentences for reasons, with places for what is so of target and
// result, and for what is told where that is "".
var reasons = map[ReasonID]struct{ sentence, none string }{
	NoPlace:     {"the place of the report is not known", ""},
	NoYear:      {"the year of the report is not known", ""},
	UnsureYear:  {"the year that it is set for is not sure", ""},
	VagueName:   {"its name alone does not say of what", ""},
	AmongOthers: {"it is a place among others, or a distance to them, and who they are is not kept", ""},
	Multiple:    {"it is a multiple of what is not kept", ""},
	NoSide:      {"whether more or less of it is meant is not known", ""},
	TwoTargets:  {"the plan has two targets of that name: {target}, {result}", ""},
	TwoResults:  {"the reports say {target} and {result}", ""},
	OtherName:   {"the report tells it by another name, which may be something else", ""},
	OtherKind:   {"the target is of the kind {target}, what the report tells of the kind {result}", ""},
	OtherAct:    {"the report tells what else was done with it", ""},
	OtherUnit:   {"the target is in {target}, what the report tells in {result}", "no unit"},
	OtherScope:  {"the target is of {target}, what the report tells of {result}", "the whole"},
	OtherPeriod: {"the target is over {target}, what the report tells over {result}", "a year"},
	InAll:       {"one is what there is in all, the other that of a year", ""},
	New:         {"one is what is new, the other what there is", ""},
	OtherBase:   {"the target is measured from {target}, what the report tells from {result}", "the year before"},
	OtherShare:  {"the one is told as a share of a number, the other is not, or of another", ""},
	About:       {"about {target} is aimed at: whether {result} is that is not told", ""},
	Undecided:   {"the report tells {result} only about or as a bound, which does not decide", ""},
}

// String is the reason in words.
func (r Reason) String() string {
	says := reasons[r.ID]
	return strings.NewReplacer("{target}", cmp.Or(r.Target, says.none), "{result}", cmp.Or(r.Result, says.none)).Replace(says.sentence)
}
