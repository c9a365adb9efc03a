package load

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/signin"
)

// Person is somebody who is signed in, with a browser of their own.
type Person struct {
	base     string // without a slash at its end
	client   *http.Client
	token    string
	measured *Measured
}

// SignIn signs one of the sample people in at a product whose address ends in a slash.
func SignIn(ctx context.Context, address, email string, m *Measured) (*Person, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	p := &Person{base: strings.TrimSuffix(address, "/"), measured: m, client: &http.Client{
		Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 2},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	at := p.base + "/signin?next=/api/me"
	for range 3 { // to the issuer, at the issuer, and back
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, http.NoBody)
		if err != nil {
			return nil, err
		}
		answer, err := p.client.Do(r)
		if err != nil {
			return nil, err
		}
		to, err := answer.Location()
		if err = errors.Join(err, answer.Body.Close()); err != nil {
			return nil, fmt.Errorf("load: %s signs in at %s: %d: %w", email, r.URL.Path, answer.StatusCode, err)
		}
		at = to.String()
		if to.Query().Has("client_id") {
			at += "&person=" + url.QueryEscape(email)
		}
	}
	me, err := p.Get(ctx, "sign in", "/api/me")
	if p.token, _ = me.Body["csrfToken"].(string); err == nil && p.token == "" {
		err = fmt.Errorf("load: %s is not let in: %d %s", email, me.Status, me.Code)
	}
	return p, err
}

// Leave closes the connections.
func (p *Person) Leave() { p.client.CloseIdleConnections() }

// Get reads an address of the product, which is measured as a kind of request.
func (p *Person) Get(ctx context.Context, kind, path string) (Answer, error) {
	return p.send(ctx, kind, http.MethodGet, p.base+path, nil, 0, nil)
}

// Post asks for a change.
func (p *Person) Post(ctx context.Context, kind, path string, body map[string]any) (Answer, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return Answer{}, err
	}
	return p.send(ctx, kind, http.MethodPost, p.base+path, bytes.NewReader(text), int64(len(text)), map[string]any{
		"Content-Type": "application/json", signin.TokenHeader: p.token,
	})
}

func (p *Person) send(
	ctx context.Context, kind, method, address string, body io.Reader, size int64, headers map[string]any,
) (Answer, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return Answer{}, err
	}
	r.ContentLength = size
	r.Header.Set("Accept", "application/json")
	if strings.HasPrefix(kind, "page ") {
		r.Header.Set("Accept", "text/html")
	}
	for name, value := range headers {
		r.Header.Set(name, fmt.Sprint(value))
	}
	began := time.Now()
	answer, err := p.client.Do(r)
	if err != nil {
		return Answer{}, err
	}
	text, err := io.ReadAll(answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return Answer{}, err
	}
	got := Answer{Status: answer.StatusCode}
	if seconds, err := strconv.Atoi(answer.Header.Get("Retry-After")); err == nil {
		got.RetryAfter = time.Duration(seconds) * time.Second
	}
	switch {
	case strings.Contains(answer.Header.Get("Content-Type"), "json"):
		err = json.Unmarshal(text, &got.Body)
		got.Code, _ = got.Body["code"].(string)
	case answer.StatusCode >= 400: // a page, which links to what its code means
		if found := codeOnPage.FindSubmatch(text); found != nil {
			got.Code = string(found[1])
		}
	}
	p.measured.note(kind, got, time.Since(began))
	return got, err
}

var codeOnPage = regexp.MustCompile(`codes/([A-Z][A-Z_]+)"`)

// Outcome is what became of a sheet.
type Outcome struct {
	Import string
	State  string // the import's last
	Code   string // why it could not be
	Rows   map[string]any
	// How long it took to send it, to have it checked and to have it committed, as its sender sees it.
	Sent, Checked, Committed time.Duration
}

