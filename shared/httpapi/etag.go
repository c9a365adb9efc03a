package httpapi

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
)

// etag names what is answered by its very bytes. So the same state in another language has another one, and an answer with a new link
// is never taken for an old one whose link has expired.
func etag(text []byte) string {
	sum := sha256.Sum256(text)
	return `"` + hex.EncodeToString(sum[:16]) + `"`
}

// has reports whether who asks has the answer with this tag already (RFC 9110, If-None-Match).
func (q *asking) has(tag string) bool {
	for _, line := range q.Header.Values("If-None-Match") {
		for one := range strings.SplitSeq(line, ",") { // no tag of ours has a comma
			one = strings.TrimSpace(one)
			if one == "*" || strings.TrimPrefix(one, "W/") == tag {
				return true
			}
		}
	}
	return false
}

// tagged gives the answer to a question its tag, and reports whether who asks has it already.
func (q *asking) tagged(header http.Header, status int, text []byte) (known bool) {
	if q.Method != http.MethodGet || status != http.StatusOK {
		return false
	}
	tag := etag(text)
	header.Set("ETag", tag)
	return q.has(tag)
}
