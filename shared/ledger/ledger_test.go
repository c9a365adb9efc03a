package ledger_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
)

func entry(id string, postings ...ledger.Posting) ledger.Entry {
	return ledger.Entry{
		ID: id, Kind: "transfer", Date: civil.Date{Year: 2025, Month: 3, Day: 1}, At: "2025-03-01T09:00:00Z", Postings: postings,
		Source: ledger.Source{Request: "r-" + id, Person: "anna"},
	}
}

func move(id string, minor int64, from, to ledger.Account) ledger.Entry {
	return entry(id, ledger.Posting{Account: to, Minor: minor}, ledger.Posting{Account: from, Minor: -minor})
}

func TestAnEntryThatIsNoneIsRefused(t *testing.T) {
	whole := move("a", 100, "trust", "cash")
	if err := whole.Check(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*ledger.Entry)
		want   error
	}{
		"without identifier":      {func(e *ledger.Entry) { e.ID = "" }, ledger.ErrIncomplete},
		"without date":            {func(e *ledger.Entry) { e.Date = civil.Date{} }, ledger.ErrIncomplete},
		"without source":          {func(e *ledger.Entry) { e.Source.Request = "" }, ledger.ErrIncomplete},
		"of nobody":               {func(e *ledger.Entry) { e.Source.Person = "" }, ledger.ErrIncomplete},
		"with one posting":        {func(e *ledger.Entry) { e.Postings = e.Postings[:1] }, ledger.ErrPostings},
		"with a posting of zero":  {func(e *ledger.Entry) { e.Postings[0].Minor, e.Postings[1].Minor = 0, 0 }, ledger.ErrPostings},
		"with an account twice":   {func(e *ledger.Entry) { e.Postings[1].Account = "cash" }, ledger.ErrPostings},
		"that does not balance":   {func(e *ledger.Entry) { e.Postings[0].Minor++ }, ledger.ErrUnbalanced},
		"beyond the largest sum":  {func(e *ledger.Entry) { e.Postings[0].Minor = money.Bound + 1 }, ledger.ErrRange},
		"whose sum leaves bounds": {func(e *ledger.Entry) { e.Postings[0].Minor, e.Postings[1].Minor = money.Bound, 1 }, ledger.ErrRange},
	} {
		e := move("a", 100, "trust", "cash")
		c.change(&e)
		if err := e.Check(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAReversalLeavesNothingOfItsEntry(t *testing.T) {
	e := entry("a", ledger.Posting{Account: "cash", Minor: 70}, ledger.Posting{Account: "fees", Minor: 30}, ledger.Posting{Account: "trust", Minor: -100})
	back := e.Reversal()
	if back.Reverses != "a" || back.ID != "" || back.Source != (ledger.Source{}) || !back.Date.IsZero() {
		t.Errorf("%+v", back)
	}
	balances := ledger.Balances{}
	for _, e := range []ledger.Entry{e, back} {
		if err := balances.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	if len(balances) != 0 {
		t.Errorf("left: %v", balances)
	}
}

func TestAnAccountStaysWithinBoundsAndNothingOfAnEntryThatLeavesThemIsEntered(t *testing.T) {
	balances := ledger.Balances{"cash": money.Bound - 10, "trust": -money.Bound + 10}
	before := maps.Clone(balances)
	if err := balances.Add(move("a", 11, "trust", "cash")); !errors.Is(err, ledger.ErrRange) || !maps.Equal(before, balances) {
		t.Errorf("%v: %v", err, balances)
	}
	if err := balances.Add(move("a", 10, "trust", "cash")); err != nil || balances.Of("cash") != money.Bound {
		t.Errorf("%v: %v", err, balances)
	}
}

// books are batches of entries with their links, and the head.
type books struct {
	batches [][]ledger.Entry
	links   []ledger.Link
	head    ledger.Head
}

func (b *books) batch(t *testing.T, entries ...ledger.Entry) {
	t.Helper()
	var rolling ledger.Rolling
	for _, e := range entries {
		if err := b.head.Balances.Add(e); err != nil {
			t.Fatal(err)
		}
		if err := rolling.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	b.head.Link = b.head.Link.Next(fmt.Sprint("batch-", len(b.links)), rolling)
	b.head.Total += int64(len(entries))
	b.batches, b.links = append(b.batches, entries), append(b.links, b.head.Link)
}

// random books of so many batches, every tenth entry a reversal.
func random(t *testing.T, seed uint64, batches int) *books {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	accounts := []ledger.Account{"cash", "trust", "trust/1", "trust/2", "fees"}
	b := &books{head: ledger.Head{Balances: ledger.Balances{}}}
	var standing []ledger.Entry
	for n := range batches {
		var entries []ledger.Entry
		for i := range 1 + r.IntN(5) {
			id := fmt.Sprintf("e%d-%d", n, i)
			if len(standing) > 0 && r.IntN(10) == 0 {
				at := r.IntN(len(standing))
				back := standing[at].Reversal()
				back.ID, back.Date, back.At, back.Source = id, standing[at].Date, standing[at].At, ledger.Source{Request: id, Person: "b"}
				entries, standing = append(entries, back), append(standing[:at], standing[at+1:]...)
				continue
			}
			p := r.Perm(len(accounts))
			e := move(id, 1+r.Int64N(1e6), accounts[p[0]], accounts[p[1]])
			e.Attributes = map[string]string{"donor": fmt.Sprint("d", r.IntN(9)), "activity": "fund/1.1"}
			entries, standing = append(entries, e), append(standing, e)
		}
		b.batch(t, entries...)
	}
	return b
}

func (b *books) verify() error {
	v := ledger.Verifier{Seen: map[string]bool{}, Currency: money.ISO("USD")}
	for i, link := range b.links {
		for _, e := range b.batches[i] {
			if err := v.Entry(e); err != nil {
				return err
			}
		}
		if err := v.Link(link); err != nil {
			return err
		}
	}
	return v.Head(b.head)
}

func TestWhateverIsEnteredSumsToZeroAndIsVerified(t *testing.T) {
	for seed := range uint64(30) {
		b := random(t, seed, 20)
		if err := b.verify(); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		if sum := b.head.Balances.Sum(); sum != 0 {
			t.Errorf("seed %d: all accounts sum to %d", seed, sum)
		}
	}
}

// 1,450,000 won at 1,450 for a dollar are a thousand dollars, wherever the entry stands, and the other way about in its reversal.
func TestAnEntryIsWorthWhatWasPaidAtItsRate(t *testing.T) {
	rate, err := money.ParseRate("1450")
	if err != nil {
		t.Fatal(err)
	}
	paid := ledger.Original{Amount: money.Amount{Minor: 1_450_000, Currency: "KRW"}, Rate: rate.Inverse(), RateDate: civil.Date{Year: 2025, Month: 3, Day: 1}}
	for name, c := range map[string]struct {
		change func(e *ledger.Entry)
		flaw   ledger.Flaw
	}{
		"as it was paid":      {func(*ledger.Entry) {}, ""},
		"its reversal":        {func(e *ledger.Entry) { back := e.Reversal(); e.Postings = back.Postings }, ""},
		"in the own currency": {func(e *ledger.Entry) { e.Original, e.Postings[0].Minor, e.Postings[1].Minor = nil, 5, -5 }, ""},
		"a cent more":         {func(e *ledger.Entry) { e.Postings[0].Minor++; e.Postings[1].Minor-- }, ledger.ConversionOff},
		"another rate":        {func(e *ledger.Entry) { e.Original.Rate = rate }, ledger.ConversionOff},
		"another amount":      {func(e *ledger.Entry) { e.Original.Amount.Minor += 1_450 }, ledger.ConversionOff},
		"another currency":    {func(e *ledger.Entry) { e.Original.Amount.Currency = "EUR" }, ledger.ConversionOff},
		"no rate":             {func(e *ledger.Entry) { e.Original.Rate = money.Rate{} }, ledger.ConversionOff},
	} {
		e := move("a", 100_000, "trust", "cash")
		original := paid
		e.Original = &original
		c.change(&e)
		b := &books{head: ledger.Head{Balances: ledger.Balances{}}}
		b.batch(t, e)
		var fault *ledger.Fault
		if err := b.verify(); c.flaw == "" && err != nil || c.flaw != "" && (!errors.As(err, &fault) || fault.Flaw != c.flaw) {
			t.Errorf("%s: %v, want %q", name, err, c.flaw)
		}
	}
}

func TestTheFirstFaultIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		change func(b *books)
		flaw   ledger.Flaw
		link   int64
	}{
		"an amount on both sides": {func(b *books) { p := b.batches[4][0].Postings; p[0].Minor++; p[1].Minor-- }, ledger.BatchChanged, 5},
		"an amount on one side":   {func(b *books) { b.batches[4][0].Postings[0].Minor++ }, ledger.NotAnEntry, 5},
		"a date":                  {func(b *books) { b.batches[4][0].Date.Day++ }, ledger.BatchChanged, 5},
		"an attribute":            {func(b *books) { b.batches[4][0].Attributes = map[string]string{"donor": "x"} }, ledger.BatchChanged, 5},
		"a reason":                {func(b *books) { b.batches[4][0].Reason = "better so" }, ledger.BatchChanged, 5},
		"an entry too few":        {func(b *books) { b.batches[4] = b.batches[4][1:] }, ledger.BatchChanged, 5},
		"an entry again":          {func(b *books) { b.batches[5] = append(b.batches[5], b.batches[4][0]) }, ledger.EntryTwice, 6},
		"a reversal of nothing":   {func(b *books) { b.batches[4][0].Reverses = "nobody" }, ledger.ReversedAgain, 5},
		"a link's content":        {func(b *books) { b.links[4].Content = b.links[3].Content }, ledger.BatchChanged, 5},
		"a link's hash":           {func(b *books) { b.links[4].Hash = b.links[3].Hash }, ledger.ChainBroken, 5},
		"a link's batch":          {func(b *books) { b.links[4].Batch = "another" }, ledger.ChainBroken, 5},
		"a batch left out": {func(b *books) {
			b.batches, b.links = append(b.batches[:4:4], b.batches[5:]...), append(b.links[:4:4], b.links[5:]...)
		}, ledger.ChainBroken, 5},
		"batches in another order": {func(b *books) {
			b.batches[4], b.batches[5], b.links[4], b.links[5] = b.batches[5], b.batches[4], b.links[5], b.links[4]
		}, ledger.ChainBroken, 5},
		"the last batch left out": {func(b *books) {
			b.batches, b.links = b.batches[:11], b.links[:11]
		}, ledger.HeadOff, 11},
		"a balance":               {func(b *books) { b.head.Balances["cash"]++ }, ledger.BalanceOff, 12},
		"a balance of no account": {func(b *books) { b.head.Balances["pocket"] = 5 }, ledger.BalanceOff, 12},
		"the number of entries":   {func(b *books) { b.head.Total++ }, ledger.HeadOff, 12},
	} {
		b := random(t, 3, 12)
		c.change(b)
		var fault *ledger.Fault
		if err := b.verify(); !errors.As(err, &fault) || fault.Flaw != c.flaw || fault.Link != c.link {
			t.Errorf("%s: %v, want %s at batch %d", name, err, c.flaw, c.link)
		}
	}
}

func TestAnEntryIsTakenBackOnce(t *testing.T) {
	b := &books{head: ledger.Head{Balances: ledger.Balances{}}}
	e := move("a", 5, "trust", "cash")
	b.batch(t, e)
	for _, id := range []string{"b", "c"} {
		back := e.Reversal()
		back.ID, back.Date, back.At, back.Source = id, e.Date, e.At, e.Source
		b.batch(t, back)
	}
	var fault *ledger.Fault
	if err := b.verify(); !errors.As(err, &fault) || fault.Flaw != ledger.ReversedAgain || fault.Entry != "c" {
		t.Errorf("%v", err)
	}
}

// What is hashed is told apart by everything in it, and spelled the same by everybody.
func TestTheCanonicalTextOfAnEntry(t *testing.T) {
	e := move("a", 5, "trust", "cash")
	e.Attributes, e.Reason = map[string]string{"donor": "d1", "activity": "fund/1.1"}, "a < b & \"c\""
	text, err := e.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"a","kind":"transfer","date":"2025-03-01","at":"2025-03-01T09:00:00Z",` +
		`"postings":[{"account":"cash","minor":5},{"account":"trust","minor":-5}],` +
		`"attributes":{"activity":"fund/1.1","donor":"d1"},"source":{"request":"r-a","person":"anna"},"reason":"a < b & \"c\""}`
	if string(text) != want {
		t.Errorf("%s", text)
	}
}

func TestABatchIsHashedInPiecesAsInOne(t *testing.T) {
	b := random(t, 5, 1)
	for len(b.batches[0]) < 3 {
		b.batches[0] = append(b.batches[0], move(fmt.Sprint("more", len(b.batches[0])), 4, "trust", "cash"))
	}
	var whole, first ledger.Rolling
	for i, e := range b.batches[0] {
		if err := errors.Join(whole.Add(e), first.Add(e)); err != nil {
			t.Fatal(err)
		}
		if i == 1 {
			first = ledger.Resume(first.Sum())
		}
	}
	if !reflect.DeepEqual(whole, first) {
		t.Errorf("%v and %v", whole, first)
	}
	if _, hash := whole.Sum(); len(hash) != 64 || strings.Trim(string(hash), "0123456789abcdef") != "" {
		t.Errorf("hash %q", hash)
	}
}
