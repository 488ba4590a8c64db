package office

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"

	"baogao/internal/extract"
)

// XLSX reads a workbook: each row of a sheet that is shown is a line, below the
// name of the sheet where it has one of its own. Cells are as they are shown.
func XLSX(data []byte, l extract.Limits) (text extract.Text, err error) {
	defer recoverTo(&err)
	l = l.WithDefaults()
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: l.Bytes, UnzipXMLSizeLimit: l.Bytes})
	switch {
	case err != nil && strings.Contains(err.Error(), "unzip size exceeds"):
		return extract.Text{}, extract.ErrUnpacked
	case err != nil:
		return extract.Text{}, fmt.Errorf("a broken XLSX file (%w); get the file again", err)
	}
	defer book.Close()
	lines := extract.Lines{Bytes: l.Bytes}
	for _, sheet := range book.GetSheetList() {
		if shown, err := book.GetSheetVisible(sheet); err != nil || !shown {
			continue
		}
		if err := addSheet(&lines, book, sheet); err != nil {
			return extract.Text{}, err
		}
	}
	return lines.Text()
}

// ownName is not the name that programs give a sheet.
var ownName = regexp.MustCompile(`(?i)^(sheet|工作表) ?\d*$`)

// addSheet adds the rows of a sheet.
func addSheet(lines *extract.Lines, book *excelize.File, sheet string) error {
	rows, err := book.Rows(sheet)
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
		cells, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("sheet %.100q: %w; open it and save it again", sheet, err)
		}
		row := sheetRow(cells)
		if row == "" {
			continue
		}
		if !named {
			named = true
			if err := lines.Add(sheet); err != nil {
				return err
			}
		}
		if err := lines.Add(row); err != nil {
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
