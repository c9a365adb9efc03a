package server_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/app/server"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/signin"
	"github.com/learning-cities/guildhall/shared/table"
)

func TestAnImportWithAQuestionAndAnExportGoOverHTTP(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	first := w.upload(object{"name": "members.xlsx"}, sample(t, "members.en.xlsx"))
	w.commit(first, "all")
	if got := w.state(first, "committed")["rows"].(object); got["read"] != 109.0 {
		t.Errorf("members: %v", got)
	}

	id := w.upload(object{"name": "Dons de Léa.csv", "term": "2019-2021"}, sample(t, "contributions.fr.csv"))
	plan := w.state(id, "checked")["plan"]
	report := w.ask(http.StatusOK, "GET", "/api/imports/"+id+"/report", nil)
	if got := report["rows"].(object); got["create"] == 5.0 {
		t.Fatalf("nothing was asked: %v", got)
	}
	answers := object{"answers": object{"csv.encoding": "windows-1252", "rate_date": "dmy"}}
	w.ask(http.StatusAccepted, "POST", "/api/imports/"+id+"/check", answers)
	checked := w.until("/api/imports/"+id, func(got object) bool {
		imp := got["import"].(object)
		return imp["state"] == "checked" && imp["plan"] != plan
	})["import"].(object)
	if got := checked["rows"].(object); got["create"] != 4.0 { // the fifth has no rate
		t.Errorf("contributions: %v", got)
	}
	// The fund's sheets are not the secretariat's to store.
	w.ask(http.StatusForbidden, "POST", "/api/imports/"+id+"/commit", object{"plan": checked["plan"], "mode": "valid"})
	w.signIn("treasurer")
	w.commit(id, "valid")
	w.state(id, "committed")
	w.ask(http.StatusAccepted, "POST", "/api/imports/"+id+"/undo", nil)
	w.state(id, "undone")
	if got := w.ask(http.StatusOK, "GET", "/api/imports/"+id+"/undo", nil)["rows"].(object); got["reverted"] != 4.0 {
		t.Errorf("undone: %v", got)
	}

	w.signIn("secretariat")
	export := w.ask(http.StatusAccepted, "POST", "/api/exports", object{"kind": "membership", "lang": "fr"})["export"].(object)["id"].(string)
	made := w.until("/api/exports/"+export, func(got object) bool { return got["download"] != nil })
	answer, content := w.follow(made["download"], nil)
	if answer.StatusCode != http.StatusOK || !bytes.HasPrefix(content, []byte("PK")) ||
		!strings.HasPrefix(answer.Header.Get("Content-Disposition"), "attachment; ") {
		t.Errorf("download: %d %v %.20q", answer.StatusCode, answer.Header, content)
	}
	w.stop()
	text := w.log.String()
	for _, personal := range []string{"Léa", "anna", "signature", "127.0.0.1", "Brest"} {
		if strings.Contains(text, personal) {
			t.Errorf("the log has %q: %s", personal, text)
		}
	}
	for _, wanted := range []string{`"route":"POST /api/imports"`, `"route":"PUT /files/"`, `"route":"GET /files/"`, `"job":"commit"`, `"msg":"stopped"`} {
		if !strings.Contains(text, wanted) {
			t.Errorf("the log lacks %s", wanted)
		}
	}
}

func TestOnlyRequestsToOurOwnNameAreAnswered(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	own := strings.TrimPrefix(w.address, "http://")
	_, port, _ := net.SplitHostPort(own)
	for host, ok := range map[string]bool{
		own: true, "localhost:" + port: true, "LOCALHOST:" + port: true, "[::1]:" + port: true,
		"evil.example": false, "evil.example:" + port: false, "localhost": false, "localhost.:" + port: false, "127.0.0.1": false,
	} {
		for _, path := range []string{"/health", "/api/imports/x", "/files/x"} {
			answer, text := w.send("GET", w.address+path, nil, "Host", host)
			if ok && answer.StatusCode == http.StatusMisdirectedRequest {
				t.Errorf("%s%s: %s", host, path, text)
			}
			if !ok {
				refused(t, answer, text, http.StatusMisdirectedRequest, "HOST_FOREIGN")
			}
		}
	}
}

