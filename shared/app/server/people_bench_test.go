package server_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
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
		"/api/applications", "/api/clusters", "/api/surveys/2019", "/api/people", "/api/figures",
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
		"/api/figures",
	},
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
