package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
)

// funding is one run of a subcommand of the fund: its options and, once it is opened, the store.
type funding struct {
	common
	language
	format, request string
	s               *streams
	app             *app.App
	now             locale.Lang
	names           map[string]fund.Donor // by identifier, once they were read
	begun           string                // the JSON that was written already, up to a list of which this ends it; "" for none
}

// fundVerb is a subcommand of the fund.
type fundVerb struct {
	name  string
	needs []locale.Text
	acts  bool // it enters something, so that who acts has to be said
	// options declares what the verb takes beside the common options, and gives what it does with the names that were typed.
	options func(flags *pflag.FlagSet) func(ctx context.Context, f *funding, names []string) (told, error)
}

// told is what a verb has to say: as text, and as members of a JSON object. With open the exit status says that something is left to do.
type told struct {
	text   string
	object map[string]any
	open   bool
}

func fundVerbs() []fundVerb {
	return []fundVerb{
		{"balances", nil, false, fundBalances},
		{"entries", nil, false, fundEntries},
		{"post", []locale.Text{needPosted}, true, fundPost},
		{"propose", []locale.Text{needProposed}, true, fundPropose},
		{"proposals", nil, false, fundProposals},
		{"approve", []locale.Text{needProposal}, true, fundApprove},
		{"reject", []locale.Text{needProposal}, true, fundReject},
		{"reverse", []locale.Text{needEntry}, true, fundReverse},
		{"close", []locale.Text{needPeriod}, true, fundClose},
		{"verify", nil, false, fundVerify},
		{"overdue", nil, false, fundOverdue},
		{"statement", []locale.Text{needStatementVerb}, true, fundStatement},
	}
}

func (v fundVerb) called() string { return v.name }

// printFundHelp lists what can be done with the fund.
func printFundHelp(w io.Writer) {
	for _, c := range subcommands() {
		if c.name == "fund" {
			fmt.Fprintf(w, "guildhall fund %s\n    %s\n", c.usage, c.about)
		}
	}
}

// help tells what a verb takes.
func (v fundVerb) help(w io.Writer, flags *pflag.FlagSet) {
	fmt.Fprint(w, "guildhall fund ", v.name)
	for _, need := range v.needs {
		fmt.Fprint(w, " ", need.In(locale.EN))
	}
	fmt.Fprintln(w, " [options]")
	flags.PrintDefaults()
}

// runFund does something with the fund's books, or shows what stands in them.
func runFund(ctx context.Context, s *streams, args []string) (int, error) {
	f := &funding{s: s}
	said, err := f.run(ctx, args)
	if errors.Is(err, pflag.ErrHelp) {
		return NotDone, err
	}
	if f.app != nil {
		defer f.app.Close()
	}
	if err == nil {
		err = outputFailed(f.print(said))
	}
	switch {
	case err != nil:
		return NotDone, f.refuse(ctx, args, err)
	case said.open:
		return DoneWithOpen, nil
	}
	return Done, nil
}

func (f *funding) run(ctx context.Context, args []string) (told, error) {
	if asksForHelp(args) {
		printFundHelp(f.s.out)
		return told{}, pflag.ErrHelp
	}
	verb, err := chosen(f.s, "fund", fundVerbs(), args)
	if err != nil {
		return told{}, err
	}
	flags := pflag.NewFlagSet("fund "+verb.name, pflag.ContinueOnError)
	flags.Usage = func() { verb.help(f.s.out, flags) }
	do := verb.options(flags)
	if verb.acts {
		flags.StringVar(&f.request, "request", "", "an identifier of your own: the same one again does nothing a second time")
	}
	flags.StringVar(&f.format, "format", "text", "text or json")
	f.language.declare(flags)
	f.common.declare(flags)
	if err := parseOptions(f.s, flags, args[1:]); err != nil {
		return told{}, err
	}
	if verb.name == "statement" && flags.Arg(0) == "approve" {
		verb.needs = append(verb.needs, needProposal)
	}
	names, err := expect(flags, verb.needs...)
	if err != nil {
		return told{}, err
	}
	looks := verb.name == "statement" && names[0] == "list"
	if verb.acts && !looks && !flags.Changed("as") { // what takes two persons is worth nothing where neither has a name
		return told{}, missing("fund "+verb.name, needPerson)
	}
	if err := f.open(ctx, names); err != nil {
		return told{}, err
	}
	return do(ctx, f, names)
}

