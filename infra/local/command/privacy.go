package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/onaws/storage"
	"github.com/learning-cities/guildhall/shared/app/services"
	"github.com/learning-cities/guildhall/shared/archive"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/privacy"
)

// answering is one run of a subcommand about the data of a person: its options and, once it is opened, the service.
type answering struct {
	common
	language
	deployed
	format, output string
	who            privacy.Who
	sure           bool
	s              *streams
	on             *privacy.Service
	now            locale.Lang
}

// privacyVerb is a subcommand about the data of a person. What it did or found is printed as text or, as the value that it gives, as JSON.
type privacyVerb struct {
	name   string
	needs  []locale.Text
	named  bool // it takes a person's names, addresses and account
	writes bool // a file
	does   access.Action
	do     func(ctx context.Context, p *answering, names []string) (string, any, error)
}

func privacyVerbs() []privacyVerb {
	return []privacyVerb{
		{"find", nil, true, false, access.PrivacyRead, privacyFind},
		{"export", nil, true, true, access.PrivacyRead, privacyExport},
		{"erase", nil, true, false, access.PrivacyErase, privacyErase},
		{"resume", nil, false, false, access.PrivacyErase, privacyResume},
		{"register", nil, false, true, access.PrivacyRead, privacyRegister},
		{"replay", []locale.Text{needRegister}, false, false, access.PrivacyErase, privacyReplay},
	}
}

func (v privacyVerb) called() string { return v.name }

var (
	needRegister = locale.Text{EN: "the file of the register", FR: "le fichier du registre", ES: "el archivo del registro"}
	needToWrite  = locale.Text{EN: "-o and the name of the file to write", FR: "-o et le nom du fichier à écrire", ES: "-o y el nombre del archivo que se escribirá"}
)

// runPrivacy answers for the data of one person, for whoever holds the data folder or the keys of a deployed product.
func runPrivacy(ctx context.Context, s *streams, args []string) (int, error) {
	verb, err := chosen(s, "privacy", privacyVerbs(), args)
	if err != nil {
		return NotDone, err
	}
	return (&answering{s: s}).run(ctx, verb, args[1:])
}

func (p *answering) run(ctx context.Context, verb privacyVerb, args []string) (int, error) {
	flags := pflag.NewFlagSet("privacy "+verb.name, pflag.ContinueOnError)
	flags.Usage = func() {
		fmt.Fprint(p.s.out, "guildhall privacy ", verb.name)
		for _, need := range verb.needs {
			fmt.Fprint(p.s.out, " ", need.In(locale.EN))
		}
		fmt.Fprintln(p.s.out, " [options]")
		flags.PrintDefaults()
	}
	if verb.named {
		flags.StringArrayVar(&p.who.Names, "name", nil, "a full name of the person (repeatable)")
		flags.StringArrayVar(&p.who.Emails, "email", nil, "an e-mail address of the person (repeatable)")
		flags.StringVar(&p.who.Account, "person", "", "the identifier of the person's account")
	}
	if verb.name == "erase" {
		flags.BoolVar(&p.sure, "sure", false, "erase; without it only what would be erased is shown")
	}
	if verb.writes {
		flags.StringVarP(&p.output, "output", "o", "", "the file to write")
	}
	flags.StringVar(&p.format, "format", "text", "text or json")
	p.language.declare(flags)
	p.deployed.declare(flags)
	p.common.declare(flags)
	names, err := parse(p.s, flags, args, verb.needs...)
	if err != nil {
		return NotDone, err
	}
	if p.now, err = p.lang(); err != nil {
		return NotDone, err
	}
	switch {
	case p.format != "text" && p.format != "json":
		return NotDone, notOneOf("format", p.format, "text, json")
	case verb.writes && p.output == "":
		return NotDone, missing("privacy "+verb.name, needToWrite)
	case verb.writes:
		if err := p.mayWrite(p.output); err != nil {
			return NotDone, err
		}
	}
	from, err := p.answers(ctx, p.s, p.deployed, p.now)
	if err != nil {
		return NotDone, err
	}
	defer from.Close()
	p.on = from.service
	if err := p.noted(ctx, from.trail, verb.does, p.who.Account); err != nil { // names and addresses are not noted
		return NotDone, err
	}
	text, object, err := verb.do(ctx, p, names)
	if err != nil {
		return NotDone, err
	}
	return Done, outputFailed(printTold(p.s.out, p.format, text, object))
}

