package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"baogao/internal/cli"
)

// sayEvery is how often a line tells how far the work is, where no bar does.
const sayEvery = 10 * time.Second

// progress tells how far the reading of files is: on a terminal by a bar with
// the rate and the time that is left, elsewhere by a line every ten seconds.
type progress struct {
	log      io.Writer
	terminal bool
	bar      *progressbar.ProgressBar
	stop     chan struct{}
	stopped  chan struct{}

	mu          sync.Mutex // guards done, and the log
	done, total int64      // bytes
	files       int
	found, read int // pages to be recognised, and of them those that are
	began       time.Time
}

func newProgress(cmd *cobra.Command) *progress {
	return &progress{log: cmd.ErrOrStderr(), terminal: cli.ErrorsToTerminal(cmd)}
}

// begin starts the telling about some files of so many bytes in all.
func (p *progress) begin(files int, bytes int64) {
	p.files, p.total, p.began = files, bytes, time.Now()
	if p.terminal {
		p.bar = progressbar.NewOptions64(max(bytes, 1),
			progressbar.OptionSetWriter(p.log), progressbar.OptionShowBytes(true), progressbar.OptionSetPredictTime(true),
			progressbar.OptionSetWidth(30), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetDescription(fmt.Sprintf("%d files", files)))
		return
	}
	p.stop, p.stopped = make(chan struct{}), make(chan struct{})
	go p.tell(p.stop, p.stopped)
}

func (p *progress) tell(stop <-chan struct{}, stopped chan<- struct{}) {
	defer close(stopped)
	tick := time.NewTicker(sayEvery)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
			p.say("%s", p.line())
		}
	}
}

// line says how far the work is.
func (p *progress) line() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	passed := time.Since(p.began)
	left := "unknown"
	if p.done > 0 {
		rest := float64(max(p.total-p.done, 0)) / float64(p.done)
		left = time.Duration(float64(passed) * rest).Round(time.Second).String()
	}
	const mb = 1 << 20
	if p.found > 0 {
		return fmt.Sprintf("index: %s, %.2f pages/s, %s left of those found; %.0f %% of %.1f MB in %d files read", p.recognised(),
			float64(p.read)/passed.Seconds(), p.leftOf(passed), 100*float64(p.done)/float64(max(p.total, 1)), float64(p.total)/mb, p.files)
	}
	return fmt.Sprintf("index: %.0f %% of %.1f MB in %d files read, %.2f MB/s, %s left",
		100*float64(p.done)/float64(max(p.total, 1)), float64(p.total)/mb, p.files, float64(p.done)/mb/passed.Seconds(), left)
}

// recognised says how far the recognition of pages is.
func (p *progress) recognised() string {
	return fmt.Sprintf("%d of %d pages recognised", p.read, p.found)
}

// allRecognised is what is said of pages at the end, "" where there were none.
func (p *progress) allRecognised() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == 0 {
		return ""
	}
	return p.recognised()
}

// leftOf is the time that is left for the pages that were found, as far as it is known.
func (p *progress) leftOf(passed time.Duration) string {
	if p.read == 0 {
		return "unknown"
	}
	return time.Duration(float64(passed) * float64(p.found-p.read) / float64(p.read)).Round(time.Second).String()
}

// pages tells how many pages were found that are to be recognised, and how many are.
func (p *progress) pages(found, read int) {
	p.mu.Lock()
	p.found, p.read = found, read
	text := p.recognised()
	p.mu.Unlock()
	if p.bar != nil {
		p.bar.Describe(fmt.Sprintf("%d files, %s", p.files, text))
	}
}

// add counts bytes that have been dealt with.
func (p *progress) add(bytes int64) {
	p.mu.Lock()
	p.done += bytes
	p.mu.Unlock()
	if p.bar != nil && bytes > 0 {
		p.bar.Add64(bytes) // an error would be one of the terminal
	}
}

// say writes a line, above the bar if there is one.
func (p *progress) say(format string, args ...any) {
	if p.bar != nil {
		p.bar.Clear() // an error would be one of the terminal
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	cli.Printf(p.log, format+"\n", args...)
}

// end ends the telling.
func (p *progress) end() {
	if p.bar != nil {
		p.bar.Finish()
		p.bar = nil
	}
	if p.stop != nil {
		close(p.stop)
		<-p.stopped
		p.stop = nil
	}
}
