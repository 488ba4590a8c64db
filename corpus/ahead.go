package corpus

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"baogao"
	"baogao/internal/extract"
	"baogao/internal/extract/budget"
)

// A queue holds what a walk has found until its caller is told of it. The walk
// goes ahead of the caller: it puts files and lines into the queue, in order;
// reports are made side by side while they wait there; and the caller is given
// them in order. What depends on what came before, such as a name that is taken,
// is settled at the end of the queue.
type queue struct {
	ctx     context.Context // done when the caller wants no more
	options Options
	yield   func(*baogao.Report, error) bool
	finds   chan *find
	turns   chan struct{}     // taken while a report is made
	stock   *stock            // Options.Held
	seen    map[origin]string // every report yielded, and how a message names it
	ids     map[string]int    // every id taken, and the number the next report is given that wants it

	losses   []loss
	reserved map[string]int // ids kept for those of stock that were lost
	found    int            // reports, and losses, of the argument that is walked
	here     string         // the folder that relative paths start at
}

func newQueue(o Options, yield func(*baogao.Report, error) bool) *queue {
	here, _ := os.Getwd() // where it fails, relative paths stay relative
	return &queue{
		options: o, yield: yield, stock: newStock(o.Held), seen: map[origin]string{}, ids: map[string]int{},
		reserved: map[string]int{}, here: here,
	}
}

// absolute is a path from the root of the file system on.
func (q *queue) absolute(name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(q.here, name)
}

// An origin is the bytes of a report and the id it would have if it were free.
type origin struct {
	id  string
	sum [sha256.Size]byte
}

// A find is something in the queue: a report, a fault, what was passed over, or
// the end of an argument.
type find struct {
	fault       *FileError // what the caller is told instead of a report; nil is none
	ends        bool       // an argument; the fault is for one without reports
	passed, why string     // what was passed over; "" is nothing
	doc         document
	from        origin
	key         string
	size        int // of the bytes it is read from
	read        func(context.Context) (document, error)
	held        bool // it was when it was found, and so it was not made
	report      *baogao.Report
	failure     error         // why it could not be made
	note        string        // what is told with the report; "" is nothing
	made        chan struct{} // closed when it is
	taken       chan struct{} // closed when the caller has been told of it; nil where nobody waits
}

// largeFile is the size in bytes from which the walk waits until the caller has
// taken a report, so that a queue of such files does not fill the memory.
const largeFile = 4 << 20

// ahead is how many finds wait in the queue.
func ahead() int { return 4 * runtime.GOMAXPROCS(0) }

// run yields what look finds, until look returns.
func (q *queue) run(ctx context.Context, look func() error) {
	var stop context.CancelFunc
	q.ctx, stop = context.WithCancel(ctx)
	defer stop()
	q.finds, q.turns = make(chan *find, ahead()), make(chan struct{}, runtime.GOMAXPROCS(0))
	go func() {
		defer close(q.finds)
		_ = look() // fails where the context is done, which is told below
	}()
	open := true
	for f := range q.finds {
		if f.made != nil {
			<-f.made
		}
		if open && ctx.Err() == nil { // else until the walk has noticed
			if open = q.finish(f); !open {
				stop()
			}
		}
		if f.taken != nil {
			close(f.taken)
		}
	}
	if err := ctx.Err(); open && err != nil {
		q.yield(nil, err)
	} else if open {
		q.settle()
	}
}

// put puts a find into the queue. The error is that of the context.
func (q *queue) put(f *find) error {
	select {
	case q.finds <- f:
		return q.ctx.Err()
	case <-q.ctx.Done():
		if f.made != nil {
			<-f.made
		}
		return q.ctx.Err()
	}
}

// fault reports what could not be read. The error is that of the context, which
// may be the reason.
func (q *queue) fault(at place, err error) error {
	if done := q.ctx.Err(); done != nil {
		return done
	}
	return q.put(&find{fault: at.fault(err)})
}

func (p place) fault(err error) *FileError {
	return &FileError{Path: p.path, Line: p.line, Format: p.format, Err: err}
}

// pass tells what is passed over without a fault.
func (q *queue) pass(path, why string) error { return q.put(&find{passed: path, why: why}) }

