package clean

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// pollute does what the mirrors do: it encodes text in GBK, puts a gloss
// behind the pair of bytes that straddles the characters at and at+1, and
// reads the bytes again, a lost pair becoming ?.
func pollute(t *testing.T, text string, at int, gloss string) string {
	t.Helper()
	var bytes []byte
	for i, r := range []rune(text) {
		b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(r)))
		if err != nil {
			t.Fatal(err)
		}
		if i == at+1 {
			b = []byte(string(b[:1]) + "(" + "\x00" + ")" + string(b[1:])) // \x00 stands for the gloss
		}
		bytes = append(bytes, b...)
	}
	var out strings.Builder
	for i := 0; i < len(bytes); {
		switch {
		case bytes[i] == 0:
			out.WriteString(gloss)
			i++
		case bytes[i] < 0x80:
			out.WriteByte(bytes[i])
			i++
		default:
			r := gbk().rune(bytes[i], bytes[i+1])
			if r == 0 {
				r = '?'
			}
			out.WriteRune(r)
			i += 2
		}
	}
	return out.String()
}

// The rest of the report speaks for each repair by the same characters side
// by side, or by the reading of a gloss.
const testimony = "\n區(qū)裡審批權限下放，落實全區改革。推薦名單報送，答復(fù)及時；各社區(qū)納入統計，加強審計監督。"

func TestRepairMisaligned(t *testing.T) {
	for _, tt := range []struct {
		name, text, gloss string
		at                int
	}{
		{"by the reading of what follows", "將思想教育納入區(qū)委黨校課程", "yún", 6},
		{"by the reading that was written", "經過初審推薦、書面評審", "fù", 3},
		{"by characters side by side", "各領域審計發現問題", "qū", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			broken := pollute(t, strings.ReplaceAll(tt.text, "(qū)", ""), tt.at, tt.gloss)
			broken = strings.Replace(broken, "^", "^(qū)", 1) // the mirror glosses the character it hits later
			got, c := cleaned(t, broken+testimony)
			want := strings.ReplaceAll(tt.text, "(qū)", "")
			if got, _, _ := strings.Cut(got, "\n"); got != want || c.Repairs != 1 || c.Damaged != 0 {
				t.Errorf("%q was mended to %q, want %q (%d repairs, %d damaged)", broken, got, want, c.Repairs, c.Damaged)
			}
		})
	}
}

func TestRepairOfUnassignedPair(t *testing.T) {
	// 批 and 落 straddle FA C2, which GBK does not assign: it came out as C2
	// without its high bit, the letter B.
	const broken = "優(yōu)化醫(yī)療領(lǐng)域?qū)徟B鋵嵢珔^(qū)改革"
	got, c := cleaned(t, broken+testimony)
	if got, _, _ := strings.Cut(got, "\n"); got != "優化醫療領域審批落實全區改革" || c.Repairs != 1 {
		t.Errorf("got %q, %d repairs", got, c.Repairs)
	}
}

func TestUncertainDamageStays(t *testing.T) {
	// Nothing in this report speaks for one of the possible characters.
	const broken = "責(zé)任納入?yún)^(qū)委，落實(shí)監督"
	got, c := cleaned(t, broken)
	if want := "責任納入?yún)^(qū)委，落實監督"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if c.Repairs != 0 || c.Damaged != 1 || c.Glosses != 2 {
		t.Errorf("got %+v, want one damaged place and two glosses", c)
	}
}

func TestQuestionMarksAreNoDamage(t *testing.T) {
	const text = "“中国?南京”平台，怎么办?(一)区(qū)政府；是否合格?shì)"
	got, c := cleaned(t, text)
	if want := "“中国?南京”平台，怎么办?(一)区政府；是否合格?shì)"; got != want || c.Repairs != 0 {
		t.Errorf("got %q %+v, want %q", got, c, want)
	}
}
