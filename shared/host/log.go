package host

import (
	"context"
	"io"
	"log/slog"

	"github.com/aws/aws-lambda-go/lambdacontext"
)

// NewLog makes a function's log: one line of JSON an entry, each with the function's name and, where it is written with the context of
// an invocation, that invocation's identifier.
func NewLog(dst io.Writer, function Function, level slog.Level) *slog.Logger {
	lines := slog.NewJSONHandler(dst, &slog.HandlerOptions{Level: level})
	return slog.New(invocationHandler{lines}).With("function", string(function))
}

// invocationHandler adds the invocation's identifier.
type invocationHandler struct{ slog.Handler }

func (h invocationHandler) Handle(ctx context.Context, record slog.Record) error {
	if invocation, ok := lambdacontext.FromContext(ctx); ok && invocation.AwsRequestID != "" {
		record = record.Clone()
		record.AddAttrs(slog.String("invocation", invocation.AwsRequestID))
	}
	return h.Handler.Handle(ctx, record)
}

func (h invocationHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return invocationHandler{h.Handler.WithAttrs(attrs)}
}

func (h invocationHandler) WithGroup(name string) slog.Handler {
	return invocationHandler{h.Handler.WithGroup(name)}
}
