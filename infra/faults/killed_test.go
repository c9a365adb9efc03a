package faults

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
)

var kills = flag.Int("kills", 4, "how often the served product is killed")

// TestTheServedProductIsKilledAndNothingIsLost brings sheets to the product as it is served, in a process of its own, which is killed (SIGKILL)
// at random moments and started again over the same folder. Whoever brings them asks again until an answer comes. What is stored in the end is
// what the same sheets leave in a product that nobody kills.
func TestTheServedProductIsKilledAndNothingIsLost(t *testing.T) {
	random := source(t)
	program := filepath.Join(t.TempDir(), "guildhall")
	if out, err := exec.Command("go", "build", "-o", program, "github.com/learning-cities/guildhall/infra/local").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	disturbed := serve(t, program, t.TempDir())
	over := make(chan error, 1)
	go func() { over <- disturbed.killedOften(*kills, random) }()
	sheets := 0
	for died := false; !died; {
		sheets++
		disturbed.bring(sheets)
		select {
		case err := <-over:
			if died = true; err != nil {
				t.Fatal(err)
			}
		default:
		}
	}
	disturbed.end()
	calm := serve(t, program, t.TempDir())
	for sheet := 1; sheet <= sheets; sheet++ {
		calm.bring(sheet)
	}
	calm.end()
	want, got := calm.stored(), disturbed.stored()
	lost, doubled := 0, 0
	for _, line := range slices.Sorted(maps.Keys(want)) {
		lost, doubled = lost+max(0, want[line]-got[line]), doubled+max(0, got[line]-want[line])
		if want[line] != got[line] {
			t.Errorf("%d times, want %d: %.300s", got[line], want[line], line)
		}
	}
	for _, line := range slices.Sorted(maps.Keys(got)) {
		if want[line] == 0 {
			doubled += got[line]
			t.Errorf("%d times, want none: %.300s", got[line], line)
		}
	}
	t.Logf("killed %d times while %d sheets of %d rows were brought: %d lines of what is stored, %d lost, %d doubled",
		*kills, sheets, rowsOfASheet, len(want), lost, doubled)
}

// served is the product in a process of its own.
type served struct {
	t               *testing.T
	program, folder string
	address         string // as it was first found; it stays
	client          *http.Client
	token           string // of the session

	mu    sync.Mutex // held while it is started again
	child *exec.Cmd
}

