package corpus

import (
	"cmp"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/charset"
	"baogao/internal/extract"
)

// ErrEmptied marks the FileError of a folder that was given and has no report
// any more, or of a path that was given and is not there, where reports are held
// from it.
var ErrEmptied = errors.New("no report is in it any more")

// missing marks the reason that a path that was given is not there by ErrEmptied.
type missing struct{ error }

func (missing) Is(target error) bool { return target == ErrEmptied }

// errRest marks a fault behind which more reports may stand in a file of many.
var errRest = errors.New("the rest was not read")

// A stock is the reports that an index holds, as a walk goes by them.
type stock struct {
	reports []baogao.Held
	byPlace []int          // the reports in the order of their places
	byKey   map[string]int // those that need not be made again
	told    []bool         // by report, whether the caller has been told of it
}

func newStock(reports []baogao.Held) *stock {
	s := &stock{reports: reports, byPlace: make([]int, len(reports)), byKey: map[string]int{}, told: make([]bool, len(reports))}
	for i, r := range reports {
		s.byPlace[i] = i
		if r.Key != "" {
			s.byKey[r.Key] = i
		}
	}
	slices.SortFunc(s.byPlace, func(i, j int) int {
		return cmp.Or(strings.Compare(reports[i].Place, reports[j].Place), cmp.Compare(i, j))
	})
	return s
}

// at lists the reports of a file, or of all files of a folder or an archive.
func (s *stock) at(place string) (held []int) {
	below := strings.TrimSuffix(place, "/") + "/"
	for _, in := range []struct {
		from string
		has  func(string) bool
	}{
		{place, func(p string) bool { return p == place }},
		{below, func(p string) bool { return strings.HasPrefix(p, below) }},
	} {
		n, _ := slices.BinarySearchFunc(s.byPlace, in.from, func(i int, from string) int { return strings.Compare(s.reports[i].Place, from) })
		for ; n < len(s.byPlace) && in.has(s.reports[s.byPlace[n]].Place); n++ {
			held = append(held, s.byPlace[n])
		}
	}
	return held
}

// A loss is what is held from a place that could not be read. Whether it is gone
// is not known.
type loss struct {
	fault *FileError
	held  []int
}

// leavesOpen reports whether a file or folder may hold, for all that is known
// behind a fault, what it held before. Of one that was read and has no report any
// more it is known that it does not.
func leavesOpen(f *FileError) bool {
	known := []error{ErrNote, extract.ErrNoReport}
	if !f.oneLine() { // among lines that are text, one that is none is broken
		known = append(known, charset.ErrBinary, charset.ErrUnknown)
	}
	return !slices.ContainsFunc(known, func(err error) bool { return errors.Is(f, err) })
}

// oneLine reports whether a fault is of one line or row, behind which others are
// read.
func (f *FileError) oneLine() bool { return f.Line > 0 && !errors.Is(f, errRest) }

// refuse tells the caller of a fault: at the end of the walk where reports are
// held from there, of which some may yet be found elsewhere.
func (q *queue) refuse(f *FileError) bool {
	return leavesOpen(f) && q.lose(f) || q.yield(nil, f)
}

// lose takes note of what is held from the place of a fault, if anything is, and
// lets nobody else have its ids. Which report a line was, is known when the others
// have been read: it is one of those that are left then. The first fault of a file
// of lines stands for all of them.
func (q *queue) lose(f *FileError) bool {
	if n := len(q.losses); f.oneLine() && n > 0 && q.losses[n-1].fault.oneLine() && q.losses[n-1].fault.Path == f.Path {
		return false
	}
	var held []int
	for _, i := range q.stock.at(q.absolute(f.Path)) {
		id := q.stock.reports[i].ID
		if q.stock.told[i] || f.Line > 0 && q.ids[id] > 0 { // a line before this one, or what became of it
			continue
		}
		if q.ids[id] == 0 && !f.oneLine() {
			q.ids[id], q.reserved[id] = 1, i
		}
		held = append(held, i)
	}
	if held == nil {
		return false
	}
	q.losses = append(q.losses, loss{f, held})
	q.found++
	return true
}

// endArgument ends a path that was given. The fault is told where nothing was
// found in it although something is held from there, or where it is missing.
func (q *queue) endArgument(f *FileError) bool {
	lost := q.found == 0 && !q.options.AllowEmpty && q.lose(f)
	q.found = 0
	return lost || f.Err == ErrEmptied || q.yield(nil, f)
}

// settle yields what is held from places that could not be read, and what kept
// them from being read.
func (q *queue) settle() bool {
	for _, l := range q.losses {
		held := slices.DeleteFunc(l.held, func(i int) bool {
			return q.stock.told[i] || l.fault.oneLine() && q.ids[q.stock.reports[i].ID] > 0
		})
		if l.fault.Kept = len(held); l.fault.Kept == 0 && l.fault.Err == ErrEmptied {
			continue // all of it moved elsewhere
		}
		if !q.yield(nil, l.fault) {
			return false
		}
		slices.Sort(held)
		for _, i := range held {
			if !q.keep(l.fault, i) {
				return false
			}
		}
	}
	return true
}

// keep yields a report that is held from the place of a fault.
func (q *queue) keep(f *FileError, i int) bool {
	h := q.stock.reports[i]
	q.stock.told[i] = true
	at := place{path: filepath.Join(f.Path, strings.TrimPrefix(h.Place, q.absolute(f.Path)))}
	return q.hand(at, "", i, &baogao.Report{
		Meta: baogao.Meta{ID: h.ID},
		File: baogao.File{Path: at.path, Place: h.Place, Key: h.Key, Held: h.ID, Unread: true},
	})
}
