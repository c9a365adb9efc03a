package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/learning-cities/guildhall/shared/blob"
)

// reader implements blob.Reader. It fetches whole blocks and holds the few that were used last, so that reading on in small steps,
// at several places, costs a request for each megabyte. The entity tag pins what it reads.
type reader struct {
	ctx   context.Context
	store *Store
	name  string
	size  int64
	etag  *string

	mu     sync.Mutex
	blocks []*block // the one used last comes first
	closed bool
}

// block is a part of the content, or the fetching of it.
type block struct {
	number  int64
	fetched chan struct{} // closed when bytes and err are set
	bytes   []byte
	err     error
}

// Open implements blob.Store. It brings the first block along.
func (s *Store) Open(ctx context.Context, name string) (blob.Reader, error) {
	if err := ready(ctx, name); err != nil {
		return nil, err
	}
	r := &reader{ctx: ctx, store: s, name: name}
	first := &block{fetched: make(chan struct{})}
	if first.bytes, first.err = r.fetch(0); first.err != nil {
		return nil, first.err
	}
	close(first.fetched)
	r.blocks = []*block{first}
	return r, nil
}

// Size implements blob.Reader.
func (r *reader) Size() int64 { return r.size }

// Close implements io.Closer.
func (r *reader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed, r.blocks = true, nil
	return nil
}

// ReadAt implements io.ReaderAt.
func (r *reader) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, fmt.Errorf("s3: reading %s at %d", r.name, off)
	}
	n := 0
	for n < len(p) {
		if err := r.ctx.Err(); err != nil {
			return n, err
		}
		at := off + int64(n)
		if at >= r.size {
			return n, io.EOF
		}
		content, err := r.block(at / blockSize)
		if err != nil {
			return n, err
		}
		n += copy(p[n:], content[at%blockSize:])
	}
	return n, nil
}

// block gives a block's bytes. Of several who want one at once the first fetches it.
func (r *reader) block(number int64) ([]byte, error) {
	b, fetch, err := r.find(number)
	if err != nil {
		return nil, err
	}
	if fetch {
		b.bytes, b.err = r.fetch(number)
		if b.err != nil {
			r.drop(b)
		}
		close(b.fetched)
	}
	select {
	case <-b.fetched:
		return b.bytes, b.err
	case <-r.ctx.Done():
		return nil, r.ctx.Err()
	}
}

// find puts a block before the others and says whether the caller is to fetch it.
func (r *reader) find(number int64) (*block, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, false, fs.ErrClosed
	}
	for i, b := range r.blocks {
		if b.number == number {
			copy(r.blocks[1:i+1], r.blocks[:i])
			r.blocks[0] = b
			return b, false, nil
		}
	}
	b := &block{number: number, fetched: make(chan struct{})}
	r.blocks = append([]*block{b}, r.blocks[:min(len(r.blocks), blocksKept-1)]...)
	return b, true, nil
}

// drop forgets a block that could not be fetched.
func (r *reader) drop(failed *block) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, b := range r.blocks {
		if b == failed {
			r.blocks = append(r.blocks[:i:i], r.blocks[i+1:]...)
			return
		}
	}
}

// cuts is how often a block is asked for whose answer broke off.
const cuts = 3

// fetch gets a block. The first one tells size and entity tag.
func (r *reader) fetch(number int64) ([]byte, error) {
	var err error
	for range cuts {
		var content []byte
		if content, err = r.get(number); err == nil {
			return content, nil
		}
		if !errors.Is(err, errCut) || r.ctx.Err() != nil {
			break
		}
	}
	return nil, storeError(r.ctx, r.name, err)
}

// errCut: an answer broke off.
var errCut = errors.New("s3: an answer that broke off")

func (r *reader) get(number int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(r.ctx, r.store.patience)
	defer cancel()
	from := number * blockSize
	out, err := r.store.client.GetObject(ctx, &s3.GetObjectInput{
		Bucket: &r.store.bucket, Key: &r.name, IfMatch: r.etag, Range: aws.String(fmt.Sprintf("bytes=%d-%d", from, from+blockSize-1)),
	})
	if isEmpty(err) && number == 0 {
		return nil, nil // which has no first byte to begin at
	}
	if err != nil {
		return nil, err
	}
	defer out.Body.Close()
	if r.etag == nil {
		if r.size, err = whole(out); err != nil {
			return nil, err
		}
		r.etag = out.ETag
	}
	content := make([]byte, min(blockSize, r.size-from))
	if n, err := io.ReadFull(out.Body, content); err != nil {
		return nil, fmt.Errorf("%w: after %d of %d bytes: %v", errCut, n, len(content), err)
	}
	return content, nil
}

// whole is the size of the object that an answer is a part of.
func whole(out *s3.GetObjectOutput) (int64, error) {
	if out.ContentRange == nil {
		return aws.ToInt64(out.ContentLength), nil
	}
	var from, to, size int64
	if _, err := fmt.Sscanf(*out.ContentRange, "bytes %d-%d/%d", &from, &to, &size); err != nil {
		return 0, fmt.Errorf("s3: content range %q: %w", *out.ContentRange, err)
	}
	return size, nil
}

// isEmpty: there are no bytes in the range.
func isEmpty(err error) bool {
	var answer *awshttp.ResponseError
	return errors.As(err, &answer) && answer.HTTPStatusCode() == http.StatusRequestedRangeNotSatisfiable
}
