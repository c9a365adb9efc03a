package s3_test

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/s3"
	"github.com/learning-cities/guildhall/shared/identity"
)

const csv = "text/csv; charset=utf-8"

// send does what the holder of a link does, with a body for an upload.
func send(t *testing.T, link blob.Link, body string) (status int, answer string, header http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), link.Method, link.URL, strings.NewReader(body))
	must(t, err)
	for name, value := range link.Header {
		r.Header.Set(name, value)
	}
	got, err := http.DefaultClient.Do(r)
	must(t, err)
	defer got.Body.Close()
	content, err := io.ReadAll(got.Body)
	must(t, err)
	return got.StatusCode, string(content), got.Header
}

func TestAnUploadLinkStoresABlob(t *testing.T) {
	cfg := config(t)
	store := s3.New(cfg, bucket(t, cfg), s3.Options{})
	for _, content := range []string{"ville;montant\n", "x"} {
		link, err := store.UploadLink(t.Context(), "incoming/01", blob.UploadTerms{Type: csv, Size: int64(len(content)), For: time.Minute})
		must(t, err)
		if link.Method != http.MethodPut || link.Header["Content-Type"] != csv || len(link.Header) != 1 {
			t.Fatalf("link %+v", link)
		}
		if status, answer, _ := send(t, link, content); status != http.StatusOK {
			t.Fatalf("%d bytes: status %d: %s", len(content), status, answer)
		}
		r, err := store.Open(t.Context(), "incoming/01")
		must(t, err)
		if got := read(t, r, 0, len(content)); got != content || r.Size() != int64(len(content)) {
			t.Errorf("stored %q", got)
		}
		must(t, r.Close())
	}
}

func TestAnUploadLinkIsBoundToItsTerms(t *testing.T) {
	cfg := config(t)
	name := bucket(t, cfg)
	store := s3.New(cfg, name, s3.Options{})
	for _, c := range []struct {
		name   string
		ago    time.Duration
		change func(link *blob.Link)
		body   string
	}{
		{name: "another type", change: func(l *blob.Link) { l.Header["Content-Type"] = "text/html" }},
		{name: "no type", change: func(l *blob.Link) { delete(l.Header, "Content-Type") }},
		{name: "another blob", change: func(l *blob.Link) { l.URL = strings.Replace(l.URL, "incoming/01", "incoming/02", 1) }},
		{name: "another method", change: func(l *blob.Link) { l.Method = http.MethodGet }},
		{name: "a longer life", change: func(l *blob.Link) { l.URL = strings.Replace(l.URL, "Expires=60", "Expires=6000", 1) }},
		{name: "without the length", change: func(l *blob.Link) { l.URL = strings.Replace(l.URL, "content-length%3B", "", 1) }},
		{name: "expired", ago: 2 * time.Minute},
		{name: "longer", body: "12345"},
		{name: "shorter", body: "123"},
	} {
		signing := s3.New(cfg, name, s3.Options{Clock: identity.Fixed(time.Now().Add(-c.ago))})
		link, err := signing.UploadLink(t.Context(), "incoming/01", blob.UploadTerms{Type: csv, Size: 4, For: time.Minute})
		must(t, err)
		before := link.URL
		if c.change != nil {
			c.change(&link)
		}
		if link.URL == before && strings.HasPrefix(c.name, "another b") {
			t.Fatal("the link was not changed")
		}
		body := c.body
		if body == "" {
			body = "1234"
		}
		if status, answer, _ := send(t, link, body); status != http.StatusForbidden {
			t.Errorf("%s: status %d, %s", c.name, status, answer)
		}
		if _, err := store.Stat(t.Context(), "incoming/01"); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("%s: stored all the same, %v", c.name, err)
		}
	}
}

func TestADownloadLinkGivesAFileToKeepUnderAName(t *testing.T) {
	cfg := config(t)
	store := s3.New(cfg, bucket(t, cfg), s3.Options{})
	put(t, store, "exports/01", "PK content")
	for given, kept := range map[string]string{
		"budget.xlsx":                 "budget.xlsx",
		"Budget général – 2025.xlsx":  "Budget général – 2025.xlsx",
		"会员 ciudades.xlsx":            "会员 ciudades.xlsx",
		"100 % (bilan); v=2'.xlsx":    "100 % (bilan); v=2'.xlsx",
		"a/b\\c\"d\r\ne\u202efdp.exe": "a_b_c_d__e_fdp.exe",
	} {
		link, err := store.DownloadLink(t.Context(), "exports/01", blob.DownloadTerms{Type: "application/x-test", As: given, For: time.Minute})
		must(t, err)
		if link.Method != http.MethodGet || len(link.Header) != 0 {
			t.Errorf("link %+v", link)
		}
		status, content, header := send(t, link, "")
		if status != http.StatusOK || content != "PK content" {
			t.Fatalf("%s: status %d, %s", given, status, content)
		}
		disposition, parameters, err := mime.ParseMediaType(header.Get("Content-Disposition"))
		if err != nil || disposition != "attachment" || parameters["filename"] != kept {
			t.Errorf("%s: %s, %v", given, header.Get("Content-Disposition"), err)
		}
		if header.Get("Content-Type") != "application/x-test" || header.Get("Cache-Control") != "private, no-store" {
			t.Errorf("%s: header %v", given, header)
		}
	}
}

