package httpapi

import (
	"net/http"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
)

func exportRoutes() []Route {
	return []Route{
		{Method: "POST", Pattern: "/api/exports", serve: (*api).createExport},
		{Method: "GET", Pattern: "/api/exports", serve: (*api).listExports},
		{Method: "GET", Pattern: "/api/exports/{id}", serve: (*api).findExport},
	}
}

// exportState is a workbook that was asked for, as it is answered. All keys are always present.
type exportState struct {
	ID      string         `json:"id"`
	State   request.State  `json:"state"`
	Kind    request.Kind   `json:"kind"`
	Lang    locale.Lang    `json:"lang"`
	Format  request.Format `json:"format"`
	Call    *string        `json:"call"`
	Term    *string        `json:"term"`
	Donor   *string        `json:"donor"` // of a statement
	From    *civil.Date    `json:"from"`
	To      *civil.Date    `json:"to"`
	At      time.Time      `json:"at"`
	File    string         `json:"file"`
	Bytes   *int64         `json:"bytes"`   // once it is ready
	Problem *why           `json:"problem"` // why it failed
	Person  *string        `json:"person"`  // who asked for it, where whoever reads may know that
	AskedAt time.Time      `json:"askedAt"`
	EndedAt *time.Time     `json:"endedAt"`
}

// exportAnswer is the answer to whatever asks for or about a workbook.
type exportAnswer struct {
	Export   exportState `json:"export"`
	Download *link       `json:"download"` // once it is ready
}

func exportStateOf(e *request.Export, lang locale.Lang) exportState {
	s := exportState{
		ID: e.ID, State: e.State, Kind: e.Wish.Kind, Lang: e.Wish.Lang, Format: e.Wish.Format.OrFirst(), Call: orNull(e.Wish.Call), Term: orNull(e.Wish.Term),
		Donor: orNull(e.Wish.Donor), From: orNull(e.Wish.From), To: orNull(e.Wish.To),
		At: e.Wish.At, File: e.File(), Bytes: orNull(e.Bytes), Person: orNull(e.Wish.Person), AskedAt: e.AskedAt, EndedAt: orNull(e.EndedAt),
	}
	if e.Problem != nil {
		s.Problem = &why{Code: e.Problem.Code, Message: e.Problem.Message(lang)}
	}
	return s
}

// createExport asks for a workbook, in the language of the request unless it names another, as of now unless it names a moment: then by
// what was on record at that moment.
func (a *api) createExport(q *asking) (*answer, error) {
	wish := request.Wish{Lang: q.lang}
	var lang string
	var at *time.Time
	body, err := q.read(
		field{"kind", &wish.Kind, aText, true},
		field{"lang", &lang, aText, false},
		field{"format", &wish.Format, aText, false},
		field{"call", &wish.Call, aText, false},
		field{"term", &wish.Term, aText, false},
		field{"donor", &wish.Donor, aText, false},
		field{"from", &wish.From, aDay, false},
		field{"to", &wish.To, aDay, false},
		field{"at", &at, aTime, false},
	)
	if err != nil {
		return nil, err
	}
	given, err := optionalLang(lang)
	if err != nil {
		return nil, err
	}
	if given != "" {
		wish.Lang = given
	}
	if at != nil {
		if wish.At = *at; at.IsZero() { // which would be now
			return nil, invalidText("at", aTime)
		}
	}
	export, err := a.Office.CreateExport(q.Context(), a.identifying(q, body), wish)
	if err != nil {
		return nil, err
	}
	q.log = q.log.With("export", export.ID)
	got := exportAnswer{Export: exportStateOf(export, q.lang)}
	return &answer{status: http.StatusAccepted, body: got, location: "exports/" + export.ID}, nil
}

func (a *api) listExports(q *asking) (*answer, error) {
	got, err := storedPage(q, a.Office.Exports, func(e *request.Export) exportState { return exportStateOf(e, q.lang) })
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

func (a *api) findExport(q *asking) (*answer, error) {
	export, download, err := a.Office.Export(q.Context(), q.path("id"))
	if err != nil {
		return nil, err
	}
	got := exportAnswer{Export: exportStateOf(export, q.lang)}
	if download != nil {
		got.Download = linkOf(*download)
	}
	return &answer{status: http.StatusOK, body: got}, nil
}
