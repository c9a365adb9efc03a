package request

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
)

// Template is an empty workbook that people fill in: of a kind of sheet, in a language, with the choices of a day. It has no record: it is
// there or not, and is the same for everybody.
type Template struct {
	Kind string      `json:"kind"` // of sheet, such as "members"
	Lang locale.Lang `json:"lang"`
	Day  civil.Date  `json:"day"`
}

// Valid reports whether a template can be asked for; whether there is such a kind is not known here.
func (t Template) Valid() bool {
	return identity.WellFormed(t.Kind) && slices.Contains(locale.Langs[:], t.Lang) && !t.Day.IsZero()
}

// Blob names its blob, below those of all workbooks.
func (t Template) Blob() string { return "exports/templates/" + t.Day.String() + "/" + t.File() }

// File is the name under which a person keeps it, such as members.fr.xlsx.
func (t Template) File() string { return t.Kind + "." + string(t.Lang) + XLSX.Extension() }
