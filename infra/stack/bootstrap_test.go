package stack

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/learning-cities/guildhall/infra/ministack"
)

// event is one of fixtures/events with the functions that get such ones and what they answer.
type event struct {
	file, function string
	answers        func(t *testing.T, answer map[string]any)
}

// events are given to the functions where no table and no bucket is, and for those behind queues a queue of dead letters only: what
// needs more fails in order, the rest is done.
var events = []event{
	{"api-unknown-route.json", "api", status(http.StatusServiceUnavailable)},
	{"api-import.json", "api", status(http.StatusServiceUnavailable)},
	{"api-create-import.json", "api", status(http.StatusServiceUnavailable)},
	{"api-create-export.json", "api", status(http.StatusServiceUnavailable)},
	{"s3-test.json", "check", failed(false)},
	{"sqs-poison.json", "check", failed(false)},
	{"sqs-poison.json", "commit", failed(false)},
	{"sqs-poison.json", "export", failed(false)},
	{"sqs-poison.json", "deliver", failed(false)},
	{"sqs-poison.json", "bounce", failed(false)},
	{"schedule.json", "summary", unavailable},
}

func status(want int) func(*testing.T, map[string]any) {
	return func(t *testing.T, answer map[string]any) {
		t.Helper()
		if answer["statusCode"] != float64(want) {
			t.Errorf("answered %v, want %d", answer, want)
		}
	}
}

// unavailable is the answer of a function whose error has the platform send the event again.
func unavailable(t *testing.T, answer map[string]any) {
	t.Helper()
	if message, _ := answer["errorMessage"].(string); !strings.Contains(message, "unavailable") {
		t.Errorf("answered %v", answer)
	}
}

func failed(some bool) func(*testing.T, map[string]any) {
	return func(t *testing.T, answer map[string]any) {
		t.Helper()
		list, ok := answer["batchItemFailures"].([]any)
		if !ok || (len(list) > 0) != some {
			t.Errorf("answered %v", answer)
		}
	}
}

func TestEachBootstrapAnswersItsEventsUnderLambdasOwnRuntimeEmulator(t *testing.T) {
	for function := range logicalIDs {
		environment := variables(t)
		var dead *queue
		if slices.Contains(queued, function) {
			dead = deadLetters(t, function)
			environment = append(environment, dead.environ()...)
		}
		emulator := emulate(t, function, environment)
		for _, e := range events {
			if e.function != function {
				continue
			}
			t.Run(function+" "+e.file, func(t *testing.T) {
				text, err := os.ReadFile(filepath.Join(root, "fixtures", "events", e.file))
				if err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				answer, err := http.Post(emulator+"/2015-03-31/functions/function/invocations", "application/json", bytes.NewReader(text))
				if err != nil {
					t.Fatal(err)
				}
				defer answer.Body.Close()
				body, err := io.ReadAll(answer.Body)
				if err != nil {
					t.Fatal(err)
				}
				t.Logf("answered after %v", time.Since(began).Round(time.Millisecond))
				var got map[string]any
				if err := json.Unmarshal(body, &got); err != nil {
					t.Fatalf("%s", body)
				}
				e.answers(t, got)
			})
		}
		if dead != nil {
			dead.holdsOne(t)
		}
	}
}

// queue is one of an emulator's.
type queue struct {
	server *ministack.Server
	client *sqs.Client
	url    string
}

// deadLetters makes a queue for what a function puts aside.
func deadLetters(t *testing.T, function string) *queue {
	t.Helper()
	server := ministack.Shared(t)
	q := &queue{server: server, client: sqs.New(sqs.Options{Region: ministack.Region, BaseEndpoint: &server.Endpoint, Credentials: account})}
	made, err := q.client.CreateQueue(t.Context(), &sqs.CreateQueueInput{QueueName: aws.String(function + "-dead")})
	if err != nil {
		t.Fatal(err)
	}
	q.url = *made.QueueUrl
	return q
}

func (q *queue) environ() []string {
	return append(q.server.Environ(), "GUILDHALL_DEAD_LETTERS="+q.url)
}

// holdsOne fails unless one message was put aside, with the reason.
func (q *queue) holdsOne(t *testing.T) {
	t.Helper()
	out, err := q.client.ReceiveMessage(t.Context(), &sqs.ReceiveMessageInput{
		QueueUrl: &q.url, MaxNumberOfMessages: 10, MessageAttributeNames: []string{"All"},
	})
	if err != nil || len(out.Messages) != 1 || aws.ToString(out.Messages[0].MessageAttributes["Reason"].StringValue) == "" {
		t.Errorf("put aside: %+v, %v", out, err)
	}
}

