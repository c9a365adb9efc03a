package attribution_test

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/attribution"
)

func areaOf(activity string) string { return "area " + activity[:1] }

func newBook() *attribution.Book { return attribution.New(areaOf) }

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func allocate(b *attribution.Book, activity string, minor int64) error {
	_, err := b.Allocate(activity, minor)
	return err
}

func shareOf(t *testing.T, b *attribution.Book, donor string) attribution.Share {
	t.Helper()
	for _, share := range b.Shares() {
		if share.Donor == donor {
			return share
		}
	}
	t.Fatalf("%s has no share", donor)
	return attribution.Share{}
}

// spent is what was spent of a donor's money on an activity.
func spent(t *testing.T, b *attribution.Book, donor, activity string) int64 {
	return -shareOf(t, b, donor).Lines[attribution.Spending(activity)]
}

func TestSpendingIsSharedByWhatEachHasInTheFundAtTheTime(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "", 300), b.Deposit("b", "", 100), allocate(b, "1.1", 400), b.Spend("1.1", 200))
	// a has 150 left and b 50; c comes to 200 of what is spent from now on.
	must(t, b.Deposit("c", "", 200), b.Spend("1.1", 100))
	for donor, want := range map[string]int64{"a": 150 + 37, "b": 50 + 13, "c": 50} { // exactly 187.5 and 62.5: the unit too few is the first donor's gain
		if got := spent(t, b, donor, "1.1"); got != want {
			t.Errorf("%s: %d, want %d", donor, got, want)
		}
	}
}

func TestEarmarkedMoneyIsUsedForItsPurposeFirstThenItsAreasThenThatWithoutOne(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("free", "", 100), b.Deposit("area", "area 1", 100), b.Deposit("own", "1.1", 100), b.Deposit("other", "2.1", 100))
	must(t, allocate(b, "1.1", 300), b.Spend("1.1", 250))
	for donor, want := range map[string]int64{"own": 100, "area": 100, "free": 50, "other": 0} {
		if got := spent(t, b, donor, "1.1"); got != want {
			t.Errorf("%s: %d, want %d", donor, got, want)
		}
	}
	elsewhere, err := b.Allocate("1.1", 40)
	if err != nil || elsewhere != 40 {
		t.Errorf("%d of money for another purpose, %v", elsewhere, err)
	}
}

func TestADonorIsRefundedWhatIsLeftOfItsMoneyAndNotMore(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "", 300), b.Deposit("b", "", 100), allocate(b, "1.1", 200), b.Spend("1.1", 200))
	if left := b.Left("b"); left != 50 {
		t.Fatalf("left %d", left)
	}
	must(t, b.Refund("b", 50))
	if share := shareOf(t, b, "b"); share.Closing() != 0 || share.Refunded != 50 || b.Left("b") != 0 {
		t.Errorf("%+v", share)
	}
}

func TestARefundBeforeSpendingThatBecomesKnownLaterLeavesThatSpendingToTheOthers(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "", 100), b.Deposit("b", "", 100), allocate(b, "1.1", 100), b.Spend("1.1", 60), b.Refund("b", 100))
	if a, refunded := shareOf(t, b, "a"), shareOf(t, b, "b"); refunded.Closing() != 0 || spent(t, b, "a", "1.1") != 60 || a.Closing() != 40 {
		t.Errorf("%+v, %+v", a, refunded)
	}
}

func TestWhatOnesOwnMoneyIsAllocatedToIsChangedForOthersMoneyWhenOneTakesItsOut(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "1.1", 100), allocate(b, "1.1", 100), b.Deposit("b", "2.1", 100), b.Refund("a", 100), b.Spend("1.1", 30))
	if a, other := shareOf(t, b, "a"), shareOf(t, b, "b"); a.Closing() != 0 || other.Closing() != 70 || spent(t, b, "b", "1.1") != 30 {
		t.Errorf("%+v, %+v", a, other)
	}
}

func TestADepositTakenBackLeavesItsSpendingToTheOthers(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "", 100), b.Deposit("typo", "", 900), allocate(b, "1.1", 50), b.Spend("1.1", 50), b.Deposit("c", "", 1000))
	must(t, b.Withdraw("typo", "", 900))
	typo := shareOf(t, b, "typo")
	if typo.Received != 0 || typo.Closing() != 0 || len(typo.Lines) != 0 {
		t.Errorf("%+v", typo)
	}
	if a, c := spent(t, b, "a", "1.1"), spent(t, b, "c", "1.1"); a+c != 50 || a < 5 || c == 0 {
		t.Errorf("a %d, c %d", a, c)
	}
}

