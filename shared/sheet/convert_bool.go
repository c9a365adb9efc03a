package sheet

import "github.com/learning-cities/guildhall/shared/locale"

// Words for yes and no in the three languages, folded, and the signs that people tick with.
var (
	yesWords = setOf("true yes y oui si s vrai verdadero cierto x 1 ✓ ✔ ☑ ✅ ☒ ok")
	noWords  = setOf("false no n non faux falso 0 ☐ ✗ ✘ ❌")
)

// understandBool reads yes or no.
func understandBool(text string) (value, ok bool) {
	key := locale.Fold(text)
	if yesWords[key] {
		return true, true
	}
	return false, noWords[key]
}
