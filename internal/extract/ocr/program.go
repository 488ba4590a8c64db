package ocr

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"baogao/internal/extract"
)

// The models.
const (
	simplified  = "chi_sim"
	traditional = "chi_tra"
)

// What one run of the program may cost. A page takes some 5 s and 100 MB.
const (
	mostTime   = 90 * time.Second // of the world, for a picture
	mostMemory = 1 << 30          // bytes of address space, where the system bounds it
	mostOutput = 32 << 20         // bytes; a full page says 200 KB
	grace      = 2 * time.Second  // to end in
)

// ErrMissing marks the error of a machine without the program or one of its models.
var ErrMissing = errors.New("tesseract reads scans, and is not whole on this machine")

// missing says what to install.
func missing(what string, packages ...string) error {
	return fmt.Errorf("%w: %s; install it: apt-get install %s", ErrMissing, what, strings.Join(packages, " "))
}

// A program is tesseract as it is installed.
type program struct {
	path string
	name string // with its version, and the sums of its models
}

var (
	versionLine = regexp.MustCompile(`(?m)^tesseract v?([0-9][^\s]*)`)
	modelFolder = regexp.MustCompile(`languages in "([^"]*)"`)
)

// findProgram finds the program and its models.
func findProgram(ctx context.Context) (program, error) {
	path, err := exec.LookPath("tesseract")
	if err != nil {
		return program{}, missing("there is no program tesseract", "tesseract-ocr", "tesseract-ocr-chi-sim", "tesseract-ocr-chi-tra")
	}
	p := program{path: path}
	said, err := p.say(ctx, "--version")
	version := versionLine.FindStringSubmatch(said)
	if err != nil || version == nil {
		return p, fmt.Errorf("%w: %s --version does not say which it is (%v)", ErrMissing, path, err)
	}
	if said, err = p.say(ctx, "--list-langs"); err != nil {
		return p, fmt.Errorf("%w: %s --list-langs: %v", ErrMissing, path, err)
	}
	p.name = "tesseract " + version[1]
	languages := strings.Fields(said)
	folder := modelFolder.FindStringSubmatch(said)
	for _, model := range []string{simplified, traditional} {
		if !slices.Contains(languages, model) {
			return p, missing("its model "+model+" is not there", "tesseract-ocr-"+strings.ReplaceAll(model, "_", "-"))
		}
		p.name += " " + model
		if folder != nil {
			p.name += sumOf(filepath.Join(folder[1], model+".traineddata"))
		}
	}
	return p, nil
}

// sumOf is a colon and the beginning of the sum of a file, "" where it cannot be read.
func sumOf(name string) string {
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return fmt.Sprintf(":%x", h.Sum(nil)[:6])
}

// say is what the program says of itself.
func (p *program) say(ctx context.Context, flag string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	said, err := exec.CommandContext(ctx, p.path, flag).CombinedOutput()
	return string(said), err
}

// Errors of pages that the program could not read.
var (
	errSlow  = errors.New("takes too long to recognise")
	errLong  = errors.New("gives more text than a page holds")
	errCrash = errors.New("makes tesseract fail")
)

// read reads the parts of a page, each as one block of text, with a model.
func (p *program) read(ctx context.Context, page *image.Gray, parts []image.Rectangle, model string) ([]line, error) {
	var all []line
	for i, part := range parts {
		lines, err := p.lines(ctx, page, part, model, block)
		if err != nil {
			return nil, err
		}
		for j := range lines {
			lines[j].part = i
		}
		all = append(all, lines...)
	}
	if confidenceOf(all) < extract.LeastConfidence {
		return all, nil // it is no text, or lies on its side
	}
	return all, p.again(ctx, page, all, model)
}

// surer reports whether another model is surer of the longest lines of a page.
func (p *program) surer(ctx context.Context, page *image.Gray, all []line, model string) (bool, error) {
	const looked = 3
	longest := slices.SortedStableFunc(slices.Values(all), func(a, b line) int { return len(b.characters) - len(a.characters) })
	longest = longest[:min(looked, len(longest))]
	var other []line
	for _, l := range longest {
		lines, err := p.lines(ctx, page, l.box.Inset(-closely).Intersect(page.Rect), model, alone)
		if err != nil {
			return false, err
		}
		other = append(other, lines...)
	}
	return confidenceOf(other) > confidenceOf(longest), nil
}

