package copies

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// prose invents n sentences; the same seed gives the same ones.
func prose(seed uint64, n int) []string {
	random := rand.New(rand.NewPCG(seed, 1))
	var all []string
	for range n {
		var b strings.Builder
		for range 25 {
			b.WriteRune(rune(0x4E00 + random.IntN(3000)))
		}
		fmt.Fprintf(&b, "%d件。", random.IntN(1000))
		all = append(all, b.String())
	}
	return all
}

func read(passages ...string) *text { return &readText(slices.Values(passages)).text }

// TestSketches holds the agreement of sketches to the resemblance of texts.
func TestSketches(t *testing.T) {
	base := prose(1, 200)
	for _, kept := range []int{200, 190, 170, 140, 100, 50, 0} {
		other := append(slices.Clone(base[:kept]), prose(uint64(kept)+2, 200-kept)...)
		a, b := read(base...), read(other...)
		r, s, o := resemblance(a, b), a.sketch(), b.sketch()
		if got := s.Agreement(&o); math.Abs(got-r) > 4*math.Sqrt(r*(1-r)/bins)+0.01 {
			t.Errorf("%d sentences kept: the sketches agree by %.2f, the texts resemble by %.2f", kept, got, r)
		}
	}
	s := read(base...).sketch()
	if back := ParseSketch(s.Append(nil)); back != s {
		t.Error("a sketch is not read as it was written")
	}
}

// TestSketchesAsRead holds the sketches of runs as they were read to those of runs in
// order, of texts that say much or little, once or again and again.
func TestSketchesAsRead(t *testing.T) {
	for _, sentences := range []int{0, 1, 3, 4, 5, 8, 40} {
		for _, times := range []int{1, 2, 9} {
			passages := slices.Repeat(prose(uint64(sentences), sentences), times)
			var r reader
			for _, p := range passages {
				r.add(p)
			}
			if got, want := r.sketchRead(), read(passages...).sketch(); got != want {
				t.Errorf("%d sentences %d times: another sketch than that of the runs in order", sentences, times)
			}
		}
	}
}

func TestAlike(t *testing.T) {
	long := prose(1, 40)
	for _, tt := range []struct {
		name string
		a, b *text
		want bool
	}{
		{"the same", read(long...), read(long...), true},
		{"other script, width and punctuation", read(append(long, "行政复议14件，办结")...), read(append(long, "行政復議１４件;辦結")...), true},
		{"passages cut elsewhere", read(long...), read(strings.Join(long, "")), true},
		{"a tenth lost", read(long...), read(long[4:]...), true},
		{"half lost", read(long...), read(long[20:]...), false},
		{"other figures", read(long...), read(strings.NewReplacer("1", "2", "3", "4").Replace(strings.Join(long, ""))), false},
		{"short and the same", read("全区办结14件。"), read("全区办结14件！"), true},
		{"short with another figure", read("全区办结14件。"), read("全区办结15件。"), false},
		{"nothing", read(""), read(""), false},
	} {
		if got := alike(tt.a, tt.b); got != tt.want {
			t.Errorf("%s: %v, resemblance %.2f", tt.name, got, resemblance(tt.a, tt.b))
		}
	}
}

