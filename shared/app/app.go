// Package app is the one place where the product's parts are put together: here for one process with its data in a folder. It
// holds no logic of its own; whoever needs a part takes it from the App.
package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/app/assembly"
	"github.com/learning-cities/guildhall/shared/archive"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/kinds"
	"github.com/learning-cities/guildhall/shared/mail/folder"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/queue/embedded"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/retention"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
)

// The embedded store: one file for the table, a folder for blobs and one for letters, all in the data folder.
const (
	tableFile  = "table.db"
	blobFolder = "blobs"
	mailFolder = "mail"
)

// App is the running product.
type App struct {
	Clock     identity.Clock
	Programme *programme.Edition
	Reference *reference.Data
	Table     table.Table
	Blobs     blob.Store
	Records   *records.Store
	Intake    *intake.Store
	Imports   *imports.Service
	Registry  *registry.Registry
	// Parts are what the services are put together from, for a host that adds jobs.
	Parts assembly.Parts
	// Recovered are the commits and undos that an earlier process left half done and that were finished at the start. Unfinished says why
	// others could not be: what they change stays locked (RECORD_BUSY), all else works.
	Recovered  []*intake.Result
	Unfinished error
	folder     string
}

// Options change how the embedded parts are opened; the zero value is for everyday use.
type Options struct {
	Clock identity.Clock // nil: the machine's
	IDs   identity.IDs   // nil: by the machine's clock and random bits, so that they ascend also when Clock stands still
	// Programme is the edition that holds; nil: the current one.
	Programme *programme.Edition
	Wait      time.Duration // how long to wait for another process to let the data folder go; 0: five seconds
	// Table says by which clock what expires does so. The zero value is the machine's, whatever Clock is: it happens in real time.
	Table table.Config
}

// EmbeddedFiles names the table's file and the blobs' folder of a data folder.
func EmbeddedFiles(folder string) (table, blobs string) {
	return filepath.Join(folder, tableFile), filepath.Join(folder, blobFolder)
}

// OpenEmbedded opens the parts over a data folder, making it when missing, and finishes what an earlier process left undone.
// STORE_BUSY when another process keeps the folder, OUTPUT_FAILED when it can't be written, RESTORE_UNFINISHED when a backup was being put into
// it. Close the App when it is no longer needed.
func OpenEmbedded(ctx context.Context, folder string, o Options) (*App, error) {
	// What is parsed at its first use is parsed meanwhile: on two cores, a command's start takes half the time.
	var parsed sync.WaitGroup
	parsed.Go(func() { problem.Catalogue() })
	parsed.Go(func() { programme.Current() })
	defer parsed.Wait()
	store, err := openTable(folder, o)
	if err != nil {
		return nil, err
	}
	if err := archive.Unfinished(ctx, folder, store); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	app, err := assemble(ctx, folder, store, o)
	if err != nil {
		return nil, errors.Join(unusable(folder, err), store.Close())
	}
	return app, nil
}

// openTable opens a folder's table. Holding it keeps other processes out of the whole folder. STORE_BUSY, OUTPUT_FAILED.
func openTable(folder string, o Options) (table.Table, error) {
	store, err := bolt.Open(filepath.Join(folder, tableFile), bolt.Options{Config: o.Table, Wait: o.Wait})
	if errors.Is(err, table.ErrBusy) {
		return nil, problem.New("STORE_BUSY").With("store", folder)
	}
	if err != nil {
		return nil, unusable(folder, err)
	}
	return store, nil
}

// OpenStore opens what a data folder keeps, as it is and without anything that works with it, for backups. Whoever opens it closes its
// table. STORE_BUSY, OUTPUT_FAILED.
func OpenStore(folder string) (archive.Store, error) {
	store, err := openTable(folder, Options{})
	if err != nil {
		return archive.Store{}, err
	}
	blobs, err := files.Open(filepath.Join(folder, blobFolder))
	if err != nil {
		return archive.Store{}, errors.Join(unusable(folder, err), store.Close())
	}
	return archive.Store{Name: folder, Table: store, Blobs: blobs}, nil
}

// Archiving is how this program writes archives.
func Archiving(at time.Time) archive.Options {
	return archive.Options{At: at, Product: product(), Leave: people.IsSession}
}

// Restoring is how this program fills a store from an archive: what the clock's ticks alone wrote into it doesn't count.
func Restoring() archive.Restoring {
	return archive.Restoring{Aside: append(retention.Marks(), outbox.MarkKey())}
}

