package main

import (
	"encoding/csv"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"baogao"
	"baogao/internal/cli"
)

// printer prints an answer in the form that was asked for.
type printer struct {
	w             io.Writer
	format        string
	color         bool
	facets, count bool
	first         int // rank of the first hit, from 1
	width         int // of a line, in columns
}

func newPrinter(cmd *cobra.Command, f questionFlags) *printer {
	p := &printer{
		w: cmd.OutOrStdout(), format: *f.format, facets: f.facets, count: f.count, first: f.offset + 1, width: 80,
	}
	fd, terminal := cli.Terminal(cmd)
	p.color = *f.color == "always" ||
		*f.color == "auto" && terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	if terminal {
		if w, _, err := term.GetSize(fd); err == nil && w >= 40 {
			p.width = min(w, 120)
		}
	}
	return p
}

func (p *printer) print(res *baogao.Result) error {
	switch p.format {
	case "json":
		return cli.JSON(p.w, res, true)
	case "jsonl":
		return p.jsonLines(res)
	case "csv":
		return p.csv(res)
	}
	return p.text(res)
}

// jsonLines prints a hit a line; with --count the totals are the only line.
func (p *printer) jsonLines(res *baogao.Result) error {
	if p.count {
		return cli.JSON(p.w, res.Total, false)
	}
	for _, h := range res.Hits {
		if err := cli.JSON(p.w, h, false); err != nil {
			return err
		}
	}
	return nil
}

// csvColumns are the columns of a hit, in their order.
var csvColumns = []string{
	"id", "score", "title", "kind", "level", "year", "region_code", "region",
	"issuer", "number", "published", "source", "section", "paragraph", "heading", "occurrences", "text",
}

func (p *printer) csv(res *baogao.Result) error {
	w := csv.NewWriter(p.w)
	if p.count {
		w.Write([]string{"passages", "reports", "occurrences"})
		w.Write([]string{strconv.Itoa(res.Total.Passages), strconv.Itoa(res.Total.Reports), strconv.Itoa(res.Total.Occurrences)})
	} else {
		w.Write(csvColumns)
		for _, h := range res.Hits {
			w.Write(csvRow(h))
		}
	}
	w.Flush()
	return w.Error()
}

func csvRow(h baogao.Hit) []string {
	m := h.Report
	year := ""
	if m.Year != 0 {
		year = strconv.Itoa(m.Year)
	}
	return []string{
		h.ID, strconv.FormatFloat(h.Score, 'f', 4, 64), m.Title, string(m.Kind), string(m.Level), year,
		m.Region.Code, m.Region.Name, m.Issuer, m.Number, m.Published, m.Source,
		strings.Join(h.Section, " › "), strconv.Itoa(h.Paragraph), strconv.FormatBool(h.Heading),
		strconv.Itoa(len(h.Highlights)), h.Text,
	}
}
