package bolt_test

import (
	"path/filepath"
	"testing"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/tabletest"
)

func TestConformance(t *testing.T) {
	able := tabletest.Capabilities{NamesEveryFailure: true, IndexesAtOnce: true}
	tabletest.Run(t, able, func(t *testing.T, c table.Config) (table.Table, func() table.Table) {
		path := filepath.Join(t.TempDir(), "data", "table.db")
		var current table.Table
		open := func() table.Table {
			if current != nil {
				closeNow(t, current)
			}
			var err error
			if current, err = bolt.Open(path, bolt.Options{Config: c, Unsynced: true}); err != nil {
				t.Fatal(err)
			}
			return current
		}
		t.Cleanup(func() { closeNow(t, current) })
		return open(), open
	})
}

func closeNow(t *testing.T, tbl table.Table) {
	t.Helper()
	if err := tbl.Close(); err != nil {
		t.Fatal(err)
	}
}
