package intake

import (
	"cmp"
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Erasing takes persons out of what is kept of an import.
type Erasing struct {
	// Text is a text without the persons.
	Text func(text string) string
	// Plan writes the plan of a blob, without the persons, into another blob, and gives the SHA-256 of that.
	Plan func(ctx context.Context, from, to string) (sha256 string, err error)
}

// Erased reports whether persons were taken out of what is kept of the import: its file and its marked copies are no more.
func (i *Import) Erased() bool { return !i.ErasedAt.IsZero() }

// erased is IMPORT_ERASED.
func erased(i *Import) error { return problem.New("IMPORT_ERASED").Valued(i.ID) }

// PlanHash is the SHA-256 of the plan as it is kept, which differs from Plan once persons were taken out of it.
func (i *Import) PlanHash() string { return cmp.Or(i.Redacted, i.Plan) }

// Erase takes persons out of an import. What one stored keeps its plan and reports, without the persons, so that it can be undone and looked
// at; one that stored nothing has nothing left, and can only be sent anew. Everything else that its checks kept is erased in all versions;
// the file itself, which several imports may have, is the caller's to erase. It may be repeated, and after an error has to be.
// IMPORT_UNKNOWN; RECORD_BUSY while it is being committed or undone.
func (s *Store) Erase(ctx context.Context, id string, e Erasing) (*Import, error) {
	imp, err := s.step(ctx, id, func(imp *Import) error {
		switch imp.State {
		case Committing, Undoing:
			return problem.New("RECORD_BUSY").With("import", imp.ID)
		case Committed, Undone:
			if err := s.redact(ctx, imp, e); err != nil {
				return err
			}
		default:
			imp.Attempt++ // a check that is under way counts for nothing
			imp.Problem = "IMPORT_ERASED"
			if imp.State != Failed || !imp.Erased() {
				imp.Become(Step{State: Failed, At: s.clock().UTC(), Problem: imp.Problem})
			}
		}
		imp.ErasedAt = s.clock().UTC()
		imp.redact(e.Text)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return imp, s.eraseBlobs(ctx, imp)
}

// redact keeps the plan and the reports of an import that stored something anew, without the persons, under names of their own: until its
// record says so, the others count.
func (s *Store) redact(ctx context.Context, imp *Import, e Erasing) error {
	check := s.ids()
	if err := s.redactReport(ctx, imp.ID, imp.Check, check, e); err != nil {
		return err
	}
	sum, err := e.Plan(ctx, imp.PlanBlob(), PlanBlob(imp.ID, check))
	if err != nil {
		return err
	}
	imp.Check, imp.Redacted = check, sum
	if imp.Undo.Check != "" {
		undo := s.ids()
		if err := s.redactReport(ctx, imp.ID, imp.Undo.Check, undo, e); err != nil {
			return err
		}
		imp.Undo.Check = undo
	}
	return nil
}

func (s *Store) redactReport(ctx context.Context, id, from, to string, e Erasing) error {
	report, err := s.keptReport(ctx, id, from)
	if err != nil {
		return err
	}
	report.Check = to
	report.redact(e.Text)
	if err := s.KeepReport(ctx, report); err != nil {
		return err
	}
	stored, err := s.blobs.Stat(ctx, ReportBlob(id, to))
	if err != nil || stored.Size <= LongReport {
		return err
	}
	for _, lang := range locale.Langs {
		if err := s.print(ctx, report, lang); err != nil {
			return err
		}
	}
	return nil
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

// redact takes the persons out of a report.
func (r *Report) redact(text func(string) string) {
	r.File.Name, r.Sheet = text(r.File.Name), text(r.Sheet)
	for question, answer := range r.Answers {
		r.Answers[question] = text(answer)
	}
	for i := range r.Problems {
		p := &r.Problems[i]
		p.Sheet, p.Suggestion, p.About = text(p.Sheet), text(p.Suggestion), text(p.About)
		if value, ok := p.Value.(string); ok {
			p.Value = text(value)
		}
		for name, param := range p.Params {
			p.Params[name] = locale.Text{EN: text(param.EN), FR: text(param.FR), ES: text(param.ES)}
		}
	}
}

// redact takes the persons out of an import's record.
func (i *Import) redact(text func(string) string) {
	i.File.Name, i.Request.Name, i.Sheet, i.Request.Sheet = text(i.File.Name), text(i.Request.Name), text(i.Sheet), text(i.Request.Sheet)
	if i.Request.Answers != nil {
		answers := make(map[string]string, len(i.Request.Answers))
		for question, answer := range i.Request.Answers {
			answers[text(question)] = text(answer)
		}
		i.Request.Answers = answers
	}
	kept := make([]Answer, len(i.Answers))
	for n, one := range i.Answers {
		kept[n] = Answer{Question: text(one.Question), Answer: text(one.Answer)}
	}
	if len(kept) > 0 {
		i.Answers = kept
	}
}

// eraseBlobs erases whatever checks ever kept of an import from which persons were taken out, but for what counts since.
func (s *Store) eraseBlobs(ctx context.Context, imp *Import) error {
	stored := imp.State == Committed || imp.State == Undone
	var gone []string
	err := s.blobs.Ever(ctx, CheckBlobs(imp.ID), func(name string) error {
		if !stored || !imp.counts(name) {
			gone = append(gone, name)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range append(gone, Incoming(imp.ID)) {
		err = errors.Join(err, s.blobs.Erase(ctx, name))
	}
	return err
}
