package page

import (
	"cmp"
	"regexp"
	"strings"

	"baogao"
	"baogao/internal/extract"
)

// A field of front matter, with the lines of its value.
type field struct {
	name  string // in small letters
	lines []string
}

// value is the value as one line.
func (f field) value() string { return unquoted(oneLine(strings.Join(f.lines, "\n"))) }

var (
	fieldLine = regexp.MustCompile(`^([\p{L}_-]{1,20})[ \t]*:(.*)$`)
	// foldMark says that the value is the lines below it.
	foldMark = regexp.MustCompile(`^[|>][+-]?[0-9]?$`)
)

// frontMatter takes the fields between two lines of dashes off the start of a
// text. What does not look like fields stays text: a rule above and one below
// some lines of the report look much the same.
func frontMatter(text string) ([]field, string) {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return nil, text
	}
	head, body, ok := strings.Cut("\n"+rest, "\n---\n")
	if !ok {
		head, ok = strings.CutSuffix("\n"+rest, "\n---")
	}
	if !ok || len(head) > 64<<10 {
		return nil, text
	}
	fields, ok := fieldsOf(head)
	if !ok {
		return nil, text
	}
	return fields, body
}

// fieldsOf reads the lines of front matter. It reports false if a line is none,
// or if no name is one that front matter has.
func fieldsOf(head string) (fields []field, ok bool) {
	known, gap := false, false
	for line := range strings.SplitSeq(strings.TrimPrefix(head, "\n"), "\n") {
		bare := strings.TrimSpace(line)
		switch m := fieldLine.FindStringSubmatch(line); {
		case bare == "":
			gap = true
			continue
		case m != nil:
			name, value := strings.ToLower(m[1]), strings.TrimSpace(m[2])
			if gap && !isFrontName(name) || strings.HasPrefix(value, "//") {
				return nil, false
			}
			known = known || isFrontName(name)
			fields = append(fields, field{name: name})
			if value != "" && !foldMark.MatchString(value) {
				fields[len(fields)-1].lines = []string{value}
			}
		case len(fields) > 0 && continues(line, fields[len(fields)-1]):
			f := &fields[len(fields)-1]
			f.lines = append(f.lines, bare)
		default:
			return nil, false
		}
		gap = false
	}
	return fields, known
}

// continues reports whether a line of front matter belongs to the field above
// it.
func continues(line string, above field) bool {
	switch line[0] {
	case ' ', '\t', ']', '}':
		return true
	case '-':
		return len(above.lines) == 0 || strings.HasPrefix(above.lines[0], "-")
	}
	return false
}

func unquoted(value string) string {
	if n := len(value); n > 1 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
		value = value[1 : n-1]
	}
	return strings.TrimSpace(value)
}

// frontLabels are the labels of facts for the names that front matter has for
// them; a label of facts may be a name as well.
var frontLabels = map[string]string{"date": "发布日期", "日期": "发布日期", "source": "来源", "author": "作者", "作者": "作者", "number": "文号"}

// frontNames are the other names of front matter that programs set. What they
// hold is no text of the document.
var frontNames = wordSet(`title url link permalink slug id layout type draft weight lang language tags tag categories category aliases cover image
	comments toc updated lastmod created`)

func isFrontName(name string) bool {
	return frontNames[name] || frontLabels[name] != "" || labelOf(name) != ""
}

// metadata is what the fields say of the document, and the lines of those that
// say something else, as a summary does. Such a name in Chinese stays with
// its text.
func metadata(fields []field) (t extract.Text, others []string) {
	for _, f := range fields {
		value, label := f.value(), cmp.Or(frontLabels[f.name], labelOf(f.name))
		switch {
		case value == "":
		case f.name == "title" || label == "标题":
			t.Title = cmp.Or(t.Title, value)
		case isGovernment(value):
			t.Source = cmp.Or(t.Source, value)
		case label != "" && !isAddress(value):
			t.Facts = append(t.Facts, baogao.Fact{Label: label, Value: value})
		case isFrontName(f.name):
		case strings.ContainsFunc(f.name, isWide):
			others = append(others, f.name+"："+value)
		case len(f.lines) == 1:
			others = append(others, value)
		default:
			others = append(others, f.lines...)
		}
	}
	return t, others
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}
