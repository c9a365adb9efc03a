package ses

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/mail"
)

// ErrEvent is ReadEvent's for what is no event of SES about a message of ours.
var ErrEvent = errors.New("ses: not an event about a message")

// event is what the code needs of an event as SES publishes it.
type event struct {
	Type string `json:"eventType"`
	Mail struct {
		Tags      map[string][]string `json:"tags"`
		MessageID string              `json:"messageId"`
		Timestamp time.Time           `json:"timestamp"`
	} `json:"mail"`
	Bounce    struct{ BounceType string }                              `json:"bounce"`
	Complaint struct{ ComplaintFeedbackType, ComplaintSubType string } `json:"complaint"`
}

// ReadEvent reads an event that SES has told an SNS topic, as a queue has it of the topic: as it is, or in the topic's envelope. None is for
// an event that says nothing about whether the message arrived. ErrEvent, which quotes nothing of what was read: events hold addresses.
func ReadEvent(body []byte) (*mail.Event, error) {
	var envelope struct{ Type, Message string }
	if json.Unmarshal(body, &envelope) == nil && envelope.Type == "Notification" {
		body = []byte(envelope.Message)
	}
	var e event
	if json.Unmarshal(body, &e) != nil {
		return nil, fmt.Errorf("%w: no JSON of that form", ErrEvent)
	}
	if e.Type == "" {
		return nil, fmt.Errorf("%w: it says not of which type it is", ErrEvent)
	}
	what, ok := e.what()
	if !ok {
		return nil, nil
	}
	if len(e.Mail.Tags[tag]) != 1 {
		return nil, fmt.Errorf("%w: it names no message", ErrEvent)
	}
	return &mail.Event{Message: untagged(e.Mail.Tags[tag][0]), What: what, Receipt: e.Mail.MessageID, Sent: e.Mail.Timestamp.UTC()}, nil
}

// what is the event in the seam's terms. Of a bounce SES says whether it is for good; what it can't tell is taken for a passing one, and an
// automatic answer is one too. A complaint whose reader says that the message was none to complain about is none.
func (e *event) what() (mail.What, bool) {
	switch e.Type {
	case "Delivery":
		return mail.Delivered, true
	case "Bounce":
		if e.Bounce.BounceType == "Permanent" {
			return mail.Unreachable, true
		}
		return mail.Bounced, true
	case "Complaint":
		return mail.Complained, e.Complaint.ComplaintFeedbackType != "not-spam"
	case "Reject": // a message that SES has taken and found to be unfit
		return mail.Bounced, true
	}
	return "", false
}

// A tag's value has letters, digits, hyphens and underscores only, and a message's identifier dots too.
var (
	tagging   = strings.NewReplacer("_", "__", ".", "_d")
	untagging = strings.NewReplacer("__", "_", "_d", ".")
)

func tagged(id string) string { return tagging.Replace(id) }

func untagged(value string) string { return untagging.Replace(value) }
