package play

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// operation is what the document says of one thing that can be asked: the answers by status.
type operation map[string]any

// visitor is a program that knows the product by its document only. It is one person's browser: it keeps the cookies of one session.
type visitor struct {
	*stage
	name   string
	person string // identifier
	client *http.Client
	token  string // of the session, for what changes something
}

// stage is the product as it is served, and what was said on it.
type stage struct {
	testing.TB
	Stage
	operations map[string]operation // by method and path
	mask       mask
	lines      []Line
}

// read takes the document of an address.
func (s *stage) read() {
	s.Helper()
	answer, text := s.get(&http.Client{Transport: s.Transport}, s.Address+"api/openapi.json", nil)
	var document struct {
		Paths map[string]map[string]struct {
			Responses operation `json:"responses"`
		} `json:"paths"`
	}
	if err := json.Unmarshal(text, &document); err != nil || answer.StatusCode != http.StatusOK {
		s.Fatalf("the document: %d %.300s (%v)", answer.StatusCode, text, err)
	}
	s.operations = map[string]operation{}
	for path, item := range document.Paths {
		for method, about := range item {
			s.operations[strings.ToUpper(method)+" "+path] = about.Responses
		}
	}
}

// get reads an address as a browser does that is sent there.
func (s *stage) get(client *http.Client, address string, header http.Header) (*http.Response, []byte) {
	s.Helper()
	return s.send(client, http.MethodGet, address, nil, header)
}

func (s *stage) send(client *http.Client, method, address string, body []byte, header http.Header) (*http.Response, []byte) {
	s.Helper()
	var content io.Reader = http.NoBody
	if body != nil {
		content = bytes.NewReader(body)
	}
	r, err := http.NewRequestWithContext(s.Context(), method, address, content)
	if err != nil {
		s.Fatal(err)
	}
	for name, values := range header {
		r.Header[name] = values
	}
	answer, err := client.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		s.Fatal(err)
	}
	return answer, text
}

// enter signs a person in: the product sends the browser to the issuer, where the person is chosen, and the issuer sends it back.
func (s *stage) enter(name, email string) *visitor {
	s.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	v := &visitor{stage: s, name: name, client: &http.Client{
		Transport: s.Transport, Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	at, err := url.Parse(s.Address + "signin")
	if err != nil {
		s.Fatal(err)
	}
	chosen := false
	for at != nil && !strings.HasPrefix(at.String(), s.Address+"api/me") {
		answer, text := s.get(v.client, at.String(), http.Header{"Accept": {"text/html"}})
		if answer.StatusCode != http.StatusSeeOther && answer.StatusCode != http.StatusFound {
			s.Fatalf("%s signs in: %s answers %d %.300s", name, at.Path, answer.StatusCode, text)
		}
		if at, err = answer.Location(); err != nil {
			s.Fatal(err)
		}
		if query := at.Query(); !chosen && query.Has("client_id") {
			query.Set("person", email)
			at.RawQuery, chosen = query.Encode(), true
		} else if query := answer.Request.URL.Query(); query.Has("code") {
			at = nil // the session has begun
		}
	}
	me := v.ask("GET /api/me", call{})
	v.person, v.token = me.text("person"), me.text("csrfToken")
	return v
}

// call is what an operation is asked with.
type call struct {
	path    map[string]string
	query   url.Values
	body    any
	version string // the ETag of what is to be changed
	key     string // Idempotency-Key
	want    int    // the status; 0: 200
}

// reply is an answer.
type reply struct {
	body any
	tag  string
}

// at gives what stands under names and numbers, one in the other.
func (r reply) at(names ...any) any {
	value := r.body
	for _, name := range names {
		switch name := name.(type) {
		case string:
			within, _ := value.(map[string]any)
			value = within[name]
		case int:
			list, _ := value.([]any)
			if name >= len(list) {
				return nil
			}
			value = list[name]
		}
	}
	return value
}

// text is at for what is a text.
func (r reply) text(names ...any) string {
	text, _ := r.at(names...).(string)
	return text
}

// ask asks something that the document has, and notes what is answered, which must be what is wanted.
func (v *visitor) ask(name string, c call) reply {
	v.Helper()
	got, status := v.look(name, c)
	v.note(name, status, got.body)
	if c.want == 0 {
		c.want = http.StatusOK
	}
	if status != c.want {
		text, _ := json.Marshal(got.body)
		v.Fatalf("%s asks %s and is answered %d, want %d: %s", v.name, name, status, c.want, text)
	}
	return got
}

// look asks without a word of it.
func (v *visitor) look(name string, c call) (reply, int) {
	v.Helper()
	answers, ok := v.operations[name]
	if !ok {
		v.Fatalf("the document has no %s", name)
	}
	method, path, _ := strings.Cut(name, " ")
	for variable, value := range c.path {
		path = strings.ReplaceAll(path, "{"+variable+"}", url.PathEscape(value))
	}
	header := http.Header{"Accept": {"application/json"}}
	var body []byte
	if c.body != nil {
		var err error
		if body, err = json.Marshal(c.body); err != nil {
			v.Fatal(err)
		}
		header.Set("Content-Type", "application/json")
	}
	if method != http.MethodGet {
		header.Set("X-CSRF-Token", v.token)
	}
	if c.version != "" {
		header.Set("If-Match", c.version)
	}
	if c.key != "" {
		header.Set("Idempotency-Key", c.key)
	}
	address := v.Address + strings.TrimPrefix(path, "/")
	if len(c.query) > 0 {
		address += "?" + c.query.Encode()
	}
	answer, text := v.send(v.client, method, address, body, header)
	if answers[strconv.Itoa(answer.StatusCode)] == nil {
		v.Fatalf("%s is answered %d, which the document doesn't say: %.300s", name, answer.StatusCode, text)
	}
	got := reply{tag: answer.Header.Get("ETag")}
	if len(text) > 0 {
		if err := json.Unmarshal(text, &got.body); err != nil {
			v.Fatalf("%s: %.300q: %v", name, text, err)
		}
	}
	return got, answer.StatusCode
}

// until asks until the answer is as wanted, and notes that one only.
func (v *visitor) until(name string, c call, wanted func(reply) bool) reply {
	v.Helper()
	for try := range patience {
		got, status := v.look(name, c)
		if status == http.StatusOK && wanted(got) {
			v.note(name, status, got.body)
			return got
		}
		if try == patience-1 {
			v.Fatalf("%s: %s stays %v", v.name, name, got.body)
		}
		v.Wait()
	}
	return reply{}
}

// patience is how often something is looked at before it is given up.
const patience = 3000

// follow uses a link as it was given, without a session: whoever has it may.
func (v *visitor) follow(link any, content []byte) []byte {
	v.Helper()
	given, _ := link.(map[string]any)
	header := http.Header{}
	headers, _ := given["headers"].(map[string]any)
	for name, value := range headers {
		header.Set(name, fmt.Sprint(value))
	}
	answer, text := v.send(&http.Client{Transport: v.Transport}, fmt.Sprint(given["method"]), fmt.Sprint(given["url"]), content, header)
	if answer.StatusCode != http.StatusOK {
		v.Fatalf("%s follows %v: %d %.300s", v.name, given["url"], answer.StatusCode, text)
	}
	return text
}
