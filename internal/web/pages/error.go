package pages

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/web/address"
)

// errorPage is what templates/error.html shows.
type errorPage struct {
	Status int
	Says   string
	Next   []choice
}

// fail answers a request with its error. Only what is not the reader's fault is
// logged, and its cause stays in the log.
func (p *Pages) fail(w http.ResponseWriter, r *http.Request, err error) {
	status, says := explain(err)
	if status >= http.StatusInternalServerError && !errors.Is(err, baogao.ErrNoIndex) && !errors.Is(err, context.Canceled) {
		p.options.Log.ErrorContext(r.Context(), "page failed", "path", address.PathOf(r.URL.Path), "err", err)
	}
	p.showError(w, r, status, says)
}

// Fail answers with an error that arose before a page was asked for. Where the
// header Retry-After is set the reader is told to wait.
func (p *Pages) Fail(w http.ResponseWriter, r *http.Request, status int) {
	says := statusSays[status]
	if seconds := w.Header().Get("Retry-After"); seconds != "" && says != "" {
		says += "请过" + seconds + "秒再试。"
	}
	p.showError(w, r, status, says)
}

// statusSays is what a status means for who reads the page.
var statusSays = map[int]string{
	http.StatusNotFound:            "这里没有页面。",
	http.StatusMethodNotAllowed:    "这里只能阅读，请用 GET 请求。",
	http.StatusRequestURITooLong:   "问题太长。请缩短到一千五百字以内再问；更长的可以通过接口来问。",
	http.StatusBadRequest:          "这个请求不合规定。请从首页重新搜索。",
	http.StatusTooManyRequests:     "您问得太快。",
	http.StatusServiceUnavailable:  "服务正忙，或正在停止。",
	http.StatusInternalServerError: "服务内部出错，已经记录。请再试一次；若仍出错，请告诉管理员。",
}

func (p *Pages) showError(w http.ResponseWriter, r *http.Request, status int, says string) {
	if says == "" {
		says = "出错了。请从首页重新搜索。"
	}
	page := errorPage{status, says, []choice{{Name: "回到首页", Link: "/"}, {Name: "怎样提问", Link: "/help"}}}
	if err := p.render(w, r, status, &layout{name: "error.html", Title: fmt.Sprintf("出错（%d）", status), Page: page}); err != nil {
		p.options.Log.ErrorContext(r.Context(), "error page failed", "err", err)
		http.Error(w, http.StatusText(status), status)
	}
}

// valueSays is what is wrong with a value that a field does not have.
var valueSays = map[string]string{
	"region": "地区太多，最多256个",
	"level":  "没有这个值", "kind": "没有这个值", "year": "应是年份，如 2022、2020..2024", "sort": "没有这种排序",
	"q": "问题连同别名的词太多，最多256个", "sure": "应是 0 到 1 的数，如 0.8", "ocr": "应是 yes 或 no",
	"unit": "没有这个值", "status": "应是 achieved、target 或 earlier", "min": "应是数，如 10、0.5、1.5亿", "max": "应是数，如 10、0.5、1.5亿",
}

// explain turns an error into a status and words for the reader.
func explain(err error) (status int, says string) {
	var bad *address.BadParameter
	var value *ask.ValueError
	if errors.As(err, &value) {
		err = &address.BadParameter{Name: value.Field, Reason: valueSays[value.Field]}
	}
	switch {
	case errors.As(err, &bad):
		return http.StatusBadRequest, fmt.Sprintf("网址里的参数 %s 不能用：%s。请改正网址，或从首页重新搜索。", bad.Name, bad.Reason)
	case errors.Is(err, baogao.ErrRequest):
		return http.StatusBadRequest, "网址里的限定条件不能用。请从首页重新搜索。"
	case errors.Is(err, baogao.ErrNotFound):
		return http.StatusNotFound, "没有这篇报告或这个段落。它可能已经不在馆藏里，请重新搜索。"
	case errors.Is(err, address.ErrTooLong):
		return http.StatusRequestURITooLong, statusSays[http.StatusRequestURITooLong]
	case errors.Is(err, address.ErrPage):
		return http.StatusNotFound, statusSays[http.StatusNotFound]
	case errors.Is(err, baogao.ErrNoIndex):
		return http.StatusServiceUnavailable, "还没有建立索引。请管理员用 index build 建立；建成后这里会自动可用。"
	case errors.Is(err, baogao.ErrFormat):
		return http.StatusServiceUnavailable, "索引是另一个版本的程序建立的。请管理员用 index build 重建。"
	case errors.Is(err, baogao.ErrDamaged):
		return http.StatusServiceUnavailable, "索引已损坏。请管理员用 index verify 查看。"
	case errors.Is(err, baogao.ErrUnavailable):
		return http.StatusServiceUnavailable, "存放索引的集群暂时没有应答。请稍后再试。"
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable, "这个问题花的时间太长。请减少词语，或换用少见的词。"
	case errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable, "服务正在停止。请稍后再试。"
	}
	return http.StatusInternalServerError, statusSays[http.StatusInternalServerError]
}
