package dynamo_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
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

func TestTheBodyOfARequestHasEndedAlsoWhenItIsClosed(t *testing.T) {
	for _, op := range all() {
		s, tbl := stubbed(t, ok(op.answer))
		s.also = func(r *http.Request) {
			if err := r.Body.Close(); err != nil {
				t.Error(err)
			}
			if n, err := io.Copy(io.Discard, r.Body); n != 0 || err != nil {
				t.Errorf("%s: the http package sees %d further bytes and %v, and closes the connection", op.name, n, err)
			}
		}
		if err := op.do(t.Context(), tbl); err != nil {
			t.Error(err)
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

// The service has the last word on what is too large; what the seam lets through must never be. Each number and each condition counts.
func TestWhatTheSeamLetsThroughIsNotTooLargeForTheService(t *testing.T) {
	tbl := dynamodblocal.Open(t, table.Config{}, dynamo.Options{})
	filled := func(sort string, room int, attributes table.Attributes) *table.Item {
		item := &table.Item{Key: table.Key{Partition: "p", Sort: sort}, Attributes: attributes}
		attributes["text"] = ""
		size, err := table.Size(item)
		if err != nil {
			t.Fatal(err)
		}
		attributes["text"] = strings.Repeat("x", room-size)
		return item
	}
	for _, n := range []int64{0, 7, -7, 10, 100, 123, 1230, 12_340, -12_340, 1_000_001, math.MaxInt64, math.MinInt64} {
		numbers := make([]any, 5000)
		for i := range numbers {
			numbers[i] = n
		}
		item := filled("numbers", table.MaxItem, table.Attributes{"numbers": numbers})
		if err := tbl.Write(t.Context(), table.Write{Put: item}); err != nil {
			t.Errorf("%d: %v", n, err)
		}
	}
	many := make([]table.Condition, table.MaxConditions-1)
	for i := range many {
		many[i] = table.Equal(fmt.Sprint("attribute", i), int64(i))
	}
	for name, c := range map[string]table.Condition{
		"none": nil, "absent": table.Absent(), "present": table.Present(), "equal": table.Equal("a", "b"), "false": table.Equal("a", false),
		"long": table.Equal(strings.Repeat("n", 255), strings.Repeat("y", 5000)), "many": table.AnyOf(table.Absent(), table.AnyOf(many...)),
		"all": table.AllOf(table.Present(), table.AllOf(many...)),
	} {
		// The largest that the seam takes is found from above: what it refuses is not sent.
		const writes = 12
		for room := table.MaxTransacted / writes; ; room -= 16 {
			var ws []table.Write
			for i := range writes {
				ws = append(ws, table.Write{Put: filled(fmt.Sprint(name, i), room, table.Attributes{}), Condition: c})
			}
			err := tbl.Transact(t.Context(), ws)
			if errors.Is(err, table.ErrTooLarge) {
				continue
			}
			var refused *table.TransactionError
			if err != nil && !errors.As(err, &refused) {
				t.Errorf("%s: %v", name, err)
			}
			break
		}
	}
}

func TestWhatRequestsCostIsTold(t *testing.T) {
	told := &bill{}
	tbl := dynamodblocal.Open(t, table.Config{Indexes: []string{"first"}}, dynamo.Options{Consumed: told.add})
	large := table.Item{Key: theKey, Attributes: table.Attributes{"text": strings.Repeat("x", 4500)}}
	indexed := table.Item{Key: table.Key{Partition: "p", Sort: "t"}, Index: map[string]table.Key{"first": {Partition: "i", Sort: "1"}}}
	ctx := t.Context()
	told.want(t, dynamo.Consumed{Operation: "PutItem", Write: 5}, tbl.Write(ctx, table.Write{Put: &large}))
	told.want(t, dynamo.Consumed{Operation: "PutItem", Write: 1, IndexWrite: 1}, tbl.Write(ctx, table.Write{Put: &indexed}))
	_, err := tbl.Get(ctx, theKey)
	told.want(t, dynamo.Consumed{Operation: "BatchGetItem", Read: 2}, err)
	_, err = tbl.Query(ctx, table.Query{Partition: "p"})
	told.want(t, dynamo.Consumed{Operation: "Query", Read: 2}, err)
	_, err = tbl.Query(ctx, table.Query{Index: "first", Partition: "i"})
	told.want(t, dynamo.Consumed{Operation: "Query", IndexRead: 0.5}, err)
	told.want(t, dynamo.Consumed{Operation: "DeleteItem", Write: 1, IndexWrite: 1}, tbl.Write(ctx, table.Write{Delete: indexed.Key}))
}

// The emulator counts the units of a transaction by a rule of its own, so a stub says what the service does: each item counts
// twice.
func TestWhatATransactionCostsIsTold(t *testing.T) {
	s, _ := stubbed(t, ok(`{"ConsumedCapacity":[{"TableName":"stub","CapacityUnits":14,"WriteCapacityUnits":14,
		"Table":{"CapacityUnits":12,"WriteCapacityUnits":12},
		"GlobalSecondaryIndexes":{"first":{"CapacityUnits":2,"WriteCapacityUnits":2}}}]}`))
	told := &bill{}
	tbl := dynamo.New(clientOf(s), "stub", table.Config{}, dynamo.Options{Consumed: told.add})
	told.want(t, dynamo.Consumed{Operation: "TransactWriteItems", Write: 12, IndexWrite: 2}, writing[2].do(t.Context(), tbl))
	equal(t, s.requests[0].input["ReturnConsumedCapacity"], any("INDEXES"))
}

// bill is what was told since it was last looked at.
type bill struct {
	mu   sync.Mutex
	told []dynamo.Consumed
}

func (b *bill) add(c dynamo.Consumed) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.told = append(b.told, c)
}

func (b *bill) want(t *testing.T, want dynamo.Consumed, err error) {
	t.Helper()
	if err != nil || !slices.Equal(b.told, []dynamo.Consumed{want}) {
		t.Errorf("%+v, %v, want %+v", b.told, err, want)
	}
	b.told = nil
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
