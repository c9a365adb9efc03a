package bolt_test

import (
	"path/filepath"
	"testing"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/table/tabletest"
)

var able = tabletest.Capabilities{NamesEveryFailure: true, IndexesAtOnce: true, Snapshots: true}

func TestConformance(t *testing.T) { tabletest.Run(t, able, open) }

func TestAnyHistoryIsAnsweredAsInMemory(t *testing.T) {
	tabletest.Histories(t, able, 20, memory.New, open)
}

func open(t *testing.T, c table.Config) (table.Table, func() table.Table) {
	path := filepath.Join(t.TempDir(), "data", "table.db")
	var current table.Table
	again := func() table.Table {
		if current != nil {
			closeNow(t, current)
		}
		current = openAt(t, path, bolt.Options{Config: c, Unsynced: true})
		return current
	}
	t.Cleanup(func() { closeNow(t, current) })
	return again(), again
}

func closeNow(t *testing.T, tbl table.Table) {
	t.Helper()
	if err := tbl.Close(); err != nil {
		t.Fatal(err)
	}
}
