package exports_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/trust"
)

// treasury keeps the fund's books as two treasurers do, through the registry.
type treasury struct {
	t        *testing.T
	registry *registry.Registry
	table    table.Table
	requests int
}

func newTreasury(t *testing.T) *treasury {
	w := &treasury{t: t, table: memory.New(table.Config{})}
	w.registry = registry.New(registry.Config{
		Table: w.table, Programme: programme.Current(), Country: locale.Same, Region: func(string) string { return "" },
		Clock: func() time.Time { return time.Date(2025, time.September, 15, 10, 0, 0, 0, time.UTC) },
		IDs:   func() string { return "unused" }, Pause: func(ctx context.Context, _ int) error { return ctx.Err() },
	})
	return w
}

// by is a request of a person; requests are numbered, so that the same books are the same bytes.
func (w *treasury) by(person string) registry.Origin {
	w.requests++
	return registry.Origin{Request: fmt.Sprintf("request-%03d", w.requests), Person: person}
}

// enter posts an event, or has it proposed by one treasurer and approved by the other; it gives the entry.
func (w *treasury) enter(e trust.Event, reason string) string {
	w.t.Helper()
	entry, err := w.try(e, reason)
	if err != nil {
		w.t.Fatalf("%+v: %v", e, err)
	}
	return entry
}

func (w *treasury) try(e trust.Event, reason string) (string, error) {
	if !e.Kind.NeedsSecond() {
		return w.registry.Post(w.t.Context(), w.by("anna"), e, reason)
	}
	proposal, err := w.registry.ProposeEvent(w.t.Context(), w.by("anna"), e, reason)
	if err != nil {
		return "", err
	}
	return w.registry.Approve(w.t.Context(), w.by("bruno"), proposal)
}

func (w *treasury) reverse(entry, on, reason string) {
	w.t.Helper()
	if _, err := w.registry.Reverse(w.t.Context(), w.by("bruno"), entry, day(on), reason); err != nil {
		w.t.Fatal(err)
	}
}

func (w *treasury) close(to string) {
	w.t.Helper()
	proposal, err := w.registry.ProposeClosing(w.t.Context(), w.by("anna"), day(to), "end of the year")
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.registry.Approve(w.t.Context(), w.by("bruno"), proposal); err != nil {
		w.t.Fatal(err)
	}
}

// onto puts the books beside other records.
func (w *treasury) onto(s shelf) {
	w.t.Helper()
	store := records.New(w.table)
	for _, part := range [][2]string{{"fund_head", ""}, {"fund_entry", "2023"}, {"fund_entry", "2024"}, {"fund_entry", "2025"}} {
		err := store.Scan(w.t.Context(), part[0], part[1], "", func(r records.Record) error {
			key := part[0] + "#" + part[1]
			s[key] = append(s[key], r)
			return nil
		})
		if err != nil {
			w.t.Fatal(err)
		}
	}
}

func dollars(cents int64) money.Amount { return money.Amount{Minor: cents, Currency: "USD"} }

// depositOf is a contribution as it stands in the books.
func depositOf(t *testing.T, c fund.Contribution) trust.Event {
	t.Helper()
	worth, err := c.Worth(money.ISO("USD"))
	if err != nil {
		t.Fatal(err)
	}
	e := trust.Event{Kind: trust.Deposit, Amount: worth, Date: c.ReceivedOn, ValueDate: c.ReceivedOn, Donor: c.DonorID(), Earmark: c.Earmark}
	if c.Amount.Currency != "USD" {
		e.Original = &ledger.Original{Amount: c.Amount, Rate: c.Rate, RateDate: c.RateDate, RateSource: c.RateSource}
	}
	return e
}

