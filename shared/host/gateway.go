package host

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"
)

// Gateway answers the events of an API Gateway REST API with a handler. The libraries that do this bring a dozen web frameworks
// with them and are hardly kept; what a REST API needs is small.
func Gateway(
	handler http.Handler,
) func(context.Context, events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
	return func(ctx context.Context, event events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
		request, err := requestOf(ctx, event)
		if err != nil { // what no HTTP client can send: a test event, or a proxy's mistake
			return events.APIGatewayProxyResponse{StatusCode: http.StatusBadRequest}, nil
		}
		if deadline, ok := ctx.Deadline(); ok {
			within, cancel := context.WithDeadline(request.Context(), deadline.Add(-toAnswer))
			defer cancel()
			request = request.WithContext(within)
		}
		answer := &answerWriter{header: http.Header{}, bodiless: request.Method == http.MethodHead}
		handler.ServeHTTP(answer, request)
		return answer.response()
	}
}

// toAnswer is kept of an invocation's time for saying that what a request waited for took too long. A function that is ended says nothing.
const toAnswer = 2 * time.Second

type gatewayKey struct{}

// RequestID is API Gateway's identifier of a request that came through Gateway, else empty.
func RequestID(r *http.Request) string {
	about, _ := r.Context().Value(gatewayKey{}).(*events.APIGatewayProxyRequestContext)
	if about == nil {
		return ""
	}
	return about.RequestID
}

func requestOf(ctx context.Context, event events.APIGatewayProxyRequest) (*http.Request, error) {
	body := []byte(event.Body)
	if event.IsBase64Encoded {
		decoded, err := base64.StdEncoding.DecodeString(event.Body)
		if err != nil {
			return nil, fmt.Errorf("host: body: %w", err)
		}
		body = decoded
	}
	address := &url.URL{RawQuery: queryOf(event).Encode()}
	setPath(address, event.Path)
	ctx = context.WithValue(ctx, gatewayKey{}, &event.RequestContext)
	request, err := http.NewRequestWithContext(ctx, event.HTTPMethod, address.String(), bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("host: %w", err)
	}
	for name, value := range event.Headers {
		request.Header.Set(name, value)
	}
	for name, values := range event.MultiValueHeaders { // has all that Headers has
		request.Header[http.CanonicalHeaderKey(name)] = values
	}
	if request.Header.Get("Accept") == "" {
		// API Gateway makes bytes of an answer in base 64 by the types that are accepted, and would send the text where none is named.
		request.Header.Del("Accept-Encoding")
	}
	request.Host = request.Header.Get("Host")
	request.Header.Del("Host") // as a server of Go's has it
	if len(body) > 0 {
		request.Header.Set("Content-Length", strconv.Itoa(len(body)))
	}
	request.RequestURI = address.RequestURI()
	request.RemoteAddr = event.RequestContext.Identity.SourceIP
	return request, nil
}

// setPath takes a path as API Gateway gives it, with its escapes, or as an emulator does, decoded already: what can't be unescaped
// is taken as it is.
func setPath(address *url.URL, path string) {
	path = "/" + strings.TrimLeft(path, "/")
	if decoded, err := url.PathUnescape(path); err == nil {
		address.Path, address.RawPath = decoded, path
		return
	}
	address.Path = path
}

// queryOf is the query, whose values API Gateway has decoded.
func queryOf(event events.APIGatewayProxyRequest) url.Values {
	query := url.Values{}
	for name, value := range event.QueryStringParameters {
		query.Set(name, value)
	}
	for name, values := range event.MultiValueQueryStringParameters {
		query[name] = values
	}
	return query
}

// maxAnswer is the bytes that Lambda takes as a function's answer, less what stands around the body.
const maxAnswer = 6<<20 - 64<<10

// answerWriter keeps what a handler answers, as a server of Go's would send it.
type answerWriter struct {
	header   http.Header
	sent     http.Header // as it stood when the answer began
	status   int
	body     bytes.Buffer
	bodiless bool // only its header is sent
}

// Header implements http.ResponseWriter.
func (w *answerWriter) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter.
func (w *answerWriter) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK { // informational answers don't pass a REST API
		w.status, w.sent = status, w.header.Clone()
	}
}

// Write implements http.ResponseWriter.
func (w *answerWriter) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	if w.status == http.StatusNoContent || w.status == http.StatusNotModified {
		return 0, http.ErrBodyNotAllowed
	}
	return w.body.Write(p)
}

// response gives text as it is; what isn't text would not survive JSON and goes as base 64. An error is an answer that Lambda doesn't take:
// the function fails in a way that its log and an alarm tell, instead of one that nobody understands.
func (w *answerWriter) response() (events.APIGatewayProxyResponse, error) {
	w.WriteHeader(http.StatusOK)
	body := w.body.Bytes()
	if len(body) > 0 && w.sent["Content-Type"] == nil {
		w.sent.Set("Content-Type", http.DetectContentType(body))
	}
	if w.bodiless {
		body = nil
	}
	response := events.APIGatewayProxyResponse{StatusCode: w.status, MultiValueHeaders: w.sent}
	if utf8.Valid(body) {
		response.Body = string(body)
	} else {
		response.Body, response.IsBase64Encoded = base64.StdEncoding.EncodeToString(body), true
	}
	if len(response.Body) > maxAnswer {
		return events.APIGatewayProxyResponse{}, fmt.Errorf("host: an answer of %d bytes, Lambda takes %d", len(response.Body), maxAnswer)
	}
	return response, nil
}