// open opens the store, when the options are right.
func (f *funding) open(ctx context.Context, names []string) (err error) {
	if f.now, err = f.lang(); err != nil {
		return err
	}
	switch {
	case f.format != "text" && f.format != "json":
		return notOneOf("format", f.format, "text, json")
	case len(f.request) > maxPerson:
		return longRequest()
	case slices.Contains(names, ""):
		return usage(locale.Text{EN: "a name is empty", FR: "un nom est vide", ES: "un nombre está vacío"})
	}
	if f.app, err = f.openThere(ctx, f.s, f.now); err != nil {
		return err
	}
	f.names, err = f.donors(ctx)
	return err
}

// donors are those on record, by identifier: the fund's books hold no names.
func (f *funding) donors(ctx context.Context) (map[string]fund.Donor, error) {
	var donors map[string]fund.Donor
	err := f.app.Records.Snapshot(ctx, []string{fund.RecordType, fund.InstalmentType}, func(from records.Reader) error {
		pledges, err := registry.Pledges(ctx, from)
		if err != nil {
			return err
		}
		donors, err = registry.Donors(ctx, from, f.app.Programme, f.today().Year, pledges)
		return err
	})
	return donors, err
}

func (f *funding) origin() registry.Origin {
	return registry.Origin{Request: f.request, Person: f.person}
}

func (f *funding) currency() money.Currency { return money.ISO(f.app.Programme.Fund.Currency) }

func (f *funding) today() civil.Date {
	return civil.Of(f.app.Clock(), f.app.Programme.LatestCall().Location())
}

// amount is minor units of the fund's currency for people.
func (f *funding) amount(minor int64) string {
	return money.Amount{Minor: minor, Currency: f.currency().Code}.Format(f.now)
}

// decimal is minor units of the fund's currency for programs: "1200.50".
func (f *funding) decimal(minor int64) string {
	return money.Amount{Minor: minor, Currency: f.currency().Code}.Decimal(f.currency())
}

// print writes what a verb has to say.
func (f *funding) print(said told) error {
	if f.format == "json" {
		return f.object(said.object, []any{})
	}
	_, err := io.WriteString(f.s.out, said.text)
	return err
}

// object writes a JSON object with its problems, or the end of one that was begun.
func (f *funding) object(object map[string]any, problems []any) error {
	if f.begun != "" {
		object = nil
	}
	whole := map[string]any{"problems": problems}
	maps.Copy(whole, object)
	var text bytes.Buffer
	if err := encode(&text, whole); err != nil {
		return err
	}
	if f.begun != "" {
		fmt.Fprint(f.s.out, f.begun, ",")
		text.Next(len("{"))
	}
	_, err := f.s.out.Write(text.Bytes())
	return err
}

// refuse says why something could not be done: every reason, as JSON where that was asked for, on every exit.
func (f *funding) refuse(ctx context.Context, args []string, err error) error {
	reasons := []*problem.Problem{}
	var no *registry.Refused
	if errors.As(err, &no) {
		reasons = no.Problems
	} else {
		reasons = append(reasons, f.s.problem(ctx, readable(err)))
	}
	if optionAsked(args, "format") == "json" {
		problems := make([]any, len(reasons))
		for i, p := range reasons {
			problems[i] = printedProblem{p.Code, p.Field, p.Value, p.Message(f.s.lang), p.Rule}
		}
		if err := f.object(nil, problems); err != nil {
			return outputFailed(err)
		}
	}
	for _, p := range reasons[1:] {
		f.s.tell(p)
	}
	return reasons[0]
}

// printedProblem is a reason in JSON.
type printedProblem struct {
	Code    problem.Code `json:"code"`
	Field   string       `json:"field,omitempty"`
	Value   any          `json:"value,omitempty"`
	Message string       `json:"message"`
	Rule    string       `json:"rule,omitempty"`
}
