package imports

import (
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
)

// CheckIncoming checks the file that came for an import (intake.Create), or an import that is to be checked again (intake.Again), and
// gives its report, also when the file is refused: the import's state tells. It may be called at any time and by several at once: the
// first check that ends counts, and one that is done gives its report. The file is then kept as uploads/<sha256>, and the
// incoming one deleted.
//
// IMPORT_UNKNOWN; IMPORT_FILE_AWAITED while there is no file; *Unfinished. After any other error the check may be tried again, also when
// it was given up (intake.Store.Fail) meanwhile.
func (s *Service) CheckIncoming(ctx context.Context, id string) (*intake.Report, error) {
	leave, err := s.running.enter(ctx, id)
	if err != nil {
		return nil, err
	}
	defer leave()
	for try := 1; ; try++ {
		imp, err := s.intake.Find(ctx, id)
		if err != nil {
			return nil, err
		}
		if !imp.Unchecked() {
			return s.checkedBefore(ctx, imp)
		}
		report, err := s.checkIncoming(ctx, imp)
		if err == nil {
			return report, nil
		}
		// Another may have ended the check and taken the file away under our hands, or have it begun anew.
		current, findErr := s.intake.Find(ctx, id)
		if findErr != nil || try == s.tries || current.State == imp.State && current.Attempt == imp.Attempt || isOpening(imp, current) {
			return nil, err
		}
	}
}

// isOpening reports whether all that happened to an import is that its check was begun.
func isOpening(before, after *intake.Import) bool {
	return before.State != after.State && before.Unchecked() && after.State == intake.Checking && before.Attempt == after.Attempt
}

// Recheck has an import that rests (intake.Again) checked again, with further answers, and gives the new report. Its earlier plan is
// not committed any more. When it is *Unfinished, CheckIncoming goes on with it.
func (s *Service) Recheck(ctx context.Context, id string, answers sheet.Answers) (*intake.Report, error) {
	if _, err := s.intake.Again(ctx, id, "", answers, nil); err != nil {
		return nil, err
	}
	return s.CheckIncoming(ctx, id)
}

// isTaken reports whether the import's file was taken in.
func isTaken(imp *intake.Import) bool { return imp.File.SHA256 != "" }

// checkedBefore gives the report of a check that was done, and takes away what it has no more need of.
func (s *Service) checkedBefore(ctx context.Context, imp *intake.Import) (*intake.Report, error) {
	report, err := s.intake.ReportOf(ctx, imp)
	if err != nil {
		return nil, err
	}
	return report, s.tidy(ctx, imp.ID)
}

// tidy deletes what only an unfinished check needs, and what others left: checks that were killed or overtaken, and earlier ones whose
// plans commit nothing any more.
func (s *Service) tidy(ctx context.Context, id string) error {
	return errors.Join(s.blobs.Delete(ctx, intake.Incoming(id)), s.blobs.Delete(ctx, intake.PartBlob(id)), s.sweep(ctx, id))
}

// sweep deletes the blobs of an import's checks and undos that don't count. It looks at what there is before it finds out which ones count:
// so what it deletes belongs to none that was begun after these, and which may still come to count. An undo that is being weighed has blobs
// before the import's record says so; whoever ends it sweeps.
func (s *Service) sweep(ctx context.Context, id string) error {
	var found []string
	err := s.blobs.List(ctx, intake.CheckBlobs(id), func(info blob.Info) error {
		found = append(found, info.Name)
		return nil
	})
	if err != nil {
		return err
	}
	imp, err := s.intake.Find(ctx, id)
	if err != nil || imp.Unchecked() || imp.State == intake.Undoing && !imp.Confirmed {
		return err
	}
	for _, name := range found {
		if !imp.HasBlob(name) {
			err = errors.Join(err, s.blobs.Delete(ctx, name))
		}
	}
	return err
}

