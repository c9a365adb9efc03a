package onaws_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/learning-cities/guildhall/shared/app/onaws"
	"github.com/learning-cities/guildhall/shared/host"
)

const (
	ownSecret    = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:own"
	clientSecret = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:client"
)

// world is an api function beside a Secrets Manager that gives what a test has there, and a table with nothing in it but, while a backup is being
// restored, the mark of that.
type world struct {
	secrets   map[string]string
	asked     atomic.Int32 // for secrets
	looked    atomic.Int32 // into the table
	binary    bool         // secrets are given as bytes
	restoring bool
	api       http.Handler
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{secrets: map[string]string{ownSecret: strings.Repeat("s", 64), clientSecret: `{"client_secret": ""}`}}
	manager := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.Header.Get("X-Amz-Target"), "DynamoDB") {
			w.look(answer)
			return
		}
		w.manage(answer, r)
	}))
	t.Cleanup(manager.Close)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": manager.URL, "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_MAX_ATTEMPTS": "1",
		"GUILDHALL_TABLE": "records", "GUILDHALL_BUCKET": "files", "GUILDHALL_CHECK_QUEUE": manager.URL + "/1/check",
		"GUILDHALL_COMMIT_QUEUE": manager.URL + "/1/commit", "GUILDHALL_EXPORT_QUEUE": manager.URL + "/1/export",
		"GUILDHALL_DELIVER_QUEUE": manager.URL + "/1/deliver", "GUILDHALL_BOUNCE_QUEUE": manager.URL + "/1/bounce",
		"GUILDHALL_CHECK_DEAD_LETTERS": manager.URL + "/1/check-dead", "GUILDHALL_COMMIT_DEAD_LETTERS": manager.URL + "/1/commit-dead",
		"GUILDHALL_EXPORT_DEAD_LETTERS": manager.URL + "/1/export-dead", "GUILDHALL_DELIVER_DEAD_LETTERS": manager.URL + "/1/deliver-dead",
		"GUILDHALL_BOUNCE_DEAD_LETTERS": manager.URL + "/1/bounce-dead",
		"GUILDHALL_ADDRESS":             "https://example.org/Prod/", "GUILDHALL_ISSUER": "https://issuer.example", "GUILDHALL_CLIENT": "guildhall",
		"GUILDHALL_SECRET": ownSecret, "GUILDHALL_CLIENT_SECRET": clientSecret, "GUILDHALL_FIRST_PERSON": "", "GUILDHALL_LOG_LEVEL": "error",
	} {
		t.Setenv(name, value)
	}
	function, err := onaws.Open(t.Context(), host.API)
	if err != nil {
		t.Fatal(err)
	}
	w.api = function.API()
	return w
}

// manage answers as Secrets Manager does.
func (w *world) manage(answer http.ResponseWriter, r *http.Request) {
	w.asked.Add(1)
	var asked struct{ SecretId string }
	text, _ := io.ReadAll(r.Body)
	secret, ok := "", json.Unmarshal(text, &asked) == nil
	if ok {
		secret, ok = w.secrets[asked.SecretId]
	}
	answer.Header().Set("Content-Type", "application/x-amz-json-1.1")
	if !ok {
		answer.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(answer, `{"__type": "ResourceNotFoundException"}`)
		return
	}
	if w.binary {
		_ = json.NewEncoder(answer).Encode(map[string][]byte{"SecretBinary": []byte(secret)})
		return
	}
	_ = json.NewEncoder(answer).Encode(map[string]string{"SecretString": secret})
}

// look answers as DynamoDB does.
func (w *world) look(answer http.ResponseWriter) {
	w.looked.Add(1)
	items := ""
	if w.restoring {
		items = `{"_partition": {"S": "archive"}, "_sort": {"S": "mark"}}`
	}
	answer.Header().Set("Content-Type", "application/x-amz-json-1.0")
	_, _ = io.WriteString(answer, `{"Responses": {"records": [`+items+`]}}`)
}