func TestConflicts(t *testing.T) {
	day := time.Date(2023, 1, 20, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name string
		a, b entry
		want bool
	}{
		{"nothing known", entry{}, entry{}, false},
		{"a page with its text twice", entry{Traits: Traits{Units: 400}}, entry{Traits: Traits{Units: 900}}, false},
		{"a text that another says four times", entry{Traits: Traits{Units: 400}}, entry{Traits: Traits{Units: 1700}}, true},
		{"the same, asked the other way", entry{Traits: Traits{Units: 1700}}, entry{Traits: Traits{Units: 400}}, true},
		{"one number", entry{Number: "甲〔2023〕1号"}, entry{}, false},
		{"two numbers", entry{Number: "甲〔2023〕1号"}, entry{Number: "甲〔2023〕2号"}, true},
		{"put up by a mirror a month later", entry{Published: day}, entry{Published: day.AddDate(0, 1, 0)}, false},
		{"a year later", entry{Published: day}, entry{Published: day.AddDate(1, 0, 0)}, true},
		{"put up by a mirror a year later, and on the same year", entry{Year: 2022, Published: day}, entry{Year: 2022, Published: day.AddDate(1, 0, 0)}, false},
		{"a year later, on years of which one is not known", entry{Year: 2022, Published: day}, entry{Published: day.AddDate(1, 0, 0)}, true},
		{"a city and a district in it", entry{Region: []string{"510000", "510900"}}, entry{Region: []string{"510000", "510900", "510904"}}, false},
		{"two districts", entry{Region: []string{"320000", "320100", "320106"}}, entry{Region: []string{"320000", "320300", "320302"}}, true},
		{"a title with the name of the site", entry{Title: "2022年度法治政府建设情况报告"}, entry{Title: "2022年度法治政府建设情况报告_某某区人民政府"}, false},
		{"another place in the title", entry{Title: "交通局北部训练所办事细则"}, entry{Title: "交通局南部训练所办事细则"}, true},
		{"a longer name in the title", entry{Title: "台湾武陵戒治所办事细则"}, entry{Title: "福建金门戒治所办事细则"}, true},
		{"another number in the title", entry{Title: "第三次会议闭幕"}, entry{Title: "第四次会议闭幕"}, true},
		{"a misread character in the title", entry{Title: "宜昌市2023年政府工作报告"}, entry{Title: "宜孧市2023年政府工作报告"}, false},
		{"a draft", entry{Title: "法治政府建设规划(征求意见稿)"}, entry{Title: "法治政府建设规划"}, true},
		{"two years given", entry{Year: 2021, GivenYear: 2021}, entry{Year: 2022, GivenYear: 2022}, true},
		{"a year given and one read", entry{Year: 2021, GivenYear: 2021}, entry{Year: 2022}, false},
		{"a damaged title", entry{Title: "鼓楼区2023年工作报告"}, entry{Title: "?楼区2023年工作报告"}, false},
		{"two ways of naming it", entry{Title: "关于2022年度法治政府建设情况的报告"}, entry{Title: "南京市鼓楼区人民政府2022年法治政府工作总结"}, false},
	} {
		if got, back := tt.a.conflicts(&tt.b), tt.b.conflicts(&tt.a); got != tt.want || back != tt.want {
			t.Errorf("%s: %v, the other way round %v", tt.name, got, back)
		}
	}
}

// TestShown finds the copies of ten reports, by whatever order they come.
func TestShown(t *testing.T) {
	var entries []entry
	var all [][]string
	for i := range 10 {
		base := prose(uint64(i), 60)
		for j, form := range [][]string{base, base[2:], base[:58], base[:50]} {
			all = append(all, form)
			entries = append(entries, entry{ID: fmt.Sprintf("%d-%d", i, j), Official: j == 1 || j == 3, Traits: Traits{Units: 26 * len(form)}})
		}
	}
	for i := range entries {
		entries[i].Sketch = read(all[i]...).sketch()
	}
	for range 5 {
		order := rand.Perm(len(entries))
		var shuffled []entry
		for _, i := range order {
			shuffled = append(shuffled, entries[i])
		}
		copyOf, err := shown(t.Context(), shuffled, func(i int) *text { return read(all[order[i]]...) })
		if err != nil {
			t.Fatal(err)
		}
		for i, of := range copyOf {
			got, own := "", shuffled[i].ID
			if of >= 0 {
				got = shuffled[of].ID
			}
			want := own[:1] + "-1" // the official one that is whole
			if own == want {
				want = ""
			}
			if got != want {
				t.Errorf("%s is a copy of %q, want %q", own, got, want)
			}
		}
	}
}

func BenchmarkReader(b *testing.B) {
	text := prose(1, 200)
	size := len(strings.Join(text, ""))
	for b.Loop() {
		s := read(text...).sketch()
		_ = s
	}
	b.SetBytes(int64(size))
}

// BenchmarkShown looks for copies among reports of which none is one.
func BenchmarkShown(b *testing.B) {
	const n = 2000
	entries := make([]entry, n)
	for i := range entries {
		entries[i] = entry{ID: fmt.Sprint(i), Traits: Traits{Units: 500, Sketch: read(prose(uint64(i), 20)...).sketch()}}
	}
	for b.Loop() {
		if _, err := shown(b.Context(), entries, func(i int) *text { return read(prose(uint64(i), 20)...) }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "reports/s")
}
