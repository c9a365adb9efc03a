package dynamodblocal

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
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
	return dynamo.Client(Config(t))
}

// Config is how clients find the emulator.
func Config(t testing.TB) aws.Config {
	t.Helper()
	return aws.Config{
		BaseEndpoint: aws.String(Start(t)),
		Region:       "eu-west-1",
		Credentials:  credentials.NewStaticCredentialsProvider("test", "test", ""),
	}
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
	return opened(t, dynamo.New(client, name, c, o))
}

// OpenLosing opens a new table over a network that loses answers: of the requests that write, counted from 1, those for which
// lose says so are done, and their connection ends instead of an answer.
func OpenLosing(t testing.TB, c table.Config, lose func(n int) bool) table.Table {
	t.Helper()
	_, name := NewTable(t, c.Indexes...)
	config := Config(t)
	config.HTTPClient = &losing{lose: lose}
	return opened(t, dynamo.New(dynamodb.NewFromConfig(config), name, c, dynamo.Options{}))
}

func opened(t testing.TB, opened table.Table) table.Table {
	t.Cleanup(func() {
		if err := opened.Close(); err != nil {
			t.Error(err)
		}
	})
	return opened
}

// losing is a network that loses answers.
type losing struct {
	lose   func(int) bool
	writes atomic.Int64
}

// Do implements aws.HTTPClient.
func (l *losing) Do(r *http.Request) (*http.Response, error) {
	answer, err := http.DefaultClient.Do(r)
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	if err != nil || operation == "Query" || operation == "BatchGetItem" || !l.lose(int(l.writes.Add(1))) {
		return answer, err
	}
	return nil, errors.Join(io.ErrUnexpectedEOF, answer.Body.Close())
}
