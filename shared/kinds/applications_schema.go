package kinds

import (
	"fmt"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/sheet"
)

var (
	labelReceivedOn = text3("Received on", "Reçue le", "Recibida el")
	labelEndorsedOn = text3("Endorsed on", "Avalisée le", "Avalada el")
	labelEndorsedBy = text3("Endorsed by", "Avalisée par", "Avalada por")
)

// ApplicationsSchema lists the columns of the applications sheet: the public application form, a column for each of its fields
// (R-APP-10).
func ApplicationsSchema(env *imports.Env) sheet.Schema {
	columns := []sheet.Column{cityColumn(), countryColumn(env.Reference), websiteColumn()}
	columns = append(columns, personColumns()...)
	columns = append(columns, pledgeColumns()...)
	columns = append(columns, profileColumns()...)
	columns = append(columns, planColumns(env.Programme)...)
	columns = append(columns, challengeColumns(env.Programme)...)
	columns = append(columns, fieldColumns(env.Programme)...)
	columns = append(columns, partnerColumns()...)
	columns = append(columns, submissionColumns(env)...)
	for i := range columns {
		if columns[i].Rule == "" {
			columns[i].Rule = "R-APP-10"
		}
	}
	return sheet.Schema{
		Kind: ApplicationsKind, Version: 1, Title: text3("Applications", "Candidatures", "Solicitudes"), Columns: columns,
	}
}

func personColumns() []sheet.Column {
	return []sheet.Column{
		textColumn("mayor_address", 60, text3("Mayor: form of address", "Maire : civilité", "Alcaldía: tratamiento"),
			"Form of address (mayor)", "Mayor's form of address", "Salutation of the mayor", "Civilité du maire",
			"Maire (civilité)", "Tratamiento del alcalde o alcaldesa", "Tratamiento (alcaldía)"),
		required(textColumn("mayor_name", 120, text3("Mayor: name", "Maire : nom", "Alcaldía: nombre"),
			"Mayor", "Name of mayor", "Name of the mayor", "Mayor's name", "Maire", "Nom du maire", "Nom de la maire", "Alcalde",
			"Alcaldesa", "Alcalde o alcaldesa", "Nombre del alcalde", "Nombre de la alcaldesa", "Nombre del alcalde o alcaldesa")),
		textColumn("mayor_title", 120, text3("Mayor: title", "Maire : titre", "Alcaldía: cargo"),
			"Mayor's title", "Title of the mayor", "Official title of the mayor", "Titre du maire", "Fonction du maire",
			"Cargo del alcalde o alcaldesa", "Título del alcalde"),
		required(textColumn("contact_name", 120, text3("Contact person: name", "Personne de contact : nom", "Persona de contacto: nombre"),
			"Contact person", "Contact", "Contact name", "Name of contact person", "Focal point", "Personne de contact",
			"Nom du contact", "Point focal", "Interlocuteur", "Persona de contacto", "Nombre del contacto", "Contacto", "Punto focal")),
		textColumn("contact_title", 120, text3("Contact person: title", "Personne de contact : fonction", "Persona de contacto: cargo"),
			"Contact title", "Position of contact person", "Contact position", "Job title", "Function", "Fonction du contact",
			"Fonction", "Titre du contact", "Cargo del contacto", "Cargo"),
		textColumn("contact_organisation", 160,
			text3("Contact person: organisation", "Personne de contact : organisme", "Persona de contacto: organización"),
			"Contact organisation", "Contact organization", "Organisation", "Organization", "Department", "Organisme du contact",
			"Organisme", "Service", "Organización del contacto", "Organización", "Entidad"),
		wide(36, textColumn("contact_postal_address", 400,
			text3("Contact person: postal address", "Personne de contact : adresse postale", "Persona de contacto: dirección postal"),
			"Postal address", "Mailing address", "Contact address", "Address", "Adresse postale", "Adresse", "Adresse du contact",
			"Dirección postal", "Dirección", "Dirección del contacto")),
		{
			ID: "contact_phone", Type: sheet.TypeCode, MaxChars: 60, Width: 20,
			Label: text3("Contact person: telephone", "Personne de contact : téléphone", "Persona de contacto: teléfono"),
			Aliases: []string{"Telephone", "Phone", "Phone number", "Contact phone", "Tel.", "Téléphone", "Tél.", "Numéro de téléphone",
				"Teléfono", "Número de teléfono", "Teléfono de contacto"},
		},
		{
			ID: "contact_email", Type: sheet.TypeEmail, Required: true, MaxChars: 254, Width: 30,
			Label: text3("Contact person: e-mail", "Personne de contact : courriel", "Persona de contacto: correo electrónico"),
			Aliases: []string{"E-mail", "Email", "E-mail address", "Contact e-mail", "Contact email", "Courriel", "Mél", "Adresse e-mail",
				"Adresse électronique", "Courrier électronique", "Correo electrónico", "Correo", "Correo de contacto",
				"Dirección de correo"},
		},
		{
			ID: "contact_language", Type: sheet.TypeEnum, Width: 16,
			Label: text3("Contact person: language", "Personne de contact : langue", "Persona de contacto: idioma"),
			Aliases: []string{"Language", "Preferred language", "Language of correspondence", "Langue", "Langue de correspondance",
				"Langue préférée", "Idioma", "Idioma de correspondencia", "Lengua"},
			Choices: []sheet.Choice{
				{ID: "en", Label: text3("English", "Anglais", "Inglés")},
				{ID: "fr", Label: text3("French", "Français", "Francés")},
			},
			Note: text3("English or French, the languages in which the network writes.",
				"Anglais ou français, les langues dans lesquelles le réseau écrit.",
				"Inglés o francés, los idiomas en que escribe la red."),
		},
	}
}

