package app_test

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/archive"
	"github.com/learning-cities/guildhall/shared/table"
)

// A new product on AWS is woken by its clock every hour before a backup is restored into it.
func TestAStoreInWhichOnlyTheClockTickedIsFilledFromABackupAsItWas(t *testing.T) {
	ticked := func(folder string, from time.Time) archive.Store {
		t.Helper()
		a := open(t, folder)
		for hour := range 50 {
			now := from.Add(time.Duration(hour) * time.Hour)
			_, made := a.Parts.Summaries(nil).Run(t.Context(), now)
			_, ended := a.Parts.Retention(a.DeadLetters()).Run(t.Context(), now)
			for _, err := range []error{made, ended, a.Parts.Seal(t.Context())} {
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		s, err := app.OpenStore(folder)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Table.Close() })
		return s
	}
	options := app.Archiving(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	packed := func(from archive.Store) []byte {
		t.Helper()
		var out bytes.Buffer
		if _, err := archive.Write(t.Context(), &out, from, options); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	work := table.Item{Key: table.Key{Partition: "work", Sort: "1"}, Attributes: table.Attributes{}}
	// One had ticks when it was backed up, the other not yet.
	young, err := app.OpenStore(filepath.Join(t.TempDir(), "young"))
	if err != nil {
		t.Fatal(err)
	}
	defer young.Table.Close()
	for _, from := range []archive.Store{young, ticked(t.TempDir(), time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC))} {
		to := ticked(t.TempDir(), time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
		if page, err := to.Table.Scan(t.Context(), table.Scan{}); err != nil || len(page.Items) < 4 {
			t.Fatalf("the ticks wrote %v, %v", page.Items, err)
		}
		if err := from.Table.Write(t.Context(), table.Write{Put: &work}); err != nil {
			t.Fatal(err)
		}
		content := packed(from)
		kept, err := archive.Open(t.Context(), "backup", bytes.NewReader(content), int64(len(content)))
		if err == nil {
			err = kept.Restore(t.Context(), to, app.Restoring())
		}
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(packed(to), content) {
			t.Error("restored otherwise than it was")
		}
	}
}
