package embedded

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/table"
)

// message is an item of a queue.
type message struct {
	id      string
	due     time.Time // to the millisecond
	body    string
	attempt int       // how often it was delivered
	held    bool      // its last delivery is neither done nor returned
	reason  string    // why it is a dead letter
	sent    time.Time // to the millisecond; zero of one that was stored before this was kept
}

// The attributes of an item.
const (
	attributeBody    = "body"
	attributeAttempt = "attempt"
	attributeHeld    = "held"
	attributeReason  = "reason"
	attributeSent    = "sent" // milliseconds since 1970
)

// queues is where the partitions of all queues begin.
const queues = "queue#"

func partition(name string) string { return queues + name }

// QueueOf names the queue of which an item of a table is a message, and says whether it is one.
func QueueOf(key table.Key) (name string, message bool) {
	return strings.CutPrefix(key.Partition, queues)
}

// sortDigits holds milliseconds since 1970 until the year 5138.
const sortDigits = 14

// sortTime spells a moment so that the order of the texts is that of the times. It rounds up: nothing is delivered early.
func sortTime(t time.Time) string {
	return fmt.Sprintf("%0*d", sortDigits, t.Add(time.Millisecond-1).UnixMilli())
}

// dueOf is the moment in a sort key.
func dueOf(sort string) time.Time {
	ms, _ := strconv.ParseInt(sort[:min(sortDigits, len(sort))], 10, 64)
	return time.UnixMilli(ms)
}

func (m message) key(partition string) table.Key {
	return table.Key{Partition: partition, Sort: sortTime(m.due) + "#" + m.id}
}

func (m message) item(partition string) *table.Item {
	item := &table.Item{Key: m.key(partition), Attributes: table.Attributes{
		attributeBody: m.body, attributeAttempt: int64(m.attempt), attributeHeld: m.held, attributeReason: m.reason,
	}}
	if !m.sent.IsZero() {
		item.Attributes[attributeSent] = m.sent.UnixMilli()
	}
	return item
}

func parse(item table.Item) message {
	_, id, _ := strings.Cut(item.Key.Sort, "#")
	body, _ := item.Attributes[attributeBody].(string)
	attempt, _ := item.Attributes[attributeAttempt].(int64)
	held, _ := item.Attributes[attributeHeld].(bool)
	reason, _ := item.Attributes[attributeReason].(string)
	m := message{id: id, due: dueOf(item.Key.Sort), body: body, attempt: int(attempt), held: held, reason: reason}
	if sent, known := item.Attributes[attributeSent].(int64); known {
		m.sent = time.UnixMilli(sent).UTC()
	}
	return m
}

// delivery is the message as somebody gets it, without a receipt.
func (m message) delivery() queue.Delivery {
	return queue.Delivery{ID: m.id, Body: []byte(m.body), Attempt: m.attempt, Reason: m.reason, Sent: m.sent}
}

// unchanged holds while no other step was taken with the message. The key alone doesn't tell: with a clock that stands still the
// second delivery is hidden until the same moment as the first.
func (m message) unchanged() table.Condition {
	return table.AllOf(table.Equal(attributeAttempt, int64(m.attempt)), table.Equal(attributeHeld, m.held))
}

// receipt names a delivery: when its hiding ends, and its number.
func (m message) receipt() string { return sortTime(m.due) + "." + strconv.Itoa(m.attempt) }

func parseReceipt(d queue.Delivery) (message, error) {
	due, attempt, _ := strings.Cut(d.Receipt, ".")
	n, err := strconv.Atoi(attempt)
	if _, notTime := strconv.ParseUint(due, 10, 63); err != nil || notTime != nil || len(due) != sortDigits {
		return message{}, fmt.Errorf("%w: receipt %q", queue.ErrInvalid, d.Receipt)
	}
	m := message{id: d.ID, due: dueOf(due), attempt: n, held: true}
	if m.receipt() != d.Receipt { // numbers have several spellings, a delivery has one receipt
		return message{}, fmt.Errorf("%w: receipt %q", queue.ErrInvalid, d.Receipt)
	}
	return m, nil
}
