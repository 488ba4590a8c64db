package suggest_test

import (
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/engine"
	"baogao/internal/suggest"
	"baogao/internal/testkit"
)

var indexFlag = flag.String("index", "", "ask the index in this `folder`, as one that bench compare has made, in the benchmark")

// asked are questions of which few find anything exactly.
var asked = []string{
	"安居区 行政复议", "2022年 信访", "四川省 遂宁市 信访", "成都 2023 营商环境", "安居区行政复议", "苏州市营商环境", "北京市 上海市 信访", "鼓楼区 信访",
	"双随机一公开", "放管服改革", "优化服务改革 放管", "行政复议、调解", "行政诉讼和行政复议", "第25条", "二〇二三年 工作",
	"within:sentence 行政复议 垃圾分类", "year:1901 信访", "行政复仪", "形政复议", "行政负议", "行政议", "安全生产贵任", "国务院办公亭", "中国特色社会注意",
	"乡村振兴战略实施规化", "高质量发展战略举措落地见效成果", "xingzhengfuyi", "xing zheng fu yi", "zheng务公开", "shiji", "火星移民",
	"安居区 行政复仪", "苏州市 安全生产贵任",
}

// BenchmarkFor tells what suggestions cost, and the most that those of one question
// do, each asked over and over. Over 551,044 passages, with -index, it was 2 ms on
// the average and 12 ms for the longest, on two processors that had nothing else to do.
func BenchmarkFor(b *testing.B) {
	var s baogao.Searcher
	if *indexFlag == "" {
		s = testkit.Open(b, reports())
	} else {
		x, err := engine.Open(*indexFlag)
		if err != nil {
			b.Fatal(err)
		}
		defer x.Close()
		s = x
	}
	questions, answers := make([]*ask.Question, len(asked)), make([]*baogao.Result, len(asked))
	for i, text := range asked {
		q, err := ask.Read(b.Context(), s, ask.Typed{Question: text}, ask.English)
		if err != nil {
			b.Fatal(err)
		}
		questions[i] = q
		if answers[i], err = s.Search(b.Context(), q.Request); err != nil {
			b.Fatal(err)
		}
	}
	took := make([][]time.Duration, len(asked))
	for b.Loop() {
		for i, q := range questions {
			began := time.Now()
			if _, err := suggest.For(b.Context(), s, q, answers[i], ask.English); err != nil {
				b.Fatal(err)
			}
			took[i] = append(took[i], time.Since(began))
		}
	}
	longest, all, table := time.Duration(0), time.Duration(0), ""
	for i, times := range took {
		slices.Sort(times)
		median := times[len(times)/2]
		longest, all = max(longest, median), all+median
		table += fmt.Sprintf("%.2f ms %s; ", median.Seconds()*1000, asked[i])
	}
	b.Log(table)
	b.ReportMetric(all.Seconds()*1000/float64(len(asked)), "ms/question")
	b.ReportMetric(longest.Seconds()*1000, "ms/longest")
}
