package httpapi

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/problem"
)

// tag names what is answered: by the version of its record and the language in which it is told, or by its very bytes. So the same state in
// another language has another one, and an answer with a new link is never taken for an old one whose link has expired.
func (q *asking) tag(got *answer, text []byte) string {
	if got.version != 0 {
		return `"` + strconv.FormatInt(got.version, 10) + "." + string(q.lang) + `"`
	}
	sum := sha256.Sum256(text)
	return `"` + hex.EncodeToString(sum[:16]) + `"`
}

// tags are those that a header lists; no tag of ours has a comma. A proxy that compresses answers makes their tags weak ("W/"), which
// changes nothing of what they name.
func (q *asking) tags(header string) []string {
	var list []string
	for _, line := range q.Header.Values(header) {
		for one := range strings.SplitSeq(line, ",") {
			if one = strings.TrimPrefix(strings.TrimSpace(one), "W/"); one != "" {
				list = append(list, one)
			}
		}
	}
	return list
}

// tagged gives an answer its tag, and reports whether who asks has it already (RFC 9110, If-None-Match).
func (q *asking) tagged(header http.Header, got *answer, text []byte) (known bool) {
	reads := q.Method == http.MethodGet && got.status == http.StatusOK
	if !reads && got.version == 0 {
		return false
	}
	own := q.tag(got, text)
	header.Set("ETag", own)
	for _, one := range q.tags("If-None-Match") {
		if reads && (one == "*" || one == own) {
			return true
		}
	}
	return false
}

// version is the one of the record that whoever asks for a change has seen: what the ETag says that is sent back in If-Match. Whether the
// record still has it, the change itself finds out. IF_MATCH_MISSING; RECORD_CHANGED for what is the tag of no version.
func (q *asking) version() (int64, error) {
	tags := q.tags("If-Match")
	if len(tags) == 0 {
		return 0, problem.New("IF_MATCH_MISSING")
	}
	number, _, _ := strings.Cut(strings.TrimPrefix(tags[0], `"`), ".")
	version, err := strconv.ParseInt(number, 10, 64)
	if err != nil || version < 1 || len(tags) > 1 {
		return 0, problem.New("RECORD_CHANGED")
	}
	return version, nil
}
