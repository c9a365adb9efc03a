// Package dynamodblocal runs DynamoDB Local, Amazon's own emulator, for tests, and gives them tables in it. It knows nothing of
// what is stored there.
package dynamodblocal

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Start gives the endpoint of the emulator that this test process shares, and starts it when nobody has. It is on the loopback
// address, holds its tables in memory, and ends with the test process however that ends: its launcher reads from a pipe that
// only this process holds open.
func Start(t testing.TB) string {
	t.Helper()
	endpoint, err := start()
	if err != nil {
		t.Fatal(err)
	}
	return endpoint
}

// start starts the emulator once for the process.
var start = sync.OnceValues(func() (string, error) {
	folder, err := installed()
	if err != nil {
		return "", err
	}
	libraries := filepath.Join(folder, "lib")
	cmd := exec.Command("java", "-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
		"-Djava.library.path="+libraries, "-Dsqlite4java.library.path="+libraries,
		"-cp", folder+string(filepath.ListSeparator)+filepath.Join(libraries, "*"), "Launcher", "0")
	said := &bytes.Buffer{} // read only after the process has ended
	cmd.Stderr = said
	held, err := cmd.StdinPipe()
	if err != nil {
		return "", err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", fmt.Errorf("DynamoDB Local can't be started, .ci/prepare installs it: %w", err)
	}
	port, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("DynamoDB Local ended at once: %w\n%s", errors.Join(err, cmd.Wait()), said)
	}
	go func() {
		_, _ = io.Copy(io.Discard, out)
		_ = held.Close() // not before the emulator has ended; nobody else keeps the pipe from being closed as garbage
	}()
	return "http://127.0.0.1:" + strings.TrimSpace(port), nil
})

// installed is the folder into which infra/dynamodb-local/install puts the emulator.
func installed() (string, error) {
	root, err := projectRoot()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(root, ".tools", "dynamodb-local")
	if _, err := os.Stat(filepath.Join(folder, "pins")); err != nil {
		return "", errors.New("DynamoDB Local is not installed: run .ci/prepare once, which does that")
	}
	return folder, nil
}

// projectRoot is the folder with go.mod, upwards from where the test runs.
func projectRoot() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		if folder == filepath.Dir(folder) {
			return "", errors.New("no go.mod in this folder or above it")
		}
		folder = filepath.Dir(folder)
	}
}
