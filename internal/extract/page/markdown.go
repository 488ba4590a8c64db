package page

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	render "github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html/atom"

	"baogao/internal/extract"
)

// Markdown reads a text with the marks of Markdown. Headings, bullets and
// tables are read like those of a page; each line is a line, and what numbers
// it stays as it was written, and an image is its description. Front matter is
// metadata of the document; what it says beyond that is text. The title is that of the front matter or the first heading, if the text begins
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
	p, err := parsePage(src.String(), l)
	if err != nil {
		return extract.Text{}, err
	}
	p.survey()
	t, others := metadata(fields)
	t.Body = strings.Join(append(others, barRows(linesOf(p.root))...), "\n")
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
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(emphasis{parser.NewEmphasisParser()}, 500),
			util.Prioritized(struck{extension.NewStrikethroughParser()}, 500),
		),
	)),
	goldmark.WithRendererOptions(html.WithUnsafe(), html.WithHardWraps(), render.WithNodeRenderers(util.Prioritized(images{}, 100), util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500))),
)

// bullets are the lists without numbers.
type bullets struct{ parser.BlockParser }

func (bullets) Trigger() []byte { return []byte("-+*") }

// paragraphs may be indented.
type paragraphs struct{ parser.BlockParser }

func (paragraphs) CanAcceptIndentedLine() bool { return true }

// images are read as what is written in their brackets.
type images struct{}

func (images) RegisterFuncs(r render.NodeRendererFuncRegisterer) {
	r.Register(ast.KindImage, func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
		return ast.WalkContinue, nil
	})
}

// mostMarks is how many blocks may begin in one another on a line, and how
// many links or marks of emphasis may be in a paragraph. Time grows with the
// square of each.
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
