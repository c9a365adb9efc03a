package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/table"
)

// refusal is a problem as RFC 9457 has it, with what the catalogue adds. All keys are always present.
type refusal struct {
	Type       string       `json:"type"`
	Title      string       `json:"title"`
	Status     int          `json:"status"`
	Detail     string       `json:"detail"`
	Code       problem.Code `json:"code"`
	Field      *string      `json:"field"`
	Value      any          `json:"value"`
	Suggestion *string      `json:"suggestion"`
	Rule       *string      `json:"rule"`
	// Problems are all that is the matter, where it is more than the first.
	Problems []finding `json:"problems"`
	Request  string    `json:"request"`
}

// finding is one of several problems. All keys are always present.
type finding struct {
	Code       problem.Code `json:"code"`
	Detail     string       `json:"detail"`
	Field      *string      `json:"field"`
	Value      any          `json:"value"`
	Suggestion *string      `json:"suggestion"`
	Rule       *string      `json:"rule"`
}

// statuses are those of the codes that aren't a mistake in the request's content.
var statuses = united(generalStatuses, applicationStatuses, backupStatuses, deadLetterStatuses, fundStatuses, networkStatuses, peopleStatuses,
	privacyStatuses, signInStatuses, summaryStatuses)

func united(areas ...map[problem.Code]int) map[problem.Code]int {
	all := map[problem.Code]int{}
	for _, area := range areas {
		maps.Copy(all, area)
	}
	return all
}

// conflicts gives codes the status of what is not possible as things stand.
func conflicts(codes ...problem.Code) map[problem.Code]int {
	all := map[problem.Code]int{}
	for _, code := range codes {
		all[code] = http.StatusConflict
	}
	return all
}

var generalStatuses = map[problem.Code]int{
	"SIGNIN_NEEDED":          http.StatusUnauthorized,
	"ACCESS_DENIED":          http.StatusForbidden,
	"CSRF_TOKEN_INVALID":     http.StatusForbidden,
	"RECORD_CHANGED":         http.StatusPreconditionFailed,
	"IF_MATCH_MISSING":       http.StatusPreconditionRequired,
	"ROUTE_UNKNOWN":          http.StatusNotFound,
	"IMPORT_UNKNOWN":         http.StatusNotFound,
	"EXPORT_UNKNOWN":         http.StatusNotFound,
	"CITY_UNKNOWN":           http.StatusNotFound,
	"CLUSTER_UNKNOWN":        http.StatusNotFound,
	"SURVEY_UNKNOWN":         http.StatusNotFound,
	"TERM_UNKNOWN":           http.StatusNotFound,
	"ANNOTATED_MISSING":      http.StatusNotFound,
	"REVIEW_MISSING":         http.StatusNotFound,
	"KIND_UNKNOWN":           http.StatusNotFound,
	"UNDO_UNASKED":           http.StatusNotFound,
	"METHOD_UNKNOWN":         http.StatusMethodNotAllowed,
	"IMPORT_EXPIRED":         http.StatusGone,
	"IMPORT_NOT_CHECKED":     http.StatusConflict,
	"IMPORT_DONE":            http.StatusConflict,
	"IMPORT_UNDONE":          http.StatusConflict,
	"UNDO_NOT_DONE":          http.StatusConflict,
	"UNDO_NOTHING_STORED":    http.StatusConflict,
	"PLAN_STALE":             http.StatusConflict,
	"ROWS_REFUSED":           http.StatusConflict,
	"RECORD_BUSY":            http.StatusConflict,
	"FILE_SIZE_DIFFERS":      http.StatusConflict,
	"REPORT_NOT_READY":       http.StatusConflict,
	"IDEMPOTENCY_KEY_REUSED": http.StatusUnprocessableEntity,
	"TOO_MANY_REQUESTS":      http.StatusTooManyRequests,
	"BODY_TOO_LARGE":         http.StatusRequestEntityTooLarge,
	"BODY_TYPE_UNKNOWN":      http.StatusUnsupportedMediaType,
	"BODY_INCOMPLETE":        http.StatusRequestTimeout,
	"FILE_TOO_LARGE":         http.StatusUnprocessableEntity,
	"FILE_EMPTY":             http.StatusUnprocessableEntity,
	"FILE_TYPE_UNSUPPORTED":  http.StatusUnprocessableEntity,
	"UNAVAILABLE":            http.StatusServiceUnavailable,
	"RESTORE_UNFINISHED":     http.StatusServiceUnavailable,
	"INTERNAL":               http.StatusInternalServerError,
}

