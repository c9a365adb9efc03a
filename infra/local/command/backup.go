package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/onaws/storage"
	"github.com/learning-cities/guildhall/shared/archive"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/privacy"
	"github.com/learning-cities/guildhall/shared/problem"
)

// deployed are the options that name what a deployed product keeps.
type deployed struct{ table, bucket string }

func (d *deployed) declare(flags *pflag.FlagSet) {
	flags.StringVar(&d.table, "table", "", "the DynamoDB table of a deployed product, with --bucket, in place of --data")
	flags.StringVar(&d.bucket, "bucket", "", "its S3 bucket")
}

// check refuses one of the two without the other. USAGE.
func (d *deployed) check() error {
	if (d.table == "") == (d.bucket == "") {
		return nil
	}
	return usage(locale.Text{
		EN: "--table and --bucket go together", FR: "--table et --bucket vont ensemble", ES: "--table y --bucket van juntos",
	})
}

// backing are the options of backup, restore and migrate: where the data is, a folder or what a deployed product keeps.
type backing struct {
	common
	language
	deployed
}

func (b *backing) declare(flags *pflag.FlagSet) {
	flags.StringVar(&b.data, "data", "data", "the embedded store")
	b.deployed.declare(flags)
	b.language.declare(flags)
	b.person = "operator"
}

// check refuses options that name no place. USAGE.
func (b *backing) check() error { return errors.Join(b.deployed.check(), b.common.check()) }

// where is what people call the place.
func (b *backing) where() string {
	if b.table != "" {
		return b.table + ", " + b.bucket
	}
	return b.data
}

// open opens the place, which need not have anything.
func (b *backing) open(ctx context.Context) (archive.Store, error) {
	if b.table != "" {
		return storage.Open(ctx, b.table, b.bucket)
	}
	return app.OpenStore(b.data)
}

// openKept opens what is to be backed up, and notes in its audit trail that it is. STORE_MISSING, RESTORE_UNFINISHED.
func (b *backing) openKept(ctx context.Context, s *streams) (archive.Store, error) {
	if table, _ := app.EmbeddedFiles(b.data); b.table == "" && !isThere(table) {
		return archive.Store{}, problem.New("STORE_MISSING").With("store", b.data)
	}
	from, err := b.open(ctx)
	if err != nil {
		return archive.Store{}, err
	}
	if err = archive.Unfinished(ctx, from.Name, from.Table); err == nil {
		err = b.noted(ctx, trailIn(from.Table, s.ids), access.BackupMake)
	}
	if err != nil {
		return archive.Store{}, errors.Join(err, from.Table.Close())
	}
	return from, nil
}

// runBackup writes all that a store has into a file.
func runBackup(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("backup", pflag.ContinueOnError)
	var o backing
	var of fetching
	output := flags.StringP("output", "o", "", "the file to write")
	flags.StringVar(&of.address, "from", "", "a product that is being served, by its address, in place of --data")
	flags.StringVar(&of.jar, "cookie-jar", "", "the cookies with which its secretariat is signed in there, as curl keeps them")
	o.declare(flags)
	if _, err := parse(s, flags, args); err != nil {
		return NotDone, err
	}
	lang, err := o.lang()
	if err != nil {
		return NotDone, err
	}
	if *output == "" {
		return NotDone, missing("backup", needFileName)
	}
	if err := errors.Join(o.check(), o.mayWrite(*output)); err != nil {
		return NotDone, err
	}
	write := of.fetch
	if of.address == "" {
		from, err := o.openKept(ctx, s)
		if err != nil {
			return NotDone, err
		}
		defer from.Table.Close()
		write = func(ctx context.Context, to io.Writer) error {
			_, err := archive.Write(ctx, to, from, app.Archiving(identity.System()()))
			return err
		}
	}
	kept, err := keepArchive(ctx, *output, write)
	if err != nil {
		return NotDone, err
	}
	return Done, s.tellArchive(textKept, kept, *output, lang)
}

// keepArchive has an archive written, and gives it its name once it could be read whole. What it holds is for few to read, and so is the file.
func keepArchive(ctx context.Context, name string, write func(context.Context, io.Writer) error) (*archive.Archive, error) {
	out, err := createOutput(name)
	if err != nil {
		return nil, err
	}
	defer out.discard()
	out.mode = 0o600
	if err := write(ctx, out.file); err != nil {
		var refused *fs.PathError
		if errors.As(err, &refused) && refused.Path == out.file.Name() { // the disk is full, for instance
			return nil, problem.New("OUTPUT_FAILED").With("file", name)
		}
		return nil, err
	}
	kept, err := openArchive(ctx, name, out.file)
	if err != nil {
		return nil, err
	}
	if out.file.Sync() != nil {
		return nil, problem.New("OUTPUT_FAILED").With("file", name)
	}
	return kept, out.keep()
}

func openArchive(ctx context.Context, name string, file *os.File) (*archive.Archive, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	return archive.Open(ctx, name, file, info.Size())
}

