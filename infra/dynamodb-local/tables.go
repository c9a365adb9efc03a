package dynamodblocal

import (
	"context"
	"crypto/rand"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
)

// Client speaks with the emulator.
func Client(t testing.TB) *dynamodb.Client {
	t.Helper()
	return dynamo.Client(aws.Config{
		BaseEndpoint: aws.String(Start(t)),
		Region:       "eu-west-1",
		Credentials:  credentials.NewStaticCredentialsProvider("test", "test", ""),
	})
}

// NewTable makes an empty table of a name that no other has, which goes when the test ends. An item in it stays when it has
// expired: the emulator would go by its own clock, and tests have theirs.
func NewTable(t testing.TB, indexes ...string) (client *dynamodb.Client, name string) {
	t.Helper()
	client, name = Client(t), "test-"+rand.Text()
	if err := dynamo.CreateTable(t.Context(), client, name, indexes); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		input := &dynamodb.DeleteTableInput{TableName: &name}
		if _, err := client.DeleteTable(context.WithoutCancel(t.Context()), input); err != nil {
			t.Error(err)
		}
	})
	return client, name
}

// Open opens a new table.
func Open(t testing.TB, c table.Config, o dynamo.Options) table.Table {
	t.Helper()
	client, name := NewTable(t, c.Indexes...)
	opened := dynamo.New(client, name, c, o)
	t.Cleanup(func() {
		if err := opened.Close(); err != nil {
			t.Error(err)
		}
	})
	return opened
}
