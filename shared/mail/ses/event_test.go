package ses_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/mail/ses"
)

// body is the text of an event of fixtures/events as a queue brings it.
func body(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../../fixtures/events", name))
	if err != nil {
		t.Fatal(err)
	}
	var event struct{ Records []struct{ Body string } }
	if err := json.Unmarshal(text, &event); err != nil || len(event.Records) != 1 {
		t.Fatal(err, len(event.Records))
	}
	return event.Records[0].Body
}

const (
	told    = "20260331-cluster-digest-health-0a1b2c3d4e5f.1.06dq3x1k7c9r2v5m8t4z6w0y1b"
	receipt = "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000"
)

var sent = time.Date(2026, 4, 10, 6, 0, 2, 12e6, time.UTC)

func TestAnEventIsReadAsItIsAndInItsTopicsEnvelope(t *testing.T) {
	for name, want := range map[string]mail.What{
		"sqs-bounce.json": mail.Unreachable, "sqs-bounce-enveloped.json": mail.Unreachable, "sqs-complaint.json": mail.Complained,
		"sqs-delivery.json": mail.Delivered,
	} {
		event, err := ses.ReadEvent([]byte(body(t, name)))
		if err != nil || event == nil || *event != (mail.Event{Message: told, What: want, Receipt: receipt, Sent: sent}) {
			t.Errorf("%s: %+v, %v", name, event, err)
		}
	}
}

func TestAnEventSaysWhetherAMailboxWillTakeTheNextLetter(t *testing.T) {
	for text, want := range map[string]mail.What{
		`"eventType": "Bounce", "bounce": {"bounceType": "Permanent", "bounceSubType": "OnAccountSuppressionList"}`: mail.Unreachable,
		`"eventType": "Bounce", "bounce": {"bounceType": "Transient", "bounceSubType": "MailboxFull"}`:              mail.Bounced,
		`"eventType": "Bounce", "bounce": {"bounceType": "Undetermined"}`:                                           mail.Bounced,
		`"eventType": "Complaint", "complaint": {"complaintFeedbackType": "abuse"}`:                                 mail.Complained,
		`"eventType": "Complaint", "complaint": {}`:                                                                 mail.Complained,
		`"eventType": "Complaint", "complaint": {"complaintFeedbackType": "not-spam"}`:                              "",
		`"eventType": "Reject", "reject": {"reason": "Bad content"}`:                                                mail.Bounced,
		`"eventType": "Send", "send": {}`:                                                                           "",
		`"eventType": "DeliveryDelay", "deliveryDelay": {"delayType": "MailboxFull"}`:                               "",
	} {
		event, err := ses.ReadEvent([]byte("{" + text + `, "mail": {"tags": {"letter": ["a_d1_d__b"]}}}`))
		switch {
		case err != nil:
			t.Errorf("%s: %v", text, err)
		case want == "" && event != nil, want != "" && (event == nil || event.What != want || event.Message != "a.1._b"):
			t.Errorf("%s: %+v", text, event)
		}
	}
}

func TestWhatIsNoEventOfALetterIsRefusedWithoutQuotingIt(t *testing.T) {
	for _, text := range []string{
		"anna@city.example", "{}", `[]`, `{"eventType": "Bounce"}`, `{"eventType": "Bounce", "mail": {"tags": {"letter": []}}}`,
		`{"eventType": "Delivery", "mail": {"tags": {"letter": ["a", "b"]}}, "delivery": {"recipients": ["anna@city.example"]}}`,
		`{"Type": "Notification", "Message": "anna@city.example"}`,
		`{"Type": "SubscriptionConfirmation", "Message": "{\"eventType\": \"Delivery\"}"}`,
		`{"eventType": 1, "mail": "anna@city.example"}`,
	} {
		event, err := ses.ReadEvent([]byte(text))
		if !errors.Is(err, ses.ErrEvent) || event != nil || strings.Contains(err.Error(), "anna") {
			t.Errorf("%s: %+v, %v", text, event, err)
		}
	}
}

func FuzzReadEvent(f *testing.F) {
	for _, name := range []string{"sqs-bounce.json", "sqs-bounce-enveloped.json", "sqs-complaint.json", "sqs-delivery.json"} {
		f.Add([]byte(body(f, name)))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if event, err := ses.ReadEvent(text); err != nil && (event != nil || !errors.Is(err, ses.ErrEvent)) {
			t.Errorf("%+v, %v", event, err)
		}
	})
}
