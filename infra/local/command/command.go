// Package command is the guildhall command: it reads what a person typed, calls the services, and prints what they answer.
// It holds no rule of the network and knows nothing of how records are stored.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Exit statuses; scripts rely on them.
const (
	Done         = 0 // nothing wrong in the data
	DoneWithOpen = 1 // done, and the data has errors or open questions
	NotDone      = 2 // could not be done: the last line on standard error is "CODE message"
)

// subcommand is one verb of the command.
type subcommand struct {
	name  string
	usage string // what follows the name
	about string
	run   func(ctx context.Context, io *streams, args []string) (int, error)
}

// streams is where a subcommand prints: results to out, everything else to err.
type streams struct {
	out, err io.Writer
	lang     locale.Lang  // of refusals
	ids      identity.IDs // references of internal errors
}

func subcommands() []subcommand {
	return []subcommand{
		{"demo", "[--out DIR]", "the main job on the sample workbooks, start to finish, into DIR", runDemo},
		{"template", "KIND [--lang en|fr|es] -o F.xlsx", "an empty workbook of a kind, ready to fill in", runTemplate},
		{"check", "FILE [options]", "say what is wrong in a sheet; changes nothing", runCheck},
		{"import", "FILE [options] [--mode all|valid] [--plan HASH]", "check a sheet and store its rows", runImport},
		{"undo", "IMPORT [--mode all|valid] [--lang L] [--format text|json]", "take back what an import stored", runUndo},
		{"export", "budget|fund|membership|survey [--lang L] [--call C] [--term T] [--at MOMENT] -o F.xlsx",
			"write a workbook from what is stored, or was at a past moment", runExport},
		{"export", "donor --donor DONOR [--term T | --from DAY --to DAY] [--format xlsx|pdf|csv] [--lang L] [--at MOMENT] -o F",
			"write the statement of one donor: what was received, what became of it, and the proof", runExport},
		{"export", "fund --format iati [--at MOMENT] -o F.xml", "write what the fund received and spent in the standard of aid transparency, IATI 2.03", runExport},
		{"show", "city NAME [--country C] [--lang L] [--at MOMENT]",
			"tell a city's whole story: who decided what, when, from which import or request", runShow},
		{"show", "network [--lang L] [--at MOMENT] [--reports-every YEARS]",
			"tell the network's size over the years, by region and country, and which progress reports are due", runShow},
		{"application", "ACTION CITY --country C [--form F.json] [--reason R] [--signed NAME] [--new]",
			"do something to a city's application: " + actionNames(), runApplication},
		{"quota", "COUNTRY", "what a National Commission has submitted, can submit, and can choose from", runQuota},
		{"extend", "city|commission DAY --reason R [--country C] [--city CITY]", "extend a deadline of the call", runExtend},
		{"fund", verbNames(fundVerbs()) + " …", "the fund's books: what is there, who gave it, what two persons decided; fund VERB --help tells more", runFund},
		{"summary", verbNames(summaryVerbs()) + " …", "the summaries and reminders that leave by themselves: make what is due, or see what was or would be made " +
			"(run --dry-run --at DAY); summary VERB --help tells more", runSummary},
		{"dead-letters", "[list|again LETTER|discard LETTER] [--lang L] [--format text|json]",
			"the product's tasks that could not be done, and why: have one tried again, or discard it", runDeadLetters},
		{"retention", "[--dry-run] [--lang L] [--format text|json]",
			"end what the programme keeps for a time only, or say what would end; serve does so by itself", runRetention},
		{"serve", "[--listen 127.0.0.1:8080] [--issuer URL --client ID [--client-secret-file F] --address URL] [--data DIR]",
			"sign people in and answer the HTTP API until Ctrl-C; without an issuer sample people sign in, on this machine only", runServe},
		{"backup", "[--data DIR | --table T --bucket B | --from ADDRESS --cookie-jar F] -o F",
			"write all that a store has into one file, which is checked from its first byte to its last", runBackup},
		{"restore", "F [--erasures REGISTER] [--data DIR | --table T --bucket B]", "put what is in such a file into an empty store, and erase again who was erased since", runRestore},
		{"migrate", "[--data DIR] --table T --bucket B [--back]", "move what a folder has to DynamoDB and S3, or back", runMigrate},
		{"people", verbNames(peopleVerbs()) + " …", "who may sign in, as what, and the sessions in which they are: people VERB --help tells more", runPeople},
		{"audit", verbNames(auditVerbs()) + " …", "who did what, and who was shown personal data; verify tells whether the trail is as it was: audit VERB --help tells more", runAudit},
		{"privacy", verbNames(privacyVerbs()) + " …", "the data of one person: find it, give it out, erase it everywhere, and keep the register that a restored backup " +
			"is held against; privacy VERB --help tells more", runPrivacy},
		{"read", "FILE [--sheet S] [--format jsonl|csv]", "print every cell as it is read", runRead},
	}
}

