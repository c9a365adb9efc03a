package giving_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/archive"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/giving"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/counting"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

var at = time.Date(2025, 6, 1, 9, 0, 0, 0, time.UTC)

// world is a store whose contributions and pledges are changed as imports change them.
type world struct {
	testing.TB
	counted *counting.Table
	store   *records.Store
	imports int
}

func newWorld(t testing.TB) *world {
	w := &world{TB: t, counted: counting.New(memory.New(table.Config{}))}
	w.store = records.New(w.counted)
	return w
}

func (w *world) source() giving.Source {
	return giving.Source{From: w.store, Programme: programme.Current(), Year: at.Year()}
}

// given is a contribution of a company.
func given(n int, donor string, day int) fund.Contribution {
	return fund.Contribution{
		Donor: donor, DonorType: fund.Company, Amount: money.Amount{Minor: int64(100 + n), Currency: "USD"},
		ReceivedOn: civil.Date{Year: 2025, Month: 1, Day: 1}.AddDays(day), Reference: fmt.Sprint("R ", n),
	}
}

func (w *world) encoded(body any) table.Attributes {
	w.Helper()
	encoded, err := records.Encode(body)
	if err != nil {
		w.Fatal(err)
	}
	return encoded
}

// put is the write of a record with a body, or of its removal where there is none, from whatever is stored.
func (w *world) put(ref records.Ref, body any) records.Put {
	w.Helper()
	put := records.Put{Record: records.Record{Ref: ref, Gone: body == nil}}
	put.Provenance = records.Provenance{Import: fmt.Sprint("import-", w.imports), At: at.Add(time.Duration(w.imports) * time.Hour)}
	if body != nil {
		put.Body = w.encoded(body)
	}
	there, err := w.store.Latest(w.Context(), []records.Ref{ref})
	if err != nil {
		w.Fatal(err)
	}
	if len(there) > 0 {
		put.Base = there[0].Version
	}
	return put
}

func refOf(c fund.Contribution) records.Ref {
	return records.Ref{Type: fund.RecordType, Partition: c.Year(), ID: c.ID()}
}

// commits writes as an import does, with the lists, or without them as the product did before it had any.
func (w *world) commits(to *records.Store, lists bool, puts ...records.Put) error {
	imp := puts[0].Provenance.Import
	if lists {
		if err := giving.List(w.Context(), to, w.source(), imp, puts); err != nil {
			return err
		}
	}
	return errors.Join(to.PutEach(w.Context(), imp, puts)...)
}

// next is the next import.
func (w *world) next() { w.imports++ }

// agrees checks that what is found by donor is what all records say.
func (w *world) agrees() {
	w.Helper()
	ctx, s := w.Context(), w.source()
	pledges, err := registry.Pledges(ctx, w.store)
	w.must(err)
	want, err := registry.Donors(ctx, w.store, s.Programme, s.Year, pledges)
	w.must(err)
	gifts := map[string][]string{}
	for c, err := range registry.Contributions(ctx, w.store, s.Programme, s.Year) {
		w.must(err)
		gifts[c.DonorID()] = append(gifts[c.DonorID()], c.ReceivedOn.String()+" "+c.ID())
	}
	for limit := range 4 {
		got := map[string]fund.Donor{}
		for after := ""; ; {
			part, next, err := giving.Page(ctx, w.store, s, "", after, limit)
			w.must(err)
			for _, one := range part {
				if _, twice := got[one.ID]; twice {
					w.Errorf("%s is on two pages", one.ID)
				}
				got[one.ID] = one
			}
			if after = next; after == "" {
				break
			}
		}
		if !maps.Equal(got, want) {
			w.Fatalf("pages of %d have %v, want %v", limit, got, want)
		}
	}
	named, err := giving.Donors(ctx, s, append(slices.Sorted(maps.Keys(want)), "company#nobody"))
	w.must(err)
	if !maps.Equal(named, want) {
		w.Fatalf("named: %v, want %v", named, want)
	}
	for _, donor := range append(slices.Sorted(maps.Keys(want)), "company#nobody") {
		own, err := giving.Contributions(ctx, s, donor)
		w.must(err)
		var got []string
		for _, c := range own {
			got = append(got, c.ReceivedOn.String()+" "+c.ID())
		}
		if !slices.IsSorted(dates(got)) {
			w.Errorf("%s gave %v, which is not by day", donor, got)
		}
		slices.Sort(got)
		slices.Sort(gifts[donor])
		if !slices.Equal(got, gifts[donor]) {
			w.Fatalf("%s gave %v, want %v", donor, got, gifts[donor])
		}
		beside, err := giving.Gifts(ctx, s, []string{donor})
		w.must(err)
		if len(beside) != len(own) {
			w.Errorf("%d gifts of %s, want %d", len(beside), donor, len(own))
		}
	}
}

