// Package host reads the names of sites of governments: xuwen.gov.cn is that of
// 徐闻县, tjhp.gov.cn that of 和平区 in 天津. They are made of the Pinyin of a name or of
// its initials, mostly with the initials of what lies above it in front or of the word
// for its unit behind.
package host

import (
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"

	"baogao"
	"baogao/internal/gazetteer"
)

// How much the name of a site says of a division that it fits.
const (
	Initials = 0.5 // letters that many divisions share
	Written  = 1   // the Pinyin of its name, or its initials behind those of what lies above
)

// A Host is the name of a site, in the labels that may stand for divisions.
type Host struct{ labels []string }

// Of is the site of an address, the zero Host for what is no site of a government.
func Of(address string) Host {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return Host{}
	}
	name, ok := strings.CutSuffix(strings.ToLower(u.Hostname()), ".gov.cn")
	if !ok {
		return Host{}
	}
	var h Host
	for _, label := range strings.Split(name, ".") {
		if label != "www" && len(label) >= 2 {
			h.labels = append(h.labels, label)
		}
	}
	return h
}

// IsZero reports whether nothing is known of the site.
func (h Host) IsZero() bool { return len(h.labels) == 0 }

// Fits is how much the site speaks for a division: Initials, Written, or 0.
func (h Host) Fits(p gazetteer.Place) float64 {
	if p == gazetteer.Country || p.Level() == baogao.Street {
		return 0
	}
	best := 0.0
	for _, label := range h.labels {
		best = max(best, fits(p, label))
	}
	return best
}

func fits(p gazetteer.Place, label string) float64 {
	stem := []rune(p.Stem())
	for rest := range strip(label, stem, syllables) {
		if isUnit(rest, p) {
			return Written
		}
	}
	best := 0.0
	for rest := range strip(label, stem, initials) {
		if isUnit(rest, p) {
			best = Initials
		}
	}
	for q := p.Parent(); q != gazetteer.Country; q = q.Parent() {
		for _, by := range []spelling{syllables, initials} {
			for rest := range strip(label, []rune(q.Stem()), by) {
				if len(rest) < len(label) && rest != "" && (spells(rest, p, syllables) || spells(rest, p, initials)) {
					return Written
				}
			}
		}
	}
	return best
}

// spells reports whether a label is the name of a division, with or without the word
// for its unit.
func spells(label string, p gazetteer.Place, by spelling) bool {
	for rest := range strip(label, []rune(p.Stem()), by) {
		if isUnit(rest, p) {
			return true
		}
	}
	return false
}

// isUnit reports whether what follows the name of a division is the word for its
// unit or nothing: x, xian.
func isUnit(rest string, p gazetteer.Place) bool {
	if rest == "" || rest == "gov" || rest == "zf" {
		return true
	}
	name := []rune(p.Name())
	unit := name[len(name)-1:]
	for left := range strip(rest, unit, syllables) {
		if left == "" {
			return true
		}
	}
	for left := range strip(rest, unit, initials) {
		if left == "" {
			return true
		}
	}
	return false
}

// A spelling lists the ways in which a character is written.
type spelling func(r rune) []string

// strip takes a name off the front of a label, in all ways it may be written, and
// gives what is left of it in each.
func strip(label string, name []rune, by spelling) map[string]bool {
	left := map[string]bool{label: true}
	for _, r := range name {
		next := map[string]bool{}
		for s := range left {
			for _, written := range by(r) {
				if rest, ok := strings.CutPrefix(s, written); ok {
					next[rest] = true
				}
			}
		}
		left = next
	}
	return left
}

var plain = func() pinyin.Args {
	a := pinyin.NewArgs()
	a.Heteronym = true
	return a
}()

// syllables are the readings of a character without tones; ü is v, u or yu.
func syllables(r rune) []string {
	var list []string
	for _, s := range pinyin.SinglePinyin(r, plain) {
		list = append(list, s)
		if strings.Contains(s, "v") {
			list = append(list, strings.ReplaceAll(s, "v", "u"), strings.ReplaceAll(s, "v", "yu"))
		}
	}
	return list
}

func initials(r rune) []string {
	var list []string
	for _, s := range pinyin.SinglePinyin(r, plain) {
		list = append(list, s[:1])
	}
	return list
}

// Only is the one living division whose name is written out in the name of the site, or told there
// by the initials of what it lies in and its own, if there is one and no other.
func (h Host) Only() (gazetteer.Place, bool) {
	const shortest = 5 // letters
	for _, label := range h.labels {
		if found := written()[label]; len(label) >= shortest && len(found) == 1 {
			return found[0], true
		}
	}
	if n := len(h.labels); n > 0 {
		if found := abbreviated()[h.labels[n-1]]; len(found) == 1 && written()[h.labels[n-1]] == nil {
			return found[0], true
		}
	}
	return 0, false
}

// abbreviated holds the counties by the ways in which sites put what they lie in before
// them: bjdx and tsqs of initials, hbdaye with the name written out.
var abbreviated = sync.OnceValue(func() map[string][]gazetteer.Place {
	const shortest = 4 // letters
	list := map[string][]gazetteer.Place{}
	for p := gazetteer.Country + 1; p.Valid(); p++ {
		if p.Level() != baogao.District || p.Ended() > 0 {
			continue
		}
		short, long := spelled(p)
		for q := p.Parent(); q != gazetteer.Country; q = q.Parent() {
			above, _ := spelled(q)
			for _, label := range []string{above + short, above + long} {
				if len(label) >= shortest && !slices.Contains(list[label], p) {
					list[label] = append(list[label], p)
				}
			}
		}
	}
	return list
})

// spelled is the name of a division in initials and written out, by the first reading of each
// character, without the word for its unit.
func spelled(p gazetteer.Place) (short, long string) {
	for _, s := range pinyin.LazyPinyin(p.Stem(), pinyin.NewArgs()) {
		short, long = short+s[:1], long+s
	}
	return short, long
}

// written holds the divisions down to counties by the first reading of their names.
var written = sync.OnceValue(func() map[string][]gazetteer.Place {
	list := map[string][]gazetteer.Place{}
	for p := gazetteer.Country + 1; p.Valid(); p++ {
		if p.Level() == baogao.Street || p.Ended() > 0 {
			continue
		}
		_, stem := spelled(p)
		list[stem] = append(list[stem], p)
		if name := strings.Join(pinyin.LazyPinyin(p.Name(), pinyin.NewArgs()), ""); name != stem {
			list[name] = append(list[name], p)
		}
	}
	return list
})
