package kinds

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Columns that several kinds share, so that a city is asked for in the same words everywhere.

// text3 is a text in the three languages, short enough to keep a column in a few lines.
func text3(en, fr, es string) locale.Text { return locale.Text{EN: en, FR: fr, ES: es} }

// cityColumn asks for the city's name.
func cityColumn() sheet.Column {
	return sheet.Column{
		ID: "city", Type: sheet.TypeText, Required: true, MaxChars: 120, Width: 26,
		Label: text3("City", "Ville", "Ciudad"),
		Aliases: []string{
			"Name of city", "City name", "Name of the city", "Town", "Municipality", "Member city", "Learning city",
			"Nom de la ville", "Commune", "Municipalité", "Collectivité", "Ville membre", "Ville apprenante", "Ville candidate",
			"Nombre de la ciudad", "Municipio", "Ciudad miembro", "Ciudad del aprendizaje", "Ciudad candidata", "Localidad",
		},
		Note: text3(
			"The city's name as the city itself writes it.",
			"Le nom de la ville tel qu'elle l'écrit elle-même.",
			"El nombre de la ciudad tal como ella misma lo escribe."),
	}
}

// countryColumn asks for the country, by its name in any of the languages or by its ISO code; what is not one is COUNTRY_UNKNOWN.
func countryColumn(data *reference.Data) sheet.Column {
	return sheet.Column{
		ID: "country", Type: sheet.TypeLookup, Required: true, MaxChars: 80, Width: 20,
		UnknownCode: "COUNTRY_UNKNOWN", Lookup: countryLookup(data),
		Label: text3("Country", "Pays", "País"),
		Aliases: []string{
			"Country name", "Member State", "Nation", "Country (ISO)", "Nom du pays", "État", "État membre", "Nombre del país",
			"Estado Miembro", "Country code", "Code pays", "Código de país",
		},
		Note: text3(
			"The country's name in English, French or Spanish, or its ISO code.",
			"Le nom du pays en français, anglais ou espagnol, ou son code ISO.",
			"El nombre del país en español, inglés o francés, o su código ISO."),
	}
}

func countryLookup(data *reference.Data) func(string) (string, bool, string) {
	return func(text string) (value string, ok bool, suggestion string) {
		if country, found := data.Find(text); found {
			return country.ISO2, true, ""
		}
		suggestion, _ = data.Suggest(text)
		return "", false, suggestion
	}
}

// dateColumn asks for a day.
func dateColumn(id string, label locale.Text, aliases ...string) sheet.Column {
	return sheet.Column{ID: id, Type: sheet.TypeDate, Label: label, Aliases: aliases, Width: 14}
}

// textColumn asks for a line of text.
func textColumn(id string, chars int, label locale.Text, aliases ...string) sheet.Column {
	return sheet.Column{ID: id, Type: sheet.TypeText, MaxChars: chars, Label: label, Aliases: aliases, Width: 24}
}

// remarksColumn asks for anything else that the sender wants to say.
func remarksColumn() sheet.Column {
	c := textColumn("remarks", 2000, text3("Remarks", "Remarques", "Observaciones"),
		"Comments", "Comment", "Notes", "Note", "Remark", "Commentaires", "Observations", "Comentarios", "Notas")
	c.Width = 40
	return c
}

// required makes a column one that must be filled in.
func required(c sheet.Column) sheet.Column { c.Required = true; return c }

// under names the rule of the network that asks for a column.
func under(rule string, c sheet.Column) sheet.Column { c.Rule = rule; return c }

// noted gives a column the note that the template shows on its title.
func noted(note locale.Text, c sheet.Column) sheet.Column { c.Note = note; return c }

// wide sets a column's width, in characters.
func wide(width int, c sheet.Column) sheet.Column { c.Width = width; return c }
