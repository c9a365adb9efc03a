package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
)

// Hash is a SHA-256 as 64 hexadecimal digits; "" before the first batch.
type Hash string

// Link is a batch in the chain: an interactive entry is a batch of one, an import is one batch.
type Link struct {
	Number   int64  `json:"number"`  // from 1, without gaps
	Batch    string `json:"batch"`   // identifier of the import or request
	Entries  int    `json:"entries"` // 1 or more
	Content  Hash   `json:"content"` // rolling hash of the batch's entries
	Previous Hash   `json:"previous"`
	Hash     Hash   `json:"hash"` // of all the above
}

// Head is where a ledger stands: its last link, how many entries there are up to it, and what follows from them.
type Head struct {
	Link     Link     `json:"link"`
	Total    int64    `json:"total"` // entries from the first
	Balances Balances `json:"balances"`
}

// Rolling hashes the entries of a batch one after the other, so that a batch of any size is hashed in constant memory. The zero value
// is ready, and a Rolling made of a State goes on from there.
type Rolling struct {
	entries int
	hash    Hash
}

// Resume goes on after so many entries with that hash.
func Resume(entries int, hash Hash) Rolling { return Rolling{entries, hash} }

// Add takes in the next entry: the hash is then that of the one before and the entry's canonical text.
func (r *Rolling) Add(e Entry) error {
	text, err := e.Canonical()
	if err != nil {
		return err
	}
	r.hash = digest(string(r.hash), string(text))
	r.entries++
	return nil
}

// Sum is how many entries were added and the hash over them.
func (r Rolling) Sum() (entries int, hash Hash) { return r.entries, r.hash }

// Next is the link behind another for a batch of entries.
func (l Link) Next(batch string, r Rolling) Link {
	next := Link{Number: l.Number + 1, Batch: batch, Entries: r.entries, Content: r.hash, Previous: l.Hash}
	next.Hash = next.sum()
	return next
}

func (l Link) sum() Hash {
	return digest(strconv.FormatInt(l.Number, 10), l.Batch, strconv.Itoa(l.Entries), string(l.Content), string(l.Previous))
}

// digest hashes texts, each after its length and a line end, so that no two lists of texts are spelled alike.
func digest(texts ...string) Hash {
	h := sha256.New()
	for _, text := range texts {
		fmt.Fprintf(h, "%d\n%s", len(text), text)
	}
	return Hash(hex.EncodeToString(h.Sum(nil)))
}

// Canonical is the one text of an entry that is hashed: JSON without white space, members in the order of Entry's fields, those
// without a value left out, attributes in the order of their names, nothing escaped that JSON doesn't ask for.
func (e Entry) Canonical() ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(e); err != nil {
		return nil, fmt.Errorf("ledger: %s: %w", e.ID, err)
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), nil
}