func TestADownloadLinkIsBoundToItsTerms(t *testing.T) {
	cfg := config(t)
	name := bucket(t, cfg)
	for _, c := range []struct {
		name     string
		ago      time.Duration
		from, to string
	}{
		{name: "another blob", from: "exports/01", to: "exports/02"},
		{name: "as a page", from: "attachment", to: "inline"},
		{name: "of another type", from: "text%2Fcsv", to: "text%2Fhtml"},
		{name: "a longer life", from: "Expires=60", to: "Expires=6000"},
		{name: "signed by another", from: "Credential=test", to: "Credential=tent"},
		{name: "expired", ago: 2 * time.Minute},
	} {
		store := s3.New(cfg, name, s3.Options{Clock: identity.Fixed(time.Now().Add(-c.ago))})
		put(t, store, "exports/01", "secret")
		put(t, store, "exports/02", "secret")
		link, err := store.DownloadLink(t.Context(), "exports/01", blob.DownloadTerms{Type: csv, As: "x.csv", For: time.Minute})
		must(t, err)
		if c.from != "" && !strings.Contains(link.URL, c.from) {
			t.Fatalf("%s: no %s in %s", c.name, c.from, link.URL)
		}
		link.URL = strings.Replace(link.URL, c.from, c.to, 1)
		if status, answer, _ := send(t, link, ""); status != http.StatusForbidden || strings.Contains(answer, "secret") {
			t.Errorf("%s: status %d, %s", c.name, status, answer)
		}
	}
}

func TestALinkToWhatIsNotThereIsMadeAndNotFound(t *testing.T) {
	cfg := config(t)
	store := s3.New(cfg, bucket(t, cfg), s3.Options{})
	link, err := store.DownloadLink(t.Context(), "exports/01", blob.DownloadTerms{Type: csv, As: "x.csv", For: time.Minute})
	must(t, err)
	if status, _, _ := send(t, link, ""); status != http.StatusNotFound {
		t.Fatalf("status %d", status)
	}
}

func TestALinkSaysWhenItEnds(t *testing.T) {
	at := time.Date(2025, time.June, 15, 12, 0, 0, 5e8, time.UTC)
	cfg := config(t)
	end := at.Add(time.Hour).Truncate(time.Second)
	cfg.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: "test", SecretAccessKey: "test", CanExpire: true, Expires: end}, nil
	})
	store := s3.New(cfg, "bucket", s3.Options{Clock: identity.Fixed(at)})
	for d, want := range map[time.Duration]time.Time{
		time.Minute:   at.Truncate(time.Second).Add(time.Minute),
		2 * time.Hour: end, // with the credentials
	} {
		link, err := store.UploadLink(t.Context(), "x", blob.UploadTerms{Type: csv, Size: 1, For: d})
		must(t, err)
		if !link.Expires.Equal(want) {
			t.Errorf("for %v: %v, want %v", d, link.Expires, want)
		}
		if address, err := url.Parse(link.URL); err != nil || address.Query().Get("X-Amz-Date") != "20250615T120000Z" {
			t.Errorf("link %s, %v", link.URL, err)
		}
	}
}

func TestTheOriginIsThatOfTheLinks(t *testing.T) {
	cfg := config(t)
	for endpoint, want := range map[string]string{
		"": "https://files.s3." + cfg.Region + ".amazonaws.com", "http://127.0.0.1:4566": "http://127.0.0.1:4566",
	} {
		cfg.BaseEndpoint = nil
		if endpoint != "" {
			cfg.BaseEndpoint = &endpoint
		}
		store := s3.New(cfg, "files", s3.Options{})
		got, err := store.Origin(t.Context())
		must(t, err)
		link, err := store.UploadLink(t.Context(), "incoming/01", blob.UploadTerms{Type: csv, Size: 1, For: time.Minute})
		must(t, err)
		if got != want || !strings.HasPrefix(link.URL, got+"/") {
			t.Errorf("%s, want %s; links are %s", got, want, link.URL)
		}
	}
}

func TestALinkIsRefusedForBadTermsAndNames(t *testing.T) {
	store := s3.New(config(t), "bucket", s3.Options{})
	ctx, end := context.WithCancel(t.Context())
	end()
	good := blob.UploadTerms{Type: csv, Size: 1, For: time.Minute}
	for _, c := range []struct {
		ctx   context.Context
		name  string
		terms blob.UploadTerms
		want  error
	}{
		{t.Context(), "../x", good, blob.ErrName},
		{t.Context(), "x", blob.UploadTerms{Type: csv, Size: 1}, blob.ErrTerms},
		{ctx, "x", good, context.Canceled},
	} {
		_, uploading := store.UploadLink(c.ctx, c.name, c.terms)
		_, downloading := store.DownloadLink(c.ctx, c.name, blob.DownloadTerms{Type: c.terms.Type, As: "x", For: c.terms.For})
		if !errors.Is(uploading, c.want) || !errors.Is(downloading, c.want) {
			t.Errorf("%s: %v, %v, want %v", c.name, uploading, downloading, c.want)
		}
	}
}
