package trust_test

import (
	"bytes"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/attribution"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/trust"
)

// closing is a period that was closed, with the donors' figures as they were kept at its end.
type closing struct {
	day   civil.Date
	kept  []byte
	after int // how many entries there were
}

// ledgerOfYears is books whose periods are closed while papers of the open one still come in. Entries are judged by what was kept.
type ledgerOfYears struct {
	*books
	r        *rand.Rand
	closings []closing
	standing []ledger.Entry
}

func keep(t *testing.T, book *attribution.Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func resume(t *testing.T, kept []byte) *attribution.Book {
	t.Helper()
	if kept == nil {
		return attribution.New(areaOf)
	}
	book, err := attribution.Read(bytes.NewReader(kept), areaOf)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// after are the entries of the days behind one, in their order.
func (b *books) after(day civil.Date) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		for e, err := range b.byDay() {
			if e.Date.After(day) && !yield(e, err) {
				return
			}
		}
	}
}

func (l *ledgerOfYears) last() closing {
	if len(l.closings) == 0 {
		return closing{}
	}
	return l.closings[len(l.closings)-1]
}

// enter judges an entry by what was kept when the last period was closed, and by all entries, which is the same.
func (l *ledgerOfYears) enter(e ledger.Entry) bool {
	l.t.Helper()
	if l.period.CheckEntry(e, usd) != nil {
		return false
	}
	last := l.last()
	left, err := trust.Takeable(e, resume(l.t, last.kept), l.after(last.day))
	if err != nil {
		l.t.Fatal(err)
	}
	all, err := trust.Takeable(e, attribution.New(areaOf), l.byDay())
	if err != nil || left != all {
		l.t.Fatalf("%v: %+v may take %d by what was kept, %d by all entries", err, e, left, all)
	}
	if trust.CheckDonor(e, left, usd) != nil {
		return false
	}
	return l.books.enter(e) == ""
}

// close ends the period up to a day.
func (l *ledgerOfYears) close(to civil.Date) {
	l.t.Helper()
	last := l.last()
	book := resume(l.t, last.kept)
	if err := trust.Follow(book, l.after(last.day), to, nil); err != nil {
		l.t.Fatal(err)
	}
	opening := l.period.Opening.Clone()
	for _, day := range l.period.Days {
		if day.Date.After(to) {
			break
		}
		for account, minor := range day.Moves {
			opening[account] += minor
		}
	}
	open := slices.DeleteFunc(slices.Clone(l.period.Days), func(d trust.Day) bool { return !d.Date.After(to) })
	l.period = trust.Period{ClosedTo: to, Opening: opening, Days: open}
	l.closings = append(l.closings, closing{to, keep(l.t, book), len(l.entries)})
}

var activities = []string{"fund/1.1", "fund/1.2", "fund/2.1"}

