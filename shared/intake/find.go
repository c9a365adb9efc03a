package intake

import (
	"context"
	"errors"
	"io"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// Find returns the record of an import. IMPORT_UNKNOWN.
func (s *Store) Find(ctx context.Context, id string) (*Import, error) {
	if !identity.WellFormed(id) { // never given out, and perhaps no key
		return nil, problem.New("IMPORT_UNKNOWN").Valued(id)
	}
	item, err := s.table.Get(ctx, importKey(id))
	if errors.Is(err, table.ErrNotFound) {
		return nil, problem.New("IMPORT_UNKNOWN").Valued(id)
	}
	if err != nil {
		return nil, err
	}
	return decode(item)
}

// Report returns the report of an import's last check. IMPORT_UNKNOWN; IMPORT_NOT_CHECKED while there is none, IMPORT_ERASED
// when it is no more.
func (s *Store) Report(ctx context.Context, id string) (*Report, error) {
	imp, err := s.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.ReportOf(ctx, imp)
}

// ReportOf is Report for an import at hand.
func (s *Store) ReportOf(ctx context.Context, imp *Import) (*Report, error) {
	if err := imp.Reported(); err != nil {
		return nil, err
	}
	return s.keptReport(ctx, imp.ID, imp.Check)
}

// Reported says why there is no report of the import's last check to read, nil when there is. IMPORT_NOT_CHECKED, IMPORT_ERASED, IMPORT_EXPIRED.
func (i *Import) Reported() error {
	if err := i.Available(); err != nil {
		return err
	}
	switch {
	case i.State == Failed && i.Erased():
		return erased(i)
	case i.CheckedAt.IsZero():
		return notChecked(i)
	}
	return nil
}

// keptReport reads what KeepReport kept.
func (s *Store) keptReport(ctx context.Context, id, check string) (*Report, error) {
	src, err := s.blobs.Open(ctx, ReportBlob(id, check))
	if err != nil {
		return nil, err
	}
	defer src.Close()
	report, err := loadReport(io.NewSectionReader(src, 0, src.Size()))
	if err != nil {
		return nil, err
	}
	report.Check = check
	return report, nil
}

// notChecked is IMPORT_NOT_CHECKED.
func notChecked(imp *Import) error { return problem.New("IMPORT_NOT_CHECKED").Valued(imp.ID) }

// CommittedOfFile returns the latest import that stored rows of a file's very bytes, or nil.
func (s *Store) CommittedOfFile(ctx context.Context, sha256 string) (*Import, error) {
	latest := table.Query{Partition: FileKey(sha256, "").Partition, Limit: 1, Descending: true}
	for {
		page, err := s.table.Query(ctx, latest)
		if err != nil {
			return nil, err
		}
		if len(page.Items) > 0 {
			return s.Find(ctx, foundBy(page.Items[0]))
		}
		if page.Cursor == "" {
			return nil, nil
		}
		latest.After = page.Cursor
	}
}

// CommittedOfPlan returns the committed import of a plan, or nil; also one that is being undone or was.
func (s *Store) CommittedOfPlan(ctx context.Context, plan string) (*Import, error) {
	item, err := s.table.Get(ctx, PlanKey(plan))
	if errors.Is(err, table.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return s.Find(ctx, foundBy(item))
}
