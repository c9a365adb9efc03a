// Package sdkhttp sends the requests of the AWS SDK so that answers aren't lost at home. It knows none of the services.
package sdkhttp

import (
	"io"
	"net/http"
)

// Sender sends a request and gives its answer, as an http.Client does.
type Sender interface {
	Do(r *http.Request) (*http.Response, error)
}

// Whole gives each request over with a body that can be read and closed, and nothing else. The body that smithy-go gives a request is
// closed when the answer begins, and from then on its WriteTo reports io.EOF as an error. The http package, which looks once more whether
// a body has ended, takes that for a failed request and closes the connection under the answer, if its goroutine comes to look only then,
// as on a busy machine. What was asked for is done by then, and the SDK asks again.
type Whole struct{ Sender Sender }

// Do implements Sender, and aws.HTTPClient.
func (w Whole) Do(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		r.Body = struct{ io.ReadCloser }{r.Body}
	}
	return w.Sender.Do(r)
}
