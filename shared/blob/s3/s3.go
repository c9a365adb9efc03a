// Package s3 keeps blobs as objects of an S3 bucket, under their names and with nothing around their bytes. It knows nothing of what
// is stored.
//
// It needs the actions GetObject, PutObject, DeleteObject and AbortMultipartUpload on the objects, and ListBucket on the bucket:
// without the last one, what isn't there is not "not found" but forbidden. Only Erase needs DeleteObjectVersion and ListBucketVersions. The bucket should end multipart uploads that nobody
// finished, which is what a process leaves that was killed while writing.
package s3

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager"
	transfer "github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/sdkhttp"
)

// Options are how the store speaks with the service. The zero value is right for one function.
type Options struct {
	Clock    identity.Clock       // from which links live; nil: the machine's
	Tries    int                  // how often a request is sent that failed for no fault of its own; 0: 6
	Backoff  retry.BackoffDelayer // the pauses between tries; nil: random, doubling up to 5 s
	Patience time.Duration        // how long an answer is waited for; 0: 20 s
}

// The sizes that bound what a writer and a reader hold in memory.
const (
	partSize   = 5 << 20 // bytes of a part; what is smaller than one is written with one request
	parallel   = 2       // parts under way at once, for which a writer holds four
	blockSize  = 1 << 20 // bytes that a reader fetches at once
	blocksKept = 4       // blocks that a reader holds
)

// Store is a blob.Store and blob.Linker in a bucket.
type Store struct {
	client   *s3.Client
	uploads  *transfermanager.Client
	bucket   string
	clock    identity.Clock
	patience time.Duration
}

var (
	_ blob.Store  = (*Store)(nil)
	_ blob.Linker = (*Store)(nil)
)

// New is the store in the bucket of that name. It asks the service nothing. An HTTP client of cfg's that isn't the SDK's own, and a retryer, stay.
func New(cfg aws.Config, bucket string, o Options) *Store {
	o = o.complete()
	client := s3.NewFromConfig(cfg, func(c *s3.Options) {
		if buildable, ok := c.HTTPClient.(*awshttp.BuildableClient); ok {
			c.HTTPClient = buildable.WithTransportOptions(func(t *http.Transport) { t.ResponseHeaderTimeout = o.Patience })
		}
		c.HTTPClient = sdkhttp.Whole{Sender: c.HTTPClient}
		if cfg.Retryer == nil {
			c.Retryer = retry.NewStandard(func(s *retry.StandardOptions) { s.MaxAttempts, s.Backoff = o.Tries, o.Backoff })
		}
	})
	uploads := transfermanager.New(client, func(t *transfermanager.Options) {
		t.PartSizeBytes, t.MultipartUploadThreshold, t.Concurrency = partSize, partSize, parallel
		t.ChecksumAlgorithm = transfer.ChecksumAlgorithmCrc32
		t.FailTimeout = o.Patience
	})
	return &Store{client: client, uploads: uploads, bucket: bucket, clock: o.Clock, patience: o.Patience}
}

func (o Options) complete() Options {
	if o.Clock == nil {
		o.Clock = identity.System()
	}
	if o.Tries == 0 {
		o.Tries = 6
	}
	if o.Backoff == nil {
		o.Backoff = retry.NewExponentialJitterBackoff(5 * time.Second)
	}
	if o.Patience == 0 {
		o.Patience = 20 * time.Second
	}
	return o
}

// Stat implements blob.Store.
func (s *Store) Stat(ctx context.Context, name string) (blob.Info, error) {
	if err := ready(ctx, name); err != nil {
		return blob.Info{}, err
	}
	out, err := s.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &s.bucket, Key: &name})
	if err != nil {
		return blob.Info{}, storeError(ctx, name, err)
	}
	return blob.Info{Name: name, Size: aws.ToInt64(out.ContentLength), Modified: aws.ToTime(out.LastModified).UTC()}, nil
}

