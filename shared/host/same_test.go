package host_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"github.com/learning-cities/guildhall/shared/compress"
	"github.com/learning-cities/guildhall/shared/host"
)

// said is what came back: from API Gateway, or from a server.
type said struct {
	Status  int
	Header  map[string][]string
	Cookies []string
	Body    string
}

// heard tells everything that a handler can know of a request, with what answers can be: several cookies, lists in headers, long and short.
func heard(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	told := map[string]any{
		"method": r.Method, "path": r.URL.Path, "escaped": r.URL.EscapedPath(), "query": r.URL.Query(), "host": r.Host,
		"header": r.Header, "length": r.ContentLength, "body": hex.EncodeToString(body), "failed": err != nil,
	}
	cookies := []string{}
	for _, cookie := range r.Cookies() {
		cookies = append(cookies, cookie.Name+"="+cookie.Value)
	}
	told["cookies"] = cookies
	for _, name := range []string{"__Secure-session", "__Secure-signin"} {
		http.SetCookie(w, &http.Cookie{Name: name, Value: "x.Y-1", Path: "/Prod/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	}
	w.Header().Add("Vary", "Accept-Language")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusAccepted)
	_ = json.NewEncoder(w).Encode(told)
	if strings.HasSuffix(r.URL.Path, ".json") {
		_, _ = io.WriteString(w, strings.Repeat("a long answer, ", 1000))
	}
}

// handlers are what is asked in both ways.
var handlers = map[string]http.Handler{
	"everything": compress.Handler(http.HandlerFunc(heard)),
	"bytes": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = w.Write([]byte{0xff, 0xfe, 0, 1})
	}),
	"no type":       http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>é") }),
	"nothing":       http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}),
	"no content":    http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }),
	"elsewhere":     http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/Prod/", http.StatusSeeOther) }),
	"not changed":   http.HandlerFunc(notChanged),
	"after the end": http.HandlerFunc(afterTheEnd),
}

func notChanged(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("ETag", `"3.en"`)
	w.WriteHeader(http.StatusNotModified)
	_, _ = io.WriteString(w, "never sent")
}

func afterTheEnd(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusConflict)
	w.Header().Set("Late", "yes")
	_, _ = io.WriteString(w, "{}")
}

// The events of fixtures/events are what API Gateway makes of the requests beside them.
func TestAnEventIsAnsweredAsItsRequestIsByAServer(t *testing.T) {
	files, err := filepath.Glob("../../fixtures/events/api-*.json")
	if err != nil || len(files) < 10 {
		t.Fatal(err, files)
	}
	for _, file := range files {
		request, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".http")
		if err != nil {
			t.Fatal(err)
		}
		var event events.APIGatewayProxyRequest
		sample(t, filepath.Base(file), &event)
		for name, handler := range handlers {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".json")+"/"+name, func(t *testing.T) {
				want, got := served(t, handler, request, event.HTTPMethod), gateway(t, handler, event)
				if fmt.Sprintf("%+v", want) != fmt.Sprintf("%+v", got) {
					t.Errorf("a server answers %+v\nAPI Gateway %+v", want, got)
				}
			})
		}
	}
}

// served sends a request as it stands to a server. Lines of its head end as they do in a text file.
func served(t *testing.T, handler http.Handler, request []byte, method string) said {
	t.Helper()
	server := httptest.NewServer(handler)
	defer server.Close()
	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	head, body, ok := bytes.Cut(request, []byte("\n\n"))
	if !ok {
		t.Fatal("a request without an end of its head")
	}
	whole := append(bytes.ReplaceAll(head, []byte("\n"), []byte("\r\n")), "\r\n\r\n"...)
	if _, err := connection.Write(append(whole, body...)); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(connection), &http.Request{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return sayings(answer.StatusCode, answer.Header, content)
}

// gateway hands an event to the adapter, and reads the response as API Gateway does.
func gateway(t *testing.T, handler http.Handler, event events.APIGatewayProxyRequest) said {
	t.Helper()
	response := through(t, event, handler.ServeHTTP)
	content := []byte(response.Body)
	if response.IsBase64Encoded {
		var err error
		if content, err = base64.StdEncoding.DecodeString(response.Body); err != nil {
			t.Fatal(err)
		}
	}
	return sayings(response.StatusCode, response.MultiValueHeaders, content)
}

// sayings leaves out what belongs to the connection.
func sayings(status int, header http.Header, content []byte) said {
	header = maps.Clone(header)
	cookies := slices.Clone(header["Set-Cookie"])
	for _, name := range []string{"Date", "Content-Length", "Set-Cookie", "Transfer-Encoding"} {
		delete(header, name)
	}
	return said{status, header, cookies, string(content)}
}

func TestWithoutAWordOnTypesNothingIsSentThatAPIGatewayWouldNotTurnIntoBytes(t *testing.T) {
	long := compress.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, strings.Repeat("a long answer, ", 1000))
	}))
	header := map[string][]string{"Accept-Encoding": {"gzip"}}
	event := events.APIGatewayProxyRequest{HTTPMethod: "GET", Path: "/", MultiValueHeaders: header}
	if got := through(t, event, long.ServeHTTP); got.IsBase64Encoded {
		t.Error("base 64 would be sent as it is")
	}
	header["Accept"] = []string{"*/*"}
	if got := through(t, event, long.ServeHTTP); !got.IsBase64Encoded || len(got.Body) > 1000 {
		t.Errorf("not compressed: %d bytes", len(got.Body))
	}
}

func TestAnAnswerThatLambdaWouldNotTakeFailsTheFunction(t *testing.T) {
	size := 0
	handler := host.Gateway(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, size)) }))
	for bytes, fails := range map[int]bool{6 << 20: true, 5 << 20: false} {
		size = bytes
		if _, err := handler(t.Context(), events.APIGatewayProxyRequest{HTTPMethod: "GET", Path: "/"}); (err != nil) != fails {
			t.Errorf("%d bytes: %v", bytes, err)
		}
	}
}
