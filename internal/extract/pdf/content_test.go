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
endcmap CMapName currentdict /CMap defineresource pop end end`), new(codeCount))
	for code, want := range map[string]string{"\x00\x01": "政", "\x00\x02": "𠮷", "\x00\x10": "一", "\x00\x12": "丂", "\x00\x20": "法", "\x00\x21": "治"} {
		if got[code] != want {
			t.Errorf("%x is %q, want %q", code, got[code], want)
		}
	}
	if len(got) != 7 {
		t.Errorf("%d codes, want 7", len(got))
	}
}

// TestReadToUnicodeLong reads maps that go beyond one byte, and long ones.
func TestReadToUnicodeLong(t *testing.T) {
	var chars strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&chars, "<%04X> <%04X> ", i, 0x4E00+i)
	}
	for _, tt := range []struct {
		name, in string
		codes    int
		last     string // the highest code, and what it stands for
		want     string
	}{
		{"over a byte", "<0003> <0120> <4E00> endbfrange", 286, "\x01\x20", "伝"},
		{"all codes", "<0000> <FFFF> <0000> endbfrange", 1 << 16, "\x6c\xd5", "法"},
		{"one byte", "<41> <42> <6CD4> endbfrange", 2, "\x42", "法"},
		{"beyond a surrogate", "<0000> <0400> <D840DC00> endbfrange", 1025, "\x04\x00", "\U00020400"},
		{"backwards", "<0120> <0003> <4E00> endbfrange <0001> <653F> endbfchar", 1, "\x00\x01", "政"},
		{"array over a byte", "<00FF> <0100> [<6CD5> <6CBB>] endbfrange", 2, "\x01\x00", "治"},
		{"3000 in a block", chars.String() + "endbfchar", 3000, "\x0b\xb7", string(rune(0x4E00 + 2999))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := readToUnicode(strings.NewReader(tt.in), new(codeCount))
			if len(got) != tt.codes || got[tt.last] != tt.want {
				t.Errorf("%d codes, %x is %q; want %d, %q", len(got), tt.last, got[tt.last], tt.codes, tt.want)
			}
		})
	}
}

// TestInterpretLongArray reads a line of more strings than any page has.
func TestInterpretLongArray(t *testing.T) {
	const strs = 10000
	var got []operand
	interpret(strings.NewReader("["+strings.Repeat("(a) -5 ", strs)+"] TJ"), func(_ string, operands []operand) {
		got = operands[0].items
	})
	if len(got) != 2*strs {
		t.Errorf("%d items, want %d", len(got), 2*strs)
	}
}