// runRestore puts what is in a file into an empty store.
func runRestore(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("restore", pflag.ContinueOnError)
	var o backing
	erasures := flags.String("erasures", "", "a register of erasures (guildhall privacy register): who is in it is erased again from what comes back")
	o.declare(flags)
	names, err := parse(s, flags, args, needFile)
	if err != nil {
		return NotDone, err
	}
	lang, err := o.lang()
	if err != nil {
		return NotDone, err
	}
	if err := o.check(); err != nil {
		return NotDone, err
	}
	file, _, err := openFile(names[0])
	if err != nil {
		return NotDone, err
	}
	defer file.Close()
	kept, err := openArchive(ctx, names[0], file) // before a folder is made for it
	if err != nil {
		return NotDone, err
	}
	var register *os.File
	if *erasures != "" {
		if register, _, err = openFile(*erasures); err != nil {
			return NotDone, err
		}
		defer register.Close()
		if err := privacy.CheckRegister(register); err != nil { // before anything comes back
			return NotDone, err
		}
	}
	r := restoring{backing: o, Restoring: app.Restoring()}
	again := 0
	if register != nil {
		r.Finish = func(ctx context.Context, filled archive.Store) (err error) {
			again, err = o.replay(ctx, s, filled, register, lang)
			return err
		}
	}
	if err := r.restore(ctx, s, kept, lang); err != nil {
		return NotDone, err
	}
	err = s.tellArchive(textRestored, kept, o.where(), lang)
	if err == nil && register != nil {
		_, err = fmt.Fprintf(s.out, textReplayed.In(lang), again)
	}
	return Done, outputFailed(err)
}

// restoring is a place that is being filled.
type restoring struct {
	backing
	archive.Restoring
}

func (r *restoring) restore(ctx context.Context, s *streams, kept *archive.Archive, lang locale.Lang) error {
	to, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer to.Table.Close()
	if err := kept.Restore(ctx, to, r.Restoring); err != nil {
		return err
	}
	if r.table != "" { // its secret is kept elsewhere
		return nil
	}
	lacks, err := app.LacksSecret(ctx, r.data, to.Table)
	if lacks {
		fmt.Fprintf(s.err, textNoSecret.In(lang), r.data)
	}
	return err
}

// replay erases again, in a store that is being restored, whoever a register names, and tells of how many erasures there are in it. Nobody can
// open the store before, so nobody is shown who was erased.
func (b *backing) replay(ctx context.Context, s *streams, filled archive.Store, register *os.File, lang locale.Lang) (int, error) {
	if _, err := register.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	on, err := b.privacyIn(ctx, s, filled, lang)
	if err == nil {
		err = b.noted(ctx, trailIn(filled.Table, s.ids), access.PrivacyErase)
	}
	if err != nil {
		return 0, err
	}
	return on.Replay(ctx, register)
}

// privacyIn answers for the data of one person in a store that is being restored. In a folder, imports that were under way are finished first: an
// erasure would have to wait for them.
func (b *backing) privacyIn(ctx context.Context, s *streams, filled archive.Store, lang locale.Lang) (*privacy.Service, error) {
	clock, err := b.clock()
	if err != nil {
		return nil, err
	}
	if b.table != "" {
		return answersIn(filled, clock, s.ids), nil
	}
	a, err := app.Over(ctx, filled, app.Options{Clock: clock})
	if err != nil {
		return nil, err
	}
	b.recovered(s, a, lang)
	return answersOf(a)
}

// tellArchive says what is in an archive, and where it is now.
func (s *streams) tellArchive(words locale.Text, kept *archive.Archive, where string, lang locale.Lang) error {
	_, err := fmt.Fprintf(s.out, words.In(lang), where, plural(lang, kept.Counts.Items, textItemCount), plural(lang, kept.Counts.Blobs, textFileCount),
		plural(lang, kept.Counts.Bytes, textByteCount), kept.About.At.Format(time.RFC3339), kept.SHA256)
	return outputFailed(err)
}

var (
	textKept = locale.Text{
		EN: "%s holds %s and %s of %s, as of %s (SHA-256 %s)\n",
		FR: "%s contient %s et %s de %s, au %s (SHA-256 %s)\n",
		ES: "%s contiene %s y %s de %s, a %s (SHA-256 %s)\n",
	}
	textRestored = locale.Text{
		EN: "%s has %s and %s of %s again, as of %s (SHA-256 %s)\n",
		FR: "%s contient de nouveau %s et %s de %s, au %s (SHA-256 %s)\n",
		ES: "%s vuelve a tener %s y %s de %s, a %s (SHA-256 %s)\n",
	}
	textNoSecret = locale.Text{
		EN: "Nobody on record can sign in yet: put the file \"secret\" of the data folder that was backed up into %s.\n",
		FR: "Aucune personne enregistrée ne peut encore se connecter : placez dans %s le fichier « secret » du dossier de données sauvegardé.\n",
		ES: "Todavía no puede iniciar sesión nadie de los que constan: ponga en %s el archivo «secret» de la carpeta de datos de la que se hizo la copia.\n",
	}
	textItemCount = counted{
		locale.Text{EN: "%s item", FR: "%s élément", ES: "%s elemento"}, locale.Text{EN: "%s items", FR: "%s éléments", ES: "%s elementos"},
	}
	textFileCount = counted{
		locale.Text{EN: "%s file", FR: "%s fichier", ES: "%s archivo"}, locale.Text{EN: "%s files", FR: "%s fichiers", ES: "%s archivos"},
	}
	textByteCount = counted{
		locale.Text{EN: "%s byte", FR: "%s octet", ES: "%s byte"}, locale.Text{EN: "%s bytes", FR: "%s octets", ES: "%s bytes"},
	}
)
