package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
)

// Hash is a SHA-256 as 64 hexadecimal digits; "" before the first entry.
type Hash string

// Entry is an event in its place of the chain.
type Entry struct {
	Number int64 `json:"number"` // from 1, without gaps
	Event
	Previous Hash `json:"previous"`
	Hash     Hash `json:"hash"` // of all the above
}

// Head is where the trail stands: the number and hash of its last entry; the zero Head is that of an empty one. Who notes it elsewhere can
// tell later that everything up to it is as it was.
type Head struct {
	Number int64 `json:"number"`
	Hash   Hash  `json:"hash"`
}

// WellFormed reports whether it can be the hash of an entry: 64 hexadecimal digits in small letters.
func (h Hash) WellFormed() bool {
	return len(h) == 2*sha256.Size && strings.Trim(string(h), "0123456789abcdef") == ""
}

// String is the head as people note it: "17:9f86…".
func (h Head) String() string { return strconv.FormatInt(h.Number, 10) + ":" + string(h.Hash) }

// ParseHead reads what String wrote, of an entry from 1 on; false of anything else.
func ParseHead(text string) (Head, bool) {
	number, hash, _ := strings.Cut(text, ":")
	n, err := strconv.ParseInt(number, 10, 64)
	head := Head{n, Hash(hash)}
	return head, err == nil && n >= 1 && len(number) <= digits && head.Hash.WellFormed()
}

// next is the entry of an event behind a head.
func (h Head) next(e Event) (Entry, error) {
	entry := Entry{Number: h.Number + 1, Event: e, Previous: h.Hash}
	sum, err := entry.sum()
	entry.Hash = sum
	return entry, err
}

// head is where a trail stands whose last entry this is.
func (e Entry) head() Head { return Head{e.Number, e.Hash} }

// day is the one of its moment, in UTC.
func (e Event) day() civil.Date { return civil.Of(e.At, time.UTC) }

// sum is the hash of an entry: of its JSON without white space, members in the order of the fields, Hash empty.
func (e Entry) sum() (Hash, error) {
	e.Hash = ""
	text, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("audit: entry %d: %w", e.Number, err)
	}
	sum := sha256.Sum256(text)
	return Hash(hex.EncodeToString(sum[:])), nil
}
