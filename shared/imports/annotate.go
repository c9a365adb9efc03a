package imports

import (
	"context"
	"io"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Annotated writes the sender's own workbook with the report's problems marked at their cells, in a language. A refused file has
// none: the refusal is returned.
func (s *Service) Annotated(
	ctx context.Context, report *intake.Report, dst io.Writer, lang locale.Lang,
) (sheet.Annotated, error) {
	if report.Refused() {
		return sheet.Annotated{}, &report.Problems[0]
	}
	src, err := s.blobs.Open(ctx, intake.UploadBlob(report.File.SHA256))
	if err != nil {
		return sheet.Annotated{}, err
	}
	defer src.Close()
	opts := sheet.AnnotateOptions{
		Lang: lang, Sheet: report.Sheet, HeaderRow: report.HeaderRow,
		Open: []sheet.Option{sheet.WithLimits(s.limits), sheet.WithAnswers(report.Answers)},
	}
	return sheet.Annotate(ctx, dst, src, src.Size(), report.File.Name, marksOf(report), opts)
}

// marksOf are the problems that a sender can do something about, or has to know of: that a row is stored already, or was blank,
// is no reason to mark it.
func marksOf(report *intake.Report) []sheet.Mark {
	var marks []sheet.Mark
	for _, p := range report.Problems {
		if p.Code == "ROW_EXISTS_UNCHANGED" || p.Code == "ROW_BLANK_SKIPPED" || p.Code == "FILE_DUPLICATE" {
			continue
		}
		marks = append(marks, p)
		for _, row := range p.Also { // the question is one, and each cell that it is about waits for its answer
			marks = append(marks, p.AtRow(row))
		}
	}
	return marks
}
