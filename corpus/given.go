package corpus

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"baogao"
	"baogao/internal/clean"
	"baogao/internal/gazetteer"
	"baogao/query"
)

// given is the metadata of a report that came with it and is not inferred.
// A zero field was not given.
type given struct {
	id        string
	title     string
	region    baogao.Region
	level     baogao.Level
	year      int
	kind      baogao.Kind
	issuer    string
	number    string
	published string
	source    string
}

// under gives g with the fields that are known in o taken from there.
func (g given) under(o given) given {
	over(&g.title, o.title)
	over(&g.level, o.level)
	over(&g.year, o.year)
	over(&g.kind, o.kind)
	over(&g.issuer, o.issuer)
	over(&g.number, o.number)
	over(&g.published, o.published)
	over(&g.source, o.source)
	if !o.region.IsZero() {
		g.region = o.region
	}
	return g
}

func over[T comparable](to *T, from T) {
	var zero T
	if from != zero {
		*to = from
	}
}

// set takes the field called name from text, made one line, if there is such a
// field. Level, kind, year and region are spelled as in a question. An unusable
// text gives an error that names the field, and the field is as if it were not
// given.
func (g *given) set(name, text string) (err error) {
	if text = clean.OneLine(mendTitle(text, false)); text == "" || query.IsUnknown(text) {
		return nil
	}
	switch name {
	case "title":
		g.title = text
	case "issuer":
		g.issuer = text
	case "number":
		g.number = text
	case "source":
		g.source = text
	case "region":
		g.region, err = resolveRegion(text)
	case "level":
		g.level, err = oneOf(text, baogao.Levels, query.ParseLevel)
	case "kind":
		g.kind, err = oneOf(text, baogao.Kinds, query.ParseKind)
	case "year":
		g.year, err = oneYear(text)
	case "published":
		if g.published = wholeDate(text); g.published == "" {
			err = fmt.Errorf("%.100q is no date; write it as 2023-01-20", text)
		}
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return err
}

// fieldNames are the fields that set knows.
var fieldNames = []string{"title", "region", "level", "year", "kind", "issuer", "number", "published", "source"}

// parseFields gives the metadata in the fields of a line or row, and what was
// unusable of it. A place that is not known is given by its name.
func parseFields(fields map[string]string) (g given, faults []error) {
	g.id = clean.OneLine(fields["id"])
	for _, name := range fieldNames {
		err := g.set(name, fields[name])
		if errors.Is(err, errUnknownPlace) {
			g.region, err = ownRegion(clean.OneLine(fields[name]))
		}
		if err != nil {
			faults = append(faults, err)
		}
	}
	if g.published == "" {
		g.published = wholeDate(fields["date"]) // half a date is a label and no fault
	}
	return g, faults
}

// oneOf reads one of the values as parse does.
func oneOf[T ~string](text string, values []T, parse func(string) (string, bool)) (T, error) {
	if v, ok := parse(text); ok {
		return T(v), nil
	}
	names := make([]string, 0, len(values))
	for _, v := range values {
		names = append(names, string(v))
	}
	return "", fmt.Errorf("%.100q is not one of %s", text, strings.Join(names, ", "))
}

func oneYear(text string) (int, error) {
	years, err := query.ParseYears(text)
	if err != nil || years.From != years.To {
		return 0, fmt.Errorf("%.100q is not one year from 1900 to 2100; write it as 2022", text)
	}
	return years.From, nil
}

var datePattern = regexp.MustCompile(`^(\d{4})(?:[-/.年]?(\d{2})[-/.月]?(\d{2})|[-/.年](\d{1,2})[-/.月](\d{1,2}))日?(?:[T\s].*)?$`)

// wholeDate writes a date with year, month and day as YYYY-MM-DD; "" for
// anything else.
func wholeDate(text string) string {
	m := datePattern.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return ""
	}
	year, err := oneYear(m[1])
	month, _ := strconv.Atoi(m[2] + m[4])
	day, _ := strconv.Atoi(m[3] + m[5])
	date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if err != nil || date.Month() != time.Month(month) || date.Day() != day {
		return "" // there is no such day
	}
	return date.Format(time.DateOnly)
}

var errUnknownPlace = errors.New("no such place is known; write its full name or its code")

// resolveRegion gives the division that a code or a name means, by the rule
// that questions go by.
func resolveRegion(text string) (baogao.Region, error) {
	found := gazetteer.Resolve(text)
	if len(found) == 0 {
		if strings.Trim(text, "0123456789") == "" {
			return baogao.Region{}, fmt.Errorf("%.100q is no code of GB/T 2260", text)
		}
		return baogao.Region{}, fmt.Errorf("%.100q: %w", text, errUnknownPlace)
	}
	if found = baogao.Outermost(found); len(found) == 1 {
		return found[0], nil
	}
	const most = 6
	names := make([]string, 0, most)
	for _, r := range found[:min(len(found), most)] {
		names = append(names, r.Name+" "+r.Code)
	}
	return baogao.Region{}, fmt.Errorf("%q may be %s; write the code", text, strings.Join(names, ", "))
}

// longestPlace is more than the name of any place has with those above it, in
// code points.
const longestPlace = 60

// ownRegion gives a place that no division is, by the name it came with.
func ownRegion(name string) (baogao.Region, error) {
	if !baogao.IsPlaceName(name) || utf8.RuneCountInString(name) > longestPlace {
		return baogao.Region{}, fmt.Errorf("region: %.100q is no name of a place; write its full name or its code", name)
	}
	return baogao.Region{Name: name, Path: []string{name}}, nil
}
