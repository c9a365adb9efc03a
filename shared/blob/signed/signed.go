// Package signed makes links to blobs and serves them itself, over a store that has none of its own: each link is a request whose
// terms are signed with a secret of the process, so that links end with it. It doesn't know who asks, nor what the bytes mean.
package signed

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/identity"
)

// Config is what links are made of. Everything but the optional fields is required.
type Config struct {
	Blobs  blob.Store
	Base   string // the address below which the links are served, such as http://127.0.0.1:8080/files/
	Secret []byte // random, at least 32 bytes
	Clock  identity.Clock
	// Stored is told of each upload before its sender is answered, as a bucket tells of what was put into it; nil: nobody is told.
	Stored func(ctx context.Context, name string) error
	// Patience is how long a transfer may take beside the time that its bytes are given; 0: 15 s.
	Patience time.Duration
}

// Links makes links and serves them. It is safe for concurrent use.
type Links struct{ Config }

var _ blob.Linker = (*Links)(nil)

// New makes links.
func New(c Config) *Links {
	if c.Patience == 0 {
		c.Patience = 15 * time.Second
	}
	return &Links{c}
}

// The parameters of a link's query.
const (
	ofExpiry    = "expires" // seconds since 1970
	ofType      = "type"
	ofSize      = "size" // of an upload
	ofName      = "as"   // of a download
	ofSignature = "signature"
)

// terms are what a signature covers: a request that differs in any of them is not the one that was allowed.
type terms struct {
	method, blob, expires, contentType string
	bound                              string // the size of an upload, the name offered with a download
}

// UploadLink implements blob.Linker.
func (l *Links) UploadLink(ctx context.Context, name string, of blob.UploadTerms) (blob.Link, error) {
	if err := ready(ctx, name, of.Check()); err != nil {
		return blob.Link{}, err
	}
	link := l.link(terms{method: http.MethodPut, blob: name, contentType: of.Type, bound: strconv.FormatInt(of.Size, 10)}, ofSize, of.For)
	link.Header = map[string]string{"Content-Type": of.Type}
	return link, nil
}

// DownloadLink implements blob.Linker.
func (l *Links) DownloadLink(ctx context.Context, name string, of blob.DownloadTerms) (blob.Link, error) {
	if err := ready(ctx, name, of.Check()); err != nil {
		return blob.Link{}, err
	}
	return l.link(terms{method: http.MethodGet, blob: name, contentType: of.Type, bound: of.As}, ofName, of.For), nil
}

func ready(ctx context.Context, name string, of error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := blob.CheckName(name); err != nil {
		return err
	}
	return of
}

func (l *Links) link(t terms, bound string, d time.Duration) blob.Link {
	expires := l.Clock().UTC().Truncate(time.Second).Add(d)
	t.expires = strconv.FormatInt(expires.Unix(), 10)
	query := url.Values{
		ofExpiry: {t.expires}, ofType: {t.contentType}, bound: {t.bound}, ofSignature: {hex.EncodeToString(l.sign(t))},
	}
	return blob.Link{Method: t.method, URL: l.Base + t.blob + "?" + query.Encode(), Expires: expires}
}

// sign is the signature of terms. Each is preceded by its length, so that no two lists of terms are signed alike.
func (l *Links) sign(t terms) []byte {
	mac := hmac.New(sha256.New, l.Secret)
	for _, text := range [...]string{t.method, t.blob, t.expires, t.contentType, t.bound} {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(text)))
		mac.Write(length[:])
		mac.Write([]byte(text))
	}
	return mac.Sum(nil)
}

// allowed reports whether terms are signed and still hold.
func (l *Links) allowed(t terms, signature string) bool {
	given, err := hex.DecodeString(signature)
	if err != nil || !hmac.Equal(given, l.sign(t)) {
		return false
	}
	expires, err := strconv.ParseInt(t.expires, 10, 64)
	return err == nil && l.Clock().Before(time.Unix(expires, 0))
}
