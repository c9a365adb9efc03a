package httpapi

import (
	"errors"
	"net/http"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// checkAgain has an import checked once more, with further answers.
func (a *api) checkAgain(q *asking) (*answer, error) {
	var answers map[string]string
	if _, err := q.read(field{"answers", &answers, someTexts, false}); err != nil {
		return nil, err
	}
	if err := checkAnswers(answers); err != nil {
		return nil, err
	}
	imp, err := a.Intake.Again(q.Context(), q.path("id"), q.person(), answers)
	if err != nil {
		if imp, err = a.begun(q, answers, err); err != nil {
			return nil, err
		}
	}
	if err := a.CheckQueue.Send(q.Context(), task.Check(imp.ID), 0); err != nil {
		return nil, err
	}
	return accepted(imp, q), nil
}

// begun gives an import whose further check was begun with the same answers: its request was sent again because the first one
// failed, perhaps before its message was sent.
func (a *api) begun(q *asking, answers map[string]string, cause error) (*intake.Import, error) {
	var p *problem.Problem
	if !errors.As(cause, &p) || p.Code != "IMPORT_NOT_CHECKED" {
		return nil, cause
	}
	imp, err := a.Intake.Find(q.Context(), q.path("id"))
	if err != nil {
		return nil, err
	}
	if imp.State != intake.Checking {
		return nil, cause
	}
	for question, given := range answers {
		if imp.Request.Answers[question] != given {
			return nil, cause
		}
	}
	return imp, nil
}

// commit has a plan committed. What is known to be refused is refused at once.
func (a *api) commit(q *asking) (*answer, error) {
	var plan string
	mode := intake.All
	if _, err := q.read(field{"plan", &plan, aText, true}, field{"mode", &mode, locale.Same("all, valid"), false}); err != nil {
		return nil, err
	}
	if mode != intake.All && mode != intake.Valid {
		return nil, invalid("mode", "all, valid").Valued(string(mode))
	}
	imp, err := a.Intake.Find(q.Context(), q.path("id"))
	if err != nil {
		return nil, err
	}
	if imp.State == intake.Committed && imp.Plan == plan {
		return &answer{status: http.StatusOK, body: importAnswer{Import: stateOf(imp, q.lang)}}, nil
	}
	if err := imp.Committable(plan, mode); err != nil {
		return nil, err
	}
	if imp, err = a.Intake.TakeUp(q.Context(), imp.ID, plan); err != nil {
		return nil, err
	}
	if err := a.CommitQueue.Send(q.Context(), task.Commit(imp.ID, plan, mode, q.person()), 0); err != nil {
		return nil, err
	}
	return accepted(imp, q), nil
}

// accepted is the answer to what was asked at a path below the import's own, where its location leads back to.
func accepted(imp *intake.Import, q *asking) *answer {
	return &answer{
		status: http.StatusAccepted, body: importAnswer{Import: stateOf(imp, q.lang)}, location: "../" + imp.ID,
	}
}
