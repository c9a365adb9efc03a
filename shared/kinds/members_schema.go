package kinds

import (
	"fmt"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/sheet"
)

var (
	labelJoinedOn    = text3("Joined on", "Date d'adhésion", "Fecha de adhesión")
	labelClusters    = text3("Clusters", "Pôles thématiques", "Grupos temáticos")
	labelClusterFrom = text3("In clusters from", "Dans les pôles depuis le", "En los grupos desde el")
)

// MembersSchema lists the columns of the members sheet, in the order in which it is exported too.
func MembersSchema(env *imports.Env) sheet.Schema {
	return sheet.Schema{
		Kind: MembersKind, Version: 2, Title: text3("Member cities", "Villes membres", "Ciudades miembro"),
		Columns: []sheet.Column{
			cityColumn(),
			countryColumn(env.Reference),
			regionColumn(),
			under("R-APP-9", required(noted(
				text3("The day from which the city is a member.", "Le jour à partir duquel la ville est membre.",
					"El día desde el que la ciudad es miembro."),
				dateColumn("joined_on", labelJoinedOn,
					"Joined", "Member since", "Date joined", "Joining date", "Date of joining", "Membership date", "Accession date",
					"Membre depuis", "Membre depuis le", "Adhésion", "Date d'entrée", "A rejoint le", "Adhésion le",
					"Miembro desde", "Miembro desde el", "Fecha de ingreso", "Adhesión", "Se unió el", "Fecha de incorporación")))),
			dateColumn("left_on", text3("Left on", "Date de départ", "Fecha de salida"),
				"Left", "Date left", "Leaving date", "Member until", "Withdrawn on", "Sortie le", "Départ", "Membre jusqu'au",
				"Date de retrait", "Fecha de baja", "Baja", "Miembro hasta", "Salida"),
			websiteColumn(),
			populationColumn(),
			clustersColumn(env),
			clusterFromColumn(),
			clusterUntilColumn(env),
			versionColumn(),
		},
	}
}

func regionColumn() sheet.Column {
	c := textColumn("region", 0, text3("Region", "Région", "Región"),
		"UNESCO region", "Région de l'UNESCO", "Région UNESCO", "Región de la UNESCO", "Región UNESCO")
	c.Derived, c.Rule = true, "R-REG-1"
	c.Note = text3("Follows from the country; what stands here is not read.",
		"Se déduit du pays ; ce qui figure ici n'est pas lu.", "Se deduce del país; lo que figure aquí no se lee.")
	return c
}

func websiteColumn() sheet.Column {
	return sheet.Column{
		ID: "website", Type: sheet.TypeURL, MaxChars: 300, Width: 30, Label: text3("Website", "Site internet", "Sitio web"),
		Aliases: []string{"Web site", "Web", "Web page", "URL", "Homepage", "Site web", "Site", "Page web", "Adresse internet",
			"Página web", "Sitio", "Portal"},
	}
}

func populationColumn() sheet.Column {
	return sheet.Column{
		ID: "population", Type: sheet.TypeInteger, Width: 14, Label: labelPopulation,
		Aliases: []string{"Inhabitants", "Number of inhabitants", "Nombre d'habitants", "Habitants", "Habitantes",
			"Número de habitantes"},
	}
}

func clustersColumn(env *imports.Env) sheet.Column {
	limit := env.Programme.Limits.ClustersPerCity
	return sheet.Column{
		ID: "clusters", Type: sheet.TypeEnums, Width: 44, Label: labelClusters, Choices: clusterChoices(env.Programme),
		Rule: "R-CLU-1",
		Aliases: []string{"Cluster", "Thematic clusters", "Thematic cluster", "Thematic groups", "Pôles", "Pôle", "Groupes thématiques",
			"Groupes", "Grappes", "Clusters thématiques", "Grupos", "Grupo", "Grupo temático", "Clústeres", "Clústeres temáticos"},
		Note: text3(
			fmt.Sprintf("At most %d clusters, separated by semicolons.", limit),
			fmt.Sprintf("%d pôles au plus, séparés par des points-virgules.", limit),
			fmt.Sprintf("Como máximo %d grupos, separados por punto y coma.", limit)),
	}
}

func clusterFromColumn() sheet.Column {
	c := dateColumn("cluster_from", labelClusterFrom,
		"In clusters since", "Clusters from", "Cluster from", "Participation from", "Cluster start", "Clusters since", "Joined clusters on",
		"Pôles depuis", "Participation depuis le", "Début de participation", "Depuis (pôles)", "Début pôles",
		"Grupos desde", "Participación desde", "Inicio de la participación", "Desde (grupos)")
	c.Rule = "R-CLU-2"
	c.Note = text3(
		"The day from which the city takes part in these clusters. Needed where clusters are named.",
		"Le jour à partir duquel la ville participe à ces pôles. Nécessaire si des pôles sont indiqués.",
		"El día desde el que la ciudad participa en estos grupos. Necesario si se indican grupos.")
	return c
}

func clusterUntilColumn(env *imports.Env) sheet.Column {
	years := env.Programme.Limits.ParticipationYears
	return sheet.Column{
		ID: "cluster_until", Type: sheet.TypeDate, Derived: true, Width: 14, Rule: "R-CLU-2",
		Label: text3("In clusters until", "Dans les pôles jusqu'au", "En los grupos hasta el"),
		Aliases: []string{"Clusters until", "Cluster until", "Participation until", "Cluster end", "Pôles jusqu'au",
			"Participation jusqu'au", "Grupos hasta", "Participación hasta"},
		Note: text3(
			fmt.Sprintf("%d years from the start; what stands here is not read.", years),
			fmt.Sprintf("%d ans à partir du début ; ce qui figure ici n'est pas lu.", years),
			fmt.Sprintf("%d años desde el inicio; lo que figure aquí no se lee.", years)),
	}
}

// versionColumn stands in exported sheets only: a template has no record to tell the version of.
func versionColumn() sheet.Column {
	return sheet.Column{
		ID: "version", Type: sheet.TypeInteger, Spare: true, Width: 10,
		Label:   text3("Record version", "Version de la fiche", "Versión de la ficha"),
		Aliases: []string{"Version", "Record no.", "Version de l'enregistrement", "Versión", "Versión del registro"},
		Note: text3(
			"Filled in by the export; leave it as it is. It tells whether the record was changed since.",
			"Rempli par l'exportation ; n'y touchez pas. Indique si la fiche a été modifiée depuis.",
			"Lo rellena la exportación; no lo cambie. Indica si la ficha se modificó desde entonces."),
	}
}

// MemberCells gives a member's values for the columns of MembersSchema, by the columns' identifiers: texts, int64, civil.Date and
// lists of identifiers; a column without a value is left out. A sheet that is written with them imports again as unchanged.
func MemberCells(env *imports.Env, m member.Member, version int64) map[string]any {
	cells := map[string]any{"city": m.City, "country": m.Country, "joined_on": m.JoinedOn, "version": version}
	if country, ok := env.Reference.Country(m.Country); ok {
		cells["region"] = country.Region
	}
	if !m.LeftOn.IsZero() {
		cells["left_on"] = m.LeftOn
	}
	if m.Website != "" {
		cells["website"] = m.Website
	}
	if m.Population != 0 {
		cells["population"] = m.Population
	}
	today := civil.Of(env.Now, env.Programme.LatestCall().Location())
	if period, ok := m.PeriodAt(today); ok {
		cells["clusters"], cells["cluster_from"], cells["cluster_until"] = period.Clusters, period.From, period.Until
	}
	return cells
}
