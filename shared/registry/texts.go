package registry

import (
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// How long the texts of acts may be, in characters, as in sheets.
const (
	longLine   = 300
	longReason = 2000
	longText   = 8000
)

// bounded refuses a text of more than so many characters: TEXT_TOO_LONG about the field.
func bounded(field, text string, limit int) error {
	count := utf8.RuneCountInString(text)
	if count <= limit {
		return nil
	}
	return refused(problem.New("TEXT_TOO_LONG").In(field).WithInt("count", count).WithInt("limit", limit).
		WithText("unit", locale.Text{EN: "characters", FR: "caractères", ES: "caracteres"}))
}
