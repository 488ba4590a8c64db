package query

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
)

// TestVisit goes through a tree in each way there is.
func TestVisit(t *testing.T) {
	root := Parse("复议 (信访 OR -街道) -(region:四川 year:2022..) -(法治 -政府)").Root
	var leaves []string
	for leaf, negated := range Leaves(root) {
		leaves = append(leaves, fmt.Sprintf("%v %t", leaf, negated))
		if len(leaves) == 6 {
			break
		}
	}
	if want := []string{"复议 false", "信访 false", "街道 true", "{region 四川} true", "2022.. true", "法治 true"}; !slices.Equal(leaves, want) {
		t.Errorf("leaves %q, want %q", leaves, want)
	}
	if words := Words(root); !slices.Equal(words, []Node{Word("复议"), Word("信访")}) {
		t.Errorf("words %#v", words)
	}
	size := Reduce(root, Reducer[int]{
		And: func(parts []int) int { return len(parts) * 100 }, Or: func(parts []int) int { return len(parts) }, Not: func(part int) int { return part + 1 },
		Leaf: func(Node, bool) int { return 1 },
	})
	if size != 400 {
		t.Errorf("reduced to %d", size)
	}
	same := Map(root, func(leaf Node, _ bool) Node { return leaf })
	if !reflect.DeepEqual(same, root) || !reflect.DeepEqual(Join(Conjuncts(root)), root) || Join(nil) != nil || Map(nil, nil) != nil || Conjuncts(nil) != nil {
		t.Errorf("%#v comes back as %#v", root, same)
	}
}
