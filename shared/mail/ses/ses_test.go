package ses_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/mail/mailtest"
	"github.com/learning-cities/guildhall/shared/mail/ses"
)

// service is an SES on the loopback interface.
type service struct {
	*httptest.Server
	answer http.HandlerFunc // nil: every message is taken
	mu     sync.Mutex
	taken  []asked
}

// asked is a request as SES gets it.
type asked struct {
	Content              struct{ Raw struct{ Data []byte } }
	Destination          struct{ ToAddresses []string }
	ConfigurationSetName string
	EmailTags            []struct{ Name, Value string }
}

func newService(t testing.TB, answer http.HandlerFunc) *service {
	t.Helper()
	s := &service{answer: answer}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var got asked
	if err := json.NewDecoder(r.Body).Decode(&got); err != nil || r.Method != http.MethodPost || r.URL.Path != "/v2/email/outbound-emails" {
		http.Error(w, "not a message", http.StatusNotImplemented)
		return
	}
	s.mu.Lock()
	s.taken = append(s.taken, got)
	number := len(s.taken)
	s.mu.Unlock()
	if s.answer != nil {
		s.answer(w, r)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]string{"MessageId": "taken-" + strconv.Itoa(number)})
}

func (s *service) all() []asked {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.taken)
}

func (s *service) sender(o ses.Options) *ses.Sender { return senderTo(s.URL, o) }

func senderTo(endpoint string, o ses.Options) *ses.Sender {
	return ses.New(aws.Config{
		Region: "eu-west-1", BaseEndpoint: &endpoint, Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	}, o)
}

func TestConformance(t *testing.T) {
	mailtest.Run(t, func(t testing.TB) mailtest.Post {
		service := newService(t, nil)
		return mailtest.Post{Sender: service.sender(ses.Options{}), Taken: func(testing.TB) [][]byte {
			var raw [][]byte
			for _, one := range service.all() {
				raw = append(raw, one.Content.Raw.Data)
			}
			return raw
		}}
	})
}

var letter = mail.Message{
	ID: "20260331-cluster_digest-0a1b2c3d4e5f.1.06dq3x1k7c9r2v5m8t4z6w0y1b", From: "Guildhall <letters@guildhall.example>", To: "anna@city.example",
	Subject: "Report", Text: "Nothing new.\n", HTML: "<p>Nothing new.</p>", Lang: "en", Date: time.Date(2026, 4, 10, 6, 0, 0, 0, time.UTC),
}

func TestALetterGoesToItsReaderAloneWithTheNameThatEventsTell(t *testing.T) {
	service := newService(t, nil)
	receipt, err := service.sender(ses.Options{ConfigurationSet: "guildhall-mail"}).Send(t.Context(), letter)
	if err != nil || receipt != "taken-1" {
		t.Fatalf("%q, %v", receipt, err)
	}
	got := service.all()[0]
	if !slices.Equal(got.Destination.ToAddresses, []string{"anna@city.example"}) || got.ConfigurationSetName != "guildhall-mail" {
		t.Errorf("sent to %v through %q", got.Destination.ToAddresses, got.ConfigurationSetName)
	}
	if len(got.EmailTags) != 1 || strings.Trim(got.EmailTags[0].Value, letters) != "" || len(got.EmailTags[0].Value) > 256 {
		t.Fatalf("SES takes no such tags: %+v", got.EmailTags)
	}
	told := `{"eventType": "Delivery", "mail": {"tags": {"` + got.EmailTags[0].Name + `": ["` + got.EmailTags[0].Value + `"]}}}`
	if event, err := ses.ReadEvent([]byte(told)); err != nil || event.Message != letter.ID {
		t.Errorf("the event names %+v, %v", event, err)
	}
}

// letters are what a tag's value may have, as SES says.
const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

// refuses answers as SES does, with words that hold the reader's address.
func refuses(status int, code string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Amzn-Errortype", code)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"message": "not to anna@city.example"}`)
	}
}

