package dynamo_test

import (
	"testing"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/table/tabletest"
)

var able = tabletest.Capabilities{NamesEveryFailure: true}

func TestConformance(t *testing.T) { tabletest.Run(t, able, open) }

func TestAnyHistoryIsAnsweredAsInMemory(t *testing.T) {
	tabletest.Histories(t, able, 4, memory.New, open)
}

func open(t *testing.T, c table.Config) (table.Table, func() table.Table) {
	client, name := dynamodblocal.NewTable(t, c.Indexes...)
	var current table.Table
	again := func() table.Table {
		if current != nil {
			closeNow(t, current)
		}
		current = dynamo.New(client, name, c, dynamo.Options{})
		return current
	}
	t.Cleanup(func() { closeNow(t, current) })
	return again(), again
}

func closeNow(t *testing.T, tbl table.Table) {
	t.Helper()
	if err := tbl.Close(); err != nil {
		t.Fatal(err)
	}
}
