package nodes

import (
	"cmp"
	"fmt"
	"net"
	"os"
	"strings"
)

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
func (s secrets) guard(l Location) error {
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
