package corpus

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"baogao/internal/charset"
)

// columnNames are what the columns of a table of reports may be called, by
// the field of a JSON line that they stand for.
var columnNames = map[string][]string{
	"id":        {"id", "编号", "序号"},
	"title":     {"title", "标题", "名称", "题名", "文件名称", "报告名称"},
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

var errNoTextColumn = errors.New("a table without a column of texts; call one text or 正文, or save what the table says as text")

// readCSV yields a report for every row of a table whose first row names the
// columns, one of them the text.
func readCSV(w *walk, f file, in *bufio.Reader) error {
	data, err := w.all(in)
	if err != nil {
		return w.fault(f.path, 0, err)
	}
	text, name, err := charset.Decode(data)
	if err != nil {
		return w.fault(f.path, 0, err)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(text), -1, true
	header, err := r.Read()
	if err != nil {
		return w.fault(f.path, 1, err)
	}
	columns := tableColumns(header)
	if !slices.Contains(columns, "text") {
		return w.fault(f.path, 1, errNoTextColumn)
	}
	for {
		record, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			var wrong *csv.ParseError
			if errors.As(err, &wrong) {
				return w.fault(f.path, wrong.StartLine, fmt.Errorf("%w; the rest was not read", wrong.Err))
			}
			return w.fault(f.path, 0, err)
		}
		line, _ := r.FieldPos(0)
		if err := w.tableRow(f, line, name, columns, record); err != nil {
			return err
		}
	}
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
		name = strings.ToLower(strings.Trim(name, " \u3000\uFEFF"))
		for field, names := range columnNames {
			if slices.Contains(names, name) && !slices.Contains(columns, field) {
				columns[i] = field
			}
		}
	}
	return columns
}

// tableRow yields the report of one row.
func (w *walk) tableRow(f file, line int, charset string, columns, record []string) error {
	row := jsonLine{}
	var text string
	fields := map[string]*scalar{
		"id": &row.ID, "title": &row.Title, "region": &row.Region, "level": &row.Level, "year": &row.Year, "kind": &row.Kind,
		"issuer": &row.Issuer, "number": &row.Number, "published": &row.Date, "source": &row.Source,
	}
	for i, value := range record {
		if i >= len(columns) || columns[i] == "" {
			continue
		}
		if columns[i] == "text" {
			text = value
			continue
		}
		*fields[columns[i]] = scalar(strings.TrimSpace(value))
	}
	if strings.TrimSpace(strings.Join(record, "")) == "" {
		return nil
	}
	row.Text = &text
	return w.line(f, line, charset, &row, []byte(strings.Join(record, "\x00")))
}
