package intake

import (
	"context"
	"fmt"

	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// List gives a page of at most limit imports, the latest first: identifiers ascend with time. after is the cursor of the page before, ""
// for the first one. A page may have fewer, also none, although more follow: only an empty cursor says that nothing does. table.ErrCursor.
func (s *Store) List(ctx context.Context, after table.Cursor, limit int) ([]Import, table.Cursor, error) {
	return s.list(ctx, table.Query{Partition: importPartition, After: after, Limit: limit, Descending: true})
}

func (s *Store) list(ctx context.Context, q table.Query) ([]Import, table.Cursor, error) {
	page, err := s.table.Query(ctx, q)
	if err != nil {
		return nil, "", err
	}
	list := make([]Import, 0, len(page.Items))
	for _, item := range page.Items {
		imp, err := decode(item)
		if err != nil {
			return nil, "", err
		}
		list = append(list, *imp)
	}
	return list, page.Cursor, nil
}

// decode reads an import as it is stored.
func decode(item table.Item) (*Import, error) {
	id := item.Key.Sort
	if err := records.Known(item, importFormat); err != nil {
		return nil, err
	}
	if format, _ := item.Attributes["format"].(int64); format != importFormat {
		return nil, fmt.Errorf("intake: import %s has format %v, this is %d", id, item.Attributes["format"], importFormat)
	}
	var imp Import
	if err := records.Decode(item.Attributes, &imp); err != nil {
		return nil, fmt.Errorf("intake: %s: %w", id, err)
	}
	return &imp, nil
}
