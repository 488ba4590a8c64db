package corpus

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"baogao/internal/charset"
)

// isJSON takes the extension's word for a file that begins like an array of objects; of
// any other, and of an object by itself, it wants to see a text in the first.
func isJSON(head []byte, ext string) bool {
	_, bom := charset.Mark(head)
	head = bytes.ReplaceAll(head[bom:], []byte{0}, nil) // UTF-16
	rest, array := bytes.CutPrefix(bytes.TrimSpace(head), []byte("["))
	rest = bytes.TrimSpace(rest)
	return bytes.HasPrefix(rest, []byte("{")) && (array && ext == ".json" || (array || ext == ".json") && bytes.Contains(rest, []byte(`"text"`)))
}

// readJSON yields a report for every object of an array, or of those that stand one
// behind another, with the number of the line that it ends on.
func readJSON(r *reader, f file, in *bufio.Reader) error {
	text, name, err := r.decoded(in)
	if err != nil {
		return r.fault(f.place, err)
	}
	dec := json.NewDecoder(strings.NewReader(text))
	array := strings.HasPrefix(strings.TrimLeft(text, "\uFEFF \t\r\n"), "[")
	if array {
		if _, err := dec.Token(); err != nil {
			return r.fault(f.place, err)
		}
	}
	seen, line, from, rows := 0, 1, int64(0), tally{}
	for ; dec.More(); seen++ {
		var object json.RawMessage
		err := dec.Decode(&object)
		line += strings.Count(text[from:dec.InputOffset()], "\n")
		from = dec.InputOffset()
		if err != nil {
			return r.fault(f.onLine(line), fmt.Errorf("no JSON: %w; the rest was not read", err))
		}
		at, refused := f.onLine(line), true
		row, err := parseObject(object, name, object)
		if err != nil {
			err = r.fault(at, fmt.Errorf("object %d: %w", seen+1, err))
		} else {
			if row.fields["id"] == "" {
				row.fields["id"] = fmt.Sprintf("%s:%d", f.id, seen+1)
			}
			refused, err = r.row(at, f, row)
		}
		if err != nil {
			return err
		}
		if rows.over(refused) {
			return r.fault(at, errMostRefused)
		}
	}
	if _, err := dec.Token(); array && err != nil {
		return r.fault(f.onLine(line), fmt.Errorf("no JSON: %w; it may not have been downloaded to its end", err))
	}
	if seen == 0 {
		return r.fault(f.place, errNoReport)
	}
	return nil
}
