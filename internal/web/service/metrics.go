package service

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// other is the label of what has no name of its own.
const other = "other"

// methods are the request methods that have a name in the metrics.
var methods = []string{
	http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
}

// seconds are the bounds of the histogram of durations.
var seconds = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

// metrics are the figures of one service, in a registry of their own.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	inFlight prometheus.Gauge
	rejected *prometheus.CounterVec
}

func newMetrics(x *index) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "baogao_http_requests_total",
			Help: "Requests that have ended; the code 499 means that the client went away before there was an answer.",
		}, []string{"route", "method", "code"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "baogao_http_request_duration_seconds", Help: "Time from a request to the end of its answer.", Buckets: seconds,
		}, []string{"route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "baogao_http_requests_in_flight", Help: "Requests that are under way or wait for their turn.",
		}),
		rejected: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "baogao_http_rejected_total", Help: "Requests that were refused before any work, by the limit that refused them.",
		}, []string{"reason"}),
	}
	for _, reason := range reasons {
		m.rejected.WithLabelValues(reason) // a rate needs the zero before the first one
	}
	m.registry.MustRegister(m.requests, m.duration, m.inFlight, m.rejected, x,
		collectors.NewBuildInfoCollector(), collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// The reasons to refuse a request.
const (
	overRate    = "rate"    // the client asks too often
	overQueue   = "queue"   // too many wait for their turn
	overWait    = "wait"    // the turn did not come in time
	overStreams = "streams" // too many streams
	overLength  = "length"  // the address is too long
	badMethod   = "method"
	badBody     = "body"
	badToken    = "token"
)

var reasons = []string{overRate, overQueue, overWait, overStreams, overLength, badMethod, badBody, badToken}

// handler answers GET /metrics. The service compresses it as all else.
func (m *metrics) handler(log *slog.Logger) http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		DisableCompression: true, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelError), ErrorHandling: promhttp.ContinueOnError,
	})
}

func (m *metrics) count(route, method string, status int, took time.Duration) {
	if !slices.Contains(methods, method) {
		method = other
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.duration.WithLabelValues(route).Observe(took.Seconds())
}

// The figures of the index in use are taken when they are asked for.
var (
	readyDesc      = prometheus.NewDesc("baogao_index_ready", "Whether questions can be answered; the other figures of the index are missing while it is 0.", nil, nil)
	generationDesc = prometheus.NewDesc("baogao_index_generation", "Number of the generation in use.", nil, nil)
	reportsDesc    = prometheus.NewDesc("baogao_index_reports", "Reports that are held.", nil, nil)
	passagesDesc   = prometheus.NewDesc("baogao_index_passages", "Passages that are held.", nil, nil)
)

// Describe is a part of prometheus.Collector.
func (*index) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{readyDesc, generationDesc, reportsDesc, passagesDesc} {
		to <- d
	}
}

// Collect is a part of prometheus.Collector.
func (x *index) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v)
	}
	stats, err := x.stats(context.Background())
	if err != nil {
		gauge(readyDesc, 0)
		return
	}
	gauge(readyDesc, 1)
	gauge(generationDesc, float64(stats.Number))
	gauge(reportsDesc, float64(stats.Reports))
	gauge(passagesDesc, float64(stats.Passages))
}
