package exports

import (
	"context"
	"errors"
	"fmt"
	"io"

	asked "github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// workbooks are what can be written, by kind.
var workbooks = map[asked.Kind]func(context.Context, io.Writer, Input) error{
	asked.Audit:      Audit,
	asked.Budget:     Budget,
	asked.Donor:      Donor,
	asked.Fund:       Fund,
	asked.Membership: Membership,
	asked.Survey:     Survey,
}

// files are what can be written in other formats.
var files = map[asked.Kind]map[asked.Format]func(context.Context, io.Writer, Input) error{
	asked.Donor: {asked.PDF: DonorPDF, asked.CSV: DonorCSV},
	asked.Fund:  {asked.IATI: FundIATI},
}

// Write writes the workbook of a kind, or what the input's format is of it. It fails for a kind or format that there isn't, for a past that was not kept with PAST_NOT_KEPT, and otherwise
// as that workbook does.
func Write(ctx context.Context, dst io.Writer, kind asked.Kind, in Input) error {
	write, ok := workbooks[kind]
	if format := in.Format.OrFirst(); format != asked.XLSX {
		write, ok = files[kind][format]
	}
	if !ok {
		return fmt.Errorf("exports: there is no workbook %q as %q", kind, in.Format)
	}
	err := write(ctx, dst, in)
	if errors.Is(err, records.ErrNotKept) {
		return problem.New("PAST_NOT_KEPT")
	}
	return err
}
