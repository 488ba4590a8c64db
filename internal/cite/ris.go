package cite

import "strings"

// ris is an entry of a RIS file, a tag a line. An official document is GOVDOC; a
// year that was concluded is left out, since no tag can say so.
func ris(r Record) string {
	var b strings.Builder
	tag := func(name, value string) {
		if value != "" || name == "ER" {
			b.WriteString(name + "  - " + value + "\n")
		}
	}
	kind := "GEN"
	switch {
	case r.Letter == "R":
		kind = "RPRT"
	case r.Number != "":
		kind = "GOVDOC"
	}
	tag("TY", kind)
	for _, a := range r.Authors {
		tag("AU", a)
	}
	tag("TI", r.Title)
	tag("IS", r.Number)
	if !r.Estimated {
		tag("PY", r.year())
		tag("DA", slashed(r.Issued))
	}
	tag("CY", r.Place)
	tag("SP", r.Locator)
	tag("UR", r.URL)
	tag("Y2", slashed(r.Read))
	tag("LA", "zh")
	tag("N1", r.Quotation)
	tag("ER", "")
	return b.String()
}

// slashed is a date as RIS has it: 2023/02/28.
func slashed(date string) string { return strings.ReplaceAll(date, "-", "/") }
