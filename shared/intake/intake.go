package intake

import (
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/table"
)

// Config is what a Store is made of. Reading takes only the table and the blobs.
type Config struct {
	Table table.Table
	Blobs blob.Store
	Clock identity.Clock
	IDs   identity.IDs
}

// Store keeps imports. It is safe for concurrent use, also by several processes over one table.
type Store struct {
	table table.Table
	blobs blob.Store
	clock identity.Clock
	ids   identity.IDs
}

// New makes a store.
func New(c Config) *Store { return &Store{table: c.Table, blobs: c.Blobs, clock: c.Clock, ids: c.IDs} }