// deliver yields the report of a document under an id of its own, or reports
// that it is a duplicate or cannot be made. The bytes are those it is read
// from, and read takes its text out of them; a document that is held is not
// read.
func (q *queue) deliver(d document, data []byte, read func(context.Context) (document, error)) error {
	if err := q.ctx.Err(); err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	found := &find{doc: d, from: origin{d.given.id, sum}, key: d.key(sum), size: len(data), read: read}
	if _, found.held = q.stock.byKey[found.key]; !found.held {
		found.made = make(chan struct{})
		q.turns <- struct{}{}
		go func() {
			defer func() { <-q.turns; close(found.made) }()
			q.make(found)
		}()
	}
	if len(data) < largeFile {
		return q.put(found)
	}
	found.taken = make(chan struct{})
	if err := q.put(found); err != nil {
		return err // it may not have come into the queue
	}
	select {
	case <-found.taken:
	case <-q.ctx.Done():
	}
	return q.ctx.Err()
}

// make makes the report of a find. What dies over a file is its fault: the others
// are read all the same.
func (q *queue) make(f *find) {
	defer func() {
		if died := recover(); died != nil {
			f.report, f.failure = nil, fatal(died)
		}
		f.read = nil // it holds the bytes of the file
	}()
	read, ctx := f.read, budget.Start(q.ctx, f.size)
	if f.doc.ownClock {
		d, err := f.read(ctx)
		read = func(context.Context) (document, error) { return d, err }
	}
	made, err := budget.Within(ctx, func(ctx context.Context) (made made, err error) {
		d, err := read(ctx)
		if err == nil {
			err = d.mend()
		}
		if err == nil {
			made.report, err = build(ctx, d)
		}
		made.note = d.note
		return made, err
	})
	f.report, f.note, f.failure = made.report, made.note, err
}

// A made is what was made of a document, and a note on it.
type made struct {
	report *baogao.Report
	note   string
}

// fatal is the fault of a file that its reader dies over.
func fatal(died any) error {
	return fmt.Errorf("makes its reader fail (%v); open it and save it again", died)
}

// finish tells the caller of a find, and whether the caller wants more.
func (q *queue) finish(f *find) bool {
	switch {
	case f.ends:
		return q.endArgument(f.fault)
	case f.fault != nil:
		return q.refuse(f.fault)
	case f.passed != "":
		q.options.Passed(f.passed, f.why)
		return true
	}
	return q.document(f)
}

// document tells the caller of a document, or why there is no report of it.
func (q *queue) document(f *find) bool {
	at := f.doc.at
	if first, ok := q.seen[f.from]; ok {
		q.found++
		return q.refuse(at.fault(extract.NoReport("duplicate of " + first)))
	}
	i := q.take(f)
	if f.failure != nil {
		if errors.Is(f.failure, context.Canceled) && q.ctx.Err() != nil {
			return true // the walk ends, and says so itself
		}
		return q.refuse(at.fault(f.failure))
	}
	q.seen[f.from] = at.path
	if at.line > 0 {
		q.seen[f.from] = fmt.Sprintf("%s: line %d", at.path, at.line)
	}
	q.found++
	f.report.File.Path, f.report.File.Line = at.path, at.line
	f.report.File.Place, f.report.File.Key = q.absolute(at.path), f.key
	if f.note != "" && !q.yield(nil, at.fault(Note(errors.New(f.note)))) {
		return false
	}
	return q.hand(at, Readable(f.doc.root), i, f.report)
}

// take takes the report of a document out of the stock, where it is the ith, or
// leaves it as it was made, with -1.
func (q *queue) take(f *find) (i int) {
	if !f.held {
		return -1
	}
	if i = q.stock.byKey[f.key]; q.stock.told[i] {
		q.make(f)
		return -1
	}
	q.stock.told[i] = true
	f.report = &baogao.Report{Meta: baogao.Meta{ID: f.doc.given.id}, File: baogao.File{Held: q.stock.reports[i].ID}}
	return i
}

// hand yields a report, the ith of the stock or -1, under a name that is free.
func (q *queue) hand(at place, root string, i int, r *baogao.Report) bool {
	if id := q.claim(r.Meta.ID, root, i); id != r.Meta.ID {
		if !q.yield(nil, at.fault(Note(fmt.Errorf("the id %s is taken; the report is called %s", r.Meta.ID, id)))) {
			return false
		}
		r.Meta.ID = id
	}
	return q.yield(r, nil)
}

// claim takes the first free of the names a report, the ith of the stock or -1,
// may have.
func (q *queue) claim(id, root string, i int) string {
	if of, ok := q.reserved[id]; ok && of == i {
		delete(q.reserved, id)
		return id
	}
	name := id
	if q.ids[name] > 0 && root != "" {
		name = root + "/" + id
	}
	for q.ids[name] > 0 {
		q.ids[id]++
		name = fmt.Sprintf("%s~%d", id, q.ids[id])
	}
	q.ids[name]++
	return name
}
