package httpapi_test

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// odd are texts that nobody expects.
var odd = []string{
	"", " ", "\x00", "#", "FR#", "#brest", "FR#brest", "FR#brest#health", "..", "é", "\u202e", "FR#" + strings.Repeat("é", 900),
	strings.Repeat("x", 9000),
	"2025-02-30", "9999-12-31", "0001-01-01", "health", "2025-2027", "cluster/1.4", "cluster/1.4#1", "reported", "merged", "joined", "held",
}

// What comes in at a field or in a path can be anything: whatever it is, it is served or refused, and never a fault of ours.
func TestNothingThatIsSentToTheNetworkIsAFaultOfOurs(t *testing.T) {
	w := settle(t)
	random := rand.New(rand.NewPCG(8, 8))
	pick := func() string { return odd[random.IntN(len(odd))] }
	queries := []string{"on", "from", "to", "term", "cluster", "country", "region", "state"}
	fields := []string{
		"kind", "on", "name", "into", "cluster", "reason", "city", "until", "objectives", "line", "title", "host", "by", "status", "outcome", "text",
	}
	for _, r := range append(networkRows, planRows...) {
		method, _, _ := strings.Cut(r.route, " ")
		var given map[string]any
		if r.own.body != "" {
			if err := json.Unmarshal([]byte(r.own.body), &given); err != nil {
				t.Fatal(err)
			}
		}
		for range 40 {
			path, body := r.own.path, ""
			if random.IntN(2) == 0 {
				parts := strings.Split(path, "/")
				parts[len(parts)-1-random.IntN(len(parts)-2)] = url.PathEscape(pick())
				path = strings.Join(parts, "/")
			}
			if method != http.MethodGet {
				sent := map[string]any{}
				for name, value := range given {
					sent[name] = value
				}
				name := fields[random.IntN(len(fields))]
				if _, has := given[name]; has || random.IntN(3) == 0 {
					sent[name] = pick()
				}
				text, err := json.Marshal(sent)
				if err != nil {
					t.Fatal(err)
				}
				body = string(text)
			} else {
				path += "?" + url.Values{queries[random.IntN(len(queries))]: {pick()}}.Encode()
			}
			got := w.ask(method, path, body, r.own.header...)
			if got.status >= http.StatusInternalServerError {
				t.Errorf("%s %q %.200q: %d %s", method, path, body, got.status, w.log.String()[max(0, w.log.Len()-600):])
			}
		}
	}
}
