package schemathesis

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/fixtures"
	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/infra/serving"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/signin"
)

type object = map[string]any

// world is the product as it is served, with the sample people and sheets, and an import and an export in each state.
type world struct {
	t     *testing.T
	app   *app.App
	root  string // the server's address, without a slash at its end
	asked atomic.Int64
	// known are values of the path's variables that lead somewhere.
	known map[string][]string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	served := serving.Start(t, serving.Options{Limits: &httpapi.Limits{}})
	w := &world{t: t, app: served.App, root: strings.TrimSuffix(served.Address, "/"), known: map[string][]string{
		"country": {"FR", "KR", "FR"}, "city": {"brest"}, "call": {"2025", "2023"}, "survey": {"2019"}, "term": {"2019-2021", "2025-2027"},
		"cluster": {"health"}, "donorKind": {"donor_country", "member_city"}, "donor": {"KR", "FR#brest"}, "kind": {"members", "contributions"},
	}}
	w.invite(served.People)
	w.stock()
	return w
}

// invite puts people on record whom everything may happen to.
func (w *world) invite(on *people.Service) {
	w.t.Helper()
	ctx := access.WithActor(w.t.Context(), access.Actor{Person: "test", Role: access.Secretariat})
	for n := range 20 {
		email := fmt.Sprintf("person%d@city.example", n)
		id, err := on.Invite(ctx, email, people.Standing{Email: email, Role: access.City, Scope: "FR#brest", Lang: locale.FR})
		if err != nil {
			w.t.Fatal(err)
		}
		w.known["person"] = append(w.known["person"], id)
	}
}

// stock has sample sheets stored, and imports of every state.
func (w *world) stock() {
	w.t.Helper()
	for _, state := range states {
		w.reports(string(state))
	}
	for _, sheet := range []struct {
		role access.Role
		name string
	}{
		{access.Secretariat, "members.en.xlsx"}, {access.Secretariat, "applications.fr.xlsx"}, {access.Secretariat, "survey.en.xlsx"},
		{access.Secretariat, "coordinators.en.xlsx"}, {access.Treasurer, "rates.en.xlsx"}, {access.Treasurer, "pledges.en.xlsx"},
		{access.Treasurer, "contributions.en.xlsx"},
	} {
		w.signIn(sheet.role).bring(sheet.name)
	}
	entries := w.signIn(access.Treasurer).ask("GET", "/api/fund/entries", nil)
	for _, item := range entries["items"].([]any) {
		parts := strings.Split(fmt.Sprint(item.(object)["id"]), "/")
		if len(parts) == 3 {
			w.known["day"], w.known["batch"], w.known["place"] = parts[:1], parts[1:2], parts[2:]
		}
	}
}

// visitor is somebody who is signed in.
type visitor struct {
	w       *world
	client  *http.Client
	cookies string
	token   string
	person  string // identifier
}

// signIn signs in as the sample person of a role.
func (w *world) signIn(role access.Role) *visitor {
	w.t.Helper()
	samples := issuer.Samples()
	at := slices.IndexFunc(samples, func(p issuer.Person) bool { return p.Role == string(role) })
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	v := &visitor{w: w, client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	next := w.root + "/signin?next=/api/me"
	for range 3 {
		answer, err := v.client.Get(next)
		if err != nil {
			w.t.Fatal(err)
		}
		answer.Body.Close()
		to, err := answer.Location()
		if err != nil {
			w.t.Fatalf("%s: %d", next, answer.StatusCode)
		}
		if next = to.String(); to.Path == "/authorize" {
			next += "&person=" + url.QueryEscape(samples[at].Email)
		}
	}
	me := v.ask("GET", "/api/me", nil)
	v.token, v.person = me["csrfToken"].(string), me["person"].(string)
	root, err := url.Parse(w.root)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, cookie := range jar.Cookies(root) {
		v.cookies += cookie.Name + "=" + cookie.Value + "; "
	}
	return v
}

// ask sends JSON and gives the answer's, which has to be a success.
func (v *visitor) ask(method, path string, body object) object {
	v.w.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		v.w.t.Fatal(err)
	}
	return v.send(method, v.w.root+path, text, map[string]any{"Content-Type": "application/json"})
}

