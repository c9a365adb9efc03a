package dynamo

import (
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// transport keeps answers from being lost at home. The body that smithy-go gives a request is closed when the answer begins, and
// from then on its WriteTo reports io.EOF as an error. The http package, which looks once more whether a body has ended, takes that
// for a failed request and closes the connection under the answer, if its goroutine comes to look only then, as on a busy machine.
type transport struct{ client aws.HTTPClient }

// Do implements aws.HTTPClient.
func (t transport) Do(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		r.Body = struct{ io.ReadCloser }{r.Body} // Read and Close only
	}
	return t.client.Do(r)
}
