// Package locale holds what the product's three languages ask of every other
// package: texts in three languages, folding for matching, near misses, word
// counts, and the way numbers, dates and lists are written. It knows nothing of
// sheets, problems or the network, and holds no message of its own.
package locale

import (
	"fmt"
	"strings"
)

// Lang is one of the product's languages as an ISO 639-1 code (R-LAN-1).
type Lang string

// The product's languages.
const (
	EN Lang = "en"
	FR Lang = "fr"
	ES Lang = "es"
)

// Langs lists the languages in the order in which the product names them.
var Langs = [3]Lang{EN, FR, ES}

// ParseLang reads a language tag: "fr", "FR", "fr-CA" and "fr_CA.UTF-8" are all
// French. Any other language is an error.
func ParseLang(s string) (Lang, error) {
	primary := strings.ToLower(strings.TrimSpace(s))
	if i := strings.IndexAny(primary, "-_."); i >= 0 {
		primary = primary[:i]
	}
	for _, l := range Langs {
		if primary == string(l) {
			return l, nil
		}
	}
	return "", fmt.Errorf("locale: %q is not a supported language (en, fr, es)", s)
}

// Text is one text in the three languages.
type Text struct {
	EN string `json:"en" yaml:"en"`
	FR string `json:"fr" yaml:"fr"`
	ES string `json:"es" yaml:"es"`
}

// Same is a text that reads alike in every language: a name, a code, a number.
func Same(s string) Text { return Text{EN: s, FR: s, ES: s} }

// In gives the text in a language, or in English where that one is missing.
func (t Text) In(l Lang) string {
	if s := t.exact(l); s != "" {
		return s
	}
	return t.EN
}

// IsZero reports whether the text is empty in every language.
func (t Text) IsZero() bool { return t == Text{} }

// Missing names the languages in which the text is blank.
func (t Text) Missing() []Lang {
	var missing []Lang
	for _, l := range Langs {
		if strings.TrimSpace(t.exact(l)) == "" {
			missing = append(missing, l)
		}
	}
	return missing
}

func (t Text) exact(l Lang) string {
	switch l {
	case FR:
		return t.FR
	case ES:
		return t.ES
	default:
		return t.EN
	}
}
