package httpapi

import (
	"bytes"
	"io"
	"net/http"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/locale"
)

// linkAnswer is the answer to whatever is fetched through a link.
type linkAnswer struct {
	Link *link `json:"link"`
}

// report answers the report as the command prints it. One that is too long for an answer is fetched through a link, which is where
// the answer leads.
func (a *api) report(q *asking) (*answer, error) {
	report, link, err := a.Office.ImportReport(q.Context(), q.path("id"), q.lang)
	if err != nil {
		return nil, err
	}
	return printed(q, report, link)
}

// undoReport is report for the undoing of an import.
func (a *api) undoReport(q *asking) (*answer, error) {
	report, link, err := a.Office.UndoReport(q.Context(), q.path("id"), q.lang)
	if err != nil {
		return nil, err
	}
	return printed(q, report, link)
}

// printed answers a report, or leads to where it is fetched.
func printed(q *asking, report interface {
	WriteJSON(dst io.Writer, lang locale.Lang) error
}, fetched *blob.Link) (*answer, error) {
	if fetched != nil {
		return &answer{status: http.StatusSeeOther, body: linkAnswer{linkOf(*fetched)}, location: fetched.URL}, nil
	}
	var text bytes.Buffer
	if err := report.WriteJSON(&text, q.lang); err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, text: text.Bytes()}, nil
}

// annotated answers the link to the sender's workbook with the problems marked in it.
func (a *api) annotated(q *asking) (*answer, error) {
	link, err := a.Office.MarkedCopy(q.Context(), q.path("id"))
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: linkAnswer{linkOf(*link)}}, nil
}
