// Package access says who may do what: from one table of actions and roles, and from whose country, city or money a thing is. It knows no
// storage and no HTTP, and not how people sign in.
package access

import (
	"context"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Role is what a person is to the network.
type Role string

// The roles.
const (
	Secretariat Role = "secretariat"
	Treasurer   Role = "treasurer"
	Commission  Role = "commission" // the National Commission of a country
	City        Role = "city"       // of one city
	Donor       Role = "donor"      // of one donor
	Auditor     Role = "auditor"    // reads everything, changes nothing
)

// Roles lists the roles, in the order of the table's columns.
var Roles = [...]Role{Secretariat, Treasurer, Commission, City, Donor, Auditor}

var roleLabels = map[Role]locale.Text{
	Secretariat: {EN: "secretariat", FR: "secrétariat", ES: "secretaría"},
	Treasurer:   {EN: "treasurer", FR: "trésorerie", ES: "tesorería"},
	Commission:  {EN: "National Commission", FR: "Commission nationale", ES: "Comisión Nacional"},
	City:        {EN: "city", FR: "ville", ES: "ciudad"},
	Donor:       {EN: "donor", FR: "donateur", ES: "donante"},
	Auditor:     {EN: "auditor", FR: "audit", ES: "auditoría"},
}

// Label is the role in words; of what is none, that it is none.
func (r Role) Label() locale.Text {
	if label, ok := roleLabels[r]; ok {
		return label
	}
	return locale.Text{EN: "none", FR: "aucun", ES: "ninguno"}
}

// Valid reports whether it is one of the roles.
func (r Role) Valid() bool { return r.column() >= 0 }

// Scoped reports whether the role is that of one country, city or donor.
func (r Role) Scoped() bool { return r == Commission || r == City || r == Donor }

func (r Role) column() int {
	for i, one := range Roles {
		if r == one {
			return i
		}
	}
	return -1
}

// Scope is whose a scoped role is: a country as ISO 3166-1 alpha-2, a city's identifier ("FR#brest") or a donor's (fund.DonorID); "" of
// every other role.
type Scope string

// Fits reports whether it can be the scope of a role: one of its form where the role has one, else none. Whether there is such a country,
// city or donor is not known here.
func (s Scope) Fits(r Role) bool {
	switch text := string(s); r {
	case Commission:
		return isCountry(text)
	case City:
		country, name, found := strings.Cut(text, separator)
		return found && isCountry(country) && isName(name)
	case Donor:
		kind, which, found := strings.Cut(text, separator)
		return found && kind != "" && which != "" && len(text) <= longestScope && !strings.ContainsFunc(text, isControl)
	default:
		return r.Valid() && s == ""
	}
}

const (
	separator    = "#"
	longestScope = 300 // bytes
)

func isCountry(text string) bool {
	return len(text) == 2 && 'A' <= text[0] && text[0] <= 'Z' && 'A' <= text[1] && text[1] <= 'Z'
}

func isName(text string) bool {
	return text != "" && len(text) <= longestScope && !strings.Contains(text, separator) && !strings.ContainsFunc(text, isControl)
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// Actor is a person who asks for something. The zero Actor is nobody, who may do nothing.
type Actor struct {
	Person  string // identifier
	Role    Role
	Scope   Scope
	Lang    locale.Lang
	Session string // identifier of the session in which the actor asks; "" outside of one
}

// Own is what the actor's scope names: lists are asked for with it, where the whole list is denied.
func (a Actor) Own() Object {
	switch {
	case !a.Scope.Fits(a.Role):
		return Object{}
	case a.Role == Commission:
		return Object{Country: string(a.Scope)}
	case a.Role == City:
		country, _, _ := strings.Cut(string(a.Scope), separator)
		return Object{Country: country, City: string(a.Scope)}
	case a.Role == Donor:
		return Object{Donor: string(a.Scope)}
	}
	return Object{}
}

// Object is what an action is about, as far as it says whose it is. The zero Object is everybody's: a whole list, or a thing of the network.
type Object struct {
	Country string // ISO 3166-1 alpha-2; "" follows from City
	City    string // identifier
	Donor   string // identifier
	Person  string // identifier: who it is about, or who asked for it
}

// country is the one that the object is of, and false where it contradicts itself.
func (o Object) country() (string, bool) {
	if o.City == "" {
		return o.Country, true
	}
	of, _, found := strings.Cut(o.City, separator)
	return of, found && (o.Country == "" || o.Country == of)
}

// Decide says whether an actor may do something to an object: nil for yes, else ACCESS_DENIED with the action as its value. What the table
// does not grant is denied, and so is everything to an actor whose scope is not one of its role.
func Decide(a Actor, do Action, to Object) *problem.Problem {
	if a.Person != "" && a.Scope.Fits(a.Role) && a.reaches(do.Grants(a.Role), to) {
		return nil
	}
	return problem.New("ACCESS_DENIED").Valued(string(do)).WithText("role", a.Role.Label())
}

func (a Actor) reaches(far Reach, o Object) bool {
	switch far {
	case All:
		return true
	case Self:
		return o.Person == a.Person
	case Own:
		return a.owns(o)
	}
	return false
}

func (a Actor) owns(o Object) bool {
	country, sound := o.country()
	switch a.Role {
	case Commission:
		return sound && country == string(a.Scope)
	case City:
		return sound && o.City == string(a.Scope)
	case Donor:
		return o.Donor == string(a.Scope)
	}
	return false
}

type actorKey struct{}

// WithActor is a context in which an actor asks.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorOf is who asks in a context; nobody, who may do nothing, where nobody was named.
func ActorOf(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}
