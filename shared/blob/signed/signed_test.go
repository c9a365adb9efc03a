package signed_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/blob/signed"
	"github.com/learning-cities/guildhall/shared/problem"
)

const (
	csv  = "text/csv"
	base = "http://127.0.0.1:8080/files/"
	text = "a;b\n1;2\n"
)

// world serves links over a folder, at a time that is moved by hand.
type world struct {
	*testing.T
	now    time.Time
	blobs  blob.Store
	links  *signed.Links
	stored []string
	fails  error // what Stored answers
}

func newWorld(t *testing.T) *world {
	blobs, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := &world{T: t, now: time.Date(2026, 11, 21, 9, 0, 0, 5e8, time.UTC), blobs: blobs}
	w.links = w.with("secret")
	return w
}

func (w *world) with(secret string) *signed.Links {
	return signed.New(signed.Config{
		Blobs: w.blobs, Base: base, Secret: []byte(strings.Repeat(secret, 8)), Clock: func() time.Time { return w.now },
		Stored: func(_ context.Context, name string) error { w.stored = append(w.stored, name); return w.fails },
	})
}

func (w *world) upload() blob.Link {
	w.Helper()
	l, err := w.links.UploadLink(w.Context(), "incoming/1", blob.UploadTerms{Type: csv, Size: int64(len(text)), For: time.Minute})
	if err != nil {
		w.Fatal(err)
	}
	return l
}

func (w *world) download() blob.Link {
	w.Helper()
	l, err := w.links.DownloadLink(w.Context(), "incoming/1", blob.DownloadTerms{Type: csv, As: "réponses.csv", For: time.Minute})
	if err != nil {
		w.Fatal(err)
	}
	return l
}

// request is what the holder of a link sends.
func request(l blob.Link, body string) *http.Request {
	var content io.Reader = http.NoBody
	if body != "" {
		content = strings.NewReader(body)
	}
	r := httptest.NewRequest(l.Method, l.URL, content)
	for name, value := range l.Header {
		r.Header.Set(name, value)
	}
	return r
}

// send gives the answer, and the code of a refusal.
func (w *world) send(r *http.Request) (*httptest.ResponseRecorder, problem.Code) {
	w.Helper()
	recorder := httptest.NewRecorder()
	err := w.links.Serve(recorder, r, strings.TrimPrefix(r.URL.Path, "/files/"))
	var p *problem.Problem
	if err != nil && !errors.As(err, &p) {
		w.Fatal(err)
	}
	if p == nil {
		return recorder, ""
	}
	return recorder, p.Code
}

