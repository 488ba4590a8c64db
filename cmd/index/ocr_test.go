package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/engine"
	"baogao/internal/testkit"
)

// An ocrBench is a folder of scans, a program in the place of tesseract that counts the
// pages it reads, and an index.
type ocrBench struct {
	t                        *testing.T
	bin, reports, index, log string
	env                      []string
}

func newOCRBench(t *testing.T) *ocrBench {
	t.Helper()
	dir := t.TempDir()
	b := &ocrBench{t: t, bin: filepath.Join(dir, "index.bin"), reports: filepath.Join(dir, "reports"), index: filepath.Join(dir, "index"), log: filepath.Join(dir, "log")}
	if out, err := exec.Command("go", "build", "-o", b.bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cache := filepath.Join(dir, "cache")
	if err := os.MkdirAll(filepath.Join(cache, "baogao"), 0o755); err != nil {
		t.Fatal(err)
	}
	if user, err := os.UserCacheDir(); err == nil { // the PDF reader need not be compiled again
		_ = os.Symlink(filepath.Join(user, "baogao", "pdfium"), filepath.Join(cache, "baogao", "pdfium"))
	}
	if err := os.MkdirAll(b.reports, 0o755); err != nil {
		t.Fatal(err)
	}
	b.env = append(os.Environ(), "XDG_CACHE_HOME="+cache)
	return b
}

// install puts a program in the place of tesseract that takes a while for each page.
func (b *ocrBench) install(model string) {
	script := fmt.Sprintf("cat >/dev/null; sleep 0.02; cat <<'.'\n%s\n.\necho x >>%s # %s", testkit.HOCR("全年受理行政复议申请三百一十二件", 93), b.log, model)
	b.env = append(b.env, "PATH="+testkit.FakeTesseract(b.t, script, "chi_sim", "chi_tra")+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// read is how many pages the program has read.
func (b *ocrBench) read() int {
	data, _ := os.ReadFile(b.log)
	return bytes.Count(data, []byte("x"))
}

func (b *ocrBench) command(args ...string) *exec.Cmd {
	cmd := exec.Command(b.bin, append(args, b.reports, "--index", b.index)...)
	cmd.Env = b.env
	return cmd
}

// run expects of a command that it says something.
func (b *ocrBench) run(fails bool, says string, args ...string) {
	b.t.Helper()
	out, err := b.command(args...).CombinedOutput()
	if (err != nil) != fails || !strings.Contains(string(out), says) {
		b.t.Errorf("%v: %v\n%s\nwant %q", args, err, out, says)
	}
}

// found is how many reports a question finds.
func (b *ocrBench) found(question string) int {
	b.t.Helper()
	s, err := engine.Open(b.index)
	if err != nil {
		b.t.Fatal(err)
	}
	defer s.Close()
	q, err := ask.Read(b.t.Context(), s, ask.Typed{Question: question}, ask.English)
	var res *baogao.Result
	if err == nil {
		res, err = q.Search(b.t.Context(), s)
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return res.Total.Reports
}

// TestScansAreReadOnce stops the build of a hundred pages, and continues it by update.
func TestScansAreReadOnce(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("no build is stopped under -short, nor where programs cannot be interrupted")
	}
	const pages = 100
	b := newOCRBench(t)
	b.install("one")
	var scans []testkit.ScanPage
	for i := range pages {
		scans = append(scans, testkit.ScanPage{Picture: testkit.BarJPEG(40 + 2*i)})
	}
	for name, data := range map[string][]byte{"扫描.pdf": testkit.ScanPDF(scans...), "文字.txt": []byte("乙县全年受理行政复议申请八十件。")} {
		if err := os.WriteFile(filepath.Join(b.reports, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b.stopped(t, pages)
	if n := b.read(); n == 0 || n >= pages {
		t.Fatalf("stopped when %d pages of %d were read", n, pages)
	}
	b.run(false, "100 of 100 pages recognised", "update", "--ocr")
	once := b.read() // and those that were being read when the build was stopped
	if once < pages || once > pages+runtime.GOMAXPROCS(0) {
		t.Errorf("%d readings of %d pages", once, pages)
	}
	if yes, no := b.found("ocr:yes"), b.found("ocr:no"); yes != 1 || no != 1 {
		t.Errorf("%d reports were read by machine, %d were not", yes, no)
	}
	b.run(false, "0 added, 0 changed, 0 gone, 2 kept", "update", "--ocr")
	b.run(true, "a scan; --ocr reads it by machine (OCR); kept 1 report", "update")
	if b.found("ocr:yes") != 1 {
		t.Error("what was recognised is gone")
	}
	if n := b.read(); n != once {
		t.Errorf("%d readings where nothing changed", n-once)
	}
	b.install("another")
	b.run(false, "1 changed", "update", "--ocr")
	if n := b.read(); n != once+pages {
		t.Errorf("another model read %d of %d pages", n-once, pages)
	}
}

// stopped begins a build and interrupts it when some of the pages are read.
func (b *ocrBench) stopped(t *testing.T, pages int) {
	t.Helper()
	cmd := b.command("build", "--ocr")
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for until := time.Now().Add(2 * time.Minute); b.read() < pages/5 && time.Now().Before(until); {
		time.Sleep(5 * time.Millisecond)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Fatalf("the build went on\n%s", said.String())
	}
}

// TestOCRIsMissing says what to install before the build begins.
func TestOCRIsMissing(t *testing.T) {
	if testing.Short() {
		t.Skip("no program is built under -short")
	}
	b := newOCRBench(t)
	b.env = append(b.env, "PATH="+t.TempDir())
	for _, command := range []string{"build", "update", "inspect"} {
		cmd := exec.Command(b.bin, command, "--ocr", b.reports)
		cmd.Env = b.env
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), "apt-get install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-tra") {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
	}
	if _, err := os.Stat(b.index); err == nil {
		t.Error("an index was begun")
	}
}
