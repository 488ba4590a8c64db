package workload

import (
	"context"
	"net/http"
	"strings"
)

// Get asks a server. Headers are given as "Name: value".
func Get(ctx context.Context, client *http.Client, address string, headers ...string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Add(name, value)
	}
	return client.Do(req)
}
