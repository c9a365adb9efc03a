package application

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
)

// State is how far a city's application to a call has come.
type State string

// The states of an application.
const (
	None      State = ""          // the city has not begun
	Draft     State = "draft"     // with the city
	Sent      State = "sent"      // with the National Commission
	Returned  State = "returned"  // with the city again, to be corrected
	Endorsed  State = "endorsed"  // with the National Commission, which has not submitted it yet
	Submitted State = "submitted" // with the secretariat
	Withdrawn State = "withdrawn"
	// Decided upon: Accepted, Deferred and Declined, as decisions have them.
)

// States lists all states.
var States = []State{None, Draft, Sent, Returned, Endorsed, Submitted, Accepted, Deferred, Declined, Withdrawn}

// Decided reports whether the secretariat has decided.
func (s State) Decided() bool { return s == Accepted || s == Deferred || s == Declined }

// Action is something that is done to an application.
type Action string

// The actions, by whom they are done.
const (
	Start    Action = "start" // by the city
	Edit     Action = "edit"
	Send     Action = "send"
	Withdraw Action = "withdraw"
	Return   Action = "return" // by the National Commission of its country
	Endorse  Action = "endorse"
	Submit   Action = "submit"
	Recall   Action = "recall" // takes a submission back, to submit another city instead
	Accept   Action = "accept" // by the secretariat
	Defer    Action = "defer"
	Decline  Action = "decline"
)

// Actions lists all actions.
var Actions = []Action{Start, Edit, Send, Withdraw, Return, Endorse, Submit, Recall, Accept, Defer, Decline}

// Role is who acts.
type Role string

// The roles.
const (
	ByCity        Role = "city"
	ByCommission  Role = "commission"
	BySecretariat Role = "secretariat"
)

// By is the role whose action it is, whoever writes it down.
func (a Action) By() Role {
	switch a {
	case Start, Edit, Send, Withdraw:
		return ByCity
	case Return, Endorse, Submit, Recall:
		return ByCommission
	default:
		return BySecretariat
	}
}

// Actor is who does something: a city acts for itself, a National Commission for the cities of its country, the secretariat for all.
type Actor struct {
	Role    Role   `json:"role"`
	City    string `json:"city"`    // identifier, when it is a city
	Country string `json:"country"` // ISO 3166-1 alpha-2, when it is a National Commission
}

// may reports whether an actor is the one whose action on a city's application it is.
func (a Actor) may(act Action, city, country string) bool {
	if a.Role != act.By() {
		return false
	}
	switch a.Role {
	case ByCity:
		return a.City == city
	case ByCommission:
		return a.Country == country
	default:
		return true
	}
}

// Event is one thing that happened to one application. Events are only ever added; the state follows from them.
type Event struct {
	City    string       `json:"city"`    // identifier, such as "FR#brest"
	Name    string       `json:"name"`    // as the city writes it
	Country string       `json:"country"` // ISO 3166-1 alpha-2
	Action  Action       `json:"action"`
	At      time.Time    `json:"at"` // decides about the deadline: of a sheet's row, the end of the day on which it was received
	Actor   Actor        `json:"actor"`
	Form    *Application `json:"form"`   // of Start, Edit and Send; nil leaves it as it is
	Reason  string       `json:"reason"` // of Return, Withdraw, Recall and decisions
	To      State        `json:"to"`     // the state that what a sheet brought leads to, whatever Transition says; "" of all else
	Source  string       `json:"source"` // the import or request that brought it
	Person  string       `json:"person"` // identifier of who wrote it down
}

// Case is one city's application to one call, with everything that happened to it.
type Case struct {
	City    string
	Name    string
	Country string
	State   State
	Form    Application
	// Counts reports whether it counts towards its country's quota (R-APP-3): from its submission on, whatever is decided, until
	// the National Commission recalls it. A city that withdraws after its submission has been submitted all the same.
	Counts  bool
	History []Event
}

// MemberFrom is the day from which an accepted application makes the city a member: that of the decision, in the call's zone (R-APP-9).
func (c Case) MemberFrom(call programme.Call) (civil.Date, bool) {
	if c.State != Accepted {
		return civil.Date{}, false
	}
	return civil.Of(c.last().At, call.Location()), true
}

