package digest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/digest"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/trust"
)

// The donors of the tests' fund.
const (
	korea    = "donor_country#KR"
	lausanne = "member_city#CH#lausanne"
)

// treasury is a fund whose books two treasurers keep on stated days: what is recorded at a moment stays recorded as of it.
type treasury struct {
	t        *testing.T
	now      time.Time
	requests int
	store    *records.Store
	registry *registry.Registry
	source   digest.Source
}

func emptyTreasury(t *testing.T) *treasury {
	t.Helper()
	over := memory.New(table.Config{})
	f := &treasury{t: t, store: records.New(over)}
	f.registry = registry.New(registry.Config{
		Table: over, Programme: programme.Current(), Country: locale.Same, Region: func(string) string { return "" },
		Clock: func() time.Time { return f.now }, IDs: func() string { return "unused" }, Figures: donors.Figures(programme.Current(), reference.Load()),
		Pause: func(ctx context.Context, _ int) error { return ctx.Err() },
	})
	f.source = digest.Source{Records: f.store, Programme: programme.Current(), Reference: reference.Load()}
	return f
}

// newTreasury is a fund at the beginning of a term: Korea pledged in three instalments, of which it paid the first and half of the second,
// Lausanne gave Swiss francs for an activity, and a foundation's gift was entered twice. Some was set aside and spent; the year 2025 is closed.
func newTreasury(t *testing.T) *treasury {
	t.Helper()
	f := emptyTreasury(t)
	f.on("2025-09-20")
	f.pledged("KOR/MDFM 2025", "2025-09-15", "2025-10-15", "2026-02-01", "2026-12-01")
	f.gave("Lausanne", fund.MemberCity, "CH", "CH#lausanne", "2025-09-18", 900_00, func(e *trust.Event) {
		e.Earmark = "fund/2.1"
		rate, err := money.ParseRate("1.125")
		if err != nil {
			t.Fatal(err)
		}
		e.Original = &ledger.Original{
			Amount: money.Amount{Minor: 800_00, Currency: "CHF"}, Rate: rate, RateDate: day("2025-09-01"), RateSource: "UN operational rates",
		}
	})
	f.on("2025-10-16")
	f.gave("Republic of Korea", fund.DonorCountry, "KR", "", "2025-10-16", 50_000_00, nil)
	f.on("2025-10-20")
	f.gave("Open Book Foundation", fund.Foundation, "US", "", "2025-10-20", 12_345_67, nil)
	twice := f.gave("Open Book Foundation", fund.Foundation, "US", "", "2025-10-20", 12_345_67, nil)
	f.enters(trust.Allocation, "2025-10-20", 20_000_00, func(e *trust.Event) { e.Activity = "fund/1.1" })
	f.on("2025-10-24")
	f.reversed(twice, "2025-10-24")
	f.on("2025-10-28")
	f.enters(trust.Expenditure, "2025-10-28", 7_500_00, spentOn("fund/1.1", "SN#dakar", "CO#medellin"))
	f.on("2025-11-03")
	f.enters(trust.Expenditure, "2025-10-30", 1_250_50, spentOn("fund/1.1"))
	f.on("2025-12-10")
	f.enters(trust.Earned, "2025-11-30", 123_45, nil)
	f.enters(trust.SupportCost, "2025-12-01", 400_00, nil)
	f.gave("Republic of Korea", fund.DonorCountry, "KR", "", "2025-12-09", 25_000_00, nil)
	f.enters(trust.Expenditure, "2025-12-05", 3_000_00, spentOn("fund/1.1", "KE"))
	f.on("2026-01-10")
	f.told("fund/1.1", "2025-2027", "Twelve training modules were published.", "Douze modules de formation ont été publiés.")
	f.closed("2025-12-31")
	return f
}

func spentOn(activity string, beneficiaries ...string) func(*trust.Event) {
	return func(e *trust.Event) {
		e.Activity, e.Category, e.Payee, e.Beneficiary = activity, "travel", "contact#v-1042", beneficiaries
	}
}

// on is noon of a day, from which on things are recorded.
func (f *treasury) on(date string) { f.now = day(date).StartOf(time.UTC).Add(12 * time.Hour) }

func (f *treasury) by(person string) registry.Origin {
	f.requests++
	return registry.Origin{Request: fmt.Sprintf("request-%03d", f.requests), Person: person}
}

// enters posts an event, or has it proposed by one treasurer and approved by the other; it gives the entry.
func (f *treasury) enters(kind trust.Kind, on string, cents int64, change func(*trust.Event)) string {
	f.t.Helper()
	e := trust.Event{Kind: kind, Date: day(on), Amount: money.Amount{Minor: cents, Currency: "USD"}}
	if change != nil {
		change(&e)
	}
	if !kind.NeedsSecond() {
		return f.done(f.registry.Post(f.t.Context(), f.by("anna"), e, "as the committee decided"))
	}
	proposal := f.done(f.registry.ProposeEvent(f.t.Context(), f.by("anna"), e, "as the committee decided"))
	return f.done(f.registry.Approve(f.t.Context(), f.by("bruno"), proposal))
}

