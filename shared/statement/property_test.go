package statement_test

import (
	"reflect"
	"testing"

	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/trust"
)

var (
	first  = statement.Period{From: day("2024-01-01"), To: day("2024-06-30")}
	second = statement.Period{From: day("2024-07-01"), To: day("2024-12-31")}
)

const seeds = 30

// Compute itself proves that the donors' figures are the fund's (ErrReconcile); here the fund's are added up from the entries on a third way.
func TestAllDonorsTogetherAreTheFundToTheMinorUnit(t *testing.T) {
	for seed := range uint64(seeds) {
		b := byChance(t, seed, 150)
		for _, period := range []statement.Period{first, second} {
			f := b.compute(period)
			sum := map[statement.Line]statement.Columns{}
			for _, donor := range f.Donors {
				for line, columns := range donor.Figures.ByLine {
					sum[line] = sum[line].Plus(columns)
				}
			}
			want := map[statement.Line]statement.Columns{}
			for _, e := range b.entries {
				cash, ok := cashOf(e)
				if !ok || e.Date.After(period.To) {
					continue
				}
				line := lineOf(trust.Kind(e.Kind))
				c := statement.Columns{Cumulative: cash}
				if period.Contains(e.Date) {
					c.Period = cash
				} else if f.Prior.Contains(e.Date) {
					c.Prior = cash
				}
				want[line] = want[line].Plus(c)
			}
			for _, line := range statement.Moves {
				if sum[line] != want[line] || f.Total.Of(line) != want[line] {
					t.Fatalf("seed %d: %s of all donors is %v, of the fund %v, by the entries %v", seed, line, sum[line], f.Total.Of(line), want[line])
				}
			}
		}
	}
}

func cashOf(e ledger.Entry) (int64, bool) {
	for _, p := range e.Postings {
		if p.Account == trust.Cash {
			return p.Minor, true
		}
	}
	return 0, false
}

func lineOf(kind trust.Kind) statement.Line {
	return map[trust.Kind]statement.Line{
		trust.Deposit: statement.Received, trust.Refund: statement.Refunded, trust.Earned: statement.Interest,
		trust.ExchangeDiff: statement.Exchange, trust.SupportCost: statement.Support, trust.Expenditure: statement.Spent,
	}[kind]
}

func TestOnePeriodsClosingBalanceIsTheNextOnesOpeningBalance(t *testing.T) {
	for seed := range uint64(seeds) {
		b := byChance(t, seed, 150)
		one, two := b.compute(first), b.compute(second)
		if two.Prior != first {
			t.Fatal(two.Prior)
		}
		before := map[string]statement.Figures{}
		for _, donor := range one.Donors {
			before[donor.Donor] = donor.Figures
		}
		for _, donor := range two.Donors {
			was, is := before[donor.Donor], donor.Figures
			if was.Of(statement.Closing).Period != is.Of(statement.Opening).Period {
				t.Fatalf("seed %d: %s closes with %v and opens with %v", seed, donor.Donor, was.Of(statement.Closing), is.Of(statement.Opening))
			}
			for _, line := range statement.Lines {
				then, now := was.Of(line), is.Of(line)
				if now.Prior != then.Period {
					t.Fatalf("seed %d: %s of %s was %v, and the prior column says %v", seed, line, donor.Donor, then, now)
				}
			}
			for _, line := range statement.Moves {
				then, now := was.Of(line), is.Of(line)
				if then.Cumulative+now.Period != now.Cumulative {
					t.Fatalf("seed %d: %s of %s: %v after %v", seed, line, donor.Donor, now, then)
				}
			}
			if closing, free := is.Of(statement.Closing).Period, is.Of(statement.Unallocated).Period; free < 0 || free > max(closing, 0) {
				t.Fatalf("seed %d: %s has %d unallocated of %d", seed, donor.Donor, free, closing)
			}
		}
	}
}

