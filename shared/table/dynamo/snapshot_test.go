package dynamo_test

import (
	"errors"
	"testing"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
)

// changing is a table in which an item changes after each of the first so many readings of all items, and how often they were read.
func changing(t *testing.T, changes int) (table.Table, *int) {
	client, name := dynamodblocal.NewTable(t)
	writer := dynamo.New(client, name, table.Config{}, dynamo.Options{})
	write := func(n int) {
		item := table.Item{Key: table.Key{Partition: "p", Sort: "s"}, Attributes: table.Attributes{"n": int64(n)}}
		if err := writer.Write(t.Context(), table.Write{Put: &item}); err != nil {
			t.Error(err)
		}
	}
	write(0)
	readings := new(int)
	return dynamo.New(client, name, table.Config{}, dynamo.Options{Consumed: func(c dynamo.Consumed) {
		if c.Operation != "Scan" {
			return
		}
		*readings++
		if *readings <= changes {
			write(*readings)
		}
	}}), readings
}

func TestASnapshotIsWhatTwoReadingsAgreeOn(t *testing.T) {
	for changes, want := range []int{2, 3, 4, 5, 6} {
		tbl, readings := changing(t, changes)
		taken, err := tbl.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for item, err := range taken.Items(t.Context()) {
			if err != nil || item.Attributes["n"] != int64(changes) {
				t.Errorf("%d changes: %v, %v", changes, item, err)
			}
		}
		if err := taken.Close(); err != nil || *readings != want {
			t.Errorf("%d changes took %d readings, want %d; %v", changes, *readings, want, err)
		}
	}
}

func TestItemsThatChangeAtEveryReadingGiveNoSnapshot(t *testing.T) {
	tbl, readings := changing(t, 100)
	if taken, err := tbl.Snapshot(t.Context()); !errors.Is(err, table.ErrUnsettled) || *readings != 6 {
		t.Errorf("got %v, %v after %d readings", taken, err, *readings)
	}
}
