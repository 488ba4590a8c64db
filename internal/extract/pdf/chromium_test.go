package pdf

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"baogao/internal/extract"
	"baogao/internal/testkit"
)

// browserMarks begins the style of a page that is printed with the date, title,
// address and page number of the browser around it.
const browserMarks = "/* marks */"

// chromiumPDF has Chromium print a page, of which body and style are given.
func chromiumPDF(t *testing.T, style, body string) []byte {
	t.Helper()
	if testing.Short() {
		t.Skip("Chromium is not started under -short")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no chromium, so no page is printed by it; tools/install-test-tools.sh installs it")
	}
	dir := t.TempDir()
	in, out := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.pdf")
	const usual = `@page{size:A4;margin:25mm 22mm} body{margin:0;font:16px/1.75 sans-serif} p{margin:0;text-indent:2em;text-align:justify} h1{text-align:center;text-indent:0} table{border-collapse:collapse;width:100%} td,th{padding:6px}`
	page := `<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><style>` + usual + style + `</style><body>` + body + `</body></html>`
	if err := os.WriteFile(in, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	marks := "--no-pdf-header-footer"
	if strings.HasPrefix(style, browserMarks) {
		marks = "--disable-extensions"
	}
	cmd := exec.CommandContext(ctx, path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir="+filepath.Join(dir, "profile"),
		marks, "--print-to-pdf="+out, "file://"+in)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("chromium: %v\n%s", err, said)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func paragraphsHTML(lines []string) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "<p>%s</p>", l)
	}
	return b.String()
}

// TestPDFOfChromium reads what Chromium prints, which places each character by
// itself.
func TestPDFOfChromium(t *testing.T) {
	title, lines := testkit.SampleLines(t)[0], testkit.SampleLines(t)[1:]
	long := slices.Concat(lines, lines, lines)
	merged := `<table %s><tr><th>类别<th>措施<th>件数</tr>
<tr><td rowspan=3>行政处罚<td>警告<td>115件</tr><tr><td>罚款<td>327件</tr><tr><td>没收<td>48件</tr>
<tr><td rowspan=2>行政强制<td>查封<td>9件</tr><tr><td>扣押<td>6件</tr><tr><td>合计<td><td>505件</tr></table>`
	mergedRows := []string{"类别 | 措施 | 件数", "行政处罚 | 警告 | 115件", "行政处罚 | 罚款 | 327件", "行政处罚 | 没收 | 48件", "行政强制 | 查封 | 9件", "行政强制 | 扣押 | 6件", "合计 |  | 505件"}
	for _, tt := range []struct {
		name, style, body string
		want              []string
	}{
		{"one column", "", "<h1>" + title + "</h1>" + paragraphsHTML(long), append([]string{title}, long...)},
		{"head and foot of the browser beside a tall heading", browserMarks + "@page{margin:10mm 20mm} h1{font-size:40px;line-height:2;margin:0}",
			"<h1>" + title + "</h1>" + paragraphsHTML(long), append([]string{title}, long...)},
		{"two columns with a narrow gutter", ".c{columns:2;column-gap:14px;font-size:14px}", "<h1>" + title + "</h1><div class=c>" + paragraphsHTML(long) + "</div>", append([]string{title}, long...)},
		{"no indentation", "p{text-indent:0;margin:8px 0}", "<h1>" + title + "</h1>" + paragraphsHTML(lines), append([]string{title}, lines...)},
		{"watermark in tiles", ".w{position:fixed;color:#ccc;transform:rotate(-45deg);font-size:20px;z-index:-1}",
			tiles() + "<h1>" + title + "</h1>" + paragraphsHTML(lines), append([]string{title}, lines...)},
		{"marks of notes", "", "<p>全面深化“放管服<sup>[1]</sup>”改革<sup>②</sup>，行政复议<sup>3</sup>案件办理14件，占地20km<sup>2</sup>。</p>", []string{"全面深化“放管服”改革，行政复议案件办理14件，占地20km2。"}},
		{"merged cells with rules", "td,th{border:1px solid}", "<h1>" + title + "</h1>" + fmt.Sprintf(merged, ""), append([]string{title}, mergedRows...)},
		{"merged cells without rules", "td,th{text-align:left}", "<h1>" + title + "</h1>" + fmt.Sprintf(merged, ""), append([]string{title}, mergedRows...)},
		{"merged cells at the top", "td,th{text-align:left;vertical-align:top}", "<h1>" + title + "</h1>" + fmt.Sprintf(merged, ""), append([]string{title}, mergedRows...)},
		{"full cells with rules", "body{font-size:14px}td,th{border:1px solid;padding:4px}", fullCells, fullCellRows},
		{"letters apart", "h1{letter-spacing:1em;font-size:22px}h2{letter-spacing:.5em;font-size:20px}", "<h1>政府工作报告</h1><h2>第一部分</h2>" + paragraphsHTML(lines[2:6]), append([]string{"政府工作报告", "第一部分"}, lines[2:6]...)},
		{"page across", "@page across{size:A4 landscape} .a{page:across}", "<h1>" + title + "</h1>" + paragraphsHTML(lines) + "<div class=a>" + fmt.Sprintf(merged, "") + "</div>", slices.Concat([]string{title}, lines, mergedRows)},
		{"table on its side", ".a{break-before:page;transform:rotate(90deg);transform-origin:0 0;width:230mm;position:relative;left:160mm}", "<h1>" + title + "</h1>" + paragraphsHTML(lines) + "<div class=a>" + fmt.Sprintf(merged, "") + "</div>", slices.Concat([]string{title}, lines, mergedRows)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Read(t.Context(), chromiumPDF(t, tt.style, tt.body), extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			want := strings.Join(tt.want, "\n")
			if whole, all := sameParagraphs(got.Body, want); 100*whole < 98*all || strings.Count(got.Body, "\n") > all+1 {
				t.Errorf("%d of %d paragraphs are whole\ngot:\n%s\nwant:\n%s", whole, all, got.Body, want)
			}
		})
	}
}