func (v *visitor) send(method, address string, body []byte, headers map[string]any) object {
	v.w.t.Helper()
	r, err := http.NewRequestWithContext(v.w.t.Context(), method, address, bytes.NewReader(body))
	if err != nil {
		v.w.t.Fatal(err)
	}
	for name, value := range headers {
		r.Header.Set(name, fmt.Sprint(value))
	}
	r.Header.Set(signin.TokenHeader, v.token)
	answer, err := v.client.Do(r)
	if err != nil {
		v.w.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 300 {
		v.w.t.Fatalf("%s %s: %d %.300s (%v)", method, address, answer.StatusCode, text, err)
	}
	var got object
	_ = json.Unmarshal(text, &got) // a file is answered with nothing
	return got
}

// bring has a sample sheet stored.
func (v *visitor) bring(name string) {
	v.w.t.Helper()
	content, err := fixtures.Sheets.ReadFile("sheets/" + name)
	if err != nil {
		v.w.t.Fatal(err)
	}
	made := v.ask("POST", "/api/imports", object{"name": name, "bytes": len(content)})
	upload := made["upload"].(object)
	v.send(upload["method"].(string), upload["url"].(string), content, upload["headers"].(object))
	path := "/api/imports/" + made["import"].(object)["id"].(string)
	v.ask("POST", path+"/commit", object{"plan": v.until(path, "checked")["plan"], "mode": "valid"})
	v.until(path, "committed")
}

// until waits for a state of an import.
func (v *visitor) until(path, state string) object {
	v.w.t.Helper()
	for late := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		got := v.ask("GET", path, nil)["import"].(object)
		if got["state"] == state {
			return got
		}
		if time.Now().After(late) {
			v.w.t.Fatalf("%s stays %v", path, got)
		}
	}
}

// serve gives the address of a way to the server on which every request is the visitor's, and most of them are about something that there is.
func (v *visitor) serve() (address string) {
	root, err := url.Parse(v.w.root)
	if err != nil {
		v.w.t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(root)
			v.change(r.Out, int(v.w.asked.Add(1)))
		},
		ModifyResponse: withoutSession,
		ErrorLog:       slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
	}
	way := httptest.NewServer(proxy)
	v.w.t.Cleanup(way.Close)
	return way.URL
}

// withoutSession leaves the session out of the document: on this way nobody needs one.
func withoutSession(answer *http.Response) error {
	if answer.Request.URL.Path != "/api/openapi.json" {
		return nil
	}
	var document object
	if err := json.NewDecoder(answer.Body).Decode(&document); err != nil {
		return err
	}
	delete(document, "security")
	delete(document["components"].(object), "securitySchemes")
	text, err := json.Marshal(document)
	answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
	answer.Header.Set("Content-Length", strconv.Itoa(len(text)))
	return err
}

// change makes a request the visitor's. Sign-in and sign-out are left without a session, which they would end.
func (v *visitor) change(r *http.Request, turn int) {
	if strings.HasPrefix(r.URL.Path, "/sign") {
		return
	}
	r.Header.Set("Cookie", v.cookies)
	if r.URL.Path == "/api/openapi.json" {
		r.Header.Set("Accept-Encoding", "identity")
	}
	if query := r.URL.Query(); query.Has("cursor") { // the service makes them itself
		query.Del("cursor")
		r.URL.RawQuery = query.Encode()
	}
	if r.Header.Get(signin.TokenHeader) != "" && turn%10 != 0 {
		r.Header.Set(signin.TokenHeader, v.token)
	}
	if r.Header.Get("If-Match") != "" && turn%2 == 0 {
		r.Header.Set("If-Match", `"1.en"`)
	}
	if r.Method != http.MethodGet { // nobody ends the session that asks
		r.URL.Path, r.URL.RawPath = strings.ReplaceAll(r.URL.Path, v.person, v.w.known["person"][0]), ""
	}
	parts := strings.Split(r.URL.Path, "/")
	if turn%4 == 0 {
		return
	}
	for _, route := range httpapi.Routes() {
		pattern := strings.Split(route.Pattern, "/")
		if route.Method == r.Method && fits(pattern, parts) {
			r.URL.Path, r.URL.RawPath = v.w.filled(pattern, parts, turn), ""
			return
		}
	}
}

func fits(pattern, parts []string) bool {
	return slices.EqualFunc(pattern, parts, func(own, part string) bool { return own == part || strings.HasPrefix(own, "{") && part != "" })
}

// filled is a path whose variables have values that are known, by turns.
func (w *world) filled(pattern, parts []string, turn int) string {
	filled := slices.Clone(parts)
	for i, part := range pattern {
		name := strings.Trim(part, "{}")
		switch known := w.known[name]; {
		case part == name || !identity.WellFormed(parts[i]):
		case name == "id" && parts[2] == "imports":
			filled[i] = w.bring(states[turn%len(states)])
		case name == "id" && parts[2] == "exports":
			filled[i] = w.export(made[turn%len(made)])
		case len(known) > 0:
			filled[i] = known[turn/4%len(known)]
		}
	}
	return strings.Join(filled, "/")
}