func TestAFileGoesInAndOutThroughItsLinks(t *testing.T) {
	w := newWorld(t)
	up := w.upload()
	if want := w.now.Truncate(time.Second).Add(time.Minute); !up.Expires.Equal(want) {
		t.Errorf("expires %v, want %v", up.Expires, want)
	}
	if answer, code := w.send(request(up, text)); answer.Code != http.StatusOK || code != "" {
		t.Fatalf("upload: %d %s", answer.Code, code)
	}
	if len(w.stored) != 1 || w.stored[0] != "incoming/1" {
		t.Errorf("told of %q", w.stored)
	}
	answer, code := w.send(request(w.download(), ""))
	if answer.Code != http.StatusOK || code != "" || answer.Body.String() != text {
		t.Fatalf("download: %d %s %q", answer.Code, code, answer.Body)
	}
	for name, want := range map[string]string{
		"Content-Type": csv, "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store",
		"Content-Disposition":     `attachment; filename="r_ponses.csv"; filename*=UTF-8''r%C3%A9ponses.csv`,
		"Content-Security-Policy": "default-src 'none'; sandbox",
	} {
		if got := answer.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestALinkThatIsUsedOtherwiseThanItWasGivenIsRefused(t *testing.T) {
	w := newWorld(t)
	if _, code := w.send(request(w.upload(), text)); code != "" {
		t.Fatal(code)
	}
	w.stored = nil
	query := func(name, value string) func(*http.Request) {
		return func(r *http.Request) {
			q := r.URL.Query()
			q.Set(name, value)
			r.URL.RawQuery = q.Encode()
		}
	}
	for name, c := range map[string]struct {
		link   blob.Link
		body   string
		change func(*http.Request)
	}{
		"an upload of another type":         {w.upload(), text, func(r *http.Request) { r.Header.Set("Content-Type", "text/html") }},
		"an upload without a type":          {w.upload(), text, func(r *http.Request) { r.Header.Del("Content-Type") }},
		"a longer upload":                   {w.upload(), text + "x", nil},
		"a shorter upload":                  {w.upload(), text[1:], nil},
		"an upload without a length":        {w.upload(), text, func(r *http.Request) { r.ContentLength = -1 }},
		"an upload by another method":       {w.upload(), text, func(r *http.Request) { r.Method = "POST" }},
		"an upload that is fetched":         {w.upload(), "", func(r *http.Request) { r.Method = "GET" }},
		"a download that is sent":           {w.download(), text, func(r *http.Request) { r.Method = "PUT"; r.Header.Set("Content-Type", csv) }},
		"an upload to another name":         {w.upload(), text, func(r *http.Request) { r.URL.Path = "/files/incoming/2" }},
		"a download of another name":        {w.download(), "", func(r *http.Request) { r.URL.Path = "/files/plans/1" }},
		"a download as a page":              {w.download(), "", query("type", "text/html")},
		"a download under another name":     {w.download(), "", query("as", "x.exe")},
		"an upload that is said to be long": {w.upload(), text + "x", query("size", "9")},
		"a link that is said to live on":    {w.download(), "", query("expires", "9999999999")},
		"a link without a signature":        {w.download(), "", query("signature", "")},
		"a signature that is none":          {w.download(), "", query("signature", "x")},
		"no query":                          {w.download(), "", func(r *http.Request) { r.URL.RawQuery = "" }},
	} {
		r := request(c.link, c.body)
		if c.change != nil {
			c.change(r)
		}
		if answer, code := w.send(r); code != "LINK_INVALID" || answer.Body.Len() > 0 {
			t.Errorf("%s: %s, %q", name, code, answer.Body)
		}
	}
	if w.stored != nil {
		t.Errorf("stored: %q", w.stored)
	}
}

func TestALinkEndsInTime(t *testing.T) {
	w := newWorld(t)
	up, down := w.upload(), w.download()
	w.now = up.Expires.Add(-time.Nanosecond)
	if _, code := w.send(request(up, text)); code != "" {
		t.Errorf("before its end: %s", code)
	}
	w.now = up.Expires
	for _, r := range []*http.Request{request(up, text), request(down, "")} {
		if _, code := w.send(r); code != "LINK_INVALID" {
			t.Errorf("%s at its end: %q", r.Method, code)
		}
	}
}

func TestALinkOfAnotherProcessIsRefused(t *testing.T) {
	w := newWorld(t)
	up := w.upload()
	w.links = w.with("other")
	if _, code := w.send(request(up, text)); code != "LINK_INVALID" {
		t.Errorf("got %q", code)
	}
}

func TestALinkToNothingIsRefused(t *testing.T) {
	w := newWorld(t)
	if _, code := w.send(request(w.download(), "")); code != "ROUTE_UNKNOWN" {
		t.Errorf("got %q", code)
	}
}

// broken is a body whose connection ends.
type broken struct{ io.Reader }

func (b broken) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func TestAnUploadThatIsCutOffStoresNothing(t *testing.T) {
	for name, body := range map[string]io.Reader{
		"by the connection": broken{strings.NewReader(text[:3])}, "by its end": strings.NewReader(text[:3]),
	} {
		w := newWorld(t)
		r := request(w.upload(), text)
		r.Body = io.NopCloser(body)
		if _, code := w.send(r); code != "BODY_INCOMPLETE" {
			t.Errorf("%s: %q", name, code)
		}
		if _, err := w.blobs.Stat(t.Context(), "incoming/1"); !errors.Is(err, blob.ErrNotFound) || w.stored != nil {
			t.Errorf("%s: %v, told of %q", name, err, w.stored)
		}
	}
}

func TestAnUploadThatNobodyCouldBeToldOfIsNotAnsweredAsDone(t *testing.T) {
	w := newWorld(t)
	w.fails = errors.New("no queue")
	recorder := httptest.NewRecorder()
	if err := w.links.Serve(recorder, request(w.upload(), text), "incoming/1"); !errors.Is(err, w.fails) || recorder.Flushed {
		t.Errorf("got %v", err)
	}
}

func TestTermsThatNoStoreTakesGiveNoLink(t *testing.T) {
	w := newWorld(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		ctx  context.Context
		name string
		size int64
		want error
	}{
		{t.Context(), "../x", 1, blob.ErrName}, {t.Context(), "x", 0, blob.ErrTerms}, {ended, "x", 1, context.Canceled},
	} {
		_, up := w.links.UploadLink(c.ctx, c.name, blob.UploadTerms{Type: csv, Size: c.size, For: time.Minute})
		_, down := w.links.DownloadLink(c.ctx, c.name, blob.DownloadTerms{Type: csv, As: strings.Repeat("x", int(c.size)), For: time.Minute})
		if !errors.Is(up, c.want) || !errors.Is(down, c.want) {
			t.Errorf("%q: %v, %v", c.name, up, down)
		}
	}
}

func TestAFileNameStandsInTheLinkOnlyAndPartsCanBeFetched(t *testing.T) {
	w := newWorld(t)
	if _, code := w.send(request(w.upload(), text)); code != "" {
		t.Fatal(code)
	}
	down := w.download()
	if u, err := url.Parse(down.URL); err != nil || u.Query().Get("as") != "réponses.csv" {
		t.Errorf("%s: %v", down.URL, err)
	}
	r := request(down, "")
	r.Header.Set("Range", "bytes=2-3")
	answer, _ := w.send(r)
	if answer.Code != http.StatusPartialContent || !bytes.Equal(answer.Body.Bytes(), []byte(text[2:4])) {
		t.Errorf("%d %q", answer.Code, answer.Body)
	}
}