// Delete implements blob.Store.
func (s *Store) Delete(ctx context.Context, name string) error {
	if err := ready(ctx, name); err != nil {
		return err
	}
	_, err := s.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &s.bucket, Key: &name})
	return storeError(ctx, name, err)
}

// Erase implements blob.Store: every version goes, and every mark that there was a deletion.
func (s *Store) Erase(ctx context.Context, name string) error {
	if err := ready(ctx, name); err != nil {
		return err
	}
	pages := s3.NewListObjectVersionsPaginator(s.client, &s3.ListObjectVersionsInput{Bucket: &s.bucket, Prefix: &name})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return storeError(ctx, name, err)
		}
		versions, beyond := versionsOf(page, name)
		for _, version := range versions {
			_, err := s.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &s.bucket, Key: &name, VersionId: version})
			if err := storeError(ctx, name, err); err != nil && !errors.Is(err, blob.ErrNotFound) {
				return err
			}
		}
		if beyond { // keys ascend: the others only begin with the name
			return nil
		}
	}
	return nil
}

// versionsOf are the versions and deletions of one key on a page of those whose keys begin with it, and whether the page goes beyond it.
func versionsOf(page *s3.ListObjectVersionsOutput, name string) (versions []*string, beyond bool) {
	add := func(key, version *string) {
		if aws.ToString(key) == name {
			versions = append(versions, version)
			return
		}
		beyond = true
	}
	for _, one := range page.Versions {
		add(one.Key, one.VersionId)
	}
	for _, one := range page.DeleteMarkers {
		add(one.Key, one.VersionId)
	}
	return versions, beyond
}

// List implements blob.Store, in pages of a thousand. Objects whose keys aren't names of blobs are left out.
func (s *Store) List(ctx context.Context, prefix string, fn func(blob.Info) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	pages := s3.NewListObjectsV2Paginator(s.client, &s3.ListObjectsV2Input{Bucket: &s.bucket, Prefix: &prefix})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return storeError(ctx, prefix, err)
		}
		for _, object := range page.Contents {
			name := aws.ToString(object.Key)
			if blob.CheckName(name) != nil {
				continue
			}
			info := blob.Info{Name: name, Size: aws.ToInt64(object.Size), Modified: aws.ToTime(object.LastModified).UTC()}
			if err := fn(info); err != nil {
				return err
			}
		}
	}
	return nil
}

// Ever implements blob.Store. A page of the service has versions and deletions apart, each in the order of the keys.
func (s *Store) Ever(ctx context.Context, prefix string, fn func(name string) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	last := ""
	pages := s3.NewListObjectVersionsPaginator(s.client, &s3.ListObjectVersionsInput{Bucket: &s.bucket, Prefix: &prefix})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return storeError(ctx, prefix, err)
		}
		var names []string
		for _, one := range page.Versions {
			names = append(names, aws.ToString(one.Key))
		}
		for _, one := range page.DeleteMarkers {
			names = append(names, aws.ToString(one.Key))
		}
		slices.Sort(names)
		for _, name := range names {
			if name == last || blob.CheckName(name) != nil {
				continue
			}
			last = name
			if err := fn(name); err != nil {
				return err
			}
		}
	}
	return nil
}

func ready(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return blob.CheckName(name)
}

// storeError puts what the service answers in the seam's terms.
func storeError(ctx context.Context, name string, err error) error {
	if err == nil {
		return nil
	}
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	switch code(err) {
	case "NoSuchKey", "NotFound":
		return fmt.Errorf("%w: %s", blob.ErrNotFound, name)
	}
	// The cause isn't wrapped: a time-out of the connection would pass for the context's.
	return fmt.Errorf("%w: %v", blob.ErrUnavailable, err)
}

// code is the service's word for an error; empty when it gave none.
func code(err error) string {
	var said smithy.APIError
	if errors.As(err, &said) {
		return said.ErrorCode()
	}
	return ""
}
