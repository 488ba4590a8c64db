package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"baogao/internal/testkit"
)

// violations runs axe over the page. The second list is of advice beyond the
// standard.
const violations = `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then((found) => {
	const list = (advice) => found.violations.filter((v) => v.tags.includes("best-practice") === advice)
		.map((v) => v.id + ": " + v.nodes.map((n) => n.target.join(" ") + " (" + n.failureSummary.replace(/\s+/g, " ") + ")").slice(0, 5).join("; "));
	return [list(false), list(true)];
})`

// testAccessibility holds a page to WCAG 2.2 AA: light and wide, dark and
// narrow, and with -all or -screenshots, of which it then takes pictures, dark
// and wide, light and narrow too.
func testAccessibility(t *testing.T, b *tab, p shownPage) {
	axe, err := os.ReadFile(testkit.NodeModule(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b.visit(p.path)
	b.do(chromedp.Evaluate[chromedp.Void](string(axe) + ";undefined"))
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{wide, phone} {
			if (scheme == "light") != (width == wide) && !*all && *screenshots == "" {
				continue
			}
			b.size(width)
			b.media("", scheme)
			b.picture(fmt.Sprintf("%s-%d-%s.png", p.name, width, scheme))
			found := value[[2][]string](b, violations)
			if len(found[0]) > 0 {
				t.Errorf("%s, %d px:\n%s", scheme, width, strings.Join(found[0], "\n"))
			}
			if len(found[1]) > 0 {
				t.Logf("%s, %d px, advice:\n%s", scheme, width, strings.Join(found[1], "\n"))
			}
		}
	}
}

// picture writes a picture of the whole page, if pictures are asked for.
func (b *tab) picture(name string) {
	b.t.Helper()
	if *screenshots == "" {
		return
	}
	whole := true
	shot := call(b, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng, CaptureBeyondViewport: &whole})
	if err := os.MkdirAll(*screenshots, 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*screenshots, name), shot.Data, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