func TestInterestOnAFundWithoutMoneyIsNobodys(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "", 100), allocate(b, "1.1", 100), b.Spend("1.1", 100), b.Spread("interest", 7))
	if nobody, a := shareOf(t, b, attribution.Nobody), shareOf(t, b, "a"); nobody.Closing() != 7 || a.Closing() != 0 {
		t.Errorf("%+v, %+v", nobody, a)
	}
}

func TestWhoeverComesAfterThePoolWasUsedUpHasNoPartInWhatWasBefore(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "", 100), allocate(b, "1.1", 100), b.Spend("1.1", 100))
	must(t, b.Deposit("b", "", 40), allocate(b, "1.1", 40), b.Spend("1.1", 40), b.Deposit("a", "", 5))
	if a, late := shareOf(t, b, "a"), shareOf(t, b, "b"); spent(t, b, "a", "1.1") != 100 || spent(t, b, "b", "1.1") != 40 || a.Closing() != 5 ||
		late.Closing() != 0 {
		t.Errorf("%+v, %+v", a, late)
	}
}

func TestASupportCostOfAnAgreementIsItsDonorsAlone(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "", 100), b.Deposit("b", "", 100), b.ChargeDonor("support", "a", 7), b.Spread("support", -4))
	a, other := shareOf(t, b, "a"), shareOf(t, b, "b")
	if a.Lines["support"]+other.Lines["support"] != -11 || a.Lines["support"] != -9 {
		t.Errorf("%+v, %+v", a, other)
	}
}

func TestARefundOrAChargeTakenBackIsTheDonorsMoneyAgain(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "", 100), b.Deposit("b", "", 100), b.Refund("a", 30), b.ChargeDonor("support", "a", 7))
	must(t, b.Refund("a", -30), b.ChargeDonor("support", "a", -7))
	if a := shareOf(t, b, "a"); a.Closing() != 100 || a.Refunded != 0 || len(a.Lines) != 0 || b.Left("a") != 100 {
		t.Errorf("%+v", a)
	}
}

func TestNothingBeyondWhatThereIs(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "1.1", 100), allocate(b, "1.1", 60))
	before := b.Shares()
	for name, err := range map[string]error{
		"allocated": allocate(b, "1.1", 41), "freed": b.Deallocate("1.1", 61), "spent": b.Spend("1.1", 61), "spent elsewhere": b.Spend("2.1", 1),
		"unspent": b.Unspend("1.1", 1), "charged": b.Spread("support", -41), "refunded": b.Refund("a", 41), "of a stranger": b.Refund("z", 1),
		"withdrawn": b.Withdraw("a", "", 41),
	} {
		if !errors.Is(err, attribution.ErrBeyond) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range map[string]error{
		"deposit": b.Deposit("a", "", 0), "refund": b.Refund("a", 0), "spending": b.Spend("1.1", 0), "interest": b.Spread("interest", 0),
		"withdrawal": b.Withdraw("a", "", 0),
	} {
		if !errors.Is(err, attribution.ErrAmount) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if after := b.Shares(); !reflect.DeepEqual(before, after) {
		t.Errorf("%+v became %+v", before, after)
	}
}

func TestSpendingTakenBackIsTheirsAgainWhoBoreIt(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "", 100), allocate(b, "1.1", 100), b.Spend("1.1", 100), b.Deposit("b", "", 40), b.Unspend("1.1", 100))
	if a, late := shareOf(t, b, "a"), shareOf(t, b, "b"); a.Closing() != 100 || late.Closing() != 40 || b.Left("b") != 40 {
		t.Errorf("%+v, %+v", a, late)
	}
}

func TestWhatNobodyBearsAnyLongerIsNobodysWhenItIsTakenBack(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("typo", "1.1", 100), b.Deposit("a", "", 100), allocate(b, "1.1", 100), b.Spend("1.1", 100))
	must(t, b.Withdraw("typo", "1.1", 100), b.Unspend("1.1", 100))
	if typo, nobody := shareOf(t, b, "typo"), shareOf(t, b, attribution.Nobody); typo.Closing() != 0 || nobody.Closing() != 100 {
		t.Errorf("%+v, %+v", typo, nobody)
	}
}

