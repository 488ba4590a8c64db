package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/net/netutil"

	"baogao"
	"baogao/internal/cli"
	"baogao/internal/engine"
	"baogao/internal/keyed"
	"baogao/internal/web"
	"baogao/internal/web/service"
)

// Limits of the server, against clients that are slow on purpose or by fate.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeTimeout      = 60 * time.Second // beside the time for a question
	idleTimeout       = 120 * time.Second
	maxHeaderBytes    = 1 << 18
	maxConnections    = 4096
	maxRate           = 1_000_000
	maxTime           = 24 * time.Hour
	publicRate        = 50 // requests a second of one client, where the network can ask
)

const serveLong = `Serve answers questions over HTTP: as pages under /, and as JSON:

    GET /api/v1/search?q=&region=&level=&year=&kind=&sort=&limit=&cursor=
    GET /api/v1/export?q=&format=csv
    GET /api/v1/trend?q=&q=&by= GET /api/v1/panel?q=&rows=
    GET /api/v1/figures?q=      GET /api/v1/indicator?indicator=
    GET /api/v1/targets?region=
    GET /api/v1/reports/{id}    GET /api/v1/passages/{id}
    GET /api/v1/regions?q=      GET /api/v1/stats       GET /openapi.json
    POST /mcp   tools for language models, see search mcp --help
    GET /healthz                GET /readyz             GET /metrics

A new generation of the index is picked up within seconds and without a
restart. Questions under way end on the one they began with. An interrupt lets
the requests under way end.

    search serve --addr 127.0.0.1:8080
    search serve --addr :8080 --log-format json --token-file token`

// serveFlags are the flags of the command.
type serveFlags struct {
	index          *string
	addr           string
	logFormat      *string
	logLevel       *string
	rate           float64
	rateGiven      bool
	maxConcurrent  int
	maxConnections int
	timeout        time.Duration
	drain, grace   time.Duration
	proxies        []string
	origins        []string
	tokenFile      string
	pages          string
	aliases        string
	keys           string
}

func newServe(index *string) *cobra.Command {
	f := serveFlags{index: index}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer questions over HTTP",
		Long:  serveLong,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return cli.Usage("serve takes no words; to look for the word itself: search '\"serve\"'")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			f.rateGiven = cmd.Flags().Changed("rate")
			return serve(cmd, f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.addr, "addr", "127.0.0.1:8080", "`address` to listen on; port 0 takes a free one")
	f.logFormat = cli.ChoiceFlag(cmd, "log-format", "`form` of the log", "text", "json")
	f.logLevel = cli.ChoiceFlag(cmd, "log-level", "`level` from which on lines are logged", "info", "debug", "warn", "error")
	fl.Float64Var(&f.rate, "rate", 0, fmt.Sprintf("answer one client `N` times a second, and four times as often for a moment;\n"+
		"0 is no limit (none on a loopback address without proxies, else %d)", publicRate))
	fl.IntVar(&f.maxConcurrent, "max-concurrent", 0, "work on `N` requests at once; 0 means four for each processor")
	fl.IntVar(&f.maxConnections, "max-connections", 0, fmt.Sprintf("keep `N` connections at once; 0 means %d", maxConnections))
	fl.DurationVar(&f.timeout, "timeout", 0, "the longest `time` for one question; 0 means 10s")
	fl.DurationVar(&f.drain, "drain", 0, "`time` to go on answering after an interrupt, while /readyz says no")
	fl.DurationVar(&f.grace, "grace", 15*time.Second, "`time` for the requests under way to end, before they are cut off")
	fl.StringSliceVar(&f.proxies, "trusted-proxy", nil, "`network` of proxies whose X-Forwarded-For is believed; may be repeated")
	fl.StringSliceVar(&f.origins, "cors-origin", nil, "`origin` whose pages may ask the API, or *; may be repeated")
	fl.StringVar(&f.tokenFile, "token-file", "", "`file` with the token that the API asks for; also $BAOGAO_TOKEN")
	fl.StringVar(&f.pages, "pages", "", "`address` under which others reach this service, as https://baogao.example.cn, for links in\n"+
		"answers to language models; the one listened on if not given")
	fl.StringVar(&f.aliases, "aliases", "", aliasesUsage)
	fl.StringVar(&f.keys, "keys", "", keysUsage)
	return cmd
}