// event is something by chance, of a day of the open period.
func (l *ledgerOfYears) event(on civil.Date) {
	l.t.Helper()
	e := trust.Event{Date: on, Amount: money.Amount{Minor: 1 + l.r.Int64N(1<<(1+l.r.IntN(40))), Currency: "USD"}}
	donor, activity := fmt.Sprint("d", l.r.IntN(7)), activities[l.r.IntN(3)]
	some := func(most int64) int64 { return 1 + l.r.Int64N(max(most, 1)) }
	switch n := l.r.IntN(20); {
	case n < 5:
		e.Kind, e.Donor, e.Earmark = trust.Deposit, donor, []string{"", "", "fund/1", "fund/2", activity}[l.r.IntN(5)]
	case n < 8:
		e.Kind, e.Activity, e.Amount.Minor = trust.Allocation, activity, some(l.shown(trust.Unallocated))
	case n < 12:
		e.Kind, e.Activity, e.Amount.Minor = trust.Expenditure, activity, some(l.shown(trust.AllocatedTo(activity)))
	case n == 12:
		e.Kind, e.Activity, e.Amount.Minor = trust.Deallocation, activity, some(l.shown(trust.AllocatedTo(activity)))
	case n == 13:
		e.Kind, e.Amount.Minor = trust.SupportCost, some(l.shown(trust.Unallocated)/20)
	case n == 14:
		e.Kind, e.Amount.Minor = trust.Earned, some(500)
	case n == 15:
		e.Kind, e.Amount.Minor = trust.ExchangeDiff, some(500)-250
	case n < 18:
		e.Kind, e.Donor = []trust.Kind{trust.Refund, trust.SupportCost}[l.r.IntN(2)], donor
		e.Amount.Minor = some(resumeAt(l, on).Left(donor))
	case n == 18:
		l.undo()
		return
	default:
		if len(l.standing) > 0 {
			i := l.r.IntN(len(l.standing))
			back := l.standing[i].Reversal()
			back.Date, back.At, back.Source, back.Reason = on, l.standing[i].At, l.standing[i].Source, "entered by mistake"
			if !on.Before(l.standing[i].Date) && l.enter(back) {
				l.standing = slices.Delete(l.standing, i, i+1)
			}
		}
		return
	}
	if e.Amount.Minor != 0 && l.enter(e.Entry(trust.Who{At: at, Source: ledger.Source{Request: "r", Person: "anna"}})) {
		l.standing = append(l.standing, l.entries[len(l.entries)-1])
	}
}

// undo takes an entry back as the undo of its sheet does: of its own day or the first open one, and whatever its donor has left.
func (l *ledgerOfYears) undo() {
	l.t.Helper()
	if len(l.standing) == 0 {
		return
	}
	i := l.r.IntN(len(l.standing))
	back := l.standing[i].Reversal()
	back.Date, back.At, back.Source, back.Reason = l.standing[i].Date, l.standing[i].At, l.standing[i].Source, "undone"
	if !back.Date.After(l.last().day) {
		back.Date = l.last().day.AddDays(1)
	}
	if l.period.CheckEntry(back, usd) == nil && l.append(back) == "" {
		l.standing = slices.Delete(l.standing, i, i+1)
	}
}

func resumeAt(l *ledgerOfYears, last civil.Date) *attribution.Book {
	book := resume(l.t, l.last().kept)
	if err := trust.Follow(book, l.after(l.last().day), last, nil); err != nil {
		l.t.Fatal(err)
	}
	return book
}

// years is a fund by chance over a number of months, each closed about a month after its end. Papers come in any order until then.
func years(t *testing.T, seed uint64, months int) *ledgerOfYears {
	l := &ledgerOfYears{books: newBooks(t), r: rand.New(rand.NewPCG(seed, 7))}
	for month := range months {
		for range 30 {
			open := max(0, (month-1)*30)
			on := day(open + l.r.IntN((month+1)*30-open))
			if l.last().day.IsZero() || on.After(l.last().day) {
				l.event(on)
			}
		}
		if to := day(month*30 - 1 - l.r.IntN(3)); month > 0 && to.After(l.last().day) && l.r.IntN(4) > 0 {
			l.close(to)
		}
	}
	return l
}

// figures are the donors' sums, line by line, as the fund's accounts have them.
func figures(shares []attribution.Share) map[string]int64 {
	sums := map[string]int64{}
	for _, share := range shares {
		sums["received"] += share.Received
		sums["refunded"] += share.Refunded
		sums["closing"] += share.Closing()
		for line, minor := range share.Lines {
			sums[line] += minor
		}
	}
	return sums
}

func nonZero(of map[string]int64) map[string]int64 {
	rest := map[string]int64{}
	for name, minor := range of {
		if minor != 0 {
			rest[name] = minor
		}
	}
	return rest
}

// fundFigures are those of the accounts at the end of a day.
func (b *books) fundFigures(last civil.Date) map[string]int64 {
	balances := ledger.Balances{}
	for _, e := range b.entries {
		if !e.Date.After(last) {
			if err := balances.Add(e); err != nil {
				b.t.Fatal(err)
			}
		}
	}
	of := func(a ledger.Account) int64 { return trust.Shown(balances, a) }
	sums := map[string]int64{
		"received": of(trust.Contributions), "refunded": of(trust.Refunds), "closing": of(trust.Cash),
		trust.LineInterest: of(trust.Interest), trust.LineExchange: of(trust.Exchange), trust.LineSupport: -of(trust.Support),
	}
	for _, activity := range activities {
		sums[attribution.Spending(activity)] = -of(trust.SpentOn(activity))
	}
	return sums
}

