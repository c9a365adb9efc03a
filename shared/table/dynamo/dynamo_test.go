package dynamo_test

import (
	"testing"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
	"github.com/learning-cities/guildhall/shared/table/tabletest"
)

func TestConformance(t *testing.T) {
	able := tabletest.Capabilities{NamesEveryFailure: true}
	tabletest.Run(t, able, func(t *testing.T, c table.Config) (table.Table, func() table.Table) {
		client, name := dynamodblocal.NewTable(t, c.Indexes...)
		var current table.Table
		open := func() table.Table {
			if current != nil {
				closeNow(t, current)
			}
			current = dynamo.New(client, name, c, dynamo.Options{})
			return current
		}
		t.Cleanup(func() { closeNow(t, current) })
		return open(), open
	})
}

func closeNow(t *testing.T, tbl table.Table) {
	t.Helper()
	if err := tbl.Close(); err != nil {
		t.Fatal(err)
	}
}
