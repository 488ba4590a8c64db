package corpus

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"baogao/internal/charset"
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
	errQuote        = errors.New("a quotation mark is not closed, or not doubled where it stands within a quoted cell; the line was not read")
	errNoReport     = extract.NoReport("no report in it")
)

// readCSV yields a report for every row of a table whose first row names the
// columns, one of them the text.
func readCSV(r *reader, f file, in *bufio.Reader) error {
	data, err := r.all(in)
	if err != nil {
		return r.fault(f.place, err)
	}
	text, name, err := charset.Decode(data)
	if err != nil {
		return r.fault(f.place, err)
	}
	t := tableReader{rest: text, line: 1, comma: separator(text), size: len(text)}
	header, err := t.next()
	if err != nil && err != io.EOF {
		return r.fault(f.onLine(1), err)
	}
	columns := tableColumns(header)
	t.columns = len(columns)
	if !slices.Contains(columns, "text") {
		return r.fault(f.onLine(1), errNoTextColumn)
	}
	for rows := 0; ; rows++ {
		line := t.line
		record, err := t.next()
		switch {
		case err == io.EOF && rows == 0:
			return r.fault(f.place, errNoReport)
		case err == io.EOF:
			return nil
		case err != nil:
			err = r.fault(f.onLine(line), err)
		default:
			err = r.tableRow(f, line, name, columns, record)
		}
		if err != nil {
			return err
		}
	}
}

// A tableReader reads the rows of a table.
type tableReader struct {
	rest    string
	line    int // of rest, from 1
	comma   rune
	columns int   // of the first row, 0 before it is read
	size    int   // of the table in bytes
	lazy    int64 // bytes that were read lazily
}

// mostLazy is how often a table is read lazily at most.
const mostLazy = 8

// next reads a row. One whose quotation marks do not fit gives errQuote, and
// the next one begins on the next line; between tabs such marks are taken as
// they stand.
func (t *tableReader) next() ([]string, error) {
	r := csv.NewReader(strings.NewReader(t.rest))
	r.Comma, r.FieldsPerRecord = t.comma, -1
	record, err := r.Read()
	if errors.Is(err, csv.ErrBareQuote) {
		text := t.rest
		if t.lazy > mostLazy*int64(t.size) { // each row would be read to the end of the table
			text, _, _ = strings.Cut(text, "\n")
		}
		r = t.lazily(text)
		record, err = r.Read()
		t.lazy += r.InputOffset()
		if err == nil && t.runsOn(record, t.rest[:r.InputOffset()]) {
			line, _, _ := strings.Cut(t.rest, "\n")
			r = t.lazily(t.rest[:min(len(line)+1, len(t.rest))])
			record, err = r.Read()
		}
	}
	size := int(r.InputOffset())
	if errors.Is(err, csv.ErrQuote) {
		size = len(t.rest)
		if end := strings.IndexByte(t.rest, '\n'); end >= 0 {
			size = end + 1
		}
		err = errQuote
		if t.comma == '\t' {
			record, err = strings.Split(strings.TrimRight(t.rest[:size], "\r\n"), "\t"), nil
		}
	}
	t.line += strings.Count(t.rest[:size], "\n")
	t.rest = t.rest[size:]
	return record, err
}

// lazily reads rows with quotation marks that stand in cells as they are.
func (t *tableReader) lazily(text string) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = t.comma, -1, true
	return r
}

// runsOn reports whether a row of several lines, read lazily, has swallowed rows
// below it, since a mark in it was taken for one that opens a cell.
func (t *tableReader) runsOn(record []string, read string) bool {
	read = strings.TrimRight(read, "\r\n")
	if !strings.Contains(read, "\n") {
		return false
	}
	return t.columns > 0 && len(record) != t.columns || strings.Contains(record[len(record)-1], "\n") && !strings.HasSuffix(read, `"`)
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

// tableRow yields the report of one row.
func (r *reader) tableRow(f file, line int, encoded string, columns, record []string) error {
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
		return nil
	}
	made := strings.Join(slices.Concat([]string{encoded}, columns, record), "\x00")
	return r.row(f.onLine(line), f, row{text: text, charset: encoded, fields: fields, bytes: []byte(made)})
}
