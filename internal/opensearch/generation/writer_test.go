package generation

import "testing"

// TestNamed names what the cluster may refuse.
func TestNamed(t *testing.T) {
	for text, want := range map[string]string{
		`{"doc":"passage","id":"a.txt","n":7,"body":{"p":4}}`:           "passage a.txt#p4",
		`{"doc":"passage","id":"a.txt","n":7,"body":{"p":4,"piece":2}}`: "passage a.txt#p4.2",
		`{"doc":"report","id":"a.txt","passages":3}`:                    "report a.txt",
	} {
		if got := named([]byte(text)); got != want {
			t.Errorf("%s is called %q, want %q", text, got, want)
		}
	}
}
