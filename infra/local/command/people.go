package command

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
)

// staffing is one run of a subcommand about people: its options and, once it is opened, who is on record.
type staffing struct {
	common
	language
	format, request string
	s               *streams
	on              *people.Service
	begun           bool // somebody was on record before
	now             locale.Lang
}

// peopleVerb is a subcommand about people. What it did or found is printed as text or, as the value that it gives, as JSON.
type peopleVerb struct {
	name    string
	needs   []locale.Text
	does    access.Action
	options func(flags *pflag.FlagSet) func(ctx context.Context, p *staffing, names []string) (string, any, error)
}

func peopleVerbs() []peopleVerb {
	return []peopleVerb{
		{"list", nil, access.PeopleRead, peopleList},
		{"invite", []locale.Text{needEmail}, access.PeopleInvite, peopleInvite},
		{"change", []locale.Text{needSomebody}, access.PeopleChange, peopleChange},
		{"remove", []locale.Text{needSomebody}, access.PeopleRemove, peopleRemove},
		{"sessions", []locale.Text{needSomebody}, access.SessionRead, peopleSessions},
		{"end", []locale.Text{needSomebody}, access.SessionEnd, peopleEnd},
		{"unbind", []locale.Text{needSomebody}, access.PeopleChange, peopleUnbind},
		{"events", nil, access.PeopleReadEvents, peopleEvents},
	}
}

func (v peopleVerb) called() string { return v.name }

// help tells what a verb takes.
func (v peopleVerb) help(w io.Writer, flags *pflag.FlagSet) {
	fmt.Fprint(w, "guildhall people ", v.name)
	for _, need := range v.needs {
		fmt.Fprint(w, " ", need.In(locale.EN))
	}
	fmt.Fprintln(w, " [options]")
	flags.PrintDefaults()
}

// runPeople manages who may use the product, for whoever holds the data folder.
func runPeople(ctx context.Context, s *streams, args []string) (int, error) {
	verb, err := chosen(s, "people", peopleVerbs(), args)
	if err != nil {
		return NotDone, err
	}
	if err := (&staffing{s: s}).run(ctx, verb, args[1:]); err != nil {
		return NotDone, err
	}
	return Done, nil
}

func (p *staffing) run(ctx context.Context, verb peopleVerb, args []string) error {
	flags := pflag.NewFlagSet("people "+verb.name, pflag.ContinueOnError)
	flags.Usage = func() { verb.help(p.s.out, flags) }
	do := verb.options(flags)
	if verb.does.Class() == access.Acting {
		flags.StringVar(&p.request, "request", "", "an identifier of your own: the same one again does nothing a second time")
	}
	flags.StringVar(&p.format, "format", "text", "text or json")
	p.language.declare(flags)
	p.common.declare(flags)
	names, err := parse(p.s, flags, args, verb.needs...)
	if err != nil {
		return err
	}
	if p.now, err = p.lang(); err != nil {
		return err
	}
	switch {
	case p.format != "text" && p.format != "json":
		return notOneOf("format", p.format, "text, json")
	case len(p.request) > maxPerson:
		return longRequest()
	}
	open := p.openThere
	if verb.name == "invite" { // the first person is put on record before there is anything else
		open = p.open
	}
	a, err := open(ctx, p.s, p.now)
	if err != nil {
		return err
	}
	defer a.Close()
	if p.begun, err = people.Begun(ctx, a.Table); err != nil {
		return err
	}
	if p.on, _, err = a.Door(ctx); err != nil {
		return err
	}
	// Whoever holds the folder could write into it whatever there is to be written.
	ctx = access.WithActor(ctx, access.Actor{Person: p.person, Role: access.Secretariat, Lang: p.now})
	object := ""
	if len(names) > 0 && verb.name != "invite" { // an address is found here, and not noted
		if who, err := p.find(ctx, names[0]); err == nil {
			object = who.ID
		}
	}
	if err := p.noted(ctx, trailOf(a), verb.does, object); err != nil {
		return err
	}
	text, printed, err := do(ctx, p, names)
	if err != nil {
		return err
	}
	return outputFailed(printTold(p.s.out, p.format, text, printed))
}

// find is the person of an identifier or an e-mail address. PERSON_UNKNOWN.
func (p *staffing) find(ctx context.Context, name string) (people.Person, error) {
	if strings.Contains(name, "@") {
		return p.on.ByEmail(ctx, name)
	}
	return p.on.Person(ctx, name)
}

