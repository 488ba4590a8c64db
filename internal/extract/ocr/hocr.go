package ocr

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"strings"
	"unicode/utf8"
)

// A line is a line of text as the program tells it, in hOCR: words of characters, each
// with its box.
type line struct {
	part       int // of the page
	box        image.Rectangle
	characters []character
}

// A character is one with its box. The boxes of the program are half a character off
// now and then: only the order and the middle of many tell.
type character struct {
	text       string
	box        image.Rectangle
	confidence float64 // of its word, 0 to 1
	first      bool    // of a word
}

// parseHOCR reads what the program says of a part of a page, whose upper left corner is
// given. See kba.github.io/hocr-spec for the form.
func parseHOCR(said []byte, corner image.Point) (lines []line, err error) {
	d := xml.NewDecoder(bytes.NewReader(said))
	var word struct {
		confidence float64
		first      bool
	}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return lines, nil
		} else if err != nil {
			return nil, err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		class, title := attribute(start, "class"), attribute(start, "title")
		switch class {
		case "ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat":
			box, err := boxOf(title, "bbox", corner)
			if err != nil {
				return nil, err
			}
			lines = append(lines, line{box: box})
		case "ocrx_word":
			word.confidence, word.first = number(title, "x_wconf")/100, true
		case "ocrx_cinfo":
			c := character{confidence: word.confidence, first: word.first}
			if c.box, err = boxOf(title, "x_bboxes", corner); err != nil {
				return nil, err
			}
			if err := d.DecodeElement(&c.text, &start); err != nil {
				return nil, err
			}
			if len(lines) == 0 {
				return nil, errors.New("a character outside of a line")
			}
			if c.text = strings.TrimSpace(c.text); utf8.ValidString(c.text) && c.text != "" {
				at := &lines[len(lines)-1].characters
				*at, word.first = append(*at, c), false
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// boxOf reads a box out of a title, bbox 36 92 580 122; baseline 0 -1.
func boxOf(title, name string, corner image.Point) (image.Rectangle, error) {
	for part := range strings.SplitSeq(title, ";") {
		var x0, y0, x1, y1 int
		if n, _ := fmt.Sscanf(strings.TrimSpace(part), name+" %d %d %d %d", &x0, &y0, &x1, &y1); n == 4 {
			return image.Rect(x0, y0, x1, y1).Add(corner), nil
		}
	}
	return image.Rectangle{}, fmt.Errorf("no %s in %q", name, title)
}

// number reads a number out of a title, 0 where it has none.
func number(title, name string) (n float64) {
	for part := range strings.SplitSeq(title, ";") {
		if _, err := fmt.Sscanf(strings.TrimSpace(part), name+" %g", &n); err == nil && !math.IsNaN(n) {
			return min(max(n, 0), 100)
		}
	}
	return 0
}
