package host_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"github.com/learning-cities/guildhall/shared/host"
)

// through hands an event to a handler and gives the response, after a round trip through JSON as Lambda makes it.
func through(t *testing.T, event events.APIGatewayProxyRequest, handler http.HandlerFunc) events.APIGatewayProxyResponse {
	t.Helper()
	response, err := host.Gateway(handler)(context.Background(), event)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(response)
	if err != nil {
		t.Fatal(err)
	}
	var got events.APIGatewayProxyResponse
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// The platform ends a function at its deadline, and the caller is told nothing; what the handler waits for must end before.
func TestAHandlerHasTimeLeftToAnswerWhenWhatItWaitsForIsTooSlow(t *testing.T) {
	deadline := time.Now().Add(29 * time.Second)
	ctx, cancel := context.WithDeadline(t.Context(), deadline)
	defer cancel()
	_, err := host.Gateway(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if until, ok := r.Context().Deadline(); !ok || deadline.Sub(until) < time.Second || deadline.Sub(until) > 3*time.Second {
			t.Errorf("the handler may wait until %v before the end", deadline.Sub(until))
		}
	}))(ctx, events.APIGatewayProxyRequest{HTTPMethod: "GET", Path: "/"})
	if err != nil {
		t.Fatal(err)
	}
}

// sample is an event of fixtures/events.
func sample(t *testing.T, name string, event any) {
	t.Helper()
	text, err := os.ReadFile("../../fixtures/events/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, event); err != nil {
		t.Fatal(err)
	}
}

func TestAnEventOfAPIGatewayIsARequest(t *testing.T) {
	var event events.APIGatewayProxyRequest
	sample(t, "api-create-import.json", &event)
	through(t, event, func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method != "POST" || r.URL.Path != "/api/imports" || r.URL.Query().Get("lang") != "fr" || len(body) != int(r.ContentLength) {
			t.Errorf("got %s %s with %d bytes of %d", r.Method, r.URL, len(body), r.ContentLength)
		}
		if r.Header.Get("Idempotency-Key") == "" || r.Host == "" {
			t.Errorf("headers %v, host %q", r.Header, r.Host)
		}
		if host.RequestID(r) != "c6af9ac6-7b61-11e6-9a41-93e8deadbeef" || r.RemoteAddr != "192.0.2.1" {
			t.Errorf("request %q from %q", host.RequestID(r), r.RemoteAddr)
		}
	})
}

func TestValuesThatAreGivenTwiceComeTwice(t *testing.T) {
	event := events.APIGatewayProxyRequest{
		HTTPMethod: "GET", Path: "/imports",
		Headers: map[string]string{"accept": "b"}, MultiValueHeaders: map[string][]string{"accept": {"a", "b"}},
		QueryStringParameters:           map[string]string{"q": "d&e"},
		MultiValueQueryStringParameters: map[string][]string{"q": {"c", "d&e"}},
	}
	through(t, event, func(_ http.ResponseWriter, r *http.Request) {
		if got := r.Header.Values("Accept"); !reflect.DeepEqual(got, []string{"a", "b"}) {
			t.Errorf("headers %q", got)
		}
		if got := r.URL.Query()["q"]; !reflect.DeepEqual(got, []string{"c", "d&e"}) {
			t.Errorf("query %q", got)
		}
	})
}

func TestPathsComeWithTheirEscapesOrDecodedAlready(t *testing.T) {
	for path, want := range map[string]string{
		"/imports/a%20b":   "/imports/a b",
		"/imports/a b":     "/imports/a b",
		"/imports/100%":    "/imports/100%",
		"/imports/%C3%A9":  "/imports/é",
		"/imports/x?y=1#z": "/imports/x?y=1#z",
		"imports":          "/imports",
		"//imports":        "/imports",
	} {
		event := events.APIGatewayProxyRequest{HTTPMethod: "GET", Path: path}
		answer := through(t, event, func(_ http.ResponseWriter, r *http.Request) {
			if r.URL.Path != want || r.URL.RawQuery != "" {
				t.Errorf("%q came as %q with the query %q", path, r.URL.Path, r.URL.RawQuery)
			}
		})
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%q was answered with %d", path, answer.StatusCode)
		}
	}
}

func TestABodyInBase64IsDecoded(t *testing.T) {
	want := []byte{0xff, 0, 'a'}
	event := events.APIGatewayProxyRequest{
		HTTPMethod: "POST", Path: "/", Body: base64.StdEncoding.EncodeToString(want), IsBase64Encoded: true,
	}
	through(t, event, func(_ http.ResponseWriter, r *http.Request) {
		if got, _ := io.ReadAll(r.Body); !reflect.DeepEqual(got, want) {
			t.Errorf("got %v", got)
		}
	})
}

func TestAnEventThatIsNoRequestIsRefused(t *testing.T) {
	for _, event := range []events.APIGatewayProxyRequest{
		{HTTPMethod: "NO METHOD", Path: "/"},
		{HTTPMethod: "POST", Path: "/", Body: "no base 64", IsBase64Encoded: true},
	} {
		answer := through(t, event, func(http.ResponseWriter, *http.Request) { t.Error("the handler was called") })
		if answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%+v was answered with %d", event, answer.StatusCode)
		}
	}
}

func TestAnAnswerIsAResponse(t *testing.T) {
	event := events.APIGatewayProxyRequest{HTTPMethod: "GET", Path: "/"}
	got := through(t, event, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Add("Vary", "Accept")
		w.Header().Add("Vary", "Accept-Language")
		w.WriteHeader(http.StatusCreated)
		w.WriteHeader(http.StatusTeapot) // too late, as in any server
		w.Header().Set("Late", "yes")
		_, _ = io.WriteString(w, "Montréal")
	})
	want := events.APIGatewayProxyResponse{
		StatusCode: http.StatusCreated, Body: "Montréal",
		MultiValueHeaders: map[string][]string{"Vary": {"Accept", "Accept-Language"}, "Content-Type": {"text/plain; charset=utf-8"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestBytesThatAreNoTextGoAsBase64(t *testing.T) {
	event := events.APIGatewayProxyRequest{HTTPMethod: "GET", Path: "/"}
	got := through(t, event, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte{0xff, 0xfe}) })
	if !got.IsBase64Encoded || got.Body != "//4=" || got.StatusCode != http.StatusOK {
		t.Errorf("got %+v", got)
	}
}
