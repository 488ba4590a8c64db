package number

import (
	"strconv"

	"baogao/internal/analyzer"
)

// decimal reads digits, with commas between thousands and a point.
func (t *Text) decimal(i int) (float64, int) {
	var room [32]byte
	b := room[:0]
	for IsDigit(t.At(i)) {
		b = append(b, byte(t.At(i)))
		i++
	}
	for len(b) <= 12 && t.At(i) == ',' && IsDigit(t.At(i+1)) && IsDigit(t.At(i+2)) && IsDigit(t.At(i+3)) && !IsDigit(t.At(i+4)) && len(b) > 0 && t.Published[i] == ',' {
		b = append(b, byte(t.Folded[i+1]), byte(t.Folded[i+2]), byte(t.Folded[i+3]))
		i += 4
	}
	if point := t.HasAny(i, " . ", "."); point > 0 && IsDigit(t.At(i+point)) {
		b = append(b, '.')
		for i += point; IsDigit(t.At(i)); i++ {
			b = append(b, byte(t.At(i)))
		}
	}
	value, err := strconv.ParseFloat(string(b), 64)
	if err != nil {
		return 0, i
	}
	return value, i
}

// chinese reads a Chinese number up to 99.
func (t *Text) chinese(i int) (float64, int) {
	digit := func(i int) (int, int) {
		if t.At(i) == '两' {
			return 2, i + 1
		}
		if d := analyzer.ChineseDigit(t.At(i)); d > 0 && t.At(i) != '十' {
			return d, i + 1
		}
		return 0, i
	}
	tens, j := digit(i)
	if t.At(j) != '十' {
		return float64(tens), j
	}
	if j == i {
		tens = 1
	}
	ones, k := digit(j + 1)
	return float64(10*tens + ones), k
}

// inRatio reports whether the number at a place is part of one such as
// 8:41:51, said to be a share or a ratio.
func (t *Text) inRatio(i int) bool {
	for IsDigit(t.At(i-1)) || t.At(i-1) == ':' || t.At(i-1) == '.' {
		i--
	}
	i = t.beforeLevel(i)
	return t.EndsWith(i, "比", "比重", "比例", "结构", "构成", "比例关系")
}

// beforeLevel is where the words end that stand before 为, 达到, 调整至 and a
// number.
func (t *Text) beforeLevel(i int) int {
	for {
		n := t.HasBefore(i, "为", "达", "到", "优化", "调整", "至", "由", "从", "是", "降", "升", "提升", "提高", "超", "缩小", "收窄", "控制在", "在", "扩大")
		if n == 0 {
			return i
		}
		i -= n
	}
}
