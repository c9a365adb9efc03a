// Package ministack runs MiniStack, an emulator of AWS, for tests. It knows nothing of what is deployed or stored there.
package ministack

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Region is where everything in a server is.
const Region = "eu-west-1"

// Options change a server; the zero value is for drivers' tests.
type Options struct {
	// Auth makes the server hold requests to the policies of who signed them: the functions' roles, and the account's root for the
	// keys of Environ. Signed links to S3 are verified in any case.
	Auth bool
	// TLS makes the server speak https with a certificate made for it, as policies that refuse anything else need.
	TLS bool
}

// Server is a running MiniStack, on the loopback address.
type Server struct {
	Endpoint string // its address, as a URL without a path
	Port     int
	// Certificate is the file of the certificate to be trusted, empty without TLS.
	Certificate string

	Log   string    // the file of what it says, with the output of the functions that it runs; it goes with the server
	hold  io.Closer // the server ends when nobody holds this open any more
	ended chan struct{}
}

// Start starts a server, which ends with the test. What it said is shown when the test fails.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	s, err := start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.stop)
	s.showLog(t)
	return s
}

// Shared gives the server that all tests of this process share, and starts it when nobody has. It ends with the process.
func Shared(t testing.TB) *Server {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	s.showLog(t)
	return s
}

var shared = sync.OnceValues(func() (*Server, error) { return start(Options{}) })

// Endpoint is the address of Shared's server or, when GUILDHALL_TEST_ENDPOINT gives one, of another emulator: infra/localstack does
// that, to hold the drivers to their suites there too.
func Endpoint(t testing.TB) string {
	t.Helper()
	if other := os.Getenv("GUILDHALL_TEST_ENDPOINT"); other != "" {
		return other
	}
	return Shared(t).Endpoint
}

// Environ are the variables, as NAME=value, by which SDKs, the AWS CLI and the SAM CLI find the server.
func (s *Server) Environ() []string {
	variables := []string{
		"AWS_ENDPOINT_URL=" + s.Endpoint, "AWS_ACCESS_KEY_ID=test", "AWS_SECRET_ACCESS_KEY=test",
		"AWS_REGION=" + Region, "AWS_DEFAULT_REGION=" + Region, "AWS_EC2_METADATA_DISABLED=true",
		"AWS_CONFIG_FILE=" + os.DevNull, "AWS_SHARED_CREDENTIALS_FILE=" + os.DevNull, "SAM_CLI_TELEMETRY=0",
	}
	if s.Certificate != "" {
		variables = append(variables, "AWS_CA_BUNDLE="+s.Certificate)
	}
	return variables
}

// supervise runs a program until file 3 ends, as it does when the process at its other end is gone, however it went. Then it ends all
// that the program began, and removes the folder.
const supervise = `
folder=$1
shift
"$@" 3<&- &
program=$!
{ read -r _ <&3; kill -KILL $program; } &
wait $program
rm -rf "$folder"
kill -KILL 0
`

// tries is how often another port is taken when somebody was faster at the one chosen.
const tries = 3

func start(o Options) (*Server, error) {
	program, err := installed()
	if err != nil {
		return nil, err
	}
	var errs error
	for range tries {
		s, err := launch(program, o)
		if err == nil {
			return s, nil
		}
		errs = errors.Join(errs, err)
	}
	return nil, errs
}

