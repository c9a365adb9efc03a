package locale_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

func TestWordsGoWithTheirNumberAsEachLanguageSaysThem(t *testing.T) {
	one, more := locale.Text{EN: "new row", FR: "nouvelle ligne", ES: "fila nueva"}, locale.Text{EN: "new rows", FR: "nouvelles lignes", ES: "filas nuevas"}
	for _, c := range []struct {
		lang locale.Lang
		n    int64
		want string
	}{
		{locale.EN, 0, "new rows"}, {locale.EN, 1, "new row"}, {locale.EN, 2, "new rows"},
		{locale.FR, 0, "nouvelle ligne"}, {locale.FR, 1, "nouvelle ligne"}, {locale.FR, 2, "nouvelles lignes"},
		{locale.ES, 0, "filas nuevas"}, {locale.ES, 1, "fila nueva"}, {locale.ES, 1001, "filas nuevas"},
	} {
		if got := locale.Plural(c.lang, c.n, one, more); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.lang, c.n, got, c.want)
		}
	}
}
