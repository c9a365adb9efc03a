package intake

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Erasing takes persons out of what is kept of an import.
type Erasing struct {
	// Text is a text without the persons.
	Text func(text string) string
	// Plan writes the plan of a blob, without the persons, into another blob. It gives the SHA-256 of that, and the rows of the sheet that were
	// about one of the persons.
	Plan func(ctx context.Context, from, to string) (sha256 string, rows map[int]bool, err error)
}

// Erased reports whether persons were taken out of what is kept of the import: its file and its marked copies are no more.
func (i *Import) Erased() bool { return !i.ErasedAt.IsZero() }

// erased is IMPORT_ERASED.
func erased(i *Import) error { return problem.New("IMPORT_ERASED").Valued(i.ID) }

// PlanHash is the SHA-256 of the plan as it is kept, which differs from Plan once persons were taken out of it.
func (i *Import) PlanHash() string { return cmp.Or(i.Redacted, i.Plan) }

// Erase takes persons out of an import. What one stored keeps its plan and reports, without the persons, so that it can be undone and looked
// at; one that stored nothing has nothing left, and can only be sent anew. Everything else that its checks kept is erased in all versions;
// the file itself, which several imports may have, is the caller's to erase. It may be repeated, and after an error has to be; changed says
// whether there was anything to take out. IMPORT_UNKNOWN; RECORD_BUSY while it is being committed or undone, or another erasure is at it.
func (s *Store) Erase(ctx context.Context, id string, e Erasing) (changed bool, err error) {
	imp, err := s.Find(ctx, id)
	if err != nil {
		return false, err
	}
	if imp.keepsPlan() {
		if changed, err = s.redact(ctx, id, e); err != nil {
			return false, err
		}
	}
	imp, err = s.step(ctx, id, func(imp *Import) error {
		named := false
		switch {
		case imp.State == Committing || imp.State == Undoing:
			return problem.New("RECORD_BUSY").With("import", imp.ID)
		case imp.State != Committed && imp.State != Undone && !(imp.State == Failed && imp.Erased()):
			imp.Attempt++ // a check that is under way counts for nothing
			imp.Problem = "IMPORT_ERASED"
			imp.Become(Step{State: Failed, At: s.clock().UTC(), Problem: imp.Problem})
			changed = true
		}
		imp.redact(noting(e.Text, &named))
		if imp.Erased() && !named {
			return errSame
		}
		imp.ErasedAt, imp.Erasing = s.clock().UTC(), true
		changed = true
		return nil
	})
	if err != nil {
		return false, err
	}
	gone, err := s.eraseBlobs(ctx, imp.ID)
	if err != nil || !imp.Erasing {
		return changed || gone, err
	}
	_, err = s.step(ctx, id, func(imp *Import) error {
		imp.Erasing = false
		return nil
	})
	return true, err
}

// keepsPlan reports whether the import stored something, and its plan is kept so that it can be undone.
func (i *Import) keepsPlan() bool {
	return (i.State == Committed || i.State == Undone) && i.ExpiredAt.IsZero()
}

// redact keeps the plan and the reports of an import that stored something anew, without the persons, under names of their own, and erases what
// they were. The record names them before they are written, so that nobody sweeps them, and again when all of them are there: until then the others
// count. Where nothing is another text than it was, all of it stays.
func (s *Store) redact(ctx context.Context, id string, e Erasing) (changed bool, err error) {
	check, undo := s.ids(), s.ids()
	imp, err := s.step(ctx, id, func(imp *Import) error {
		if !imp.keepsPlan() {
			return problem.New("RECORD_BUSY").With("import", imp.ID)
		}
		imp.Redacting = []string{check, undo}
		return nil
	})
	if err != nil {
		return false, err
	}
	sum, changed, err := s.redactBlobs(ctx, imp, check, undo, e)
	if errors.Is(err, blob.ErrNotFound) {
		if now, failed := s.Find(ctx, id); failed != nil || !slices.Equal(now.Redacting, imp.Redacting) { // another erasure was at it, and is done
			return false, errors.Join(failed, problem.New("RECORD_BUSY").With("import", id))
		}
	}
	if err != nil {
		return false, err
	}
	_, err = s.step(ctx, id, func(now *Import) error {
		if !slices.Equal(now.Redacting, imp.Redacting) || now.State != imp.State || !now.ExpiredAt.IsZero() {
			return problem.New("RECORD_BUSY").With("import", id) // another erasure, an undo, or the end of its time
		}
		now.Redacting = nil
		if !changed {
			return nil
		}
		now.Attempt++ // the step of whoever read it before is one of something else
		now.Check, now.Redacted, now.Erasing = check, sum, true
		if now.Undo.Check != "" {
			now.Undo.Check = undo
		}
		return nil
	})
	if err != nil || changed {
		return changed, err
	}
	for _, unused := range []string{check, undo} {
		err = errors.Join(err, s.blobs.List(ctx, checkBlob(id, unused, ""), func(info blob.Info) error { return s.blobs.Erase(ctx, info.Name) }))
	}
	return false, err
}