// Bring has a sheet stored: it is announced, sent, checked and committed with all of its rows that are right. What is refused for the moment is
// asked for again when that is said to help; until ctx ends.
func (p *Person) Bring(ctx context.Context, kind, name string, content io.ReaderAt, size int64) (Outcome, error) {
	var o Outcome
	made, err := p.insist(ctx, func() (Answer, error) {
		return p.Post(ctx, "announce a "+kind, "/api/imports", map[string]any{"name": name, "bytes": size})
	})
	if err != nil || made.Status != http.StatusCreated {
		return refusedWith(o, made), err
	}
	o.Import, _ = within(made.Body, "import", "id").(string)
	upload, _ := made.Body["upload"].(map[string]any)
	address, _ := upload["url"].(string)
	headers, _ := upload["headers"].(map[string]any)
	began := time.Now()
	sent, err := p.insist(ctx, func() (Answer, error) {
		return p.send(ctx, "send a "+kind, http.MethodPut, address, io.NewSectionReader(content, 0, size), size, headers)
	})
	if err != nil || sent.Status != http.StatusOK {
		return refusedWith(o, sent), err
	}
	o.Sent = time.Since(began)
	began = time.Now()
	checked, err := p.until(ctx, kind, o.Import, "checked", "refused", "failed")
	if err != nil || o.settle(checked) != "checked" {
		return o, err
	}
	o.Checked = time.Since(began)
	began = time.Now()
	ordered, err := p.insist(ctx, func() (Answer, error) {
		order := map[string]any{"plan": within(checked.Body, "import", "plan"), "mode": "valid"}
		return p.Post(ctx, "commit a "+kind, "/api/imports/"+o.Import+"/commit", order)
	})
	if err != nil || ordered.Status != http.StatusAccepted {
		return refusedWith(o, ordered), err
	}
	committed, err := p.until(ctx, kind, o.Import, "committed", "failed")
	if err == nil {
		o.settle(committed)
		o.Committed = time.Since(began)
	}
	return o, err
}

// settle takes in how an import stands.
func (o *Outcome) settle(a Answer) string {
	o.State, _ = within(a.Body, "import", "state").(string)
	o.Rows, _ = within(a.Body, "import", "rows").(map[string]any)
	o.Code, _ = within(a.Body, "import", "problem", "code").(string)
	return o.State
}

func refusedWith(o Outcome, a Answer) Outcome {
	o.State, o.Code = "refused", a.Code
	return o
}

// Count is a number of rows, such as "create".
func (o Outcome) Count(of string) int {
	n, _ := o.Rows[of].(float64)
	return int(n)
}

func within(body map[string]any, names ...string) any {
	var value any = body
	for _, name := range names {
		object, _ := value.(map[string]any)
		value = object[name]
	}
	return value
}

// insist asks again as long as the answer says to, until ctx ends.
func (p *Person) insist(ctx context.Context, ask func() (Answer, error)) (Answer, error) {
	for {
		answer, err := ask()
		if err != nil || !answer.Momentary() {
			return answer, err
		}
		if err := wait(ctx, answer.RetryAfter); err != nil {
			return answer, err
		}
	}
}

// looks is how often somebody looks whether a sheet is done.
const looks = 100 * time.Millisecond

// until looks at an import until it is in one of the states.
func (p *Person) until(ctx context.Context, kind, id string, states ...string) (Answer, error) {
	for {
		answer, err := p.insist(ctx, func() (Answer, error) { return p.Get(ctx, "look at a "+kind, "/api/imports/"+id) })
		if err != nil {
			return answer, err
		}
		state, _ := within(answer.Body, "import", "state").(string)
		for _, wanted := range states {
			if state == wanted {
				return answer, nil
			}
		}
		if answer.Status >= 400 {
			return answer, fmt.Errorf("load: import %s: %d %s", id, answer.Status, answer.Code)
		}
		if err := wait(ctx, looks); err != nil {
			return answer, fmt.Errorf("load: import %s stays %s: %w", id, state, err)
		}
	}
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
