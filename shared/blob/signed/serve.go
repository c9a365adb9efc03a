package signed

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/problem"
)

// leastRate is how many bytes a second a transfer has to make: whoever is slower holds a connection for nothing.
const leastRate = 64 << 10

// Serve answers the request of a link to a blob. An error is to be answered by the caller, nothing was yet: LINK_INVALID,
// BODY_INCOMPLETE, ROUTE_UNKNOWN where there is no such blob, those of the store and of Stored.
func (l *Links) Serve(w http.ResponseWriter, r *http.Request, name string) error {
	query := r.URL.Query()
	t := terms{method: r.Method, blob: name, expires: query.Get(ofExpiry), contentType: query.Get(ofType)}
	upload := r.Method == http.MethodPut
	if upload {
		t.bound = query.Get(ofSize)
	} else {
		t.bound = query.Get(ofName)
	}
	if !l.allowed(t, query.Get(ofSignature)) {
		return problem.New("LINK_INVALID")
	}
	if !upload {
		return l.give(w, r, t)
	}
	if r.Header.Get("Content-Type") != t.contentType || strconv.FormatInt(r.ContentLength, 10) != t.bound {
		return problem.New("LINK_INVALID")
	}
	return l.take(w, r, name)
}

// give sends a blob as a file to keep: never as a page that could act in our name.
func (l *Links) give(w http.ResponseWriter, r *http.Request, t terms) error {
	src, err := l.Blobs.Open(r.Context(), t.blob)
	if errors.Is(err, blob.ErrNotFound) {
		return problem.New("ROUTE_UNKNOWN").Valued(r.URL.Path)
	}
	if err != nil {
		return err
	}
	defer src.Close()
	// What can't have deadlines has no connection that could be slow.
	_ = http.NewResponseController(w).SetWriteDeadline(l.until(src.Size()))
	header := w.Header()
	header.Set("Content-Type", t.contentType)
	header.Set("Content-Disposition", blob.Attachment(t.bound))
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "private, no-store")
	http.ServeContent(w, r, "", time.Time{}, io.NewSectionReader(src, 0, src.Size()))
	return nil
}

// take stores what is sent, all of it or nothing.
func (l *Links) take(w http.ResponseWriter, r *http.Request, name string) error {
	until := l.until(r.ContentLength)
	connection := http.NewResponseController(w)
	_ = connection.SetReadDeadline(until)
	_ = connection.SetWriteDeadline(until.Add(l.Patience))
	dst, err := l.Blobs.Create(r.Context(), name)
	if err != nil {
		return err
	}
	body := &body{Reader: r.Body}
	n, err := io.Copy(dst, body)
	switch {
	case body.err != nil || err == nil && n != r.ContentLength:
		return errors.Join(problem.New("BODY_INCOMPLETE"), dst.Abort())
	case err != nil:
		return errors.Join(fmt.Errorf("%w: %w", blob.ErrUnavailable, err), dst.Abort())
	}
	if _, err := dst.Commit(); err != nil {
		return err
	}
	if l.Stored != nil {
		if err := l.Stored(r.Context(), name); err != nil {
			return err
		}
	}
	w.WriteHeader(http.StatusOK)
	return nil
}

// until is when a transfer of so many bytes has to be over. Connections know no clock but the machine's.
func (l *Links) until(size int64) time.Time {
	return time.Now().Add(l.Patience + time.Duration(size/leastRate)*time.Second)
}

// body remembers why reading failed, which is the sender's affair, while a failing store is ours.
type body struct {
	io.Reader
	err error
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err != nil && err != io.EOF {
		b.err = err
	}
	return n, err
}
