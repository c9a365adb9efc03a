package office_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/table"
)

// readers are the roles that may read what is said about each matter, where it is their own.
var readers = map[programme.About]string{
	programme.ClusterDigest:     "secretariat treasurer commission city auditor",
	programme.NetworkDigest:     "secretariat treasurer commission city auditor",
	programme.FundSummary:       "secretariat treasurer auditor",
	programme.DonorStatement:    "secretariat treasurer donor auditor",
	programme.MembershipSummary: "secretariat treasurer auditor",
	programme.CallCity:          "secretariat commission city auditor",
	programme.CallCommission:    "secretariat commission auditor",
	programme.TermEnd:           "secretariat commission city auditor",
	programme.ParticipationEnd:  "secretariat commission city auditor",
	programme.NewsDue:           "secretariat treasurer commission city auditor",
	programme.ReportDue:         "secretariat treasurer commission city auditor",
	programme.InstalmentOverdue: "secretariat treasurer donor auditor",
}

func mayRead(role access.Role, o schedule.Occasion) bool {
	return slices.Contains(strings.Fields(readers[o.About]), string(role))
}

func TestASummaryIsReadByThoseWhomItConcerns(t *testing.T) {
	p := newPostRoom(t)
	for _, own := range occasions() {
		p.made(own)
		if other := foreign(own); other != own {
			p.made(other)
		}
	}
	for _, role := range access.Roles {
		var want []string
		for _, o := range occasions() {
			for _, one := range slices.Compact([]schedule.Occasion{o, foreign(o)}) {
				may := mayRead(role, o) && (one == o || !role.Scoped())
				story, err := p.Summary(p.as(role), one.ID())
				if may != (err == nil) || !may && codeOf(err) != "ACCESS_DENIED" {
					t.Errorf("%s reads %s of %+v: %v", role, one.About, one.Subject, err)
				}
				if may {
					want = append(want, one.ID())
					if len(story.Kept) != 1 || story.Title.EN != string(o.About) {
						t.Errorf("%s is told %+v", role, story)
					}
				}
			}
		}
		var got []string
		var next table.Cursor
		for {
			page, after, err := p.Summaries(p.as(role), office.SummaryFilter{}, next, 3)
			if err != nil || len(page) > 3 {
				t.Fatal(len(page), err)
			}
			for _, s := range page {
				got = append(got, s.ID)
			}
			if next = after; next == "" {
				break
			}
		}
		slices.Sort(want)
		slices.Reverse(want) // the latest day first
		if !slices.Equal(got, want) {
			t.Errorf("%s is listed %v, want %v", role, got, want)
		}
	}
	if _, err := p.Summary(p.as(access.Treasurer), "20260101-none"); codeOf(err) != "SUMMARY_UNKNOWN" {
		t.Errorf("what was never made: %v", err)
	}
}

func TestWhoeverIsWrittenToMayReadThePage(t *testing.T) {
	role := map[programme.Audience]access.Role{
		programme.ToSecretariat: access.Secretariat, programme.ToTreasurers: access.Treasurer, programme.ToAuditors: access.Auditor,
		programme.ToCommissions: access.Commission, programme.ToCities: access.City, programme.ToCoordinators: access.City,
		programme.ToDonors: access.Donor,
	}
	for _, s := range programme.Current().Schedules {
		for _, to := range s.To {
			o := occasions()[slices.IndexFunc(occasions(), func(o schedule.Occasion) bool { return o.About == s.About })]
			who := access.Actor{Person: "p", Role: role[to], Scope: standings[role[to]].Scope}
			if !office.MayRead(who, o) {
				t.Errorf("%s goes to %s, who may not read its page", s.ID, to)
			}
		}
	}
	if office.MayRead(access.Actor{Person: "p", Role: access.Secretariat}, schedule.Occasion{About: "weather"}) {
		t.Error("anybody reads what is about nothing that is known")
	}
}

