package command

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
)

// summarizing is one run of a subcommand about summaries, reminders and their letters: its options and, once it is opened, the store.
type summarizing struct {
	common
	language
	format string
	s      *streams
	app    *app.App
	made   *outbox.Store
	now    locale.Lang
}

// summaryVerb is a subcommand about summaries. Formats are those in which it prints, the usual one first.
type summaryVerb struct {
	name    string
	needs   []locale.Text
	formats []string
	options func(flags *pflag.FlagSet) func(ctx context.Context, p *summarizing, names []string) (told, error)
}

func summaryVerbs() []summaryVerb {
	usual := []string{"text", "json"}
	return []summaryVerb{
		{"run", nil, usual, summaryRun},
		{"list", nil, usual, summaryList},
		{"show", []locale.Text{needSummary}, []string{"text", "html", "json"}, summaryShow},
	}
}

func (v summaryVerb) called() string { return v.name }

// help tells what a verb takes.
func (v summaryVerb) help(w io.Writer, flags *pflag.FlagSet) {
	fmt.Fprint(w, "guildhall summary ", v.name)
	for _, need := range v.needs {
		fmt.Fprint(w, " ", need.In(locale.EN))
	}
	fmt.Fprintln(w, " [options]")
	flags.PrintDefaults()
}

// runSummary makes the summaries and reminders that are due, or shows what was or would be made.
func runSummary(ctx context.Context, s *streams, args []string) (int, error) {
	verb, err := chosen(s, "summary", summaryVerbs(), args)
	if err != nil {
		return NotDone, err
	}
	p := &summarizing{s: s}
	said, err := p.run(ctx, verb, args[1:])
	switch {
	case err != nil:
		return NotDone, err
	case said.open:
		return DoneWithOpen, nil
	}
	return Done, nil
}

func (p *summarizing) run(ctx context.Context, verb summaryVerb, args []string) (told, error) {
	flags := pflag.NewFlagSet("summary "+verb.name, pflag.ContinueOnError)
	flags.Usage = func() { verb.help(p.s.out, flags) }
	do := verb.options(flags)
	flags.StringVar(&p.format, "format", verb.formats[0], strings.Join(verb.formats, ", "))
	p.language.declare(flags)
	p.common.declare(flags)
	names, err := parse(p.s, flags, args, verb.needs...)
	if err != nil {
		return told{}, err
	}
	if p.now, err = p.lang(); err != nil {
		return told{}, err
	}
	if !slices.Contains(verb.formats, p.format) {
		return told{}, notOneOf("format", p.format, strings.Join(verb.formats, ", "))
	}
	if p.app, err = p.openThere(ctx, p.s, p.now); err != nil {
		return told{}, err
	}
	defer p.app.Close()
	p.made = outbox.New(p.app.Table, p.app.Clock, p.app.Parts.IDs)
	said, err := do(ctx, p, names)
	if err != nil {
		return told{}, err
	}
	return said, outputFailed(printTold(p.s.out, p.format, said.text, said.object))
}

// summaries makes what is due. Its letters wait for guildhall serve, which sends what it finds waiting.
func (p *summarizing) summaries() *jobs.Summaries {
	parts := p.app.Parts
	parts.Log = slog.New(slog.NewTextHandler(p.s.err, &slog.HandlerOptions{Level: slog.LevelError}))
	return parts.Summaries(nil)
}

// summaryRun makes what is due, or says what would be made.
func summaryRun(flags *pflag.FlagSet) func(context.Context, *summarizing, []string) (told, error) {
	dry := flags.Bool("dry-run", false, "say what would be made, and write nothing; with --at, what becomes due on that day")
	return func(ctx context.Context, p *summarizing, _ []string) (told, error) {
		mark, err := p.made.Mark(ctx)
		if err != nil {
			return told{}, err
		}
		if *dry {
			return p.preview(ctx, mark)
		}
		if p.app.Clock().After(identity.System()()) { // the mark never goes back: nothing would be due until then
			return told{}, usage(textNotYet, p.at)
		}
		var sum jobs.Tally
		for {
			t, err := p.summaries().Run(ctx, p.app.Clock())
			if err != nil {
				return told{}, err
			}
			dealt := t.Made + t.Nothing + t.Nobody + t.Lapsed + t.PassedOver
			t.Made, t.Nothing, t.Nobody = t.Made+sum.Made, t.Nothing+sum.Nothing, t.Nobody+sum.Nobody
			t.Lapsed, t.PassedOver = t.Lapsed+sum.Lapsed, t.PassedOver+sum.PassedOver
			if sum = t; t.Left == 0 || dealt == 0 {
				break
			}
		}
		text := p.counts(sum)
		if mark.IsZero() {
			text = textFirstRun.In(p.now)
		}
		return told{
			text: text, object: map[string]any{"run": printedTally{sum, int64(sum.Late.Seconds())}},
			open: sum.Failed+sum.Left+sum.PassedOver+sum.Uncertain+sum.Refused > 0,
		}, nil
	}
}

// preview says what a run would make now; of a day or moment that was named, what becomes due on that day.
func (p *summarizing) preview(ctx context.Context, mark time.Time) (told, error) {
	zone := p.app.Programme.LatestCall().Location()
	from, until := mark, p.app.Clock()
	if p.at != "" {
		day := civil.Of(until, zone)
		from, until = day.StartOf(zone).Add(-time.Second), day.EndOf(zone)
	}
	if from.IsZero() {
		return told{text: textFirstRun.In(p.now), object: map[string]any{"occasions": []printedOccasion{}}}, nil
	}
	list, err := p.summaries().Preview(ctx, from, until)
	if err != nil {
		return told{}, err
	}
	rows, printed := [][]string{p.heads(headDue, headSchedule, headSubject, headDays, headOutcome, headPeople)}, []printedOccasion{}
	for _, one := range list {
		o := one.Occasion
		outcome := p.outcome(one.Outcome)
		if one.Made {
			outcome = fmt.Sprintf(textAlready.In(p.now), outcome)
		}
		rows = append(rows, []string{
			o.Due.In(zone).Format("2006-01-02 15:04"), o.Schedule, subjectOf(o), daysOf(o), outcome, fmt.Sprint(one.People),
		})
		printed = append(printed, printedOccasion{o.ID(), o, one.Outcome, one.People, one.Made})
	}
	text := columns(rows)
	if len(list) == 0 {
		text = textNothingDue.In(p.now)
	}
	return told{text: text, object: map[string]any{"occasions": printed}}, nil
}

// summaryList shows what was made, or the letters with which something is still to be done.
func summaryList(flags *pflag.FlagSet) func(context.Context, *summarizing, []string) (told, error) {
	state := flags.String("state", "", "letters instead, in a state: "+strings.Join(openStates(), ", "))
	most := flags.Int("most", 100, "at most so many, the latest first")
	return func(ctx context.Context, p *summarizing, _ []string) (told, error) {
		switch {
		case *state != "" && !slices.Contains(openStates(), *state):
			return told{}, notOneOf("state", *state, strings.Join(openStates(), ", "))
		case *most < 1:
			return told{}, usage(locale.Text{
				EN: "--most %d is not from 1 on", FR: "--most %d n'est pas à partir de 1", ES: "--most %d no es a partir de 1",
			}, *most)
		case *state != "":
			return p.letters(ctx, outbox.State(*state), *most)
		}
		return p.entries(ctx, *most)
	}
}

// openStates are those of letters with which something is still to be done.
func openStates() []string {
	return []string{string(outbox.Waiting), string(outbox.Sending), string(outbox.Uncertain), string(outbox.Failed)}
}
