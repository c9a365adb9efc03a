package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/signin"
)

// person is one of a crowd, in a browser of its own.
type person struct {
	number int
	role   access.Role
	base   string
	client *http.Client
	token  string
	random *rand.Rand
	crowd  *crowd
}

// crowd is what all of them do and find.
type crowd struct {
	mu                          sync.Mutex
	read, written               []time.Duration // how long an answer took
	uploads, commits, workbooks int
	errs                        []error
}

func (c *crowd) took(reading bool, d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if reading {
		c.read = append(c.read, d)
	} else {
		c.written = append(c.written, d)
	}
}

func (c *crowd) done(what *int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	*what++
}

func (c *crowd) failed(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.errs = append(c.errs, err)
}

// ask sends a request and reads the answer, which has to have the status.
func (p *person) ask(ctx context.Context, status int, method, address string, body []byte, headers map[string]string) (object, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	if strings.HasPrefix(address, p.base+"/api/") {
		r.Header.Set(signin.TokenHeader, p.token)
	}
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	began := time.Now()
	answer, err := p.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	p.crowd.took(method == http.MethodGet, time.Since(began))
	if answer.StatusCode != status {
		return nil, fmt.Errorf("%s %s: %d %.300s", method, address, answer.StatusCode, text)
	}
	var got object
	if strings.Contains(answer.Header.Get("Content-Type"), "json") {
		err = json.Unmarshal(text, &got)
	}
	return got, err
}

func (p *person) get(ctx context.Context, path string) (object, error) {
	return p.ask(ctx, http.StatusOK, http.MethodGet, p.base+path, nil, nil)
}

func (p *person) post(ctx context.Context, status int, path string, body object) (object, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	return p.ask(ctx, status, http.MethodPost, p.base+path, text, nil)
}

// signIn goes to the issuer and back.
func (p *person) signIn(ctx context.Context, email string) error {
	at := p.base + "/signin?next=/api/me"
	for range 3 {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, http.NoBody)
		if err != nil {
			return err
		}
		answer, err := p.client.Do(r)
		if err != nil {
			return err
		}
		answer.Body.Close()
		to, err := answer.Location()
		if err != nil {
			return fmt.Errorf("%s: %d", at, answer.StatusCode)
		}
		at = to.String()
		if to.Path == "/authorize" {
			at += "&person=" + url.QueryEscape(email)
		}
	}
	me, err := p.get(ctx, "/api/me")
	p.token, _ = me["csrfToken"].(string)
	return err
}

// until looks at an address until what is answered is as wanted.
func (p *person) until(ctx context.Context, path string, wanted func(object) bool) (object, error) {
	for {
		got, err := p.get(ctx, path)
		if err != nil || wanted(got) {
			return got, err
		}
		if err := pause(ctx, looks); err != nil {
			return nil, fmt.Errorf("%s stays %v", path, got)
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// bring has a sheet stored: it is announced, sent, checked, looked at and committed.
func (p *person) bring(ctx context.Context, name string, content []byte) error {
	made, err := p.post(ctx, http.StatusCreated, "/api/imports", object{"name": name, "bytes": len(content)})
	if err != nil {
		return err
	}
	upload := made["upload"].(object)
	headers := map[string]string{}
	for name, value := range upload["headers"].(object) {
		headers[name], _ = value.(string)
	}
	if _, err := p.ask(ctx, http.StatusOK, http.MethodPut, upload["url"].(string), content, headers); err != nil {
		return err
	}
	p.crowd.done(&p.crowd.uploads)
	id := made["import"].(object)["id"].(string)
	in := func(states ...string) (object, error) {
		return p.until(ctx, "/api/imports/"+id, func(got object) bool {
			return slices.Contains(states, got["import"].(object)["state"].(string))
		})
	}
	checked, err := in("checked", "refused")
	if err != nil {
		return err
	}
	if _, err := p.get(ctx, "/api/imports/"+id+"/report"); err != nil {
		return err
	}
	plan := checked["import"].(object)["plan"]
	if _, err := p.post(ctx, http.StatusAccepted, "/api/imports/"+id+"/commit", object{"plan": plan, "mode": "valid"}); err != nil {
		return err
	}
	committed, err := in("committed", "failed")
	if err == nil {
		imp := committed["import"].(object)
		if rows, _ := imp["rows"].(object); imp["state"] != "committed" || rows["create"] == 0.0 {
			err = fmt.Errorf("%s: %v", name, imp)
		}
	}
	if err == nil {
		p.crowd.done(&p.crowd.commits)
	}
	return err
}

// workbook asks for one and waits for it.
func (p *person) workbook(ctx context.Context, kind string) error {
	asked, err := p.post(ctx, http.StatusAccepted, "/api/exports", object{"kind": kind})
	if err != nil {
		return err
	}
	_, err = p.until(ctx, "/api/exports/"+asked["export"].(object)["id"].(string), func(got object) bool { return got["download"] != nil })
	if err == nil {
		p.crowd.done(&p.crowd.workbooks)
	}
	return err
}

// members are a sheet of cities that nobody has sent before.
func (p *person) members() (name string, content []byte) {
	var text strings.Builder
	text.WriteString("City,Country,Member since\n")
	for range 50 {
		var city strings.Builder
		for range 6 {
			city.WriteByte("bcdfghjklmnprstvwz"[p.random.IntN(18)])
			city.WriteByte("aeiou"[p.random.IntN(5)])
		}
		fmt.Fprintf(&text, "%s,FR,2019-%02d-%02d\n", city.String(), 1+p.random.IntN(12), 1+p.random.IntN(28))
	}
	return "members.csv", []byte(text.String())
}

// act does one thing: one in 20 brings a sheet where the role may, one in 50 asks for a workbook, and the others read.
func (p *person) act(ctx context.Context) error {
	chance := p.random.Float64()
	switch {
	case chance < 0.05 && p.role == access.Secretariat:
		name, content := p.members()
		return p.bring(ctx, name, content)
	case chance < 0.07 && p.role == access.Secretariat:
		return p.workbook(ctx, "survey")
	default:
		paths := reads[p.role]
		_, err := p.get(ctx, paths[p.random.IntN(len(paths))])
		return err
	}
}

// live acts until the crowd's time is over. What was begun is ended.
func (p *person) live(ctx context.Context, over time.Time) {
	for time.Now().Before(over) {
		if err := p.act(ctx); err != nil {
			p.crowd.failed(fmt.Errorf("%s %d: %w", p.role, p.number, err))
		}
		if pause(ctx, time.Duration(p.random.Int64N(int64(2*thinks)))) != nil {
			return
		}
	}
}