func TestWhileABackupIsRestoredRequestsAreToldToComeAgainAndNothingElseIsDone(t *testing.T) {
	w := newWorld(t)
	w.restoring = true
	for range 2 {
		got := w.read()
		if got.Code != http.StatusServiceUnavailable || !strings.Contains(got.Body.String(), "RESTORE_UNFINISHED") || got.Header().Get("Retry-After") == "" {
			t.Errorf("%d %v %s", got.Code, got.Header(), got.Body)
		}
		if strings.Contains(got.Body.String(), `"records`) {
			t.Errorf("the answer tells the table's name: %s", got.Body)
		}
	}
	if asked := w.asked.Load(); asked != 0 {
		t.Errorf("secrets were asked for %d times", asked)
	}
	w.restoring = false
	for range 3 {
		if got := w.read(); got.Code != http.StatusOK {
			t.Errorf("afterwards: %d %s", got.Code, got.Body)
		}
	}
	if looked := w.looked.Load(); looked != 3 {
		t.Errorf("the table was asked %d times: each request asks while the mark is there, and one finds it gone", looked)
	}
}

// A data folder's secret is no text.
func TestASecretThatIsNoTextIsOneToo(t *testing.T) {
	w := newWorld(t)
	w.binary, w.secrets[ownSecret] = true, strings.Repeat("\xff\x00", 16)
	if got := w.read(); got.Code != http.StatusOK {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}

// read asks for the API's document, for which nobody has to be signed in.
func (w *world) read() *httptest.ResponseRecorder {
	got := httptest.NewRecorder()
	w.api.ServeHTTP(got, httptest.NewRequest("GET", "/api/openapi.json", nil))
	return got
}

func TestTheSecretsAreReadWithTheFirstRequestAndNotAgain(t *testing.T) {
	w := newWorld(t)
	if asked := w.asked.Load(); asked != 0 {
		t.Errorf("a start asks %d times", asked)
	}
	for range 3 {
		if got := w.read(); got.Code != http.StatusOK {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
	}
	if asked := w.asked.Load(); asked != 2 {
		t.Errorf("asked %d times for two secrets", asked)
	}
}

func TestWhileASecretIsMissingRequestsAreToldToComeAgainAndThenServed(t *testing.T) {
	for _, name := range []string{ownSecret, clientSecret} {
		for _, wrong := range []string{"", "hunter2"} { // none, or one that is of no use
			w := newWorld(t)
			right := w.secrets[name]
			if delete(w.secrets, name); wrong != "" {
				w.secrets[name] = wrong
			}
			got := w.read()
			if got.Code != http.StatusServiceUnavailable || !strings.Contains(got.Body.String(), "UNAVAILABLE") {
				t.Errorf("%d %s", got.Code, got.Body)
			}
			if wrong != "" && strings.Contains(got.Body.String(), wrong) {
				t.Errorf("the answer tells of the secret: %s", got.Body)
			}
			w.secrets[name] = right
			if got := w.read(); got.Code != http.StatusOK {
				t.Errorf("afterwards: %d %s", got.Code, got.Body)
			}
		}
	}
}

func TestPagesMaySendFilesToTheBucket(t *testing.T) {
	w := newWorld(t)
	request := httptest.NewRequest("GET", "/nowhere", nil)
	request.Header.Set("Accept", "text/html")
	got := httptest.NewRecorder()
	w.api.ServeHTTP(got, request)
	bucket := os.Getenv("AWS_ENDPOINT_URL")
	if policy := got.Header().Get("Content-Security-Policy"); !strings.Contains(policy, bucket) {
		t.Errorf("%d, and pages may send to %s, not to %s", got.Code, policy, bucket)
	}
}

func TestEveryAnswerTellsBrowsersToUseHTTPSOnly(t *testing.T) {
	w := newWorld(t)
	if got := w.read(); got.Header().Get("Strict-Transport-Security") == "" {
		t.Errorf("%v", got.Header())
	}
	got := httptest.NewRecorder()
	w.api.ServeHTTP(got, httptest.NewRequest("GET", "/api/me", nil))
	if got.Code != http.StatusUnauthorized || got.Header().Get("Content-Security-Policy") == "" {
		t.Errorf("%d %v", got.Code, got.Header())
	}
}