// hangsUp breaks the connection off when the request has come.
func hangsUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func TestWhatSESAnswersIsToldInTheSeamsTermsAndEachLetterIsSentOnce(t *testing.T) {
	unknown := errors.New("nobody knows")
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   error
	}{
		"too many":             {refuses(429, "TooManyRequestsException"), mail.ErrLater},
		"throttled":            {refuses(400, "ThrottlingException"), mail.ErrLater},
		"the day's last":       {refuses(400, "LimitExceededException"), mail.ErrLater},
		"suspended":            {refuses(400, "AccountSuspendedException"), mail.ErrLater},
		"paused":               {refuses(400, "SendingPausedException"), mail.ErrLater},
		"sender not verified":  {refuses(400, "MailFromDomainNotVerifiedException"), mail.ErrLater},
		"no such set":          {refuses(404, "NotFoundException"), mail.ErrLater},
		"no permission":        {refuses(403, "AccessDeniedException"), mail.ErrLater},
		"rejected":             {refuses(400, "MessageRejected"), mail.ErrRefused},
		"malformed":            {refuses(400, "BadRequestException"), mail.ErrRefused},
		"it came too slowly":   {refuses(408, "RequestTimeoutException"), unknown},
		"too slow on the way":  {refuses(408, ""), unknown},
		"ended on the way":     {refuses(499, ""), unknown},
		"broken":               {refuses(500, "InternalServiceErrorException"), unknown},
		"unavailable":          {refuses(503, "ServiceUnavailable"), unknown},
		"the connection ended": {hangsUp, unknown},
		"not an answer":        {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{") }, unknown},
	} {
		t.Run(name, func(t *testing.T) {
			service := newService(t, test.answer)
			receipt, err := service.sender(ses.Options{}).Send(t.Context(), letter)
			if err == nil || receipt != "" {
				t.Fatalf("answered %q, %v", receipt, err)
			}
			for _, known := range []error{mail.ErrLater, mail.ErrRefused, mail.ErrInvalid} {
				if errors.Is(err, known) != (test.want == known) {
					t.Errorf("answered %v", err)
				}
			}
			if strings.Contains(err.Error(), letter.To) {
				t.Errorf("the error names the reader: %v", err)
			}
			if n := len(service.all()); n != 1 {
				t.Errorf("the request was sent %d times", n)
			}
		})
	}
}

func TestALetterThatMetNobodyWasNotTaken(t *testing.T) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	if receipt, err := senderTo(nobody, ses.Options{}).Send(t.Context(), letter); !errors.Is(err, mail.ErrLater) || receipt != "" {
		t.Errorf("answered %q, %v", receipt, err)
	}
	service := newService(t, nil)
	keyless := ses.New(aws.Config{Region: "eu-west-1", BaseEndpoint: &service.URL, Credentials: aws.CredentialsProviderFunc(
		func(context.Context) (aws.Credentials, error) { return aws.Credentials{}, errors.New("no keys") },
	)}, ses.Options{})
	if receipt, err := keyless.Send(t.Context(), letter); !errors.Is(err, mail.ErrLater) || receipt != "" || len(service.all()) > 0 {
		t.Errorf("without keys: answered %q, %v", receipt, err)
	}
}

func TestNobodyKnowsOfALetterWhoseAnswerDoesNotCome(t *testing.T) {
	until, came := make(chan struct{}), make(chan struct{}, 2)
	service := newService(t, func(http.ResponseWriter, *http.Request) {
		came <- struct{}{}
		<-until
	})
	defer close(until)
	for name, end := range map[string]func() (string, error){
		"its patience ends": func() (string, error) {
			receipt, err := service.sender(ses.Options{Patience: 50 * time.Millisecond}).Send(t.Context(), letter)
			<-came
			return receipt, err
		},
		"the caller breaks it off": func() (string, error) {
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				<-came
				cancel()
			}()
			return service.sender(ses.Options{}).Send(ctx, letter)
		},
	} {
		_, err := end()
		if err == nil || errors.Is(err, mail.ErrLater) || errors.Is(err, mail.ErrRefused) || errors.Is(err, mail.ErrInvalid) {
			t.Errorf("%s: answered %v", name, err)
		}
	}
}

// A connection that died meanwhile must not be found out by a message.
func TestEachLetterHasAConnectionOfItsOwn(t *testing.T) {
	var mu sync.Mutex
	from := map[string]bool{}
	service := newService(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		from[r.RemoteAddr] = true
		_, _ = io.WriteString(w, `{"MessageId": "x"}`)
	})
	sender := service.sender(ses.Options{})
	for range 3 {
		if _, err := sender.Send(t.Context(), letter); err != nil {
			t.Fatal(err)
		}
	}
	if len(from) != 3 {
		t.Errorf("three letters came by %d connections", len(from))
	}
}
