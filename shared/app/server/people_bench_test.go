package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/fixtures"
	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/server"
	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/signin"
)

// What the benchmark measures: so many people, for so long, each of whom does something this often on average, and looks again this often
// for what takes time.
const (
	crowdSize = 50
	crowdFor  = time.Minute
	thinks    = 500 * time.Millisecond
	looks     = 250 * time.Millisecond
)

// roleOf gives the n-th person of a crowd a role: 12 of the secretariat, 8 treasurers, 10 National Commissions, 10 cities, 5 donors, 5 auditors.
func roleOf(n int) (access.Role, access.Scope) {
	for _, one := range []struct {
		before int
		role   access.Role
		scope  access.Scope
	}{
		{12, access.Secretariat, ""}, {20, access.Treasurer, ""}, {30, access.Commission, "FR"}, {40, access.City, "FR#brest"},
		{45, access.Donor, "donor_country#KR"},
	} {
		if n < one.before {
			return one.role, one.scope
		}
	}
	return access.Auditor, ""
}

// reads are what people of a role look at.
var reads = map[access.Role][]string{
	access.Secretariat: {
		"/api/me", "/api/members", "/api/members?limit=200", "/api/members/FR/brest", "/api/members/FR/brest/history", "/api/imports",
		"/api/applications", "/api/clusters", "/api/surveys/2019", "/api/people", "/api/summaries",
	},
	access.Treasurer: {
		"/api/me", "/api/imports", "/api/fund", "/api/fund/balances", "/api/fund/entries", "/api/donors", "/api/donors/donor_country/KR/pledges",
		"/api/rates",
	},
	access.Commission: {"/api/me", "/api/members", "/api/members/FR/brest/history", "/api/applications", "/api/calls/2025/quotas/FR", "/api/calls"},
	access.City:       {"/api/me", "/api/members/FR/brest", "/api/members/FR/brest/history", "/api/applications", "/api/surveys/2019"},
	access.Donor: {
		"/api/me", "/api/fund", "/api/donors/donor_country/KR", "/api/donors/donor_country/KR/pledges",
		"/api/donors/donor_country/KR/statement?from=2020-01-01&to=2022-12-31",
	},
	access.Auditor: {
		"/api/me", "/api/members?limit=200", "/api/imports", "/api/applications", "/api/surveys/2019/answers", "/api/people", "/api/fund/entries",
		"/api/summaries",
	},
}

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

// BenchmarkPeople has 50 people sign in and then read, bring sheets and have them committed for a minute. It fails when an answer is not as
// it should be.
func BenchmarkPeople(b *testing.B) {
	for b.Loop() {
		c := &crowd{}
		all := gather(b, c)
		ctx, cancel := context.WithTimeout(b.Context(), crowdFor+time.Minute)
		over := time.Now().Add(crowdFor)
		var living sync.WaitGroup
		for _, p := range all {
			living.Go(func() { p.live(ctx, over) })
		}
		living.Wait()
		cancel()
		for _, err := range c.errs[:min(len(c.errs), 5)] {
			b.Error(err)
		}
		b.ReportMetric(float64(len(c.read)+len(c.written))/crowdFor.Seconds(), "requests/s")
		b.ReportMetric(percentile(c.read, 50), "read-p50-ms")
		b.ReportMetric(percentile(c.read, 95), "read-p95-ms")
		b.ReportMetric(percentile(c.read, 99), "read-p99-ms")
		b.ReportMetric(percentile(c.written, 95), "write-p95-ms")
		b.ReportMetric(float64(len(c.read)), "reads")
		b.ReportMetric(float64(c.uploads), "uploads")
		b.ReportMetric(float64(c.commits), "commits")
		b.ReportMetric(float64(c.workbooks), "workbooks")
	}
}

func percentile(all []time.Duration, percent int) float64 {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return float64(all[(len(all)-1)*percent/100].Microseconds()) / 1000
}

