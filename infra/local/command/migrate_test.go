package command_test

import (
	"archive/tar"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/klauspost/compress/zstd"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/infra/ministack"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/queue/embedded"
)

// deployed makes an empty table and an empty bucket that keeps versions, of the emulators, and gives the options that name them.
func deployed(t *testing.T) []string {
	t.Helper()
	_, table := dynamodblocal.NewTable(t)
	bucket := "test-" + strings.ToLower(rand.Text())
	endpoint := ministack.Endpoint(t)
	client := filesClient(t)
	_, err := client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &bucket, CreateBucketConfiguration: &types.CreateBucketConfiguration{
		LocationConstraint: types.BucketLocationConstraint(ministack.Region),
	}})
	if err == nil {
		_, err = client.PutBucketVersioning(t.Context(), &s3.PutBucketVersioningInput{
			Bucket: &bucket, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled},
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL_DYNAMODB": dynamodblocal.Start(t), "AWS_ENDPOINT_URL_S3": endpoint, "AWS_REGION": ministack.Region,
		"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
	} {
		t.Setenv(name, value)
	}
	return []string{"--table", table, "--bucket", bucket}
}

// filesClient asks the emulator's buckets, as their service itself would be.
func filesClient(t *testing.T) *s3.Client {
	t.Helper()
	endpoint := ministack.Endpoint(t)
	return s3.NewFromConfig(aws.Config{
		BaseEndpoint: &endpoint, Region: ministack.Region, Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	}, func(o *s3.Options) { o.UsePathStyle = true })
}

func TestEveryWorkbookIsByteForByteTheSameAfterTheWayToAWSAndBack(t *testing.T) {
	folder := t.TempDir()
	out, data := filepath.Join(folder, "out"), filepath.Join(folder, "back")
	must(t, guildhall(t, "demo", "--out", out), 0)
	there := deployed(t)
	r := guildhall(t, append([]string{"migrate", "--data", filepath.Join(out, "data")}, there...)...)
	must(t, r, 0)
	t.Log(strings.TrimSpace(r.out))
	must(t, guildhall(t, append([]string{"migrate", "--back", "--data", data}, there...)...), 0)
	sameWorkbooks(t, exportEverything(t, data), exportEverything(t, filepath.Join(out, "data")))

	// Not only what workbooks show: every item and file is the same.
	before, after := kept(t, "--data", filepath.Join(out, "data")), kept(t, "--data", data)
	for name := range before {
		if about := name == "about.json" || name == "SHA256SUMS" || name == "end.json"; !about && after[name] != before[name] {
			t.Errorf("%s is another one", name)
		}
	}
	if len(after) != len(before) || len(before) < 100 {
		t.Errorf("%d entries before, %d after", len(before), len(after))
	}
	if len(kept(t, there...)) != len(before) {
		t.Error("the backup of the table and bucket has other entries")
	}
	r = guildhall(t, append([]string{"migrate", "--data", data}, there...)...)
	must(t, r, 2)
	if !strings.HasPrefix(r.lastLine(), "STORE_NOT_EMPTY ") {
		t.Errorf("to where something is: %s", r.lastLine())
	}
}

// kept backs a store up, and gives what each entry of the archive holds.
func kept(t *testing.T, options ...string) map[string]string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "backup.tar.zst")
	must(t, guildhall(t, append([]string{"backup", "-o", name}, options...)...), 0)
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked, err := zstd.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer unpacked.Close()
	entries := map[string]string{}
	for in := tar.NewReader(unpacked); ; {
		header, err := in.Next()
		if err == io.EOF {
			return entries
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		entries[header.Name] = untraced(string(content))
	}
}

// untraced leaves out the lines of items of the audit trail, which notes each backup.
func untraced(content string) string {
	var lines []string
	for line := range strings.Lines(content) {
		if !strings.HasPrefix(line, `{"partition":"audit`) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

func TestAMoveThatIsStoppedGoesOnFromTheArchiveThatItLeaves(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	must(t, guildhall(t, "import", received(t, folder, "members.en.xlsx"), "--data", data), 0)
	there := deployed(t)
	t.Setenv("TMPDIR", t.TempDir())
	refuses := refusingFiles(t)
	move := append([]string{"migrate", "--data", data}, there...)
	refuses.Store(true)
	r := guildhall(t, move...)
	must(t, r, 2)
	_, command, found := strings.Cut(r.err, "guildhall restore ")
	command, _, _ = strings.Cut(command, "\n")
	if !found {
		t.Fatalf("how to go on is not said: %s", r.err)
	}
	args := strings.Fields(command)
	if info, err := os.Stat(args[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("what is to be moved is not kept for its owner: %v, %v", info, err)
	}
	refuses.Store(false)
	if r := guildhall(t, move...); !strings.HasPrefix(r.lastLine(), "RESTORE_UNFINISHED ") {
		t.Errorf("to begin anew says %s", r.lastLine())
	}
	must(t, guildhall(t, append([]string{"restore"}, args...)...), 0)
	before, after := kept(t, "--data", data), kept(t, there...)
	for name, content := range before {
		if strings.HasPrefix(name, "blobs/") && after[name] != content {
			t.Errorf("%s is another one", name)
		}
	}
	if len(after) != len(before) {
		t.Errorf("%d entries before, %d after", len(before), len(after))
	}
	// What ends well, or never began, leaves nothing.
	if err := os.Remove(args[0]); err != nil {
		t.Fatal(err)
	}
	must(t, guildhall(t, move...), 2)
	must(t, guildhall(t, append([]string{"migrate", "--back", "--data", filepath.Join(folder, "back")}, there...)...), 0)
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "guildhall-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// refusingFiles puts a proxy before the emulated bucket that refuses to take files while it is told to.
func refusingFiles(t *testing.T) *atomic.Bool {
	t.Helper()
	behind, err := url.Parse(ministack.Endpoint(t))
	if err != nil {
		t.Fatal(err)
	}
	var refuses atomic.Bool
	proxy := httputil.NewSingleHostReverseProxy(behind)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refuses.Load() && r.Method != http.MethodGet {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	t.Setenv("AWS_ENDPOINT_URL_S3", server.URL)
	return &refuses
}

func TestWorkThatWaitsKeepsAFolderFromBeingMoved(t *testing.T) {
	data := t.TempDir()
	a, err := app.OpenEmbedded(t.Context(), data, app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	waiting := embedded.New(a.Table, "check", embedded.Options{Clock: a.Clock, IDs: a.Parts.IDs})
	if err := errors.Join(waiting.Send(t.Context(), []byte("{}"), 0), a.Close()); err != nil {
		t.Fatal(err)
	}
	r := guildhall(t, append([]string{"migrate", "--data", data}, deployed(t)...)...)
	must(t, r, 2)
	if !strings.HasPrefix(r.lastLine(), "WORK_WAITING ") || !strings.Contains(r.lastLine(), "check (1)") {
		t.Error(r.lastLine())
	}
	// Into another folder it goes along.
	file, other := filepath.Join(data, "backup"), filepath.Join(data, "other")
	must(t, guildhall(t, "backup", "--data", data, "-o", file), 0)
	must(t, guildhall(t, "restore", file, "--data", other), 0)
	if a, err = app.OpenEmbedded(t.Context(), other, app.Options{}); err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	got, err := embedded.New(a.Table, "check", embedded.Options{Clock: a.Clock, IDs: a.Parts.IDs}).Receive(t.Context(), 10, time.Minute)
	if err != nil || len(got) != 1 || string(got[0].Body) != "{}" {
		t.Errorf("%v, %v", got, err)
	}
}