func dates(lines []string) (days []string) {
	for _, line := range lines {
		day, _, _ := strings.Cut(line, " ")
		days = append(days, day)
	}
	return days
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// spellings are of three donors.
var spellings = []string{"Acme", "ACME", "acme", "Borea", "Bórea", "Cyan"}

// change is a random batch of an import: contributions that come, are corrected and are taken away, and a pledge now and then.
func (w *world) change(r *rand.Rand) []records.Put {
	w.next()
	var puts []records.Put
	for _, n := range r.Perm(12)[:1+r.IntN(4)] {
		c := given(n, spellings[r.IntN(len(spellings))], r.IntN(20))
		if r.IntN(4) == 0 {
			c.City = "Turin"
		}
		if r.IntN(4) == 0 {
			puts = append(puts, w.put(refOf(c), nil))
			if puts[len(puts)-1].Base == 0 {
				puts = puts[:len(puts)-1]
			}
			continue
		}
		puts = append(puts, w.put(refOf(c), c))
	}
	if r.IntN(3) == 0 || len(puts) == 0 {
		i := fund.Instalment{
			Agreement: fmt.Sprint("A ", r.IntN(3)), Donor: spellings[r.IntN(len(spellings))], DonorType: fund.Company, Number: 1,
			SignedOn: civil.Date{Year: 2025, Month: 1, Day: 1 + r.IntN(20)}, Amount: money.Amount{Minor: 5, Currency: "USD"},
		}
		puts = append(puts, w.put(records.Ref{Type: fund.InstalmentType, ID: i.ID()}, i))
	}
	return puts
}

func TestWhatIsFoundByDonorIsWhatAllRecordsSay(t *testing.T) {
	for seed := range uint64(30) {
		w, r := newWorld(t), rand.New(rand.NewPCG(seed, 1))
		w.agrees()
		lists := seed%3 != 0 // a third begins in a table without lists
		for step := range 12 {
			if step == 6 {
				lists = true
			}
			w.must(w.commits(w.store, lists, w.change(r)...))
			w.agrees()
			if t.Failed() {
				t.Fatalf("seed %d, step %d", seed, step)
			}
		}
	}
}

// TestListsThatAreStoppedAnywhereAndRepeatedAreTheSame has each write of an import fail, before or after it took effect.
func TestListsThatAreStoppedAnywhereAndRepeatedAreTheSame(t *testing.T) {
	for _, older := range []bool{false, true} {
		play := func(plan faulty.Plan) (w *world, writes int) {
			w = newWorld(t)
			w.must(w.commits(w.store, !older, w.put(refOf(given(1, "Acme", 3)), given(1, "Acme", 3)), w.put(refOf(given(2, "Borea", 4)), given(2, "Borea", 4))))
			w.next()
			puts := []records.Put{
				w.put(refOf(given(1, "Acme", 3)), given(1, "ACME", 5)), w.put(refOf(given(2, "Borea", 4)), nil),
				w.put(refOf(given(3, "Cyan", 9)), given(3, "Cyan", 9)),
			}
			failing := faulty.New(w.counted, plan)
			for w.commits(records.New(failing), true, puts...) != nil {
				if plan.Fail == 0 {
					t.Fatal("it fails by itself")
				}
			}
			return w, failing.Writes()
		}
		whole, writes := play(faulty.Plan{})
		for fail := 1; fail <= writes; fail++ {
			for _, effect := range []bool{false, true} {
				w, _ := play(faulty.Plan{Fail: fail, Effect: effect})
				w.agrees()
				if got, want := w.everything(), whole.everything(); got != want {
					t.Errorf("write %d (in effect: %v) leaves\n%s\nwant\n%s", fail, effect, got, want)
				}
			}
		}
	}
}

// everything is what is stored of donors and gifts, line by line.
func (w *world) everything() string {
	w.Helper()
	var lines []string
	for _, partition := range []string{"donor", "donor_listed", "contribution#2025"} {
		page, err := w.counted.Query(w.Context(), table.Query{Partition: partition})
		w.must(err)
		for _, item := range page.Items {
			lines = append(lines, fmt.Sprint(item.Key, " ", item.Attributes))
		}
	}
	for _, donor := range []string{"Acme", "Borea", "Cyan"} {
		page, err := w.counted.Query(w.Context(), table.Query{Partition: "donor_gift#" + given(0, donor, 0).DonorID()})
		w.must(err)
		for _, item := range page.Items {
			lines = append(lines, fmt.Sprint(item.Key, " ", item.Attributes))
		}
	}
	return strings.Join(lines, "\n")
}

// TestARestoredStoreHasItsLists moves a store by an archive: nothing is to be caught up with then.
func TestARestoredStoreHasItsLists(t *testing.T) {
	w := newWorld(t)
	r := rand.New(rand.NewPCG(7, 1))
	for range 8 {
		w.must(w.commits(w.store, true, w.change(r)...))
	}
	blobs, err := files.Open(t.TempDir())
	w.must(err)
	var written bytes.Buffer
	_, err = archive.Write(t.Context(), &written, archive.Store{Table: w.counted, Blobs: blobs}, archive.Options{At: at})
	w.must(err)
	opened, err := archive.Open(t.Context(), "archive", bytes.NewReader(written.Bytes()), int64(written.Len()))
	w.must(err)
	moved := newWorld(t)
	empty, err := files.Open(t.TempDir())
	w.must(err)
	w.must(opened.Restore(t.Context(), archive.Store{Table: moved.counted, Blobs: empty}, archive.Restoring{}))
	moved.imports = w.imports
	moved.agrees()
	if got, want := moved.everything(), w.everything(); got != want {
		t.Errorf("restored\n%s\nwant\n%s", got, want)
	}
	moved.must(moved.commits(moved.store, true, moved.change(r)...))
	moved.agrees()
}

func TestWhatIsReadOfADonorDoesNotGrowWithWhatOthersGave(t *testing.T) {
	w := newWorld(t)
	brings := func(first, last int) {
		w.next()
		var puts []records.Put
		for n := first; n < last; n++ {
			c := given(n, fmt.Sprint("Company ", n/10), n%10)
			puts = append(puts, w.put(refOf(c), c))
		}
		w.must(w.commits(w.store, true, puts...))
	}
	read := func() string {
		var all []string
		counted := func(what string, do func(context.Context) error) {
			w.counted.Take()
			w.must(do(t.Context()))
			all = append(all, fmt.Sprint(what, ": ", w.counted.Take()))
		}
		donor := given(0, "Company 3", 0).DonorID()
		counted("contributions", func(ctx context.Context) error {
			_, err := giving.Contributions(ctx, w.source(), donor)
			return err
		})
		counted("gifts", func(ctx context.Context) error {
			_, err := giving.Gifts(ctx, w.source(), []string{donor})
			return err
		})
		counted("donors", func(ctx context.Context) error {
			_, err := giving.Donors(ctx, w.source(), []string{donor})
			return err
		})
		counted("a page", func(ctx context.Context) error {
			_, _, err := giving.Page(ctx, w.store, w.source(), "", "", 20)
			return err
		})
		return strings.Join(all, "\n")
	}
	brings(0, 300)
	before := read()
	brings(300, 1200)
	if after := read(); after != before {
		t.Errorf("%s\nand with four times as much\n%s", before, after)
	}
}
