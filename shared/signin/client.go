package signin

import "net/http"

// maxAnswer is the bytes of what the issuer answers: metadata, keys and tokens are a few thousand.
const maxAnswer = 1 << 20

// careful is a client that takes a code, and the client's secret, to no other place than the one that it was meant for, and reads no
// answer without end.
func careful(client *http.Client) *http.Client {
	c := *client
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.Transport = bounded{c.Transport}
	return &c
}

type bounded struct{ next http.RoundTripper } // nil: the default one

// RoundTrip implements http.RoundTripper.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	next := b.next
	if next == nil {
		next = http.DefaultTransport
	}
	got, err := next.RoundTrip(r)
	if err == nil {
		got.Body = http.MaxBytesReader(nil, got.Body, maxAnswer)
	}
	return got, err
}
