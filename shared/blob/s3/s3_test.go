package s3_test

import (
	"crypto/rand"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/learning-cities/guildhall/infra/ministack"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/blobtest"
	"github.com/learning-cities/guildhall/shared/blob/s3"
)

func TestConformance(t *testing.T) {
	cfg := config(t)
	blobtest.Run(t, func(t *testing.T) (blob.Store, func() blob.Store) {
		name := bucket(t, cfg)
		open := func() blob.Store { return s3.New(cfg, name, s3.Options{}) }
		return open(), open
	})
}

// config is how the emulator is reached.
func config(t *testing.T) aws.Config {
	t.Helper()
	return aws.Config{
		BaseEndpoint: aws.String(ministack.Endpoint(t)),
		Region:       ministack.Region,
		Credentials:  credentials.NewStaticCredentialsProvider("test", "test", ""),
	}
}

// bucket makes an empty bucket.
func bucket(t *testing.T, cfg aws.Config) string {
	t.Helper()
	name := "test-" + strings.ToLower(rand.Text())
	_, err := awss3.NewFromConfig(cfg).CreateBucket(t.Context(), &awss3.CreateBucketInput{
		Bucket:                    &name,
		CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: types.BucketLocationConstraint(cfg.Region)},
	})
	must(t, err)
	return name
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, store blob.Store, name, content string) blob.Info {
	t.Helper()
	w, err := store.Create(t.Context(), name)
	must(t, err)
	_, err = io.WriteString(w, content)
	must(t, err)
	info, err := w.Commit()
	must(t, err)
	return info
}

// wire is an HTTP client that counts requests and their bytes, and lets a test do something to them.
type wire struct {
	do func(r *http.Request, next func(*http.Request) (*http.Response, error)) (*http.Response, error)

	mu    sync.Mutex
	sent  []string // methods, with what they are about
	bytes int64    // of answers
}

// through makes all requests of a configuration go over the wire.
func (w *wire) through(cfg aws.Config) aws.Config {
	cfg.HTTPClient = w
	return cfg
}

// Do implements the SDK's HTTP client.
func (w *wire) Do(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.sent = append(w.sent, strings.TrimSpace(r.Method+" "+r.Header.Get("Range")))
	w.mu.Unlock()
	next := http.DefaultClient.Do
	var answer *http.Response
	var err error
	if w.do != nil {
		answer, err = w.do(r, next)
	} else {
		answer, err = next(r)
	}
	if err == nil {
		answer.Body = &counted{answer.Body, w}
	}
	return answer, err
}

// requests are those sent since the last call.
func (w *wire) requests() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	sent := w.sent
	w.sent = nil
	return sent
}

type counted struct {
	io.ReadCloser
	wire *wire
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.wire.mu.Lock()
	c.wire.bytes += int64(n)
	c.wire.mu.Unlock()
	return n, err
}

// TestErasingRemovesEveryVersion asks the service itself what a bucket with versions still has.
func TestErasingRemovesEveryVersion(t *testing.T) {
	cfg := config(t)
	name := bucket(t, cfg)
	client := awss3.NewFromConfig(cfg)
	_, err := client.PutBucketVersioning(t.Context(), &awss3.PutBucketVersioningInput{
		Bucket: &name, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled},
	})
	must(t, err)
	store := s3.New(cfg, name, s3.Options{})
	for range 3 {
		put(t, store, "uploads/ab", "Yann Kerbrat")
		must(t, store.Delete(t.Context(), "uploads/ab"))
	}
	put(t, store, "uploads/ab", "Yann Kerbrat again")
	put(t, store, "uploads/abc", "another's")
	kept := func() (all []string) {
		out, err := client.ListObjectVersions(t.Context(), &awss3.ListObjectVersionsInput{Bucket: &name})
		must(t, err)
		for _, one := range out.Versions {
			all = append(all, aws.ToString(one.Key))
		}
		for _, one := range out.DeleteMarkers {
			all = append(all, aws.ToString(one.Key))
		}
		return all
	}
	if got := len(kept()); got != 8 {
		t.Fatalf("the bucket has %d versions and deletions, not the 8 that the test made", got)
	}
	must(t, store.Delete(t.Context(), "uploads/ab"))
	var ever []string
	must(t, store.Ever(t.Context(), "uploads/", func(name string) error { ever = append(ever, name); return nil }))
	if want := []string{"uploads/ab", "uploads/abc"}; !slices.Equal(ever, want) {
		t.Errorf("named %q, want %q, what was deleted among them", ever, want)
	}
	must(t, store.Erase(t.Context(), "uploads/ab"))
	if got := kept(); len(got) != 1 || got[0] != "uploads/abc" {
		t.Errorf("still there: %q", got)
	}
}