func TestAPageOfAnotherSiteChangesNothing(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	for _, headers := range [][]string{
		{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Origin", "http://localhost:1"},
	} {
		answer, text := w.send("POST", w.address+"/api/exports", strings.NewReader(`{"kind":"membership"}`),
			append(headers, "Content-Type", "application/json")...)
		refused(t, answer, text, http.StatusForbidden, "ORIGIN_FOREIGN")
	}
	if answer, text := w.send("POST", w.address+"/api/exports", strings.NewReader(`{"kind":"membership"}`),
		"Origin", w.address, "Content-Type", "application/json"); answer.StatusCode != http.StatusAccepted {
		t.Errorf("our own page: %d %s", answer.StatusCode, text)
	}
}

func TestItSaysThatItIsWell(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	for _, path := range []string{"/health", "/ready"} {
		if got := w.ask(http.StatusOK, "GET", path, nil); got["status"] != "well" {
			t.Errorf("%s: %v", path, got)
		}
		answer, text := w.send("POST", w.address+path, nil)
		refused(t, answer, text, http.StatusMethodNotAllowed, "METHOD_UNKNOWN")
	}
	answer, text := w.send("GET", w.address+"/nothing", nil)
	refused(t, answer, text, http.StatusNotFound, "ROUTE_UNKNOWN")
	if err := w.app.Table.Close(); err != nil {
		t.Fatal(err)
	}
	answer, text = w.send("GET", w.address+"/ready", nil)
	refused(t, answer, text, http.StatusServiceUnavailable, "UNAVAILABLE")
	w.ask(http.StatusOK, "GET", "/health", nil)
}

func TestOversizeRequestsAreRefused(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	long := strings.Repeat("x", 1<<17)
	answer, text := w.send("POST", w.address+"/api/imports", strings.NewReader(`{"name":"`+long+`"}`), "Content-Type", "application/json")
	refused(t, answer, text, http.StatusRequestEntityTooLarge, "BODY_TOO_LARGE")
	if answer, _ = w.send("GET", w.address+"/health", nil, "X-Long", long); answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a long header: %d", answer.StatusCode)
	}
	upload := w.ask(http.StatusCreated, "POST", "/api/imports", object{"name": "a.csv", "bytes": 12})["upload"]
	answer, text = w.follow(upload, []byte(long))
	refused(t, answer, text, http.StatusForbidden, "LINK_INVALID")
}

// dial opens a connection and says the beginning of a request.
func (w *world) dial(text string) net.Conn {
	w.Helper()
	connection, err := net.Dial("tcp", strings.TrimPrefix(w.address, "http://"))
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { connection.Close() })
	_ = connection.SetDeadline(time.Now().Add(time.Minute))
	if _, err := io.WriteString(connection, strings.ReplaceAll(text, "\n", "\r\n")); err != nil {
		w.Fatal(err)
	}
	return connection
}

// session is the lines of a request's head that say who asks.
func (w *world) session() string {
	var text strings.Builder
	for _, cookie := range w.client.Jar.Cookies(mustParse(w.T, w.address)) {
		text.WriteString("Cookie: " + cookie.Name + "=" + cookie.Value + "\n")
	}
	return text.String() + signin.TokenHeader + ": " + w.token + "\n"
}

func TestSlowRequestsAreRefused(t *testing.T) {
	w := start(t, t.TempDir(), func(c *server.Config) { c.Patience = 50 * time.Millisecond })
	host := strings.TrimPrefix(w.address, "http://")
	upload := w.ask(http.StatusCreated, "POST", "/api/imports", object{"name": "a.csv", "bytes": 12})["upload"].(object)
	path := strings.TrimPrefix(upload["url"].(string), w.address)
	for name, c := range map[string]struct{ text, want string }{
		"a head that does not end": {"GET /health HTTP/1.1\nHost: " + host + "\n", ""},
		"a body of the API": {
			"POST /api/imports HTTP/1.1\nHost: " + host + "\n" + w.session() + "Content-Type: application/json\nContent-Length: 30\n\n{", "BODY_INCOMPLETE",
		},
		"a file": {
			"PUT " + path + " HTTP/1.1\nHost: " + host + "\nContent-Type: text/csv\nContent-Length: 12\n\na;b", "BODY_INCOMPLETE",
		},
	} {
		answer, err := io.ReadAll(w.dial(c.text))
		if err != nil || c.want == "" && len(answer) > 0 ||
			c.want != "" && (!bytes.HasPrefix(answer, []byte("HTTP/1.1 408 ")) || !bytes.Contains(answer, []byte(c.want))) {
			t.Errorf("%s: %q, %v", name, answer, err)
		}
	}
}

func TestARequestThatIsUnderWayEndsBeforeTheServerDoes(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	content := []byte("City,Country,Member since\nBrest,FR,2019-01-01\n")
	made := w.ask(http.StatusCreated, "POST", "/api/imports", object{"name": "a.csv", "bytes": len(content)})
	upload := made["upload"].(object)
	reader, writer := io.Pipe()
	request, err := http.NewRequestWithContext(t.Context(), "PUT", upload["url"].(string), reader)
	if err != nil {
		t.Fatal(err)
	}
	request.ContentLength = int64(len(content))
	request.Header.Set("Content-Type", "text/csv")
	status := make(chan int, 1)
	go func() {
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			status <- 0
			return
		}
		answer.Body.Close()
		status <- answer.StatusCode
	}()
	if _, err := writer.Write(content[:20]); err != nil {
		t.Fatal(err)
	}
	for w.writing() == 0 {
		time.Sleep(time.Millisecond)
	}
	w.tell()
	for w.listens() {
		time.Sleep(time.Millisecond)
	}
	if _, err := writer.Write(content[20:]); err != nil {
		t.Fatal(err)
	}
	writer.Close()
	if got := <-status; got != http.StatusOK {
		t.Errorf("the upload is answered %d", got)
	}
	w.stop()
	again := start(t, w.data, nil)
	again.state(made["import"].(object)["id"].(string), "checked")
}