// variables are a function's environment where nothing else is: the ports are of nobody.
func variables(t *testing.T) []string {
	nobody := (&ministack.Server{Endpoint: "http://" + free(t)}).Environ()
	return append(nobody, "PATH="+os.Getenv("PATH"), "HOME="+t.TempDir(),
		"GUILDHALL_TABLE=records", "GUILDHALL_BUCKET=files", "GUILDHALL_CHECK_QUEUE=http://127.0.0.1:1/000000000000/check",
		"GUILDHALL_COMMIT_QUEUE=http://127.0.0.1:1/000000000000/commit", "GUILDHALL_EXPORT_QUEUE=http://127.0.0.1:1/000000000000/export",
		"GUILDHALL_DELIVER_QUEUE=http://127.0.0.1:1/000000000000/deliver", "GUILDHALL_BOUNCE_QUEUE=http://127.0.0.1:1/000000000000/bounce",
		"GUILDHALL_CHECK_DEAD_LETTERS=http://127.0.0.1:1/000000000000/check-dead", "GUILDHALL_COMMIT_DEAD_LETTERS=http://127.0.0.1:1/000000000000/commit-dead",
		"GUILDHALL_EXPORT_DEAD_LETTERS=http://127.0.0.1:1/000000000000/export-dead", "GUILDHALL_DELIVER_DEAD_LETTERS=http://127.0.0.1:1/000000000000/deliver-dead",
		"GUILDHALL_BOUNCE_DEAD_LETTERS=http://127.0.0.1:1/000000000000/bounce-dead",
		"GUILDHALL_DEAD_LETTERS=http://127.0.0.1:1/000000000000/dead", "GUILDHALL_ADDRESS=http://127.0.0.1:1/Prod/",
		"GUILDHALL_ISSUER=http://127.0.0.1:1", "GUILDHALL_CLIENT=guildhall",
		"GUILDHALL_CLIENT_SECRET=arn:aws:secretsmanager:eu-west-1:000000000000:secret:client",
		"GUILDHALL_SECRET=arn:aws:secretsmanager:eu-west-1:000000000000:secret:own",
		"AWS_LAMBDA_FUNCTION_NAME=guildhall", "AWS_LAMBDA_FUNCTION_TIMEOUT=60", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512")
}

// bootstrap is the built program of a function.
func bootstrap(t *testing.T, function string) string {
	t.Helper()
	return filepath.Join(buildFolder(t), logicalIDs[function], "bootstrap")
}

// emulate runs a function under the emulator that the SAM CLI brings, and gives the emulator's address.
func emulate(t *testing.T, function string, environment []string) string {
	t.Helper()
	program := tool(t, "sam", "lib", "python3*", "site-packages", "samcli", "local", "rapid", "aws-lambda-rie-"+architecture())
	copied := filepath.Join(t.TempDir(), "aws-lambda-rie") // the wheel's own can't be executed
	content, err := os.ReadFile(program)
	if err == nil {
		err = os.WriteFile(copied, content, 0o700)
	}
	if err != nil {
		t.Fatal(err)
	}
	address := free(t)
	cmd := exec.Command(copied, "--runtime-interface-emulator-address", address, "--runtime-api-address", free(t), "--log-level", "error",
		bootstrap(t, function))
	cmd.Env = environment
	run(t, cmd)
	until(t, "the emulator listens", func() bool {
		conn, err := net.Dial("tcp4", address)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
	return "http://" + address
}

// run starts a program that ends with the test, and shows what it said when the test fails.
func run(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &said, &said, time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt) // the emulator ends its function then
		ended := make(chan struct{})
		go func() {
			_ = cmd.Wait()
			close(ended)
		}()
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			_ = cmd.Process.Kill()
			<-ended
		}
		if t.Failed() {
			t.Logf("it said:\n%s", said.Bytes())
		}
	})
}

// free is an address of this machine that nobody listens on at this moment.
func free(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// What a function may weigh and how long it may take to be ready, from the start of its process to its first question for work.
const (
	apiReady  = 150 * time.Millisecond
	apiSize   = 26 << 20 // bytes of the stripped program
	apiZipped = 9 << 20
	starts    = 5 // the best of so many counts, since the machine does other things too
)

func TestTheAPIFunctionIsSmallAndSoonReady(t *testing.T) {
	for function := range logicalIDs {
		content, err := os.ReadFile(bootstrap(t, function))
		if err != nil {
			t.Fatal(err)
		}
		best := time.Hour
		for range starts {
			best = min(best, ready(t, function))
		}
		size := len(content)
		t.Logf("%s: ready after %v, %.1f MB", function, best.Round(time.Millisecond), float64(size)/1e6)
		if function != "api" {
			continue
		}
		small := zipped(t, content)
		t.Logf("%s: %.1f MB zipped", function, float64(small)/1e6)
		if best > apiReady || size > apiSize || small > apiZipped {
			t.Errorf("api: ready after %v, %d bytes, %d zipped", best, size, small)
		}
	}
}

// ready measures how long a function takes from its start until it asks the platform for its first event.
func ready(t *testing.T, function string) time.Duration {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	asked, end := make(chan time.Time, 1), make(chan struct{})
	platform := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/invocation/next") {
			asked <- time.Now()
			<-end
		}
	})}
	go func() {
		if err := platform.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	}()
	cmd := exec.Command(bootstrap(t, function))
	cmd.Env = append(variables(t), "AWS_LAMBDA_RUNTIME_API="+listener.Addr().String())
	began := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		close(end)
		_ = platform.Close()
	}()
	select {
	case at := <-asked:
		return at.Sub(began)
	case <-time.After(time.Minute):
		t.Fatalf("%s is not ready after a minute", function)
		return 0
	}
}

// zipped is the size of a program as Lambda gets it.
func zipped(t *testing.T, content []byte) int {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	w, err := archive.Create("bootstrap")
	if err == nil {
		_, err = w.Write(content)
	}
	if err := errors.Join(err, archive.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}