// gather serves a store with the sample members and their survey, and has everybody sign in. Each person reads everything once.
func gather(b *testing.B, c *crowd) []*person {
	b.Helper()
	a, err := app.OpenEmbedded(b.Context(), b.TempDir(), app.Options{})
	if err != nil {
		b.Fatal(err)
	}
	listener, err := server.Listen("127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	root := server.Root(listener)
	s, err := server.New(b.Context(), server.Config{
		App: a, Listener: listener, Issuer: invite(b, a, root), Client: "guildhall", IDs: identity.NewIDs(identity.System(), nil),
		Log: slog.New(slog.DiscardHandler),
		// All of them come from one address, and sign in at once.
		Limits: &httpapi.Limits{Person: httpapi.UsualLimits().Person, Address: httpapi.UsualLimits().Address},
	})
	if err != nil {
		b.Fatal(err)
	}
	ctx, tell := context.WithCancel(context.WithoutCancel(b.Context()))
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	b.Cleanup(func() {
		tell()
		if err := <-ended; err != nil {
			b.Error(err)
		}
		if err := a.Close(); err != nil {
			b.Error(err)
		}
	})
	all := make([]*person, crowdSize)
	for n := range all {
		all[n] = newPerson(b, c, n, strings.TrimSuffix(root, "/"))
	}
	const secretary, treasurer = 0, 12
	for _, sheet := range []struct {
		sender int
		name   string
	}{
		{secretary, "members.en.xlsx"}, {secretary, "survey.en.xlsx"}, {treasurer, "rates.en.xlsx"}, {treasurer, "pledges.en.xlsx"},
		{treasurer, "contributions.en.xlsx"},
	} {
		content, err := fixtures.Sheets.ReadFile("sheets/" + sheet.name)
		if err == nil {
			err = all[sheet.sender].bring(b.Context(), sheet.name, content)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	for _, p := range all {
		for _, path := range reads[p.role] {
			if _, err := p.get(b.Context(), path); err != nil {
				b.Fatal(err)
			}
		}
	}
	c.read, c.written, c.uploads, c.commits = nil, nil, 0, 0
	return all
}

func newPerson(b *testing.B, c *crowd, n int, base string) *person {
	b.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	role, _ := roleOf(n)
	p := &person{number: n, role: role, base: base, crowd: c, random: rand.New(rand.NewPCG(1, uint64(n)))}
	p.client = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	p.client.Transport = &http.Transport{MaxIdleConnsPerHost: 2} // as a browser, nobody shares another's connection
	b.Cleanup(p.client.CloseIdleConnections)
	if err := p.signIn(b.Context(), emailOf(n)); err != nil {
		b.Fatal(err)
	}
	return p
}

func emailOf(n int) string { return fmt.Sprintf("person%d@crowd.example", n) }

// invite puts everybody on record, and gives the address of an issuer that knows them.
func invite(b *testing.B, a *app.App, root string) string {
	b.Helper()
	on, _, err := a.Door(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	if _, err := on.First(b.Context(), emailOf(0), locale.EN); err != nil {
		b.Fatal(err)
	}
	ctx := access.WithActor(b.Context(), access.Actor{Person: "benchmark", Role: access.Secretariat})
	known := []issuer.Person{{Email: emailOf(0), Name: "Person 0", Title: locale.Same("Person")}}
	for n := 1; n < crowdSize; n++ {
		role, scope := roleOf(n)
		standing := people.Standing{Email: emailOf(n), Role: role, Scope: scope, Lang: locale.EN}
		if _, err := on.Invite(ctx, emailOf(n), standing); err != nil {
			b.Fatal(err)
		}
		known = append(known, issuer.Person{Email: emailOf(n), Name: fmt.Sprint("Person ", n), Title: locale.Same("Person")})
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	opened, err := issuer.Start(listener, issuer.Config{
		Client: issuer.Client{ID: "guildhall", Returns: []string{root + "signin/return"}, Ends: []string{root}}, People: known, Clock: a.Clock,
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = opened.Close(context.Background()) })
	return opened.URL()
}