// product is the version of this program, as far as it was built with one.
func product() string {
	built, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, setting := range built.Settings {
		if setting.Key == "vcs.revision" {
			return built.Main.Version + " " + setting.Value
		}
	}
	return built.Main.Version
}

// LacksSecret tells whether a folder's people can't be found again, because it lacks the secret by which they were put on record. Backups
// have none.
func LacksSecret(ctx context.Context, folder string, in table.Table) (bool, error) {
	if _, err := os.Stat(filepath.Join(folder, secretFile)); !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	return people.Begun(ctx, in)
}

// unusable is OUTPUT_FAILED where the file system refuses the data folder, and the error itself otherwise.
func unusable(folder string, err error) error {
	if errors.Is(err, bolt.ErrLayout) || errors.Is(err, bolt.ErrCorrupt) {
		return errors.Join(problem.New("STORE_UNREADABLE").With("store", folder), err)
	}
	var refused *fs.PathError
	if errors.As(err, &refused) {
		return problem.New("OUTPUT_FAILED").With("file", folder)
	}
	return err
}

// Over puts the parts together over what OpenStore opened, whole or not, and finishes what an earlier process left undone: for what has to be done
// before anybody may open it. Closing the App closes the table. OUTPUT_FAILED.
func Over(ctx context.Context, store archive.Store, o Options) (*App, error) {
	app, err := assemble(ctx, store.Name, store.Table, o)
	if err != nil {
		return nil, unusable(store.Name, err)
	}
	return app, nil
}

func assemble(ctx context.Context, folder string, store table.Table, o Options) (*App, error) {
	if o.Clock == nil {
		o.Clock = identity.System()
	}
	if o.IDs == nil {
		o.IDs = identity.NewIDs(identity.System(), nil)
	}
	blobs, err := files.Open(filepath.Join(folder, blobFolder))
	if err != nil {
		return nil, err
	}
	parts := assembly.Parts{Table: store, Blobs: blobs, Clock: o.Clock, IDs: o.IDs, Programme: o.Programme, Exclusive: true}
	a := &App{
		Clock: o.Clock, Programme: parts.Edition(), Reference: reference.Load(),
		Table: store, Blobs: blobs, Records: records.New(store), Intake: parts.Intake(),
		Registry: parts.Registry(), Parts: parts, folder: folder,
	}
	if a.Imports, err = parts.Imports(); err != nil {
		return nil, err
	}
	a.Recovered, a.Unfinished = a.Imports.Recover(ctx)
	return a, ctx.Err()
}

// Mail is the folder that letters are put into instead of being sent, which it makes when missing. OUTPUT_FAILED.
func (a *App) Mail() (*folder.Folder, error) {
	mail, err := folder.Open(filepath.Join(a.folder, mailFolder))
	if err != nil {
		return nil, unusable(a.folder, err)
	}
	return mail, nil
}

// Lines are the names of the work queues, each of which is in the table with its dead letters.
func Lines() []string { return []string{"check", "commit", "export", "deliver"} }

// Line is the work queue of a name, and that of its dead letters.
func (a *App) Line(name string) (work, dead *embedded.Queue) {
	o := embedded.Options{Clock: a.Clock, IDs: a.Parts.IDs, Attempts: jobs.Deliveries}
	work = embedded.New(a.Table, name, o)
	o.Attempts = 0
	return work, embedded.New(a.Table, name+"-dead", o)
}

// DeadLetters are all queues with their dead letters, for whoever holds the folder while nobody works on them.
func (a *App) DeadLetters() []deadletters.Line {
	var lines []deadletters.Line
	for _, name := range Lines() {
		work, dead := a.Line(name)
		lines = append(lines, deadletters.Line{Name: name, Queue: work, Letters: dead})
	}
	return lines
}

// Schema returns the columns of a kind, for its template. It opens no store. KIND_UNKNOWN.
func Schema(kind string, clock identity.Clock) (sheet.Schema, error) {
	service, err := imports.New(imports.Config{
		Programme: programme.Current(), Reference: reference.Load(), Kinds: kinds.All(), Clock: clock,
	})
	if err != nil {
		return sheet.Schema{}, err
	}
	return service.Schema(imports.Options{Kind: kind})
}

// Close frees the data folder.
func (a *App) Close() error { return a.Table.Close() }
