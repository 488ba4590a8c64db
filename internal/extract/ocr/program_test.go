package ocr

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"baogao/internal/testkit"
)

// withProgram puts a program in the place of tesseract that does what a script says with
// its picture.
func withProgram(t *testing.T, script string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the program is a script of the shell")
	}
	t.Setenv("PATH", testkit.FakeTesseract(t, script, "chi_sim", "chi_tra")+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// inked is a page with something on it.
func inked() *image.Gray {
	page := image.NewGray(image.Rect(0, 0, 400, 400))
	for i := range page.Pix {
		page.Pix[i] = 255
	}
	for y := 100; y < 110; y++ {
		for x := 50; x < 350; x++ {
			page.Pix[y*page.Stride+x] = 0
		}
	}
	return page
}

// TestWhatIsMissing names what to install.
func TestWhatIsMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := New(t.Context(), "", nil); !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "apt-get install tesseract-ocr tesseract-ocr-chi-sim") {
		t.Errorf("without a program: %v", err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	t.Setenv("PATH", testkit.FakeTesseract(t, "", "chi_sim")+string(os.PathListSeparator)+"/usr/bin:/bin")
	if _, err := New(t.Context(), "", nil); !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "apt-get install tesseract-ocr-chi-tra") {
		t.Errorf("without a model: %v", err)
	}
}

// TestProgramIsEnded ends a program that hangs, and what it started, when nobody waits
// for it.
func TestProgramIsEnded(t *testing.T) {
	left := filepath.Join(t.TempDir(), "left")
	withProgram(t, fmt.Sprintf("(sleep 2; echo x >%s) & cat >/dev/null; sleep 60", left))
	r, err := New(t.Context(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := r.Recognise(ctx, inked()); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 30*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
	time.Sleep(2500 * time.Millisecond)
	if _, err := os.Stat(left); err == nil {
		t.Error("what it started goes on")
	}
}

// TestFailingPrograms are errors of their page.
func TestFailingPrograms(t *testing.T) {
	for _, tt := range []struct {
		name, script string
		want         error
	}{
		{"dies", "cat >/dev/null; exit 3", errCrash},
		{"dies before its picture", "exit 3", errCrash},
		{"says no hOCR", "cat >/dev/null; echo '<p'", errCrash},
		{"says a character out of place", `cat >/dev/null; echo "<span class='ocrx_cinfo' title='x_bboxes 1 2 3 4'>x</span>"`, errCrash},
		{"says too much", "cat >/dev/null; yes '<p>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</p>'", errLong},
	} {
		t.Run(tt.name, func(t *testing.T) {
			withProgram(t, tt.script)
			r, err := New(t.Context(), "", nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := r.Recognise(t.Context(), inked()); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

// TestPageIsReadOnce keeps what was read, for the same program alone.
func TestPageIsReadOnce(t *testing.T) {
	runs := filepath.Join(t.TempDir(), "runs")
	script := fmt.Sprintf("cat >/dev/null; echo x >>%s; cat <<'.'\n%s\n.", runs, testkit.HOCR("全年办理行政复议案件", 93))
	withProgram(t, script)
	folder := t.TempDir()
	read := func() {
		t.Helper()
		found, done := 0, 0
		r, err := New(t.Context(), folder, func(f, d int) { found, done = f, d })
		if err != nil {
			t.Fatal(err)
		}
		r.Expect(1)
		got, err := r.Recognise(t.Context(), inked())
		if err != nil || len(got.Lines) != 1 || got.Lines[0].Text != "全年办理行政复议案件" || got.Confidence != 0.93 {
			t.Fatalf("%+v %v", got, err)
		}
		if found != 1 || done != 1 {
			t.Errorf("told %d of %d pages", done, found)
		}
	}
	count := func() int {
		b, _ := os.ReadFile(runs)
		return strings.Count(string(b), "x")
	}
	read()
	read()
	if count() != 1 {
		t.Errorf("read %d times", count())
	}
	kept, err := filepath.Glob(filepath.Join(folder, "*", "*"))
	if err != nil || len(kept) != 1 {
		t.Fatal(kept, err)
	}
	b, err := os.ReadFile(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-3] ^= 1
	if err := os.WriteFile(kept[0], b, 0o600); err != nil {
		t.Fatal(err)
	}
	read()
	if count() != 2 {
		t.Errorf("of what is kept, a changed byte is taken for what was read: %d runs", count())
	}
	withProgram(t, strings.Replace(script, "cat", "cat ", 1)+"\n# another model\n")
	read()
	if count() != 3 {
		t.Errorf("what another model read is taken for that of this one: %d runs", count())
	}
}

// TestBlankPage asks no program.
func TestBlankPage(t *testing.T) {
	withProgram(t, "exit 3")
	r, err := New(t.Context(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	page := testkit.Scan(image.NewGray(image.Rect(0, 0, 300, 300)), 0, 1)
	for i := range page.Pix {
		page.Pix[i] = 255 - page.Pix[i]
	}
	if got, err := r.Recognise(t.Context(), page); err != nil || !got.Blank {
		t.Errorf("%+v %v", got, err)
	}
}
