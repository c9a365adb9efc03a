package locale_test

import (
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

func TestParseLang(t *testing.T) {
	for tag, want := range map[string]locale.Lang{
		"en": locale.EN, "FR": locale.FR, " es ": locale.ES, "fr-CA": locale.FR, "es_MX.UTF-8": locale.ES, "de": "", "": "", "english": "",
	} {
		got, err := locale.ParseLang(tag)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("ParseLang(%q) = %q, %v; want %q", tag, got, err, want)
		}
	}
}

func TestTextFallsBackToEnglishAndNamesWhatIsMissing(t *testing.T) {
	text := locale.Text{EN: "City", FR: "Ville", ES: " "}
	if got := text.In(locale.FR); got != "Ville" {
		t.Errorf("French: %q", got)
	}
	if got := (locale.Text{EN: "City"}).In(locale.ES); got != "City" {
		t.Errorf("Spanish: %q", got)
	}
	if missing := text.Missing(); len(missing) != 1 || missing[0] != locale.ES {
		t.Errorf("missing: %v", missing)
	}
	if !(locale.Text{}).IsZero() || locale.Same("UIL").In(locale.ES) != "UIL" {
		t.Error("zero or same text is wrong")
	}
}

// spaced shows the typographic spaces of a number as an underscore.
func spaced(s string) string {
	return strings.NewReplacer(locale.NarrowNoBreakSpace, "_", locale.NoBreakSpace, "~").Replace(s)
}

func TestNumbersAreWrittenAsEachLanguageWritesThem(t *testing.T) {
	for _, c := range []struct{ decimal, en, fr, es string }{
		{"0", "0", "0", "0"},
		{"999", "999", "999", "999"},
		{"1234", "1,234", "1_234", "1234"},
		{"-1234.50", "-1,234.50", "-1_234,50", "-1234,50"},
		{"50000", "50,000", "50_000", "50_000"},
		{"2450000.00", "2,450,000.00", "2_450_000,00", "2_450_000,00"},
		{"123456", "123,456", "123_456", "123_456"},
		{"9007199254740993.1", "9,007,199,254,740,993.1", "9_007_199_254_740_993,1", "9_007_199_254_740_993,1"},
		{"n/a", "n/a", "n/a", "n/a"},
		{"1.", "1.", "1.", "1."},
		{"", "", "", ""},
	} {
		for lang, want := range map[locale.Lang]string{locale.EN: c.en, locale.FR: c.fr, locale.ES: c.es} {
			if got := spaced(locale.FormatDecimal(lang, c.decimal)); got != want {
				t.Errorf("%s: %q is written %q, want %q", lang, c.decimal, got, want)
			}
		}
	}
	if got := locale.FormatInt(locale.EN, -9223372036854775808); got != "-9,223,372,036,854,775,808" {
		t.Errorf("smallest integer: %q", got)
	}
}

func TestDatesAreWrittenInWords(t *testing.T) {
	for _, c := range []struct {
		lang    locale.Lang
		y, m, d int
		want    string
	}{
		{locale.EN, 2025, 4, 3, "3 April 2025"}, {locale.FR, 2025, 4, 3, "3 avril 2025"}, {locale.ES, 2025, 4, 3, "3 de abril de 2025"},
		{locale.FR, 2025, 8, 1, "1er août 2025"}, {locale.ES, 2025, 9, 1, "1 de septiembre de 2025"}, {locale.EN, 2025, 13, 1, ""},
	} {
		if got := locale.FormatDate(c.lang, c.y, c.m, c.d); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
}

func TestListsReadAsSentencesDo(t *testing.T) {
	for _, c := range []struct {
		lang  locale.Lang
		items []string
		want  string
	}{
		{locale.EN, nil, ""}, {locale.EN, []string{"Brest"}, "Brest"},
		{locale.EN, []string{"Brest", "Nanterre", "Sarcelles"}, "Brest, Nanterre and Sarcelles"},
		{locale.FR, []string{"Brest", "Nanterre"}, "Brest et Nanterre"},
		{locale.ES, []string{"Francia", "Suiza"}, "Francia y Suiza"},
		{locale.ES, []string{"Francia", "Italia"}, "Francia e Italia"},
		{locale.ES, []string{"agua", "hielo"}, "agua y hielo"},
		{locale.EN, []string{"City", "Country", "…"}, "City, Country, …"},
		{locale.EN, []string{"Planning, monitoring and evaluation", "Literacy"}, "Planning, monitoring and evaluation; Literacy"},
		{locale.FR, []string{"Planification, suivi et évaluation", "Santé"}, "Planification, suivi et évaluation ; Santé"},
	} {
		if got := locale.List(c.lang, c.items); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
}

func TestWordsAreCountedAsPeopleCountThem(t *testing.T) {
	for text, want := range map[string]int{
		"":                                       0,
		"   \n ":                                 0,
		"learning":                               1,
		"a learning city":                        3,
		"health and well-being":                  3,
		"l'apprentissage tout au long de la vie": 7,
		"Trois axes : lire, écrire ; compter !":  5,
		"one – two":                              2,
		"one—two… three":                         3,
		"2019–2021":                              1,
		"50 000 habitants":                       2,
		"1 234 567 habitants":                    2,
		"in 2019 300 people came":                5,
		"a\u00a0b\u202fc":                        3,
		"first\nsecond\tthird":                   3,
		"¿Qué? ¡Sí!":                             2,
		"学习型城市":                                  5,
		"- item one\n- item two\n* 3":            5,
		"50%, and/or more":                       3,
	} {
		if got := locale.Words(text); got != want {
			t.Errorf("Words(%q) = %d, want %d", text, got, want)
		}
	}
}
