package office

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"

	"baogao/internal/extract"
	"baogao/internal/extract/budget"
)

// XLSX reads a workbook: each row of a sheet that is shown is a line, below the
// name of the sheet where it has one of its own. Cells are as they are shown.
func XLSX(data []byte, l extract.Limits) (text extract.Text, err error) {
	defer recoverTo(&err)
	l = l.WithDefaults()
	allowed := budget.New(int64(len(data)))
	most := min(l.Bytes, allowed.Bytes())
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: most, UnzipXMLSizeLimit: most})
	switch {
	case err != nil && strings.Contains(err.Error(), "unzip size exceeds"):
		return extract.Text{}, extract.ErrUnpacked
	case err != nil:
		return extract.Text{}, fmt.Errorf("a broken XLSX file (%w); get the file again", err)
	}
	defer book.Close()
	w := sheets{book, extract.Lines{Bytes: l.Bytes}, allowed, l.Stopped}
	for _, sheet := range book.GetSheetList() {
		if shown, err := book.GetSheetVisible(sheet); err != nil || !shown {
			continue
		}
		if err := w.addSheet(sheet); err != nil {
			return extract.Text{}, err
		}
	}
	return w.lines.Text()
}

// sheets are a workbook that is read, and the lines that come of it.
type sheets struct {
	*excelize.File
	lines   extract.Lines
	allowed *budget.Budget
	stopped func() error
}

// ownName is not the name that programs give a sheet.
var ownName = regexp.MustCompile(`(?i)^(sheet|工作表) ?\d*$`)

// addSheet adds the rows of a sheet.
func (w *sheets) addSheet(sheet string) error {
	rows, err := w.Rows(sheet)
	if err != nil {
		var other excelize.ErrSheetNotExist
		if errors.As(err, &other) || strings.Contains(err.Error(), "not a worksheet") {
			return nil // a sheet of charts
		}
		return fmt.Errorf("sheet %.100q: %w; open it and save it again", sheet, err)
	}
	defer rows.Close()
	named := ownName.MatchString(sheet)
	for rows.Next() {
		if err := w.stopped(); err != nil {
			return err
		}
		cells, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("sheet %.100q: %w; open it and save it again", sheet, err)
		}
		if err := w.allowed.Step(len(cells)); err != nil {
			return err
		}
		row := sheetRow(cells)
		if row == "" {
			continue
		}
		if !named {
			named = true
			if err := w.lines.Add(sheet); err != nil {
				return err
			}
		}
		if err := w.lines.Add(row); err != nil {
			return err
		}
	}
	return rows.Error()
}

// sheetRow writes cells as a line. Empty ones at its end are left out, and so are
// the bars of a row with one cell.
func sheetRow(cells []string) string {
	filled, last := 0, -1
	for i, c := range cells {
		cells[i] = strings.Join(strings.Fields(c), " ")
		if cells[i] != "" {
			filled, last = filled+1, i
		}
	}
	switch filled {
	case 0:
		return ""
	case 1:
		return cells[last]
	}
	return strings.Join(cells[:last+1], " | ")
}
