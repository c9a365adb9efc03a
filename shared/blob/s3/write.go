package s3

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager"

	"github.com/learning-cities/guildhall/shared/blob"
)

// writer implements blob.Writer. What is written goes through a pipe to an upload that sees the end at Commit and an error at
// Abort, so that nothing is completed before. Each request carries its CRC-32, which the service verifies.
type writer struct {
	ctx    context.Context
	name   string
	pipe   *io.PipeWriter
	buffer *bufio.Writer // spares the pipe small pieces
	upload chan uploaded
	unhook func() bool
	digest hash.Hash
	size   int64
	done   bool
}

// uploaded is how an upload ended.
type uploaded struct {
	out *transfermanager.UploadObjectOutput
	err error
}

// errAborted ends an upload that isn't wanted any more.
var errAborted = errors.New("s3: aborted")

// Create implements blob.Store. Nothing is sent before there is enough for a part, or the commit.
func (s *Store) Create(ctx context.Context, name string) (blob.Writer, error) {
	if err := ready(ctx, name); err != nil {
		return nil, err
	}
	from, to := io.Pipe()
	w := &writer{
		ctx: ctx, name: name, pipe: to, buffer: bufio.NewWriterSize(to, 32<<10), upload: make(chan uploaded, 1), digest: sha256.New(),
		unhook: context.AfterFunc(ctx, func() { to.CloseWithError(errAborted) }),
	}
	go func() {
		out, err := s.uploads.UploadObject(ctx, &transfermanager.UploadObjectInput{Bucket: &s.bucket, Key: &name, Body: from})
		from.CloseWithError(err) // whoever writes on is told
		w.upload <- uploaded{out, err}
	}()
	return w, nil
}

// Write implements io.Writer.
func (w *writer) Write(p []byte) (int, error) {
	if w.done {
		return 0, blob.ErrDone
	}
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.buffer.Write(p)
	w.digest.Write(p[:n])
	w.size += int64(n)
	return n, storeError(w.ctx, w.name, err)
}

// Commit implements blob.Writer.
func (w *writer) Commit() (blob.Info, error) {
	if w.done {
		return blob.Info{}, blob.ErrDone
	}
	err := w.ctx.Err()
	if err == nil {
		err = w.buffer.Flush()
	}
	if err != nil {
		return blob.Info{}, errors.Join(storeError(w.ctx, w.name, err), w.Abort())
	}
	w.done = true
	w.pipe.Close()
	end := <-w.upload
	w.unhook()
	if end.err != nil {
		return blob.Info{}, storeError(w.ctx, w.name, end.err)
	}
	at, _ := awsmiddleware.GetServerTime(end.out.ResultMetadata)
	return blob.Info{Name: w.name, Size: w.size, SHA256: hex.EncodeToString(w.digest.Sum(nil)), Modified: at.UTC()}, nil
}

// Abort implements blob.Writer. What was sent is removed; should that fail, the bucket's own rule does it later.
func (w *writer) Abort() error {
	if w.done {
		return nil
	}
	w.done = true
	w.unhook()
	w.pipe.CloseWithError(errAborted)
	<-w.upload
	return nil
}
