package command

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/archive"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/queue/embedded"
	"github.com/learning-cities/guildhall/shared/table"
)

// runMigrate moves what a data folder has to a table and a bucket, or the other way round.
func runMigrate(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("migrate", pflag.ContinueOnError)
	var o backing
	back := flags.Bool("back", false, "from the table and the bucket into the folder")
	o.declare(flags)
	if _, err := parse(s, flags, args); err != nil {
		return NotDone, err
	}
	lang, err := o.lang()
	if err != nil {
		return NotDone, err
	}
	if err := o.check(); err != nil {
		return NotDone, err
	}
	if o.table == "" {
		return NotDone, missing("migrate", needTable)
	}
	folder, cloud := o, o
	folder.table, folder.bucket = "", ""
	from, to := &folder, &cloud
	if *back {
		from, to = &cloud, &folder
	}
	moved, err := from.moveTo(ctx, s, to, lang)
	if err != nil {
		return NotDone, err
	}
	return Done, s.tellArchive(textRestored, moved, to.where(), lang)
}

// moveTo puts what one store has into another, by way of an archive that goes when it is done. Where filling the other one fails the archive
// stays, since that one then takes no other.
func (b *backing) moveTo(ctx context.Context, s *streams, to *backing, lang locale.Lang) (moved *archive.Archive, err error) {
	file, err := os.CreateTemp("", "guildhall-migrate-*") // of mode 0600
	if err != nil {
		return nil, problem.New("OUTPUT_FAILED").With("file", os.TempDir())
	}
	begun := false
	defer func() {
		file.Close()
		if begun && err != nil {
			fmt.Fprintf(s.err, textGoOn.In(lang), file.Name(), to.options())
			return
		}
		os.Remove(file.Name())
	}()
	from, err := b.openKept(ctx, s)
	if err != nil {
		return nil, err
	}
	defer from.Table.Close()
	if to.table != "" {
		if err = idle(ctx, from); err != nil {
			return nil, err
		}
	}
	if _, err = archive.Write(ctx, file, from, app.Archiving(identity.System()())); err != nil {
		return nil, err
	}
	if moved, err = openArchive(ctx, file.Name(), file); err != nil {
		return nil, err
	}
	r := restoring{backing: *to, Restoring: app.Restoring()}
	r.Begun = func() { begun = true }
	return moved, r.restore(ctx, s, moved, lang)
}

// options are those that name the place.
func (b *backing) options() string {
	if b.table != "" {
		return "--table " + b.table + " --bucket " + b.bucket
	}
	return "--data " + b.data
}

var textGoOn = locale.Text{
	EN: "The move was begun and did not end. What is to be moved is kept in %[1]s. Go on with: guildhall restore %[1]s %[2]s\n" +
		"Delete that file afterwards: it holds everything.\n",
	FR: "Le transfert a commencé sans arriver à son terme. Ce qui doit être transféré est conservé dans %[1]s. Continuez avec : guildhall restore %[1]s %[2]s\n" +
		"Supprimez ensuite ce fichier : il contient tout.\n",
	ES: "El traslado empezó y no terminó. Lo que se debe trasladar se conserva en %[1]s. Continúe con: guildhall restore %[1]s %[2]s\n" +
		"Elimine después ese archivo: lo contiene todo.\n",
}

// idle refuses a store whose queues have work: they stand in its table, and those of a deployed product elsewhere. WORK_WAITING.
func idle(ctx context.Context, in archive.Store) error {
	waiting := map[string]int{}
	for scan := (table.Scan{}); ; {
		page, err := in.Table.Scan(ctx, scan)
		if err != nil {
			return err
		}
		for i := range page.Items {
			if name, is := embedded.QueueOf(page.Items[i].Key); is {
				waiting[name]++
			}
		}
		if page.Cursor == "" {
			break
		}
		scan.After = page.Cursor
	}
	if len(waiting) == 0 {
		return nil
	}
	var counts []string
	for _, name := range slices.Sorted(maps.Keys(waiting)) {
		counts = append(counts, fmt.Sprintf("%s (%d)", name, waiting[name]))
	}
	return problem.New("WORK_WAITING").With("store", in.Name).With("queues", strings.Join(counts, ", "))
}