func TestADepositIsTakenBackFromTheMoneyOfItsPurpose(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "", 100), b.Deposit("a", "2.1", 100), b.Deposit("b", "", 100), b.Withdraw("a", "2.1", 100), allocate(b, "1.1", 200), b.Spend("1.1", 200))
	if a := spent(t, b, "a", "1.1"); a != 100 {
		t.Errorf("%d", a)
	}
}

func TestFractionsInSeveralPoolsAreTakenTogether(t *testing.T) {
	b := newBook()
	for _, donor := range []string{"a", "b"} {
		must(t, b.Deposit(donor, "1.1", 1), b.Deposit(donor, "2.1", 1))
	}
	must(t, b.Spread("exchange", -2), b.Withdraw("a", "1.1", 2))
	if a, other := shareOf(t, b, "a"), shareOf(t, b, "b"); a.Closing() != 0 || len(a.Lines) != 0 || other.Closing() != 0 {
		t.Errorf("%+v, %+v", a, other)
	}
}

// The interest that the refund gave back was somebody else's in part, as a bank line that came late tells.
func TestARefundThatIsNoLongerCoveredIsBorneByTheOthers(t *testing.T) {
	b := newBook()
	must(t, b.Deposit("a", "", 100), b.Deposit("late", "", 100), b.Spread("interest", 10), b.Refund("a", 110))
	a, late := shareOf(t, b, "a"), shareOf(t, b, "late")
	if a.Closing() != 0 || late.Closing() != 100 || a.Lines[attribution.Adjusted] != 5 || late.Lines[attribution.Adjusted] != -5 {
		t.Errorf("%+v, %+v", a, late)
	}
}

// Units grow without bound when a pool is used up to its last minor unit and filled again, and become nothing when it earns much and its
// first donor leaves.
func TestSharesAddUpHoweverOftenAPoolIsNearlyUsedUpOrMultiplied(t *testing.T) {
	const much = 100_000_000_000_000
	for name, turn := range map[string]func(b *attribution.Book, donor string) error{
		"used up": func(b *attribution.Book, donor string) error {
			return errors.Join(b.Deposit(donor, "", much), allocate(b, "1.1", much), b.Spend("1.1", much))
		},
		"multiplied": func(b *attribution.Book, donor string) error {
			err := errors.Join(b.Spread("interest", much), b.Deposit(donor, "", 1))
			for _, share := range b.Shares() {
				if left := b.Left(share.Donor); share.Donor != donor && left > 0 {
					err = errors.Join(err, b.Refund(share.Donor, left))
				}
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook()
			must(t, b.Deposit("d", "", 1))
			for turns := range 30 {
				must(t, turn(b, fmt.Sprint("d", turns)))
				lines := map[string]int64{}
				for _, share := range b.Shares() {
					for line, minor := range share.Lines {
						lines[line] += minor
					}
					if share.Closing() < -1 {
						t.Fatalf("turn %d: %+v", turns, share)
					}
				}
				if !maps.Equal(lines, b.Totals()) {
					t.Fatalf("turn %d: %v of %v", turns, lines, b.Totals())
				}
			}
		})
	}
}

// life drives a book by random events and keeps the fund's own figures beside it.
type life struct {
	*attribution.Book
	r                            *rand.Rand
	received, refunded, onHand   int64
	lines                        map[string]int64
	unallocated                  int64
	allocated, spentOn           map[string]int64
	donors, activities, purposes []string
}

func newLife(seed uint64) *life {
	l := &life{
		Book: newBook(), r: rand.New(rand.NewPCG(seed, 11)), lines: map[string]int64{}, allocated: map[string]int64{}, spentOn: map[string]int64{},
		activities: []string{"1.1", "1.2", "2.1"},
	}
	l.purposes = append([]string{"", "", "", "area 1", "area 2"}, l.activities...)
	for n := range 9 {
		l.donors = append(l.donors, fmt.Sprint("d", n))
	}
	return l
}

func pick[T any](l *life, of []T) T { return of[l.r.IntN(len(of))] }