func pledgeColumns() []sheet.Column {
	return []sheet.Column{
		{
			ID: "pledge", Type: sheet.TypeBool, Required: true, Width: 12, Label: text3("Pledge", "Engagement", "Compromiso"),
			Aliases: []string{"Mayor's pledge", "Pledge given", "Pledge to the Declaration", "Commitment",
				"Pledge to the Declaration and the Key Features", "Pledge signed", "Signed pledge", "Engagement signé", "Engagement du maire", "Engagement pris",
				"Engagement envers la Déclaration", "Compromiso de la alcaldía", "Compromiso del alcalde",
				"Compromiso con la Declaración", "Compromiso firmado"},
			Note: text3(
				"Yes when the mayor has pledged the city to the network's Declaration and Key Features.",
				"Oui si le maire a engagé la ville envers la Déclaration et les Caractéristiques clés du réseau.",
				"Sí cuando la alcaldía ha comprometido a la ciudad con la Declaración y las Características clave de la red."),
		},
		textColumn("pledge_name", 120, text3("Pledge: name", "Engagement : nom", "Compromiso: nombre"),
			"Pledge signed by", "Name on the pledge", "Engagement signé par", "Compromiso firmado por"),
		dateColumn("pledge_date", text3("Pledge: date", "Engagement : date", "Compromiso: fecha"),
			"Date of pledge", "Pledge signed on", "Date de l'engagement", "Fecha del compromiso"),
	}
}

func planColumns(p *programme.Edition) []sheet.Column {
	return []sheet.Column{
		longText("motivation", p.Limits.MotivationWords, text3("Motivation", "Motivation", "Motivación"),
			"Motivation for joining", "Reasons for applying", "Why does the city want to join", "Motivations",
			"Raisons de la candidature", "Motivación para adherirse", "Motivos"),
		longText("plans", p.Limits.PlanWords, text3("Plans for implementation", "Plans de mise en œuvre", "Planes de aplicación"),
			"Plans", "Implementation plan", "Implementation plans", "Plan for implementation", "Plan de mise en œuvre",
			"Mise en œuvre", "Plan de aplicación", "Plan de implementación", "Planes de implementación"),
	}
}

