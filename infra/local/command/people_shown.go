package command

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
)

// printedPerson is a person in JSON.
type printedPerson struct {
	ID        string       `json:"id"`
	Version   int64        `json:"version"`
	Email     string       `json:"email"`
	Role      access.Role  `json:"role"`
	Scope     access.Scope `json:"scope"`
	Lang      locale.Lang  `json:"lang"`
	InvitedAt time.Time    `json:"invitedAt"`
	SignedIn  bool         `json:"signedIn"` // once, and since then as one account of the issuer
}

func printedOf(p people.Person) printedPerson {
	return printedPerson{p.ID, p.Version, p.Email, p.Role, p.Scope, p.Lang, p.InvitedAt, p.Bound()}
}

// columns prints rows of cells under each other.
func columns(rows [][]string) string {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	_ = w.Flush() // into memory
	return text.String()
}

func (p *staffing) heads(texts ...locale.Text) []string {
	cells := make([]string, len(texts))
	for i, text := range texts {
		cells[i] = text.In(p.now)
	}
	return cells
}

// peopleList shows who is on record.
func peopleList(*pflag.FlagSet) func(context.Context, *staffing, []string) (string, any, error) {
	return func(ctx context.Context, p *staffing, _ []string) (string, any, error) {
		rows, list := [][]string{p.heads(headPerson, headEmail, headRole, headLang, headInvited)}, []printedPerson{}
		err := p.on.All(ctx, func(who people.Person) error {
			rows = append(rows, []string{
				who.ID, who.Email, p.roleOf(who.Role, who.Scope), string(who.Lang), who.InvitedAt.Format(time.DateOnly),
			})
			list = append(list, printedOf(who))
			return nil
		})
		return columns(rows), map[string]any{"people": list}, err
	}
}

// printedSession is a session in JSON.
type printedSession struct {
	ID      string    `json:"id"`
	Started time.Time `json:"started"`
	Seen    time.Time `json:"seen"`
	Until   time.Time `json:"until"`
}

// peopleSessions shows where a person is signed in.
func peopleSessions(*pflag.FlagSet) func(context.Context, *staffing, []string) (string, any, error) {
	return func(ctx context.Context, p *staffing, names []string) (string, any, error) {
		who, err := p.find(ctx, names[0])
		if err != nil {
			return "", nil, err
		}
		sessions, err := p.on.Sessions(ctx, who.ID)
		rows, list := [][]string{p.heads(headSession, headStarted, headSeen, headUntil)}, []printedSession{}
		for _, one := range sessions {
			rows = append(rows, []string{one.ID, moment(one.Started), moment(one.Seen), moment(one.Until)})
			list = append(list, printedSession{one.ID, one.Started, one.Seen, one.Until})
		}
		return columns(rows), map[string]any{"person": who.ID, "sessions": list}, err
	}
}

// moment is a time to the minute, UTC.
func moment(at time.Time) string { return at.UTC().Format("2006-01-02 15:04Z") }

// printedEvent is what was done, in JSON.
type printedEvent struct {
	ID      string        `json:"id"`
	At      time.Time     `json:"at"`
	By      string        `json:"by"`
	Action  access.Action `json:"action"`
	Person  string        `json:"person"`
	Session string        `json:"session"`
	Before  people.Place  `json:"before"`
	After   people.Place  `json:"after"`
	Address bool          `json:"address"` // the e-mail address was changed
}

// peopleEvents shows what was done about people in a year.
func peopleEvents(flags *pflag.FlagSet) func(context.Context, *staffing, []string) (string, any, error) {
	asked := flags.String("year", "", "the year, such as 2026 (default: this one)")
	return func(ctx context.Context, p *staffing, _ []string) (string, any, error) {
		clock, err := p.clock()
		if err != nil {
			return "", nil, err
		}
		year := clock().UTC().Year()
		if *asked != "" {
			if year, err = strconv.Atoi(*asked); err != nil || year < 1 || year > 9999 {
				return "", nil, usage(locale.Text{
					EN: "--year %q is not a year such as 2026", FR: "--year %q n'est pas une année comme 2026", ES: "--year %q no es un año como 2026",
				}, *asked)
			}
		}
		rows, list := [][]string{p.heads(headAt, headBy, headAction, headPerson, headBefore, headAfter)}, []printedEvent{}
		err = p.on.Events(ctx, year, func(e people.Event) error {
			rows = append(rows, []string{moment(e.At), e.By, string(e.Action), e.Person, p.place(e.Before), p.place(e.After)})
			list = append(list, printedEvent{e.ID, e.At, e.By, e.Action, e.Person, e.Session, e.Before, e.After, e.Address})
			return nil
		})
		return columns(rows), map[string]any{"events": list}, err
	}
}

func (p *staffing) place(at people.Place) string {
	if at == (people.Place{}) {
		return "–"
	}
	return p.roleOf(at.Role, at.Scope)
}

// The texts about people.
var (
	headPerson  = locale.Text{EN: "person", FR: "personne", ES: "persona"}
	headEmail   = locale.Text{EN: "e-mail", FR: "adresse électronique", ES: "correo"}
	headRole    = locale.Text{EN: "role", FR: "rôle", ES: "función"}
	headLang    = locale.Text{EN: "language", FR: "langue", ES: "idioma"}
	headInvited = locale.Text{EN: "invited", FR: "invitée le", ES: "invitada el"}
	headSession = locale.Text{EN: "session", FR: "session", ES: "sesión"}
	headStarted = locale.Text{EN: "started", FR: "début", ES: "inicio"}
	headSeen    = locale.Text{EN: "last used", FR: "dernier usage", ES: "último uso"}
	headUntil   = locale.Text{EN: "ends at the latest", FR: "fin au plus tard", ES: "termina a más tardar"}
	headAt      = locale.Text{EN: "when", FR: "quand", ES: "cuándo"}
	headBy      = locale.Text{EN: "by", FR: "par", ES: "por"}
	headAction  = locale.Text{EN: "what", FR: "quoi", ES: "qué"}
	headBefore  = locale.Text{EN: "before", FR: "avant", ES: "antes"}
	headAfter   = locale.Text{EN: "after", FR: "après", ES: "después"}

	textInvited = locale.Text{
		EN: "%s is on record: %s. The person can sign in with the address now.\n",
		FR: "%s est enregistrée : %s. La personne peut maintenant se connecter avec cette adresse.\n",
		ES: "%s consta: %s. La persona ya puede iniciar sesión con la dirección.\n",
	}
	textPersonChanged = locale.Text{EN: "%s is now: %s.\n", FR: "%s est maintenant : %s.\n", ES: "%s es ahora: %s.\n"}
	textRemoved       = locale.Text{
		EN: "%s is no longer on record, and is signed out.\n", FR: "%s n'est plus enregistrée et est déconnectée.\n",
		ES: "%s ya no consta y su sesión se ha cerrado.\n",
	}
	textEnded   = locale.Text{EN: "Ended for %s.\n", FR: "Terminé pour %s.\n", ES: "Terminado para %s.\n"}
	textUnbound = locale.Text{
		EN: "%s (%s) is signed out, and may sign in with another account of the same address.\n",
		FR: "%s (%s) est déconnectée et peut se connecter avec un autre compte de la même adresse.\n",
		ES: "%s (%s) ha quedado sin sesión y puede iniciarla con otra cuenta de la misma dirección.\n",
	}
)
