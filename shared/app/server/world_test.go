package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/fixtures"
	"github.com/learning-cities/guildhall/infra/local/builtin"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/server"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/signin"
)

type object = map[string]any

// log keeps what a server writes down. It is safe for concurrent use.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// world is a server on a free port of this machine, with the built-in issuer, asked by somebody who is signed in.
type world struct {
	*testing.T
	app     *app.App
	data    string
	address string
	client  *http.Client
	// transport is how it is reached; nil: as everything else.
	transport http.RoundTripper
	token     string // of the session
	log       *log
	tell      func() // tells it to stop
	ended     chan error
}

// start serves a data folder, after change has had its way with it, and signs in as the sample person of the secretariat.
func start(t *testing.T, folder string, change func(*server.Config)) *world {
	t.Helper()
	return startBelow(t, folder, "/", change)
}

// startBelow is start with a base path.
func startBelow(t *testing.T, folder, base string, change func(*server.Config)) *world {
	t.Helper()
	a, err := app.OpenEmbedded(t.Context(), folder, app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	on, _, err := a.Door(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w := serve(t, a, func(c *server.Config) {
		c.Address = strings.TrimSuffix(server.Root(c.Listener), "/") + base
		sample, err := builtin.Open(t.Context(), c.Address, on, a.Clock)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = sample.Close(context.Background()) })
		c.Issuer, c.Client, c.BoundTo = sample.URL(), builtin.Client, builtin.Name
		if change != nil {
			change(c)
		}
	})
	w.address, w.data = w.address+strings.TrimSuffix(base, "/"), folder
	w.signIn("secretariat")
	return w
}

// serve serves a store as configure says.
func serve(t *testing.T, a *app.App, configure func(*server.Config)) *world {
	t.Helper()
	listener, err := server.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{T: t, app: a, client: visitor(t), log: &log{}, ended: make(chan error, 1)}
	w.address = strings.TrimSuffix(server.Root(listener), "/")
	c := server.Config{
		App: a, Listener: listener, IDs: identity.NewIDs(identity.System(), nil), Log: slog.New(slog.NewJSONHandler(w.log, nil)),
	}
	configure(&c)
	s, err := server.New(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, tell := context.WithCancel(t.Context())
	w.tell = tell
	go func() { w.ended <- s.Serve(ctx) }()
	t.Cleanup(w.stop)
	return w
}

// stop ends the server and closes its store; a second time it does nothing.
func (w *world) stop() {
	w.Helper()
	w.tell()
	if err, ok := <-w.ended; ok {
		close(w.ended)
		if err = errors.Join(err, w.app.Close()); err != nil {
			w.Error(err)
		}
	}
}

// send sends a request and gives its answer with its body; headers are names and values by turns.
func (w *world) send(method, address string, body io.Reader, headers ...string) (*http.Response, []byte) {
	w.Helper()
	r, err := http.NewRequestWithContext(w.Context(), method, address, body)
	if err != nil {
		w.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	if w.token != "" && r.Header.Get(signin.TokenHeader) == "" {
		r.Header.Set(signin.TokenHeader, w.token)
	}
	answer, err := w.client.Do(r)
	if err != nil {
		w.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		w.Fatal(err)
	}
	return answer, content
}

// ask sends JSON to the API and gives its JSON.
func (w *world) ask(status int, method, path string, body object) object {
	w.Helper()
	var content io.Reader = http.NoBody
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			w.Fatal(err)
		}
		content = bytes.NewReader(text)
	}
	answer, text := w.send(method, w.address+path, content, "Content-Type", "application/json")
	var got object
	if err := json.Unmarshal(text, &got); err != nil || answer.StatusCode != status {
		w.Fatalf("%s %s: %d %.500s (%v)", method, path, answer.StatusCode, text, err)
	}
	return got
}

// follow uses a link as it was given.
func (w *world) follow(link any, body []byte) (*http.Response, []byte) {
	w.Helper()
	given := link.(object)
	var headers []string
	for name, value := range given["headers"].(object) {
		headers = append(headers, name, value.(string))
	}
	return w.send(given["method"].(string), given["url"].(string), bytes.NewReader(body), headers...)
}

// until asks until an answer is as wanted.
func (w *world) until(path string, wanted func(object) bool) object {
	w.Helper()
	for late := time.Now().Add(time.Minute); ; {
		got := w.ask(http.StatusOK, "GET", path, nil)
		if wanted(got) {
			return got
		}
		if time.Now().After(late) {
			w.Fatalf("%s stays %v", path, got)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// state waits for an import to come to a state.
func (w *world) state(id, state string) object {
	w.Helper()
	return w.until("/api/imports/"+id, func(got object) bool { return got["import"].(object)["state"] == state })["import"].(object)
}

// upload makes an import and sends its file.
func (w *world) upload(request object, content []byte) (id string) {
	w.Helper()
	request["bytes"] = len(content)
	made := w.ask(http.StatusCreated, "POST", "/api/imports", request)
	if answer, text := w.follow(made["upload"], content); answer.StatusCode != http.StatusOK {
		w.Fatalf("upload: %d %s", answer.StatusCode, text)
	}
	return made["import"].(object)["id"].(string)
}

func (w *world) commit(id, mode string) {
	w.Helper()
	plan := w.state(id, "checked")["plan"]
	w.ask(http.StatusAccepted, "POST", "/api/imports/"+id+"/commit", object{"plan": plan, "mode": mode})
}

func sample(t *testing.T, name string) []byte {
	t.Helper()
	content, err := fixtures.Sheets.ReadFile("sheets/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// refused checks that an answer is a problem.
func refused(t *testing.T, answer *http.Response, text []byte, status int, code string) {
	t.Helper()
	var got object
	err := json.Unmarshal(text, &got)
	if err != nil || answer.StatusCode != status || got["code"] != code || answer.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d %.300s (%v), want %d %s", answer.StatusCode, text, err, status, code)
	}
	if got["detail"] == "" || got["request"] == "" || got["request"] != answer.Header.Get("X-Request-Id") {
		t.Errorf("incomplete: %s", text)
	}
}

// members is a sheet of that many members.
func members(rows int) []byte {
	var text strings.Builder
	text.WriteString("City,Country,Member since\n")
	for i := range rows {
		fmt.Fprintf(&text, "City %04d,FR,2019-%02d-%02d\n", i, 1+i%12, 1+i%28)
	}
	return []byte(text.String())
}

// listens reports whether the server takes connections.
func (w *world) listens() bool {
	connection, err := net.Dial("tcp", strings.TrimPrefix(w.address, "http://"))
	if err != nil {
		return false
	}
	connection.Close()
	return true
}

// writing counts the blobs that are being written.
func (w *world) writing() int {
	w.Helper()
	_, blobs := app.EmbeddedFiles(w.data)
	begun, err := os.ReadDir(filepath.Join(blobs, ".tmp"))
	if err != nil {
		w.Fatal(err)
	}
	return len(begun)
}