// longText asks for a text of at most a number of words.
func longText(id string, words int, label locale.Text, aliases ...string) sheet.Column {
	return sheet.Column{
		ID: id, Type: sheet.TypeText, Required: true, MaxWords: words, MaxChars: 8000, Width: 60, Label: label, Aliases: aliases,
		Note: text3(fmt.Sprintf("At most %d words.", words), fmt.Sprintf("%d mots au plus.", words),
			fmt.Sprintf("Como máximo %d palabras.", words)),
	}
}

// challengeField is the column of a challenge.
func challengeField(id string) string { return "challenge_" + id }

// challengeColumns asks for a rating of each challenge of the programme.
func challengeColumns(p *programme.Edition) []sheet.Column {
	columns := make([]sheet.Column, len(p.Challenges))
	lowest, highest := p.Limits.RatingLowest, p.Limits.RatingHighest
	for i, challenge := range p.Challenges {
		columns[i] = sheet.Column{
			ID: challengeField(challenge.ID), Type: sheet.TypeInteger, Width: 14,
			Label:   text3("Challenge: "+challenge.Label.EN, "Défi : "+challenge.Label.FR, "Reto: "+challenge.Label.ES),
			Aliases: []string{challenge.Label.EN, challenge.Label.FR, challenge.Label.ES},
			Note: text3(
				fmt.Sprintf("From %d (no challenge) to %d (a very great one).", lowest, highest),
				fmt.Sprintf("De %d (aucun défi) à %d (un très grand défi).", lowest, highest),
				fmt.Sprintf("De %d (ningún reto) a %d (un reto muy grande).", lowest, highest)),
		}
	}
	return columns
}

func fieldColumns(p *programme.Edition) []sheet.Column {
	separated := text3("Several are separated by semicolons.", "Séparez-les par des points-virgules.",
		"Sepárelos con punto y coma.")
	return []sheet.Column{
		{
			ID: "interests", Type: sheet.TypeEnums, Width: 44, Choices: topicChoices(p), Note: separated,
			Label: text3("Fields of interest", "Domaines d'intérêt", "Ámbitos de interés"),
			Aliases: []string{"Interests", "Areas of interest", "Topics of interest", "Centres d'intérêt", "Thèmes d'intérêt",
				"Áreas de interés", "Intereses", "Temas de interés"},
		},
		{
			ID: "expertise", Type: sheet.TypeEnums, Width: 44, Choices: topicChoices(p), Note: separated,
			Label: text3("Fields of expertise", "Domaines d'expertise", "Ámbitos de experiencia"),
			Aliases: []string{"Expertise", "Areas of expertise", "Topics of expertise", "Domaines de compétence", "Compétences",
				"Áreas de experiencia", "Experiencia", "Ámbitos de especialización"},
		},
		{
			ID: "features", Type: sheet.TypeEnums, Width: 44, Choices: choicesOf(p.Features), Note: separated, Rule: "R-APP-6",
			Label: text3("Features of a learning city", "Caractéristiques d'une ville apprenante",
				"Características de una ciudad del aprendizaje"),
			Aliases: []string{"Features", "Key features", "Learning city features", "Caractéristiques", "Caractéristiques clés",
				"Características", "Características clave"},
		},
		{
			ID: "benefits", Type: sheet.TypeEnums, Width: 44, Choices: choicesOf(p.Benefits), Note: separated, Rule: "R-APP-6",
			Label:   text3("Wider benefits", "Bénéfices élargis", "Beneficios más amplios"),
			Aliases: []string{"Benefits", "Bénéfices", "Beneficios"},
		},
		{
			ID: "building_blocks", Type: sheet.TypeEnums, Width: 44, Choices: choicesOf(p.BuildingBlocks), Note: separated, Rule: "R-APP-6",
			Label:   text3("Building blocks", "Composantes principales", "Componentes principales"),
			Aliases: []string{"Major building blocks", "Composantes", "Componentes"},
		},
		{
			ID: "conditions", Type: sheet.TypeEnums, Width: 44, Choices: choicesOf(p.Conditions), Note: separated, Rule: "R-APP-6",
			Label:   text3("Fundamental conditions", "Conditions fondamentales", "Condiciones fundamentales"),
			Aliases: []string{"Conditions", "Condiciones"},
		},
	}
}

