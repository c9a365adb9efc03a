package httpapi

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/table"
)

func auditRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/audit", serve: (*api).listAudit},
		{Method: "GET", Pattern: "/api/audit/verification", serve: (*api).verifyAudit},
	}
}

// auditEntryState is an entry of the audit trail as it is answered. All keys are always present.
type auditEntryState struct {
	Number   int64         `json:"number"`
	At       time.Time     `json:"at"`
	Person   *string       `json:"person"` // null where what acted has no identifier
	Role     access.Role   `json:"role"`
	Action   access.Action `json:"action"`
	Kind     string        `json:"kind"`
	Object   *string       `json:"object"`
	Request  *string       `json:"request"`
	Door     *audit.Door   `json:"door"` // null for the product itself
	Outcome  audit.Outcome `json:"outcome"`
	Previous *audit.Hash   `json:"previous"` // null of the first
	Hash     audit.Hash    `json:"hash"`
}

func auditEntryStateOf(e *audit.Entry) auditEntryState {
	return auditEntryState{
		Number: e.Number, At: e.At, Person: orNull(e.Person), Role: e.Role, Action: e.Action, Kind: e.Kind, Object: orNull(e.Object),
		Request: orNull(e.Request), Door: orNull(e.Door), Outcome: e.Outcome, Previous: orNull(e.Previous), Hash: e.Hash,
	}
}

// anIdentifier is what a filter of the audit trail takes.
var anIdentifier = locale.Text{
	EN: "an identifier: letters, digits and -_#/.", FR: "un identifiant : lettres, chiffres et -_#/.", ES: "un identificador: letras, cifras y -_#/.",
}

// identifier is an identifier of the query; "" where it has none of the name. FIELD_INVALID.
func (q *asking) identifier(name string) (string, error) {
	given := q.URL.Query().Get(name)
	if audit.Identifier(given) != given {
		return "", invalidText(name, anIdentifier).Valued(cut(given))
	}
	return given, nil
}

// auditFilter is which entries are asked for. FIELD_INVALID, also of an action that there is not.
func (q *asking) auditFilter() (f audit.Filter, err error) {
	for name, into := range map[string]*string{"person": &f.Person, "kind": &f.Kind, "object": &f.Object} {
		if *into, err = q.identifier(name); err != nil {
			return f, err
		}
	}
	f.Action = access.Action(q.URL.Query().Get("action"))
	if f.Action != "" && !slices.Contains(slices.Collect(access.Actions()), f.Action) {
		return f, invalid("action", "import.commit").Valued(cut(string(f.Action)))
	}
	if f.From, err = q.day("from"); err == nil {
		f.To, err = q.day("to")
	}
	return f, err
}

// listAudit answers who did what, the latest first.
func (a *api) listAudit(q *asking) (*answer, error) {
	f, err := q.auditFilter()
	if err != nil {
		return nil, err
	}
	got, err := storedPage(q, func(ctx context.Context, after table.Cursor, limit int) ([]audit.Entry, table.Cursor, error) {
		return a.Office.AuditEntries(ctx, f, after, limit)
	}, auditEntryStateOf)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// auditHead is where the trail stands.
type auditHead struct {
	Number int64      `json:"number"`
	Hash   audit.Hash `json:"hash"`
}

// auditFault is the first place at which the trail isn't as it was.
type auditFault struct {
	Flaw   audit.Flaw `json:"flaw"`
	Number int64      `json:"number"`
	Says   string     `json:"says"`
	Want   string     `json:"want"`
	Got    string     `json:"got"`
}

// auditVerification is whether the trail is as it was. All keys are always present.
type auditVerification struct {
	Whole bool        `json:"whole"`
	Head  *auditHead  `json:"head"`  // null of one that isn't whole
	Fault *auditFault `json:"fault"` // null of one that is
}

// knownHead is where the trail stood once, as the query says; none where it doesn't. FIELD_INVALID.
func (q *asking) knownHead() ([]audit.Head, error) {
	number, hash := q.URL.Query().Get("number"), q.URL.Query().Get("hash")
	if number == "" && hash == "" {
		return nil, nil
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 1 || len(number) > 12 {
		return nil, invalid("number", "1–999999999999").Valued(cut(number))
	}
	head := audit.Head{Number: n, Hash: audit.Hash(hash)}
	if !head.Hash.WellFormed() {
		return nil, invalidText("hash", aHash).Valued(cut(hash))
	}
	return []audit.Head{head}, nil
}

var aHash = locale.Text{EN: "64 hexadecimal digits", FR: "64 chiffres hexadécimaux", ES: "64 cifras hexadecimales"}

// verifyAudit goes through the trail.
func (a *api) verifyAudit(q *asking) (*answer, error) {
	known, err := q.knownHead()
	if err != nil {
		return nil, err
	}
	v, err := a.Office.VerifyAudit(q.Context(), known)
	if err != nil {
		return nil, err
	}
	got := auditVerification{Whole: v.Fault == nil}
	if f := v.Fault; f != nil {
		got.Fault = &auditFault{f.Flaw, f.Number, f.Flaw.Label().In(q.lang), f.Want, f.Got}
	} else {
		got.Head = &auditHead{v.Head.Number, v.Head.Hash}
	}
	return &answer{status: http.StatusOK, body: got}, nil
}
