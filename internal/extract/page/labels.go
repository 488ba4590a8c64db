package page

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// factLabels are the labels of the table of facts above a text, as the
// catalogues of public information print them.
var factLabels = wordSet(`索引号 信息索引号 索取号 主题分类 组配分类 体裁分类 信息分类 服务对象分类 发布机构 发布机关 发文机关 发文机构 发文单位 发布单位 制发机关
	公开机构 责任部门 责任单位 公开责任部门 公开主体 生成日期 成文日期 发文日期 发布日期 公开日期 公开时间 公开时限 生效日期 实施日期 施行日期 废止日期
	失效日期 成文时间 发布时间 发文时间 生成时间 更新时间 印发日期 信息名称 名称 标题 文件名称 文号 发文字号 文件编号 公文字号 关键词 关键字 主题词
	内容概述 内容概览 内容摘要 信息来源 来源 稿源 文章来源 有效性 时效性 有效期 效力状态 公开方式 公开范围 公开形式 公开程序 公开类别 公开属性 载体类型 语种`)

// startsWithLabel reports whether a line, without blanks and punctuation,
// begins with a label of facts.
func startsWithLabel(head string) bool {
	n := 0
	for i := range head {
		if n >= 2 && factLabels[head[:i]] {
			return true
		}
		if n++; n > 6 {
			return false
		}
	}
	return factLabels[head]
}

// labelOf is the label that a line consists of, "" if it is something else.
func labelOf(line string) string {
	bare := strings.TrimRight(withoutBlanks(line), ":：")
	if !factLabels[bare] {
		return ""
	}
	return bare
}

// longestValue is how many letters and figures the value of a fact has, where
// no table says that it is one.
const longestValue = 60

// labelled is the node behind c that holds the value, if c is a block that
// holds a label and nothing else: facts set in lists are to be read like facts
// set in a table. It is nil if there is none.
func labelled(c *node) *node {
	if c.tag == 0 || c.mark&(hasLabel|isDropped) != hasLabel || c.found.lines != 1 || !c.isBlock() || isTable(c) {
		return nil
	}
	value := c.next
	for value != nil && value.tag == 0 && strings.TrimSpace(value.text) == "" {
		value = value.next
	}
	switch {
	case value == nil, !value.isBlock(), value.tag == atom.Br, value.tag == atom.Hr, value.mark&(hasHeading|isDropped|isHidden) != 0,
		value.found.lines > 1, value.found.runes > longestValue, isTable(value), labelOf(textOf(c)) == "", labelOf(textOf(value)) != "":
		return nil
	}
	return value
}

// isTable reports whether a node is a table or has one in it, or is a part of
// one.
func isTable(n *node) bool {
	switch n.tag {
	case atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th:
		return true
	}
	return n.mark&hasTable != 0
}
