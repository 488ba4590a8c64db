package corpus

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"runtime"

	"baogao"
)

// A walk goes ahead of its caller: it finds files and lines and puts what it
// finds into a queue, in order; reports are made side by side while they wait
// there; and the caller is given them in order. What depends on what came
// before, such as a name that is taken, is settled at the end of the queue.

// A find is something in the queue: a report, a fault, or what was passed over.
type find struct {
	fault       error  // what the caller is told instead of a report; nil is none
	passed, why string // what was passed over; "" is nothing
	file        file
	line        int
	format      string
	doc         document
	from        origin
	key         string
	read        func() (document, error)
	known       bool // it was when it was found, and so it was not made
	report      *baogao.Report
	failure     error         // why it could not be made
	made        chan struct{} // closed when it is
	taken       chan struct{} // closed when the caller has been told of it; nil where nobody waits
}

// largeFile is the size in bytes from which the walk waits until the caller has
// taken a report, so that a queue of such files does not fill the memory.
const largeFile = 4 << 20

// ahead is how many finds wait in the queue.
func ahead() int { return 4 * runtime.GOMAXPROCS(0) }

// run yields what look finds, until look returns.
func (w *walk) run(ctx context.Context, look func() error) {
	var stop context.CancelFunc
	w.ctx, stop = context.WithCancel(ctx)
	defer stop()
	w.queue, w.turns = make(chan *find, ahead()), make(chan struct{}, runtime.GOMAXPROCS(0))
	go func() {
		defer close(w.queue)
		_ = look() // fails where the context is done, which is told below
	}()
	open := true
	for f := range w.queue {
		if f.made != nil {
			<-f.made
		}
		if open && ctx.Err() == nil { // else until the walk has noticed
			if open = w.finish(f); !open {
				stop()
			}
		}
		if f.taken != nil {
			close(f.taken)
		}
	}
	if err := ctx.Err(); open && err != nil {
		w.yield(nil, err)
	}
}

// put puts a find into the queue. The error is that of the context.
func (w *walk) put(f *find) error {
	select {
	case w.queue <- f:
		return w.ctx.Err()
	case <-w.ctx.Done():
		if f.made != nil {
			<-f.made
		}
		return w.ctx.Err()
	}
}

// fault reports what could not be read. The error is that of the context, which
// may be the reason.
func (w *walk) fault(path string, line int, err error) error {
	if done := w.ctx.Err(); done != nil {
		return done
	}
	return w.put(&find{fault: &FileError{Path: path, Line: line, Format: w.format, Err: err}})
}

// pass tells what is passed over without a fault.
func (w *walk) pass(path, why string) error { return w.put(&find{passed: path, why: why}) }

// deliver yields the report of a document under an id of its own, or reports
// that it is a duplicate or cannot be made. The bytes are those it is read
// from, and read takes its text out of them; a document that is known is not
// read.
func (w *walk) deliver(f file, line int, d document, data []byte, read func() (document, error)) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	found := &find{
		file: f, line: line, format: w.format, doc: d, from: origin{d.given.id, sum}, key: d.key(w.format, sum), read: read,
	}
	if found.known = w.options.Known(found.key); !found.known {
		found.made = make(chan struct{})
		w.turns <- struct{}{}
		go func() {
			defer func() { <-w.turns; close(found.made) }()
			w.make(found)
		}()
	}
	if len(data) < largeFile {
		return w.put(found)
	}
	found.taken = make(chan struct{})
	if err := w.put(found); err != nil {
		return err // it may not have come into the queue
	}
	select {
	case <-found.taken:
	case <-w.ctx.Done():
	}
	return w.ctx.Err()
}

// make makes the report of a find.
func (w *walk) make(f *find) {
	d, err := f.read()
	if err == nil {
		f.report, err = build(w.ctx, d)
	}
	if f.failure = err; err == nil {
		f.report.Cleaning.Format = f.format
	}
	f.read = nil // it holds the bytes of the file
}

// finish tells the caller of a find, and whether the caller wants more.
func (w *walk) finish(f *find) bool {
	switch {
	case f.fault != nil:
		return w.yield(nil, f.fault)
	case f.passed != "":
		w.options.Passed(f.passed, f.why)
		return true
	}
	fault := func(err error) bool {
		return w.yield(nil, &FileError{Path: f.file.path, Line: f.line, Format: f.format, Err: err})
	}
	if first, ok := w.seen[f.from]; ok {
		return fault(fmt.Errorf("duplicate of %s", first))
	}
	if f.known && w.options.Known(f.key) {
		f.report = &baogao.Report{Meta: baogao.Meta{ID: f.doc.given.id}}
	} else if f.known { // what was known has been used up
		w.make(f)
	}
	if f.failure != nil {
		if errors.Is(f.failure, context.Canceled) && w.ctx.Err() != nil {
			return true // the walk ends, and says so itself
		}
		return fault(f.failure)
	}
	w.seen[f.from] = f.file.path
	if f.line > 0 {
		w.seen[f.from] = fmt.Sprintf("%s: line %d", f.file.path, f.line)
	}
	r := f.report
	r.File = baogao.File{Path: f.file.path, Line: f.line, Key: f.key}
	if id := w.claim(r.Meta.ID, Readable(f.file.root)); id != r.Meta.ID {
		if !fault(Note(fmt.Errorf("the id %s is taken; the report is called %s", r.Meta.ID, id))) {
			return false
		}
		r.Meta.ID = id
	}
	return w.yield(r, nil)
}
