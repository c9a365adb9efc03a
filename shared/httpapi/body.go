package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// field is one field of a request's body.
type field struct {
	name     string
	into     any         // what it is decoded into; stays as it is where the field is missing or null
	expected locale.Text // what it has to be
	required bool
}

// The types of fields, as callers are told of them.
var (
	aText     = locale.Text{EN: "a text", FR: "un texte", ES: "un texto"}
	aNumber   = locale.Text{EN: "a whole number", FR: "un nombre entier", ES: "un número entero"}
	someTexts = locale.Text{EN: "an object of texts", FR: "un objet de textes", ES: "un objeto de textos"}
	aDay      = locale.Text{EN: "a day such as 2026-11-21", FR: "un jour comme 2026-11-21", ES: "un día como 2026-11-21"}
	aTime     = locale.Text{
		EN: "a time such as 2026-11-21T09:00:00Z", FR: "une date et heure comme 2026-11-21T09:00:00Z",
		ES: "una fecha y hora como 2026-11-21T09:00:00Z",
	}
)

// read takes the body of a request as one object with these fields and no others; it gives the bytes. Without a body there are no
// fields. BODY_TYPE_UNKNOWN, BODY_TOO_LARGE, BODY_INCOMPLETE, BODY_INVALID, FIELD_UNKNOWN, FIELD_MISSING, FIELD_INVALID.
func (q *asking) read(fields ...field) ([]byte, error) {
	text, err := q.bytes()
	if err != nil {
		return nil, err
	}
	given := map[string]json.RawMessage{}
	if len(bytes.TrimSpace(text)) > 0 {
		if err := json.Unmarshal(text, &given); err != nil || given == nil {
			return nil, problem.New("BODY_INVALID")
		}
	}
	return text, take(given, fields)
}

// take decodes the fields of an object. FIELD_UNKNOWN, FIELD_MISSING, FIELD_INVALID.
func take(given map[string]json.RawMessage, fields []field) error {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	for name := range given {
		if !slices.Contains(names, name) {
			return unknownField(name, names)
		}
	}
	for _, f := range fields {
		value, ok := given[f.name]
		if !ok || string(value) == "null" {
			if f.required {
				return problem.New("FIELD_MISSING").In(f.name).With("field", f.name)
			}
			continue
		}
		err := json.Unmarshal(value, f.into)
		var within *problem.Problem
		if errors.As(err, &within) { // of a field that has fields itself
			return within
		}
		if err != nil {
			return invalidText(f.name, f.expected)
		}
	}
	return nil
}

// bytes is the body, which is JSON and not too large.
func (q *asking) bytes() ([]byte, error) {
	text, err := io.ReadAll(http.MaxBytesReader(nil, q.Body, MaxBody))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, problem.New("BODY_TOO_LARGE").WithText("limit", number(MaxBody))
	}
	if err != nil { // it came too slowly, was cut off, or is no proper sequence of chunks
		return nil, problem.New("BODY_INCOMPLETE")
	}
	if len(text) > 0 {
		if media, _, err := mime.ParseMediaType(q.Header.Get("Content-Type")); err != nil || media != "application/json" {
			return nil, problem.New("BODY_TYPE_UNKNOWN")
		}
	}
	return text, nil
}

// cut is as much of a name that is none of ours as it takes to recognise it by.
func cut(name string) string {
	const most = 40 // bytes
	if len(name) > most {
		return name[:most]
	}
	return name
}

func unknownField(name string, names []string) *problem.Problem {
	shown := cut(name)
	p := problem.New("FIELD_UNKNOWN").With("field", shown)
	if near, ok := locale.Nearest(shown, names); ok {
		p.Suggest(near)
	}
	return p
}

// number is a number as each language writes it.
func number(n int64) locale.Text {
	return locale.Text{EN: locale.FormatInt(locale.EN, n), FR: locale.FormatInt(locale.FR, n), ES: locale.FormatInt(locale.ES, n)}
}
