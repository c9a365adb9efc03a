package dynamo_test

import (
	"context"
	"errors"
	"io"
	"net"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
)

// turnedAway are answers after which nothing was done.
var turnedAway = map[string]answer{
	"too much for the table":     fault(400, "ProvisionedThroughputExceededException", ""),
	"throttled":                  fault(400, "ThrottlingException", ""),
	"too much for the account":   fault(400, "RequestLimitExceeded", ""),
	"another transaction":        fault(400, "TransactionConflictException", ""),
	"the same transaction":       fault(400, "TransactionInProgressException", ""),
	"a token of another request": fault(400, "IdempotentParameterMismatchException", ""),
	"status 429":                 fault(429, "SomethingNew", ""),
	"cancelled by another":       cancelled(`{"Code":"None"},{"Code":"TransactionConflict","Message":"in the way"}`),
	"cancelled by throttling":    cancelled(`{"Code":"ThrottlingError"},{"Code":"None"}`),
	"cancelled by throughput":    cancelled(`{"Code":"ProvisionedThroughputExceeded"},{"Code":"TransactionConflict"}`),
	"nobody listening":           {err: &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}},
}

// lost are answers that leave open whether something was done.
var lost = map[string]answer{
	"status 500":         fault(500, "InternalServerError", ""),
	"status 503":         fault(503, "ServiceUnavailable", ""),
	"status 408":         fault(408, "RequestTimeout", ""),
	"connection reset":   {err: &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}},
	"connection ended":   {err: io.ErrUnexpectedEOF},
	"answer cut off":     {status: 200, body: `{"Resp`, cut: true},
	"answer malformed":   ok(`<html>`),
	"error malformed":    {status: 502, body: `<html>Bad gateway</html>`},
	"no answer for ever": {},
	"an empty error":     {status: 500},
}

func TestARequestThatWasTurnedAwayIsTriedAgain(t *testing.T) {
	for name, away := range turnedAway {
		for _, op := range all() {
			s, tbl := stubbed(t, away, away, ok(op.answer))
			if err := op.do(t.Context(), tbl); err != nil {
				t.Errorf("%s, %s: %v", name, op.name, err)
			}
			equal(t, s.operations(), []string{op.name, op.name, op.name})
			equal(t, s.pauses, []time.Duration{12500 * time.Microsecond, 25 * time.Millisecond})
		}
	}
}

func TestARequestThatIsAlwaysTurnedAwayIsUnavailable(t *testing.T) {
	for name, away := range turnedAway {
		for _, op := range all() {
			s, tbl := stubbed(t, away)
			if err := op.do(t.Context(), tbl); !errors.Is(err, table.ErrUnavailable) {
				t.Errorf("%s, %s: %v", name, op.name, err)
			}
			equal(t, len(s.requests), 4)
		}
	}
}

// A second try could meet the effect of the first and report a failed condition, though the write was done.
func TestAWriteWhoseAnswerWasLostIsUnavailableAndNotTriedAgain(t *testing.T) {
	for name := range lost {
		for _, op := range writing {
			s, tbl := stubbed(t, lost[name], fault(400, "ConditionalCheckFailedException", ""))
			err := op.do(t.Context(), tbl)
			if !errors.Is(err, table.ErrUnavailable) || errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s, %s: %v", name, op.name, err)
			}
			equal(t, s.operations(), []string{op.name})
		}
	}
}

func TestAReadWhoseAnswerWasLostIsTriedAgain(t *testing.T) {
	for name := range lost {
		for _, op := range reading {
			s, tbl := stubbed(t, lost[name], ok(op.answer))
			if err := op.do(t.Context(), tbl); err != nil {
				t.Errorf("%s, %s: %v", name, op.name, err)
			}
			equal(t, s.operations(), []string{op.name, op.name})
		}
	}
}

func TestARequestThatTheServiceRefusesIsNotTriedAgain(t *testing.T) {
	for _, code := range []string{"ValidationException", "ResourceNotFoundException", "AccessDeniedException", "SomethingNew"} {
		for _, op := range all() {
			s, tbl := stubbed(t, fault(400, code, ""), ok(op.answer))
			err := op.do(t.Context(), tbl)
			if err == nil || errors.Is(err, table.ErrUnavailable) || !strings.Contains(err.Error(), code) {
				t.Errorf("%s, %s: %v", code, op.name, err)
			}
			equal(t, len(s.requests), 1)
		}
	}
	_, tbl := stubbed(t, cancelled(`{"Code":"ValidationError"},{"Code":"None"}`))
	err := writing[2].do(t.Context(), tbl)
	if err == nil || errors.Is(err, table.ErrUnavailable) || errors.As(err, new(*table.TransactionError)) {
		t.Errorf("a transaction that isn't valid: %v", err)
	}
}

func TestTheContextsEndComesThroughAsItIs(t *testing.T) {
	for _, op := range all() {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		s, tbl := stubbed(t, answer{})
		if err := op.do(ctx, tbl); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, table.ErrUnavailable) {
			t.Errorf("%s, deadline: %v", op.name, err)
		}
		cancel()
		equal(t, len(s.requests), 1)

		ctx, cancel = context.WithCancel(t.Context())
		s, tbl = stubbed(t, answer{err: cancelling{cancel}}, ok(op.answer))
		if err := op.do(ctx, tbl); !errors.Is(err, context.Canceled) || errors.Is(err, table.ErrUnavailable) {
			t.Errorf("%s, cancelled: %v", op.name, err)
		}
		equal(t, len(s.requests), 1)
	}
}

// cancelling is a network's error that ends the context when it is looked at.
type cancelling struct{ cancel func() }

func (c cancelling) Error() string { c.cancel(); return "reset" }

