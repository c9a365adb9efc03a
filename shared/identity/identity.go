// Package identity gives out the time and new identifiers, so that whoever needs either is handed it and tests decide both.
// It knows nothing of who uses them.
package identity

import (
	"crypto/rand"
	"io"
	"sync"
	"time"
)

// Clock tells the time.
type Clock func() time.Time

// System is the machine's clock, in UTC.
func System() Clock { return func() time.Time { return time.Now().UTC() } }

// Fixed is a clock that stands still, for tests and for acting as of a stated moment.
func Fixed(t time.Time) Clock { return func() time.Time { return t } }

// IDs makes an identifier that was never made before. It is safe for concurrent use.
type IDs func() string

// alphabet is Crockford's base 32 in small letters: in the order of ASCII, so that identifiers sort as their bits do, without
// letters that people confuse when reading one aloud.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// length of an identifier: 130 bits in base 32, of which 128 are used.
const length = 26

// NewIDs makes identifiers of 26 characters (0-9a-z without i, l, o, u) that sort by the time of their making: 48 bits of
// milliseconds, then 80 random bits, as ULIDs do. Those of one millisecond, or made while the clock stands or goes back, still
// ascend. A nil source is crypto/rand; a source that fails is replaced by it.
func NewIDs(clock Clock, source io.Reader) IDs {
	if source == nil {
		source = rand.Reader
	}
	g := &generator{clock: clock, source: source}
	return g.next
}

// longest is how many characters an identifier that others give us may have.
const longest = 64

// WellFormed reports whether a text that came from outside can be an identifier: 1–64 letters and digits of ASCII, hyphens and
// underscores. So it needs no care in a key, a blob's name, an address or a log.
func WellFormed(id string) bool {
	if id == "" || len(id) > longest {
		return false
	}
	for i := range len(id) {
		switch c := id[i]; {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '-', c == '_':
		default:
			return false
		}
	}
	return true
}

type generator struct {
	mu     sync.Mutex
	clock  Clock
	source io.Reader
	last   [16]byte
}

func (g *generator) next() string {
	now := uint64(g.clock().UnixMilli())
	g.mu.Lock()
	defer g.mu.Unlock()
	if now > milliseconds(g.last) {
		for i := range 6 {
			g.last[i] = byte(now >> (40 - 8*i))
		}
		if _, err := io.ReadFull(g.source, g.last[6:]); err != nil {
			rand.Read(g.last[6:]) // never fails
		}
	} else {
		increment(&g.last)
	}
	return encode(g.last)
}

func milliseconds(id [16]byte) uint64 {
	var ms uint64
	for _, b := range id[:6] {
		ms = ms<<8 | uint64(b)
	}
	return ms
}

// increment adds one, carrying into the milliseconds in the unlikely case that 80 random bits overflow.
func increment(id *[16]byte) {
	for i := len(id) - 1; i >= 0; i-- {
		id[i]++
		if id[i] != 0 {
			return
		}
	}
}

// encode writes 128 bits in groups of five, the first group having but three.
func encode(id [16]byte) string {
	var out [length]byte
	var bits uint
	var held uint32
	at := length - 1
	for i := len(id) - 1; i >= 0; i-- {
		held |= uint32(id[i]) << bits
		for bits += 8; bits >= 5; bits -= 5 {
			out[at] = alphabet[held&31]
			held >>= 5
			at--
		}
	}
	out[at] = alphabet[held&31]
	return string(out[:])
}
