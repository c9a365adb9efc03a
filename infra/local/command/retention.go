package command

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strconv"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/retention"
)

// runRetention ends what has been kept for long enough, or says what would end. What it ends is for the programme to say and not for who runs it.
func runRetention(ctx context.Context, s *streams, args []string) (int, error) {
	var c common
	var l language
	flags := pflag.NewFlagSet("retention", pflag.ContinueOnError)
	flags.Usage = func() {
		fmt.Fprintln(s.out, "guildhall retention [options]\nexit status: 0 nothing is left to be ended; 1 there is, run it again; 2 could not be done")
		flags.PrintDefaults()
	}
	dry := flags.Bool("dry-run", false, "say what would end, and end nothing; with --at, at that moment")
	format := flags.String("format", "text", "text or json")
	l.declare(flags)
	c.declare(flags)
	if _, err := parse(s, flags, args); err != nil {
		return NotDone, err
	}
	lang, err := l.lang()
	if err != nil {
		return NotDone, err
	}
	if *format != "text" && *format != "json" {
		return NotDone, notOneOf("format", *format, "text, json")
	}
	a, err := c.openThere(ctx, s, lang)
	if err != nil {
		return NotDone, err
	}
	defer a.Close()
	if !*dry && a.Clock().After(identity.System()()) { // what is gone doesn't come back
		return NotDone, usage(textNotYet, c.at)
	}
	parts := a.Parts
	parts.Log = slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelError}))
	sweep := parts.Retention(a.DeadLetters())
	sweep.Every = 0
	run := sweep.Run
	if *dry {
		run = sweep.Preview
	}
	tally, err := run(ctx, a.Clock())
	if err != nil {
		return NotDone, err
	}
	if err := outputFailed(printTally(s.out, lang, *format, *dry, tally)); err != nil {
		return NotDone, err
	}
	if tally.Left {
		return DoneWithOpen, nil
	}
	return Done, nil
}

func printTally(out io.Writer, lang locale.Lang, format string, dry bool, t retention.Tally) error {
	if format == "json" {
		return json.NewEncoder(out).Encode(map[string]any{"retention": t, "dryRun": dry})
	}
	if t.Sum() == 0 {
		_, err := io.WriteString(out, textNothingOld.In(lang))
		return err
	}
	var rows [][]string
	for _, one := range []struct {
		n    int
		what locale.Text
	}{{t.Imports, textImportsEnded}, {t.Originals, textOriginalsEnded}, {t.Exports, textExportsEnded}, {t.Persons, textPersonsEnded}, {t.Letters, textLettersEnded}, {t.DeadLetters, textTasksEnded}} {
		if one.n > 0 {
			rows = append(rows, []string{strconv.Itoa(one.n), one.what.In(lang)})
		}
	}
	_, err := io.WriteString(out, columns(rows))
	return err
}

var (
	textNothingOld = locale.Text{
		EN: "Nothing has been kept for longer than the programme says.\n", FR: "Rien n'est conservé au-delà de ce que prévoit le programme.\n",
		ES: "Nada se ha guardado más tiempo del que prevé el programa.\n",
	}
	textImportsEnded   = locale.Text{EN: "imports whose files end", FR: "imports dont les fichiers prennent fin", ES: "importaciones cuyos archivos terminan"}
	textOriginalsEnded = locale.Text{EN: "senders' files among them", FR: "fichiers d'expéditeurs parmi eux", ES: "archivos de remitentes entre ellos"}
	textExportsEnded   = locale.Text{EN: "files that were asked for", FR: "fichiers demandés", ES: "archivos pedidos"}
	textPersonsEnded   = locale.Text{EN: "applications whose persons end", FR: "candidatures dont les personnes prennent fin", ES: "solicitudes cuyas personas terminan"}
	textLettersEnded   = locale.Text{EN: "records of to whom an e-mail went", FR: "traces de destinataires de courriels", ES: "registros de destinatarios de correos"}
	textTasksEnded     = locale.Text{EN: "failed tasks", FR: "tâches abandonnées", ES: "tareas abandonadas"}
)
