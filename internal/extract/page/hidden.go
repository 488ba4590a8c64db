package page

import (
	"regexp"
	"strings"
)

// What a style hides. Pages that were broken into hold the words of others, where search
// engines read them and nobody sees them.

// zeroes are the values of a size that leaves nothing to be seen.
var zeroes = regexp.MustCompile(`^0*\.?0*(?:px|pt|em|rem|%)?$`)

// offside is a place beyond the window, as far as nobody moves what is to be seen.
var offside = regexp.MustCompile(`^-(?:\d{4,}|9\d\d)(?:\.\d+)?(?:px|pt|em|rem)$`)

// conceals reports whether a style, in small letters and without blanks, hides what is
// in its element: not shown, out of the window, or of no size.
func conceals(style string) bool {
	if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
		return true
	}
	clipped := strings.Contains(style, "overflow:hidden")
	for declaration := range strings.SplitSeq(style, ";") {
		name, value, _ := strings.Cut(strings.TrimSuffix(declaration, "!important"), ":")
		switch name {
		case "font-size", "opacity":
			if value != "" && zeroes.MatchString(value) {
				return true
			}
		case "height", "width", "max-height", "max-width":
			if clipped && value != "" && (zeroes.MatchString(value) || value == "1px") {
				return true
			}
		case "left", "top", "right", "text-indent", "margin-left", "margin-top":
			if offside.MatchString(value) {
				return true
			}
		}
	}
	return false
}

// tight reports whether a size in pixels, of a marquee, shows no line of text.
func tight(size string) bool {
	size = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(size)), "px")
	return len(size) == 1 && size[0] >= '0' && size[0] <= '9'
}

// A styleSheet holds the names of elements, .class and #id in small letters, that the
// style sheets of a page hide. Rules for elements within others say nothing, nor do
// those for some windows alone (@media).
type styleSheet map[string]bool

var (
	cssComment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssSelector = regexp.MustCompile(`^[a-z0-9]*([.#][\w-]+)$`)
)

// read reads a style sheet.
func (s styleSheet) read(css string) {
	css = cssComment.ReplaceAllString(strings.ToLower(css), "")
	for {
		head, rest, ok := strings.Cut(css, "{")
		if !ok {
			return
		}
		head = strings.TrimSpace(head[strings.LastIndexByte(head, ';')+1:])
		if strings.HasPrefix(head, "@") {
			css = behindBlock(rest)
			continue
		}
		style, behind, _ := strings.Cut(rest, "}")
		css = behind
		style = strings.Join(strings.Fields(style), "")
		hides := conceals(style)
		if !hides && !strings.Contains(style, "display:") && !strings.Contains(style, "visibility:") {
			continue
		}
		for selector := range strings.SplitSeq(head, ",") {
			if m := cssSelector.FindStringSubmatch(strings.TrimSpace(selector)); m != nil {
				s[m[1]] = hides
			}
		}
	}
}

// behindBlock is what follows a block that is open.
func behindBlock(css string) string {
	depth := 1
	for i := range len(css) {
		switch css[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return css[i+1:]
			}
		}
	}
	return ""
}

// hides reports whether the sheet hides an element.
func (s styleSheet) hides(a attributes) bool {
	if len(s) == 0 || a.id == "" && a.class == "" {
		return false
	}
	if a.id != "" && s["#"+strings.ToLower(a.id)] {
		return true
	}
	for class := range strings.FieldsSeq(strings.ToLower(a.class)) {
		if s["."+class] {
			return true
		}
	}
	return false
}