// peopleInvite puts a person on record: the first one of a store is of the secretariat.
func peopleInvite(flags *pflag.FlagSet) func(context.Context, *staffing, []string) (string, any, error) {
	role := flags.String("role", "", roleNames())
	scope := flags.String("scope", "", "whose: a country (FR), a city (FR#brest) or a donor (donor_country#KR); for the roles of one only")
	reads := flags.String("reads", "en", "the language in which the person reads: en, fr or es")
	return func(ctx context.Context, p *staffing, names []string) (string, any, error) {
		standing := people.Standing{
			Email: names[0], Role: access.Role(*role), Scope: access.Scope(*scope), Lang: locale.Lang(*reads),
		}
		if *role == "" {
			return "", nil, missing("people invite", locale.Same("--role "+roleNames()))
		}
		if p.begun {
			id, err := p.on.Invite(ctx, p.request, standing)
			if err != nil {
				return "", nil, err
			}
			return p.told(ctx, textInvited, id)
		}
		if standing.Role != access.Secretariat || standing.Scope != "" {
			return "", nil, usage(locale.Text{
				EN: "nobody is on record yet, and the first person is of the secretariat",
				FR: "personne n'est encore enregistré, et la première personne est du secrétariat",
				ES: "aún no consta nadie, y la primera persona es de la secretaría",
			})
		}
		if _, err := p.on.First(ctx, standing.Email, standing.Lang); err != nil {
			return "", nil, err
		}
		first, err := p.on.ByEmail(ctx, standing.Email)
		if err != nil {
			return "", nil, err
		}
		return p.told(ctx, textInvited, first.ID)
	}
}

func roleNames() string {
	names := make([]string, len(access.Roles))
	for i, role := range access.Roles {
		names[i] = string(role)
	}
	return strings.Join(names, "|")
}

// peopleChange changes what is on record of a person: what no option says stays as it is.
func peopleChange(flags *pflag.FlagSet) func(context.Context, *staffing, []string) (string, any, error) {
	email := flags.String("email", "", "the new e-mail address, which ends the person's sessions")
	role := flags.String("role", "", roleNames())
	scope := flags.String("scope", "", "whose: see people invite")
	reads := flags.String("reads", "", "the language in which the person reads: en, fr or es")
	return func(ctx context.Context, p *staffing, names []string) (string, any, error) {
		who, err := p.find(ctx, names[0])
		if err != nil {
			return "", nil, err
		}
		next := who.Standing
		if flags.Changed("email") {
			next.Email = *email
		}
		if flags.Changed("role") {
			next.Role = access.Role(*role)
			if !next.Role.Scoped() {
				next.Scope = ""
			}
		}
		if flags.Changed("scope") {
			next.Scope = access.Scope(*scope)
		}
		if flags.Changed("reads") {
			next.Lang = locale.Lang(*reads)
		}
		if err := p.on.Change(ctx, p.request, who.ID, 0, next); err != nil {
			return "", nil, err
		}
		return p.told(ctx, textPersonChanged, who.ID)
	}
}

// peopleRemove takes a person off the record.
func peopleRemove(*pflag.FlagSet) func(context.Context, *staffing, []string) (string, any, error) {
	return func(ctx context.Context, p *staffing, names []string) (string, any, error) {
		who, err := p.find(ctx, names[0])
		if err == nil {
			err = p.on.Remove(ctx, p.request, who.ID, 0)
		}
		return fmt.Sprintf(textRemoved.In(p.now), who.ID), map[string]string{"person": who.ID}, err
	}
}

// peopleEnd ends the sessions of a person, or one of them.
func peopleEnd(flags *pflag.FlagSet) func(context.Context, *staffing, []string) (string, any, error) {
	session := flags.String("session", "", "the one to end, as people sessions names it (default: all)")
	return func(ctx context.Context, p *staffing, names []string) (string, any, error) {
		who, err := p.find(ctx, names[0])
		switch {
		case err != nil:
		case *session != "":
			err = p.on.EndSession(ctx, p.request, who.ID, *session)
		default:
			err = p.on.EndSessions(ctx, p.request, who.ID)
		}
		return fmt.Sprintf(textEnded.In(p.now), who.ID), map[string]string{"person": who.ID}, err
	}
}

// peopleUnbind lets a person sign in as another subject of an issuer.
func peopleUnbind(*pflag.FlagSet) func(context.Context, *staffing, []string) (string, any, error) {
	return func(ctx context.Context, p *staffing, names []string) (string, any, error) {
		who, err := p.find(ctx, names[0])
		if err == nil {
			err = p.on.Unbind(ctx, p.request, who.ID)
		}
		if err != nil {
			return "", nil, err
		}
		return p.told(ctx, textUnbound, who.ID)
	}
}

// told says what a person is after something was done about it.
func (p *staffing) told(ctx context.Context, words locale.Text, id string) (string, any, error) {
	who, err := p.on.Person(ctx, id)
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf(words.In(p.now), who.ID, p.roleOf(who.Role, who.Scope)), map[string]any{"person": printedOf(who)}, nil
}

func (p *staffing) roleOf(role access.Role, scope access.Scope) string {
	if scope == "" {
		return role.Label().In(p.now)
	}
	return role.Label().In(p.now) + " " + string(scope)
}
