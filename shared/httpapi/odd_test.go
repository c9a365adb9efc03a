package httpapi_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
)

// odd are values that nobody expects.
var odd = []any{
	"", " ", "\x00", "#", "FR#", "#brest", "FR#brest", "FR#brest#health", "..", "é", "\u202e", "FR#" + strings.Repeat("é", 900),
	strings.Repeat("x", 9000), "2025-02-30", "9999-12-31", "0001-01-01", "2027-01-01T00:00:00Z", "health", "2025-2027", "2025", "USD", "en",
	"donor_country#KR", "cluster/1.4", "cluster/1.4#1", "reported", "merged", "joined", "held", "all", "valid",
	nil, true, 0, -1, 1e300, 9007199254740993, []any{}, []any{"a"}, map[string]any{}, map[string]any{"a": "b"},
}

// queries are names of the parameters of queries.
var queries = []string{
	"on", "from", "to", "term", "cluster", "country", "region", "state", "call", "cursor", "limit", "lang", "year", "currency", "all", "kind",
}

// What comes in at a path, a query or a field can be anything: whatever it is, it is served or refused as the document says, and never a
// fault of ours.
func TestNothingThatIsSentIsAFaultOfOurs(t *testing.T) {
	for at, r := range rows() {
		t.Run(r.route, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(8, uint64(at)))
			w := newWorld(t)
			who := actorOf(access.Secretariat)
			for i, far := range strings.Fields(r.reach) {
				if far != "no" && r.reach != "public" {
					who = actorOf(access.Roles[i])
					break
				}
			}
			w.actor = actorOf(access.Secretariat)
			var named []string
			if r.prepare != nil {
				for name, value := range r.prepare(w, who) {
					named = append(named, "{"+name+"}", value)
				}
			}
			w.actor = who
			for range 12 {
				method, path, body := r.oddly(t, random, strings.NewReplacer(named...))
				got := w.ask(method, path, body, r.own.header...)
				if got.status >= http.StatusInternalServerError {
					t.Errorf("%s %.300q %.300q: %d %s", method, path, body, got.status, w.log.String()[max(0, w.log.Len()-900):])
				}
			}
		})
	}
}

// oddly is the row's request with something in it that isn't meant.
func (r row) oddly(t *testing.T, random *rand.Rand, named *strings.Replacer) (method, path, body string) {
	pick := func() any { return odd[random.IntN(len(odd))] }
	text := func() string {
		for {
			if one, ok := pick().(string); ok {
				return one
			}
		}
	}
	method, pattern, _ := strings.Cut(r.route, " ")
	path, query, _ := strings.Cut(named.Replace(r.own.path), "?")
	if parts := strings.Split(path, "/"); strings.Contains(pattern, "{") && random.IntN(2) == 0 {
		parts[len(parts)-1-random.IntN(len(parts)-2)] = url.PathEscape(text())
		path = strings.Join(parts, "/")
	}
	if values, err := url.ParseQuery(query); err != nil {
		t.Fatal(err)
	} else if query != "" || random.IntN(3) == 0 {
		values.Set(queries[random.IntN(len(queries))], text())
		path += "?" + values.Encode()
	}
	if r.own.body == "" {
		return method, path, ""
	}
	if slices.Equal(r.own.header, asForm) {
		return method, path, oddForm(t, random, named.Replace(r.own.body), text)
	}
	sent := map[string]any{}
	if err := json.Unmarshal([]byte(named.Replace(r.own.body)), &sent); err != nil {
		t.Fatal(err)
	}
	fields := slices.Sorted(maps.Keys(sent))
	switch {
	case len(fields) == 0 || random.IntN(6) == 0:
		sent[text()] = pick()
	default:
		sent[fields[random.IntN(len(fields))]] = pick()
	}
	encoded, err := json.Marshal(sent)
	if err != nil {
		t.Fatal(err)
	}
	return method, path, string(encoded)
}

// oddForm is a form's body with a field that isn't meant, or a value.
func oddForm(t *testing.T, random *rand.Rand, body string, text func() string) string {
	t.Helper()
	values, err := url.ParseQuery(body)
	if err != nil {
		t.Fatal(err)
	}
	field := text()
	if fields := slices.Sorted(maps.Keys(values)); len(fields) > 0 && random.IntN(6) > 0 {
		field = fields[random.IntN(len(fields))]
	}
	values.Set(field, text())
	return values.Encode()
}
