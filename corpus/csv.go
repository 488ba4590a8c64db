package corpus

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"baogao/internal/extract"
)

// columnNames are what the columns of a table of reports may be called, by
// the field of a JSON line that they stand for.
var columnNames = map[string][]string{
	"file":      {"file", "文件", "文件名", "文件名称", "路径"}, // of a metadata.csv
	"id":        {"id", "编号"},
	"title":     {"title", "标题", "名称", "题名", "报告名称"},
	"text":      {"text", "content", "body", "正文", "内容", "全文", "文本", "正文内容"},
	"region":    {"region", "地区", "区域", "行政区", "行政区划", "省市"},
	"level":     {"level", "层级", "级别", "行政级别"},
	"year":      {"year", "年份", "年度", "报告年度"},
	"kind":      {"kind", "类型", "类别", "报告类型"},
	"issuer":    {"issuer", "发布机构", "发文机关", "发布单位", "发文单位", "制发机关"},
	"number":    {"number", "文号", "发文字号"},
	"published": {"published", "date", "发布日期", "发布时间", "成文日期", "日期"},
	"source":    {"source", "url", "来源", "链接", "网址", "地址", "来源链接"},
}

var (
	errNoTextColumn = extract.NoReport("a table without a column of texts; call one text or 正文, or save what the table says as text")
	errQuote        = errors.New("a quotation mark is not closed, or not doubled where it stands within a quoted cell")
	errNoReport     = extract.NoReport("no report in it")
)

// readCSV yields a report for every row of a table whose first row names the
// columns, one of them the text.
func readCSV(r *reader, f file, in *bufio.Reader) error {
	text, name, err := r.decoded(in)
	if err != nil {
		return r.fault(f.place, err)
	}
	t := tableReader{rest: text, line: 1, comma: separator(text), spare: mostSpare * len(text)}
	header, err := t.next()
	if err != nil && err != io.EOF {
		return r.fault(f.onLine(1), err)
	}
	columns := tableColumns(header)
	if !slices.Contains(columns, "text") {
		return r.fault(f.onLine(1), errNoTextColumn)
	}
	counted := tally{}
	for rows := 0; ; rows++ {
		line, refused := t.line, true
		record, err := t.next()
		switch {
		case err == io.EOF && rows == 0:
			return r.fault(f.place, errNoReport)
		case err == io.EOF:
			return nil
		case err != nil && len(record) == 0:
			err = r.fault(f.onLine(line), err)
		case err != nil:
			if err = r.fault(f.onLine(line), Note(fmt.Errorf("%w; the row is taken to end before the next line that is one", err))); err == nil {
				_, err = tableRow(r, f, line, name, columns, record)
			}
		default:
			refused, err = tableRow(r, f, line, name, columns, record)
		}
		if err != nil {
			return err
		}
		if counted.over(refused) {
			return r.fault(f.onLine(line), errMostRefused)
		}
	}
}

// A tableReader reads the rows of a table.
type tableReader struct {
	rest    string
	line    int // of rest, from 1
	comma   rune
	columns int // of the first row, 0 before it is read
	spare   int // bytes that may still be read in vain
}

// mostSpare is how often a table is read in vain at most: an open quotation mark in
// every row has each of them read to the end.
const mostSpare = 8

// next reads a row. One whose quotation marks do not fit is read as far as the
// next line that is a row by itself, and comes with errQuote: where a mark is not
// closed, no row behind it is swallowed.
func (t *tableReader) next() ([]string, error) {
	record, size, err := t.parse(t.within(), false)
	if errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote) {
		if t.comma == '\t' { // marks between tabs are taken as they stand
			size = lineSize(t.rest)
			record, err = strings.Split(strings.TrimRight(t.rest[:size], "\r\n"), "\t"), nil
			return t.took(record, size), err
		}
		t.spare -= size
		size = t.rowSize()
		record, _, _ = t.parse(t.rest[:size], true)
		if t.columns == 0 || len(record) < t.columns {
			err = errQuote
		} else if errors.Is(err, csv.ErrBareQuote) && strings.Count(t.rest[:size], "\"")%2 == 0 {
			err = nil // marks within a cell, in pairs
		} else {
			err = errQuote
		}
	}
	return t.took(record, size), err
}

// within is where a row may end: anywhere, or in the first line where too much was
// read in vain.
func (t *tableReader) within() string {
	if t.spare > 0 {
		return t.rest
	}
	return t.rest[:lineSize(t.rest)]
}

// took goes behind a row.
func (t *tableReader) took(record []string, size int) []string {
	t.columns = cmp.Or(t.columns, len(record))
	t.line += strings.Count(t.rest[:size], "\n")
	t.rest = t.rest[size:]
	return record
}

// parse reads a row at the head of a text, and says how many bytes it has.
func (t *tableReader) parse(text string, lazy bool) (record []string, size int, err error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = t.comma, -1, lazy
	record, err = r.Read()
	return record, int(r.InputOffset()), err
}

// rowSize is the size of the row at the head of rest, whose marks do not fit: up
// to the next line that is a row of as many cells by itself.
func (t *tableReader) rowSize() int {
	size := lineSize(t.rest)
	if t.columns < 2 {
		_, n, err := t.parse(t.within(), true)
		if t.spare -= n; err == nil {
			return max(size, n)
		}
		return size
	}
	for size < len(t.rest) {
		line := t.rest[size : size+lineSize(t.rest[size:])]
		if strings.Count(line, string(t.comma)) >= t.columns-1 {
			if record, _, err := t.parse(line, false); err == nil && len(record) == t.columns {
				break
			}
			if strings.Count(line, `"`)%2 == 1 { // the row of another mark that is not closed
				if record, _, _ := t.parse(line, true); len(record) == t.columns {
					break
				}
			}
		}
		size += len(line)
	}
	return size
}

// lineSize is the size of the first line of a text, with its end.
func lineSize(text string) int {
	if end := strings.IndexByte(text, '\n'); end >= 0 {
		return end + 1
	}
	return len(text)
}

// separator is the character that holds the columns apart: the one that the
// first line has most of.
func separator(text string) rune {
	head, _, _ := strings.Cut(text, "\n")
	best, most := ',', 0
	for _, c := range ",\t;" {
		if n := strings.Count(head, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// tableColumns gives the field of each column, "" for one that is not known
// or has come before.
func tableColumns(header []string) []string {
	columns := make([]string, len(header))
	for i, name := range header {
		if field := columnField(name); field != "file" && !slices.Contains(columns, field) {
			columns[i] = field
		}
	}
	return columns
}

// columnField is the field that a column of a name is for, "" for none.
func columnField(name string) string {
	name = strings.ToLower(strings.Trim(name, " \u3000\uFEFF"))
	for field, names := range columnNames {
		if slices.Contains(names, name) {
			return field
		}
	}
	return ""
}

// tableRow yields the report of one row, or says why there is none.
func tableRow(r *reader, f file, line int, encoded string, columns, record []string) (refused bool, fault error) {
	var text string
	fields := map[string]string{}
	for i, value := range record {
		switch {
		case i >= len(columns) || columns[i] == "":
		case columns[i] == "text":
			text = value
		case columns[i] == "published":
			fields["date"] = strings.TrimSpace(value)
		default:
			fields[columns[i]] = strings.TrimSpace(value)
		}
	}
	if strings.TrimSpace(strings.Join(record, "")) == "" {
		return false, nil
	}
	made := strings.Join(slices.Concat([]string{encoded}, columns, record), "\x00")
	return r.row(f.onLine(line), f, row{text: text, charset: encoded, fields: fields, bytes: []byte(made)})
}