// What each donor's spending reached adds up to its spending, and what all donors' reached to what the fund's did.
func TestR_FUN_5_WhatSpendingReachedAddsUp(t *testing.T) {
	for seed := range uint64(seeds) {
		b := byChance(t, seed, 150)
		f := b.compute(second)
		type place struct {
			kind    statement.Reach
			country string
		}
		reached, divided := map[place]statement.Columns{}, true
		for _, donor := range f.Donors {
			s, err := f.Statement(statement.Order{Donor: donor.Donor})
			if err != nil {
				t.Fatal(err)
			}
			var own statement.Columns
			for _, row := range s.Beneficiaries {
				own = own.Plus(row.Donor)
				reached[place{row.Kind, row.Country}] = reached[place{row.Kind, row.Country}].Plus(row.Donor)
				divided = divided && row.Kind != statement.ReachCorrected
			}
			if own != s.Figures.Of(statement.Spent).Negated() {
				t.Fatalf("seed %d: %s reached %v with %v", seed, donor.Donor, own, s.Figures.Of(statement.Spent))
			}
			for _, row := range s.Focus {
				d, base := row.Donor.Cumulative, row.DonorBase.Cumulative // of a donor that left with a part of a minor unit below 0
				if d < min(base, 0) || d > max(base, 0) || row.Fund.Cumulative > row.FundBase.Cumulative {
					t.Fatalf("seed %d: %+v", seed, row)
				}
			}
		}
		for _, row := range f.Beneficiaries {
			if got := reached[place{row.Kind, row.Country}]; divided && got != row.Fund || got.Cumulative != row.Fund.Cumulative {
				t.Fatalf("seed %d: all donors reached %s with %v, the fund with %v", seed, row.Country, got, row.Fund)
			}
		}
	}
}

func TestWhatADonorGaveIsListedToTheLastEntry(t *testing.T) {
	for seed := range uint64(seeds) {
		b := byChance(t, seed, 150)
		f := b.compute(second, donors...)
		for _, donor := range f.Donors {
			s, err := f.Statement(statement.Order{Donor: donor.Donor})
			if err != nil {
				t.Fatal(err)
			}
			var listed statement.Columns
			for _, c := range s.Contributions {
				listed = listed.Plus(map[statement.Column]statement.Columns{
					statement.InPeriod: {Period: c.Amount, Cumulative: c.Amount}, statement.InPrior: {Prior: c.Amount, Cumulative: c.Amount},
					statement.Earlier: {Cumulative: c.Amount},
				}[c.Column])
			}
			if listed != s.Figures.Of(statement.Received) {
				t.Fatalf("seed %d: %s gave %v, listed are %v", seed, donor.Donor, s.Figures.Of(statement.Received), listed)
			}
			own, all := map[statement.Line]int64{}, map[statement.Line]int64{}
			for transaction, err := range statement.Transactions(b.byDay(), second, donor.Donor) {
				if err != nil {
					t.Fatal(err)
				}
				all[transaction.Line] += transaction.Minor
				if transaction.Own {
					own[transaction.Line] += transaction.Minor
				}
			}
			for _, line := range []statement.Line{statement.Received, statement.Refunded} {
				if own[line] != s.Figures.Of(line).Period || all[line] != own[line] {
					t.Fatalf("seed %d: %s of %s is %v, by its transactions %d", seed, line, donor.Donor, s.Figures.Of(line), own[line])
				}
			}
			for _, line := range []statement.Line{statement.Spent, statement.Interest, statement.Exchange} {
				if all[line] != f.Total.Of(line).Period {
					t.Fatalf("seed %d: %s of the fund is %v, by the transactions %d", seed, line, f.Total.Of(line), all[line])
				}
			}
			for _, row := range s.Reconciled {
				if !row.Difference.IsZero() || row.Donor.Plus(row.Others) != row.Fund {
					t.Fatalf("seed %d: %+v", seed, row)
				}
			}
		}
	}
}

// Entries of later days move the ledger's head, and nothing that a statement of earlier days says.
func TestWhatCameLaterChangesNoFigureOfAnEarlierStatement(t *testing.T) {
	for seed := range uint64(seeds / 4) {
		b := byChance(t, seed, 150)
		until := &books{t: t}
		for _, e := range b.entries {
			if !e.Date.After(first.To) {
				until.entries = append(until.entries, e)
			}
		}
		all, early := b.compute(first), until.compute(first)
		if !reflect.DeepEqual(all.Donors, early.Donors) || !reflect.DeepEqual(all.Beneficiaries, early.Beneficiaries) {
			t.Fatalf("seed %d", seed)
		}
		for _, donor := range all.Donors {
			one, err := all.Statement(statement.Order{Donor: donor.Donor})
			other, err2 := early.Statement(statement.Order{Donor: donor.Donor, Status: statement.Final, Version: 2})
			if err != nil || err2 != nil || one.Digest != other.Digest {
				t.Fatalf("seed %d: %v %v: %s and %s", seed, err, err2, one.Digest, other.Digest)
			}
		}
	}
}
