package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// mostChunks is how many chunks a call of ReviewRows or ReviewChanges reads.
const mostChunks = 4

// ReviewOf is the review of the last check of an import at hand. IMPORT_NOT_CHECKED while there is none; REVIEW_MISSING where that check
// kept none, as those of files at hand; IMPORT_ERASED.
func (s *Store) ReviewOf(ctx context.Context, imp *Import) (*Review, error) {
	if err := imp.Available(); err != nil {
		return nil, err
	}
	if imp.Erased() {
		return nil, erased(imp)
	}
	if imp.CheckedAt.IsZero() {
		return nil, notChecked(imp)
	}
	src, err := s.blobs.Open(ctx, ReviewBlob(imp.ID, imp.Check))
	if errors.Is(err, blob.ErrNotFound) {
		return nil, problem.New("REVIEW_MISSING").Valued(imp.ID)
	}
	if err != nil {
		return nil, err
	}
	defer src.Close()
	var stored storedReview
	if err := json.NewDecoder(io.NewSectionReader(src, 0, src.Size())).Decode(&stored); err != nil {
		return nil, fmt.Errorf("intake: %s: damaged review: %w", imp.ID, err)
	}
	if stored.Format != reviewFormat {
		return nil, fmt.Errorf("intake: %s: review of format %d, this is %d", imp.ID, stored.Format, reviewFormat)
	}
	review := stored.review()
	review.Import, review.Check = imp.ID, imp.Check
	return review, nil
}

// ReviewRows gives at most limit rows of a review that a filter chooses, in the order of the sheet; after is the cursor of the page before,
// "" for the first one. It reads a bounded part, so a page may have fewer, also none, although more follow: only an empty cursor says
// that nothing does. table.ErrCursor.
func (s *Store) ReviewRows(
	ctx context.Context, r *Review, filter ReviewFilter, after table.Cursor, limit int,
) ([]ReviewRow, table.Cursor, error) {
	wanted := map[int]bool{}
	for i := range r.Causes {
		if filter.takes(&r.Causes[i].First) {
			wanted[i] = true
		}
	}
	all := filter == ReviewFilter{}
	read := chunkReader[storedRow]{
		name:  ReviewRowsBlob(r.Import, r.Check),
		index: r.rows, row: func(row *storedRow) int { return row.Row },
		chunk: func(c *reviewChunk) bool {
			return all || slices.ContainsFunc(c.Causes, func(cause int) bool { return wanted[cause] })
		},
		takes: func(row *storedRow) bool {
			return all || slices.ContainsFunc(row.Problems, func(p storedProblem) bool { return filter.takes((*problem.Problem)(&p)) })
		},
	}
	found, next, err := read.page(ctx, s, after, limit)
	rows := make([]ReviewRow, len(found))
	for i := range found {
		rows[i] = found[i].row()
	}
	return rows, next, err
}

// ReviewRow is a row of a review by its number; nil where the review doesn't have it, since nothing was found in it, or it isn't there.
func (s *Store) ReviewRow(ctx context.Context, r *Review, row int) (*ReviewRow, error) {
	var after table.Cursor
	if row > 1 {
		after = table.Cursor(strconv.Itoa(row - 1))
	}
	rows, _, err := s.ReviewRows(ctx, r, ReviewFilter{}, after, 1)
	if err != nil || len(rows) == 0 || rows[0].Row != row {
		return nil, err
	}
	return &rows[0], nil
}

func (f ReviewFilter) takes(p *problem.Problem) bool {
	return (f.Cause == "" || f.Cause == causeKey(p)) && (f.Severity == "" || f.Severity == p.Severity)
}

// ReviewChanges gives at most limit rows of a review whose commit changes records that are stored, as ReviewRows does. table.ErrCursor.
func (s *Store) ReviewChanges(ctx context.Context, r *Review, after table.Cursor, limit int) ([]ReviewChange, table.Cursor, error) {
	read := chunkReader[ReviewChange]{
		name: ReviewChangesBlob(r.Import, r.Check), index: r.changes, row: func(change *ReviewChange) int { return change.Row },
		chunk: func(*reviewChunk) bool { return true }, takes: func(*ReviewChange) bool { return true },
	}
	return read.page(ctx, s, after, limit)
}

// chunkReader reads pages of what stands in chunks.
type chunkReader[T any] struct {
	name  string
	index []reviewChunk
	row   func(*T) int
	chunk func(*reviewChunk) bool // whether it may have any that are taken
	takes func(*T) bool
}

// page reads the next page; its cursor is the last row that was looked at.
func (c *chunkReader[T]) page(ctx context.Context, s *Store, after table.Cursor, limit int) (found []T, next table.Cursor, err error) {
	last := 0
	if after != "" {
		if last, err = strconv.Atoi(string(after)); err != nil || last < 1 {
			return nil, "", table.ErrCursor
		}
	}
	rest := slices.DeleteFunc(slices.Clone(c.index), func(one reviewChunk) bool { return one.Last <= last || !c.chunk(&one) })
	if len(rest) == 0 {
		return nil, "", nil
	}
	src, err := s.blobs.Open(ctx, c.name)
	if err != nil {
		return nil, "", err
	}
	defer src.Close()
	for i := range rest {
		if i == mostChunks {
			return found, table.Cursor(strconv.Itoa(last)), nil
		}
		items, err := readChunk[T](src, &rest[i])
		if err != nil {
			return nil, "", err
		}
		for k := range items {
			if c.row(&items[k]) <= last || !c.takes(&items[k]) {
				continue
			}
			if len(found) == limit {
				return found, table.Cursor(strconv.Itoa(last)), nil
			}
			found, last = append(found, items[k]), c.row(&items[k])
		}
		last = rest[i].Last
	}
	return found, "", nil
}

func readChunk[T any](src io.ReaderAt, at *reviewChunk) ([]T, error) {
	text := make([]byte, at.Size)
	if _, err := io.ReadFull(io.NewSectionReader(src, at.At, at.Size), text); err != nil {
		return nil, err
	}
	var items []T
	for line := range bytes.Lines(text) {
		var item T
		if err := json.Unmarshal(line, &item); err != nil {
			return nil, fmt.Errorf("intake: damaged review: %w", err)
		}
		items = append(items, item)
	}
	return items, nil
}