// serve runs the server until the command's context is done, and then lets
// the requests under way end.
func serve(cmd *cobra.Command, f serveFlags) error {
	o, err := f.options()
	if err != nil {
		return err
	}
	aliases, err := readAliases(f.aliases)
	if err != nil {
		return err
	}
	own, err := readKeys(cmd, f.keys)
	if err != nil {
		return err
	}
	stderr := cmd.ErrOrStderr()
	log := f.logger(stderr)
	var following atomic.Bool // an error before that is returned
	s, err := engine.Follow(*f.index, func(err error) {
		if following.Load() {
			log.Warn("the newest index cannot be used; the former one answers", "err", err)
		}
	})
	if err != nil {
		return err
	}
	following.Store(true)
	defer s.Close()
	listener, err := listen(f.addr)
	if err != nil {
		return err
	}
	cli.Printf(stderr, "search: listening on http://%s\n", listener.Addr())
	if _, err := s.State(cmd.Context()); errors.Is(err, baogao.ErrNoIndex) {
		cli.Printf(stderr, "search: note: there is no index at %s yet; questions are answered once it is built\n", *f.index)
	}
	stopping := make(chan struct{})
	o.Log, o.Stopping = log, stopping
	o.Rate = f.rateOn(listener.Addr())
	server := &http.Server{
		Handler:                      web.New(keyed.Over(s, own), web.Options{Version: cli.Version(), Aliases: aliases, Keys: own.Sum(), Pages: cmp.Or(f.pages, "http://"+listener.Addr().String()), Service: o}),
		DisableGeneralOptionsHandler: true,
		ReadHeaderTimeout:            readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout + f.timeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	listener = netutil.LimitListener(listener, cmp.Or(f.maxConnections, maxConnections))
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-cmd.Context().Done():
	}
	log.Info("stopping", "drain", f.drain.String(), "grace", f.grace.String())
	close(stopping)
	return f.stop(server, failed, log)
}

// stop ends a server: it answers on for a while, then lets the requests under
// way end, and cuts off those that do not in time.
func (f *serveFlags) stop(server *http.Server, failed <-chan error, log *slog.Logger) error {
	select {
	case err := <-failed:
		return err
	case <-time.After(f.drain):
	}
	ctx, cancel := context.WithTimeout(context.Background(), f.grace)
	defer cancel()
	if err := server.Shutdown(ctx); errors.Is(err, context.DeadlineExceeded) {
		log.Warn("the requests still under way are cut off", "after", f.grace.String())
		server.Close() // its error is of connections that are cut off anyway
	} else if err != nil {
		return err
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// listen listens on an address.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	var unread *net.AddrError
	var unknown *net.DNSError
	if errors.As(err, &unread) || errors.As(err, &unknown) {
		return nil, cli.Usage("--addr %s: %v; write it as 127.0.0.1:8080, or :8080 for all interfaces", addr, err)
	}
	if errors.Is(err, fs.ErrPermission) {
		return nil, cli.Usage("--addr %s: %v; give this user the right to it, or take a port from 1024", addr, err)
	}
	return l, err
}

// options makes the options of the service of the flags.
func (f *serveFlags) options() (service.Options, error) {
	o := service.Options{Concurrent: f.maxConcurrent, Timeout: f.timeout, Origins: f.origins}
	switch {
	case !(f.rate >= 0 && f.rate <= maxRate): // as NaN
		return o, cli.Usage("--rate takes a number from 0 to %d", maxRate)
	case f.maxConcurrent < 0 || f.maxConnections < 0:
		return o, cli.Usage("--max-concurrent and --max-connections take numbers from 0")
	}
	for _, d := range []time.Duration{f.timeout, f.drain, f.grace} {
		if d < 0 || d > maxTime {
			return o, cli.Usage("--timeout, --drain and --grace take times from 0, as 10s, to %s", maxTime)
		}
	}
	for _, p := range f.proxies {
		network, err := parseNetwork(p)
		if err != nil {
			return o, cli.Usage("--trusted-proxy %s is no network; write it as 10.0.0.0/8 or 10.1.2.3", p)
		}
		o.TrustedProxies = append(o.TrustedProxies, network)
	}
	for _, origin := range f.origins {
		if !service.IsOrigin(origin) {
			return o, cli.Usage("--cors-origin %s is no origin; write it as https://example.cn, without a path, "+
				"https://*.example.cn for all hosts below that one, or * alone for all", origin)
		}
	}
	var err error
	o.Token, err = f.token()
	return o, err
}

func parseNetwork(text string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	return netip.ParsePrefix(text)
}

// token returns the token that the API asks for, "" when it asks for none.
func (f *serveFlags) token() (string, error) {
	from, text := "$BAOGAO_TOKEN", os.Getenv("BAOGAO_TOKEN")
	if f.tokenFile != "" {
		b, err := os.ReadFile(f.tokenFile)
		if err != nil {
			return "", fmt.Errorf("--token-file: %w", err)
		}
		from, text = "--token-file "+f.tokenFile, string(b)
	}
	token := strings.TrimSpace(text)
	switch {
	case token == "" && f.tokenFile != "":
		return "", fmt.Errorf("%s: empty; write the token into it", from)
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r >= 0x7F }):
		return "", fmt.Errorf("%s: more than a word of ASCII; give the token alone", from)
	}
	return token, nil
}

func (f *serveFlags) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(*f.logLevel)); err != nil {
		panic(err) // the flag takes no others
	}
	var h slog.Handler = slog.NewTextHandler(cli.Lines(w), &slog.HandlerOptions{Level: level})
	if *f.logFormat == "json" {
		h = slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level})
	}
	return slog.New(service.LogHandler(h))
}

// rateOn is the limit on the rate of one client of a server at an address.
// Only who uses the machine asks on a loopback address, unless a proxy does.
func (f *serveFlags) rateOn(addr net.Addr) float64 {
	tcp, ok := addr.(*net.TCPAddr)
	if f.rateGiven || ok && tcp.IP.IsLoopback() && len(f.proxies) == 0 {
		return f.rate
	}
	return publicRate
}