func launch(program string, o Options) (*Server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "ministack-*")
	if err != nil {
		return nil, err
	}
	s := &Server{
		Endpoint: "http://127.0.0.1:" + strconv.Itoa(port), Port: port, Log: filepath.Join(folder, "ministack.log"), ended: make(chan struct{}),
	}
	var secure []string
	if o.TLS {
		var key string
		if s.Certificate, key, err = authority(folder); err != nil {
			return nil, errors.Join(err, os.RemoveAll(folder))
		}
		s.Endpoint = "https" + strings.TrimPrefix(s.Endpoint, "http")
		// The functions that it runs inherit what it is to be trusted by.
		secure = []string{
			"USE_SSL=1", "MINISTACK_SSL_CERT=" + s.Certificate, "MINISTACK_SSL_KEY=" + key,
			"AWS_CA_BUNDLE=" + s.Certificate, "SSL_CERT_FILE=" + s.Certificate,
		}
	}
	cmd := exec.Command("sh", "-c", supervise, "sh", folder, program)
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + folder, "TMPDIR=" + folder, "STATE_DIR=" + folder, "S3_DATA_DIR=" + folder,
		"GATEWAY_PORT=" + strconv.Itoa(port), "BIND_HOST=127.0.0.1", "AWS_ENDPOINT_URL=" + s.Endpoint, "MINISTACK_REGION=" + Region,
		"SFTP_ENABLED=0", "IOT_MTLS_ENABLED=0", "LAMBDA_EXECUTOR=local", "AUTH=" + strconv.FormatBool(o.Auth),
	}
	cmd.Env = append(cmd.Env, secure...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := s.run(cmd); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	if err := s.answers(); err != nil {
		err = fmt.Errorf("%w; it said:\n%s", err, s.said(0))
		s.stop()
		return nil, err
	}
	return s, nil
}

// run starts the supervisor, with the reading end of a pipe whose other end this process keeps.
func (s *Server) run(cmd *exec.Cmd) error {
	log, err := os.Create(s.Log)
	if err != nil {
		return err
	}
	defer log.Close()
	ours, theirs, err := os.Pipe()
	if err != nil {
		return err
	}
	defer ours.Close()
	cmd.Stdout, cmd.Stderr, cmd.ExtraFiles = log, log, []*os.File{ours}
	if err := cmd.Start(); err != nil {
		return errors.Join(err, theirs.Close())
	}
	s.hold = theirs
	go func() {
		_ = cmd.Wait() // it ends by killing its group, and so itself
		close(s.ended)
	}()
	return nil
}

// answers waits until the server does.
func (s *Server) answers() error {
	client, err := s.Client()
	if err != nil {
		return err
	}
	deadline := time.After(patience)
	for {
		answer, err := client.Get(s.Endpoint + "/_ministack/health")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-s.ended:
			return errors.New("MiniStack ended at once")
		case <-deadline:
			return fmt.Errorf("MiniStack did not answer within %v", patience)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// patience is how long a server may take to start, on a busy machine.
const patience = time.Minute

// stop ends the server and waits for that.
func (s *Server) stop() {
	_ = s.hold.Close()
	<-s.ended
}

// showLog shows what the server says from now on, when the test has failed.
func (s *Server) showLog(t testing.TB) {
	t.Helper()
	var from int64
	if stat, err := os.Stat(s.Log); err == nil {
		from = stat.Size()
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("MiniStack said meanwhile:\n%s", s.said(from))
		}
	})
}

// shown is how much of a log is shown, in bytes.
const shown = 16 << 10

// said is the end of what the server said from a place in its log on.
func (s *Server) said(from int64) []byte {
	log, err := os.ReadFile(s.Log)
	if err != nil {
		return []byte(err.Error())
	}
	log = log[min(from, int64(len(log))):]
	return log[max(0, len(log)-shown):]
}

// freePort is a port that nobody listens on at this moment.
func freePort() (int, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return listener.Addr().(*net.TCPAddr).Port, listener.Close()
}

// installed is the program that infra/ministack/install puts into .tools of the project.
func installed() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			break
		}
		if folder == filepath.Dir(folder) {
			return "", errors.New("no go.mod in this folder or above it")
		}
		folder = filepath.Dir(folder)
	}
	tools := filepath.Join(folder, ".tools", "ministack")
	if _, err := os.Stat(filepath.Join(tools, "pins")); err != nil {
		return "", errors.New("MiniStack is not installed: run .ci/prepare once, which does that")
	}
	return filepath.Join(tools, "bin", "ministack"), nil
}
