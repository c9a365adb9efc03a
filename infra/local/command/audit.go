package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/table"
)

// auditing is one run of a subcommand about the audit trail.
type auditing struct {
	common
	language
	format string
	s      *streams
	app    *app.App
	trail  *audit.Trail
	now    locale.Lang
}

// auditVerb is a subcommand about the audit trail.
type auditVerb struct {
	name    string
	does    access.Action
	options func(flags *pflag.FlagSet) func(ctx context.Context, p *auditing) (told, error)
}

func auditVerbs() []auditVerb {
	return []auditVerb{
		{"list", access.AuditRead, auditList},
		{"verify", access.AuditVerify, auditVerify},
		{"export", access.ExportAudit, auditExport},
	}
}

func (v auditVerb) called() string { return v.name }

// runAudit shows the trail of who did what, or goes through it.
func runAudit(ctx context.Context, s *streams, args []string) (int, error) {
	verb, err := chosen(s, "audit", auditVerbs(), args)
	if err != nil {
		return NotDone, err
	}
	said, err := (&auditing{s: s}).run(ctx, verb, args[1:])
	switch {
	case err != nil:
		return NotDone, err
	case said.open:
		return DoneWithOpen, nil
	}
	return Done, nil
}

func (p *auditing) run(ctx context.Context, verb auditVerb, args []string) (told, error) {
	flags := pflag.NewFlagSet("audit "+verb.name, pflag.ContinueOnError)
	flags.Usage = func() {
		fmt.Fprintf(p.s.out, "guildhall audit %s [options]\n", verb.name)
		flags.PrintDefaults()
	}
	do := verb.options(flags)
	flags.StringVar(&p.format, "format", "text", "text or json")
	p.language.declare(flags)
	p.common.declare(flags)
	if _, err := parse(p.s, flags, args); err != nil {
		return told{}, err
	}
	var err error
	if p.now, err = p.lang(); err != nil {
		return told{}, err
	}
	if p.format != "text" && p.format != "json" {
		return told{}, notOneOf("format", p.format, "text, json")
	}
	if p.app, err = p.openThere(ctx, p.s, p.now); err != nil {
		return told{}, err
	}
	defer p.app.Close()
	p.trail = trailOf(p.app)
	if verb.does.Class() != access.Reading {
		if err := p.noted(ctx, trailOf(p.app), verb.does); err != nil {
			return told{}, err
		}
	}
	said, err := do(ctx, p)
	if err != nil {
		return told{}, err
	}
	return said, outputFailed(printTold(p.s.out, p.format, said.text, said.object))
}

// seal gives what was noted its place. That somebody wrote into the trail who may not is for verify to tell, and keeps nobody from reading.
func (p *auditing) seal(ctx context.Context) error {
	_, err := p.trail.Seal(ctx)
	var fault *audit.Fault
	if errors.As(err, &fault) {
		return nil
	}
	return err
}

// auditList shows entries, the latest first.
func auditList(flags *pflag.FlagSet) func(context.Context, *auditing) (told, error) {
	var of audit.Filter
	action := flags.String("action", "", "only this action, such as import.commit")
	from, to := declareDays(flags)
	flags.StringVar(&of.Person, "person", "", "only what this person did, by identifier")
	flags.StringVar(&of.Kind, "kind", "", "only about this kind of object, such as import")
	flags.StringVar(&of.Object, "object", "", "only about the object of this identifier")
	most := flags.Int("most", 100, "at most so many, the latest first")
	return func(ctx context.Context, p *auditing) (told, error) {
		of.Action = access.Action(*action)
		var err error
		if of.From, of.To, err = days(*from, *to); err != nil {
			return told{}, err
		}
		if *most < 1 {
			return told{}, usage(locale.Text{
				EN: "--most %d is not from 1 on", FR: "--most %d n'est pas à partir de 1", ES: "--most %d no es a partir de 1",
			}, *most)
		}
		if err := p.seal(ctx); err != nil {
			return told{}, err
		}
		return p.listed(ctx, of, *most)
	}
}

