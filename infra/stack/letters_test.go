package stack

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"

	"github.com/learning-cities/guildhall/infra/ministack"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
)

// mailParameters are those of the template by which letters are sent; the identity is one that the account has.
func mailParameters() []string {
	return []string{
		"Sender=letters@guildhall.example", "SenderIdentity=arn:aws:ses:" + ministack.Region + ":000000000000:identity/guildhall.example",
	}
}

// What is due is made when the rule wakes the function, its letters leave through SES, and what SES tells of them is on record: each step
// with the permissions that the template gives.
func TestLettersLeaveTheDeployedStackAndWhatBecomesOfThemIsNoted(t *testing.T) {
	d := deploy(t, func(template string) string { // whose rule is waited for
		before, after, ok := strings.Cut(template, "cron(0 * * * ? *)")
		if !ok {
			t.Fatal("the template has no rule of each full hour")
		}
		return before + "rate(1 minute)" + after
	})
	d.invite(t)
	cfg := aws.Config{Region: ministack.Region, BaseEndpoint: &d.server.Endpoint, Credentials: account, HTTPClient: d.client}
	mailboxes := sesv2.NewFromConfig(cfg)
	for _, domain := range []string{"guildhall.example", strings.SplitN(first(), "@", 2)[1]} {
		if _, err := mailboxes.CreateEmailIdentity(t.Context(), &sesv2.CreateEmailIdentityInput{EmailIdentity: &domain}); err != nil {
			t.Fatal(err)
		}
	}
	clock := identity.System()
	ids := identity.NewIDs(clock, nil)
	records := dynamo.New(dynamo.Client(cfg), d.output(t, "RecordsTable"), table.Config{Clock: clock}, dynamo.Options{})
	kept := outbox.New(records, clock, ids)

	begin(t, kept, records, clock().AddDate(0, 0, -40)) // there is a month's end in it, and days to make up for it
	var letters []outbox.Mail
	until(t, "letters are sent", func() bool {
		entries, _, err := kept.Entries(t.Context(), outbox.Filter{}, "", 100)
		if err != nil {
			t.Fatal(err)
		}
		letters = nil
		for _, e := range entries {
			mails, err := kept.Mails(t.Context(), e.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range mails {
				if m.State == outbox.Sent && m.Receipt != "" {
					letters = append(letters, m)
				}
			}
		}
		return len(letters) > 0
	})

	l := letters[0].Letter
	d.publish(t, `{"eventType": "Bounce", "bounce": {"bounceType": "Permanent", "bounceSubType": "General"}, "mail": {"timestamp": "`+
		clock().UTC().Format(time.RFC3339)+`", "messageId": "x", "tags": {"letter": ["`+strings.ReplaceAll(strings.ReplaceAll(l.String(), "_", "__"), ".", "_d")+`"]}}}`)
	until(t, "the letter is on record as come back", func() bool {
		m, err := kept.Mail(t.Context(), l)
		if err != nil {
			t.Fatal(err)
		}
		return m.State == outbox.Returned
	})
	on := people.NewDirectory(records, clock, ids)
	until(t, "the mailbox is on record as failing", func() bool {
		p, err := on.Person(t.Context(), l.Person)
		if err != nil {
			t.Fatal(err)
		}
		return p.Mailbox.Failing()
	})
	for _, queue := range []string{"DeliverDeadLettersAddress", "BounceDeadLettersAddress"} {
		if left := d.waiting(t, queue); left != "0+0+0" {
			t.Errorf("%s: %s", queue, left)
		}
	}
	d.nothingRefused(t)
}

// begin has everything from a moment on be due, also where a tick was there before.
func begin(t *testing.T, kept *outbox.Store, records table.Table, from time.Time) {
	t.Helper()
	until(t, "the mark is at "+from.String(), func() bool {
		mark, err := kept.Advance(t.Context(), from)
		if err == nil && !mark.Equal(from.UTC()) {
			err = records.Write(t.Context(), table.Write{Delete: table.Key{Partition: "summary_mark", Sort: "mark"}})
		}
		if err != nil {
			t.Fatal(err)
		}
		return mark.Equal(from.UTC())
	})
}

// publish tells the topic something, as SES does.
func (d *deployment) publish(t *testing.T, message string) {
	t.Helper()
	form := url.Values{"Action": {"Publish"}, "Version": {"2010-03-31"}, "TopicArn": {d.output(t, "MailTopicAddress")}, "Message": {message}}.Encode()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.server.Endpoint+"/", strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	keys, err := account.Retrieve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256([]byte(form))
	if err := v4.NewSigner().SignHTTP(t.Context(), keys, request, hex.EncodeToString(hash[:]), "sns", ministack.Region, time.Now()); err != nil {
		t.Fatal(err)
	}
	if status, said := d.do(t, request); status != http.StatusOK {
		t.Fatalf("the topic answers %d %s", status, said)
	}
}