// answerable is an open store with what answers for the data of one person in it.
type answerable struct {
	service *privacy.Service
	trail   *audit.Trail
	io.Closer
}

// answers opens the store with what answers for the data of one person in it. STORE_MISSING, RESTORE_UNFINISHED, USAGE.
func (c *common) answers(ctx context.Context, s *streams, there deployed, lang locale.Lang) (*answerable, error) {
	if err := there.check(); err != nil {
		return nil, err
	}
	if there.table != "" {
		return c.answersThere(ctx, s, there)
	}
	a, err := c.openThere(ctx, s, lang)
	if err != nil {
		return nil, err
	}
	on, err := answersOf(a)
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return &answerable{on, trailOf(a), a}, nil
}

// answersOf answers for the data of one person in a data folder, which nobody else has open. OUTPUT_FAILED.
func answersOf(a *app.App) (*privacy.Service, error) {
	letters, err := a.Mail()
	if err != nil {
		return nil, err
	}
	return a.Parts.Privacy(letters, true), nil
}

// answersThere opens what a deployed product keeps, at which its functions may be at work. It keeps no letters.
func (c *common) answersThere(ctx context.Context, s *streams, there deployed) (*answerable, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	clock, err := c.clock()
	if err != nil {
		return nil, err
	}
	kept, err := storage.Open(ctx, there.table, there.bucket)
	if err != nil {
		return nil, err
	}
	if err := archive.Unfinished(ctx, kept.Name, kept.Table); err != nil {
		return nil, errors.Join(err, kept.Table.Close())
	}
	return &answerable{answersIn(kept, clock, s.ids), trailIn(kept.Table, s.ids), kept.Table}, nil
}

// answersIn answers for the data of one person in what a deployed product keeps.
func answersIn(kept archive.Store, clock identity.Clock, ids identity.IDs) *privacy.Service {
	return services.Parts{Table: kept.Table, Blobs: kept.Blobs, Clock: clock, IDs: ids}.Privacy(nil, false)
}

// privacyFind shows what is held about a person.
func privacyFind(ctx context.Context, p *answering, _ []string) (string, any, error) {
	found, err := p.on.Find(ctx, p.who)
	if err != nil {
		return "", nil, err
	}
	return p.told(found), found, nil
}

// told lists what was found.
func (p *answering) told(found *privacy.Found) string {
	if found.Nothing() {
		return textNothingHeld.In(p.now)
	}
	var text strings.Builder
	var rows [][]string
	for _, one := range found.Findings {
		kept := ""
		if !one.Kept.IsZero() {
			kept = textStays.In(p.now)
		}
		version := ""
		if one.Version > 0 {
			version = fmt.Sprint(one.Version)
		}
		rows = append(rows, []string{one.Kind.Label().In(p.now), one.Type, one.Of, version, one.At, locale.OneLine(one.Text), kept})
	}
	text.WriteString(columns(rows))
	for _, kind := range slices.Sorted(maps.Keys(found.Counts)) {
		fmt.Fprintf(&text, "%s: %d\n", kind.Label().In(p.now), found.Counts[kind])
	}
	if len(found.Also) > 0 {
		fmt.Fprintf(&text, textAlso.In(p.now), strings.Join(found.Also, "; "))
	}
	return text.String()
}

