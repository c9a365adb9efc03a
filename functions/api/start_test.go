package main

import (
	"archive/zip"
	"compress/flate"
	"context"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// What the function may take to start, and its binary in bytes, as it is and zipped.
const (
	mostStart  = 150 * time.Millisecond
	mostBinary = 26 << 20
	mostZipped = 9 << 20
)

var all = flag.Bool("all", false, "measure every function, not only this one")

// build makes a function's bootstrap as template.yaml has it made.
func build(t *testing.T, name string) string {
	t.Helper()
	bootstrap := filepath.Join(t.TempDir(), "bootstrap")
	cmd := exec.Command("go", "build", "-tags", "lambda.norpc", "-trimpath", "-ldflags", "-s -w", "-o", bootstrap, "../"+name)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return bootstrap
}

// start runs a bootstrap against a runtime that has no invocation for it, and gives the time until it asks for one.
func start(t *testing.T, bootstrap string) time.Duration {
	t.Helper()
	ready := make(chan time.Time, 1)
	ended := make(chan struct{})
	runtime := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		ready <- time.Now()
		<-ended
	}))
	defer runtime.Close()
	defer close(ended)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, bootstrap)
	cmd.Env = []string{
		"AWS_LAMBDA_RUNTIME_API=" + runtime.Listener.Addr().String(), "AWS_REGION=eu-west-1",
		"AWS_ACCESS_KEY_ID=test", "AWS_SECRET_ACCESS_KEY=test",
		"GUILDHALL_TABLE=guildhall", "GUILDHALL_BUCKET=guildhall",
		"GUILDHALL_CHECK_QUEUE=http://127.0.0.1/1/check", "GUILDHALL_COMMIT_QUEUE=http://127.0.0.1/1/commit",
		"GUILDHALL_EXPORT_QUEUE=http://127.0.0.1/1/export", "GUILDHALL_DEAD_LETTERS=http://127.0.0.1/1/dead",
		"GUILDHALL_DELIVER_QUEUE=http://127.0.0.1/1/deliver", "GUILDHALL_BOUNCE_QUEUE=http://127.0.0.1/1/bounce",
		"GUILDHALL_CHECK_DEAD_LETTERS=http://127.0.0.1/1/dead", "GUILDHALL_COMMIT_DEAD_LETTERS=http://127.0.0.1/1/dead",
		"GUILDHALL_EXPORT_DEAD_LETTERS=http://127.0.0.1/1/dead", "GUILDHALL_DELIVER_DEAD_LETTERS=http://127.0.0.1/1/dead",
		"GUILDHALL_BOUNCE_DEAD_LETTERS=http://127.0.0.1/1/dead", "GUILDHALL_ADDRESS=http://127.0.0.1/Prod/", "GUILDHALL_ISSUER=http://127.0.0.1:1", "GUILDHALL_CLIENT=guildhall",
		"GUILDHALL_CLIENT_SECRET=arn:aws:secretsmanager:eu-west-1:000000000000:secret:client",
		"GUILDHALL_SECRET=arn:aws:secretsmanager:eu-west-1:000000000000:secret:own",
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	select {
	case at := <-ready:
		return at.Sub(began)
	case <-ctx.Done():
		t.Fatal("never ready")
		return 0
	}
}

func TestTheFunctionOfTheAPIStartsSoonAndIsSmall(t *testing.T) {
	names := []string{"api"}
	if *all {
		names = append(names, "check", "commit", "export", "summary", "deliver", "bounce")
	}
	for _, name := range names {
		bootstrap := build(t, name)
		best := time.Hour // other programs on the machine only ever add to it
		for range 10 {
			best = min(best, start(t, bootstrap))
		}
		info, err := os.Stat(bootstrap)
		if err != nil {
			t.Fatal(err)
		}
		zipped := zippedSize(t, bootstrap)
		t.Logf("%s: ready after %v, %.1f MB, %.1f MB zipped", name, best.Round(time.Millisecond), mega(info.Size()), mega(zipped))
		if name == "api" && (best > mostStart || info.Size() > mostBinary || zipped > mostZipped) {
			t.Errorf("want at most %v, %.1f MB and %.1f MB", mostStart, mega(mostBinary), mega(mostZipped))
		}
	}
}

func mega(bytes int64) float64 { return float64(bytes) / (1 << 20) }

type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

func zippedSize(t *testing.T, path string) int64 {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var size counter
	archive := zip.NewWriter(&size)
	archive.RegisterCompressor(zip.Deflate, func(dst io.Writer) (io.WriteCloser, error) { return flate.NewWriter(dst, flate.BestCompression) })
	file, err := archive.Create("bootstrap")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return int64(size)
}
