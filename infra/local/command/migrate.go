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

// moveTo puts what one store has into another, by way of an archive that goes when it is done.
func (b *backing) moveTo(ctx context.Context, s *streams, to *backing, lang locale.Lang) (*archive.Archive, error) {
	file, err := os.CreateTemp("", "guildhall-migrate-*") // of mode 0600
	if err != nil {
		return nil, problem.New("OUTPUT_FAILED").With("file", os.TempDir())
	}
	defer func() {
		file.Close()
		os.Remove(file.Name())
	}()
	from, err := b.openKept(ctx, s)
	if err != nil {
		return nil, err
	}
	defer from.Table.Close()
	if to.table != "" {
		if err := idle(ctx, from); err != nil {
			return nil, err
		}
	}
	if _, err := archive.Write(ctx, file, from, app.Archiving(identity.System()())); err != nil {
		return nil, err
	}
	moved, err := openArchive(ctx, file.Name(), file)
	if err != nil {
		return nil, err
	}
	return moved, to.restore(ctx, s, moved, lang)
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