func (l *life) upTo(n int64) int64 { return 1 + l.r.Int64N(max(n, 1)) }

func (l *life) step(t *testing.T) {
	t.Helper()
	donor, activity := pick(l, l.donors), pick(l, l.activities)
	if l.received == 0 {
		for _, donor := range l.donors {
			must(t, l.Deposit(donor, "", 1))
			l.received, l.onHand, l.unallocated = l.received+1, l.onHand+1, l.unallocated+1
		}
	}
	switch event := l.r.IntN(16); {
	case event < 3:
		minor := l.upTo(1 << (1 + l.r.IntN(40)))
		must(t, l.Deposit(donor, pick(l, l.purposes), minor))
		l.received, l.onHand, l.unallocated = l.received+minor, l.onHand+minor, l.unallocated+minor
	case event < 5 && l.unallocated > 0:
		minor := l.upTo(l.unallocated)
		must(t, allocate(l.Book, activity, minor))
		l.unallocated, l.allocated[activity] = l.unallocated-minor, l.allocated[activity]+minor
	case event < 8 && l.allocated[activity] > 0:
		minor := l.upTo(l.allocated[activity])
		if l.r.IntN(4) == 0 {
			minor = l.allocated[activity]
		}
		must(t, l.Spend(activity, minor))
		l.allocated[activity], l.onHand, l.spentOn[activity] = l.allocated[activity]-minor, l.onHand-minor, l.spentOn[activity]+minor
		l.lines[attribution.Spending(activity)] -= minor
	case event == 8 && l.spentOn[activity] > 0:
		minor := l.upTo(l.spentOn[activity])
		must(t, l.Unspend(activity, minor))
		l.allocated[activity], l.onHand, l.spentOn[activity] = l.allocated[activity]+minor, l.onHand+minor, l.spentOn[activity]-minor
		l.lines[attribution.Spending(activity)] += minor
	case event == 9 && l.allocated[activity] > 0:
		minor := l.upTo(l.allocated[activity])
		must(t, l.Deallocate(activity, minor))
		l.allocated[activity], l.unallocated = l.allocated[activity]-minor, l.unallocated+minor
	case event == 10:
		minor := l.upTo(1000)
		if l.r.IntN(2) == 0 && l.unallocated > 0 {
			minor = -l.upTo(l.unallocated / 10)
		}
		must(t, l.Spread("interest", minor))
		l.lines["interest"] += minor
		l.onHand, l.unallocated = l.onHand+minor, l.unallocated+minor
	case event == 11:
		if left := l.Left(donor); left > 0 {
			minor := l.upTo(left)
			must(t, l.Refund(donor, minor))
			l.refunded, l.onHand, l.unallocated = l.refunded+minor, l.onHand-minor, l.unallocated-minor
		}
	case event == 12: // whatever a donor gave and was not given back can be taken back, as long as so much is unallocated
		share := shareOf(t, l.Book, donor)
		if most := min(share.Received-share.Refunded, l.unallocated); most > 0 {
			minor := l.upTo(most)
			must(t, l.Withdraw(donor, pick(l, l.purposes), minor))
			l.received, l.onHand, l.unallocated = l.received-minor, l.onHand-minor, l.unallocated-minor
		}
	case event == 13:
		if left := l.Left(donor); left > 0 {
			minor := l.upTo(left)
			must(t, l.ChargeDonor("support", donor, minor))
			l.lines["support"] -= minor
			l.onHand, l.unallocated = l.onHand-minor, l.unallocated-minor
		}
	case event == 14:
		if refunded := shareOf(t, l.Book, donor).Refunded; refunded > 0 {
			minor := l.upTo(refunded)
			must(t, l.Refund(donor, -minor))
			l.refunded, l.onHand, l.unallocated = l.refunded-minor, l.onHand+minor, l.unallocated+minor
		}
	case event == 15: // what was covered when it was given back, until papers of earlier days came
		if share := shareOf(t, l.Book, donor); min(share.Received-share.Refunded, l.unallocated) > 0 && l.r.IntN(4) == 0 {
			minor := l.upTo(min(share.Received-share.Refunded, l.unallocated))
			must(t, l.Refund(donor, minor))
			l.refunded, l.onHand, l.unallocated = l.refunded+minor, l.onHand-minor, l.unallocated-minor
		}
	}
}

