package records_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
)

// A fifth of the answers is lost: whoever gets none asks again, as a commit does, and what it did before must not be told apart.
func TestOnDynamoDBOfFiftyImportsThatRaceForThreeSlotsThreeWinThoughAnswersAreLost(t *testing.T) {
	tbl := dynamodblocal.OpenLosing(t, table.Config{}, func(n int) bool { return n%5 == 0 })
	s := records.New(tbl, records.WithPause(never))
	var won atomic.Int64
	var group sync.WaitGroup
	errs := make([]error, 50)
	for n := range errs {
		group.Go(func() {
			imp, city := fmt.Sprintf("imp%d", n), fmt.Sprintf("FR#%02d", n)
			for _, id := range []string{"slot-1", "slot-2", "slot-3"} {
				ours := put(imp, application(city), 0, "", slot(id, city))
				err := putOne(s, imp, ours)
				for errors.Is(err, table.ErrUnavailable) {
					err = putOne(s, imp, ours)
				}
				if err == nil {
					won.Add(1)
					return
				}
				if refused := new(records.ClaimError); !errors.As(err, &refused) {
					errs[n] = err
					return
				}
			}
		})
	}
	group.Wait()
	must(t, errors.Join(errs...))
	equal(t, won.Load(), int64(3))
	held, err := records.Holders(t.Context(), s, "quota#2025#FR")
	must(t, err)
	var holders []string
	for _, claim := range held {
		holders = append(holders, claim.Holder)
		equal(t, stateOf(t, s, application(claim.Holder)).version, int64(1))
	}
	equal(t, len(holders), 3)
	equal(t, len(scan(t, s, "application", "2025", "")), 3)
}

func TestOnDynamoDBTheCommitLockIsHeldByOneAndFreedByItsHolder(t *testing.T) {
	tbl := dynamodblocal.Open(t, table.Config{}, dynamo.Options{})
	s := records.New(tbl)
	types := []string{"application", "member"}
	errs := make([]error, 10)
	var group sync.WaitGroup
	for n := range errs {
		group.Go(func() { errs[n] = s.Acquire(t.Context(), types, fmt.Sprintf("imp%d", n), "plan") })
	}
	group.Wait()
	holder := ""
	for n, err := range errs {
		if err == nil && holder == "" {
			holder = fmt.Sprintf("imp%d", n)
		} else if busy := errorAs[*records.BusyError](t, err); busy.Import == "" {
			t.Errorf("imp%d isn't told who holds the lock", n)
		}
	}
	guarded := append(records.Guard("member"), table.Write{Delete: member("FR#brest").Key()})
	equal(t, errorAs[*records.BusyError](t, records.Busy(tbl.Transact(t.Context(), guarded))).Import, holder)
	errorAs[*records.NotHeldError](t, s.ReleaseWith(t.Context(), types, "another"))
	must(t, s.ReleaseWith(t.Context(), types, holder))
	must(t, tbl.Transact(t.Context(), guarded))
}