func partnerColumns() []sheet.Column {
	return []sheet.Column{
		under("R-APP-7", noted(
			text3("Institutions that carry the application with the city, one a line.",
				"Institutions qui portent la candidature avec la ville, une par ligne.",
				"Instituciones que presentan la solicitud con la ciudad, una por línea."),
			wide(36, textColumn("partners", 2000, text3("Partner institutions", "Institutions partenaires", "Instituciones asociadas"),
				"Partners", "Partner institution", "Joint applicants", "Partenaires", "Institution partenaire", "Partenaire",
				"Socios", "Institución asociada", "Entidades asociadas")))),
		under("R-APP-8", noted(
			text3("Members of the Learning City Development Committee with their institutions, one a line.",
				"Membres du comité de développement de la ville apprenante avec leurs institutions, un par ligne.",
				"Miembros del comité de desarrollo de la ciudad del aprendizaje con sus instituciones, uno por línea."),
			wide(36, textColumn("committee", 4000,
				text3("Learning City Development Committee", "Comité de développement de la ville apprenante",
					"Comité de desarrollo de la ciudad del aprendizaje"),
				"Committee", "Development Committee", "Steering committee", "Comité", "Comité de développement",
				"Comité de pilotage", "Comité de desarrollo")))),
		under("R-APP-8", noted(
			text3("The stages of the implementation, one a line.", "Les étapes de la mise en œuvre, une par ligne.",
				"Las etapas de la aplicación, una por línea."),
			wide(36, textColumn("stages", 4000,
				text3("Stages of implementation", "Étapes de la mise en œuvre", "Etapas de la aplicación"),
				"Stages", "Implementation stages", "Phases", "Étapes", "Phases de mise en œuvre", "Etapas", "Fases")))),
	}
}

func submissionColumns(env *imports.Env) []sheet.Column {
	return []sheet.Column{
		under("R-APP-1", required(noted(
			text3("The day on which the National Commission received the application; it decides about the deadline.",
				"Le jour où la Commission nationale a reçu la candidature ; il fait foi pour la date limite.",
				"El día en que la Comisión Nacional recibió la solicitud; decide sobre el plazo."),
			dateColumn("received_on", labelReceivedOn,
				"Received", "Date received", "Date of receipt", "Application date", "Date of application", "Submitted on",
				"Date de réception", "Reçu le", "Date de candidature", "Date de dépôt", "Déposée le",
				"Fecha de recepción", "Recibido el", "Fecha de la solicitud", "Fecha de presentación")))),
		under("R-APP-2", noted(
			text3("Yes when the National Commission endorses the application.",
				"Oui si la Commission nationale avalise la candidature.", "Sí cuando la Comisión Nacional avala la solicitud."),
			sheet.Column{
				ID: "endorsed", Type: sheet.TypeBool, Width: 12,
				Label: text3("Endorsed by the National Commission", "Aval de la Commission nationale", "Aval de la Comisión Nacional"),
				Aliases: []string{"Endorsed", "Endorsement", "NatCom endorsement", "Avalisée", "Aval", "Approuvée par la Commission",
					"Avalada", "Respaldada", "Respaldo de la Comisión Nacional"},
			})),
		under("R-APP-2", endorsedOnColumn()),
		under("R-APP-2", endorsedByColumn()),
	}
}

func endorsedOnColumn() sheet.Column {
	return dateColumn("endorsed_on", labelEndorsedOn,
		"Endorsement date", "Date of endorsement", "Date endorsed", "Date de l'aval", "Date d'aval", "Approuvée le", "Avalisé le",
		"Fecha del aval", "Fecha de aval", "Avalado el")
}

func endorsedByColumn() sheet.Column {
	return textColumn("endorsed_by", 160, labelEndorsedBy,
		"Endorsed by (name)", "Name of endorser", "Signed by", "Secretary-General", "Secretary General", "Avalisé par",
		"Signataire", "Signé par", "Secrétaire général", "Secrétaire générale", "Avalado por", "Firmado por",
		"Secretario general", "Secretaria general")
}
