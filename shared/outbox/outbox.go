// Package outbox keeps which reports and reminders were made, what each one said, and how the letter to each person stands. What is made and
// the letters about it are written together, once for each occasion. It knows people by identifier only, no address and no wording, and
// sends nothing itself.
package outbox

import (
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// Outcome is what came of an occasion.
type Outcome string

// The outcomes.
const (
	Written Outcome = "written" // there are letters
	Nothing Outcome = "nothing" // nothing new, and so not sent: it is kept, for the next one to be compared with
	Nobody  Outcome = "nobody"  // nobody on record is written to
	Lapsed  Outcome = "lapsed"  // a reminder whose day was over before it could be made
	// PassedOver is an occasion so long ago that it was not made up for after a standstill; it has no report.
	PassedOver Outcome = "passed_over"
)

// Entry is an occasion that was dealt with; of a corrected one, its latest revision. Lists of them go by ID, the latest day first.
type Entry struct {
	ID       string            `json:"id"`
	Occasion schedule.Occasion `json:"occasion"`
	Outcome  Outcome           `json:"outcome"`
	Revision int               `json:"revision"` // from 1; 0 of what has no report
	MadeAt   time.Time         `json:"madeAt"`   // UTC, of the revision
	By       string            `json:"by"`       // the person who had it corrected; "" for the schedule
	SHA256   string            `json:"sha256"`   // of the report's JSON
	People   int               `json:"people"`   // to whom letters go
	Posted   int               `json:"posted"`   // for how many the letter's record is written: below People only until the making is done
}

// Kept is a revision of a report as it was made, which never changes.
type Kept struct {
	Revision int              `json:"revision"`
	MadeAt   time.Time        `json:"madeAt"`
	By       string           `json:"by"`
	Report   summary.Report   `json:"report"`
	Changes  []summary.Change `json:"changes"` // of a correction: what the revision before it said otherwise
}

// State is how a letter stands.
type State string

// The states. A letter is sent once; only a person's choice has an uncertain or failed one sent again.
const (
	Waiting    State = "waiting"    // to be sent, at NotBefore
	Sending    State = "sending"    // somebody is about to send it: the intent is on record before anything leaves
	Sent       State = "sent"       // taken by whoever delivers it
	Uncertain  State = "uncertain"  // sending ended without an answer: it may have left or not
	Failed     State = "failed"     // not taken, for good or too often
	Dropped    State = "dropped"    // not to be sent any more: the person is gone, has declined such letters, or has no address that works
	Returned   State = "returned"   // sent, and came back
	Complained State = "complained" // sent, and reported as unwanted
)

// Why a letter is dropped, failed or came back, besides what whoever delivers it says.
const (
	NoAddress = "address"   // the address on record takes no letters
	Declined  = "declined"  // the person doesn't want letters of this schedule
	Gone      = "gone"      // the person is no more on record
	Corrected = "corrected" // a correction to the same person was made before it left
	Past      = "past"      // a reminder whose day was over before it left, or a letter that waited for months
	LetGo     = "let_go"    // a person decided that it isn't sent
	Refused   = "refused"   // it was not taken and never will be
	Often     = "often"     // it was not taken too often
	Broken    = "error"     // it could not be written: an error of the product, which the log has
	Bounce    = "bounce"
	Complaint = "complaint"
)

// Open reports whether something is still to be done, by the product or by a person.
func (s State) Open() bool { return s == Waiting || s == Sending || s == Uncertain || s == Failed }

// Letter names the e-mail about one revision of a report to one person.
type Letter struct {
	Summary  string `json:"summary"`  // Entry.ID
	Revision int    `json:"revision"` // from 1
	Person   string `json:"person"`   // identifier
}

// ParseLetter reads a letter's name as String writes it; false for any other text.
func ParseLetter(name string) (Letter, bool) {
	parts := strings.Split(name, ".")
	if len(parts) != 3 {
		return Letter{}, false
	}
	revision, err := strconv.Atoi(parts[1])
	l := Letter{Summary: parts[0], Revision: revision, Person: parts[2]}
	return l, err == nil && l.valid() && l.String() == name
}

func (l Letter) valid() bool {
	return identity.WellFormed(l.Summary) && identity.WellFormed(l.Person) && l.Revision > 0 && l.Revision <= mostRevisions
}

// String is the letter's name as it travels with the e-mail: letters, digits, hyphens, underscores and dots.
func (l Letter) String() string { return l.Summary + "." + strconv.Itoa(l.Revision) + "." + l.Person }

// Mail is how a letter stands.
type Mail struct {
	Letter
	State     State     `json:"state"`
	Attempt   int       `json:"attempt"`   // how often sending was begun
	Since     time.Time `json:"since"`     // of the state, UTC
	NotBefore time.Time `json:"notBefore"` // of one that waits
	Reason    string    `json:"reason"`    // of one that is dropped, failed, returned or complained of: one of the words above
	Receipt   string    `json:"receipt"`   // of whoever took it
	By        string    `json:"by"`        // the person who had it sent again or let it go
	PutOff    int       `json:"putOff"`    // how often in a row it was not taken, since it was made or sent again
	Version   int64     `json:"version"`   // counts changes; whoever acts on it names the one that it saw
}