// Tables whose cells are full, of one line or several, and merged over rows and
// columns.
const fullCells = `<p>下表为2023年行政执法情况。</p>
<table><tr><th rowspan=2>单位<th rowspan=2>职责说明<th colspan=2>案件数<th rowspan=2>备注</tr><tr><th>2022年<th>2023年</tr>
<tr><td>青山县司法局<td>负责行政复议、行政应诉、法治宣传、公共法律服务、人民调解等工作，指导街道司法所<td>12<td>14<td>其中撤销1件，其余维持或者终止</tr>
<tr><td>青山县市场监督管理局<td>负责市场监管<td>120<td>140<td>无</tr><tr><td>合计<td><td>132<td>154<td></tr></table>
<p>（数据截至2023年12月31日）</p>
<table><tr><td align=center>序号<td>事项<td>责任单位<td>完成时限</tr>
<tr><td align=center>1<td>推进政务服务标准化，编制事项清单，优化办事流程，压减办理时限<td>县政务服务局、县司法局、县市场监管局<td>2023年12月底</tr>
<tr><td align=center>2<td>开展执法检查<td>县司法局<td>全年</tr></table><p>以上。</p>
<table><tr><td rowspan=2>行政许可<td>受理数量<td>一千二百件</tr><tr><td>办结数量<td>一千一百件</tr></table>`

var fullCellRows = []string{"下表为2023年行政执法情况。", "单位 | 职责说明 | 案件数 |  | 备注", "单位 | 职责说明 | 2022年 | 2023年 | 备注",
	"青山县司法局 | 负责行政复议、行政应诉、法治宣传、公共法律服务、人民调解等工作，指导街道司法所 | 12 | 14 | 其中撤销1件，其余维持或者终止",
	"青山县市场监督管理局 | 负责市场监管 | 120 | 140 | 无", "合计 |  | 132 | 154 |", "（数据截至2023年12月31日）",
	"序号 | 事项 | 责任单位 | 完成时限", "1 | 推进政务服务标准化，编制事项清单，优化办事流程，压减办理时限 | 县政务服务局、县司法局、县市场监管局 | 2023年12月底",
	"2 | 开展执法检查 | 县司法局 | 全年", "以上。", "行政许可 | 受理数量 | 一千二百件", "行政许可 | 办结数量 | 一千一百件"}

// tiles are watermarks all over a page.
func tiles() string {
	var b strings.Builder
	for y := range 6 {
		for x := range 3 {
			fmt.Fprintf(&b, `<div class=w style="top:%dmm;left:%dmm">内部资料注意保管</div>`, 20+y*40, x*55)
		}
	}
	return b.String()
}
