// Package office is what people who are signed in may ask the product for: each service behind the leave that it takes, decided for the
// very object that is asked for. It knows no HTTP, and keeps nothing itself.
package office

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/agenda"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/digest"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/privacy"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
)

// Config is what an Office works with.
type Config struct {
	Registry *registry.Registry
	Records  *records.Store
	People   *people.Service
	Intake   *intake.Store
	Exports  *request.Store
	Outbox   *outbox.Store
	// Agenda, Digest and Directory are what a correction takes: to whom it goes, and what it says.
	Agenda    agenda.Source
	Digest    digest.Source
	Directory *people.Directory
	// Privacy answers for the data of one person; nil where that is done elsewhere.
	Privacy *privacy.Service
	// Trail notes what people do, and what personal data they are shown, before it is.
	Trail *audit.Trail
	Blobs blob.Store
	Links blob.Linker
	// The queues that bring work to the jobs. Without a DeliverQueue no letter is sent, and all wait.
	CheckQueue, CommitQueue, ExportQueue, DeliverQueue queue.Sender
	// DeadLetters are the tasks that could not be done; nil for none.
	DeadLetters *deadletters.Service
	// Archive writes all that the product keeps; nil where no answer can be as long as that.
	Archive func(ctx context.Context, to io.Writer) error
	// Arrivals brings a file that SendFile stored to its check; nil: the store itself does, as that of AWS.
	Arrivals queue.Sender

	Programme *programme.Edition
	Reference *reference.Data
	Clock     identity.Clock
	Log       *slog.Logger
}

// Office serves whoever the context's access.Actor is. It is safe for concurrent use.
type Office struct {
	Config
	computed *computed
}

// New makes an Office.
func New(c Config) *Office {
	if c.DeadLetters == nil {
		c.DeadLetters = deadletters.New(nil)
	}
	return &Office{c, newComputed()}
}

// leave asks whether the context's actor may do something to an object, and is where that is noted in the audit trail: an act, and a view of
// personal data, before it is done, and not done where it can't be noted. id is that of the thing within the action's kind, as the parts of
// a path, where the object doesn't name it. SIGNIN_NEEDED of nobody, ACCESS_DENIED; each denial is logged, with identifiers only;
// table.ErrUnavailable.
func (o *Office) leave(ctx context.Context, do access.Action, to access.Object, id ...string) error {
	who := access.ActorOf(ctx)
	if who.Person == "" {
		return problem.New("SIGNIN_NEEDED")
	}
	event := audit.Event{Person: who.Person, Role: who.Role, Action: do, Object: named(to, id), Outcome: audit.Allowed}
	if p := access.Decide(who, do, to); p != nil {
		o.Log.WarnContext(ctx, "denied", "action", do, "person", who.Person, "role", who.Role)
		event.Outcome = audit.Denied
		if err := o.Trail.Note(ctx, event); err != nil { // it is denied all the same
			o.Log.ErrorContext(ctx, "denial not noted", "error", err)
		}
		return p
	}
	if do.Class() == access.Reading {
		return nil
	}
	return o.Trail.Note(ctx, event)
}

// named is the identifier of an object in the audit trail: what tells the thing, else of which city, donor or country it is; "" of a whole list.
func named(to access.Object, id []string) string {
	if len(id) > 0 {
		return strings.Join(id, "/")
	}
	return cmp.Or(to.City, to.Donor, to.Country)
}

// origin is how an act of the context's actor is entered in the books and records. request is the idempotency key under which it asks, ""
// for a new one; two people's keys are never the same.
func origin(ctx context.Context, request string) registry.Origin {
	person := access.ActorOf(ctx).Person
	if request != "" {
		request = person + "/" + request
	}
	return registry.Origin{Person: person, Request: request}
}

// reach asks for a list. It gives the zero object to whoever may have all of it, else whose things the actor may have of it: those of its
// own country, city or donor, or those that it asked for itself.
func (o *Office) reach(ctx context.Context, do access.Action) (access.Object, error) {
	who := access.ActorOf(ctx)
	var all access.Object
	if access.Decide(who, do, all) == nil {
		return all, o.leave(ctx, do, all)
	}
	own := who.Own()
	own.Person = who.Person
	return own, o.leave(ctx, do, own)
}