// Version is a positive number that changes with whatever is done to the application, by an act or a sheet: a hash of all that is on record.
func (c Case) Version() int64 {
	text, err := json.Marshal(c)
	if err != nil {
		panic("application: " + err.Error()) // a case is texts, numbers and times of this era
	}
	sum := sha256.Sum256(text)
	return int64(binary.BigEndian.Uint64(sum[:8])>>1 | 1)
}

func (c Case) last() Event {
	if len(c.History) == 0 {
		return Event{}
	}
	return c.History[len(c.History)-1]
}

// StateOf is the state of an application whose records came in sheets; nil is what there is no record of. An endorsement in a sheet
// is a submission too: it holds one of the country's slots.
func StateOf(a *Application, e *Endorsement, d *Decision) State {
	switch {
	case d != nil:
		return State(d.Decision)
	case e != nil:
		return Submitted
	case a != nil:
		return Sent
	}
	return None
}

// Label is how messages name a state.
func (s State) Label() locale.Text { return stateLabels[s] }

var stateLabels = map[State]locale.Text{
	None:  {EN: "not begun", FR: "non commencée", ES: "no iniciada"},
	Draft: {EN: "draft", FR: "brouillon", ES: "borrador"},
	Sent: {
		EN: "sent to the National Commission",
		FR: "envoyée à la Commission nationale",
		ES: "enviada a la Comisión Nacional",
	},
	Returned:  {EN: "returned to the city", FR: "renvoyée à la ville", ES: "devuelta a la ciudad"},
	Endorsed:  {EN: "endorsed", FR: "avalisée", ES: "avalada"},
	Submitted: {EN: "submitted", FR: "présentée", ES: "presentada"},
	Accepted:  {EN: "accepted", FR: "acceptée", ES: "aceptada"},
	Deferred:  {EN: "deferred", FR: "reportée", ES: "aplazada"},
	Declined:  {EN: "declined", FR: "refusée", ES: "rechazada"},
	Withdrawn: {EN: "withdrawn", FR: "retirée", ES: "retirada"},
}

// Label is how messages name an action.
func (a Action) Label() locale.Text { return actionLabels[a] }

var actionLabels = map[Action]locale.Text{
	Start: {EN: "start an application", FR: "commencer une candidature", ES: "iniciar una solicitud"},
	Edit:  {EN: "change the application", FR: "modifier la candidature", ES: "modificar la solicitud"},
	Send: {
		EN: "send the application to the National Commission",
		FR: "envoyer la candidature à la Commission nationale",
		ES: "enviar la solicitud a la Comisión Nacional",
	},
	Withdraw: {EN: "withdraw the application", FR: "retirer la candidature", ES: "retirar la solicitud"},
	Return: {
		EN: "return the application to the city",
		FR: "renvoyer la candidature à la ville",
		ES: "devolver la solicitud a la ciudad",
	},
	Endorse: {EN: "endorse the application", FR: "avaliser la candidature", ES: "avalar la solicitud"},
	Submit: {
		EN: "submit the application to the secretariat",
		FR: "présenter la candidature au secrétariat",
		ES: "presentar la solicitud a la secretaría",
	},
	Recall: {
		EN: "recall the application from the secretariat",
		FR: "reprendre la candidature au secrétariat",
		ES: "retirar la solicitud de la secretaría",
	},
	Accept:  {EN: "accept the application", FR: "accepter la candidature", ES: "aceptar la solicitud"},
	Defer:   {EN: "defer the application", FR: "reporter la candidature", ES: "aplazar la solicitud"},
	Decline: {EN: "decline the application", FR: "refuser la candidature", ES: "rechazar la solicitud"},
}

// Label is how messages name a role.
func (r Role) Label() locale.Text { return roleLabels[r] }

var roleLabels = map[Role]locale.Text{
	ByCity: {EN: "the city itself", FR: "la ville elle-même", ES: "la propia ciudad"},
	ByCommission: {
		EN: "the National Commission of its country",
		FR: "la Commission nationale de son pays",
		ES: "la Comisión Nacional de su país",
	},
	BySecretariat: {EN: "the secretariat", FR: "le secrétariat", ES: "la secretaría"},
}
