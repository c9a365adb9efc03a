package assembly

import (
	"context"
	"errors"
	"time"

	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/statement"
)

// figures gives the digest of a donor's statement, by the same computing that the workbook and the papers show. registry.ErrDonor
// for one that is unheard of.
func (p Parts) figures(ctx context.Context, from records.Reader, at time.Time, of registry.StatementOf) (string, error) {
	in, err := exports.ReadStatements(ctx, exports.Input{
		Records: within{from}, Programme: p.Edition(), Reference: reference.Load(), At: at,
	})
	if err != nil {
		return "", err
	}
	all, err := statement.Compute(in, statement.Period{From: of.From, To: of.To, Term: of.Term}, of.Donor)
	if err != nil {
		return "", err
	}
	s, err := all.Statement(statement.Order{Donor: of.Donor})
	if errors.Is(err, statement.ErrDonor) {
		return "", registry.ErrDonor
	}
	if err != nil {
		return "", err
	}
	return s.Digest, nil
}

// within is a reader inside of a snapshot that was taken already.
type within struct{ records.Reader }

func (w within) Snapshot(_ context.Context, _ []string, read func(records.Reader) error) error {
	return read(w.Reader)
}
