package sdkhttp_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/learning-cities/guildhall/shared/sdkhttp"
)

// ended is a body as smithy-go makes them, closed already: Read says that it has ended, and WriteTo fails.
type ended struct{ io.Reader }

func (ended) Close() error                     { return nil }
func (ended) WriteTo(io.Writer) (int64, error) { return 0, io.ErrUnexpectedEOF }

func TestABodyThatEndsInItsOwnWayIsReadAndTheAnswerArrives(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(w, r.Body)
	}))
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, ended{bytes.NewReader([]byte("sheet"))})
	if err != nil {
		t.Fatal(err)
	}
	request.ContentLength = int64(len("sheet"))
	answer, err := sdkhttp.Whole{Sender: server.Client()}.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || string(text) != "sheet" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestARequestWithoutABodyHasNone(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := sdkhttp.Whole{Sender: server.Client()}.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if request.Body != nil {
		t.Error("a body was made")
	}
}
