package exports

import (
	"context"
	"io"

	"github.com/learning-cities/guildhall/shared/exports/donorpaper"
	"github.com/learning-cities/guildhall/shared/statement"
)

// DonorPDF writes the statement of one donor as a paper. It fails as Donor does.
func DonorPDF(ctx context.Context, dst io.Writer, in Input) error {
	return writeDonor(ctx, dst, in, donorpaper.PDF)
}

// DonorCSV writes the statement of one donor as flat data. It fails as Donor does.
func DonorCSV(ctx context.Context, dst io.Writer, in Input) error {
	return writeDonor(ctx, dst, in, donorpaper.CSV)
}

func writeDonor(ctx context.Context, dst io.Writer, in Input, write func(io.Writer, donorpaper.Input) error) error {
	_, s, found, err := computeDonor(ctx, in)
	if err != nil {
		return err
	}
	return write(dst, donorpaper.Input{
		Statement: s, Transactions: statement.Transactions(found.Entries, s.Period, s.Donor.ID),
		Programme: in.Programme, Reference: in.Reference, Lang: in.Lang,
		City: func(id string) string { return found.cities[id] },
	})
}
