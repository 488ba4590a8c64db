package index

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"baogao"
	"baogao/index/internal/catalogue"
	"baogao/index/internal/folder"
	"baogao/index/internal/segment"
	"baogao/index/internal/store"
)

// Verify reads every file of the generation in use in the index folder dir
// and returns what is wrong, a line a fault, each naming the file. The error
// is for an index that cannot be looked at, as from Open.
func Verify(dir string) (faults []string, err error) {
	gen, m, err := folder.InUse(dir)
	if err != nil {
		return nil, err
	}
	return verify(gen, m)
}

// verify reads every file of the generation in the folder gen.
func verify(gen string, m *folder.Manifest) (faults []string, err error) {
	faults, err = m.CheckMarks(gen)
	if err != nil || len(faults) > 0 {
		return faults, err
	}
	x, err := load(store.OpenGeneration(gen))
	if err != nil {
		return faultOf(err)
	}
	defer x.Close()
	if err = store.Guard(gen, func() (err error) { faults, err = checkCounts(x); return err }); err != nil {
		return faultOf(err)
	}
	return faults, nil
}

// faultOf makes a fault of an error, unless it says nothing of the files.
func faultOf(err error) (faults []string, _ error) {
	if errors.Is(err, baogao.ErrDamaged) {
		return []string{err.Error()}, nil
	}
	return nil, err
}

// Repair makes the newest whole generation in the index folder dir the one in
// use, unless the one in use is whole. It says what it did, "" for nothing, and
// the faults of the generations that it passed over. It fails with ErrDamaged
// where none is whole, and with ErrLocked while another process writes.
func Repair(dir string) (done string, faults []string, err error) {
	return folder.Repair(dir, func(gen string) ([]string, error) {
		m, err := folder.ReadManifest(gen)
		if err != nil {
			return nil, err
		}
		return verify(gen, m)
	})
}

// Look says what is wrong with how the index folder dir names the generation in
// use: nothing, or an error as from Open. It reads no file of a generation but
// the manifest.
func Look(dir string) error {
	_, _, err := folder.InUse(dir)
	return err
}

// checkCounts holds the bleve index, the columns and the manifest to one
// another.
func checkCounts(x *Index) (faults []string, err error) {
	seen := make([]bool, len(x.gen.Records))
	documents := 0
	for seg := range x.docs {
		it := x.bleve.Segments[seg].All().Iterator()
		for it.HasNext() {
			if ordinal := x.docs[seg][it.Next()]; ordinal != store.Gone {
				seen[ordinal] = true
			}
			documents++
		}
	}
	if documents != len(seen) || slices.Contains(seen, false) {
		faults = append(faults, fmt.Sprintf("%s: holds %d documents, not one for each of the %d passages",
			x.gen.Bleve(), documents, len(seen)))
	}
	if len(x.gen.Reports) != x.gen.Manifest.Reports || len(seen) != x.gen.Manifest.Passages || x.gen.Tokens() != x.gen.Manifest.Tokens {
		faults = append(faults, fmt.Sprintf("%s: counts %d reports, %d passages, %d tokens, the files hold %d, %d, %d",
			filepath.Join(x.gen.Dir, "manifest.json"), x.gen.Manifest.Reports, x.gen.Manifest.Passages, x.gen.Manifest.Tokens,
			len(x.gen.Reports), len(seen), x.gen.Tokens()))
	}
	if _, err := x.gen.Files(); err != nil {
		faults = append(faults, err.Error())
	}
	if fault := checkFigures(x.gen); fault != nil {
		faults = append(faults, fault.Error())
	}
	fields, err := checkFields(x)
	return append(faults, fields...), err
}

// checkFigures reads all figures, and holds their number to the manifest.
func checkFigures(g *store.Generation) error {
	figures, err := g.Figures.Load()
	if err != nil {
		return err
	}
	n, err := figures.Count()
	if err == nil && n != g.Manifest.Figures {
		err = fmt.Errorf("%s: counts %d figures, the files hold %d", filepath.Join(g.Dir, "manifest.json"), g.Manifest.Figures, n)
	}
	return err
}

// checkFields holds the keyword fields of the bleve index to the metadata of
// the reports.
func checkFields(x *Index) (faults []string, err error) {
	want := map[segment.Value]int{}
	for i := range x.gen.Reports {
		for _, v := range catalogue.Values(&x.gen.Entry(i).Meta) {
			want[v] += x.gen.Reports[i].Count
		}
	}
	for k, n := range want {
		held := 0
		for _, s := range x.bleve.Segments {
			b, err := s.Term(k.Field, k.Value)
			if err != nil {
				return nil, err
			}
			held += int(b.GetCardinality())
		}
		if held != n {
			faults = append(faults, fmt.Sprintf("%s: %d passages have %s %s, the reports have %d",
				x.gen.Bleve(), held, k.Field, k.Value, n))
		}
	}
	slices.Sort(faults)
	return faults, nil
}