// gate lets nobody write members after their first batch until it is opened.
type gate struct {
	table.Table
	reached chan struct{}
	open    chan struct{}
	batches int
}

func (g *gate) WriteEach(ctx context.Context, ws []table.Write) []error {
	if ws[0].Put != nil && ws[0].Put.Key.Partition == "member" {
		if g.batches++; g.batches == 2 {
			close(g.reached)
			<-g.open
		}
	}
	return g.Table.WriteEach(ctx, ws)
}

func TestACommitThatIsUnderWayIsHandedOnToTheNextStart(t *testing.T) {
	const rows = 1000
	folder := t.TempDir()
	var held *gate
	w := start(t, folder, func(c *server.Config) {
		held = &gate{Table: c.App.Parts.Table, reached: make(chan struct{}), open: make(chan struct{})}
		c.App.Parts.Table = held
	})
	id := w.upload(object{"name": "members.csv"}, members(rows))
	w.commit(id, "all")
	<-held.reached
	w.tell()
	for w.listens() {
		time.Sleep(time.Millisecond)
	}
	close(held.open)
	w.stop()
	if !strings.Contains(w.log.String(), `"msg":"continued"`) {
		t.Error("the commit was not handed on")
	}
	if held.batches >= rows/200 {
		t.Errorf("%d batches were written", held.batches)
	}
	again := start(t, folder, nil)
	again.state(id, "committed")
	page, err := again.app.Table.Query(t.Context(), table.Query{Partition: "member", Limit: table.MaxPage})
	count := len(page.Items)
	for err == nil && page.Cursor != "" {
		page, err = again.app.Table.Query(t.Context(), table.Query{Partition: "member", Limit: table.MaxPage, After: page.Cursor})
		count += len(page.Items)
	}
	if err != nil || count != rows {
		t.Errorf("%d members, %v", count, err)
	}
}

func TestWhatTakesTooLongToEndIsBrokenOffAndDoneAfterTheNextStart(t *testing.T) {
	folder := t.TempDir()
	var stuck *stuckTable
	w := start(t, folder, func(c *server.Config) {
		stuck = &stuckTable{Table: c.App.Parts.Table, reached: make(chan struct{})}
		c.App.Parts.Table, c.Grace = stuck, 50*time.Millisecond
	})
	id := w.upload(object{"name": "members.csv"}, members(3))
	w.commit(id, "all")
	<-stuck.reached
	w.stop()
	if !strings.Contains(w.log.String(), "broken off") {
		t.Error("nothing was broken off")
	}
	start(t, folder, nil).state(id, "committed")
}

// stuckTable never writes a member.
type stuckTable struct {
	table.Table
	once    sync.Once
	reached chan struct{}
}

func (s *stuckTable) WriteEach(ctx context.Context, ws []table.Write) []error {
	if ws[0].Put == nil || ws[0].Put.Key.Partition != "member" {
		return s.Table.WriteEach(ctx, ws)
	}
	s.once.Do(func() { close(s.reached) })
	<-ctx.Done()
	failed := make([]error, len(ws))
	for i := range failed {
		failed[i] = ctx.Err()
	}
	return failed
}

func TestOnlyAddressesOfThisMachineAreListenedAt(t *testing.T) {
	for address, want := range map[string]problem.Code{
		"127.0.0.1:0": "", "localhost:0": "", "127.0.0.2:0": "",
		"0.0.0.0:0": "ADDRESS_OPEN", "[::]:0": "ADDRESS_OPEN", ":0": "ADDRESS_OPEN", "192.0.2.1:0": "ADDRESS_OPEN",
		"example.com:0": "ADDRESS_OPEN", "localhost.example.com:0": "ADDRESS_OPEN", "[::ffff:192.0.2.1]:0": "ADDRESS_OPEN",
		"127.0.0.1": "ADDRESS_UNUSABLE", "": "ADDRESS_UNUSABLE", "127.0.0.1:port": "ADDRESS_UNUSABLE", "127.0.0.1:99999": "ADDRESS_UNUSABLE",
	} {
		listener, err := server.Listen(address)
		var p *problem.Problem
		errors.As(err, &p)
		if (want == "") != (err == nil) || p != nil && p.Code != want {
			t.Errorf("%q: %v, want %q", address, err, want)
		}
		if listener != nil {
			listener.Close()
		}
	}
	taken, err := server.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	var p *problem.Problem
	if _, err := server.Listen(taken.Addr().String()); !errors.As(err, &p) || p.Code != "ADDRESS_UNUSABLE" {
		t.Errorf("an address in use: %v", err)
	}
}
