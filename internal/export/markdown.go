package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"baogao"
)

// Markdown writes hits as notes: what the file holds, and of each hit its place and
// year, the passage as a quotation with the marks in bold, and its citation.
type Markdown struct {
	w       *bufio.Writer
	options Options
	read    time.Time // when online sources are read, for citations
	n       int       // hits written
	begun   bool
	err     error
}

// NewMarkdown returns a Writer of Markdown.
func NewMarkdown(w io.Writer, o Options) *Markdown {
	return &Markdown{w: bufio.NewWriter(w), options: o, read: time.Now()}
}

// Write writes a hit.
func (m *Markdown) Write(h *baogao.Hit) error {
	m.begin()
	m.n++
	title := lineMD(h.Report.Title)
	if title == "" {
		title = "（无标题）"
	}
	year := ""
	if h.Report.Year != 0 {
		year = fmt.Sprintf("，%d年度", h.Report.Year)
	}
	m.printf("\n%d. %s（%s%s）\n\n", m.n, title, lineMD(h.Report.Region.Name), year)
	for line := range strings.Lines(markedMD(h)) {
		m.printf("   > %s\n", strings.TrimRight(line, "\r\n"))
	}
	m.printf("\n   %s\n", lineMD(citation(h, m.read)))
	m.printf("\n   %s\n", m.options.linkMD(h))
	return m.err
}

// Flush passes on what is buffered.
func (m *Markdown) Flush() error {
	m.begin()
	if m.err == nil {
		m.err = m.w.Flush()
	}
	return m.err
}

func (m *Markdown) begin() {
	if m.begun {
		return
	}
	m.begun = true
	for _, n := range m.options.About {
		m.printf("- %s: %s\n", lineMD(n[0]), lineMD(n[1]))
	}
}

// linkMD leads to the passage of a hit: an address as one to follow, a command as code.
func (o Options) linkMD(h *baogao.Hit) string {
	if o.Link != nil {
		return "<" + o.Link(h) + ">"
	}
	return lineMD(o.link(h))
}

func (m *Markdown) printf(format string, args ...any) {
	if m.err == nil {
		_, m.err = fmt.Fprintf(m.w, format, args...)
	}
}

// signsMD are the characters by which Markdown, and HTML in it, is more than text.
var signsMD = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`, "~", `\~`, "#", `\#`)

// lineMD is a text that Markdown shows as it is, on one line.
func lineMD(text string) string {
	return signsMD.Replace(strings.Join(strings.Fields(strings.Map(printable, text)), " "))
}

// markedMD is the text of a hit with its marks in bold.
func markedMD(h *baogao.Hit) string {
	letters := []rune(h.Text)
	var b strings.Builder
	at := 0
	for _, s := range h.Highlights {
		if s.Start < at || s.End > len(letters) {
			continue
		}
		b.WriteString(textMD(letters[at:s.Start]))
		b.WriteString("**" + textMD(letters[s.Start:s.End]) + "**")
		at = s.End
	}
	b.WriteString(textMD(letters[at:]))
	return b.String()
}

// textMD is a part of a text that Markdown shows as it is.
func textMD(letters []rune) string { return signsMD.Replace(strings.Map(printable, string(letters))) }
