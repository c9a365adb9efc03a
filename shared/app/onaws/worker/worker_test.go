package worker_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"github.com/learning-cities/guildhall/shared/app/onaws"
	"github.com/learning-cities/guildhall/shared/app/onaws/worker"
	"github.com/learning-cities/guildhall/shared/host"
)

// platform stands for all services: it has a table in which nothing is but, while a backup is being restored, the mark of that, and refuses
// whatever else it is asked for.
type platform struct {
	mu        sync.Mutex
	restoring bool
	others    int // requests for anything but the mark
}

func (p *platform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	asked, _ := io.ReadAll(r.Body)
	if !strings.HasSuffix(r.Header.Get("X-Amz-Target"), ".BatchGetItem") || !strings.Contains(string(asked), `{"S":"archive"}`) {
		p.others++
		w.WriteHeader(http.StatusForbidden)
		return
	}
	items := ""
	if p.restoring {
		items = `{"_partition": {"S": "archive"}, "_sort": {"S": "mark"}}`
	}
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	_, _ = io.WriteString(w, `{"Responses": {"records": [`+items+`]}}`)
}

func (p *platform) restore(under bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.restoring, p.others = under, 0
}

// worked reports whether anything was asked for but the mark.
func (p *platform) worked() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.others > 0
}

// open makes a function over a platform.
func open(t *testing.T, name host.Function, handler func(*onaws.Function) (any, error)) (*platform, any) {
	t.Helper()
	p := &platform{restoring: true}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": server.URL, "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_MAX_ATTEMPTS": "1",
		"GUILDHALL_TABLE": "records", "GUILDHALL_BUCKET": "files", "GUILDHALL_ADDRESS": "https://example.org/", "GUILDHALL_SENDER": "",
		"GUILDHALL_CHECK_QUEUE": server.URL + "/1/check", "GUILDHALL_COMMIT_QUEUE": server.URL + "/1/commit",
		"GUILDHALL_EXPORT_QUEUE": server.URL + "/1/export", "GUILDHALL_DELIVER_QUEUE": server.URL + "/1/deliver",
		"GUILDHALL_BOUNCE_QUEUE": server.URL + "/1/bounce", "GUILDHALL_DEAD_LETTERS": server.URL + "/1/dead",
	} {
		t.Setenv(name, value)
	}
	f, err := onaws.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	serve, err := handler(f)
	if err != nil {
		t.Fatal(err)
	}
	return p, serve
}

func TestWhileABackupIsRestoredMessagesAreLeftToComeAgain(t *testing.T) {
	for name, handler := range map[host.Function]func(*onaws.Function) (any, error){
		host.Check: worker.Check, host.Commit: worker.Commit, host.Export: worker.Export, host.Deliver: worker.Deliver, host.Bounce: worker.Bounce,
	} {
		t.Run(string(name), func(t *testing.T) {
			p, serve := open(t, name, handler)
			batch := events.SQSEvent{Records: []events.SQSMessage{{MessageId: "1", Body: "not readable"}, {MessageId: "2", Body: "not readable"}}}
			run := serve.(func(context.Context, events.SQSEvent) (events.SQSEventResponse, error))
			response, err := run(t.Context(), batch)
			if err != nil || len(response.BatchItemFailures) != 2 {
				t.Errorf("%+v, %v", response, err)
			}
			if p.worked() {
				t.Error("something was done")
			}
			p.restore(false)
			if _, err := run(t.Context(), batch); err != nil {
				t.Error(err)
			}
			if !p.worked() {
				t.Error("afterwards nothing is done") // what isn't readable is to be put aside
			}
		})
	}
}

func TestWhileABackupIsRestoredATickDoesNothing(t *testing.T) {
	p, serve := open(t, host.Summary, worker.Summary)
	tick := serve.(func(context.Context, events.EventBridgeEvent) error)
	if err := tick(t.Context(), events.EventBridgeEvent{}); err != nil || p.worked() {
		t.Errorf("something was done, or the tick comes again: %v", err)
	}
	p.restore(false)
	if err := tick(t.Context(), events.EventBridgeEvent{}); err == nil || !p.worked() {
		t.Error("afterwards nothing is done")
	}
}
