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
	line, err := bufio.NewReader(out).ReadString('\n')
	address, told := strings.CutPrefix(strings.TrimSuffix(line, ". Ctrl-C y met fin.\n"), "Guildhall est à l'adresse ")
	if err != nil || !told {
		t.Fatalf("%q, %v, %s", line, err, &log)
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
