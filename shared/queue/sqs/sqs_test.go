package sqs_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
	awssqs "github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/learning-cities/guildhall/infra/ministack"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/queue/queuetest"
	"github.com/learning-cities/guildhall/shared/queue/sqs"
)

func TestConformance(t *testing.T) {
	cfg := config(t)
	queuetest.Run(t, func(t *testing.T, attempts int) queuetest.Engine {
		name := "test-" + rand.Text()
		dead := create(t, cfg, name+"-dead", nil)
		policy := fmt.Sprintf(`{"deadLetterTargetArn":"arn:aws:sqs:%s:000000000000:%s-dead","maxReceiveCount":%d}`, cfg.Region, name, attempts)
		url := create(t, cfg, name, map[string]string{"RedrivePolicy": policy})
		open := func() queue.Queue { return sqs.New(cfg, url, sqs.Options{}) }
		return queuetest.Engine{
			Queue: open(), Dead: sqs.New(cfg, dead, sqs.Options{}), Reopen: open,
			Now: time.Now, Pass: func() { time.Sleep(20 * time.Millisecond) },
		}
	})
}

// config is how the emulator is reached.
func config(t *testing.T) aws.Config {
	t.Helper()
	return aws.Config{
		BaseEndpoint: aws.String(ministack.Endpoint(t)),
		Region:       ministack.Region,
		Credentials:  credentials.NewStaticCredentialsProvider("test", "test", ""),
	}
}

// create makes a queue and returns its URL.
func create(t *testing.T, cfg aws.Config, name string, attributes map[string]string) string {
	t.Helper()
	out, err := awssqs.NewFromConfig(cfg).CreateQueue(t.Context(), &awssqs.CreateQueueInput{QueueName: &name, Attributes: attributes})
	must(t, err)
	return *out.QueueUrl
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answers is an HTTP client that stands where the network is. It gives its answers one after the other, and the last one for ever.
type answers struct {
	all  []string // bodies; an error of the service as its code alone; "" for a connection that is lost
	sent []string // the operations that were asked for
}

func (a *answers) Do(r *http.Request) (*http.Response, error) {
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	a.sent = append(a.sent, operation)
	body := a.all[0]
	if len(a.all) > 1 {
		a.all = a.all[1:]
	}
	status := http.StatusOK
	switch {
	case body == "":
		return nil, io.ErrUnexpectedEOF
	case !strings.HasPrefix(body, "{"):
		status, body = http.StatusBadRequest, `{"__type":"com.amazonaws.sqs#`+body+`","message":"said by the test"}`
	}
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}}, Body: io.NopCloser(strings.NewReader(body)),
	}, nil
}

func stub(all ...string) (*sqs.Queue, *answers) {
	a := &answers{all: all}
	return sqs.New(aws.Config{
		Region: "eu-west-1", Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""), HTTPClient: a,
	}, "http://127.0.0.1/000000000000/q", sqs.Options{
		Backoff: retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil }),
	}), a
}

var delivery = queue.Delivery{ID: "1", Receipt: "r", Attempt: 1}

func TestWhatFailsForNoFaultOfItsOwnIsTriedAgain(t *testing.T) {
	for _, failure := range []string{"ThrottlingException", "RequestThrottled", ""} {
		q, a := stub(failure, failure, `{"MD5OfMessageBody":"9dd4e461268c8034f5c8564e155c67a6","MessageId":"1"}`)
		must(t, q.Send(t.Context(), []byte("x"), 0))
		if len(a.sent) != 3 {
			t.Errorf("%s: %d tries", failure, len(a.sent))
		}
	}
}

func TestAServiceThatDoesNotAnswerIsUnavailableAfterSixTries(t *testing.T) {
	for name, ask := range asks(t) {
		q, a := stub("ThrottlingException")
		if err := ask(q); !errors.Is(err, queue.ErrUnavailable) || len(a.sent) != 6 {
			t.Errorf("%s: %d tries, %v", name, len(a.sent), err)
		}
	}
}

func TestAQueueThatIsMissingOrForbiddenIsUnavailable(t *testing.T) {
	for _, code := range []string{"QueueDoesNotExist", "AccessDeniedException", "KmsAccessDenied"} {
		for name, ask := range asks(t) {
			q, a := stub(code)
			if err := ask(q); !errors.Is(err, queue.ErrUnavailable) || len(a.sent) != 1 {
				t.Errorf("%s, %s: %d tries, %v", code, name, len(a.sent), err)
			}
		}
	}
}

// asks are all that can be asked of a queue.
func asks(t *testing.T) map[string]func(queue.Queue) error {
	return map[string]func(queue.Queue) error{
		"Send": func(q queue.Queue) error { return q.Send(t.Context(), []byte("x"), 0) },
		"Receive": func(q queue.Queue) error {
			_, err := q.Receive(t.Context(), 1, time.Minute)
			return err
		},
		"Done":   func(q queue.Queue) error { return q.Done(t.Context(), delivery) },
		"Return": func(q queue.Queue) error { return q.Return(t.Context(), delivery, 0) },
	}
}

// The service words it in several ways, of which the emulator knows one.
func TestAMessageThatIsNobodysAnyMoreIsReturnedWithoutEffect(t *testing.T) {
	for _, code := range []string{"MessageNotInflight", "InvalidParameterValue", "ReceiptHandleIsInvalid"} {
		q, _ := stub(code)
		if err := q.Return(t.Context(), delivery, 0); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestABodyThatChangedOnTheWayIsNotTaken(t *testing.T) {
	q, _ := stub(`{"MD5OfMessageBody":"00000000000000000000000000000000","MessageId":"1"}`)
	if err := q.Send(t.Context(), []byte("x"), 0); !errors.Is(err, queue.ErrUnavailable) {
		t.Errorf("sent: %v", err)
	}
	q, _ = stub(`{"Messages":[{"MessageId":"1","ReceiptHandle":"r","Body":"y","MD5OfBody":"9dd4e461268c8034f5c8564e155c67a6",` +
		`"Attributes":{"ApproximateReceiveCount":"1"}}]}`)
	if ds, err := q.Receive(t.Context(), 1, time.Minute); !errors.Is(err, queue.ErrUnavailable) {
		t.Errorf("received %v, %v", ds, err)
	}
}

func TestReceiveWaitsForAMessageWhenToldTo(t *testing.T) {
	cfg := config(t)
	q := sqs.New(cfg, create(t, cfg, "test-"+rand.Text(), nil), sqs.Options{Wait: 5 * time.Second})
	sent := make(chan error, 1)
	go func() { sent <- q.Send(t.Context(), []byte("x"), time.Second) }()
	ds, err := q.Receive(t.Context(), 1, time.Minute)
	must(t, errors.Join(err, <-sent))
	if len(ds) != 1 {
		t.Fatalf("received %v", ds)
	}
}