// besides are those of the codes that only what a host serves beside the API answers with (Refuse).
var besides = map[problem.Code]int{
	"LINK_INVALID":   http.StatusForbidden,
	"ORIGIN_FOREIGN": http.StatusForbidden,
	"HOST_FOREIGN":   http.StatusMisdirectedRequest,
}

func statusOf(code problem.Code) int {
	if status, ok := statuses[code]; ok {
		return status
	}
	if status, ok := besides[code]; ok {
		return status
	}
	return http.StatusBadRequest
}

// Refuse answers an error as the API does and gives the status: for the door before it, and for what a host serves beside it, whose requests
// have the identifier request.
func Refuse(w http.ResponseWriter, r *http.Request, request string, log *slog.Logger, err error) int {
	q := askingOf(r)
	if q == nil {
		q = &asking{Request: r, lang: languageOf(r), id: request, log: log}
		q.head(w.Header())
	}
	return refuse(w, q, err)
}

// refuse answers an error and gives the status. What isn't a problem of the caller's goes to the log, never out.
func refuse(w http.ResponseWriter, q *asking, err error) int {
	if q.late != nil {
		err = q.late
	}
	p := problemOf(q, err)
	status := statusOf(p.Code)
	retrying(w, q, p.Code)
	if q.page != nil && q.wantsPage() {
		if got := q.page(q, status, p); got != nil {
			w.Header().Set("Content-Type", got.kind)
			w.Header().Set("Content-Security-Policy", got.policy)
			w.WriteHeader(status)
			_, _ = w.Write(got.text)
			return status
		}
	}
	text, err := json.Marshal(refusal{
		Type: "urn:guildhall:problem:" + string(p.Code), Title: title(status, q.lang), Status: status, Detail: p.Message(q.lang),
		Code: p.Code, Field: orNull(p.Field), Value: p.Value, Suggestion: orNull(p.Suggestion), Rule: orNull(p.Rule),
		Problems: findingsIn(err, q.lang), Request: q.id,
	})
	if err != nil { // a problem's value is what JSON gave
		text = []byte(`{"status":500,"code":"INTERNAL"}`)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_, _ = w.Write(text)
	return status
}

// retrying says when to try again, where that helps.
func retrying(w http.ResponseWriter, q *asking, code problem.Code) {
	switch {
	case q.wait > 0:
		w.Header().Set("Retry-After", strconv.Itoa(int(q.wait.Seconds())))
	case helpsToWait(code):
		w.Header().Set("Retry-After", strconv.Itoa(int(retryAfter.Seconds())))
	}
}

// problemOf is what a caller may know of an error.
func problemOf(q *asking, err error) *problem.Problem {
	var p *problem.Problem
	if errors.As(err, &p) {
		q.log.InfoContext(q.Context(), "refused", "code", p.Code)
		return p
	}
	if passes(err) {
		q.log.WarnContext(q.Context(), "unavailable", "error", err)
		return problem.New("UNAVAILABLE")
	}
	q.log.ErrorContext(q.Context(), "failed", "error", err)
	return problem.New("INTERNAL").With("reference", q.id)
}

// findingsIn are the problems of an act that was refused for several.
func findingsIn(err error, lang locale.Lang) []finding {
	var several interface{ Unwrap() []error }
	if !errors.As(err, &several) {
		return nil
	}
	var list []finding
	for _, one := range several.Unwrap() {
		var p *problem.Problem
		if errors.As(one, &p) {
			list = append(list, finding{
				Code: p.Code, Detail: p.Message(lang), Field: orNull(p.Field), Value: p.Value, Suggestion: orNull(p.Suggestion), Rule: orNull(p.Rule),
			})
		}
	}
	if len(list) < 2 {
		return nil
	}
	return list
}

// passes reports whether an error is of the moment.
func passes(err error) bool {
	for _, momentary := range []error{
		table.ErrUnavailable, blob.ErrUnavailable, queue.ErrUnavailable, context.DeadlineExceeded, context.Canceled,
	} {
		if errors.Is(err, momentary) {
			return true
		}
	}
	return false
}

// titles say what a status means; the detail says what is the matter.
var titles = map[int]locale.Text{
	http.StatusBadRequest:            {EN: "The request is not right", FR: "La requête n'est pas correcte", ES: "La solicitud no es correcta"},
	http.StatusUnauthorized:          {EN: "Not signed in", FR: "Non connecté", ES: "Sin iniciar sesión"},
	http.StatusForbidden:             {EN: "Not allowed", FR: "Non autorisé", ES: "No permitido"},
	http.StatusNotFound:              {EN: "Not found", FR: "Introuvable", ES: "No encontrado"},
	http.StatusMethodNotAllowed:      {EN: "Method not allowed", FR: "Méthode non autorisée", ES: "Método no permitido"},
	http.StatusConflict:              {EN: "Not possible as things stand", FR: "Impossible en l'état", ES: "No es posible en el estado actual"},
	http.StatusRequestTimeout:        {EN: "Not all of it came", FR: "Tout n'est pas arrivé", ES: "No llegó todo"},
	http.StatusMisdirectedRequest:    {EN: "Wrong server", FR: "Mauvais serveur", ES: "Servidor equivocado"},
	http.StatusGone:                  {EN: "Not kept any more", FR: "N'est plus conservé", ES: "Ya no se conserva"},
	http.StatusNotImplemented:        {EN: "Not done here", FR: "Ne se fait pas ici", ES: "No se hace aquí"},
	http.StatusPreconditionFailed:    {EN: "Changed meanwhile", FR: "Modifié entre-temps", ES: "Modificado entretanto"},
	http.StatusPreconditionRequired:  {EN: "The version is missing", FR: "La version manque", ES: "Falta la versión"},
	http.StatusRequestEntityTooLarge: {EN: "Too large", FR: "Trop grand", ES: "Demasiado grande"},
	http.StatusUnsupportedMediaType:  {EN: "Type not supported", FR: "Type non pris en charge", ES: "Tipo no admitido"},
	http.StatusTooManyRequests:       {EN: "Too many requests", FR: "Trop de requêtes", ES: "Demasiadas solicitudes"},
	http.StatusUnprocessableEntity:   {EN: "Can't be accepted", FR: "Ne peut pas être accepté", ES: "No se puede aceptar"},
	http.StatusInternalServerError:   {EN: "Error on our side", FR: "Erreur de notre côté", ES: "Error por nuestra parte"},
	http.StatusServiceUnavailable:    {EN: "Not available at the moment", FR: "Indisponible pour le moment", ES: "No disponible por el momento"},
}

func title(status int, lang locale.Lang) string { return titles[status].In(lang) }

// orNull is nil, which JSON prints as null, for what is not known.
func orNull[T comparable](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return &value
}

// invalid is FIELD_INVALID.
func invalid(field, expected string) *problem.Problem {
	return invalidText(field, locale.Same(expected))
}

func invalidText(field string, expected locale.Text) *problem.Problem {
	return problem.New("FIELD_INVALID").In(field).With("field", field).WithText("expected", expected)
}

// retryAfter is what callers are told to wait where waiting helps.
const retryAfter = 5 * time.Second

// waiting are the codes where it does.
var waiting = []problem.Code{"UNAVAILABLE", "RESTORE_UNFINISHED", "SIGNIN_UNAVAILABLE", "RECORD_BUSY", "REPORT_NOT_READY", "IMPORT_NOT_CHECKED", "UNDO_NOT_DONE"}

func helpsToWait(code problem.Code) bool { return slices.Contains(waiting, code) }
