package compress_test

import (
	"compress/gzip"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/compress"
)

// answering gives a handler that answers a text of a type, in pieces.
func answering(contentType, text string, header http.Header) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		for name, values := range header {
			w.Header()[name] = values
		}
		for piece := range slices.Chunk([]byte(text), 300) {
			_, _ = w.Write(piece)
		}
	})
}

func ask(h http.Handler, method string, header map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/", nil)
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	compress.Handler(h).ServeHTTP(w, r)
	return w
}

// plain is what an answer says, unpacked where it is packed.
func plain(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var from io.Reader = w.Body
	if w.Header().Get("Content-Encoding") == "gzip" {
		unpacked, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		from = unpacked
	}
	text, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	long  = strings.Repeat(`{"city": "Montréal"}`, 200)
	short = strings.Repeat("x", 1399)
	gzips = map[string]string{"Accept-Encoding": "gzip"}
)

func TestWhatIsLongAndTextIsCompressedForWhoAsksForIt(t *testing.T) {
	for name, test := range map[string]struct {
		kind, text, accepts, method string
		packed                      bool
	}{
		"JSON":                    {"application/json", long, "gzip", "GET", true},
		"a problem":               {"application/problem+json", long, "br, GZIP;q=0.5", "GET", true},
		"a page":                  {"text/html; charset=utf-8", long, "deflate, gzip", "GET", true},
		"anything goes":           {"application/json", long, "*", "GET", true},
		"an answer to a POST":     {"application/json", long, "gzip", "POST", true},
		"nobody asked":            {"application/json", long, "", "GET", false},
		"something else":          {"application/json", long, "br", "GET", false},
		"anything but gzip":       {"application/json", long, "*, gzip;q=0", "GET", false},
		"nothing goes":            {"application/json", long, "*;q=0", "GET", false},
		"a weight that is none":   {"application/json", long, "gzip;q=high", "GET", false},
		"too short":               {"application/json", short, "gzip", "GET", false},
		"packed by its kind":      {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", long, "gzip", "GET", false},
		"of no kind":              {"", long, "gzip", "GET", false},
		"the head of an answer":   {"application/json", long, "gzip", "HEAD", false},
		"just long enough":        {"application/json", short + "x", "gzip", "GET", true},
		"nothing at all":          {"application/json", "", "gzip", "GET", false},
		"a picture made of lines": {"image/svg+xml", long, "gzip", "GET", true},
	} {
		got := ask(answering(test.kind, test.text, nil), test.method, map[string]string{"Accept-Encoding": test.accepts})
		if packed := got.Header().Get("Content-Encoding") == "gzip"; packed != test.packed {
			t.Errorf("%s: compressed %v", name, packed)
		}
		if got.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: a cache would not know that answers vary: %v", name, got.Header())
		}
		if size := got.Body.Len(); test.packed && size >= len(test.text) {
			t.Errorf("%s: %d bytes became %d", name, len(test.text), size)
		}
		if said := plain(t, got); said != test.text {
			t.Errorf("%s: says %d bytes of %d", name, len(said), len(test.text))
		}
	}
}

func TestWhateverIsAnsweredComesOutAsItWas(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		content := make([]byte, random.IntN(5000))
		for i := range content {
			content[i] = byte(random.IntN(256))
		}
		if said := plain(t, ask(answering("text/plain", string(content), nil), "GET", gzips)); said != string(content) {
			t.Fatalf("%d bytes came out as %d others", len(content), len(said))
		}
	}
}

func TestStatusAndHeadersStayWhatTheyAre(t *testing.T) {
	got := ask(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", "4000")
		w.Header().Add("Set-Cookie", "a=1")
		w.Header().Add("Set-Cookie", "b=2")
		w.WriteHeader(http.StatusConflict)
		w.WriteHeader(http.StatusOK) // too late
		_, _ = io.WriteString(w, long)
	}), "GET", gzips)
	if got.Code != http.StatusConflict || got.Header().Get("Content-Length") != "" || len(got.Header().Values("Set-Cookie")) != 2 {
		t.Errorf("%d %v", got.Code, got.Header())
	}
	if got := ask(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }), "GET", gzips); got.Code != 204 {
		t.Errorf("nothing was answered with %d", got.Code)
	}
	if got := ask(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), "GET", gzips); got.Code != 200 || got.Body.Len() != 0 {
		t.Errorf("no word was answered with %d", got.Code)
	}
}

func TestWhatIsEncodedOrAPartIsLeftAlone(t *testing.T) {
	for _, header := range []http.Header{{"Content-Encoding": {"br"}}, {"Content-Range": {"bytes 0-3999/9000"}}} {
		got := ask(answering("text/plain", long, header), "GET", gzips)
		if got.Header().Get("Content-Encoding") == "gzip" || got.Body.String() != long {
			t.Errorf("%v: compressed", header)
		}
	}
}

// A cache that has both must not take one for the other, and whoever changes what it read compressed still names what was read.
func TestTheTagOfACompressedAnswerIsItsOwnAndIsKnownAgain(t *testing.T) {
	var known, match string
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		known, match = r.Header.Get("If-None-Match"), r.Header.Get("If-Match")
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("ETag", `"3.en"`)
		if known == `"3.en"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = io.WriteString(w, long)
	})
	if tag := ask(h, "GET", nil).Header().Get("ETag"); tag != `"3.en"` {
		t.Errorf("plain: %s", tag)
	}
	tag := ask(h, "GET", gzips).Header().Get("ETag")
	if tag != `"3.en+gzip"` {
		t.Errorf("compressed: %s", tag)
	}
	again := ask(h, "GET", map[string]string{"Accept-Encoding": "gzip", "If-None-Match": tag})
	if again.Code != http.StatusNotModified || again.Header().Get("ETag") != tag || again.Body.Len() != 0 {
		t.Errorf("again: %d %v", again.Code, again.Header())
	}
	if again := ask(h, "GET", map[string]string{"If-None-Match": `"3.en"`}); again.Code != 304 || again.Header().Get("ETag") != `"3.en"` {
		t.Errorf("plain again: %d %v", again.Code, again.Header())
	}
	if ask(h, "PUT", map[string]string{"If-Match": tag}); match != `"3.en"` {
		t.Errorf("a change names %s", match)
	}
	weak := ask(answering("text/plain", long, http.Header{"Etag": {`W/"3"`}}), "GET", gzips)
	if weak.Header().Get("ETag") != `W/"3"` || weak.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("a weak tag became %v", weak.Header())
	}
}
