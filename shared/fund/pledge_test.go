package fund_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/money"
)

// promised is an instalment of a company's pledge in dollars.
func promised(agreement string, number int, dollars int64, due string) fund.Instalment {
	i := fund.Instalment{
		Agreement: agreement, Donor: "A donor", DonorType: fund.Company, SignedOn: day("2025-01-15"), Number: number, Amount: usd(dollars),
	}
	if due != "" {
		i.DueOn = day(due)
	}
	return i
}

// gift is what that company gave on a day.
func gift(dollars string, on string) fund.Contribution {
	c := given(fund.Company, dollars, "USD", "", "")
	c.ReceivedOn, c.Reference = day(on), on
	return c
}

func asGifts(contributions []fund.Contribution) (all []fund.Gift) {
	for _, c := range contributions {
		all = append(all, c.Gift())
	}
	return all
}

// spelledOverdue lists what is overdue as "agreement#number open".
func spelledOverdue(list []fund.Overdue) (all []string) {
	for _, o := range list {
		all = append(all, o.Instalment.ID()+" "+o.Open.Decimal(money.ISO(o.Open.Currency)))
	}
	return all
}

func TestR_FUN_8_AnInstalmentIsOverdueFromTheDayAfterItWasDueUntilItIsCovered(t *testing.T) {
	pledges := []fund.Instalment{
		promised("B 2", 1, 40, "2025-06-30"), promised("A/1", 2, 100, "2025-09-30"), promised("A/1", 1, 100, "2025-03-31"),
		promised("C", 1, 500, ""), promised("D", 1, 0, "2025-02-01"),
	}
	gifts := []fund.Contribution{gift("999", "2025-01-14"), gift("70", "2025-04-10"), gift("50", "2025-08-01")}
	for on, want := range map[string][]string{
		"2025-03-31": nil,
		"2025-04-01": {"a-1#001 100.00"},
		"2025-04-09": {"a-1#001 100.00"},
		"2025-04-10": {"a-1#001 30.00"},
		"2025-07-31": {"a-1#001 30.00", "b-2#001 40.00"},
		"2025-08-01": {"b-2#001 20.00"},
		"2025-10-01": {"b-2#001 20.00", "a-1#002 100.00"},
	} {
		if got := spelledOverdue(fund.NewPromises(pledges).OverdueOn(day(on), asGifts(gifts))); !slices.Equal(got, want) {
			t.Errorf("on %s %v, want %v", on, got, want)
		}
	}
}

