package httpapi

import (
	"net/http"

	"github.com/learning-cities/guildhall/shared/httpapi/docpage"
)

// browse answers the document as a page for people.
func (a *api) browse(q *asking) (*answer, error) {
	document, err := a.document()
	if err != nil {
		return nil, err
	}
	page, err := docpage.HTML(document, "openapi.json", q.lang)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, text: page, kind: "text/html; charset=utf-8", policy: docpage.Policy()}, nil
}
