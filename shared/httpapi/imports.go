package httpapi

import (
	"bytes"
	"errors"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// The content types of files.
const (
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	csvType  = "text/csv"
	jsonType = "application/json"
)

// uploadTypes are those of the files that can be sent, by the ending of their names.
var uploadTypes = map[string]string{".xlsx": xlsxType, ".csv": csvType, ".tsv": csvType, ".txt": csvType}

func importRoutes() []Route {
	return []Route{
		{Method: "POST", Pattern: "/api/imports", serve: (*api).createImport},
		{Method: "GET", Pattern: "/api/imports/{id}", serve: (*api).findImport},
		{Method: "GET", Pattern: "/api/imports/{id}/report", serve: (*api).report},
		{Method: "POST", Pattern: "/api/imports/{id}/check", serve: (*api).checkAgain},
		{Method: "POST", Pattern: "/api/imports/{id}/commit", serve: (*api).commit},
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
	AskedAt     *time.Time     `json:"askedAt"`
	CheckedAt   *time.Time     `json:"checkedAt"`
	CommittedAt *time.Time     `json:"committedAt"`
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
		AskedAt: orNull(imp.AskedAt), CheckedAt: orNull(imp.CheckedAt), CommittedAt: orNull(imp.CommittedAt),
	}
	if !imp.CheckedAt.IsZero() && imp.State != intake.Refused {
		s.Rows = &imp.Rows
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
	r := intake.Request{Person: q.person()}
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
	contentType, err := checkUpload(&r)
	if err != nil {
		return nil, err
	}
	id, err := a.identify(q, body)
	if err != nil {
		return nil, err
	}
	imp, err := a.Intake.CreateAs(q.Context(), id, r)
	if err != nil {
		return nil, err
	}
	q.log = q.log.With("import", imp.ID)
	got := importAnswer{Import: stateOf(imp, q.lang)}
	if imp.AwaitsFile() { // else it has come: the request was sent again
		l, err := a.Links.UploadLink(q.Context(), intake.Incoming(imp.ID),
			blob.UploadTerms{Type: contentType, Size: r.Bytes, For: UploadFor})
		if err != nil {
			return nil, err
		}
		got.Upload = linkOf(l)
	}
	return &answer{status: http.StatusCreated, body: got, location: "imports/" + imp.ID}, nil
}

// checkUpload gives the content type of a file that may be sent. FIELD_INVALID, FILE_TYPE_UNSUPPORTED, FILE_EMPTY, FILE_TOO_LARGE.
func checkUpload(r *intake.Request) (contentType string, err error) {
	const longName = 200 // bytes, with room for what is added to it
	if r.Name == "" || len(r.Name) > longName || strings.ContainsFunc(r.Name, func(c rune) bool { return c < ' ' || c == '/' || c == '\\' }) {
		return "", invalidText("name", locale.Text{
			EN: "a file name without its folder", FR: "un nom de fichier sans son dossier", ES: "un nombre de archivo sin su carpeta",
		})
	}
	ending := strings.ToLower(path.Ext(r.Name))
	contentType, ok := uploadTypes[ending]
	switch {
	case !ok:
		format := locale.Same(strings.TrimPrefix(ending, "."))
		if format.IsZero() {
			format = locale.Text{EN: "without an ending", FR: "sans extension", ES: "sin extensión"}
		}
		return "", problem.New("FILE_TYPE_UNSUPPORTED").WithText("format", format)
	case r.Bytes == 0:
		return "", problem.New("FILE_EMPTY")
	case r.Bytes < 0:
		return "", invalidText("bytes", aNumber)
	case r.Bytes > MaxUpload:
		return "", problem.New("FILE_TOO_LARGE").WithText("what", number(r.Bytes)).WithText("limit", number(MaxUpload))
	}
	return contentType, checkFields(r)
}

// checkFields bounds what is kept of a request. FIELD_INVALID.
func checkFields(r *intake.Request) error {
	for name, value := range map[string]string{"kind": r.Kind, "sheet": r.Sheet, "call": r.Call, "term": r.Term} {
		if len(value) > maxText {
			return invalidText(name, aText)
		}
	}
	return checkAnswers(r.Answers)
}

// maxText is the longest text of a field, in bytes.
const maxText = 256

func checkAnswers(answers map[string]string) error {
	for question := range answers {
		if question == "" {
			return invalidText("answers", someTexts)
		}
	}
	return intake.CheckAnswers(answers)
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

func (a *api) findImport(q *asking) (*answer, error) {
	imp, err := a.Intake.Find(q.Context(), q.path("id"))
	if err != nil {
		return nil, err
	}
	state := stateOf(imp, q.lang)
	if imp.State == intake.Refused {
		report, err := a.Intake.ReportOf(q.Context(), imp)
		if err != nil {
			return nil, err
		}
		if len(report.Problems) > 0 {
			state.Problem = whyOf(imp, &report.Problems[0], q.lang)
		}
	}
	return &answer{status: http.StatusOK, body: importAnswer{Import: state}}, nil
}

// linkAnswer is the answer to whatever is fetched through a link.
type linkAnswer struct {
	Link *link `json:"link"`
}

// report answers the report as the command prints it. One that is too long for an answer is fetched through a link, which is where
// the answer leads.
func (a *api) report(q *asking) (*answer, error) {
	imp, err := a.Intake.Find(q.Context(), q.path("id"))
	if err != nil {
		return nil, err
	}
	if !imp.CheckedAt.IsZero() {
		stored, err := a.Blobs.Stat(q.Context(), intake.ReportBlob(imp.ID, imp.Check))
		if err != nil {
			return nil, err
		}
		if stored.Size > intake.LongReport {
			return a.longReport(q, imp)
		}
	}
	report, err := a.Intake.ReportOf(q.Context(), imp)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := report.WriteJSON(&text, q.lang); err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, text: text.Bytes()}, nil
}

func (a *api) longReport(q *asking, imp *intake.Import) (*answer, error) {
	name := intake.PrintedBlob(imp.ID, imp.Check, q.lang)
	if _, err := a.Blobs.Stat(q.Context(), name); errors.Is(err, blob.ErrNotFound) {
		return nil, problem.New("REPORT_NOT_READY").Valued(imp.ID)
	} else if err != nil {
		return nil, err
	}
	l, err := a.download(q.Context(), name, jsonType, "report."+string(q.lang)+".json")
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusSeeOther, body: linkAnswer{l}, location: l.URL}, nil
}

// annotated answers the link to the sender's workbook with the problems marked in it.
func (a *api) annotated(q *asking) (*answer, error) {
	imp, err := a.Intake.Find(q.Context(), q.path("id"))
	if err != nil {
		return nil, err
	}
	name := intake.AnnotatedBlob(imp.ID, imp.Check)
	if _, err := a.Blobs.Stat(q.Context(), name); errors.Is(err, blob.ErrNotFound) {
		return nil, problem.New("ANNOTATED_MISSING").Valued(imp.ID)
	} else if err != nil {
		return nil, err
	}
	as := strings.TrimSuffix(imp.File.Name, path.Ext(imp.File.Name)) + ".annotated.xlsx"
	l, err := a.download(q.Context(), name, xlsxType, as)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: linkAnswer{l}}, nil
}