func (f *treasury) gave(donor, kind, country, member, on string, cents int64, change func(*trust.Event)) string {
	f.t.Helper()
	c := fund.Contribution{
		Donor: donor, DonorType: kind, Country: country, Member: member, ReceivedOn: day(on), Amount: money.Amount{Minor: cents, Currency: "USD"},
	}
	f.put(fund.RecordType, c.Year(), fmt.Sprintf("%s-%d", on, f.requests), c)
	return f.enters(trust.Deposit, on, cents, func(e *trust.Event) {
		e.Donor, e.ValueDate = c.DonorID(), day(on)
		if change != nil {
			change(e)
		}
	})
}

// pledged puts an agreement of Korea's on record, with an instalment of 50,000 dollars for each day.
func (f *treasury) pledged(agreement, signed string, due ...string) {
	f.t.Helper()
	for n, date := range due {
		i := fund.Instalment{
			Agreement: agreement, Donor: "Republic of Korea", DonorType: fund.DonorCountry, Country: "KR", SignedOn: day(signed), Number: n + 1,
			Pledged: money.Amount{Minor: int64(len(due)) * 50_000_00, Currency: "USD"}, Amount: money.Amount{Minor: 50_000_00, Currency: "USD"},
			DueOn: day(date), Remarks: "the minister is in doubt",
		}
		f.put(fund.InstalmentType, "", i.ID(), i)
	}
}

func (f *treasury) told(activity, term, en, fr string) {
	r := fund.Result{Activity: activity, Term: term, Text: locale.Text{EN: en, FR: fr}}
	f.put(fund.ResultType, term, r.ID(), r)
}

func (f *treasury) reversed(entry, on string) {
	f.t.Helper()
	f.done(f.registry.Reverse(f.t.Context(), f.by("bruno"), entry, day(on), "came twice"))
}

func (f *treasury) closed(to string) {
	f.t.Helper()
	f.done(f.registry.Approve(f.t.Context(), f.by("bruno"), f.done(f.registry.ProposeClosing(f.t.Context(), f.by("anna"), day(to), ""))))
}

func (f *treasury) done(id string, err error) string {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
	return id
}

func (f *treasury) put(typ, partition, id string, body any) {
	f.t.Helper()
	encoded, err := records.Encode(body)
	if err != nil {
		f.t.Fatal(err)
	}
	put := records.Put{Record: records.Record{
		Ref: records.Ref{Type: typ, Partition: partition, ID: id}, Body: encoded,
		Provenance: records.Provenance{Import: "import", File: "sheet.xlsx", Sheet: "Sheet", Row: 7, Person: "anna", At: f.now},
	}}
	for _, err := range f.store.PutEach(f.t.Context(), "import", []records.Put{put}) {
		if err != nil {
			f.t.Fatal(err)
		}
	}
}

// report is what is said about an occasion by what was on record when it was due.
func (f *treasury) report(o schedule.Occasion) summary.Report {
	f.t.Helper()
	r, err := f.source.Report(f.t.Context(), o, o.Due)
	if err != nil {
		f.t.Fatal(err)
	}
	return r
}

// dueOn is eight o'clock in the morning of a day where the secretariat is.
func dueOn(date string) time.Time {
	return day(date).StartOf(programme.Current().LatestCall().Location()).Add(8 * time.Hour).UTC()
}

func fundOf(from, to, due string) schedule.Occasion {
	return schedule.Occasion{
		Schedule: "fund-month", About: programme.FundSummary, Period: schedule.Period{From: day(from), To: day(to)}, Due: dueOn(due),
	}
}

func statementTo(donor, from, to, due string) schedule.Occasion {
	return schedule.Occasion{
		Schedule: "donor-statement", About: programme.DonorStatement, Period: schedule.Period{From: day(from), To: day(to)}, Due: dueOn(due),
		Subject: schedule.Subject{Donor: donor, Agreement: fund.AgreementKey("KOR/MDFM 2025")},
	}
}

func overdueInstalment(number int, date string, after int) schedule.Occasion {
	return schedule.Occasion{
		Schedule: "instalment-overdue", About: programme.InstalmentOverdue, Day: day(date), Ahead: -after,
		Due:     dueOn(day(date).AddDays(after).String()),
		Subject: schedule.Subject{Donor: korea, Agreement: fund.AgreementKey("KOR/MDFM 2025"), Number: number},
	}
}

// figuresOf are a report's figures by their keys, in English.
func figuresOf(r summary.Report) map[string]string {
	figures := map[string]string{}
	for _, f := range r.Figures {
		figures[f.Key] = f.Value.In(locale.EN)
	}
	return figures
}

// wantSaid fails where a figure says something else.
func wantSaid(t *testing.T, r summary.Report, want map[string]string) {
	t.Helper()
	figures := figuresOf(r)
	for key, text := range want {
		if figures[key] != text {
			t.Errorf("%s is %q, want %q", key, figures[key], text)
		}
	}
}

// listOf are the entries of a list, in English.
func listOf(r summary.Report, key string) string {
	var lines []string
	for _, l := range r.Lists {
		for _, e := range l.Entries {
			if l.Key == key {
				lines = append(lines, strings.Join([]string{e.On.String(), e.Name.EN, e.Note.EN, fmt.Sprint(e.Late), e.Path}, " | "))
			}
		}
	}
	return strings.Join(lines, "\n")
}
