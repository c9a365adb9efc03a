package exports

import (
	"errors"
	"iter"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/trust"
)

// However much happens in a period, a statement holds no more of it than it lists, and says how much it leaves out.
func TestAStatementListsAsManyTransactionsAsItHasRoomFor(t *testing.T) {
	day := civil.Date{Year: 2024, Month: 5, Day: 2}
	broken := errors.New("the store is away")
	entries := func(own, others int, last error) iter.Seq2[ledger.Entry, error] {
		return func(yield func(ledger.Entry, error) bool) {
			for i := range own + others {
				e := trust.Event{Kind: trust.Deposit, Date: day, Donor: "d1", Amount: money.Amount{Minor: 1, Currency: "USD"}}
				if i >= own {
					e.Kind, e.Donor = trust.Earned, ""
				}
				if !yield(e.Entry(trust.Who{ID: "e"}), nil) {
					return
				}
			}
			if last != nil {
				yield(ledger.Entry{}, last)
			}
		}
	}
	s := &statement.Statement{Donor: fund.Donor{ID: "d1"}, Period: statement.Period{From: day, To: day}}
	list, err := listTransactions(entries(mostTransactions+3, mostTransactions+5, nil), s)
	if err != nil || len(list.shown) != 2*mostTransactions || list.left != 8 || list.own != 3 || list.received() != mostTransactions {
		t.Errorf("%d shown, %d left out, %d of them own, %v", len(list.shown), list.left, list.own, err)
	}
	if _, err := listTransactions(entries(1, 1, broken), s); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
