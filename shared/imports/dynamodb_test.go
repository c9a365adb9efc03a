package imports

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
	"github.com/learning-cities/guildhall/shared/table/faulty"
)

const rowsOnDynamoDB = 8

func TestOnDynamoDBACommitStoppedAtAnyWriteEndsWithEveryRowOnce(t *testing.T) {
	rows := created("a", rowsOnDynamoDB)
	for n := 1; n <= rowsOnDynamoDB+3; n++ {
		for _, effect := range []bool{false, true} {
			over := dynamodblocal.Open(t, table.Config{}, dynamo.Options{})
			w := newWorld(stones())
			s := w.service(t, over)
			imp := planned(t, s, rows...)
			dying := faulty.New(over, faulty.Plan{Fail: n, Effect: effect, Halt: true})
			if _, err := w.service(t, dying).Commit(t.Context(), order(imp)); !errors.Is(err, table.ErrUnavailable) {
				t.Fatalf("stopped at %d: %v", n, err)
			}
			wantWhole(t, s, imp, rows)
		}
	}
}

// The network takes the answer of any one request that writes, or of every third, after it was done.
func TestOnDynamoDBACommitWhoseAnswersAreLostEndsWithEveryRowOnce(t *testing.T) {
	rows := created("a", rowsOnDynamoDB)
	var lose []func(int) bool
	for lost := 2; lost <= rowsOnDynamoDB+4; lost++ { // the first request stores the import
		lose = append(lose, func(n int) bool { return n == lost })
	}
	lose = append(lose, func(n int) bool { return n%3 == 0 })
	for i, lose := range lose {
		w := newWorld(stones())
		s := w.service(t, dynamodblocal.OpenLosing(t, table.Config{}, lose))
		imp := planned(t, s, rows...)
		if _, err := s.Commit(t.Context(), order(imp)); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
		wantOnce(t, s.records, imp, rows)
	}
}

func TestOnDynamoDBAnUndoStoppedAtAnyWriteEndsTheSame(t *testing.T) {
	for n := 1; n <= rowsOnDynamoDB+6; n++ {
		over := dynamodblocal.Open(t, table.Config{}, dynamo.Options{})
		w := newWorld(stones())
		s := w.service(t, over)
		stored(t, s, "a1,Anna,3,North,", "a2,Ada,,,")
		before := picture(t, s.records)
		rows := []string{"a1,Anne,3,North,", "a2,Ida,,South,"}
		for i := range rowsOnDynamoDB - 2 {
			rows = append(rows, fmt.Sprintf("b%d,Ben,,,", i))
		}
		id := stored(t, s, rows...)
		dying := faulty.New(over, faulty.Plan{Fail: n, Effect: n%2 == 0, Halt: true})
		_, err := w.service(t, dying).Undo(t.Context(), UndoOrder{Import: id})
		if err != nil && !errors.Is(err, table.ErrUnavailable) || err == nil && n <= rowsOnDynamoDB+3 {
			t.Fatalf("stopped at %d: %v", n, err)
		}
		if n%3 == 0 {
			if _, err := s.Recover(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if report := undo(t, s, id); report.Rows != (intake.UndoCounts{Stored: rowsOnDynamoDB, Reverted: rowsOnDynamoDB}) {
			t.Fatalf("stopped at %d: %+v", n, report)
		}
		wantPicture(t, s.records, before)
		wantFree(t, s.records)
	}
}

func TestOnDynamoDBOfImportsThatRaceForTheLastPlacesTheOthersAreRefused(t *testing.T) {
	const contenders = 12
	over := dynamodblocal.Open(t, table.Config{}, dynamo.Options{})
	w := newWorld(stones())
	errs := make([]error, contenders)
	var group sync.WaitGroup
	for i := range contenders {
		s := w.service(t, over, func(c *Config) { c.Pause = nil }) // as of another process
		group.Go(func() {
			up := csv(fmt.Sprintf("c%d,Stone %d,,North,", i, i))
			_, _, errs[i] = s.Import(t.Context(), up, Options{Kind: stoneKind}, intake.All, "")
			for isCode(errs[i], "RECORD_BUSY") { // the queue delivers it again
				_, _, errs[i] = s.Import(t.Context(), up, Options{Kind: stoneKind}, intake.All, "")
			}
		})
	}
	group.Wait()
	store := records.New(over)
	stored := storedStones(t, store)
	holders, err := records.Holders(t.Context(), store, quota("North"))
	if err != nil || len(stored) != places || len(holders) != places {
		t.Errorf("%d stones have found a place, %v hold one, want %d: %v", len(stored), holders, places, err)
	}
	for i, err := range errs {
		if _, in := stored[fmt.Sprintf("c%d", i)]; !in && !isCode(err, "ROWS_REFUSED") || in && err != nil {
			t.Errorf("c%d, stored: %v, is told %v", i, in, err)
		}
	}
}

func isCode(err error, code problem.Code) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Code == code
}
