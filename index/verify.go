package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"baogao"
)

// Verify reads every file of the generation in use in the index folder dir
// and returns what is wrong, a line a fault, each naming the file. The error
// is for an index that cannot be looked at, as from Open.
func Verify(dir string) (faults []string, err error) {
	name, err := current(dir)
	if err != nil {
		return nil, err
	}
	gen := filepath.Join(dir, name)
	m, err := readManifest(gen)
	if err != nil {
		return nil, err
	}
	faults, err = m.checkMarks(gen)
	if err != nil || len(faults) > 0 {
		return faults, err
	}
	x, err := openGeneration(gen, Options{})
	if err != nil {
		return []string{err.Error()}, nil
	}
	defer x.Close()
	err = guard(gen, func() (err error) { faults, err = x.checkCounts(); return err })
	if errors.Is(err, baogao.ErrDamaged) {
		return []string{err.Error()}, nil
	}
	return faults, err
}

// checkMarks compares every file with its mark in the manifest.
func (m *manifest) checkMarks(gen string) (faults []string, err error) {
	names := make([]string, 0, len(m.Files))
	for name := range m.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		path := filepath.Join(gen, filepath.FromSlash(name))
		mark, err := markFile(path)
		switch {
		case os.IsNotExist(err):
			faults = append(faults, fmt.Sprintf("%s: is missing", path))
		case err != nil:
			return nil, err
		case mark.Size != m.Files[name].Size:
			faults = append(faults, fmt.Sprintf("%s: has %d bytes, published with %d", path, mark.Size, m.Files[name].Size))
		case mark.SHA256 != m.Files[name].SHA256:
			faults = append(faults, fmt.Sprintf("%s: bytes have changed since it was published", path))
		}
	}
	return faults, nil
}

// checkCounts holds the bleve index, the columns and the manifest to one
// another.
func (x *Index) checkCounts() (faults []string, err error) {
	seen := make([]bool, len(x.passages.records))
	documents := 0
	for seg := range x.docs {
		it := x.postings.all(seg).Iterator()
		for it.HasNext() {
			if ordinal := x.docs[seg][it.Next()]; ordinal != goneDocument {
				seen[ordinal] = true
			}
			documents++
		}
	}
	if documents != len(seen) || slices.Contains(seen, false) {
		faults = append(faults, fmt.Sprintf("%s: holds %d documents, not one for each of the %d passages",
			filepath.Join(x.gen, bleveDir), documents, len(seen)))
	}
	if len(x.reports) != x.manifest.Reports || len(seen) != x.manifest.Passages || x.passages.units != x.manifest.Tokens {
		faults = append(faults, fmt.Sprintf("%s: counts %d reports, %d passages, %d tokens, the files hold %d, %d, %d",
			filepath.Join(x.gen, manifestFile), x.manifest.Reports, x.manifest.Passages, x.manifest.Tokens,
			len(x.reports), len(seen), x.passages.units))
	}
	fields, err := x.checkFields()
	return append(faults, fields...), err
}

// checkFields holds the keyword fields of the bleve index to the metadata of
// the reports.
func (x *Index) checkFields() (faults []string, err error) {
	type key struct{ field, value string }
	want := map[key]int{}
	for i, r := range x.reports {
		for _, field := range keywordFields {
			for _, v := range x.classes[x.classOf[i]].values(field) {
				want[key{field, v}] += r.Count
			}
		}
	}
	for k, n := range want {
		held := 0
		for seg := range x.docs {
			b, err := x.postings.term(seg, k.field, k.value)
			if err != nil {
				return nil, err
			}
			held += int(b.GetCardinality())
		}
		if held != n {
			faults = append(faults, fmt.Sprintf("%s: %d passages have %s %s, the reports have %d",
				filepath.Join(x.gen, bleveDir), held, k.field, k.value, n))
		}
	}
	slices.Sort(faults)
	return faults, nil
}