// redactBlobs writes the plan and the reports of an import under their new names.
func (s *Store) redactBlobs(ctx context.Context, imp *Import, check, undo string, e Erasing) (sum string, changed bool, err error) {
	sum, rows, err := e.Plan(ctx, imp.PlanBlob(), PlanBlob(imp.ID, check))
	if err != nil {
		return "", false, err
	}
	changed = sum != imp.PlanHash()
	reports := [][2]string{{imp.Check, check}}
	if imp.Undo.Check != "" {
		reports = append(reports, [2]string{imp.Undo.Check, undo})
	}
	for _, report := range reports {
		other, err := s.redactReport(ctx, imp.ID, report[0], report[1], e.Text, rows)
		if err != nil {
			return "", false, err
		}
		changed = changed || other
	}
	return sum, changed, nil
}

// redactReport keeps a report anew, and tells whether it is another one than it was.
func (s *Store) redactReport(ctx context.Context, id, from, to string, text func(string) string, rows map[int]bool) (changed bool, err error) {
	report, err := s.keptReport(ctx, id, from)
	if err != nil {
		return false, err
	}
	report.Check = to
	changed = report.redact(text, rows)
	if err := s.KeepReport(ctx, report); err != nil {
		return false, err
	}
	stored, err := s.blobs.Stat(ctx, ReportBlob(id, to))
	if err != nil || stored.Size <= LongReport {
		return changed, err
	}
	for _, lang := range locale.Langs {
		if err := s.print(ctx, report, lang); err != nil {
			return false, err
		}
	}
	return changed, nil
}

// print keeps a long report as it is given out.
func (s *Store) print(ctx context.Context, report *Report, lang locale.Lang) (err error) {
	w, err := s.blobs.Create(ctx, PrintedBlob(report.Import, report.Check, lang))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Abort()) }()
	if err := report.WriteJSON(w, lang); err != nil {
		return err
	}
	_, err = w.Commit()
	return err
}

// redact takes the persons out of a report, and all that was in cells of rows that were about one of them: a telephone number that lost its zero
// is the person's as well. It tells whether anything is another text than it was.
func (r *Report) redact(text func(string) string, rows map[int]bool) (changed bool) {
	text = noting(text, &changed)
	none := noting(func(string) string { return "" }, &changed)
	r.File.Name, r.Sheet = text(r.File.Name), text(r.Sheet)
	r.Answers = redactedAnswers(r.Answers, text)
	for i := range r.Problems {
		p := &r.Problems[i]
		if rows[p.Row] {
			changed = changed || p.Value != nil
			p.Value, p.Suggestion, p.About = nil, none(p.Suggestion), none(p.About)
			for _, name := range cellParams {
				if was, given := p.Params[name]; given && was != hiddenParam {
					p.Params[name], changed = hiddenParam, true
				}
			}
		}
		p.Sheet, p.Suggestion, p.About = text(p.Sheet), text(p.Suggestion), text(p.About)
		if value, ok := p.Value.(string); ok {
			p.Value = text(value)
		}
		for name, param := range p.Params {
			p.Params[name] = locale.Text{EN: text(param.EN), FR: text(param.FR), ES: text(param.ES)}
		}
	}
	return changed
}

// noting is a function of texts that notes where one becomes another.
func noting(text func(string) string, changed *bool) func(string) string {
	return func(was string) string {
		now := text(was)
		*changed = *changed || now != was
		return now
	}
}

// hiddenParam stands where a problem showed what is in a cell.
var hiddenParam = locale.Same("…")

// cellParams are the parameters of problems that show what is in a cell or was.
var cellParams = []string{"shown", "stored", "before", "after", "value", "address", "other", "first", "second"}

func redactedAnswers(answers map[string]string, text func(string) string) map[string]string {
	if answers == nil {
		return nil
	}
	redacted := make(map[string]string, len(answers))
	for question, answer := range answers {
		redacted[text(question)] = text(answer)
	}
	return redacted
}

// redact takes the persons out of an import's record.
func (i *Import) redact(text func(string) string) {
	i.File.Name, i.Request.Name, i.Sheet, i.Request.Sheet = text(i.File.Name), text(i.Request.Name), text(i.Sheet), text(i.Request.Sheet)
	i.Request.Answers = redactedAnswers(i.Request.Answers, text)
	kept := make([]Answer, len(i.Answers))
	for n, one := range i.Answers {
		kept[n] = Answer{Question: text(one.Question), Answer: text(one.Answer)}
	}
	if len(kept) > 0 {
		i.Answers = kept
	}
}

// eraseBlobs erases whatever checks ever kept of an import from which persons were taken out, but for what counts since, and tells whether there
// was anything. It looks at what there is before it finds out what counts, as whoever sweeps.
func (s *Store) eraseBlobs(ctx context.Context, id string) (gone bool, err error) {
	var found []string
	if err := s.blobs.Ever(ctx, CheckBlobs(id), func(name string) error {
		found = append(found, name)
		return nil
	}); err != nil {
		return false, err
	}
	imp, err := s.Find(ctx, id)
	if err != nil {
		return false, err
	}
	for _, name := range found {
		if !imp.keepsPlan() || !imp.counts(name) {
			gone = true
			err = errors.Join(err, s.blobs.Erase(ctx, name))
		}
	}
	return gone, errors.Join(err, s.blobs.Erase(ctx, Incoming(id)))
}
