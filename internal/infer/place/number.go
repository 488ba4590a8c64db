package place

import (
	"strings"

	"baogao"
	"baogao/internal/gazetteer"
)

// provinceLetters are what provinces are called in document numbers: 川府发.
var provinceLetters = map[rune]string{
	'京': "11", '津': "12", '冀': "13", '晋': "14", '辽': "21", '吉': "22", '黑': "23", '沪': "31", '苏': "32", '浙': "33", '皖': "34",
	'闽': "35", '赣': "36", '鲁': "37", '豫': "41", '鄂': "42", '湘': "43", '粤': "44", '桂': "45", '琼': "46", '渝': "50", '川': "51",
	'黔': "52", '滇': "53", '藏': "54", '陕': "61", '甘': "62", '青': "63", '宁': "64", '新': "65",
}

// numberLetters gives the characters before the organ of a document number:
// 徐鼓 of 徐鼓政发〔2023〕8号, nil where there are none.
func numberLetters(number string) []rune {
	i := strings.IndexAny(number, "政府委办人")
	if i <= 0 {
		return nil
	}
	letters := []rune(number[:i])
	if len(letters) > 4 {
		return nil
	}
	return letters
}

// fits reports whether letters are short for a place: the last of them stand
// in its own name, and one each for those above it before them.
func fits(p gazetteer.Place, letters []rune) bool {
	rest := letters
	for len(rest) > 0 && hasLetter(p, rest[len(rest)-1]) {
		rest = rest[:len(rest)-1]
	}
	if len(rest) == len(letters) {
		return false
	}
	for q := p.Parent(); q != gazetteer.Country && len(rest) > 0; q = q.Parent() {
		if hasLetter(q, rest[len(rest)-1]) {
			rest = rest[:len(rest)-1]
		}
	}
	return len(rest) == 0
}

// hasLetter reports whether a letter may stand for a place.
func hasLetter(p gazetteer.Place, letter rune) bool {
	return strings.ContainsRune(p.Stem(), letter) || p.Level() == baogao.Province && provinceLetters[letter] == p.Code()[:2]
}
