package httpapi

import (
	"net/netip"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/ratelimit"
)

// Limits are how often may be asked, each counted for itself. The zero value sets no limit.
type Limits struct {
	Person  ratelimit.Rate // of a person who is signed in: requests
	Address ratelimit.Rate // of an address: requests that no such person makes
	SignIn  ratelimit.Rate // of an address: steps of signing in
}

// UsualLimits are those of a host that people reach.
func UsualLimits() Limits {
	return Limits{
		Person:  ratelimit.Rate{Burst: 300, Every: time.Second / 50},
		Address: ratelimit.Rate{Burst: 240, Every: time.Second / 4},
		SignIn:  ratelimit.Rate{Burst: 60, Every: 2 * time.Second},
	}
}

// remembered is how many people and addresses are remembered at least, and half of how many at most.
const remembered = 10_000

// limits holds callers to Limits.
type limits struct{ people, addresses, signIns *ratelimit.Limiter }

func newLimits(l Limits, clock identity.Clock) limits {
	of := func(rate ratelimit.Rate) *ratelimit.Limiter { return ratelimit.New(rate, remembered, clock) }
	return limits{people: of(l.Person), addresses: of(l.Address), signIns: of(l.SignIn)}
}

// arrived counts a request at its address, before anybody knows whose it is: TOO_MANY_REQUESTS.
func (l limits) arrived(q *asking) error {
	address := addressOf(q.RemoteAddr)
	wait := l.addresses.Take(address)
	if wait == 0 && strings.HasPrefix(q.route.Pattern, "/signin") {
		wait = l.signIns.Take(address)
	}
	return q.tooMany(wait)
}

// recognised counts a request at the person whose it is, and no longer at the address, which a whole ministry may share: TOO_MANY_REQUESTS.
func (l limits) recognised(q *asking) error {
	person := q.person()
	switch {
	case person == "":
		return q.late
	case q.late == nil:
		l.addresses.GiveBack(addressOf(q.RemoteAddr))
	}
	q.late, q.wait = nil, 0
	return q.tooMany(l.people.Take(person))
}

// mayBeSomebody reports whether a request can turn out to be of a person who is signed in: whoever else asks at the same address, or behind
// the same proxy, keeps nobody out who is.
func (q *asking) mayBeSomebody() bool {
	return q.route.serve != nil && !q.route.Public && len(q.Header.Values("Cookie")) > 0
}

// tooMany is the answer to who has to wait.
func (q *asking) tooMany(wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	q.wait = (wait + time.Second - 1).Truncate(time.Second)
	return problem.New("TOO_MANY_REQUESTS").WithInt("seconds", int(q.wait.Seconds()))
}

// addressOf is what counts of the address at the other end of a connection, as hosts give it with a port or without: of IPv6 the first 64 bits,
// since whoever has one address has all that begin like it.
func addressOf(remote string) string {
	end, err := netip.ParseAddrPort(remote)
	address := end.Addr()
	if err != nil {
		if address, err = netip.ParseAddr(remote); err != nil {
			return remote
		}
	}
	address = address.Unmap().WithZone("")
	if address.Is4() {
		return address.String()
	}
	prefix, err := address.Prefix(64)
	if err != nil { // 64 bits are some of an IPv6 address
		return remote
	}
	return prefix.String()
}
