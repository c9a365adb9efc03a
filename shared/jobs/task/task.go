// Package task is what the messages of the work queues say, as JSON. Whoever asks for work needs no more than this; it doesn't know how
// the work is done.
package task

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/queue"
)

// Task is what a message asks for. It names an import, an export, a template or a letter, or none to have commits and undos recovered.
type Task struct {
	Import   string            `json:"import,omitempty"`
	Plan     string            `json:"plan,omitempty"`   // hash of the plan to commit
	Mode     intake.Mode       `json:"mode,omitempty"`   // of the commit or undo
	Person   string            `json:"person,omitempty"` // in whose name it is committed or undone, by identifier
	Step     string            `json:"step,omitempty"`   // what is to be done, where it isn't the first thing that the queue brings
	Export   string            `json:"export,omitempty"`
	Template *request.Template `json:"template,omitempty"`
	Letter   string            `json:"letter,omitempty"`  // to be sent, or of which Step tells what became; outbox.Letter.String
	Receipt  string            `json:"receipt,omitempty"` // of whoever took the letter
	Sent     time.Time         `json:"sent,omitzero"`     // when it was taken
	Tries    int               `json:"tries,omitempty"`   // how often the task was put off
}

// Check is the message that has an import checked.
func Check(id string) []byte { return Task{Import: id}.Body() }

// Commit is the message that has a plan committed in the name of a person, or of who asked for the import where that is "".
func Commit(id, plan string, mode intake.Mode, person string) []byte {
	return Task{Import: id, Plan: plan, Mode: mode, Person: person}.Body()
}

// Annotating is the step of a check in which the sender's workbook is marked.
const Annotating = "annotate"

// Undoing is the step of a message that has an import undone.
const Undoing = "undo"

// Undo is the message that has an import undone in the name of a person.
func Undo(id string, mode intake.Mode, person string) []byte {
	return Task{Import: id, Step: Undoing, Mode: mode, Person: person}.Body()
}

// Recovering is the step of a message that names no import: commits and undos that were left behind are found.
const Recovering = "recover"

// Recover is the message that has commits and undos which were left behind taken up again.
func Recover() []byte { return Task{Step: Recovering}.Body() }

// Export is the message that has a workbook made.
func Export(id string) []byte { return Task{Export: id}.Body() }

// Template is the message that has an empty workbook made.
func Template(wanted request.Template) []byte { return Task{Template: &wanted}.Body() }

// Deliver is the message that has a letter sent.
func Deliver(l outbox.Letter) []byte { return Task{Letter: l.String()}.Body() }

// DeliverWaiting sends the message for each of some letters that waits.
func DeliverWaiting(ctx context.Context, to queue.Sender, mails []outbox.Mail) error {
	for _, m := range mails {
		if m.State != outbox.Waiting {
			continue
		}
		if err := to.Send(ctx, Deliver(m.Letter), 0); err != nil {
			return err
		}
	}
	return nil
}

// Became is the task of noting what became of a letter that was sent.
func Became(letter, what, receipt string, sent time.Time) Task {
	return Task{Letter: letter, Step: what, Receipt: receipt, Sent: sent}
}

// Body is the message.
func (t Task) Body() []byte {
	text, err := json.Marshal(t)
	if err != nil { // texts and a number always have a JSON
		panic(err)
	}
	return text
}

// format is the number of the layout of messages. Those of the first have none; one of a later layout is not read as if it were of this.
const format = 1

// Read reads a message.
func Read(body []byte) (Task, error) {
	var t struct {
		Task
		Format int `json:"format"`
	}
	if err := json.Unmarshal(body, &t); err != nil {
		return Task{}, fmt.Errorf("task: %w", err)
	}
	if t.Format > format {
		return Task{}, fmt.Errorf("task: of format %d, known up to %d", t.Format, format)
	}
	if t.Tries < 0 {
		return Task{}, fmt.Errorf("task: put off %d times", t.Tries)
	}
	return t.Task, nil
}

// Afresh is a message as it was sent at first: how often it was put off is forgotten. What isn't a task of ours stays as it is.
func Afresh(body []byte) []byte {
	t, err := Read(body)
	if err != nil || t.Tries == 0 {
		return body
	}
	t.Tries = 0
	return t.Body()
}

// Attrs are what the log says of a task: names and values by turns.
func (t Task) Attrs() []any {
	var attrs []any
	for _, one := range [...][2]string{{"import", t.Import}, {"step", t.Step}, {"mode", string(t.Mode)}, {"export", t.Export}} {
		if one[1] != "" {
			attrs = append(attrs, one[0], one[1])
		}
	}
	if l, ok := outbox.ParseLetter(t.Letter); ok {
		attrs = append(attrs, "summary", l.Summary, "revision", l.Revision)
	}
	return attrs
}
