package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
)

// acting are the options of the subcommands that act on a call.
type acting struct {
	common
	language
	call, request string
	now           locale.Lang
	there         bool // only where there is a store
}

func (a *acting) declare(flags *pflag.FlagSet) {
	flags.StringVar(&a.call, "call", "", "the call (default: the latest)")
	flags.StringVar(&a.request, "request", "", "an identifier of your own: the same one again does nothing a second time")
	a.language.declare(flags)
	a.common.declare(flags)
}

// open opens the store, with the call that is meant.
func (a *acting) open(ctx context.Context, s *streams) (*app.App, error) {
	var err error
	if a.now, err = a.lang(); err != nil {
		return nil, err
	}
	if len(a.request) > maxPerson {
		return nil, longRequest()
	}
	open := a.common.open
	if a.there {
		open = a.openThere
	}
	opened, err := open(ctx, s, a.now)
	if err == nil && a.call == "" {
		a.call = opened.Programme.LatestCall().ID
	}
	return opened, err
}

func longRequest() error {
	return usage(locale.Text{
		EN: "--request has more than %d bytes", FR: "--request a plus de %d octets", ES: "--request tiene más de %d bytes",
	}, maxPerson)
}

func (a *acting) origin() registry.Origin {
	return registry.Origin{Request: a.request, Person: a.person}
}

// countryOf finds a country by name or code. COUNTRY_UNKNOWN.
func countryOf(data *reference.Data, name string) (reference.Country, error) {
	if found, ok := data.Find(name); ok {
		return found, nil
	}
	p := problem.New("COUNTRY_UNKNOWN").Valued(name)
	if near, ok := data.Suggest(name); ok {
		p.Suggest(near)
	}
	return reference.Country{}, p
}

// runApplication does something to an application, as the one whose action it is.
func runApplication(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("application", pflag.ContinueOnError)
	var opts acting
	var act registry.Act
	country := flags.String("country", "", "the city's country, by name or ISO code")
	form := flags.String("form", "", "the filled-in form, as JSON (of start, edit and send)")
	flags.StringVar(&act.Reason, "reason", "", "why")
	flags.StringVar(&act.Signed, "signed", "", "who signs for the National Commission (of submit; default: who acts)")
	flags.BoolVar(&act.New, "new", false, "a city of its own, though its name resembles a known one (of start)")
	answer := flags.String("answer", "", "city:NAME=VALUE, the answer to a question about the city: the known one that is meant, or new")
	opts.declare(flags)
	names, err := parse(s, flags, args, needAction, needCity)
	if err != nil {
		return NotDone, err
	}
	meant, err := cityMeant(*answer)
	if err != nil {
		return NotDone, err
	}
	if act.New = act.New || locale.Fold(meant) == city.AnswerNew; act.New {
		meant = city.AnswerNew
	}
	act.Action = application.Action(names[0])
	switch {
	case !slices.Contains(application.Actions, act.Action):
		return NotDone, usage(locale.Text{
			EN: "there is no action %q: %s", FR: "il n'y a pas d'action %q : %s", ES: "no existe la acción %q: %s",
		}, names[0], actionNames())
	case *country == "":
		return NotDone, missing("application", locale.Same("--country"))
	}
	if act.Form, err = readForm(*form); err != nil {
		return NotDone, err
	}
	a, err := opts.open(ctx, s)
	if err != nil {
		return NotDone, err
	}
	defer a.Close()
	act.Call = opts.call
	if act.City, err = applicant(ctx, a, act, names[1], *country, meant); err != nil {
		return NotDone, err
	}
	act.Actor = application.Actor{Role: act.Action.By()}
	switch act.Actor.Role {
	case application.ByCity:
		act.Actor.City = act.City.ID
	case application.ByCommission:
		act.Actor.Country = act.City.Country
	}
	if err := opts.noted(ctx, trailOf(a), access.Action("application."+act.Action), act.Call, act.City.ID); err != nil {
		return NotDone, err
	}
	done, err := a.Registry.Do(ctx, opts.origin(), act)
	if err != nil {
		return NotDone, s.refused(err)
	}
	_, err = fmt.Fprintf(s.out, "%s: %s\n", done.Name, done.State.Label().In(opts.now))
	return Done, err
}

// cityMeant is what an answer to a question about a city says. ANSWER_INVALID.
func cityMeant(answer string) (string, error) {
	question, meant, ok := strings.Cut(answer, "=")
	if column, _, about := strings.Cut(question, ":"); answer != "" && !(ok && about && column == city.Field) {
		return "", problem.New("ANSWER_INVALID").With("answer", answer)
	}
	return meant, nil
}

// applicant is the city that an act is about, as the answer to a question says; one that is unheard of can begin.
func applicant(ctx context.Context, a *app.App, act registry.Act, name, country, answer string) (city.City, error) {
	found, err := countryOf(a.Reference, country)
	if err != nil {
		return city.City{}, err
	}
	if act.Action != application.Start {
		return a.Registry.City(ctx, name, found.ISO2, answer)
	}
	return a.Registry.NewCity(ctx, name, found.ISO2, answer)
}

// actionNames lists what can be done to an application.
func actionNames() string {
	var names []string
	for _, action := range application.Actions {
		names = append(names, string(action))
	}
	return strings.Join(names, ", ")
}

// readForm reads a form that was filled in as JSON; no file is no form.
func readForm(name string) (*application.Application, error) {
	if name == "" {
		return nil, nil
	}
	file, _, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return decodeForm(file)
}

func decodeForm(file *os.File) (*application.Application, error) {
	const most = 1 << 20 // bytes; texts of 200 words need a hundredth of it
	var form application.Application
	d := json.NewDecoder(io.LimitReader(file, most))
	d.DisallowUnknownFields()
	if err := d.Decode(&form); err != nil {
		return nil, usage(locale.Text{
			EN: "--form %q is not a form as JSON (%v)", FR: "--form %q n'est pas un formulaire en JSON (%v)",
			ES: "--form %q no es un formulario en JSON (%v)",
		}, file.Name(), err)
	}
	return &form, nil
}

// refused prints all reasons of a refusal but one, which it returns to be printed last.
func (s *streams) refused(err error) error {
	var no *registry.Refused
	if !errors.As(err, &no) {
		return err
	}
	for _, p := range no.Problems[1:] {
		s.tell(p)
	}
	return no.Problems[0]
}
