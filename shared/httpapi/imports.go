package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
)

func importRoutes() []Route {
	return []Route{
		{Method: "POST", Pattern: "/api/imports", serve: (*api).createImport},
		{Method: "GET", Pattern: "/api/imports", serve: (*api).listImports},
		{Method: "GET", Pattern: "/api/imports/{id}", serve: (*api).findImport},
		{Method: "GET", Pattern: "/api/imports/{id}/history", serve: (*api).importHistory},
		{Method: "GET", Pattern: "/api/imports/{id}/report", serve: (*api).report},
		{Method: "GET", Pattern: "/api/imports/{id}/review", serve: (*api).review},
		{Method: "GET", Pattern: "/api/imports/{id}/review/rows", serve: (*api).reviewRows},
		{Method: "GET", Pattern: "/api/imports/{id}/review/changes", serve: (*api).reviewChanges},
		{Method: "POST", Pattern: "/api/imports/{id}/check", serve: (*api).checkAgain},
		{Method: "POST", Pattern: "/api/imports/{id}/commit", serve: (*api).commit},
		{Method: "POST", Pattern: "/api/imports/{id}/undo", serve: (*api).undo},
		{Method: "GET", Pattern: "/api/imports/{id}/undo", serve: (*api).undoReport},
		{Method: "GET", Pattern: "/api/imports/{id}/annotated", serve: (*api).annotated},
	}
}

// importState is an import as it is answered. All keys are always present.
type importState struct {
	ID          string         `json:"id"`
	State       intake.State   `json:"state"`
	Kind        *string        `json:"kind"`
	File        fileState      `json:"file"`
	Sheet       *string        `json:"sheet"`
	Rows        *intake.Counts `json:"rows"`
	Plan        *string        `json:"plan"`
	Mode        *intake.Mode   `json:"mode"`
	Done        int64          `json:"done"`    // rows of the present stage
	Problem     *why           `json:"problem"` // why it is refused or failed
	Person      *string        `json:"person"`  // who asked for it, and below who had it committed, where whoever reads may know that
	Committer   *string        `json:"committer"`
	Undo        *undoState     `json:"undo"` // where somebody asked for it to be undone
	AskedAt     *time.Time     `json:"askedAt"`
	CheckedAt   *time.Time     `json:"checkedAt"`
	CommittedAt *time.Time     `json:"committedAt"`
}

// undoState is how the undoing of an import stands. Its mode and times are of the last time that it was asked for.
type undoState struct {
	Mode      intake.Mode        `json:"mode"`
	Person    *string            `json:"person"`
	Rows      *intake.UndoCounts `json:"rows"`    // once it has ended
	Problem   *why               `json:"problem"` // why it is refused
	AskedAt   *time.Time         `json:"askedAt"`
	StartedAt *time.Time         `json:"startedAt"`
	EndedAt   *time.Time         `json:"endedAt"`
}

type fileState struct {
	Name   string  `json:"name"`
	Bytes  int64   `json:"bytes"`
	SHA256 *string `json:"sha256"`
	Format *string `json:"format"`
}

// why is a code with its message.
type why struct {
	Code    problem.Code `json:"code"`
	Message string       `json:"message"`
}

// whyOf is why an import is refused or failed: in full from its report where the file was refused, else from the import itself.
func whyOf(imp *intake.Import, refused *problem.Problem, lang locale.Lang) *why {
	if imp.Problem == "" {
		return nil
	}
	p := problem.New(imp.Problem).Valued(imp.ID).With("import", imp.Blocker).With("reference", imp.ID).WithInt("count", imp.Rows.Fail)
	if refused != nil && refused.Code == imp.Problem {
		p = refused
	}
	return &why{Code: p.Code, Message: p.Message(lang)}
}

func stateOf(imp *intake.Import, lang locale.Lang) importState {
	s := importState{
		ID: imp.ID, State: imp.State, Kind: orNull(imp.Kind), Sheet: orNull(imp.Sheet), Plan: orNull(imp.Plan),
		File: fileState{
			Name: imp.File.Name, Bytes: imp.File.Bytes, SHA256: orNull(imp.File.SHA256), Format: orNull(imp.File.Format),
		},
		Mode: orNull(imp.Mode), Done: imp.Done, Problem: whyOf(imp, nil, lang),
		Person: orNull(imp.Person), Committer: orNull(imp.Committer), Undo: undoOf(imp, lang),
		AskedAt: orNull(imp.AskedAt), CheckedAt: orNull(imp.CheckedAt), CommittedAt: orNull(imp.CommittedAt),
	}
	if !imp.CheckedAt.IsZero() && imp.State != intake.Refused {
		s.Rows = &imp.Rows
	}
	return s
}

