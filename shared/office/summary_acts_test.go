package office_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// membership makes the membership's summary of the last quarter of 2025, as it was due, with letters to people of some roles.
func (p *postRoom) membership(to ...access.Role) outbox.Entry {
	p.t.Helper()
	o := schedule.Occasion{
		Schedule: "membership-quarter", About: programme.MembershipSummary,
		Period: schedule.Period{From: day("2025-10-01"), To: day("2025-12-31")}, Due: p.now,
	}
	report, err := p.Digest.Report(p.t.Context(), o, o.Due)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.kept(report, to...)
}

// left puts on record that a city left.
func (p *postRoom) left(city, name, on string) {
	p.put(member.RecordType, "", city, member.Member{
		City: name, Country: city[:2], JoinedOn: day("2016-06-01"), LeftOn: day(on),
	})
}

func sameSet(got, want []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want)))
}

func TestACorrectionSaysWhatHasChangedToThoseWhoWereToldOtherwise(t *testing.T) {
	p := newPostRoom(t)
	made := p.membership(access.Secretariat, access.Auditor, access.City)
	secretariat := p.as(access.Secretariat)

	if _, err := p.CorrectSummary(secretariat, made.ID, 1); codeOf(err) != "SUMMARY_UNCHANGED" {
		t.Fatalf("nothing has changed: %v", err)
	}
	p.now = p.now.Add(time.Hour)
	p.left("FR#brest", "Brest", "2025-11-30")
	if _, err := p.CorrectSummary(secretariat, made.ID, 2); codeOf(err) != "RECORD_CHANGED" {
		t.Errorf("by whoever saw another revision: %v", err)
	}
	story, err := p.CorrectSummary(secretariat, made.ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	if story.Revision != 2 || len(story.Kept) != 2 || story.By != p.ids[access.Secretariat] || !story.MadeAt.Equal(p.now) || !story.Correctable {
		t.Fatalf("corrected: %+v", story.Entry)
	}
	changed := story.Kept[1].Changes
	if !slices.ContainsFunc(changed, func(c summary.Change) bool {
		return c.Key == "members" && *c.Before.Number == 2 && *c.After.Number == 1
	}) {
		t.Errorf("it says that %+v changed", changed)
	}
	if first := story.Kept[0].Report; !first.AsOf.Equal(made.Occasion.Due) || len(story.Kept[0].Changes) > 0 {
		t.Errorf("the first revision is another one: %+v", first)
	}
	mails, err := p.Outbox.MailsOf(t.Context(), made.ID, 2)
	if err != nil {
		t.Fatal(err)
	}
	var to []string
	for _, m := range mails {
		to = append(to, m.Person)
		if !slices.Contains(p.delivered.bodies, string(task.Deliver(m.Letter))) {
			t.Errorf("nobody sends %s", m.Letter)
		}
	}
	// The city was told what it may not read; nobody tells it more.
	if want := []string{p.ids[access.Secretariat], p.ids[access.Auditor]}; !sameSet(to, want) {
		t.Errorf("it goes to %v, want %v", to, want)
	}

	again, err := p.CorrectSummary(secretariat, made.ID, 1)
	if err != nil || again.Revision != 2 || len(p.delivered.bodies) != len(mails) {
		t.Errorf("asked again: revision %d with %d tasks, %v", again.Revision, len(p.delivered.bodies), err)
	}
	p.left("FR#brest", "Brest", "2026-01-31")
	if _, err := p.CorrectSummary(secretariat, made.ID, 1); codeOf(err) != "RECORD_CHANGED" {
		t.Errorf("who has not seen the second revision makes a third: %v", err)
	}
	if story, err = p.CorrectSummary(secretariat, made.ID, 2); err != nil || story.Revision != 3 {
		t.Errorf("the third revision is %+v, %v", story.Entry, err)
	}
	if seen, err := p.Summary(p.as(access.Treasurer), made.ID); err != nil || seen.By != "" || seen.Kept[2].By != "" || seen.Correctable {
		t.Errorf("who sees nobody is told who corrected it: %+v, %v", seen.Entry, err)
	}
}

func TestWhoIsGoneGetsNoCorrection(t *testing.T) {
	p := newPostRoom(t)
	made := p.membership(access.Auditor)
	if err := p.RemovePerson(p.as(access.Secretariat), "", p.ids[access.Auditor], 0); err != nil {
		t.Fatal(err)
	}
	p.left("FR#brest", "Brest", "2025-11-30")
	story, err := p.CorrectSummary(p.as(access.Secretariat), made.ID, 1)
	to, again := p.Outbox.People(t.Context(), made.ID, 2)
	if err != nil || again != nil || story.Revision != 2 || slices.Contains(to, p.ids[access.Auditor]) {
		t.Errorf("%v, %v: to %v", err, again, to)
	}
}

func TestAReportIsCorrectedByWhoAnswersForItAndNothingElseIs(t *testing.T) {
	p := newPostRoom(t)
	for _, o := range occasions() {
		p.made(o)
		for _, role := range access.Roles {
			may := role == access.Secretariat || role == access.Treasurer && (o.About == programme.FundSummary || o.About == programme.DonorStatement)
			story, err := p.Summary(p.as(role), o.ID())
			if err == nil && story.Correctable != (may && !o.About.Reminds()) {
				t.Errorf("%s is told that it may correct %s: %v", role, o.About, story.Correctable)
			}
			_, err = p.CorrectSummary(p.as(role), o.ID(), 7)
			want := "ACCESS_DENIED"
			if may {
				want = "RECORD_CHANGED"
				if o.About.Reminds() {
					want = "SUMMARY_NO_REPORT"
				}
			}
			if string(codeOf(err)) != want {
				t.Errorf("%s corrects %s: %v, want %s", role, o.About, err, want)
			}
		}
	}
	if _, err := p.CorrectSummary(p.as(access.Secretariat), "20260101-none", 1); codeOf(err) != "SUMMARY_UNKNOWN" {
		t.Errorf("what was never made: %v", err)
	}
}

func TestWhatWillBeDueIsToldToTheOfficeAMonthAhead(t *testing.T) {
	p := newPostRoom(t)
	at := time.Date(2026, 4, 5, 0, 0, 0, 0, time.UTC)
	for _, role := range access.Roles {
		_, err := p.PreviewSummaries(p.as(role), at, at.Add(time.Hour))
		if may := role == access.Secretariat || role == access.Auditor; may != (err == nil) || !may && codeOf(err) != "ACCESS_DENIED" {
			t.Errorf("%s looks ahead: %v", role, err)
		}
	}
	for _, until := range []time.Time{at.Add(-time.Second), at.Add(office.LongestPreview + time.Second)} {
		if _, err := p.PreviewSummaries(p.as(access.Auditor), at, until); codeOf(err) != "FIELD_INVALID" {
			t.Errorf("until %s: %v", until, err)
		}
	}
	got, err := p.PreviewSummaries(p.as(access.Auditor), at, at.Add(office.LongestPreview))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(got, func(one office.Planned) bool { return one.Occasion.Schedule == "membership-quarter" })
	if i < 0 || got[i].People != 2 || got[i].Occasion.Period.To != day("2026-03-31") || got[i].Label.EN == "" {
		t.Fatalf("planned: %+v", got)
	}
	if _, _, err := p.Outbox.Skip(t.Context(), summary.Report{Occasion: got[i].Occasion}); err != nil {
		t.Fatal(err)
	}
	again, err := p.PreviewSummaries(p.as(access.Auditor), at, at.Add(office.LongestPreview))
	if err != nil || len(again) != len(got)-1 {
		t.Errorf("of %d planned ones %d are left when one was dealt with: %v", len(got), len(again), err)
	}
}

func TestLettersAreLookedThroughAndSentAgainByChoice(t *testing.T) {
	p := newPostRoom(t)
	made := p.made(occasions()[2], access.Treasurer, access.Auditor, access.Secretariat)
	doubt, err := p.Outbox.Mails(t.Context(), made.ID)
	if err != nil || len(doubt) != 3 {
		t.Fatal(doubt, err)
	}
	unsure, _, err := p.Outbox.Begin(t.Context(), doubt[0].Letter)
	if err == nil {
		err = p.Outbox.Doubt(t.Context(), unsure)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range access.Roles {
		may := role == access.Secretariat || role == access.Auditor
		page, next, err := p.Mails(p.as(role), outbox.Uncertain, "", 10)
		if may != (err == nil) || !may && codeOf(err) != "ACCESS_DENIED" || may && (len(page) != 1 || next != "") {
			t.Errorf("%s looks at mails: %d, %v", role, len(page), err)
		}
		if role != access.Secretariat {
			for _, act := range []func() error{
				func() error { _, err := p.SendAgain(p.as(role), unsure.Letter, 3); return err },
				func() error { _, err := p.LetGo(p.as(role), unsure.Letter, 3); return err },
			} {
				if err := act(); codeOf(err) != "ACCESS_DENIED" {
					t.Errorf("%s decides: %v", role, err)
				}
			}
		}
	}
	secretariat := p.as(access.Secretariat)
	page, _, err := p.Mails(secretariat, "", "", 10)
	if err != nil || len(page) != 3 {
		t.Fatal(page, err)
	}
	for _, m := range page {
		if m.To.ID != m.Person || m.To.Email == "" || m.Title.EN != "fund_summary" {
			t.Errorf("a mail to %+v about %s", m.To, m.Title)
		}
	}
	seen := page[slices.IndexFunc(page, func(m office.Mail) bool { return m.Letter == unsure.Letter })]
	if _, err := p.SendAgain(secretariat, unsure.Letter, seen.Version-1); codeOf(err) != "RECORD_CHANGED" {
		t.Errorf("by whoever saw it otherwise: %v", err)
	}
	for range 2 { // the second one as a request that is sent again
		m, err := p.SendAgain(secretariat, unsure.Letter, seen.Version)
		if err != nil || m.State != outbox.Waiting || m.By != p.ids[access.Secretariat] {
			t.Errorf("sent again: %+v, %v", m, err)
		}
	}
	if p.delivered.bodies[0] != string(task.Deliver(unsure.Letter)) {
		t.Errorf("tasks: %v", p.delivered.bodies)
	}
	m, err := p.LetGo(secretariat, unsure.Letter, seen.Version+1)
	if err != nil || m.State != outbox.Dropped || m.Reason != outbox.LetGo {
		t.Errorf("let go: %+v, %v", m, err)
	}
	if _, err := p.SendAgain(secretariat, unsure.Letter, m.Version); codeOf(err) != "MAIL_SETTLED" {
		t.Errorf("sent again what was let go: %v", err)
	}
	if _, err := p.LetGo(secretariat, outbox.Letter{Summary: made.ID, Revision: 1, Person: "paul"}, 1); codeOf(err) != "MAIL_UNKNOWN" {
		t.Errorf("a letter that there is not: %v", err)
	}
}

func TestTheLettersOfASummaryAreListedPageByPageAlsoToWhoIsGone(t *testing.T) {
	p := newPostRoom(t)
	made := p.made(occasions()[2], access.Treasurer, access.Auditor, access.Secretariat)
	if err := p.RemovePerson(p.as(access.Secretariat), "", p.ids[access.Treasurer], 0); err != nil {
		t.Fatal(err)
	}
	var got []string
	page, next, err := p.MailsOf(p.as(access.Auditor), made.ID, "", 2)
	for {
		if err != nil || len(page) > 2 {
			t.Fatal(len(page), err)
		}
		for _, m := range page {
			got = append(got, m.Person)
			if gone := m.Person == p.ids[access.Treasurer]; gone != (m.To.ID == "") {
				t.Errorf("to %+v", m.To)
			}
		}
		if next == "" {
			break
		}
		page, next, err = p.MailsOf(p.as(access.Auditor), made.ID, next, 2)
	}
	if !sameSet(got, []string{p.ids[access.Treasurer], p.ids[access.Auditor], p.ids[access.Secretariat]}) {
		t.Errorf("listed %s", strings.Join(got, " "))
	}
}
