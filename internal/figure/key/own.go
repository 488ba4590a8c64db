package key

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// An Own is a table of one's own in front of that of the program. It gives new keys
// to figures that were read with the old ones.
type Own struct {
	keys    *Keys
	sum     string
	Clashes []string // what the file says otherwise than itself or the program, and what holds; a line each

	mutex   sync.Mutex
	renewed map[named]string
}

// A named is what a key is made of.
type named struct{ kept, indicator, measure string }

// ReadOwn reads a table of one's own: lines as in the table of the program, which
// are [indicators] up to the first section, or a key and its wordings as CSV. The
// error names the file and the line.
func ReadOwn(file, text string) (*Own, error) {
	sum := sha256.Sum256([]byte(text))
	o := &Own{keys: Default().clone(), sum: hex.EncodeToString(sum[:8]), renewed: map[named]string{}}
	section, number, said := "[indicators]", 0, map[string]ownLine{}
	for line := range strings.Lines(text) {
		number++
		line, _, _ = strings.Cut(strings.TrimPrefix(line, "\ufeff"), "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if strings.HasPrefix(line, "[") {
			section = line
			continue
		}
		key, wordings, err := ownWordings(line)
		if err == nil && len(said) == 0 && isHead(key) {
			continue
		}
		if err == nil {
			err = o.keys.line(section, key, wordings)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
		for _, w := range wordings {
			o.note(file, section, w, ownLine{key, number}, said)
		}
	}
	if len(said) == 0 {
		return nil, fmt.Errorf("%s: no keys in it: a line is a key, = and its wordings with blanks between them, or CSV", file)
	}
	o.keys.sort()
	return o, nil
}

// isHead reports whether the first column of a CSV is called so.
func isHead(key string) bool { return slices.Contains([]string{"key", "指标", "名称"}, key) }

// ownWordings takes a line apart.
func ownWordings(line string) (key string, wordings []string, err error) {
	if i := strings.IndexAny(line, "=＝"); i >= 0 {
		key, wordings = line[:i], strings.Fields(strings.TrimLeft(line[i:], "=＝"))
	} else {
		record, err := csv.NewReader(strings.NewReader(line)).Read()
		if err != nil {
			if fault := (*csv.ParseError)(nil); errors.As(err, &fault) {
				err = fault.Err
			}
			return "", nil, err
		}
		key, wordings = record[0], slices.DeleteFunc(record[1:], func(w string) bool { return strings.TrimSpace(w) == "" })
	}
	if key = strings.TrimSpace(key); key == "" || len(wordings) == 0 {
		return "", nil, fmt.Errorf("%q is no key with its wordings", line)
	}
	if i := slices.IndexFunc(wordings, func(w string) bool { return plain(w) == "" || strings.ContainsAny(w, "=＝") }); i >= 0 {
		return "", nil, fmt.Errorf("%q is no wording", wordings[i])
	}
	return key, wordings, nil
}

// An ownLine is what a line says of a wording.
type ownLine struct {
	key    string
	number int
}

// note notes what a line says of a wording, and whether that clashes.
func (o *Own) note(file, section, wording string, says ownLine, said map[string]ownLine) {
	at := section + o.keys.fold(wording)
	if before, ok := said[at]; ok {
		if before.key != says.key {
			o.Clashes = append(o.Clashes, fmt.Sprintf("%s:%d: %s is %s here and %s in line %d: the later line holds", file, says.number, wording, says.key, before.key, before.number))
		}
	} else if built := Default().of(section, wording); built != "" && built != says.key {
		o.Clashes = append(o.Clashes, fmt.Sprintf("%s:%d: %s is %s here and %s in the table of the program: the file holds", file, says.number, wording, says.key, built))
	}
	said[at] = says
}

// of is the key of a wording in a section, "" where there is none.
func (k *Keys) of(section, wording string) string {
	var pairs []pair
	switch section {
	case "[indicators]":
		return k.indicators[k.fold(wording)]
	case "[objects]":
		return k.objects[k.fold(wording)]
	case "[words]":
		pairs = k.words
	case "[acts]":
		pairs = k.acts
	}
	if i := slices.IndexFunc(pairs, func(p pair) bool { return p.from == plain(wording) }); i >= 0 {
		return pairs[i].to
	}
	return ""
}

// Sum is the checksum of the table.
func (o *Own) Sum() string {
	if o == nil {
		return ""
	}
	return o.sum
}

// Renew is the key of an indicator in the place of the one that it was read with. It
// may be called side by side.
func (o *Own) Renew(kept, indicator string, m Measure) string {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	at := named{kept, indicator, string(m)}
	key, ok := o.renewed[at]
	if !ok {
		key = o.renew(kept, indicator, m)
		o.renewed[at] = key
	}
	return key
}

func (o *Own) renew(kept, indicator string, m Measure) string {
	was := Default()
	if was.Key(indicator, m) == kept {
		return o.keys.Key(indicator, m)
	}
	// The name was read with the act of its list in front, or is an act, of a whole.
	object, rest, _ := strings.Cut(kept, "·")
	act, _, _ := strings.Cut(rest, "·")
	names := []string{indicator + object}
	for _, p := range was.acts {
		if p.to == act {
			names = append(names, p.from+indicator)
		}
	}
	for _, name := range names {
		if was.Key(name, m) == kept {
			return o.keys.Key(name, m)
		}
	}
	return kept
}
