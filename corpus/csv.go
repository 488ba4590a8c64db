package corpus

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"baogao/internal/extract"
	"baogao/internal/extract/table"
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
	errNoReport     = extract.NoReport("no report in it")
)

// readCSV yields a report for every row of a table whose first row names the
// columns, one of them the text.
func readCSV(r *reader, f file, in *bufio.Reader) error {
	text, name, err := r.decoded(in)
	if err != nil {
		return r.fault(f.place, err)
	}
	t := table.NewReader(text)
	header, err := t.Next()
	if err != nil && err != io.EOF {
		return r.fault(f.onLine(1), err)
	}
	columns := tableColumns(header)
	if !slices.Contains(columns, "text") {
		return r.fault(f.onLine(1), errNoTextColumn)
	}
	counted := tally{}
	for rows := 0; ; rows++ {
		line, refused := t.Line, true
		record, err := t.Next()
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
