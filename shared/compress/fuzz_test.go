package compress_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/compress"
)

// Whatever a request accepts, it gets what is answered: as it is, or compressed where it names the compression or takes all.
func FuzzAcceptedEncodings(f *testing.F) {
	for _, accept := range []string{"gzip", "gzip;q=0", "*", "*;q=0, gzip;q=0.5", "x-gzip", "GZIP; Q=1", "gzip;q=NaN", "gzip;q=-1", ",,", "br, gzip;q=1e-400", "identity"} {
		f.Add(accept, `"v1"`)
		f.Add(accept, `"v1+gzip", W/"x`)
	}
	body := strings.Repeat("what is answered. ", 200)
	f.Fuzz(func(t *testing.T, accept, known string) {
		next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			w.Header().Set("ETag", `"v1"`)
			if strings.Contains(r.Header.Get("If-None-Match"), "+gzip\"") {
				t.Errorf("%q comes through as %q", known, r.Header.Get("If-None-Match"))
			}
			_, _ = io.WriteString(w, body)
		})
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.Header["Accept-Encoding"], r.Header["If-None-Match"] = []string{accept}, []string{known}
		recorder := httptest.NewRecorder()
		compress.Handler(next).ServeHTTP(recorder, r)
		got := io.Reader(recorder.Body)
		if encoding := recorder.Header().Get("Content-Encoding"); encoding != "" {
			if lower := strings.ToLower(accept); encoding != "gzip" || !strings.Contains(lower, "gzip") && !strings.Contains(lower, "*") {
				t.Fatalf("%q is answered in %q", accept, encoding)
			}
			unpacked, err := gzip.NewReader(recorder.Body)
			if err != nil {
				t.Fatal(err)
			}
			got = unpacked
		}
		if text, err := io.ReadAll(got); err != nil || string(text) != body {
			t.Errorf("%q is answered %d bytes of %d (%v)", accept, len(text), len(body), err)
		}
	})
}