func TestR_FUN_8_OneDonorsMoneyAndOneCurrencyCoverNoOther(t *testing.T) {
	other := promised("E", 1, 10, "2025-03-01")
	other.Donor = "Another donor"
	euros := promised("F", 1, 10, "2025-03-01")
	euros.Amount.Currency = "EUR"
	p := fund.NewPromises([]fund.Instalment{promised("A", 1, 10, "2025-03-01"), other, euros})
	got := spelledOverdue(p.OverdueOn(day("2025-04-01"), []fund.Gift{gift("100", "2025-02-01").Gift()}))
	if want := []string{"e#001 10.00", "f#001 10.00"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestR_FUN_8_APledgeIsMissedOnlyWhereOthersOfTheTypeHavePledged(t *testing.T) {
	none, some := fund.NewPromises(nil), fund.NewPromises([]fund.Instalment{promised("A", 1, 10, "")})
	stranger := gift("5", "2025-01-15")
	stranger.Donor = "A stranger"
	before, city := stranger, stranger
	before.ReceivedOn, city.DonorType = day("2025-01-14"), fund.MemberCity
	for _, c := range []struct {
		what string
		p    *fund.Promises
		gift fund.Contribution
		want bool
	}{
		{"another company has pledged", some, stranger, true},
		{"nobody has pledged", none, stranger, false},
		{"the first pledge came later", some, before, false},
		{"no city has pledged", some, city, false},
		{"the donor has pledged", some, gift("5", "2025-01-15"), false},
		{"the donor pledged later", some, gift("5", "2025-01-01"), false},
	} {
		if got := c.p.Misses(c.gift); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

func TestR_FUN_8_WhoGivesMoreThanPledgedIsToldFromThatGiftOn(t *testing.T) {
	p := fund.NewPromises([]fund.Instalment{promised("A", 1, 60, "2025-03-01"), promised("A", 2, 40, "2025-06-01")})
	gifts := []fund.Contribution{gift("1", "2025-05-03"), gift("60", "2025-02-01"), gift("500", "2025-01-14"), gift("40", "2025-05-02")}
	euros := given(fund.Company, "1000", "EUR", "1.1", "")
	for range 5 {
		rand.Shuffle(len(gifts), func(i, j int) { gifts[i], gifts[j] = gifts[j], gifts[i] })
		got := p.Exceeding(asGifts(append(slices.Clone(gifts), euros)))
		if len(got) != 1 || got[0].Gift.On != day("2025-05-03") || got[0].Received != usd(101) || got[0].Pledged != usd(100) {
			t.Errorf("%+v", got)
		}
	}
}

// Whatever is pledged and given: what is open is never more than what was promised, and all of it is covered by enough money.
func TestR_FUN_8_WhatIsOverdueIsWhatIsDueAndNotCovered(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 16))
	on := day("2025-12-31")
	for range 200 {
		var pledges []fund.Instalment
		var due int64
		for n := range 1 + random.IntN(6) {
			i := promised("A", n+1, random.Int64N(1000), fmt.Sprintf("2025-%02d-28", 1+random.IntN(12)))
			pledges, due = append(pledges, i), due+i.Amount.Minor
		}
		var gifts []fund.Contribution
		var received int64
		for n := range random.IntN(4) {
			c := gift("1", fmt.Sprintf("2025-%02d-20", 2+n))
			c.Amount.Minor = random.Int64N(150_000)
			gifts, received = append(gifts, c), received+c.Amount.Minor
		}
		var open int64
		for _, o := range fund.NewPromises(pledges).OverdueOn(on, asGifts(gifts)) {
			if o.Open.Minor <= 0 || o.Open.Minor > o.Instalment.Amount.Minor {
				t.Fatalf("%+v", o)
			}
			open += o.Open.Minor
		}
		if want := max(0, due-received); open != want {
			t.Fatalf("open %d, want %d", open, want)
		}
	}
}

func TestAnAgreementIsTheSameHoweverItIsSpelled(t *testing.T) {
	a, b := promised("KOR/MDFM 2020", 2, 1, ""), promised("kor-mdfm-2020", 2, 1, "")
	if a.ID() != "kor-mdfm-2020#002" || a.ID() != b.ID() {
		t.Errorf("%s and %s", a.ID(), b.ID())
	}
	from := func(donorType, member, country, donor string) string {
		return fund.Contribution{DonorType: donorType, Member: member, Country: country, Donor: donor}.DonorID()
	}
	if id := from(fund.Company, "", "IE", "Atlas Ltd."); strings.Contains(id, "tlas") {
		t.Errorf("%s names its donor", id)
	}
	for what, keys := range map[string][2]string{
		"a city by its identifier": {from(fund.MemberCity, "FR#brest", "FR", "Brest"), from(fund.MemberCity, "FR#brest", "FR", "Ville de Brest")},
		"a country by its code":    {from(fund.DonorCountry, "", "NO", "Norway"), from(fund.DonorCountry, "", "NO", "Norad")},
		"a company by its name":    {from(fund.Company, "", "IE", "Atlas Ltd."), from(fund.Company, "", "", "ATLAS ltd")},
	} {
		if keys[0] != keys[1] {
			t.Errorf("%s: %s and %s", what, keys[0], keys[1])
		}
	}
}

// What is taken back covers nothing any more, and what was taken back too often leaves no instalment more open than it was promised.
func TestR_FUN_8_MoneyThatIsTakenBackCoversNothing(t *testing.T) {
	p := fund.NewPromises([]fund.Instalment{promised("A", 1, 60, "2025-03-01"), promised("A", 2, 40, ""), promised("A", 3, 0, "2025-02-01")})
	for _, c := range []struct {
		gifts []int64
		want  [3]int64 // covered of the one that was dropped, the first, and that without a day
	}{
		{nil, [3]int64{}}, {[]int64{50}, [3]int64{0, 50, 0}}, {[]int64{50, 45}, [3]int64{0, 60, 35}}, {[]int64{50, 45, -45}, [3]int64{0, 50, 0}},
		{[]int64{-50}, [3]int64{}},
	} {
		cover := p.Cover(day("2025-12-31"))
		for _, dollars := range c.gifts {
			g := gift("1", "2025-02-20").Gift()
			g.Amount.Minor = dollars * 100
			cover.Add(g)
		}
		standings := cover.Standings()
		for i, want := range c.want {
			s := standings[i]
			if s.Covered.Minor != want*100 || s.Open().Minor != s.Instalment.Amount.Minor-want*100 || s.Open().Currency != "USD" {
				t.Errorf("of %v %d covers %s, want %d", c.gifts, s.Covered.Minor, s.Instalment.ID(), want*100)
			}
			if overdue := s.OverdueOn(day("2025-03-02")); overdue != (s.Instalment.Number == 1 && want < 60) {
				t.Errorf("of %v instalment %s is overdue: %v", c.gifts, s.Instalment.ID(), overdue)
			}
		}
	}
}
