package cite

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// key is a name for the report in lists of references, in ASCII, that does not
// change: of the year and the sum of the id.
func (r Record) key() string {
	sum := sha256.Sum256([]byte(r.ID))
	return fmt.Sprintf("baogao%s-%x", r.year(), sum[:4])
}

// year is the year of publication, concluded or not.
func (r Record) year() string {
	const digits = 4
	if len(r.Issued) < digits || strings.Trim(r.Issued[:digits], "0123456789") != "" {
		return ""
	}
	return r.Issued[:digits]
}

// bibtex is an entry that BibTeX and BibLaTeX read. The fields mark and medium are
// those of the styles for GB/T 7714.
func bibtex(r Record) string {
	var b strings.Builder
	kind := "misc"
	if r.Letter == "R" {
		kind = "techreport"
	}
	fmt.Fprintf(&b, "@%s{%s", kind, r.key())
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, ",\n  %s = {%s}", name, value)
		}
	}
	authors := make([]string, len(r.Authors))
	for i, a := range r.Authors {
		authors[i] = "{" + tex(a) + "}" // one name, whatever is in it
	}
	field("author", strings.Join(authors, " and "))
	field("title", "{"+tex(r.Title)+"}")
	field("number", tex(r.Number))
	if r.Estimated {
		field("date", r.Issued+"~") // about, in the notation of ISO 8601-2 that BibLaTeX takes
		field("year", "["+r.Issued+"]")
	} else {
		field("date", tex(r.Issued))
		field("year", tex(r.year()))
	}
	field("address", tex(r.Place))
	field("pages", r.Locator)
	field("mark", r.Letter)
	if r.URL != "" {
		field("medium", "OL")
		field("url", r.URL) // taken to the letter
		field("urldate", r.Read)
	}
	field("langid", "chinese")
	field("annote", tex(r.Quotation))
	b.WriteString("\n}\n")
	return b.String()
}

// tex writes a text so that TeX takes nothing in it for a command, nor two signs
// for a dash or a quotation mark. BibTeX counts braces also behind a backslash.
func tex(text string) string {
	text = texCommands.Replace(text)
	for _, ligature := range []string{"--", "``", "''", "?`", "!`"} {
		for strings.Contains(text, ligature) {
			text = strings.ReplaceAll(text, ligature, ligature[:1]+"{}"+ligature[1:])
		}
	}
	return text
}

var texCommands = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\textbraceleft{}`, `}`, `\textbraceright{}`,
	`$`, `\$`, `&`, `\&`, `%`, `\%`, `#`, `\#`, `_`, `\_`, `^`, `\textasciicircum{}`, `~`, `\textasciitilde{}`,
)