func TestSummariesAreChosenByWhatTheyAreAboutAndWhatCameOfThem(t *testing.T) {
	p := newPostRoom(t)
	all := occasions()
	p.made(all[2], access.Treasurer)
	p.made(all[4], access.Secretariat)
	if _, _, err := p.Outbox.Pass(t.Context(), all[5], outbox.Lapsed); err != nil {
		t.Fatal(err)
	}
	for f, want := range map[office.SummaryFilter]string{
		{}:                            all[5].ID() + " " + all[4].ID() + " " + all[2].ID(),
		{About: all[2].About}:         all[2].ID(),
		{Outcome: outbox.Lapsed}:      all[5].ID(),
		{Outcome: outbox.Nobody}:      "",
		{Outcome: outbox.Written}:     all[4].ID() + " " + all[2].ID(),
		{About: "weather"}:            "",
		{all[4].About, outbox.Lapsed}: "",
	} {
		page, _, err := p.Summaries(p.as(access.Secretariat), f, "", 100)
		var got []string
		for _, s := range page {
			got = append(got, s.ID)
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%+v: %v, %v, want %s", f, got, err, want)
		}
	}
	story, err := p.Summary(p.as(access.City), all[5].ID())
	if err != nil || story.Kept != nil || story.Files != nil || !strings.Contains(story.Title.EN, "Deadline") {
		t.Errorf("of a reminder that lapsed is told %+v, %v", story, err)
	}
	if _, err := p.CreateSummaryFile(p.as(access.Secretariat), under("z"), all[5].ID(), 0, locale.EN); codeOf(err) != "SUMMARY_FILE_UNKNOWN" {
		t.Errorf("a file of what has no report: %v", err)
	}
}

// offered are the files of the tests' reports that a role may ask for.
var offered = map[access.Role][]int{
	access.Secretariat: {0, 1, 2}, access.Treasurer: {1, 2}, access.Auditor: {0, 1, 2}, access.Donor: {2}, access.City: nil, access.Commission: nil,
}

func TestFilesAreOfferedToWhomTheyMayBeShownAndTellOfTheReportsMoment(t *testing.T) {
	p := newPostRoom(t)
	for _, o := range occasions()[:4] {
		p.made(o)
		for _, role := range access.Roles {
			if !mayRead(role, o) {
				if _, err := p.CreateSummaryFile(p.as(role), under("x"), o.ID(), 0, locale.FR); codeOf(err) != "ACCESS_DENIED" {
					t.Errorf("%s, who may not read %s, asks for its file: %v", role, o.About, err)
				}
				continue
			}
			story, err := p.Summary(p.as(role), o.ID())
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for _, file := range story.Files {
				got = append(got, file.Number)
			}
			if !slices.Equal(got, offered[role]) {
				t.Errorf("%s is offered files %v of %s, want %v", role, got, o.About, offered[role])
			}
			for number := range 3 {
				id := strings.Join([]string{string(role), o.Schedule, "abc"[number : number+1]}, "-")
				export, err := p.CreateSummaryFile(p.as(role), under(id), o.ID(), number, locale.FR)
				if may := slices.Contains(got, number); may != (err == nil) || !may && codeOf(err) != "ACCESS_DENIED" {
					t.Errorf("%s asks for file %d of %s: %v", role, number, o.About, err)
				}
				if err == nil && (!export.Wish.At.Equal(o.Due) || !export.Wish.Past || export.Wish.Lang != locale.FR) {
					t.Errorf("asked for %+v", export.Wish)
				}
			}
		}
	}
	paper, _, err := p.Export(p.as(access.Donor), "donor-donor-statement-c")
	if err != nil || paper.Wish.Kind != request.Donor || paper.Wish.Format != request.PDF || paper.Wish.Donor != korea ||
		paper.Wish.From != day("2026-01-01") || paper.Wish.To != day("2026-01-31") || !paper.Wish.ByID {
		t.Errorf("the donor's paper is %+v, %v", paper, err)
	}
	for _, number := range []int{-1, 3} {
		_, err := p.CreateSummaryFile(p.as(access.Secretariat), under("y"), occasions()[0].ID(), number, locale.FR)
		if codeOf(err) != "SUMMARY_FILE_UNKNOWN" {
			t.Errorf("file %d: %v", number, err)
		}
	}
}

// An identifier can be worked out by whoever guesses what a summary is about: that another donor is late, say.
func TestWhoReadsItsOwnOnlyIsNotToldWhetherThereIsASummaryOfOthers(t *testing.T) {
	p := newPostRoom(t)
	for _, own := range occasions() {
		p.made(foreign(own))
	}
	for _, role := range access.Roles {
		if !role.Scoped() {
			continue
		}
		_, none := p.Summary(p.as(role), "20260101-none")
		for _, own := range occasions() {
			if other := foreign(own); !office.MayRead(access.ActorOf(p.as(role)), other) {
				if _, err := p.Summary(p.as(role), other.ID()); err == nil || err.Error() != none.Error() {
					t.Errorf("%s is told of a foreign %s: %v; of none: %v", role, other.About, err, none)
				}
			}
		}
	}
}
