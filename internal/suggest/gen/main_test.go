package main

import (
	"os"
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"
)

// TestTableIsOfTheModule makes the embedded table again.
func TestTableIsOfTheModule(t *testing.T) {
	kept, err := os.ReadFile("../pinyin.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != head+table(pinyin.PinyinDict) {
		t.Error("pinyin.txt is not what gen writes; run go generate ./internal/suggest and read the diff")
	}
	mod, err := os.ReadFile("../../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), "github.com/mozillazg/go-pinyin v"+version+"\n") {
		t.Errorf("go.mod has another version of go-pinyin than %s", version)
	}
}

func TestTable(t *testing.T) {
	got := table(map[int]string{'行': "xíng,háng,hàng", '绿': "lǜ,lù", '行' + 0x10000: "xíng", '嗯': "ńg,ňg,ǹg", '復': "fù", '阿': "ā,ē,ǎ,à,a"})
	if want := "a 阿\ne 阿\nhang 行\nlu 绿\nlv 绿\nxing 行\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
