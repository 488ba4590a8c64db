package store

import (
	"fmt"

	"baogao"
)

// files.bin says which file each report was read from: the bytes its path has
// in common with that of the report before, their number, and the rest. Reports
// come in the order of their paths, so that little is left. Updates alone read
// it.

// A fileColumn writes files.bin.
type fileColumn struct {
	*column
	before string // the path of the last report
}

// add writes down the path of the file of the next report.
func (c *fileColumn) add(path string) {
	shared := 0
	for shared < min(len(path), len(c.before)) && path[shared] == c.before[shared] {
		shared++
	}
	c.before = path
	c.write(appendText(appendNumber(nil, shared), path[shared:]))
}

// Files reads the paths of the files of the reports (baogao.File.Place), in
// their order.
func (g *Generation) Files() ([]string, error) {
	name := g.file(filesFile)
	b, err := g.read(filesFile)
	if err != nil {
		return nil, err
	}
	f := &fieldReader{rest: string(b)}
	all, before := make([]string, len(g.Reports)), ""
	for i := range all {
		shared, rest := f.number(), f.text()
		if f.failed || shared > len(before) {
			return nil, fmt.Errorf("%s: %w: the file of report %d is not whole", name, baogao.ErrDamaged, i)
		}
		before = before[:shared] + rest
		all[i] = before
	}
	if len(f.rest) > 0 {
		return nil, fmt.Errorf("%s: %w: longer than the reports it describes", name, baogao.ErrDamaged)
	}
	return all, nil
}

// Held lists the reports, given the paths of their files, with their keys or
// without.
func (g *Generation) Held(files []string, keys bool) []baogao.Held {
	held := make([]baogao.Held, len(files))
	for i, place := range files {
		held[i] = baogao.Held{ID: g.Entry(i).Meta.ID, Place: place}
		if keys {
			held[i].Key = g.Entry(i).Key()
		}
	}
	return held
}