// privacyExport writes what is held about a person, to be given to it.
func privacyExport(ctx context.Context, p *answering, _ []string) (string, any, error) {
	var found *privacy.Found
	err := writeFile(p.output, func(f *os.File) (err error) {
		found, err = p.on.Export(ctx, p.who, p.now, f)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf(textGiven.In(p.now), p.output), found, nil
}

// privacyErase takes a person out of everything, or shows what it would be taken out of.
func privacyErase(ctx context.Context, p *answering, _ []string) (string, any, error) {
	if !p.sure {
		text, found, err := privacyFind(ctx, p, nil)
		return text + textNotSure.In(p.now), found, err
	}
	e, err := p.on.Erase(ctx, p.who, p.person)
	if err != nil {
		return "", nil, err
	}
	return p.erasure(*e), e, nil
}

// erasure tells how an erasure stands.
func (p *answering) erasure(e privacy.Erasure) string {
	var counts []string
	for _, kind := range slices.Sorted(maps.Keys(e.Taken)) {
		counts = append(counts, fmt.Sprintf("%s: %d", kind.Label().In(p.now), e.Taken[kind]))
	}
	return fmt.Sprintf("%s  %s  %s  %s\n", e.ID, e.At.Format(time.DateOnly), e.State.Label().In(p.now), strings.Join(counts, ", "))
}

// privacyResume goes on with erasures that were interrupted.
func privacyResume(ctx context.Context, p *answering, _ []string) (string, any, error) {
	done, left, err := p.on.Resume(ctx)
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf(textResumed.In(p.now), done, left), map[string]int{"done": done, "left": left}, nil
}

// privacyRegister writes the register of erasures, which names nobody.
func privacyRegister(ctx context.Context, p *answering, _ []string) (string, any, error) {
	text, list := "", []privacy.Erasure{}
	err := writeFile(p.output, func(f *os.File) error {
		if err := p.on.Register(ctx, func(e privacy.Erasure) error {
			text, list = text+p.erasure(e), append(list, e)
			return nil
		}); err != nil {
			return err
		}
		return p.on.WriteRegister(ctx, f)
	})
	return text, list, err
}

// privacyReplay erases again whoever a register names, after a backup was restored.
func privacyReplay(ctx context.Context, p *answering, names []string) (string, any, error) {
	f, _, err := openFile(names[0])
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	n, err := p.on.Replay(ctx, f)
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf(textReplayed.In(p.now), n), map[string]int{"erasures": n}, nil
}

var (
	textNothingHeld = locale.Text{
		EN: "nothing is held under these names and addresses\n", FR: "rien n'est conservé sous ces noms et adresses\n",
		ES: "no se conserva nada con estos nombres y direcciones\n",
	}
	textStays = locale.Text{EN: "stays: the fund's books", FR: "reste : livres du fonds", ES: "queda: libros del fondo"}
	textAlso  = locale.Text{
		EN: "stands beside it, and may be the person's too: %s\n", FR: "figure à côté, et peut être aussi de la personne : %s\n",
		ES: "consta al lado, y puede ser también de la persona: %s\n",
	}
	textGiven = locale.Text{
		EN: "written: %s; give it to nobody but the person\n", FR: "écrit : %s ; ne le remettez qu'à la personne\n",
		ES: "escrito: %s; no lo entregue más que a la persona\n",
	}
	textNotSure = locale.Text{
		EN: "nothing was erased: say --sure to erase what is listed here; it does not come back\n",
		FR: "rien n'a été effacé : ajoutez --sure pour effacer ce qui est listé ici, définitivement\n",
		ES: "no se suprimió nada: añada --sure para suprimir lo que se lista aquí, sin vuelta atrás\n",
	}
	textResumed = locale.Text{
		EN: "erasures brought to their end: %d; left: %d\n", FR: "effacements menés à leur terme : %d ; restants : %d\n",
		ES: "supresiones terminadas: %d; pendientes: %d\n",
	}
	textReplayed = locale.Text{
		EN: "erasures of the register that hold here again: %d\n", FR: "effacements du registre appliqués de nouveau ici : %d\n",
		ES: "supresiones del registro aplicadas aquí de nuevo: %d\n",
	}
)