// How the program takes what it is given (--psm).
const (
	block = "6" // of text, of one column
	alone = "7" // a line
)

// Lines that are read again, cut out closely: what is above and below a line makes the
// program misread all of it now and then, which it is not sure of. Of bad scans of the
// samples 1.75 % of the characters are wrong then, and 2.10 % without.
const (
	unsure    = 0.88 // below this
	mostAgain = 16   // of a page, the first ones
	closely   = 6    // dots around the line
	tooShort  = 3    // characters
)

// again reads lines again of which little is sure, and takes what is surer.
func (p *program) again(ctx context.Context, page *image.Gray, all []line, model string) error {
	n := 0
	for i := range all {
		l := &all[i]
		if len(l.characters) < tooShort || l.confidence() >= unsure || n == mostAgain {
			continue
		}
		n++
		lines, err := p.lines(ctx, page, l.box.Inset(-closely).Intersect(page.Rect), model, alone)
		if err != nil {
			return err
		}
		if len(lines) == 1 && lines[0].confidence() > l.confidence() {
			l.characters = lines[0].characters
		}
	}
	return nil
}

// lines reads a part of a page.
func (p *program) lines(ctx context.Context, page *image.Gray, part image.Rectangle, model, mode string) ([]line, error) {
	said, err := p.run(ctx, page.SubImage(part).(*image.Gray), model, mode)
	if err != nil {
		return nil, err
	}
	lines, err := parseHOCR(said, part.Min)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", errCrash, err)
	}
	return lines, nil
}

// run has the program read a picture. It and whatever it starts is ended when nobody
// waits for it, or when it takes too long.
func (p *program) run(parent context.Context, picture *image.Gray, model, mode string) ([]byte, error) {
	bounded, over := context.WithCancelCause(parent)
	defer over(nil)
	ctx, cancel := context.WithTimeoutCause(bounded, mostTime, errSlow)
	defer cancel()
	cmd := exec.CommandContext(ctx, p.path, "stdin", "stdout", "--dpi", fmt.Sprint(extract.DotsPerInch), "--psm", mode, "-l", model,
		"-c", "tessedit_create_hocr=1", "-c", "hocr_char_boxes=1", "-c", "tessedit_do_invert=0")
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1") // a process a page: threads of its own only take turns
	cmd.WaitDelay = grace
	inGroup(cmd)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out := &output{most: mostOutput, over: func() { over(errLong) }}
	cmd.Stdout = out
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%w: %v", errCrash, err)
	}
	boundMemory(cmd.Process.Pid, mostMemory) // it waits for its picture
	_ = writePGM(in, picture)                // where it breaks off, the program says so
	_ = in.Close()
	err = cmd.Wait()
	switch {
	case err == nil: // also where nobody waits any more: it is kept
		return out.text, nil
	case parent.Err() != nil:
		return nil, parent.Err()
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	}
	return nil, fmt.Errorf("%w: %v", errCrash, err)
}

// An output refuses what is too much.
type output struct {
	text []byte
	most int
	over func() // called where it is
}

func (b *output) Write(p []byte) (int, error) {
	if len(b.text)+len(p) > b.most {
		b.over()
		return 0, errLong
	}
	b.text = append(b.text, p...)
	return len(p), nil
}

// writePGM writes a picture in the plainest form that the program reads.
func writePGM(w io.Writer, picture *image.Gray) error {
	b := picture.Bounds()
	if _, err := fmt.Fprintf(w, "P5\n%d %d\n255\n", b.Dx(), b.Dy()); err != nil {
		return err
	}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		if _, err := w.Write(picture.Pix[picture.PixOffset(b.Min.X, y):][:b.Dx()]); err != nil {
			return err
		}
	}
	return nil
}
