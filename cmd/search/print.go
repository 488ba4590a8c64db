package main

import (
	"encoding/csv"
	"io"
	"iter"
	"os"
	"strconv"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"baogao"
	"baogao/internal/cli"
	"baogao/internal/export"
)

// printer prints an answer in the form that was asked for.
type printer struct {
	w, notes      io.Writer // the answer, and what its form has no room for
	format        string
	color, bom    bool
	grouped       bool // hits are reports
	facets, count bool
	about         [][2]string // what a file holds, where its form has room for it
	sort          baogao.Sort
	first         int // rank of the first hit, from 1
	width         int // of a line, in columns
}

func newPrinter(cmd *cobra.Command, f questionFlags) *printer {
	p := &printer{
		w: cmd.OutOrStdout(), notes: cmd.ErrOrStderr(), format: *f.format, bom: f.bom, grouped: f.byReport(), sort: *f.sort, facets: f.facets, count: f.count, first: f.offset + 1, width: 80,
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

// print prints an answer with lines about what may have been meant, and what it
// means that nothing matches exactly.
func (p *printer) print(res *baogao.Result, also []string, silence string) error {
	switch p.format {
	case "json":
		return cli.JSON(p.w, res, true)
	case "jsonl", "csv", "xlsx", "md":
		for _, line := range also {
			cli.Printf(p.notes, "search: note: %s\n", line)
		}
		if p.count {
			return p.total(counts{res.Total, res.Held})
		}
		return write(p.hits(), res.Hits)
	}
	return p.text(res, also, silence)
}

// hits returns the Writer of hits, a line or a record each.
func (p *printer) hits() export.Writer {
	return export.New(p.w, p.format, export.Options{BOM: p.bom, Grouped: p.grouped, About: p.about})
}

// counts are the totals of an answer, and the reports held within its filters.
type counts struct {
	baogao.Total
	Held int `json:"held"`
}

// total prints the totals as the only line or record.
func (p *printer) total(t counts) error {
	if p.format == "jsonl" {
		return cli.JSON(p.w, t, false)
	}
	if p.bom {
		if _, err := io.WriteString(p.w, export.BOM); err != nil {
			return err
		}
	}
	w := csv.NewWriter(p.w)
	w.Write([]string{"passages", "reports", "occurrences", "held"})
	w.Write([]string{strconv.Itoa(t.Passages), strconv.Itoa(t.Reports), strconv.Itoa(t.Occurrences), strconv.Itoa(t.Held)})
	w.Flush()
	return w.Error()
}

// printAll prints a whole result, a hit at a time.
func (p *printer) printAll(hits iter.Seq2[*baogao.Hit, error]) error {
	w, printed := p.hits(), 0
	for h, err := range hits {
		if err == nil {
			err = w.Write(h)
		}
		if err != nil {
			return err
		}
		printed++
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if printed == 0 {
		return errNothing
	}
	return nil
}

func write(w export.Writer, hits []baogao.Hit) error {
	for i := range hits {
		if err := w.Write(&hits[i]); err != nil {
			return err
		}
	}
	return w.Flush()
}
