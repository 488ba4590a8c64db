package opensearch

import (
	"cmp"
	"fmt"
	"net"
	"net/url"
	"os"
	"regexp"
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

// A location is an index in a cluster: opensearch://HOST:PORT,HOST:PORT/NAME, or
// opensearch+https:// where the nodes speak TLS.
type location struct {
	urls []*url.URL
	name string
}

const defaultPort = "9200"

// indexName is a name that OpenSearch takes; no lock has one.
var indexName = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,99}$`)

func parseLocation(text string) (location, error) {
	scheme, rest, _ := strings.Cut(text, "://")
	hosts, name, _ := strings.Cut(rest, "/")
	l := location{name: name}
	fault := func(why string) (location, error) {
		return location{}, fmt.Errorf("%s: %s; write it as opensearch://HOST:9200,HOST:9200/NAME", strings.Replace(text, userOf(hosts), "…@", 1), why)
	}
	switch {
	case strings.Contains(hosts, "@"):
		return fault("a password in an address is read by all; set BAOGAO_OPENSEARCH_USER and BAOGAO_OPENSEARCH_PASSWORD_FILE")
	case !indexName.MatchString(name):
		return fault("the name of the index has small Latin letters, digits, - and _ alone")
	case numberOf(name) > 0:
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

// userOf is the part of hosts that may be a password, with its @.
func userOf(hosts string) string { return hosts[:strings.LastIndex(hosts, "@")+1] }

// String is the location without anything secret.
func (l location) String() string {
	var hosts []string
	for _, u := range l.urls {
		hosts = append(hosts, u.Host)
	}
	scheme := plainScheme
	if l.urls[0].Scheme == "https" {
		scheme = tlsScheme
	}
	return scheme + "://" + strings.Join(hosts, ",") + "/" + l.name
}

// secrets are what a client shows to be let in, of the environment.
type secrets struct {
	user, password, token string
	ca                    []byte // PEM of who signs the certificates of the nodes; nil means who the system trusts
}

// readSecrets reads BAOGAO_OPENSEARCH_USER with _PASSWORD or _PASSWORD_FILE, or
// _TOKEN or _TOKEN_FILE, and _CA, a file.
func readSecrets() (s secrets, err error) {
	const prefix = "BAOGAO_OPENSEARCH_"
	secret := func(name string) string {
		value := os.Getenv(prefix + name)
		if file := os.Getenv(prefix + name + "_FILE"); file != "" {
			b, fault := os.ReadFile(file)
			err = cmp.Or(err, fault)
			value = strings.TrimSpace(string(b))
		}
		return value
	}
	s.user, s.password, s.token = os.Getenv(prefix+"USER"), secret("PASSWORD"), secret("TOKEN")
	if file := os.Getenv(prefix + "CA"); file != "" {
		b, fault := os.ReadFile(file)
		s.ca, err = b, cmp.Or(err, fault)
	}
	return s, err
}

// guard refuses to send secrets in the clear to another machine.
func (s secrets) guard(l location) error {
	if s.user == "" && s.token == "" {
		return nil
	}
	for _, u := range l.urls {
		ip := net.ParseIP(u.Hostname())
		if u.Scheme != "https" && u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return fmt.Errorf("%s: a password would go over the network in the clear; write the address as %s://", l, tlsScheme)
		}
	}
	return nil
}