// keepBooks enters the contributions and what became of them: money of before the term, interest, a loss by exchange, support costs, allocations
// to activities, some for clusters, spending for cities and countries, a refund, an entry that was taken back, and a year that was closed.
func keepBooks(t *testing.T, s shelf, contributions []fund.Contribution) {
	t.Helper()
	w := newTreasury(t)
	donors := map[string]string{}
	for _, c := range contributions {
		donors[c.Donor] = c.DonorID()
		w.enter(depositOf(t, c), "")
	}
	wrong := trust.Event{Kind: trust.Deposit, Amount: dollars(500_000), Date: day("2025-03-04"), Donor: donors["Open Book Foundation"]}
	twice := w.enter(wrong, "entered by hand")
	w.reverse(twice, "2025-03-10", "came with the bank's sheet too")

	put := func(kind trust.Kind, on string, cents int64, change func(*trust.Event)) {
		t.Helper()
		e := trust.Event{Kind: kind, Amount: dollars(cents), Date: day(on)}
		if change != nil {
			change(&e)
		}
		w.enter(e, "as the committee decided")
	}
	activity := func(code, cluster, line string, beneficiaries ...string) func(*trust.Event) {
		return func(e *trust.Event) {
			e.Activity, e.Cluster, e.Line = code, cluster, line
			if e.Kind == trust.Expenditure {
				e.Category, e.Payee, e.Beneficiary = "travel", "contact#v-1042", beneficiaries
			}
		}
	}
	put(trust.Allocation, "2023-09-30", 50_000, activity("fund/1.1", "", ""))
	put(trust.Expenditure, "2023-09-30", 20_000, activity("fund/1.1", "", "", "FR"))
	put(trust.Earned, "2024-06-30", 123_45, nil)
	put(trust.ExchangeDiff, "2024-07-01", -17_05, nil)
	put(trust.SupportCost, "2024-07-15", 7_000_00, nil)
	put(trust.Allocation, "2024-07-20", 30_000_00, activity("fund/1.1", "", ""))
	put(trust.Allocation, "2024-07-20", 120_000_00, activity("fund/1.2", "literacy", "cluster/1.2"))
	put(trust.Allocation, "2024-07-20", 20_000_00, activity("fund/2.1", "esd", ""))
	put(trust.Expenditure, "2024-09-10", 41_000_10, activity("fund/1.2", "literacy", "cluster/1.2", "SN#dakar", "EG#cairo", "AF"))
	put(trust.Expenditure, "2024-10-01", 12_500_00, activity("fund/1.1", "", "", "FR#brest"))
	put(trust.Expenditure, "2024-11-20", 3_333_33, activity("fund/1.1", "", ""))
	put(trust.Deallocation, "2024-12-01", 5_000_00, activity("fund/1.1", "", ""))
	w.close("2024-12-31")
	put(trust.Expenditure, "2025-02-03", 9_999_99, activity("fund/2.1", "esd", "cluster/3.1", "CO#medellin", "SN"))
	put(trust.Refund, "2025-04-02", 1_000_00, func(e *trust.Event) { e.Donor = donors["Republic of Korea"] })
	w.onto(s)
}

// pledge puts instalments of an agreement on record.
func pledge(t *testing.T, s shelf, agreement string, of fund.Contribution, currency, signed string, parts ...[2]string) {
	t.Helper()
	var instalments []fund.Instalment
	var sum int64
	for n, part := range parts {
		amount, err := money.Parse(part[0], money.ISO(currency))
		if err != nil {
			t.Fatal(err)
		}
		sum += amount.Minor
		due := civil.Date{}
		if part[1] != "" {
			due = day(part[1])
		}
		instalments = append(instalments, fund.Instalment{
			Agreement: agreement, Donor: of.Donor, DonorType: of.DonorType, Member: of.Member, Country: of.Country, SignedOn: day(signed),
			Number: n + 1, Amount: amount, DueOn: due, Earmark: "",
		})
	}
	for _, i := range instalments {
		i.Pledged = money.Amount{Minor: sum, Currency: currency}
		s.put(t, fund.InstalmentType, "", i.ID(), i)
	}
}
