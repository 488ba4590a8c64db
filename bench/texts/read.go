package texts

import (
	"bufio"
	"cmp"
	"context"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"baogao"
	"baogao/corpus"
)

// A Passage is a line of passages.jsonl.
type Passage struct {
	ID      string   `json:"id"`
	Text    string   `json:"text"`
	Region  string   `json:"region"`  // of the province, 100000 for the country, unknown
	Regions []string `json:"regions"` // all values that a filter on the region may name
	Level   string   `json:"level"`
	Year    string   `json:"year"`
	Kind    string   `json:"kind"`
}

// describe gives a passage the metadata of its report, spelt as filters and
// facets spell it.
func describe(m baogao.Meta) Passage {
	p := Passage{Level: cmp.Or(string(m.Level), baogao.Unknown), Year: baogao.Unknown, Kind: cmp.Or(string(m.Kind), baogao.Unknown)}
	if m.Year != 0 {
		p.Year = strconv.Itoa(m.Year)
	}
	switch codes := m.Region.Codes(); {
	case codes == nil:
		p.Region = cmp.Or(m.Region.Name, baogao.Unknown)
		p.Regions = []string{p.Region}
	case m.Region.Code == baogao.CountryCode:
		p.Region, p.Regions = baogao.CountryCode, codes
	default:
		p.Region, p.Regions = codes[0], append([]string{baogao.CountryCode}, codes...)
	}
	return p
}

// Passages yields the passages of the corpus in a folder.
func Passages(dir string) iter.Seq2[*Passage, error] {
	return decode[Passage](filepath.Join(dir, PassagesFile), func(r io.Reader) decoder { return json.NewDecoder(r) })
}

// Reports yields the reports of the corpus in a folder.
func Reports(dir string) iter.Seq2[*baogao.Report, error] {
	return decode[baogao.Report](filepath.Join(dir, reportsFile), func(r io.Reader) decoder { return gob.NewDecoder(r) })
}

type decoder interface{ Decode(any) error }

// decode yields the values that a file holds one after the other.
func decode[T any](name string, open func(io.Reader) decoder) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		f, err := os.Open(name)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		in := open(bufio.NewReaderSize(f, 1<<20))
		for {
			v := new(T)
			err := in.Decode(v)
			if err == io.EOF || !yield(v, err) || err != nil {
				return
			}
		}
	}
}

// Grown yields reports until they have so many passages. Where there are no
// more they come again, each under another id, with its sentences in another
// order. Each has a document number of its own, so that it is no copy.
func Grown(dir string, passages int) iter.Seq2[*baogao.Report, error] {
	return func(yield func(*baogao.Report, error) bool) {
		there := 0
		for round := 0; ; round++ {
			before := there
			random := rand.New(rand.NewPCG(uint64(round), 0))
			for r, err := range Reports(dir) {
				if err == nil {
					if there >= passages {
						return
					}
					err = another(r, round, random)
					there += len(r.Passages)
				}
				if !yield(r, err) || err != nil {
					return
				}
			}
			if there == before {
				yield(nil, fmt.Errorf("%s holds no passages; make them again with --fresh", dir))
				return
			}
		}
	}
}

// another makes a report one that no other is like.
func another(r *baogao.Report, round int, random *rand.Rand) error {
	r.Meta.Number = fmt.Sprintf("规模〔%d〕%s", round, r.Meta.ID)
	if round == 0 {
		return nil
	}
	r.Meta.ID += "~" + strconv.Itoa(round)
	for i := range r.Passages {
		r.Passages[i].Text = shuffle(r.Passages[i].Text, random)
	}
	return corpus.Measure(context.Background(), r)
}

var sentence = regexp.MustCompile(`[^。；！？]*[。；！？]|[^。；！？]+`)

// shuffle puts the sentences of a text in another order.
func shuffle(text string, random *rand.Rand) string {
	parts := sentence.FindAllString(text, -1)
	random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return strings.Join(parts, "")
}
