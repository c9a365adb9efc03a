package ministack_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/ministack"
)

// holder, when set, makes the test below a process that starts a server and then waits to be killed.
const holder = "MINISTACK_HOLDER"

func TestAServerEndsWithTheProcessThatStartedItHoweverThatEnds(t *testing.T) {
	if os.Getenv(holder) != "" {
		s := ministack.Shared(t)
		fmt.Println("started", s.Endpoint, filepath.Dir(s.Log))
		select {}
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), holder+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	words := strings.Fields(line)
	if err != nil || len(words) != 3 || words[0] != "started" {
		t.Fatalf("the process said %q, %v", line, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	deadline := time.Now().Add(10 * time.Second)
	for {
		conn, refused := net.Dial("tcp4", strings.TrimPrefix(words[1], "http://"))
		if refused == nil {
			conn.Close()
		}
		_, gone := os.Stat(words[2])
		if refused != nil && os.IsNotExist(gone) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("still there after the kill: server %v, folder %v", refused == nil, gone == nil)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestAServerEndsWithItsTest(t *testing.T) {
	var endpoint string
	t.Run("test", func(t *testing.T) {
		s := ministack.Start(t, ministack.Options{Auth: true})
		endpoint = s.Endpoint
		answer, err := http.Get(endpoint + "/_ministack/health")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if log, err := os.ReadFile(s.Log); err != nil || len(log) == 0 {
			t.Errorf("log: %d bytes, %v", len(log), err)
		}
		for _, variable := range s.Environ() {
			if !strings.Contains(variable, "=") {
				t.Errorf("variable %q", variable)
			}
		}
	})
	if answer, err := http.Get(endpoint + "/_ministack/health"); err == nil {
		answer.Body.Close()
		t.Fatal("it answers after its test")
	}
}

func TestTestsOfAProcessShareOneServer(t *testing.T) {
	one, other := ministack.Shared(t), ministack.Shared(t)
	if one != other {
		t.Fatal("two servers")
	}
}

func TestAServerSpeaksHTTPSToWhoTrustsItsCertificate(t *testing.T) {
	s := ministack.Start(t, ministack.Options{TLS: true})
	client, err := s.Client()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Get(s.Endpoint + "/_ministack/health")
	if err != nil || answer.TLS == nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%v, %v", answer, err)
	}
	answer.Body.Close()
	if answer, err := http.Get(s.Endpoint + "/_ministack/health"); err == nil {
		answer.Body.Close()
		t.Error("a stranger to the certificate was answered")
	}
}
