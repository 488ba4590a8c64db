package page

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html/atom"

	"baogao"
	"baogao/internal/extract"
)

// Markdown reads a text with the marks of Markdown. Headings, bullets and
// tables are read like those of a page; each line is a line, and what numbers
// it stays as it was written. Front matter is metadata of the document. The
// title is that of the front matter or the first heading, if the text begins
// with one.
func Markdown(text string, l extract.Limits) (extract.Text, error) {
	l = l.WithDefaults()
	if err := within(text, l); err != nil {
		return extract.Text{}, err
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(strings.TrimPrefix(text, "\uFEFF"))
	fields, text := frontMatter(text)
	var src bytes.Buffer
	if err := markdown.Convert([]byte(tame(text)), &src); err != nil {
		return extract.Text{}, fmt.Errorf("markdown: %w", err)
	}
	p, err := parsePage(src.String(), l.Depth)
	if err != nil {
		return extract.Text{}, err
	}
	p.survey()
	t := metadata(fields)
	t.Body = strings.Join(barRows(p.lines()), "\n")
	if first := p.root.first; t.Title == "" && first != nil && first.tag == atom.H1 {
		t.Title = oneLine(textOf(first))
	}
	return t, within(t.Body, l)
}

// markdown is the syntax that is read. Texts are often converted by programs
// or pasted: a numbered line or an indented one is a paragraph in them, and
// nothing that is written may vanish, as the definition of a link would. So
// there are no numbered lists, no indented code and no definitions. Tables are
// read by barRows: a row that has fewer cells than the head would be filled
// up, which lets a small file grow without limit.
var markdown = goldmark.New(
	goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(bullets{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(paragraphs{parser.NewParagraphParser()}, 1000),
		),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
	)),
	goldmark.WithRendererOptions(html.WithUnsafe(), html.WithHardWraps()),
)

// bullets are the lists without numbers.
type bullets struct{ parser.BlockParser }

func (bullets) Trigger() []byte { return []byte("-+*") }

// paragraphs may be indented.
type paragraphs struct{ parser.BlockParser }

func (paragraphs) CanAcceptIndentedLine() bool { return true }

// mostMarks is how many blocks may begin in one another on a line, and how
// many links in a paragraph. Time grows with the square of both.
const mostMarks = 400

// tame takes the meaning from marks that no writer sets so many of.
func tame(text string) string {
	var out strings.Builder
	for paragraph := range strings.SplitAfterSeq(text, "\n\n") {
		if strings.Count(paragraph, "[") > mostMarks {
			paragraph = strings.ReplaceAll(paragraph, "[", `\[`)
		}
		for line := range strings.Lines(paragraph) {
			if head := line[:len(line)-len(strings.TrimLeft(line, " \t>-+*"))]; len(head)-strings.Count(head, " ") > mostMarks {
				out.WriteByte('\\')
				line = strings.TrimLeft(line, " \t")
			}
			out.WriteString(line)
		}
	}
	return out.String()
}

// delimiter is the line below the head of a table.
var delimiter = regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$`)

// barRows writes the rows of tables like those of other formats.
func barRows(lines []string) []string {
	out := lines[:0]
	table := false
	for _, line := range lines {
		bars := strings.Contains(line, "|")
		if bars && len(out) > 0 && strings.Contains(out[len(out)-1], "|") && delimiter.MatchString(line) {
			table = true
			out[len(out)-1] = barRow(out[len(out)-1])
			continue
		}
		if table = table && bars; table {
			line = barRow(line)
		}
		out = append(out, line)
	}
	return out
}

func barRow(line string) string {
	line = strings.TrimSpace(line)
	cells := strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|"), "|")
	for i, c := range cells {
		cells[i] = strings.TrimSpace(c)
	}
	return strings.TrimSpace(strings.Join(cells, " | "))
}

// A field is a line of front matter.
type field struct{ name, value string }

// frontMatter takes the fields between two lines of dashes off the start of a
// text. What does not look like fields stays text.
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
	var fields []field
	for line := range strings.Lines(head) {
		name, value, found := strings.Cut(line, ":")
		switch {
		case strings.TrimSpace(line) == "" || isContinued(line):
		case !found:
			return nil, text
		default:
			fields = append(fields, field{strings.ToLower(strings.TrimSpace(name)), unquoted(value)})
		}
	}
	return fields, body
}

// isContinued reports whether a line of front matter belongs to the field
// above it.
func isContinued(line string) bool { return strings.ContainsAny(line[:1], " \t-#[]{}") }

func unquoted(value string) string {
	value = strings.TrimSpace(value)
	if n := len(value); n > 1 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
		value = value[1 : n-1]
	}
	return strings.TrimSpace(value)
}

// frontLabels are the labels of facts for the names that front matter has for
// them; a label of facts may be a name as well.
var frontLabels = map[string]string{"date": "发布日期", "source": "来源", "author": "作者", "number": "文号"}

// metadata is what the fields say of the document.
func metadata(fields []field) extract.Text {
	var t extract.Text
	for _, f := range fields {
		label := cmp.Or(frontLabels[f.name], labelOf(f.name))
		switch {
		case f.value == "":
		case f.name == "title" || label == "标题":
			t.Title = cmp.Or(t.Title, f.value)
		case isGovernment(f.value):
			t.Source = cmp.Or(t.Source, f.value)
		case label != "" && !isAddress(f.value):
			t.Facts = append(t.Facts, baogao.Fact{Label: label, Value: f.value})
		}
	}
	return t
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}
