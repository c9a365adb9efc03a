package summary

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
)

// Most is how many bytes of canonical JSON a report has at most: it is kept in one item of a table that takes 400 KB.
const Most = 300_000

// Canonical is the report as JSON, the same bytes for the same report, and their SHA-256 in hexadecimal digits. It is Bounded.
func (r Report) Canonical() (body []byte, sum string) {
	body = encode(r.Bounded())
	hash := sha256.Sum256(body)
	return body, hex.EncodeToString(hash[:])
}

// Read is the report of a canonical JSON.
func Read(body []byte) (r Report, err error) {
	err = json.Unmarshal(body, &r)
	return r, err
}

func encode(r Report) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil { // numbers, texts, dates and moments always have a JSON
		panic(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// Bounded cuts the lists of a report that is larger than Most, the longest one first to half of what it has, until it isn't: what isn't
// listed is counted. Figures are never left out; the changes of many figures are, last, since the figures say it too.
func (r Report) Bounded() Report {
	r.Lists = slices.Clone(r.Lists)
	for len(encode(r)) > Most {
		longest := -1
		for i, l := range r.Lists {
			if len(l.Entries) > 0 && (longest < 0 || len(l.Entries) > len(r.Lists[longest].Entries)) {
				longest = i
			}
		}
		if longest < 0 {
			r.Changes = r.Changes[:len(r.Changes)/2]
			if len(r.Changes) == 0 {
				return r
			}
			continue
		}
		l := &r.Lists[longest]
		keep := len(l.Entries) / 2
		l.More += len(l.Entries) - keep
		l.Entries = l.Entries[:keep:keep]
	}
	return r
}
