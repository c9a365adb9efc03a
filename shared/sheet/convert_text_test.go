package sheet

import (
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

func TestYesAndNoInThreeLanguages(t *testing.T) {
	for text, want := range map[string]bool{
		"yes": true, "YES": true, " Oui ": true, "sí": true, "Si": true, "x": true, "X": true, "✓": true, "1": true, "Vrai": true,
		"VERDADERO": true, "TRUE": true, "y": true,
		"no": false, "Non": false, "NO": false, "0": false, "faux": false, "Falso": false, "false": false,
	} {
		if got, ok := understandBool(text); !ok || got != want {
			t.Errorf("%q: %v %v", text, got, ok)
		}
	}
	for _, text := range []string{"maybe", "2", "peut-être", "n/a", "-", "oui et non"} {
		if _, ok := understandBool(text); ok {
			t.Errorf("%q was understood", text)
		}
	}
}

func TestEmailAddresses(t *testing.T) {
	for _, text := range []string{
		"anna@example.org", "anna.maria+cities@mairie-brest.fr", "o'neill@city.ie", "info@évry.example.fr", "a@b.travel",
	} {
		if got, ok, _ := understandEmail(text); !ok || got != text {
			t.Errorf("%q was refused", text)
		}
	}
	for text, suggestion := range map[string]string{
		"anna@example":                   "",
		"anna(at)example.org":            "anna@example.org",
		"anna @ example.org":             "anna@example.org",
		"anna @ example":                 "",
		"anna example@city.org":          "example@city.org",
		"Anna Petit <anna@example.org>":  "anna@example.org",
		"mailto:anna@example.org":        "anna@example.org",
		"anna@example.org.":              "anna@example.org",
		"anna@example.org; bo@city.org":  "",
		".anna@example.org":              "anna@example.org",
		"anna@@example.org":              "",
		"anna@example..org":              "",
		"@example.org":                   "",
		"n/a":                            "",
		"anna@exam_ple.org":              "",
		"anna@-example.org":              "",
		"anna@example.123":               "",
		"anna@example.org, anna@city.fr": "",
	} {
		if _, ok, got := understandEmail(text); ok || got != suggestion {
			t.Errorf("%q: %v, suggestion %q, want %q", text, ok, got, suggestion)
		}
	}
}

func TestWebAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"https://www.brest.fr/a?b=c#d": "https://www.brest.fr/a?b=c#d",
		"http://example.org:8080/":     "http://example.org:8080/",
		"www.brest.fr":                 "https://www.brest.fr",
		"brest.fr/ville-apprenante":    "https://brest.fr/ville-apprenante",
		"HTTPS://Example.org":          "HTTPS://Example.org",
	} {
		if got, ok, _ := understandURL(text); !ok || got != want {
			t.Errorf("%q: %q %v, want %q", text, got, ok, want)
		}
	}
	for text, suggestion := range map[string]string{
		"javascript:alert(1)":            "",
		"javascript://example.org/%0":    "",
		"ftp://example.org":              "",
		"file:///etc/passwd":             "",
		"http//www.brest.fr":             "https://www.brest.fr",
		"http:/www.brest.fr":             "https://www.brest.fr",
		"n/a":                            "",
		"Brest":                          "",
		"www.brest.fr www.nantes.fr":     "",
		"https://user:pass@city.example": "",
		"https://localhost":              "",
		"https://city.org:":              "",
		"anna@example.org":               "",
	} {
		if _, ok, got := understandURL(text); ok || got != suggestion {
			t.Errorf("%q: %v, suggestion %q, want %q", text, ok, got, suggestion)
		}
	}
}

func TestTextThatReadsLikeAFormula(t *testing.T) {
	for text, want := range map[string]bool{
		"=SUM(A1)": true, "@cmd": true, "+cmd|' /C calc'!A0": true, "-2+3+cmd|x": true, "- =1+1": true, "=": false,
		"+33 1 45 68 10 00": false, "-5": false, "- a point of a list": false, "+49 (0)40-448": false, "Brest": false, "": false,
	} {
		if got := readsLikeFormula(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestCharactersThatNoTextMayHold(t *testing.T) {
	for text, want := range map[string]string{
		"a\x07b": "U+0007", "a\x00": "U+0000", "caf\ufffd": "U+FFFD", "\xff": "U+FFFD", "a\uffff": "U+FFFF", "\u0085": "U+0085",
		"a\tb\nc\r": "", "émoji 🎉 عربي": "",
	} {
		got, found := illegalChar(text)
		if got != want || found != (want != "") {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestListsOfChoices(t *testing.T) {
	list := newChoices([]Choice{
		{ID: "esd", Label: locale.Text{EN: "Education for Sustainable Development", FR: "Éducation au développement durable", ES: "Educación para el Desarrollo Sostenible"}, Aliases: []string{"1"}},
		{ID: "literacy", Label: locale.Text{EN: "Literacy", FR: "Alphabétisation", ES: "Alfabetización"}, Aliases: []string{"6"}},
		{ID: "ict", Label: locale.Text{EN: "ICT; digitally excluded populations", FR: "TIC, exclusion numérique", ES: "TIC"}},
	})
	for text, want := range map[string][]string{
		"Literacy":             {"literacy"},
		"literacy; ESD":        {"literacy", "esd"},
		"1, 6":                 {"esd", "literacy"},
		"Alphabétisation\nTIC": {"literacy", "ict"},
		"- Literacy\n- ICT; digitally excluded populations": {"literacy", "ict"},
		"TIC, exclusion numérique, alphabetisation":         {"ict", "literacy"},
		"Literacy; literacy;":                               {"literacy"},
		"• Literacy • ESD":                                  {"literacy", "esd"},
		" ; ":                                               nil,
	} {
		got, unknown := list.split(text, list.find)
		if unknown != "" || !slices.Equal(got, want) {
			t.Errorf("%q: %q, unknown %q, want %q", text, got, unknown, want)
		}
	}
	if _, unknown := list.split("Literacy; Knitting; Sailing", list.find); unknown != "Knitting" {
		t.Errorf("unknown is %q", unknown)
	}
	for text, want := range map[string]string{"Literasy": "Alphabétisation", "Alfabetizacion": "Alphabétisation", "Knitting": ""} {
		if got := list.nearest(text, locale.FR); got != want {
			t.Errorf("nearest to %q: %q, want %q", text, got, want)
		}
	}
}
