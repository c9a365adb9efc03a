package fund_test

import (
	"maps"
	"math/rand/v2"
	"testing"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/reference"
)

func TestR_FUN_5_WhatIsSpentIsSharedAmongThoseItWasFor(t *testing.T) {
	var b fund.Benefit
	b.Add(1000, []string{"SN#dakar", "SN#thies", "FR"})
	b.Add(50, nil)
	b.Add(7, []string{"EG"})
	if b.All != 1057 || b.Network != 50 || !maps.Equal(b.By, map[string]int64{"FR": 334, "SN": 666, "EG": 7}) {
		t.Errorf("%+v", b)
	}
	b.Add(-1000, []string{"FR", "SN#thies", "SN#dakar"})
	if b.All != 57 || b.By["FR"] != 0 || b.By["SN"] != 0 {
		t.Errorf("taken back, it leaves %+v", b)
	}
}

// Egypt is on the continent and among UNESCO's Arab States; Afghanistan is of low income.
func TestR_FUN_5_SpendingIsSummedByBothMeaningsOfAfrica(t *testing.T) {
	var b fund.Benefit
	for country, minor := range map[string]int64{"SN": 1, "EG": 20, "AF": 300, "FR": 4000, "XX": 50_000} {
		b.Add(minor, []string{country})
	}
	want := fund.FocusSpending{Region: 1, Continent: 21, LowIncome: 300, RegionOrLow: 301, ContinentOrLow: 321}
	if got := b.Focus(reference.Load()); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestWhatCountriesGotAddsUpToWhatWasSpent(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 7))
	names := []string{"FR#brest", "FR", "SN", "SN#dakar", "EG", "CO", "AF"}
	for range 200 {
		var b fund.Benefit
		for range random.IntN(9) {
			random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
			b.Add(random.Int64N(2000)-1000, names[:random.IntN(len(names)+1)])
		}
		sum := b.Network
		for _, minor := range b.By {
			sum += minor
		}
		if sum != b.All {
			t.Fatalf("%d of %d", sum, b.All)
		}
	}
}
