package httpapi_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/table"
)

// The marks of a person: a name, which is no identifier, and an address. Nothing else in these tests has mark in it, in whatever case.
const (
	markedName  = "Zuloxi Märk"
	markedEmail = "zuloxi.maerk@ville.example"
	mark        = "zuloxi"
)

// Whatever route a name or an address comes in by, in its path, query, body or headers, taken or refused: the log, the figures, the audit
// trail and the fund's books don't have it. Only the records do whose business it is.
func TestNoLogNoFigureNoTrailAndNoBookHasAName(t *testing.T) {
	for _, r := range rows() {
		t.Run(r.route, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			var figures []string
			w.config.Log = slog.New(slog.NewJSONHandler(&w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			w.config.Measure = func(dimensions map[string]string, values ...metric.Value) {
				figures = append(figures, fmt.Sprint(dimensions, values))
			}
			w.handler = httpapi.New(w.config)
			who := r.servedTo()
			w.actor = actorOf(access.Secretariat)
			var named []string
			if r.prepare != nil {
				for name, value := range r.prepare(w, who) {
					named = append(named, "{"+name+"}", value)
				}
			}
			w.actor = who
			method, pattern, _ := strings.Cut(r.route, " ")
			with := strings.NewReplacer(named...)
			header := slices.Clone(r.own.header)
			for i := range header {
				header[i] = with.Replace(header[i])
			}
			header = append(header, "User-Agent", markedName, "Referer", "https://ville.example/"+url.PathEscape(markedName))
			own := with.Replace(r.own.path)
			path, _, _ := strings.Cut(own, "?")
			body := with.Replace(r.own.body)
			asked := 0
			ask := func(path, body string, header ...string) {
				w.ask(method, path, body, header...)
				asked++
			}
			for _, value := range []string{markedName, markedEmail} {
				ask(withVariable(pattern, value, path), body, header...)
				for _, names := range [][]string{queries, {"cursor"}, {"on"}, {"year"}} { // of several that are wrong one is refused
					given := url.Values{}
					for _, name := range names {
						given.Set(name, value)
					}
					ask(path+"?"+given.Encode(), body, header...)
				}
				ask(own, body, append(slices.Clone(header), "If-Match", value, "If-None-Match", value, "Accept-Language", value, "Accept", value)...)
				for _, marked := range markedBodies(t, body, value, slices.Equal(r.own.header, asForm)) {
					ask(own, marked, header...)
				}
				if body != "" {
					ask(own, value, header...)
				}
			}
			if asked < 8 || w.log.Len() == 0 {
				t.Fatalf("%d requests, %d bytes of log", asked, w.log.Len())
			}
			for line := range strings.Lines(w.log.String()) {
				if isMarked(line) {
					t.Errorf("the log says %s", line)
				}
			}
			for _, figure := range figures {
				if isMarked(figure) {
					t.Errorf("a figure says %s", figure)
				}
			}
			for _, item := range w.items() {
				kind, _, _ := strings.Cut(item.Key.Partition, "#")
				if text := fmt.Sprint(item.Key, item.Attributes); isMarked(text) && (strings.HasPrefix(kind, "audit") || strings.HasPrefix(kind, "fund_")) {
					t.Errorf("%s is kept as %s", kind, text)
				}
			}
		})
	}
}

// isMarked reports whether a text has a mark in it, as it is or escaped.
func isMarked(text string) bool { return strings.Contains(strings.ToLower(text), mark) }

// items are all of the table.
func (w *world) items() (all []table.Item) {
	w.t.Helper()
	for after := table.Cursor(""); ; {
		page, err := w.table.Scan(w.t.Context(), table.Scan{After: after})
		if err != nil {
			w.t.Fatal(err)
		}
		all = append(all, page.Items...)
		if after = page.Cursor; after == "" {
			return all
		}
	}
}

// markedBodies are a body with a mark in place of each of its texts in turn, in place of all, and as a field that there isn't.
func markedBodies(t *testing.T, body, value string, form bool) []string {
	t.Helper()
	if body == "" {
		return nil
	}
	if form {
		var all []string
		fields, err := url.ParseQuery(body)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range append(slices.Sorted(maps.Keys(fields)), value) {
			marked := maps.Clone(fields)
			marked[name] = []string{value}
			all = append(all, url.Values(marked).Encode())
		}
		return all
	}
	var parsed map[string]any
	if err := json.Unmarshal([]byte(body), &parsed); err != nil {
		t.Fatal(err)
	}
	bodies := []any{map[string]any{value: value}}
	count := 0
	withMark(parsed, func(string) bool { count++; return false }, value)
	for which := range count + 1 { // the last one marks all
		at := -1
		bodies = append(bodies, withMark(parsed, func(string) bool { at++; return at == which || which == count }, value))
	}
	var all []string
	for _, one := range bodies {
		text, err := json.Marshal(one)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(text))
	}
	return all
}

// withMark is a copy of a JSON value with the mark in place of the texts that are chosen.
func withMark(of any, chosen func(string) bool, value string) any {
	switch v := of.(type) {
	case string:
		if chosen(v) {
			return value
		}
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = withMark(v[i], chosen, value)
		}
		return list
	case map[string]any:
		object := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			object[name] = withMark(v[name], chosen, value)
		}
		return object
	}
	return of
}
