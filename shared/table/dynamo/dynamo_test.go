package dynamo_test

import (
	"crypto/rand"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/infra/ministack"
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

// The deployed stack is tried on MiniStack, whose table must be the same to the driver.
func TestAnyHistoryIsAnsweredAsInMemoryByTheEmulatedStackToo(t *testing.T) {
	tabletest.Histories(t, able, 2, memory.New, func(t *testing.T, c table.Config) (table.Table, func() table.Table) {
		client := dynamo.Client(aws.Config{
			BaseEndpoint: &ministack.Shared(t).Endpoint, Region: ministack.Region,
			Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
		})
		name := "test-" + rand.Text()
		if err := dynamo.CreateTable(t.Context(), client, name, c.Indexes); err != nil {
			t.Fatal(err)
		}
		return reopened(t, client, name, c)
	})
}

func open(t *testing.T, c table.Config) (table.Table, func() table.Table) {
	client, name := dynamodblocal.NewTable(t, c.Indexes...)
	return reopened(t, client, name, c)
}

func reopened(t *testing.T, client *dynamodb.Client, name string, c table.Config) (table.Table, func() table.Table) {
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
