// Package area says whose records each kind of sheet is about: the network's or the fund's. It knows the kinds by their names only, so that
// who asks for leave needs none of what reads sheets.
package area

import "github.com/learning-cities/guildhall/shared/locale"

// Area is a part of what is on record.
type Area string

// The areas.
const (
	Network Area = "network"
	Fund    Area = "fund"
)

// kinds has each kind that is registered (kinds.All, whose test compares), in that order.
var kinds = []struct {
	name  string
	area  Area
	title locale.Text // as its template has it
}{
	{"members", Network, title("Member cities", "Villes membres", "Ciudades miembro")},
	{"applications", Network, title("Applications", "Candidatures", "Solicitudes")},
	{"endorsements", Network, title("Endorsements", "Avals", "Avales")},
	{"decisions", Network, title("Decisions", "Décisions", "Decisiones")},
	{"survey", Network, title("Survey answers", "Réponses à l'enquête", "Respuestas a la encuesta")},
	{"questionnaire", Network, title("Offers of member cities", "Offres des villes membres", "Ofertas de las ciudades miembro")},
	{"coordinators", Network, title("Cities that would coordinate", "Villes candidates à la coordination", "Ciudades candidatas a coordinar")},
	{"news", Network, title("News of the clusters", "Nouvelles des pôles", "Noticias de los grupos")},
	{"rates", Fund, title("Monthly exchange rates", "Taux de change mensuels", "Tipos de cambio mensuales")},
	{"pledges", Fund, title("Pledges to the fund", "Promesses de contribution au fonds", "Promesas de contribución al fondo")},
	{"contributions", Fund, title("Contributions to the fund", "Contributions au fonds", "Contribuciones al fondo")},
	{"expenditures", Fund, title("Expenditure of the fund", "Dépenses du fonds", "Gastos del fondo")},
	{"results", Fund, title("Results of the fund's activities", "Résultats des activités du fonds", "Resultados de las actividades del fondo")},
}

func title(en, fr, es string) locale.Text { return locale.Text{EN: en, FR: fr, ES: es} }

// Kinds names the kinds of sheets, in the order in which a call's sheets arrive.
func Kinds() []string {
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = kind.name
	}
	return names
}

// Of is the area of a kind; false where there is no such kind.
func Of(kind string) (Area, bool) {
	for _, one := range kinds {
		if one.name == kind {
			return one.area, true
		}
	}
	return "", false
}

// Title is what a kind is called by people; the zero text where there is no such kind.
func Title(kind string) locale.Text {
	for _, one := range kinds {
		if one.name == kind {
			return one.title
		}
	}
	return locale.Text{}
}
