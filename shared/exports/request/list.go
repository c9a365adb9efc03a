package request

import (
	"context"

	"github.com/learning-cities/guildhall/shared/table"
)

// personPartition holds the identifiers of what a person asked for.
const personPartition = "export#person#"

func personKey(person, id string) table.Key {
	return table.Key{Partition: personPartition + person, Sort: id}
}

// List gives a page of at most limit exports, the latest first; after is the cursor of the page before, "" for the first one. A page may
// have fewer, also none, although more follow: only an empty cursor says that nothing does. table.ErrCursor.
func (s *Store) List(ctx context.Context, after table.Cursor, limit int) ([]Export, table.Cursor, error) {
	page, err := s.table.Query(ctx, table.Query{Partition: partition, After: after, Limit: limit, Descending: true})
	if err != nil {
		return nil, "", err
	}
	return decodeEach(page.Items, page.Cursor)
}

// ListOf is List for what one person asked for.
func (s *Store) ListOf(ctx context.Context, person string, after table.Cursor, limit int) ([]Export, table.Cursor, error) {
	page, err := s.table.Query(ctx, table.Query{Partition: personPartition + person, After: after, Limit: limit, Descending: true})
	if err != nil {
		return nil, "", err
	}
	keys := make([]table.Key, len(page.Items))
	for i := range page.Items {
		keys[i] = table.Key{Partition: partition, Sort: page.Items[i].Key.Sort}
	}
	if len(keys) == 0 {
		return nil, page.Cursor, nil
	}
	items, err := s.table.GetEach(ctx, keys) // a wish that was never kept, its note notwithstanding, isn't there
	if err != nil {
		return nil, "", err
	}
	return decodeEach(items, page.Cursor)
}

func decodeEach(items []table.Item, next table.Cursor) ([]Export, table.Cursor, error) {
	list := make([]Export, 0, len(items))
	for i := range items {
		export, err := decode(items[i])
		if err != nil {
			return nil, "", err
		}
		list = append(list, *export)
	}
	return list, next, nil
}
