package service

import (
	"container/list"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// maxClients is how many clients are remembered. One that is forgotten begins
// anew: a scan of addresses costs no memory, and a client that is forgotten
// among so many was idle or is one of a crowd.
const maxClients = 10_000

// clients limits the rate of each client.
type clients struct {
	limit rate.Limit
	burst int

	mu     sync.Mutex
	byAddr map[netip.Prefix]*list.Element
	recent *list.List // of *client, the one seen last in front
}

type client struct {
	addr    netip.Prefix
	limiter *rate.Limiter
}

func newClients(perSecond float64, burst int) *clients {
	return &clients{limit: rate.Limit(perSecond), burst: burst, byAddr: map[netip.Prefix]*list.Element{}, recent: list.New()}
}

// wait returns how long a client has to wait before its next request; 0 lets
// this one through.
func (c *clients) wait(addr netip.Addr, now time.Time) time.Duration {
	if c.limit <= 0 {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.limiter(household(addr))
	if l.AllowN(now, 1) {
		return 0
	}
	missing := 1 - l.TokensAt(now)
	return max(1, time.Duration(missing/float64(c.limit)*float64(time.Second)))
}

// limiter returns the limiter of a client, and forgets the one idle longest
// for a new one.
func (c *clients) limiter(addr netip.Prefix) *rate.Limiter {
	if e, ok := c.byAddr[addr]; ok {
		c.recent.MoveToFront(e)
		return e.Value.(*client).limiter
	}
	if c.recent.Len() >= maxClients {
		last := c.recent.Remove(c.recent.Back()).(*client)
		delete(c.byAddr, last.addr)
	}
	l := rate.NewLimiter(c.limit, c.burst)
	c.byAddr[addr] = c.recent.PushFront(&client{addr, l})
	return l
}

// household is what is one client: an address of IPv4, or a network of 64
// bits of IPv6, which is the least that a subscriber is given.
func household(addr netip.Addr) netip.Prefix {
	bits := addr.BitLen()
	if addr.Is6() {
		bits = 64
	}
	p, _ := addr.Prefix(bits) // the zero Prefix for an address that is not known
	return p
}

// clientOf returns the address a request comes from: of the connection or,
// behind proxies that are trusted, the last one in X-Forwarded-For that none
// of them has. What stands before it was written by who knows whom. The zero
// Addr is not known.
func clientOf(r *http.Request, trusted []netip.Prefix) netip.Addr {
	trusts := func(addr netip.Addr) bool {
		return slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(addr) })
	}
	addr := parseAddr(r.RemoteAddr)
	if !trusts(addr) {
		return addr
	}
	for _, line := range slices.Backward(r.Header.Values("X-Forwarded-For")) {
		for line != "" {
			i := strings.LastIndexByte(line, ',')
			hop := parseAddr(strings.TrimSpace(line[i+1:]))
			if !hop.IsValid() {
				return addr
			}
			if addr = hop; !trusts(addr) {
				return addr
			}
			line = line[:max(i, 0)]
		}
	}
	return addr
}

// isLocal tells requests of this machine that no proxy passes on for a client
// elsewhere.
func isLocal(r *http.Request) bool {
	proxied := []string{"X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via"}
	return parseAddr(r.RemoteAddr).IsLoopback() &&
		!slices.ContainsFunc(proxied, func(name string) bool { return len(r.Header[name]) > 0 })
}

// parseAddr reads an address with or without a port.
func parseAddr(text string) netip.Addr {
	if ap, err := netip.ParseAddrPort(text); err == nil {
		return ap.Addr().Unmap().WithZone("")
	}
	addr, _ := netip.ParseAddr(strings.Trim(text, "[]"))
	return addr.Unmap().WithZone("")
}

// addrText is an address as the log shows it.
func addrText(addr netip.Addr) string {
	if !addr.IsValid() {
		return "unknown"
	}
	return addr.String()
}
