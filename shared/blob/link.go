package blob

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
)

// ErrTerms: a link can't be made with these terms; a mistake of the calling code.
var ErrTerms = errors.New("blob: invalid terms of a link")

// The bounds of what a link can allow; they are S3's.
const (
	MaxUpload = 5 << 30            // bytes that one upload may have
	MaxLink   = 7 * 24 * time.Hour // how long a link may live
)

// Linker makes links through which their holder, without signing in, reads or writes one blob until they expire. Making a link asks
// no store, so a link to a blob that isn't there can be made: its download is refused. ErrName, ErrTerms, ErrUnavailable, the
// context's error.
type Linker interface {
	// UploadLink makes a link that stores a blob, in place of the one under that name. The store refuses another content type or
	// length than the terms'.
	UploadLink(ctx context.Context, name string, terms UploadTerms) (Link, error)
	// DownloadLink makes a link that gives a blob as a file to keep, whatever it is: never as a page to show.
	DownloadLink(ctx context.Context, name string, terms DownloadTerms) (Link, error)
}

// UploadTerms are what an upload is bound to.
type UploadTerms struct {
	Type string        // content type: 1–255 visible ASCII characters
	Size int64         // bytes, 1–MaxUpload; nothing can be signed for an empty body
	For  time.Duration // how long the link lives: 1 s–MaxLink, in whole seconds
}

// DownloadTerms are what a download tells the program that asks.
type DownloadTerms struct {
	Type string        // content type, as for an upload
	As   string        // file name offered to the person, in any script: 1–255 bytes of UTF-8; what can't be in a name is replaced
	For  time.Duration // as for an upload
}

// Link is a request that whoever holds the link sends as it is: method, address and all of Header.
type Link struct {
	Method  string
	URL     string
	Header  map[string]string
	Expires time.Time
}

// Check returns ErrTerms unless the terms are within their bounds.
func (t UploadTerms) Check() error {
	if t.Size < 1 || t.Size > MaxUpload {
		return fmt.Errorf("%w: %d bytes", ErrTerms, t.Size)
	}
	return checkTerms(t.Type, t.For)
}

// Check returns ErrTerms unless the terms are within their bounds.
func (t DownloadTerms) Check() error {
	if t.As == "" || len(t.As) > 255 {
		return fmt.Errorf("%w: a file name of %d bytes", ErrTerms, len(t.As))
	}
	return checkTerms(t.Type, t.For)
}

func checkTerms(contentType string, d time.Duration) error {
	if contentType == "" || len(contentType) > 255 {
		return fmt.Errorf("%w: a content type of %d bytes", ErrTerms, len(contentType))
	}
	for i := range len(contentType) {
		if c := contentType[i]; c < ' ' || c > '~' {
			return fmt.Errorf("%w: content type %q", ErrTerms, contentType)
		}
	}
	if d < time.Second || d > MaxLink || d%time.Second != 0 {
		return fmt.Errorf("%w: for %v", ErrTerms, d)
	}
	return nil
}

// Attachment is the Content-Disposition that says that what comes is a file to keep under a name (RFC 6266): in ASCII for programs that know no better, and in UTF-8.
func Attachment(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	plain := strings.Map(func(r rune) rune {
		if r > '~' || r == '%' {
			return '_'
		}
		return r
	}, name)
	disposition := `attachment; filename="` + plain + `"`
	if plain != name {
		disposition += "; filename*=UTF-8''" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
	}
	return disposition
}
