package httpapi

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
)

func exportRoutes() []Route {
	return []Route{
		{Method: "POST", Pattern: "/api/exports", serve: (*api).createExport},
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
		At: e.Wish.At, File: e.File(), Bytes: orNull(e.Bytes), AskedAt: e.AskedAt, EndedAt: orNull(e.EndedAt),
	}
	if e.Problem != nil {
		s.Problem = &why{Code: e.Problem.Code, Message: e.Problem.Message(lang)}
	}
	return s
}

// createExport asks for a workbook, in the language of the request unless it names another, as of now unless it names a moment: then by
// what was on record at that moment.
func (a *api) createExport(q *asking) (*answer, error) {
	now := a.Clock().UTC()
	wish := request.Wish{Lang: q.lang, At: now, Person: q.person()}
	var lang string
	body, err := q.read(
		field{"kind", &wish.Kind, kinds(), true},
		field{"lang", &lang, aText, false},
		field{"format", &wish.Format, aText, false},
		field{"call", &wish.Call, aText, false},
		field{"term", &wish.Term, aText, false},
		field{"donor", &wish.Donor, aText, false},
		field{"from", &wish.From, aDay, false},
		field{"to", &wish.To, aDay, false},
		field{"at", &wish.At, aTime, false},
	)
	if err != nil {
		return nil, err
	}
	wish.Past = wish.At != now
	if err := wishable(&wish, lang); err != nil {
		return nil, err
	}
	id, err := a.identify(q, body)
	if err != nil {
		return nil, err
	}
	export, err := a.Exports.Create(q.Context(), id, wish)
	if err != nil {
		return nil, err
	}
	q.log = q.log.With("export", export.ID)
	if export.State == request.Asked {
		if err := a.ExportQueue.Send(q.Context(), task.Export(export.ID), 0); err != nil {
			return nil, err
		}
	}
	got := exportAnswer{Export: exportStateOf(export, q.lang)}
	return &answer{status: http.StatusAccepted, body: got, location: "exports/" + export.ID}, nil
}

// wishable checks a wish and takes its language over. FIELD_INVALID.
func wishable(wish *request.Wish, lang string) error {
	if !slices.Contains(request.All(), wish.Kind) {
		return invalidText("kind", kinds())
	}
	if !slices.Contains(wish.Kind.Formats(), wish.Format.OrFirst()) {
		return invalidText("format", formats(wish.Kind))
	}
	if len(wish.Call) > maxText {
		return invalidText("call", aText)
	}
	if len(wish.Term) > maxText {
		return invalidText("term", aText)
	}
	if len(wish.Donor) > maxText || (wish.Donor == "") == (wish.Kind == request.Donor) {
		return invalidText("donor", aDonor)
	}
	if wish.Kind != request.Donor && !wish.From.IsZero() {
		return invalidText("from", ofStatement)
	}
	if wish.Kind != request.Donor && !wish.To.IsZero() {
		return invalidText("to", ofStatement)
	}
	if year := wish.At.Year(); year < 1900 || year > 9999 {
		return invalidText("at", aTime)
	}
	wish.At = wish.At.UTC()
	given, err := optionalLang(lang)
	if given != "" {
		wish.Lang = given
	}
	return err
}

// What is asked of a wish for a donor's statement, and of no other.
var (
	aDonor = locale.Text{
		EN: "for a statement the donor's identifier or name, and for no other workbook",
		FR: "pour un relevé l'identifiant ou le nom du donateur, et pour aucun autre classeur",
		ES: "para un estado de cuenta el identificador o el nombre del donante, y para ningún otro libro",
	}
	ofStatement = locale.Text{EN: "given for a statement only", FR: "donné pour un relevé seulement", ES: "solo para un estado de cuenta"}
)

// formats lists in what a workbook is made.
func formats(kind request.Kind) locale.Text {
	var names []string
	for _, format := range kind.Formats() {
		names = append(names, string(format))
	}
	return locale.Same(strings.Join(names, ", "))
}

// kinds lists the workbooks.
func kinds() locale.Text {
	var names []string
	for _, kind := range request.All() {
		names = append(names, string(kind))
	}
	return locale.Same(strings.Join(names, ", "))
}

func (a *api) findExport(q *asking) (*answer, error) {
	export, err := a.Exports.Find(q.Context(), q.path("id"))
	if err != nil {
		return nil, err
	}
	got := exportAnswer{Export: exportStateOf(export, q.lang)}
	if export.State == request.Ready {
		if got.Download, err = a.download(q.Context(), export.Blob(), export.Wish.Format.MediaType(), export.File()); err != nil {
			return nil, err
		}
	}
	return &answer{status: http.StatusOK, body: got}, nil
}
