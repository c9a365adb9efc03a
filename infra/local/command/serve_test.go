package command_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/infra/local/command"
)

func TestTheServerSaysWhereItIsAndEndsInOrder(t *testing.T) {
	data := t.TempDir()
	ctx, end := context.WithCancel(t.Context())
	defer end()
	out, printed := io.Pipe()
	var log bytes.Buffer // read when the command has ended
	status := make(chan int, 1)
	go func() {
		status <- command.Main(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--data", data, "--lang", "fr"}, printed, &log)
		printed.Close()
	}()
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	address, told := strings.CutPrefix(strings.TrimSuffix(line, ". Ctrl-C y met fin.\n"), "Guildhall est à l'adresse ")
	if err != nil || !told {
		t.Fatalf("%q, %v, %s", line, err, &log)
	}
	if hint, err := lines.ReadString('\n'); err != nil || !strings.HasPrefix(hint, "Connectez-vous à "+address+"/ ") {
		t.Errorf("how to sign in: %q, %v", hint, err)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if answer, err := client.Get(address + "/signin"); err != nil || !strings.HasPrefix(answer.Header.Get("Location"), "http://127.0.0.1:") {
		t.Errorf("the built-in issuer: %v, %v", answer, err)
	} else {
		answer.Body.Close()
	}
	for _, path := range []string{"/health", "/ready"} {
		answer, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", path, answer.StatusCode)
		}
	}
	taken := strings.TrimPrefix(address, "http://")
	if got := guildhall(t, "serve", "--listen", taken, "--data", t.TempDir()); got.status != 2 || !strings.HasPrefix(got.lastLine(), "ADDRESS_UNUSABLE ") {
		t.Errorf("an address in use: %d %s", got.status, got.err)
	}
	end()
	if got := <-status; got != 0 || !strings.Contains(log.String(), `"msg":"stopped"`) {
		t.Errorf("status %d: %s", got, &log)
	}
	must(t, guildhall(t, "show", "network", "--data", data), 0) // the store was let go
}

func TestAnAddressThatOthersReachIsNotServed(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "ADDRESS_OPEN 0.0.0.0:8080 can be reached from other machines",
		"fr": "ADDRESS_OPEN 0.0.0.0:8080 est accessible depuis d'autres machines",
		"es": "ADDRESS_OPEN A 0.0.0.0:8080 se llega desde otras máquinas",
	} {
		data := t.TempDir()
		got := guildhall(t, "serve", "--listen", "0.0.0.0:8080", "--data", data, "--lang", lang)
		if got.status != 2 || !strings.HasPrefix(got.lastLine(), want) {
			t.Errorf("%s: status %d, %q", lang, got.status, got.err)
		}
	}
}

func TestSignInThatCantBeSafeOrIsHalfSetUpIsRefused(t *testing.T) {
	const issuer, address = "https://issuer.example", "https://guildhall.example.org"
	secret := written(t, t.TempDir(), "secret.txt", nil)
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"a client without an issuer":        {[]string{"--client", "guildhall"}, "USAGE The command was not understood: serve needs --issuer"},
		"a secret without an issuer":        {[]string{"--client-secret-file", secret}, "USAGE The command was not understood: serve needs --issuer"},
		"an issuer without a client":        {[]string{"--issuer", issuer}, "USAGE The command was not understood: serve needs --client"},
		"a secret that is none":             {[]string{"--issuer", issuer, "--client", "g", "--client-secret-file", secret}, "FILE_UNREADABLE "},
		"an issuer that everybody can read": {[]string{"--issuer", "http://issuer.example", "--client", "g"}, "USAGE The command was not understood: --issuer and --address"},
		"an address that everybody can read": {
			[]string{"--issuer", issuer, "--client", "g", "--address", "http://guildhall.example.org"}, "USAGE The command was not understood: --issuer and --address",
		},
		"an address that is none":         {[]string{"--address", "guildhall"}, "USAGE The command was not understood: --issuer and --address"},
		"the built-in issuer, for others": {[]string{"--address", address, "--listen", "0.0.0.0:0"}, "ADDRESS_OPEN "},
		"others, without an address":      {[]string{"--issuer", issuer, "--client", "g", "--listen", "0.0.0.0:0"}, "ADDRESS_OPEN "},
	} {
		args := append([]string{"serve", "--listen", "127.0.0.1:0", "--data", t.TempDir()}, c.args...)
		if got := guildhall(t, args...); got.status != 2 || !strings.HasPrefix(got.lastLine(), c.want) {
			t.Errorf("%s: %d %q", name, got.status, got.err)
		}
	}
}

func TestWhoeverServesIsToldWhetherAnybodyCanSignIn(t *testing.T) {
	own, empty := t.TempDir(), t.TempDir()
	must(t, guildhall(t, "people", "invite", "anna@example.org", "--role", "secretariat", "--data", own), 0)
	real := []string{"--issuer", "https://issuer.example", "--client", "guildhall"}
	for name, c := range map[string]struct {
		data string
		args []string
		want string
	}{
		"people of one's own, the built-in issuer": {own, nil, "The people on record here sign in at an issuer of theirs"},
		"people of one's own and their issuer":     {own, real, "People on record sign in at http://127.0.0.1:"},
		"nobody":                                   {empty, real, "Nobody is on record yet"},
	} {
		ctx, end := context.WithCancel(t.Context())
		out, log := ending{end: end}, bytes.Buffer{}
		args := append([]string{"serve", "--listen", "127.0.0.1:0", "--data", c.data}, c.args...)
		status := command.Main(ctx, args, &out, &log)
		if lines := strings.Split(out.String(), "\n"); status != 0 || len(lines) != 3 || !strings.HasPrefix(lines[1], c.want) {
			t.Errorf("%s: %d %q %s", name, status, out.String(), &log)
		}
	}
}

// ending ends a command as soon as it prints something.
type ending struct {
	bytes.Buffer
	end func()
}

func (e *ending) Write(p []byte) (int, error) {
	defer e.end()
	return e.Buffer.Write(p)
}
