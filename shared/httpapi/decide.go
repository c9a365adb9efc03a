package httpapi

import (
	"net/http"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
)

// checkAgain has an import checked once more, with further answers and edits.
func (a *api) checkAgain(q *asking) (*answer, error) {
	var answers map[string]string
	var edits editsInput
	if _, err := q.read(field{"answers", &answers, someTexts, false}, field{"edits", &edits, someEdits, false}); err != nil {
		return nil, err
	}
	imp, err := a.Office.CheckImport(q.Context(), q.path("id"), answers, edits)
	if err != nil {
		return nil, err
	}
	return accepted(imp, q), nil
}

// modes are those of a commit or undo.
var modes = locale.Same("all, valid")

// commit has a plan committed.
func (a *api) commit(q *asking) (*answer, error) {
	var plan string
	mode := intake.All
	if _, err := q.read(field{"plan", &plan, aText, true}, field{"mode", &mode, modes, false}); err != nil {
		return nil, err
	}
	imp, err := a.Office.CommitImport(q.Context(), q.path("id"), plan, mode)
	if err != nil {
		return nil, err
	}
	if imp.State == intake.Committed {
		return &answer{status: http.StatusOK, body: importAnswer{Import: stateOf(imp, q.lang)}}, nil
	}
	return accepted(imp, q), nil
}

// undo has taken back what an import stored.
func (a *api) undo(q *asking) (*answer, error) {
	mode := intake.All
	if _, err := q.read(field{"mode", &mode, modes, false}); err != nil {
		return nil, err
	}
	imp, err := a.Office.UndoImport(q.Context(), q.path("id"), mode)
	if err != nil {
		return nil, err
	}
	if imp.State == intake.Undone {
		return &answer{status: http.StatusOK, body: importAnswer{Import: stateOf(imp, q.lang)}}, nil
	}
	return accepted(imp, q), nil
}

// accepted is the answer to what was asked at a path below the import's own, where its location leads back to.
func accepted(imp *intake.Import, q *asking) *answer {
	return &answer{
		status: http.StatusAccepted, body: importAnswer{Import: stateOf(imp, q.lang)}, location: "../" + imp.ID,
	}
}