func TestInEveryPeriodAndLineTheDonorsFiguresAddUpToTheFundsAlsoByWhatWasKept(t *testing.T) {
	for seed := range uint64(8) {
		l := years(t, seed, 12)
		if len(l.closings) < 5 || len(l.entries) < 100 {
			t.Fatalf("seed %d: %d closings, %d entries", seed, len(l.closings), len(l.entries))
		}
		before := map[string]int64{}
		for i, closed := range append(l.closings, closing{day: day(500)}) {
			book := attribution.New(areaOf)
			if err := trust.Follow(book, l.byDay(), closed.day, nil); err != nil {
				t.Fatal(err)
			}
			// What was kept stands, whatever was entered and closed since.
			if i < len(l.closings) && !bytes.Equal(keep(t, book), closed.kept) {
				t.Fatalf("seed %d: other figures are kept for %s than the entries make", seed, closed.day)
			}
			now, fund := figures(book.Shares()), l.fundFigures(closed.day)
			if got, want := nonZero(now), nonZero(fund); !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d, to %s: %v, the fund %v", seed, closed.day, got, want)
			}
			period := map[string]int64{}
			for line, minor := range now {
				period[line] = minor - before[line]
			}
			opening := before["closing"]
			if left := opening + period["received"] - period["refunded"] + sumOfLines(period); left != fund["closing"] {
				t.Errorf("seed %d, to %s: opens at %d and closes at %d, not at %d", seed, closed.day, opening, left, fund["closing"])
			}
			before = now
		}
	}
}

func sumOfLines(period map[string]int64) (sum int64) {
	for line, minor := range period {
		if line != "received" && line != "refunded" && line != "closing" {
			sum += minor
		}
	}
	return sum
}

func TestADonorsPeriodOpensAtWhatItsLastOneClosed(t *testing.T) {
	for seed := range uint64(4) {
		l := years(t, seed+100, 8)
		closings := map[string]int64{}
		book, from := attribution.New(areaOf), civil.Date{}
		before := map[string]attribution.Share{}
		for _, closed := range l.closings {
			if err := trust.Follow(book, l.after(from), closed.day, nil); err != nil {
				t.Fatal(err)
			}
			from, book = closed.day, resume(t, keep(t, book))
			for _, share := range book.Shares() {
				left := closings[share.Donor] + movedIn(share) - movedIn(before[share.Donor])
				if left != share.Closing() {
					t.Errorf("seed %d, %s to %s: %d, not %d", seed, share.Donor, closed.day, left, share.Closing())
				}
				before[share.Donor], closings[share.Donor] = share, left
			}
		}
	}
}

// movedIn is all that a donor's columns have from the beginning.
func movedIn(s attribution.Share) int64 {
	sum := s.Received - s.Refunded
	for _, line := range s.Lines {
		sum += line
	}
	return sum
}

func TestReplayingEntriesAndClosingsGivesTheSameBooks(t *testing.T) {
	l := years(t, 55, 10)
	again := &ledgerOfYears{books: newBooks(t)}
	for i, e := range l.entries {
		for len(again.closings) < len(l.closings) && l.closings[len(again.closings)].after == i {
			again.close(l.closings[len(again.closings)].day)
		}
		if !again.enter(e) {
			t.Fatalf("%+v was entered before", e)
		}
	}
	for len(again.closings) < len(l.closings) {
		again.close(l.closings[len(again.closings)].day)
	}
	if !reflect.DeepEqual(l.head, again.head) || !reflect.DeepEqual(l.period, again.period) || !reflect.DeepEqual(l.closings, again.closings) {
		t.Errorf("%v\n%v", l.head, again.head)
	}
}
