package cite

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// cslItem is an item of CSL-JSON, as csl-data.json 1.0 has it.
type cslItem struct {
	ID             string    `json:"id"`
	Type           string    `json:"type"`
	Author         []cslName `json:"author,omitempty"`
	Title          string    `json:"title"`
	Number         string    `json:"number,omitempty"`
	Issued         *cslDate  `json:"issued,omitempty"`
	PublisherPlace string    `json:"publisher-place,omitempty"`
	Page           string    `json:"page,omitempty"`
	URL            string    `json:"URL,omitempty"`
	Accessed       *cslDate  `json:"accessed,omitempty"`
	Language       string    `json:"language"`
	Note           string    `json:"note,omitempty"`
}

// A cslName is one of an organ.
type cslName struct {
	Literal string `json:"literal"`
}

// A cslDate is a date in parts: year, month, day.
type cslDate struct {
	Parts [][]int `json:"date-parts"`
	Circa bool    `json:"circa,omitempty"`
}

// noTags writes the signs of tags as escapes, so that no browser takes JSON for a
// page. An & stays legible.
var noTags = strings.NewReplacer("<", `\u003c`, ">", `\u003e`)

// csl is a list of one item in CSL-JSON.
func csl(r Record) string {
	item := cslItem{
		ID: r.ID, Type: "document", Title: r.Title, Number: r.Number, Issued: cslDateOf(r.Issued, r.Estimated),
		PublisherPlace: r.Place, Page: r.Locator, URL: r.URL, Accessed: cslDateOf(r.Read, false), Language: "zh", Note: r.Quotation,
	}
	if r.Letter == "R" {
		item.Type = "report"
	}
	for _, a := range r.Authors {
		item.Author = append(item.Author, cslName{a})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode([]cslItem{item}); err != nil {
		panic(err) // texts and numbers: it cannot fail
	}
	return noTags.Replace(b.String())
}

// cslDateOf takes YYYY-MM-DD or a year; nil is unknown.
func cslDateOf(date string, circa bool) *cslDate {
	var parts []int
	for part := range strings.SplitSeq(date, "-") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil
		}
		parts = append(parts, n)
	}
	return &cslDate{[][]int{parts}, circa}
}