func undoOf(imp *intake.Import, lang locale.Lang) *undoState {
	u := imp.Undo
	if u.Mode == "" {
		return nil
	}
	s := &undoState{
		Mode: u.Mode, Person: orNull(u.Person), AskedAt: orNull(u.AskedAt), StartedAt: orNull(u.StartedAt), EndedAt: orNull(u.EndedAt),
	}
	if !u.Waits() {
		s.Rows = &u.Rows
	}
	if p := imp.UndoProblem(); p != nil {
		s.Problem = &why{Code: p.Code, Message: p.Message(lang)}
	}
	return s
}

// importAnswer is the answer to whatever asks for or about an import.
type importAnswer struct {
	Import importState `json:"import"`
	Upload *link       `json:"upload,omitempty"` // where its file is to be sent
}

// createImport makes an import and the link through which its file is sent; the file's arrival has it checked.
func (a *api) createImport(q *asking) (*answer, error) {
	var r intake.Request
	var lang string
	body, err := q.read(
		field{"name", &r.Name, aText, true},
		field{"bytes", &whole{&r.Bytes}, aNumber, true},
		field{"kind", &r.Kind, aText, false},
		field{"sheet", &r.Sheet, aText, false},
		field{"lang", &lang, aText, false},
		field{"call", &r.Call, aText, false},
		field{"term", &r.Term, aText, false},
		field{"answers", &r.Answers, someTexts, false},
	)
	if err != nil {
		return nil, err
	}
	if r.Lang, err = optionalLang(lang); err != nil {
		return nil, err
	}
	imp, upload, err := a.Office.CreateImport(q.Context(), a.identifying(q, body), r)
	if err != nil {
		return nil, err
	}
	q.log = q.log.With("import", imp.ID)
	got := importAnswer{Import: stateOf(imp, q.lang)}
	if upload != nil {
		got.Upload = linkOf(*upload)
	}
	return &answer{status: http.StatusCreated, body: got, location: "imports/" + imp.ID}, nil
}

// identifying is identify for the office.
func (a *api) identifying(q *asking, body []byte) office.Identify {
	return func(context.Context) (string, error) { return a.identify(q, body) }
}

// optionalLang reads the language of a sheet or workbook.
func optionalLang(text string) (locale.Lang, error) {
	if text == "" {
		return "", nil
	}
	lang, err := locale.ParseLang(text)
	if err != nil {
		return "", invalid("lang", "en, fr, es")
	}
	return lang, nil
}

func (a *api) listImports(q *asking) (*answer, error) {
	got, err := storedPage(q, a.Office.Imports, func(imp *intake.Import) importState { return stateOf(imp, q.lang) })
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

func (a *api) findImport(q *asking) (*answer, error) {
	imp, refused, err := a.Office.Import(q.Context(), q.path("id"))
	if err != nil {
		return nil, err
	}
	state := stateOf(imp, q.lang)
	state.Problem = whyOf(imp, refused, q.lang)
	return &answer{status: http.StatusOK, body: importAnswer{Import: state}}, nil
}

// stepState is one thing that became of an import, as it is answered. All keys are always present.
type stepState struct {
	State   intake.State  `json:"state"`
	At      time.Time     `json:"at"`
	Person  *string       `json:"person"` // who asked for it, where somebody did and whoever reads may know that
	Mode    *intake.Mode  `json:"mode"`
	Plan    *string       `json:"plan"`
	Problem *problem.Code `json:"problem"`
}

// importHistory answers what became of an import, from when it was asked for on.
func (a *api) importHistory(q *asking) (*answer, error) {
	imp, _, err := a.Office.Import(q.Context(), q.path("id"))
	if err != nil {
		return nil, err
	}
	got := page[stepState]{Items: make([]stepState, len(imp.History))}
	for i, step := range imp.History {
		got.Items[i] = stepState{
			State: step.State, At: step.At, Person: orNull(step.Person), Mode: orNull(step.Mode), Plan: orNull(step.Plan), Problem: orNull(step.Problem),
		}
	}
	return &answer{status: http.StatusOK, body: got}, nil
}
