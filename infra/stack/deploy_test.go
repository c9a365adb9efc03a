package stack

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/learning-cities/guildhall/infra/ministack"
)

// deployment is the stack on an emulated AWS that holds each function to its role.
type deployment struct {
	server  *ministack.Server
	outputs map[string]string
	client  *http.Client
	queues  *sqs.Client
	who     session // that asks; see ask
}

// account signs what the tests ask.
var account = credentials.NewStaticCredentialsProvider("test", "test", "")

// deploy starts an AWS and deploys a built template on it, as `sam deploy` does. change, when not nil, changes the template's text.
func deploy(t *testing.T, change func(template string) string) *deployment {
	t.Helper()
	folder := buildFolder(t)
	server := ministack.Start(t, ministack.Options{Auth: true, TLS: true})
	template := filepath.Join(folder, "template.yaml")
	text, err := os.ReadFile(template)
	if err != nil {
		t.Fatal(err)
	}
	// CloudFormation takes the slash of a type escaped only, which the emulator doesn't know.
	changed := strings.ReplaceAll(string(text), "*~1*", "*/*")
	// SES checks a letter against the identity and the configuration set, the emulator against everything.
	changed = maySend.ReplaceAllString(changed, "${1} '*'${2}")
	if change != nil {
		changed = change(changed)
	}
	template = filepath.Join(folder, "changed.yaml")
	if err := os.WriteFile(template, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	people := newRecogniser(t)
	sam(t, server, append([]string{
		"deploy", "--template-file", template, "--stack-name", "guildhall", "--resolve-s3", "--capabilities", "CAPABILITY_IAM",
		"--no-confirm-changeset", "--no-progressbar", "--parameter-overrides", "Architecture=" + architecture(), "LogLevel=debug",
		"RequestsPerSecond=1000", "RequestBurst=1000",
	}, append(people.parameters(), mailParameters()...)...)...)
	d := &deployment{server: server, outputs: map[string]string{}}
	var outputs []struct{ OutputKey, OutputValue string }
	said := sam(t, server, "list", "stack-outputs", "--stack-name", "guildhall", "--output", "json")
	if err := json.Unmarshal(said[bytes.IndexByte(said, '['):], &outputs); err != nil {
		t.Fatalf("%v in %s", err, said)
	}
	for _, output := range outputs {
		d.outputs[output.OutputKey] = output.OutputValue
	}
	if d.client, err = server.Client(); err != nil {
		t.Fatal(err)
	}
	d.client.Timeout = time.Minute
	d.queues = sqs.New(sqs.Options{
		Region: ministack.Region, BaseEndpoint: &server.Endpoint, Credentials: account, HTTPClient: d.client,
	})
	people.start(t, d.output(t, "ProductAddress"))
	return d
}

// maySend is what the deliver function may send by, to the next resource of the template.
var maySend = regexp.MustCompile(`(?s)(ses:SendRawEmail\n\s+Resource:).*?(\n  [A-Z])`)

// sam runs the SAM CLI against the server and gives what it printed.
func sam(t *testing.T, server *ministack.Server, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(tool(t, "sam", "bin", "sam"), args...)
	cmd.Dir = t.TempDir() // away from samconfig.toml, whose answers are for AWS
	cmd.Env = append(os.Environ(), server.Environ()...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	said, err := cmd.Output()
	if err != nil {
		t.Fatalf("sam %s: %v\n%s%s", args[0], err, said, stderr.Bytes())
	}
	return said
}

// output is a value that the stack gives out.
func (d *deployment) output(t *testing.T, name string) string {
	t.Helper()
	value, ok := d.outputs[name]
	if !ok {
		t.Fatalf("the stack gives out no %s", name)
	}
	return value
}

// do sends a request and reads the answer.
func (d *deployment) do(t *testing.T, request *http.Request) (int, []byte) {
	t.Helper()
	answer, err := d.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, text
}

// follow sends or fetches a file through a link.
func (d *deployment) follow(t *testing.T, l *link, content []byte) []byte {
	t.Helper()
	if l == nil {
		t.Fatal("no link")
	}
	request, err := http.NewRequestWithContext(t.Context(), l.Method, l.URL, bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range l.Headers {
		request.Header.Set(name, value)
	}
	status, answer := d.do(t, request)
	if status != http.StatusOK {
		t.Fatalf("%s %s: %d %s", l.Method, l.URL, status, answer)
	}
	return answer
}

// send puts messages into a queue of the stack's, all at once, so that they come as a batch.
func (d *deployment) send(t *testing.T, queue string, bodies ...string) {
	t.Helper()
	var entries []types.SendMessageBatchRequestEntry
	for i, body := range bodies {
		entries = append(entries, types.SendMessageBatchRequestEntry{Id: aws.String("m" + string(rune('0'+i))), MessageBody: &body})
	}
	out, err := d.queues.SendMessageBatch(t.Context(), &sqs.SendMessageBatchInput{
		QueueUrl: aws.String(d.output(t, queue)), Entries: entries,
	})
	if err != nil || len(out.Failed) > 0 {
		t.Fatal(err, out)
	}
}

// hurry lets the messages of a queue come back after a second when they fail, instead of minutes.
func (d *deployment) hurry(t *testing.T, queue string) {
	t.Helper()
	_, err := d.queues.SetQueueAttributes(t.Context(), &sqs.SetQueueAttributesInput{
		QueueUrl: aws.String(d.output(t, queue)), Attributes: map[string]string{"VisibilityTimeout": "1"},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// waiting counts the messages of a queue, also those being worked on.
func (d *deployment) waiting(t *testing.T, queue string) string {
	t.Helper()
	names := []types.QueueAttributeName{
		"ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed",
	}
	out, err := d.queues.GetQueueAttributes(t.Context(), &sqs.GetQueueAttributesInput{
		QueueUrl: aws.String(d.output(t, queue)), AttributeNames: names,
	})
	if err != nil {
		t.Fatal(err)
	}
	var counts []string
	for _, name := range names {
		counts = append(counts, out.Attributes[string(name)])
	}
	return strings.Join(counts, "+")
}

// until asks again and again until done says so, for three minutes at most: other tests may have the machine.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	for !done() {
		select {
		case <-ctx.Done():
			t.Fatalf("after three minutes still not: %s", what)
		case <-time.After(100 * time.Millisecond):
		}
	}
}
