package exports

import (
	"context"
	"io"

	"github.com/learning-cities/guildhall/shared/exports/iati"
)

// FundIATI writes the fund's activity file in the standard IATI 2.03; its texts are in all languages. TERM_UNKNOWN; a store that stays busy
// is a *records.BusyError.
func FundIATI(ctx context.Context, dst io.Writer, in Input) error {
	r, err := in.resolve()
	if err != nil {
		return err
	}
	found, err := readStatements(ctx, in)
	if err != nil {
		return err
	}
	return iati.Write(dst, iati.Input{
		Programme: in.Programme, Reference: in.Reference, Entries: found.Entries, Donors: found.Donors, Pledges: found.Pledges,
		Results: found.Results, At: in.At, Today: r.day,
	})
}
