// Package ses sends messages with Amazon SES, and reads what SES tells of them afterwards. It knows nothing of what messages say.
//
// It needs the actions SendEmail and, for messages that are built outside SES, SendRawEmail.
package ses

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	"github.com/aws/smithy-go"

	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/sdkhttp"
)

// Options are how the sender speaks with SES.
type Options struct {
	ConfigurationSet string        // which has SES tell what becomes of messages; "" for none
	Patience         time.Duration // how long a message may take; 0: 15 s
}

// Sender is a mail.Sender.
type Sender struct {
	client   *sesv2.Client
	set      *string
	patience time.Duration
}

var _ mail.Sender = (*Sender)(nil)

// New makes a sender. It asks SES nothing. An HTTP client of cfg's that isn't the SDK's own stays.
func New(cfg aws.Config, o Options) *Sender {
	if o.Patience == 0 {
		o.Patience = 15 * time.Second
	}
	s := &Sender{patience: o.Patience, client: sesv2.NewFromConfig(cfg, func(c *sesv2.Options) {
		if buildable, ok := c.HTTPClient.(*awshttp.BuildableClient); ok {
			c.HTTPClient = buildable.WithTransportOptions(func(t *http.Transport) {
				// A connection that died while the function slept would be found out by a message of which nobody knows whether it left.
				t.DisableKeepAlives = true
			})
		}
		c.HTTPClient = sdkhttp.Whole{Sender: c.HTTPClient}
		c.Retryer = aws.NopRetryer{} // SES has no token by which it would know a repeated request
	})}
	if o.ConfigurationSet != "" {
		s.set = &o.ConfigurationSet
	}
	return s
}

// tag names a message among the tags of SES's events.
const tag = "letter"

// Send implements mail.Sender: the request is sent once.
func (s *Sender) Send(ctx context.Context, m mail.Message) (string, error) {
	raw, err := mail.Build(m)
	if err != nil {
		return "", err
	}
	if err := ctx.Err(); err != nil {
		return "", fmt.Errorf("%w: %v", mail.ErrLater, err)
	}
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	var begun atomic.Bool // something of the request may have left
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { begun.Store(true) }})
	out, err := s.client.SendEmail(ctx, &sesv2.SendEmailInput{
		Content:              &types.EmailContent{Raw: &types.RawMessage{Data: raw}},
		Destination:          &types.Destination{ToAddresses: []string{m.To}},
		ConfigurationSetName: s.set,
		EmailTags:            []types.MessageTag{{Name: aws.String(tag), Value: aws.String(tagged(m.ID))}},
	})
	switch {
	case err == nil:
		return aws.ToString(out.MessageId), nil
	case !begun.Load():
		return "", fmt.Errorf("%w: %w", mail.ErrLater, because(err))
	}
	return "", mailError(err)
}

// unnamed is what the SDK calls an error of an answer that names none, as SES's own all do.
const unnamed = "UnknownError"

// mailError puts what SES answers in the seam's terms. What isn't an answer of SES to this very request, or is a failure on its side, leaves
// open whether the message was taken.
func mailError(err error) error {
	var answered *awshttp.ResponseError
	var said smithy.APIError
	if !errors.As(err, &answered) || !errors.As(err, &said) || answered.HTTPStatusCode()/100 != 4 {
		return because(err)
	}
	switch code := said.ErrorCode(); {
	case code == "MessageRejected", code == "BadRequestException":
		return fmt.Errorf("%w: %w", mail.ErrRefused, because(err))
	case answered.HTTPStatusCode() == http.StatusRequestTimeout, code == "RequestTimeout", code == "RequestTimeoutException":
		return because(err)
	case code == unnamed: // of something on the way, as it may be after SES has taken the message
		return because(err)
	}
	// Too many at once, an account that may not send, a sender or configuration set that isn't there, no permission: nothing is wrong with
	// the message, and SES has not taken it.
	return fmt.Errorf("%w: %w", mail.ErrLater, because(err))
}

// because is an error without what SES or the network said in words, where the reader's address may stand.
func because(err error) error {
	var said smithy.APIError
	var ended interface{ Timeout() bool }
	switch {
	case errors.As(err, &said):
		return fmt.Errorf("ses: %s", said.ErrorCode())
	case errors.Is(err, context.Canceled):
		return errors.New("ses: broken off")
	case errors.As(err, &ended) && ended.Timeout():
		return errors.New("ses: no answer in time")
	}
	return errors.New("ses: no answer")
}
