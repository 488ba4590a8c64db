package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"baogao"
	"baogao/internal/engine"
	"baogao/internal/engine/enginetest"
	"baogao/internal/testkit"
	"baogao/query"
)

var (
	mutations = flag.Int("mutations", 150, "how many times TestMutations changes the files of an index")
	seed      = flag.Uint64("seed", 0, "what TestMutations chooses by; 0 is the clock")
)

// A mutation changes the bytes of a file.
type mutation struct {
	name   string
	change func(random *rand.Rand, b []byte) []byte
}

var mutationKinds = []mutation{
	{"flip", func(r *rand.Rand, b []byte) []byte { b[r.IntN(len(b))] ^= 1 << r.IntN(8); return b }},
	{"set", func(r *rand.Rand, b []byte) []byte { b[r.IntN(len(b))] = byte(r.Uint32()); return b }},
	{"zero", func(r *rand.Rand, b []byte) []byte {
		at := r.IntN(len(b))
		clear(b[at:min(len(b), at+1+r.IntN(4096))])
		return b
	}},
	{"swap", func(r *rand.Rand, b []byte) []byte {
		n := 1 + r.IntN(min(len(b), 512))
		i, j := r.IntN(len(b)-n+1), r.IntN(len(b)-n+1)
		first := slices.Clone(b[i : i+n])
		copy(b[i:i+n], b[j:j+n])
		copy(b[j:j+n], first)
		return b
	}},
	{"truncate", func(r *rand.Rand, b []byte) []byte { return b[:r.IntN(len(b))] }},
	{"extend", func(r *rand.Rand, b []byte) []byte { return append(b, make([]byte, 1+r.IntN(100))...) }},
}

// TestMutations changes files of an index in every way and asks it everything:
// each answer is that of the whole index, or an error that says that the index is
// damaged and names a file; verify names the file that was changed.
func TestMutations(t *testing.T) {
	if testing.Short() {
		t.Skip("files are not changed under -short")
	}
	if *seed == 0 {
		*seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-seed %d", *seed)
	random := rand.New(rand.NewPCG(*seed, 1))
	dir := testkit.Build(t, mutationReports(t))
	whole := askAll(t.Context(), dir)
	t.Logf("%d answers are compared", len(whole))
	if err := whole["open"].err; err != nil {
		t.Fatal(err)
	}
	files := filesOf(t, dir)
	told := 0
	for range *mutations {
		name := files[random.IntN(len(files))]
		path := filepath.Join(dir, name)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(before) == 0 {
			continue
		}
		kind := mutationKinds[random.IntN(len(mutationKinds))]
		after := kind.change(random, slices.Clone(before))
		if bytes.Equal(before, after) {
			continue
		}
		if err := os.WriteFile(path, after, 0o644); err != nil {
			t.Fatal(err)
		}
		for what, got := range askAll(t.Context(), dir) {
			switch {
			case got.err != nil && (!errors.Is(got.err, baogao.ErrDamaged) || !strings.Contains(got.err.Error(), dir)):
				t.Errorf("%s of %s: %s: %v", kind.name, name, what, got.err)
			case got.err != nil:
				told++
			case got.text != whole[what].text:
				t.Errorf("%s of %s: %s is answered otherwise, without an error", kind.name, name, what)
			}
		}
		faults, err := engine.Verify(dir)
		if said := strings.Join(faults, "\n") + fmt.Sprint(err); !strings.Contains(said, path) {
			t.Errorf("%s of %s: verify says %s", kind.name, name, said)
		}
		if err := os.WriteFile(path, before, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if told == 0 {
		t.Error("no change was ever told: nothing was changed")
	}
}

// mutationReports are some real reports where there are any, with copies among
// them, else the samples.
func mutationReports(t *testing.T) []*baogao.Report {
	if _, err := os.Stat(shared); err != nil {
		return read(t, samples)
	}
	passages := 3000
	if *mutations >= 1000 {
		passages = 30_000 // of some 300 reports
	}
	return append(sharedReports(t, passages), read(t, samples)...)
}

// filesOf lists the files of the generation, and CURRENT not.
func filesOf(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(filepath.Join(dir, "gen-000001"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, e := filepath.Rel(dir, path)
			files, err = append(files, rel), e
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// An outcome is an answer as text, or an error.
type outcome struct {
	text string
	err  error
}

// askAll asks the index in dir everything: questions of all kinds, the whole of each
// as a file, each report, what is held.
func askAll(ctx context.Context, dir string) map[string]outcome {
	all := map[string]outcome{}
	s, err := engine.Open(dir)
	if all["open"] = (outcome{err: err}); err != nil {
		return all
	}
	defer s.Close()
	for _, q := range enginetest.Questions {
		req := baogao.Request{Query: query.Parse(q.Text), Limit: 20, Cells: true}
		res, err := s.Search(ctx, req)
		if err == nil {
			res.TookMS = 0
		}
		all["question "+q.Text] = answered(res, err)
	}
	var ids []string
	for _, text := range []string{"", "法治"} {
		var file bytes.Buffer
		var fault error
		for h, err := range s.Hits(ctx, baogao.Request{Query: query.Parse(text), Copies: true}) {
			if err != nil {
				fault = err
				break
			}
			if n := len(ids); n == 0 || ids[n-1] != h.Report.ID {
				ids = append(ids, h.Report.ID)
			}
			fmt.Fprintf(&file, "%s %s %s %v\n", h.ID, h.Text, h.Published, h.Highlights)
		}
		all["file of "+text] = outcome{file.String(), fault}
		if fault != nil {
			all["file of "+text] = outcome{err: fault}
		}
	}
	for _, id := range ids {
		r, err := s.Report(ctx, id)
		all["report "+id] = answered(r, err)
	}
	for _, f := range []baogao.FigureFilter{{Limit: 1 << 20}, {Indicator: "案件", Sort: baogao.ByValue}, {Grouped: true}} {
		res, err := s.(baogao.Figurer).Figures(ctx, baogao.Request{}, f)
		if err == nil {
			res.TookMS = 0
		}
		all[fmt.Sprintf("figures %+v", f)] = answered(res, err)
	}
	stats, err := s.Stats(ctx)
	all["stats"] = answered(stats, err)
	return all
}

func answered(v any, err error) outcome {
	if err != nil {
		return outcome{err: err}
	}
	b, err := json.Marshal(v)
	return outcome{string(b), err}
}
