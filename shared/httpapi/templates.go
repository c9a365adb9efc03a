package httpapi

import (
	"net/http"

	"github.com/learning-cities/guildhall/shared/kinds/area"
	"github.com/learning-cities/guildhall/shared/locale"
)

func templateRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/templates", serve: (*api).listTemplates},
		{Method: "GET", Pattern: "/api/templates/{kind}", serve: (*api).template},
	}
}

// kindState is a kind of sheet as it is answered.
type kindState struct {
	Kind string    `json:"kind"`
	Area area.Area `json:"area"` // whose records it is about
}

// listTemplates answers the kinds of sheets, each of which has a template.
func (a *api) listTemplates(q *asking) (*answer, error) {
	kinds, err := a.Office.Templates(q.Context())
	if err != nil {
		return nil, err
	}
	got := page[kindState]{Items: make([]kindState, len(kinds))}
	for i, kind := range kinds {
		of, _ := area.Of(kind)
		got.Items[i] = kindState{Kind: kind, Area: of}
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// templateAnswer is an empty workbook to be filled in.
type templateAnswer struct {
	Template templateState `json:"template"`
	Download *link         `json:"download"` // once it is there
}

type templateState struct {
	Kind string      `json:"kind"`
	Lang locale.Lang `json:"lang"`
	File string      `json:"file"`
}

// template answers the link to the empty workbook of a kind, in the language of the request. It is accepted where it has to be made first.
func (a *api) template(q *asking) (*answer, error) {
	template, download, err := a.Office.Template(q.Context(), q.path("kind"), q.lang)
	if err != nil {
		return nil, err
	}
	got := templateAnswer{Template: templateState{Kind: template.Kind, Lang: template.Lang, File: template.File()}}
	if download == nil {
		return &answer{status: http.StatusAccepted, body: got}, nil
	}
	got.Download = linkOf(*download)
	return &answer{status: http.StatusOK, body: got}, nil
}
