package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/cli"
	"baogao/internal/engine"
	"baogao/internal/web"
)

// Limits of the server, against clients that are slow on purpose or by fate.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 120 * time.Second
	maxHeaderBytes    = 1 << 18 // a question of 10,000 characters, percent-encoded
	graceTimeout      = 15 * time.Second
)

const serveLong = `Serve answers questions over HTTP, as JSON:

    GET /api/v1/search?q=&region=&level=&year=&kind=&sort=&offset=&limit=
    GET /api/v1/reports/{id}    GET /api/v1/passages/{id}
    GET /api/v1/regions?q=      GET /healthz    GET /readyz

A new generation of the index is picked up within seconds and without a
restart. Questions under way end on the one they began with.

    search serve --addr 127.0.0.1:8080`

func newServe(index *string) *cobra.Command {
	var addr string
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
		RunE: func(cmd *cobra.Command, _ []string) error { return serve(cmd, *index, addr) },
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "`address` to listen on; port 0 takes a free one")
	return cmd
}

// serve runs the server until the command's context is done, and then lets
// the requests under way end.
func serve(cmd *cobra.Command, index, addr string) error {
	log := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
	s, err := engine.Follow(index, engine.Options{Resolve: resolve, OnError: func(err error) {
		log.Warn("no newer index", "err", err)
	}})
	if err != nil {
		return err
	}
	defer s.Close()
	server := &http.Server{
		Handler:           web.New(s, web.Options{Resolve: resolve, Log: log}),
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "search: listening on http://%s\n", listener.Addr())
	if _, err := s.Stats(cmd.Context()); errors.Is(err, baogao.ErrNoIndex) {
		fmt.Fprintf(cmd.ErrOrStderr(), "search: note: there is no index at %s yet; questions are answered once it is built\n", index)
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-cmd.Context().Done():
	}
	ctx, cancel := context.WithTimeout(context.Background(), graceTimeout)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return fmt.Errorf("requests still under way after %v: %w", graceTimeout, err)
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