func (l *life) check(t *testing.T, what string) {
	t.Helper()
	var received, refunded, closing int64
	lines := map[string]int64{}
	for _, share := range l.Shares() {
		received, refunded, closing = received+share.Received, refunded+share.Refunded, closing+share.Closing()
		for line, minor := range share.Lines {
			lines[line] += minor
		}
		if share.Closing() < -int64(len(share.Lines)) {
			t.Errorf("%s: %+v closes at %d", what, share, share.Closing())
		}
	}
	maps.DeleteFunc(lines, func(_ string, minor int64) bool { return minor == 0 })
	want := maps.Clone(l.lines)
	maps.DeleteFunc(want, func(_ string, minor int64) bool { return minor == 0 })
	if received != l.received || refunded != l.refunded || closing != l.onHand || !maps.Equal(lines, want) {
		t.Fatalf("%s: received %d of %d, refunded %d of %d, left %d of %d, lines %v of %v",
			what, received, l.received, refunded, l.refunded, closing, l.onHand, lines, want)
	}
}

func TestTheDonorsFiguresAddUpToTheFundsAfterAnySequenceOfEvents(t *testing.T) {
	for seed := range uint64(100) {
		l := newLife(seed)
		for n := range 150 {
			l.step(t)
			if n%10 == 9 {
				l.check(t, fmt.Sprintf("seed %d, event %d", seed, n))
			}
		}
	}
}

func TestTheSameEventsGiveTheSameShares(t *testing.T) {
	one, other := newLife(5), newLife(5)
	for n := range 200 {
		one.step(t)
		other.step(t)
		if n%7 == 0 {
			other.Shares() // looking changes nothing
		}
	}
	if a, b := one.Shares(), other.Shares(); !reflect.DeepEqual(a, b) {
		t.Errorf("%+v\n%+v", a, b)
	}
}

// The units and indices against the plain way: every donor's exact part of one pool, moved at every event.
func TestSharesAreThoseOfExactFractions(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 3))
	for range 40 {
		b := newBook()
		have, paid := map[string]*big.Rat{}, map[string]*big.Rat{}
		total := func() *big.Rat {
			sum := new(big.Rat)
			for _, part := range have {
				sum.Add(sum, part)
			}
			return sum
		}
		var spending int64
		for range 40 {
			donor := fmt.Sprint("d", r.IntN(6))
			if have[donor] == nil {
				have[donor], paid[donor] = new(big.Rat), new(big.Rat)
			}
			if left := total(); r.IntN(2) == 0 || left.Sign() == 0 {
				minor := 1 + r.Int64N(1e6)
				must(t, b.Deposit(donor, "", minor))
				have[donor].Add(have[donor], new(big.Rat).SetInt64(minor))
			} else {
				minor := 1 + r.Int64N(left.Num().Int64())
				must(t, allocate(b, "1.1", minor), b.Spend("1.1", minor))
				spending += minor
				factor := new(big.Rat).Quo(new(big.Rat).SetInt64(minor), left)
				for donor, part := range have {
					use := new(big.Rat).Mul(part, factor)
					paid[donor].Add(paid[donor], use)
					part.Sub(part, use)
				}
			}
		}
		for _, share := range b.Shares() {
			got := new(big.Rat).SetInt64(-share.Lines[attribution.Spending("1.1")])
			off := got.Sub(got, paid[share.Donor])
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("%s: %+v, exactly %s", share.Donor, share, paid[share.Donor].FloatString(6))
			}
		}
	}
}

func TestAmountsUpToTheLargestAreAttributedToTheMinorUnit(t *testing.T) {
	b := newBook()
	const most = 1_000_000_000_000_000
	must(t, b.Deposit("a", "", most-1), b.Deposit("b", "", 1), allocate(b, "1.1", most), b.Spend("1.1", most-1))
	if a, small := shareOf(t, b, "a"), shareOf(t, b, "b"); a.Closing()+small.Closing() != 1 || small.Closing() < 0 {
		t.Errorf("%+v, %+v", a, small)
	}
	must(t, b.Spend("1.1", 1))
	if closings := slices.Collect(func(yield func(int64) bool) {
		for _, share := range b.Shares() {
			yield(share.Closing())
		}
	}); !slices.Equal(closings, []int64{0, 0}) {
		t.Errorf("%v", closings)
	}
}