func (s *Service) checkIncoming(ctx context.Context, imp *intake.Import) (*intake.Report, error) {
	name := intake.Incoming(imp.ID)
	if isTaken(imp) {
		name = intake.UploadBlob(imp.File.SHA256)
	}
	src, err := s.blobs.Open(ctx, name)
	if errors.Is(err, blob.ErrNotFound) {
		return nil, problem.New("IMPORT_FILE_AWAITED").Valued(imp.ID)
	}
	if err != nil {
		return nil, err
	}
	defer src.Close()
	if imp, err = s.intake.Begin(ctx, imp.ID); err != nil {
		return nil, err
	}
	if !imp.Unchecked() {
		return s.checkedBefore(ctx, imp)
	}
	up := Upload{Name: imp.File.Name, Source: src, Size: src.Size()}
	report := &intake.Report{
		Import: imp.ID, Check: s.ids(), Person: imp.Person,
		File: intake.File{Name: up.Name, Bytes: up.Size, Format: string(sheet.Unknown)},
	}
	kind, err := s.checkUpload(ctx, up, imp, report)
	var refusal *problem.Problem
	if errors.As(err, &refusal) {
		report.Refuse(refusal)
		err = s.reviewRefused(ctx, report)
	}
	if err != nil {
		return nil, err
	}
	return s.settle(ctx, up, imp, report, kind)
}

// checkUpload checks a file as it was asked for. FILE_SIZE_DIFFERS, and the refusals of Check.
func (s *Service) checkUpload(ctx context.Context, up Upload, imp *intake.Import, report *intake.Report) (Kind, error) {
	asked := imp.Request
	if !isTaken(imp) && up.Size != asked.Bytes {
		return nil, problem.New("FILE_SIZE_DIFFERS")
	}
	var err error
	if report.File.SHA256, err = hashOf(ctx, up); err != nil {
		return nil, err
	}
	part, err := s.openPart(ctx, imp)
	if err != nil {
		return nil, err
	}
	defer part.close()
	edits, err := s.editsOf(ctx, imp)
	if err != nil {
		return nil, err
	}
	return s.check(ctx, up, Options{
		Kind: asked.Kind, Sheet: asked.Sheet, Lang: asked.Lang, Call: asked.Call, Term: asked.Term, Answers: asked.Answers,
		Person: asked.Person, edits: edits, layer: asked.Edits, review: true, at: imp.BegunAt, part: part,
	}, report)
}

// editsOf are the edits over an import's sheet, as what reads sheets takes them.
func (s *Service) editsOf(ctx context.Context, imp *intake.Import) ([]sheet.Edit, error) {
	kept, err := s.intake.Edits(ctx, imp)
	if err != nil {
		return nil, err
	}
	edits := make([]sheet.Edit, len(kept))
	for i, edit := range kept {
		edits[i] = sheet.Edit(edit)
	}
	return edits, nil
}

// settle ends a check: the file and the report are stored, and last what came of it, unless another check ended before.
func (s *Service) settle(
	ctx context.Context, up Upload, imp *intake.Import, report *intake.Report, kind Kind,
) (*intake.Report, error) {
	if report.File.SHA256 != "" {
		if err := s.keepUpload(ctx, up, report.File.SHA256); err != nil {
			return nil, err
		}
	}
	if err := s.intake.KeepReport(ctx, report); err != nil {
		return nil, err
	}
	next := *imp
	s.describeCheck(&next, report, kind)
	write, err := next.Write(imp)
	if err != nil {
		return nil, err
	}
	err = s.retry(ctx, func() error { return s.table.Write(ctx, write) })
	var overtaken *table.ConditionError
	if !errors.As(err, &overtaken) {
		if err != nil {
			return nil, err
		}
		return report, s.tidy(ctx, imp.ID)
	}
	current, err := s.intake.Find(ctx, imp.ID)
	if err != nil {
		return nil, err
	}
	if current.Check == report.Check { // it was our own write, whose answer was lost
		return report, s.tidy(ctx, imp.ID)
	}
	err = errMoved
	for _, name := range []string{
		report.PlanBlob(), intake.ReportBlob(report.Import, report.Check), intake.ReviewBlob(report.Import, report.Check),
		intake.ReviewRowsBlob(report.Import, report.Check), intake.ReviewChangesBlob(report.Import, report.Check),
	} {
		err = errors.Join(err, s.blobs.Delete(ctx, name))
	}
	return nil, err
}