// Main runs the command with its arguments and returns the exit status.
func Main(ctx context.Context, args []string, out, errOut io.Writer) int {
	io := &streams{out: out, err: errOut, lang: languageAsked(args), ids: identity.NewIDs(identity.System(), nil)}
	status, err := dispatch(ctx, io, args)
	if err != nil {
		io.fail(ctx, err)
		return NotDone
	}
	return status
}

func dispatch(ctx context.Context, io *streams, args []string) (int, error) {
	if len(args) == 0 {
		printHelp(io.err)
		return NotDone, usage(locale.Text{
			EN: "no command was given", FR: "aucune commande n'a été donnée", ES: "no se dio ningún comando",
		})
	}
	if slices.Contains([]string{"help", "--help", "-h"}, args[0]) {
		printHelp(io.out)
		return Done, nil
	}
	commands := subcommands()
	i := slices.IndexFunc(commands, func(c subcommand) bool { return c.name == args[0] })
	if i < 0 {
		return NotDone, usage(locale.Text{
			EN: "there is no command %q", FR: "il n'y a pas de commande %q", ES: "no existe el comando %q",
		}, args[0])
	}
	status, err := commands[i].run(ctx, io, args[1:])
	if errors.Is(err, pflag.ErrHelp) {
		return Done, nil
	}
	return status, err
}

func printHelp(w io.Writer) {
	fmt.Fprint(w, "guildhall: the back office of a network of learning cities\n\n")
	for _, c := range subcommands() {
		fmt.Fprintf(w, "  guildhall %s %s\n        %s\n", c.name, c.usage, c.about)
	}
	fmt.Fprint(w, `
options of check and import:
  --kind KIND  --sheet SHEET  --lang en|fr|es  --call CALL  --term TERM  --answer COLUMN=VALUE (repeatable)
  --format text|json  --annotate OUT.xlsx
common options:
  --data DIR       the embedded store (default data)
  --at MOMENT      act as of this moment, which export and show tell the past from: a day (its end), or a time
                   of RFC 3339 (default now)
  --as PERSON      who acts (default secretariat)
  --quiet          no progress

exit status: 0 done; 1 done, but the data has errors or open questions; 2 could not be done
`)
}

// fail prints why the command could not do its work.
func (s *streams) fail(ctx context.Context, err error) { s.tell(s.problem(ctx, err)) }

// tell prints a refusal as one line, "CODE message".
func (s *streams) tell(p *problem.Problem) {
	fmt.Fprintln(s.err, p.Code, p.Message(s.lang))
}

// problem is what people are told of an error. What isn't a problem meant for people is an internal error: its text stays
// inside, and a reference stands for it.
func (s *streams) problem(ctx context.Context, err error) *problem.Problem {
	var p *problem.Problem
	switch {
	case errors.As(err, &p):
	case ctx.Err() != nil:
		p = problem.New("INTERRUPTED")
	default:
		p = problem.New("INTERNAL").With("reference", s.ids())
		logInternal(s.err, p, err)
	}
	return p
}
