package office

import (
	"context"
	"path"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// The bounds of files, and of the links through which they are sent and fetched.
const (
	MaxUpload = 100 << 20        // bytes of a file; what reads sheets takes no more (a test compares)
	UploadFor = 15 * time.Minute // how long a link for an upload lives
	FetchFor  = 5 * time.Minute  // how long a link for a download lives
)

// The content types of files.
const (
	csvType  = "text/csv"
	jsonType = "application/json"
)

// uploadTypes are the content types of the files that may be sent, by the ending of their names.
var uploadTypes = map[string]string{".xlsx": request.XLSX.MediaType(), ".csv": csvType, ".tsv": csvType, ".txt": csvType}

// What texts, numbers and names have to be.
var (
	aText   = locale.Text{EN: "a text", FR: "un texte", ES: "un texto"}
	aNumber = locale.Text{EN: "a whole number", FR: "un nombre entier", ES: "un número entero"}
	texts   = locale.Text{EN: "an object of texts", FR: "un objet de textes", ES: "un objeto de textos"}
	aFile   = locale.Text{
		EN: "a file name without its folder", FR: "un nom de fichier sans son dossier", ES: "un nombre de archivo sin su carpeta",
	}
)

// maxText is the longest text of a field, in bytes.
const maxText = 256

// invalid is FIELD_INVALID.
func invalid(field string, expected locale.Text) *problem.Problem {
	return problem.New("FIELD_INVALID").In(field).With("field", field).WithText("expected", expected)
}

// checkUpload gives the content type of a file that may be sent. FIELD_INVALID, FILE_TYPE_UNSUPPORTED, FILE_EMPTY, FILE_TOO_LARGE,
// ANSWERS_TOO_MANY.
func checkUpload(r *intake.Request) (contentType string, err error) {
	const longName = 200 // bytes, with room for what is added to it
	if r.Name == "" || len(r.Name) > longName || strings.ContainsFunc(r.Name, func(c rune) bool { return c < ' ' || c == '/' || c == '\\' }) {
		return "", invalid("name", aFile)
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
		return "", invalid("bytes", aNumber)
	case r.Bytes > MaxUpload:
		return "", problem.New("FILE_TOO_LARGE").WithText("what", number(r.Bytes)).WithText("limit", number(MaxUpload))
	}
	for _, field := range []struct{ name, value string }{{"kind", r.Kind}, {"sheet", r.Sheet}, {"call", r.Call}, {"term", r.Term}} {
		if len(field.value) > maxText {
			return "", invalid(field.name, aText)
		}
	}
	return contentType, checkAnswers(r.Answers)
}

// checkAnswers refuses what can't be an answer to a question. FIELD_INVALID, ANSWERS_TOO_MANY.
func checkAnswers(answers map[string]string) error {
	if _, unnamed := answers[""]; unnamed {
		return invalid("answers", texts)
	}
	return intake.CheckAnswers(answers)
}

// number is a number as each language writes it.
func number(n int64) locale.Text {
	return locale.Text{EN: locale.FormatInt(locale.EN, n), FR: locale.FormatInt(locale.FR, n), ES: locale.FormatInt(locale.ES, n)}
}

// download is a link through which a file is fetched under a name.
func (o *Office) download(ctx context.Context, blobName, contentType, as string) (*blob.Link, error) {
	link, err := o.Links.DownloadLink(ctx, blobName, blob.DownloadTerms{Type: contentType, As: as, For: FetchFor})
	if err != nil {
		return nil, err
	}
	return &link, nil
}