func (p *auditing) listed(ctx context.Context, of audit.Filter, most int) (told, error) {
	heads := make([]string, 0, 8)
	for _, head := range []locale.Text{headNumber, headAt, headPerson, headRole, headAction, headObject, headDoor, headOutcome} {
		heads = append(heads, head.In(p.now))
	}
	rows, list := [][]string{heads}, []audit.Entry{}
	var after table.Cursor
	for {
		page, next, err := p.trail.Page(ctx, of, after, most-len(list))
		if err != nil {
			return told{}, err
		}
		for _, e := range page {
			rows = append(rows, []string{
				strconv.FormatInt(e.Number, 10), moment(e.At), orDash(e.Person), e.Role.Label().In(p.now), string(e.Action), orDash(e.Object),
				e.Door.Label().In(p.now), e.Outcome.Label().In(p.now),
			})
		}
		if list = append(list, page...); next == "" || len(list) == most {
			return told{text: columns(rows), object: map[string]any{"entries": list}}, nil
		}
		after = next
	}
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// declareDays declares the days of which entries are asked for.
func declareDays(flags *pflag.FlagSet) (from, to *string) {
	return flags.String("from", "", "only from this day on (UTC), such as 2026-11-01"), flags.String("to", "", "only until this day (UTC), included")
}

// days are those that were typed, each none where it was not. USAGE.
func days(from, to string) (first, last civil.Date, err error) {
	for _, day := range []struct {
		option, typed string
		into          *civil.Date
	}{{"from", from, &first}, {"to", to, &last}} {
		if day.typed == "" {
			continue
		}
		if *day.into, err = civil.Parse(day.typed); err != nil {
			return first, last, usage(locale.Text{
				EN: "--%s %q is not a day such as 2026-11-01", FR: "--%s %q n'est pas un jour comme 2026-11-01", ES: "--%s %q no es un día como 2026-11-01",
			}, day.option, day.typed)
		}
	}
	return first, last, nil
}

// auditExport writes the trail as a workbook.
func auditExport(flags *pflag.FlagSet) func(context.Context, *auditing) (told, error) {
	from, to := declareDays(flags)
	output := flags.StringP("output", "o", "", "the workbook to write")
	return func(ctx context.Context, p *auditing) (told, error) {
		if *output == "" {
			return told{}, missing("audit export", needOutput)
		}
		if err := p.mayWrite(*output); err != nil {
			return told{}, err
		}
		first, last, err := days(*from, *to)
		if err == nil {
			err = p.seal(ctx)
		}
		if err != nil {
			return told{}, err
		}
		return told{object: map[string]any{"file": *output}}, writeFile(*output, func(f *os.File) error {
			return exports.Write(ctx, f, request.Audit, exports.Input{
				Records: p.app.Records, Programme: p.app.Programme, Reference: p.app.Reference, Lang: p.now, From: first, To: last,
				At: identity.System()(), Trail: p.trail,
			})
		})
	}
}

// auditVerify goes through the trail. What it finds is an answer, not a failure.
func auditVerify(flags *pflag.FlagSet) func(context.Context, *auditing) (told, error) {
	heads := flags.StringArray("head", nil, "NUMBER:HASH, where the trail stood once, as an earlier verify or the log said; repeatable")
	return func(ctx context.Context, p *auditing) (told, error) {
		var known []audit.Head
		for _, typed := range *heads {
			head, ok := audit.ParseHead(typed)
			if !ok {
				return told{}, usage(locale.Text{
					EN: "--head %q is not a number and a hash of 64 digits, such as 17:9f86…", FR: "--head %q n'est pas un numéro et une empreinte de 64 chiffres, comme 17:9f86…",
					ES: "--head %q no es un número y una huella de 64 cifras, como 17:9f86…",
				}, typed)
			}
			known = append(known, head)
		}
		_, sealing := p.trail.Seal(ctx) // whatever keeps what was noted from its place, what has one is verified
		checked, err := p.trail.Verify(ctx, known...)
		if err == nil {
			err = sealing
		}
		var fault *audit.Fault
		if errors.As(err, &fault) {
			return told{
				text: fmt.Sprintf(textTampered.In(p.now), fault.Number, p.flaw(fault.Flaw), fault.Want, fault.Got),
				object: map[string]any{"whole": false, "fault": map[string]any{
					"flaw": fault.Flaw, "number": fault.Number, "want": fault.Want, "got": fault.Got,
				}}, open: true,
			}, nil
		}
		if err != nil {
			return told{}, err
		}
		return told{
			text:   fmt.Sprintf(textWhole.In(p.now), checked.Head.Number, checked.Head),
			object: map[string]any{"whole": true, "head": checked.Head, "open": checked.Open},
		}, nil
	}
}

func (p *auditing) flaw(f audit.Flaw) string { return f.Label().In(p.now) }

// The texts about the audit trail.
var (
	headNumber = locale.Text{EN: "no.", FR: "n°", ES: "n.º"}
	headObject = locale.Text{EN: "object", FR: "objet", ES: "objeto"}
	headDoor   = locale.Text{EN: "through", FR: "par", ES: "por"}

	textWhole = locale.Text{
		EN: "The trail is whole: %d entries. Note where it stands, and give it to a later verify:\n  --head %s\n",
		FR: "Le journal d'audit est intact : %d entrées. Notez où il en est, pour une vérification ultérieure :\n  --head %s\n",
		ES: "El registro de auditoría está íntegro: %d entradas. Anote dónde está, para una verificación posterior:\n  --head %s\n",
	}
	textTampered = locale.Text{
		EN: "The trail is not what it was, first at entry %d: %s.\n  expected: %s\n  found:    %s\n",
		FR: "Le journal d'audit n'est plus ce qu'il était, d'abord à l'entrée %d : %s.\n  attendu : %s\n  trouvé :  %s\n",
		ES: "El registro de auditoría no es lo que era, primero en la entrada %d: %s.\n  esperado:   %s\n  encontrado: %s\n",
	}
)
