package httpapi_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Each request to each route, whatever stands in its path, query, body and headers, is answered as the document says: served, or refused
// with a code of the catalogue, and never a fault of ours.
func FuzzRequests(f *testing.F) {
	all := rows()
	for i := range all {
		f.Add(uint16(i), "", "", all[i].own.body, "", "", "")
	}
	for i, value := range []string{"é", "..", "FR#brest", "\x00", "%2F", strings.Repeat("x", 400), "\u202e", "-1", "9007199254740993"} {
		f.Add(uint16(i*7), value, "cursor="+url.QueryEscape(value)+"&limit="+url.QueryEscape(value), `{"name":`+`"`+value+`"}`, value, value, value)
		f.Add(uint16(i*11), value, "on="+url.QueryEscape(value)+"&lang=fr", value, `"1.en"`, "key-1", "es;q=0.5, *;q=nan")
		f.Add(uint16(i*13), "", "year="+url.QueryEscape(value)+"&kind="+url.QueryEscape(value), `{"a":[`, `W/"1.en", "2.en"`, "", "fr-CA-x-private")
	}
	f.Fuzz(func(t *testing.T, which uint16, variable, query, body, match, key, languages string) {
		r := all[int(which)%len(all)]
		w := newWorld(t)
		who := r.servedTo()
		var named []string
		if r.prepare != nil {
			w.actor = actorOf(access.Secretariat)
			for name, value := range r.prepare(w, who) {
				named = append(named, "{"+name+"}", value)
			}
		}
		w.actor = who
		method, pattern, _ := strings.Cut(r.route, " ")
		path, own, _ := strings.Cut(strings.NewReplacer(named...).Replace(r.own.path), "?")
		if variable != "" {
			path = withVariable(pattern, variable, path)
		}
		if _, err := url.ParseQuery(query); err == nil && query != "" {
			own = query
		}
		// What can't stand in a request's line or its headers never comes to us.
		if own != "" && !strings.ContainsFunc(own, func(c rune) bool { return c <= ' ' || c > '~' }) {
			path += "?" + own
		}
		if r.own.body == "" || strings.TrimSpace(body) == "" { // it takes none, or gets none
			body = ""
		}
		header := slices.Clone(r.own.header)
		for name, value := range map[string]string{"If-Match": match, "Idempotency-Key": key, "Accept-Language": languages} {
			if value != "" && !strings.ContainsFunc(value, func(c rune) bool { return c < ' ' || c == 0x7f }) {
				header = append(header, name, value)
			}
		}
		if _, err := url.ParseRequestURI(path); err != nil {
			return
		}
		got := w.ask(method, path, body, header...)
		if got.status >= http.StatusInternalServerError {
			t.Errorf("%s %.300q %.300q %q: %d %s", method, path, body, header, got.status, w.log.String()[max(0, w.log.Len()-900):])
		}
		if code, _ := got.body["code"].(string); got.status >= http.StatusBadRequest && strings.HasPrefix(pattern, "/api/") {
			if _, known := problem.Lookup(problem.Code(code)); !known {
				t.Errorf("%s %.300q is refused with %q", method, path, code)
			}
		}
	})
}

// servedTo is somebody whom the row's route serves.
func (r row) servedTo() access.Actor {
	for i, far := range strings.Fields(r.reach) {
		if far != "no" && r.reach != "public" {
			return actorOf(access.Roles[i])
		}
	}
	return actorOf(access.Secretariat)
}

// withVariable is a path with another value in place of the pattern's last variable.
func withVariable(pattern, value, path string) string {
	names, parts := strings.Split(pattern, "/"), strings.Split(path, "/")
	for i := len(names) - 1; i >= 0; i-- {
		if strings.HasPrefix(names[i], "{") && i < len(parts) {
			parts[i] = url.PathEscape(value)
			break
		}
	}
	return strings.Join(parts, "/")
}
