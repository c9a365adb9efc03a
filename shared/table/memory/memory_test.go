package memory_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/table/tabletest"
)

func TestConformance(t *testing.T) {
	able := tabletest.Capabilities{NamesEveryFailure: true, IndexesAtOnce: true, Snapshots: true}
	tabletest.Run(t, able, func(t *testing.T, c table.Config) (table.Table, func() table.Table) {
		store := memory.NewStore()
		return store.Table(c), func() table.Table { return store.Table(c) }
	})
}
