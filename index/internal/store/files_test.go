package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/index/internal/block"
)

// vouch gives a generation the sums of its file of paths.
func vouch(g *Generation, b []byte) {
	var s block.Summer
	s.Write(b)
	g.sums = map[string]block.Sums{filesFile: s.Sums()}
}

// TestFiles writes paths and reads them, whole and cut off anywhere.
func TestFiles(t *testing.T) {
	folder := "/srv/reports/四川省/遂宁市/" + strings.Repeat("很长的文件夹/", 20)
	for _, paths := range [][]string{
		nil,
		{""},
		{"/a/b.txt", "/a/b.txt", "/a/b.tx", "", "/c", "/a/\xd6\xd0.txt", "/a/\x00\n"},
		{folder + "2021.txt", folder + "2022.txt", folder + "附件.zip/2022.txt", "/srv/" + folder},
	} {
		g := &Generation{Dir: t.TempDir(), reportTable: &reportTable{Reports: make([]Line, len(paths))}}
		name := filepath.Join(g.Dir, filesFile)
		column, err := createColumn(name)
		if err != nil {
			t.Fatal(err)
		}
		c := fileColumn{column: column}
		for _, p := range paths {
			c.add(p)
		}
		if err := c.close(); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		vouch(g, b)
		got, err := g.Files()
		if err != nil || !slices.Equal(got, paths) {
			t.Errorf("%q: %q, %v", paths, got, err)
		}
		for cut := range b {
			if err := os.WriteFile(name, b[:cut], 0o644); err != nil {
				t.Fatal(err)
			}
			vouch(g, b[:cut])
			if _, err := g.Files(); !errors.Is(err, baogao.ErrDamaged) {
				t.Fatalf("%q cut at %d: %v", paths, cut, err)
			}
		}
		if err := os.WriteFile(name, append(b, 0), 0o644); err != nil {
			t.Fatal(err)
		}
		vouch(g, append(b, 0))
		if _, err := g.Files(); !errors.Is(err, baogao.ErrDamaged) {
			t.Errorf("%q with a byte more: %v", paths, err)
		}
	}
}
