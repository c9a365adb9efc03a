package signed_test

import (
	"context"
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

// A link serves what it was made for, and only as it was made: whatever is changed in its query, it is refused.
func FuzzLinks(f *testing.F) {
	blobs, err := files.Open(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	ctx := f.Context()
	for _, name := range []string{"incoming/1", "incoming/2"} {
		dst, err := blobs.Create(ctx, name)
		if err != nil {
			f.Fatal(err)
		}
		if _, err := dst.Write([]byte(text)); err != nil {
			f.Fatal(err)
		}
		if _, err := dst.Commit(); err != nil {
			f.Fatal(err)
		}
	}
	now := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	links := signed.New(signed.Config{
		Blobs: blobs, Base: base, Secret: []byte(strings.Repeat("secret", 8)), Clock: func() time.Time { return now },
		Stored: func(context.Context, string) error { return nil },
	})
	link, err := links.DownloadLink(ctx, "incoming/1", blob.DownloadTerms{Type: csv, As: "a.csv", For: time.Minute})
	if err != nil {
		f.Fatal(err)
	}
	address, err := url.Parse(link.URL)
	if err != nil {
		f.Fatal(err)
	}
	made := address.Query()
	f.Add("incoming/1", address.RawQuery)
	f.Add("incoming/2", address.RawQuery)
	f.Add("incoming/../incoming/1", address.RawQuery)
	f.Add("incoming/1", address.RawQuery+"&as=b.csv")
	f.Add("incoming/1", "as=b.csv&"+address.RawQuery)
	f.Add("incoming/1", strings.ToUpper(address.RawQuery))
	f.Add("incoming/1", strings.Replace(address.RawQuery, "expires=", "expires=+", 1))
	f.Add("incoming/1", "")
	f.Fuzz(func(t *testing.T, name, query string) {
		r := httptest.NewRequest(http.MethodGet, base, http.NoBody)
		r.URL.RawQuery = query
		recorder := httptest.NewRecorder()
		err := links.Serve(recorder, r, name)
		got, _ := url.ParseQuery(query)
		same := name == "incoming/1"
		for key := range made {
			// A signature is of hexadecimal digits, whose case means nothing.
			same = same && (got.Get(key) == made.Get(key) || key == "signature" && strings.EqualFold(got.Get(key), made.Get(key)))
		}
		if same {
			if err != nil || recorder.Body.String() != text {
				t.Errorf("%q?%q is answered %v", name, query, err)
			}
			return
		}
		if p, ok := err.(*problem.Problem); !ok || p.Code != "LINK_INVALID" || recorder.Body.Len() > 0 {
			t.Errorf("%q?%q is answered %v and %q", name, query, err, recorder.Body)
		}
	})
}