func serve(t *testing.T, program, folder string) *served {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &served{t: t, program: program, folder: folder, client: &http.Client{
		Jar: jar, Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	if err := s.start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.end)
	return s
}

// start starts it, and waits until it says where it is.
func (s *served) start(listen string) error {
	child := exec.Command(s.program, "serve", "--listen", listen, "--data", s.folder, "--lang", "en")
	out, err := child.StdoutPipe()
	if err != nil {
		return err
	}
	var said bytes.Buffer
	child.Stderr = &said
	if err := child.Start(); err != nil {
		return err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	at := regexp.MustCompile(`http://\S+[^.\s]`).FindString(line)
	if err != nil || at == "" {
		return errors.Join(fmt.Errorf("it doesn't start: %q", line), err, child.Process.Kill(), child.Wait(), errors.New(said.String()))
	}
	if s.child = child; s.address == "" {
		s.address = strings.TrimSuffix(at, "/")
	}
	return nil
}

// killedOften kills it at random moments and starts it again each time.
func (s *served) killedOften(times int, random *rand.Rand) error {
	for range times {
		<-time.After(time.Duration(random.Int64N(int64(400 * time.Millisecond))))
		s.mu.Lock()
		err := s.child.Process.Kill()
		_ = s.child.Wait() // it was killed
		if err == nil {
			err = s.start(strings.TrimPrefix(s.address, "http://"))
		}
		s.mu.Unlock()
		if err != nil {
			return err
		}
	}
	return nil
}

// end ends it.
func (s *served) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.child != nil {
		_ = s.child.Process.Kill()
		_ = s.child.Wait()
		s.child = nil
	}
}

// rowsOfASheet is how many contributions each sheet has.
const rowsOfASheet = 40

// patiently is for how long whoever brings a sheet asks again.
const patiently = 5 * time.Minute

// bring has a sheet checked and committed; each request is made again until it is answered as it must be.
func (s *served) bring(sheet int) {
	s.t.Helper()
	content := bytes.ReplaceAll(contributions(rowsOfASheet), []byte("REF-"), fmt.Appendf(nil, "REF-%d-", sheet))
	wish := object{"name": fmt.Sprintf("gifts-%d.csv", sheet), "kind": "contributions", "bytes": len(content)}
	var id, plan string
	s.until("the file is there", func() error {
		made, err := s.ask(http.StatusCreated, "POST", s.address+"/api/imports", wish, "Idempotency-Key", fmt.Sprintf("sheet-%d", sheet))
		if err != nil {
			return err
		}
		id, _ = made.at("import", "id").(string)
		link, awaited := made.at("upload", "url").(string)
		if !awaited { // it came, although nobody said so
			return nil
		}
		kind, _ := made.at("upload", "headers", "Content-Type").(string)
		_, err = s.send(http.StatusOK, "PUT", link, content, "Content-Type", kind)
		return err
	})
	s.until("it is checked", func() error {
		found, err := s.ask(http.StatusOK, "GET", s.address+"/api/imports/"+id, nil)
		plan, _ = found.at("import", "plan").(string)
		if state := found.at("import", "state"); err == nil && state != "checked" {
			err = fmt.Errorf("it is %v", state)
		}
		return err
	})
	s.until("its commit is asked for", func() error {
		_, err := s.ask(http.StatusAccepted, "POST", s.address+"/api/imports/"+id+"/commit", object{"plan": plan, "mode": "all"})
		return err
	})
	s.until("it is committed", func() error {
		found, err := s.ask(http.StatusOK, "GET", s.address+"/api/imports/"+id, nil)
		if state := found.at("import", "state"); err == nil && state != "committed" {
			err = fmt.Errorf("it is %v", state)
		}
		return err
	})
}

// until asks until there is no error.
func (s *served) until(what string, ask func() error) {
	s.t.Helper()
	var err error
	for began := time.Now(); time.Since(began) < patiently; <-time.After(20 * time.Millisecond) {
		if err = ask(); err == nil {
			return
		}
	}
	s.t.Fatalf("%s: %v", what, err)
}

type object map[string]any

// at is what stands there, nil for nothing.
func (o object) at(path ...string) any {
	var there any = map[string]any(o)
	for _, name := range path {
		within, _ := there.(map[string]any)
		there = within[name]
	}
	return there
}

// ask asks the API, signing in first where nobody is.
func (s *served) ask(status int, method, address string, body object, headers ...string) (object, error) {
	if s.token == "" {
		if err := s.signIn(); err != nil {
			return nil, err
		}
	}
	var content []byte
	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	return s.send(status, method, address, content, append(headers, "Content-Type", "application/json", "X-CSRF-Token", s.token)...)
}

func (s *served) send(status int, method, address string, content []byte, headers ...string) (object, error) {
	answer, text, err := s.do(method, address, content, headers...)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode == http.StatusUnauthorized || answer.StatusCode == http.StatusForbidden {
		s.token = ""
	}
	if answer.StatusCode != status {
		return nil, fmt.Errorf("%s %s: %d %.300s", method, address, answer.StatusCode, text)
	}
	var got object
	if strings.Contains(answer.Header.Get("Content-Type"), "json") {
		err = json.Unmarshal(text, &got)
	}
	return got, err
}

func (s *served) do(method, address string, content []byte, headers ...string) (*http.Response, []byte, error) {
	r, err := http.NewRequestWithContext(s.t.Context(), method, address, bytes.NewReader(content))
	if err != nil {
		return nil, nil, err
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	return answer, text, err
}

// signIn signs in as the sample treasurer, at the built-in issuer and back.
func (s *served) signIn() error {
	people := issuer.Samples()
	treasurer := people[slices.IndexFunc(people, func(p issuer.Person) bool { return p.Role == "treasurer" })]
	at := s.address + "/signin?next=/api/me"
	for range 3 {
		answer, _, err := s.do("GET", at, nil)
		if err != nil {
			return err
		}
		to, err := answer.Location()
		if err != nil {
			return fmt.Errorf("%s: %d", at, answer.StatusCode)
		}
		if at = to.String(); to.Path == "/authorize" {
			at += "&person=" + url.QueryEscape(treasurer.Email)
		}
	}
	me, err := s.send(http.StatusOK, "GET", s.address+"/api/me", nil)
	s.token, _ = me["csrfToken"].(string)
	return err
}

// ownMarks are what every product has its own of: identifiers, hashes over them, and moments.
var ownMarks = regexp.MustCompile(`\b([0-9a-z]{26}|[0-9a-f]{64}|\d{4}-?\d\d-?\d\dT\d\d:?\d\d:?\d\d(\.\d+)?Z)\b`)

// passing are the partitions of what tells who came and asked, and how work goes on; all else is the network's and the fund's.
var passing = []string{"audit", "idempotency#", "import", "lock#", "people", "person", "queue#", "retention", "session", "signin", "summary", "key"}

// stored counts what is on record after its end, without own marks.
func (s *served) stored() map[string]int {
	s.t.Helper()
	opened, err := bolt.Open(filepath.Join(s.folder, "table.db"), bolt.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = opened.Close() }()
	items, err := itemsOf(s.t.Context(), opened)
	if err != nil {
		s.t.Fatal(err)
	}
	lines := map[string]int{}
	for _, item := range items {
		if !slices.ContainsFunc(passing, func(prefix string) bool { return strings.HasPrefix(item.Key.Partition, prefix) }) {
			lines[ownMarks.ReplaceAllString(printedItem(item), "…")]++
		}
	}
	return lines
}

// printedItem is an item as text.
func printedItem(item table.Item) string {
	text, err := json.Marshal(item.Attributes)
	if err != nil {
		return err.Error()
	}
	return item.Key.String() + " " + string(text)
}

// contributions are a sheet of so many gifts, each with a reference of its own.
func contributions(rows int) []byte {
	var text strings.Builder
	text.WriteString(giftHead)
	for row := range rows {
		fmt.Fprintf(&text, "Company %d;Company;;;%d.50;USD;2026-01-%02d;REF-%d;\n", row%7, 100+row, 1+row%28, row)
	}
	return []byte(text.String())
}
