package nodes

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// The schemes of locations.
const (
	plainScheme = "opensearch"
	tlsScheme   = "opensearch+https"
)

// Is reports whether a location names an index in a cluster.
func Is(location string) bool {
	scheme, _, ok := strings.Cut(location, "://")
	return ok && (scheme == plainScheme || scheme == tlsScheme)
}

// A Location is an index in a cluster: opensearch://HOST:PORT,HOST:PORT/NAME, or
// opensearch+https:// where the nodes speak TLS.
type Location struct {
	urls []*url.URL
	Name string
}

const defaultPort = "9200"

// indexName is a name that OpenSearch takes; no lock has one.
var indexName = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,99}$`)

func parseLocation(text string) (Location, error) {
	scheme, rest, _ := strings.Cut(text, "://")
	hosts, name, _ := strings.Cut(rest, "/")
	l := Location{Name: name}
	fault := func(why string) (Location, error) {
		return Location{}, fmt.Errorf("%s: %s; write it as opensearch://HOST:9200,HOST:9200/NAME", strings.Replace(text, userOf(hosts), "…@", 1), why)
	}
	switch {
	case strings.Contains(hosts, "@"):
		return fault("a password in an address is read by all; set BAOGAO_OPENSEARCH_USER and BAOGAO_OPENSEARCH_PASSWORD_FILE")
	case !indexName.MatchString(name):
		return fault("the name of the index has small Latin letters, digits, - and _ alone")
	case NumberOf(name) > 0:
		return fault("the name of the index ends as that of a generation does")
	}
	for host := range strings.SplitSeq(hosts, ",") {
		if host == "" {
			return fault("a host is empty")
		}
		if _, _, err := net.SplitHostPort(host); err != nil {
			host = net.JoinHostPort(strings.Trim(host, "[]"), defaultPort)
		}
		u, err := url.Parse(map[string]string{plainScheme: "http", tlsScheme: "https"}[scheme] + "://" + host)
		if err != nil {
			return fault("a host cannot be read")
		}
		l.urls = append(l.urls, u)
	}
	return l, nil
}

// Index is what the index of a generation is called in the cluster.
func (l Location) Index(generation int) string { return fmt.Sprintf("%s-%06d", l.Name, generation) }

var generationName = regexp.MustCompile(`-([0-9]{6,})$`)

// NumberOf is the number of the generation that an index is, 0 for none.
func NumberOf(index string) int {
	m := generationName.FindStringSubmatch(index)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// userOf is the part of hosts that may be a password, with its @.
func userOf(hosts string) string { return hosts[:strings.LastIndex(hosts, "@")+1] }

// String is the location without anything secret.
func (l Location) String() string {
	var hosts []string
	for _, u := range l.urls {
		hosts = append(hosts, u.Host)
	}
	scheme := plainScheme
	if l.urls[0].Scheme == "https" {
		scheme = tlsScheme
	}
	return scheme + "://" + strings.Join(hosts, ",") + "/" + l.Name
}
