package pdf

import (
	"fmt"
	"strings"
	"testing"
)

func TestInterpret(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"/F1 12 Tf 1 -.5 Td", "Tf /F1 12; Td 1 -0.5"},
		{`(a\(b\)\101\n(c)) Tj`, "Tj 'a(b)A\n(c)'"},
		{"<4 1 4> Tj", "Tj 'A@'"},
		{"[(a) -250 (b) [1] <</x 1>>] TJ", "TJ ['a' -250 'b']"},
		{"/P <</MCID 0>> BDC % comment\nET", "BDC /P ?; ET"},
		{"BI /W 1 ID \x00EI( \nEI Q", "Q"},
		{"/a#20b gs", "gs /a b"},
		{"(open", ""},
		{"<41", ""},
		{"[ (a) ", ""},
		{"<<", ""},
		{"BI", ""},
		{strings.Repeat("[", 300) + " x", ""},
	} {
		t.Run(tt.in, func(t *testing.T) {
			var got []string
			interpret(strings.NewReader(tt.in), func(operator string, operands []operand) {
				got = append(got, strings.TrimSpace(operator+" "+show(operands)))
			})
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("got %q, want %q", s, tt.want)
			}
		})
	}
}

func show(operands []operand) string {
	var parts []string
	for _, o := range operands {
		switch o.kind {
		case numberOperand:
			parts = append(parts, fmt.Sprint(o.number))
		case stringOperand:
			parts = append(parts, "'"+o.text+"'")
		case nameOperand:
			parts = append(parts, "/"+o.text)
		case arrayOperand:
			parts = append(parts, "["+show(o.items)+"]")
		default:
			parts = append(parts, "?")
		}
	}
	return strings.Join(parts, " ")
}

func TestReadToUnicode(t *testing.T) {
	got := readToUnicode(strings.NewReader(`/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfchar <0001> <653F> <0002> <D842DFB7> endbfchar
2 beginbfrange <0010> <0012> <4E00> <0020> <0021> [<6CD5> <6CBB>] endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end`))
	for code, want := range map[string]string{"\x00\x01": "政", "\x00\x02": "𠮷", "\x00\x10": "一", "\x00\x12": "丂", "\x00\x20": "法", "\x00\x21": "治"} {
		if got[code] != want {
			t.Errorf("%x is %q, want %q", code, got[code], want)
		}
	}
	if len(got) != 7 {
		t.Errorf("%d codes, want 7", len(got))
	}
}
