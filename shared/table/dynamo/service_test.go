package dynamo_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
)

// The client here is one that tries again by itself, as the SDK's do unless they are told.
func TestAWriteThatWasDoneIsNeverReportedAsARefusedOne(t *testing.T) {
	for _, op := range writing {
		tbl := dynamodblocal.OpenLosing(t, table.Config{}, func(n int) bool { return n == 2 })
		item := table.Item{Key: theKey}
		setUp := table.Write{Put: &item}
		if op.name != "DeleteItem" {
			setUp = table.Write{Delete: theKey}
		}
		if err := tbl.Write(t.Context(), setUp); err != nil {
			t.Fatal(err)
		}
		if err := op.do(t.Context(), tbl); !errors.Is(err, table.ErrUnavailable) {
			t.Errorf("%s: the answer was lost: %v", op.name, err)
		}
		var condition *table.ConditionError
		var transaction *table.TransactionError
		if err := op.do(t.Context(), tbl); !errors.As(err, &condition) && !errors.As(err, &transaction) {
			t.Errorf("%s had no effect: then %v", op.name, err)
		}
	}
}

func TestAnItemReadsAsItIsInAConsole(t *testing.T) {
	client, name := dynamodblocal.NewTable(t, "first")
	tbl := dynamo.New(client, name, table.Config{Indexes: []string{"first"}}, dynamo.Options{})
	item := table.Item{Key: theKey, Attributes: table.Attributes{
		"name": "Brest", "version": int64(3), "member": true, "body": map[string]any{"clusters": []any{"literacy", int64(7)}}},
		Index: map[string]table.Key{"first": {Partition: "FR", Sort: "Brest"}}, Expires: noon().Add(time.Hour)}
	if err := tbl.Write(t.Context(), table.Write{Put: &item}); err != nil {
		t.Fatal(err)
	}
	got, err := client.Scan(t.Context(), &dynamodb.ScanInput{TableName: &name})
	if err != nil || len(got.Items) != 1 {
		t.Fatal(got, err)
	}
	text := func(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }
	number := func(s string) types.AttributeValue { return &types.AttributeValueMemberN{Value: s} }
	equal(t, got.Items[0], map[string]types.AttributeValue{
		"_partition": text("p"), "_sort": text("s"), "_first_partition": text("FR"), "_first_sort": text("Brest"),
		"_expires": number("1749992400"), "name": text("Brest"), "version": number("3"),
		"member": &types.AttributeValueMemberBOOL{Value: true},
		"body": &types.AttributeValueMemberM{Value: map[string]types.AttributeValue{
			"clusters": &types.AttributeValueMemberL{Value: []types.AttributeValue{text("literacy"), number("7")}}}},
	})
}

func TestWhatRequestsCostIsTold(t *testing.T) {
	var mu sync.Mutex
	var told []dynamo.Consumed
	tbl := dynamodblocal.Open(t, table.Config{Indexes: []string{"first"}}, dynamo.Options{Consumed: func(c dynamo.Consumed) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, c)
	}})
	costs := func(want string, err error) {
		t.Helper()
		if got := strings.TrimSuffix(strings.TrimPrefix(fmt.Sprintf("%+v", told), "[{Operation:"), "}]"); err != nil || got != want {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
		told = nil
	}
	large := table.Item{Key: theKey, Attributes: table.Attributes{"text": strings.Repeat("x", 4500)}}
	indexed := table.Item{Key: table.Key{Partition: "p", Sort: "t"}, Index: map[string]table.Key{"first": {Partition: "i", Sort: "1"}}}
	ctx := t.Context()
	costs("PutItem Read:0 Write:5 IndexRead:0 IndexWrite:0", tbl.Write(ctx, table.Write{Put: &large}))
	costs("PutItem Read:0 Write:1 IndexRead:0 IndexWrite:1", tbl.Write(ctx, table.Write{Put: &indexed}))
	costs("DeleteItem Read:0 Write:1 IndexRead:0 IndexWrite:1", tbl.Write(ctx, table.Write{Delete: indexed.Key}))
	// The service documents twice the units of single writes: 12 and 2. The emulator doubles that again.
	costs("TransactWriteItems Read:0 Write:24 IndexRead:0 IndexWrite:4",
		tbl.Transact(ctx, []table.Write{{Put: &large}, {Put: &indexed}}))
	_, err := tbl.Get(ctx, theKey)
	costs("BatchGetItem Read:2 Write:0 IndexRead:0 IndexWrite:0", err)
	_, err = tbl.Query(ctx, table.Query{Partition: "p"})
	costs("Query Read:2 Write:0 IndexRead:0 IndexWrite:0", err)
	_, err = tbl.Query(ctx, table.Query{Index: "first", Partition: "i"})
	costs("Query Read:0 Write:0 IndexRead:0.5 IndexWrite:0", err)
	costs("[]", nil)
}

func TestAWriteOfManyEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	tbl := dynamodblocal.OpenLosing(t, table.Config{}, func(n int) bool {
		if n == 40 {
			cancel()
		}
		return false
	})
	var ws []table.Write
	for n := range 500 {
		ws = append(ws, table.Write{Put: &table.Item{Key: table.Key{Partition: "p", Sort: fmt.Sprintf("%03d", n)}}})
	}
	errs := tbl.WriteEach(ctx, ws)
	stored, err := tbl.Query(t.Context(), table.Query{Partition: "p"})
	if err != nil || len(stored.Items) > 200 {
		t.Errorf("%d writes were done, %v", len(stored.Items), err)
	}
	for i, err := range errs {
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("write %d: %v", i, err)
		}
	}
}
