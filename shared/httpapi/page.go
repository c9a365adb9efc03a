package httpapi

import (
	"context"
	"encoding/base64"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// The bounds of a page of a list.
const (
	usualPage   = 50
	longestPage = 200
)

// page is a part of a list as it is answered.
type page[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next"` // the cursor of the page after it; null for the last one
}

// limit is how many items a page is to have. FIELD_INVALID.
func (q *asking) limit() (int, error) {
	given := q.URL.Query().Get("limit")
	if given == "" {
		return usualPage, nil
	}
	limit, err := strconv.Atoi(given)
	if err != nil || limit < 1 || limit > longestPage {
		return 0, invalid("limit", "1–200").Valued(given)
	}
	return limit, nil
}

// after is the key after which a page begins, "" for the first. CURSOR_INVALID.
func (q *asking) after() (string, error) {
	given := q.URL.Query().Get("cursor")
	if given == "" {
		return "", nil
	}
	text, err := base64.RawURLEncoding.DecodeString(given)
	key, ok := strings.CutPrefix(string(text), q.mark())
	if err != nil || !ok || key == "" {
		return "", problem.New("CURSOR_INVALID").In("cursor")
	}
	return key, nil
}

// cursor is what a caller sends back to get the page after a key.
func (q *asking) cursor(key string) *string {
	text := base64.RawURLEncoding.EncodeToString([]byte(q.mark() + key))
	return &text
}

// mark tells the cursors of one list from those of others.
func (q *asking) mark() string { return digest(q.URL.Path)[:8] }

// pageOf answers the part of a list that is asked for (?cursor=, ?limit=), in the order of key, which no two items have in common. A list
// that changes between two pages loses and repeats nothing that was in it all the time. FIELD_INVALID, CURSOR_INVALID.
func pageOf[T any](q *asking, items []T, key func(T) string) (*page[T], error) {
	limit, err := q.limit()
	if err != nil {
		return nil, err
	}
	after, err := q.after()
	if err != nil {
		return nil, err
	}
	rest := make([]T, 0, len(items))
	for _, item := range items {
		if key(item) > after {
			rest = append(rest, item)
		}
	}
	slices.SortFunc(rest, func(a, b T) int { return strings.Compare(key(a), key(b)) })
	if len(rest) <= limit {
		return &page[T]{Items: rest}, nil
	}
	return &page[T]{Items: rest[:limit], Next: q.cursor(key(rest[limit-1]))}, nil
}

// storedPage answers a page as a store gives it: read takes the store's own cursor, "" for the first page, and the most items that the page
// may have, and gives the cursor of the next, "" at the end. FIELD_INVALID, CURSOR_INVALID.
func storedPage[S, T any](
	q *asking, read func(ctx context.Context, after table.Cursor, limit int) ([]S, table.Cursor, error), told func(*S) T,
) (*page[T], error) {
	limit, err := q.limit()
	if err != nil {
		return nil, err
	}
	after, err := q.after()
	if err != nil {
		return nil, err
	}
	items, next, err := read(q.Context(), table.Cursor(after), limit)
	if errors.Is(err, table.ErrCursor) {
		return nil, problem.New("CURSOR_INVALID").In("cursor")
	}
	if err != nil {
		return nil, err
	}
	got := &page[T]{Items: make([]T, len(items))}
	for i := range items {
		got.Items[i] = told(&items[i])
	}
	if next != "" {
		got.Next = q.cursor(string(next))
	}
	return got, nil
}
