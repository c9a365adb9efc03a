package dynamo_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
)

// answer is what the stub does with one request. Without status and error it waits until nobody waits for it any more.
type answer struct {
	status int
	body   string
	cut    bool // the connection ends after the body
	err    error
}

func ok(body string) answer { return answer{status: 200, body: body} }

// fault is an error as the service words it.
func fault(status int, code, more string) answer {
	return answer{status: status, body: fmt.Sprintf(
		`{"__type":"com.amazonaws.dynamodb.v20120810#%s","message":"said by the stub"%s}`, code, more)}
}

func cancelled(reasons string) answer {
	return fault(400, "TransactionCanceledException", `,"CancellationReasons":[`+reasons+`]`)
}

// request is one that the stub got.
type request struct {
	operation string
	input     map[string]any
}

// stub stands where the network is: it gives its answers one after the other, and the last one for ever. What it answers cannot
// be brought about on an emulator.
type stub struct {
	t        *testing.T
	mu       sync.Mutex
	answers  []answer
	requests []request
	pauses   []time.Duration
	also     func(*http.Request) // what else is done with each request; nil: nothing
}

func (s *stub) Do(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Error(err)
	}
	got := request{operation: strings.TrimPrefix(r.Header.Get("X-Amz-Target"), "DynamoDB_20120810.")}
	if err := json.Unmarshal(body, &got.input); err != nil {
		s.t.Error(err)
	}
	if s.also != nil {
		s.also(r)
	}
	next := s.next(got)
	if next.err != nil {
		return nil, next.err
	}
	if next.status == 0 {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	var answered io.Reader = strings.NewReader(next.body)
	if next.cut {
		answered = io.MultiReader(answered, broken{})
	}
	return &http.Response{StatusCode: next.status, Body: io.NopCloser(answered), Header: http.Header{}, Request: r}, nil
}

// broken is a connection that ends.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func (s *stub) next(got request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, got)
	next := s.answers[0]
	if len(s.answers) > 1 {
		s.answers = s.answers[1:]
	}
	return next
}

// operations are the names of what was asked for.
func (s *stub) operations() []string {
	var names []string
	for _, r := range s.requests {
		names = append(names, r.operation)
	}
	return names
}

// stubbed is a table on a stub: it tries four times, pauses without waiting, and waits half a second for an answer at most.
func stubbed(t *testing.T, answers ...answer) (*stub, table.Table) {
	t.Helper()
	s := &stub{t: t, answers: answers}
	return s, dynamo.New(clientOf(s), "stub", table.Config{Clock: noon, Indexes: []string{"first"}}, dynamo.Options{
		Tries: 4, Patience: 500 * time.Millisecond,
		Random: func() float64 { return 0.5 },
		Pause: func(ctx context.Context, length time.Duration) error {
			s.pauses = append(s.pauses, length)
			return ctx.Err()
		},
	})
}

func clientOf(s *stub) *dynamodb.Client {
	return dynamo.Client(aws.Config{
		HTTPClient: s, Region: "eu-west-1", BaseEndpoint: aws.String("http://127.0.0.1"),
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	})
}

func noon() time.Time { return time.Date(2025, time.June, 15, 12, 0, 0, 0, time.UTC) }

// operations of a table, as the tests of faults go through them.
type operation struct {
	name   string
	do     func(context.Context, table.Table) error
	answer string // a good one
}

var theKey = table.Key{Partition: "p", Sort: "s"}

var writing = []operation{
	{"PutItem", func(ctx context.Context, t table.Table) error {
		return t.Write(ctx, table.Write{Put: &table.Item{Key: theKey}, Condition: table.Absent(), Label: "put"})
	}, `{}`},
	{"DeleteItem", func(ctx context.Context, t table.Table) error {
		return t.Write(ctx, table.Write{Delete: theKey, Condition: table.Present(), Label: "delete"})
	}, `{}`},
	{"TransactWriteItems", func(ctx context.Context, t table.Table) error {
		other := table.Item{Key: table.Key{Partition: "p", Sort: "other"}}
		return t.Transact(ctx, []table.Write{
			{Put: &table.Item{Key: theKey}, Condition: table.Absent(), Label: "first"}, {Put: &other, Label: "second"}})
	}, `{}`},
}

var reading = []operation{
	{"BatchGetItem", func(ctx context.Context, t table.Table) error {
		item, err := t.Get(ctx, theKey)
		if err == nil && item.Attributes["n"] != int64(1) {
			return errors.New("another item")
		}
		return err
	}, `{"Responses":{"stub":[{"_partition":{"S":"p"},"_sort":{"S":"s"},"n":{"N":"1"}}]}}`},
	{"Query", func(ctx context.Context, t table.Table) error {
		page, err := t.Query(ctx, table.Query{Partition: "p"})
		if err == nil && len(page.Items) != 1 {
			return errors.New("another page")
		}
		return err
	}, `{"Items":[{"_partition":{"S":"p"},"_sort":{"S":"s"}}]}`},
}

func all() []operation { return append(append([]operation{}, writing...), reading...) }