func TestAFailedConditionDecidesOverAConflict(t *testing.T) {
	stored := `{"_partition":{"S":"p"},"_sort":{"S":"s"},"holder":{"S":"FR#brest"},"_expires":{"N":"`
	for _, c := range []struct {
		expires string
		current *table.Item
	}{
		{"1749988801", &table.Item{Key: theKey, Attributes: table.Attributes{"holder": "FR#brest"}, Expires: noon().Add(time.Second)}},
		{"1749988800", nil},
	} {
		s, tbl := stubbed(t, cancelled(
			`{"Code":"ConditionalCheckFailed","Item":`+stored+c.expires+`"}}},{"Code":"TransactionConflict"}`))
		var refusal *table.TransactionError
		if err := writing[2].do(t.Context(), tbl); !errors.As(err, &refusal) {
			t.Fatal(err)
		}
		equal(t, refusal.Failed, []table.Failure{{ConditionError: table.ConditionError{Label: "first", Key: theKey, Current: c.current}}})
		equal(t, len(s.requests), 1)
	}
}

func TestEachTryOfATransactionHasATokenOfItsOwn(t *testing.T) {
	s, tbl := stubbed(t, fault(400, "ThrottlingException", ""))
	if err := writing[2].do(t.Context(), tbl); !errors.Is(err, table.ErrUnavailable) {
		t.Fatal(err)
	}
	tokens := map[any]bool{}
	for _, r := range s.requests {
		tokens[r.input["ClientRequestToken"]] = true
	}
	equal(t, len(tokens), 4)
}

func TestUnprocessedKeysAreAskedForAgain(t *testing.T) {
	found := func(sort string) string { return `{"_partition":{"S":"p"},"_sort":{"S":"` + sort + `"}}` }
	left := func(sorts ...string) string {
		for i := range sorts {
			sorts[i] = found(sorts[i])
		}
		return `"UnprocessedKeys":{"stub":{"ConsistentRead":true,"Keys":[` + strings.Join(sorts, ",") + `]}}`
	}
	s, tbl := stubbed(t,
		ok(`{"Responses":{"stub":[`+found("b")+`]},`+left("a", "c")+`}`),
		ok(`{"Responses":{},`+left("a", "c")+`}`),
		ok(`{"Responses":{},`+left("a", "c")+`}`),
		ok(`{"Responses":{"stub":[`+found("c")+`]},`+left("a")+`}`),
		ok(`{"Responses":{"stub":[`+found("a")+`]}}`))
	keys := []table.Key{{Partition: "p", Sort: "a"}, {Partition: "p", Sort: "b"}, {Partition: "p", Sort: "c"}}
	items, err := tbl.GetEach(t.Context(), keys)
	if err != nil {
		t.Fatal(err)
	}
	for i, item := range items {
		equal(t, item.Key, keys[i])
	}
	var asked []int
	for _, r := range s.requests {
		of := r.input["RequestItems"].(map[string]any)["stub"].(map[string]any)
		equal(t, of["ConsistentRead"], any(true))
		asked = append(asked, len(of["Keys"].([]any)))
	}
	equal(t, asked, []int{3, 2, 2, 2, 1})
	equal(t, len(s.pauses), 4)

	s, tbl = stubbed(t, ok(`{"Responses":{},`+left("a", "b", "c")+`}`))
	if _, err := tbl.GetEach(t.Context(), keys); !errors.Is(err, table.ErrUnavailable) {
		t.Fatal(err)
	}
	equal(t, len(s.requests), 4)
}

func TestPausesDoubleUpToABoundAndAreRandomBelowIt(t *testing.T) {
	var pauses []time.Duration
	var random float64
	s, _ := stubbed(t, fault(400, "ThrottlingException", ""))
	tbl := dynamo.New(clientOf(s), "stub", table.Config{}, dynamo.Options{
		Random: func() float64 { random += 1.0 / 16; return random },
		Pause:  func(_ context.Context, length time.Duration) error { pauses = append(pauses, length); return nil },
	})
	if err := writing[0].do(t.Context(), tbl); !errors.Is(err, table.ErrUnavailable) {
		t.Fatal(err)
	}
	var want []time.Duration
	for n, longest := range []time.Duration{25, 50, 100, 200, 400, 800, 1600, 2000, 2000} {
		want = append(want, longest*time.Millisecond*time.Duration(n+1)/16)
	}
	equal(t, pauses, want)
}

func TestAnItemOfAnotherProgramIsReportedNotMisread(t *testing.T) {
	for _, foreign := range []string{`"a":{"SS":["x"]}`, `"a":{"N":"1.5"}`, `"a":{"NULL":true}`, `"a":{"L":[{"B":"eA=="}]}`,
		`"a":{"M":{"b":{"N":"1e40"}}}`, `"_expires":{"S":"x"}`, `"_other":{"S":"x"}`} {
		_, tbl := stubbed(t, ok(`{"Responses":{"stub":[{"_partition":{"S":"p"},"_sort":{"S":"s"},`+foreign+`}]}}`))
		if _, err := tbl.Get(t.Context(), theKey); !errors.Is(err, dynamo.ErrForeign) {
			t.Errorf("%s: %v", foreign, err)
		}
	}
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

func TestQueriesAreConsistentExceptThoseOfAnIndexWhichCanNotBe(t *testing.T) {
	for index, consistent := range map[string]bool{"": true, "first": false} {
		s, tbl := stubbed(t, ok(`{"Items":[]}`))
		if _, err := tbl.Query(t.Context(), table.Query{Partition: "p", Index: index, Limit: 7}); err != nil {
			t.Fatal(err)
		}
		equal(t, s.requests[0].input["ConsistentRead"], any(consistent))
		equal(t, s.requests[0].input["Limit"], any(7.0))
	}
}
