package pages

import (
	"baogao"
	"baogao/internal/web/address"
)

// reportLink is the address of a report with the marks of a question. It says
// all that leads back to the search.
func reportLink(id string, s address.State) string { return address.Report(id, s, "", 1) }

// passageLink is the address of a passage in its report.
func passageLink(h baogao.Hit, s address.State) string { return address.Passage(&h, s) }
