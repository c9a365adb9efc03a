// Package compress sends the answers of a handler compressed to whoever asks for that, where it pays. It knows nothing of what they say.
package compress

import (
	"compress/gzip"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// least is the bytes from which an answer is compressed: a shorter one fits into one packet as it is. It also keeps answers alone that hold
// little more than a session's token, from whose compressed size one could guess.
const least = 1400

// suffix marks the entity tag of a compressed answer, which is another representation than the plain one (RFC 9110, 8.8.3.3).
const suffix = `+gzip"`

// Handler compresses (gzip) what next answers as JSON or text. Entity tags in If-Match and If-None-Match come to next as it gave them.
func Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		c := &writer{ResponseWriter: w, known: r.Header.Get("If-None-Match")}
		c.wanted = r.Method != http.MethodHead && accepts(r.Header.Values("Accept-Encoding"))
		for _, name := range []string{"If-Match", "If-None-Match"} {
			if tags := r.Header.Get(name); strings.Contains(tags, suffix) {
				r = r.Clone(r.Context())
				r.Header.Set(name, strings.ReplaceAll(tags, suffix, `"`))
			}
		}
		next.ServeHTTP(c, r)
		c.end()
	})
}

// accepts reports whether the Accept-Encoding of a request has gzip among what it takes.
func accepts(fields []string) bool {
	all, named := false, false
	for part := range strings.SplitSeq(strings.Join(fields, ","), ",") {
		name, parameters, _ := strings.Cut(part, ";")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "gzip", "x-gzip":
			if !weighs(parameters) {
				return false
			}
			named = true
		case "*":
			all = weighs(parameters)
		}
	}
	return named || all
}

// weighs reports whether parameters such as "q=0.5" leave something to be wished for.
func weighs(parameters string) bool {
	name, value, _ := strings.Cut(strings.TrimSpace(parameters), "=")
	if !strings.EqualFold(strings.TrimSpace(name), "q") {
		return true
	}
	weight, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	return err == nil && weight > 0
}

// pays reports whether content of a type gets shorter.
func pays(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && (strings.HasPrefix(kind, "text/") || kind == "application/json" || strings.HasSuffix(kind, "+json") ||
		strings.HasSuffix(kind, "+xml"))
}

// writer holds an answer back until it is long enough to be compressed, or at its end.
type writer struct {
	http.ResponseWriter
	wanted bool
	known  string // the entity tags that the request knows
	status int
	begun  bool // the header is sent
	held   []byte
	packed *gzip.Writer // nil: plain
}

var packers = sync.Pool{New: func() any {
	packer, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // an error is for levels that there aren't
	return packer
}}

// WriteHeader implements http.ResponseWriter.
func (w *writer) WriteHeader(status int) {
	if status < http.StatusOK { // informational: the answer is still to come
		w.ResponseWriter.WriteHeader(status)
		return
	}
	if w.status == 0 {
		w.status = status
	}
}

// Write implements http.ResponseWriter.
func (w *writer) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	switch {
	case w.packed != nil:
		return w.packed.Write(p)
	case w.begun:
		return w.ResponseWriter.Write(p)
	}
	w.held = append(w.held, p...)
	if w.eligible() && len(w.held) < least {
		return len(p), nil
	}
	return len(p), w.begin(w.eligible())
}

func (w *writer) eligible() bool {
	header := w.Header()
	return w.wanted && header.Get("Content-Encoding") == "" && header.Get("Content-Range") == "" && pays(header.Get("Content-Type"))
}

// begin sends the header and what was held back.
func (w *writer) begin(packed bool) error {
	w.begun = true
	header := w.Header()
	tag := header.Get("ETag")
	marked := strings.TrimSuffix(tag, `"`) + suffix
	strong := strings.HasPrefix(tag, `"`)
	if packed {
		header.Set("Content-Encoding", "gzip")
		header.Del("Content-Length")
	}
	if strong && (packed || w.status == http.StatusNotModified && strings.Contains(w.known, marked)) {
		header.Set("ETag", marked)
	}
	w.ResponseWriter.WriteHeader(w.status)
	held := w.held
	w.held = nil
	if len(held) == 0 {
		return nil
	}
	if !packed {
		_, err := w.ResponseWriter.Write(held)
		return err
	}
	w.packed = packers.Get().(*gzip.Writer)
	w.packed.Reset(w.ResponseWriter)
	_, err := w.packed.Write(held)
	return err
}

// end sends what is left. An error is of the connection, of which nobody is to be told any more.
func (w *writer) end() {
	if w.status == 0 {
		return // the server sends its own
	}
	if !w.begun {
		_ = w.begin(false)
	}
	if w.packed != nil {
		_ = w.packed.Close()
		packers.Put(w.packed)
	}
}

// Unwrap lets a handler set the connection's deadlines.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }
