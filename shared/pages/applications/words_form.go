package applications

import "github.com/learning-cities/guildhall/shared/locale"

// What fields take.
var (
	wordNeeded = locale.Text{
		EN: "Needed before it is sent.", FR: "À remplir avant l'envoi.", ES: "Necesario antes del envío.",
	}
	wordYes = locale.Text{EN: "yes", FR: "oui", ES: "sí"}
	aYear   = locale.Text{EN: "a year such as 2024", FR: "une année, par exemple 2024", ES: "un año, por ejemplo 2024"}
	aDay    = locale.Text{EN: "a day such as 2025-06-15", FR: "un jour, par exemple 2025-06-15", ES: "un día, por ejemplo 2025-06-15"}
	aNumber = locale.Text{
		EN: "a number such as 140,000 or 13.5", FR: "un nombre, par exemple 140 000 ou 13,5", ES: "un número, por ejemplo 140 000 o 13,5",
	}
	wordEnglish = locale.Text{EN: "English", FR: "Anglais", ES: "Inglés"}
	wordFrench  = locale.Text{EN: "French", FR: "Français", ES: "Francés"}
)

// The sections of the form with their fields.
var (
	cityTitle    = locale.Text{EN: "The city", FR: "La ville", ES: "La ciudad"}
	websiteLabel = locale.Text{EN: "Website", FR: "Site web", ES: "Sitio web"}
	websiteHint  = locale.Text{EN: "Such as https://www.brest.fr", FR: "Par exemple https://www.brest.fr", ES: "Por ejemplo, https://www.brest.fr"}

	mayorTitle   = locale.Text{EN: "The mayor", FR: "Le ou la maire", ES: "La alcaldía"}
	addressLabel = locale.Text{EN: "Form of address", FR: "Civilité", ES: "Tratamiento"}
	addressHint  = locale.Text{EN: "Such as Ms or H.E. Mr", FR: "Par exemple Mme ou S.E. M.", ES: "Por ejemplo, Sra. o Excmo. Sr."}
	nameLabel    = locale.Text{EN: "Name", FR: "Nom", ES: "Nombre"}
	titleLabel   = locale.Text{EN: "Title", FR: "Titre", ES: "Cargo"}

	mayorTitleHint = locale.Text{
		EN: "Such as Mayor or Lord Mayor", FR: "Par exemple maire ou bourgmestre", ES: "Por ejemplo, alcaldesa o intendente",
	}

	contactTitle = locale.Text{EN: "Contact person", FR: "Personne de contact", ES: "Persona de contacto"}
	contactNote  = locale.Text{
		EN: "The person to whom the network writes.", FR: "La personne à qui le réseau écrit.", ES: "La persona a la que escribe la red.",
	}
	functionLabel     = locale.Text{EN: "Position", FR: "Fonction", ES: "Cargo"}
	organisationLabel = locale.Text{EN: "Organisation", FR: "Organisme", ES: "Organización"}
	postalLabel       = locale.Text{EN: "Postal address", FR: "Adresse postale", ES: "Dirección postal"}
	phoneLabel        = locale.Text{EN: "Telephone", FR: "Téléphone", ES: "Teléfono"}
	phoneHint         = locale.Text{
		EN: "With the country's code, such as +33 2 98 00 00 00", FR: "Avec l'indicatif du pays, par exemple +33 2 98 00 00 00",
		ES: "Con el prefijo del país, por ejemplo +33 2 98 00 00 00",
	}
	emailLabel = locale.Text{EN: "E-mail", FR: "Courriel", ES: "Correo electrónico"}
	emailHint  = locale.Text{
		EN: "One address, such as contact@city.example.", FR: "Une seule adresse, par exemple contact@ville.example.",
		ES: "Una sola dirección, por ejemplo contacto@ciudad.example.",
	}
	languageLabel = locale.Text{EN: "Language", FR: "Langue", ES: "Idioma"}
	languageHint  = locale.Text{
		EN: "The network writes in English and in French.", FR: "Le réseau écrit en anglais et en français.",
		ES: "La red escribe en inglés y en francés.",
	}

	pledgeTitle = locale.Text{EN: "The mayor's pledge", FR: "L'engagement du ou de la maire", ES: "El compromiso de la alcaldía"}
	pledgeNote  = locale.Text{
		EN: "The mayor pledges the city to the network's Declaration and Key Features.",
		FR: "Le ou la maire engage la ville envers la Déclaration et les Caractéristiques clés du réseau.",
		ES: "La alcaldía compromete a la ciudad con la Declaración y las Características clave de la red.",
	}
	pledgeLabel     = locale.Text{EN: "The pledge has been given", FR: "L'engagement est pris", ES: "Se ha asumido el compromiso"}
	pledgeNameLabel = locale.Text{EN: "Signed by", FR: "Signé par", ES: "Firmado por"}
	pledgeDateLabel = locale.Text{EN: "Signed on", FR: "Signé le", ES: "Firmado el"}

	profileTitle = locale.Text{EN: "The city in figures", FR: "La ville en chiffres", ES: "La ciudad en cifras"}
	profileNote  = locale.Text{
		EN: "Leave empty what isn't known, and give each figure's year.",
		FR: "Laissez vide ce qui n'est pas connu, et indiquez l'année de chaque chiffre.",
		ES: "Deje en blanco lo que no se sepa e indique el año de cada cifra.",
	}
	populationLabel = locale.Text{EN: "Population", FR: "Population", ES: "Población"}
	populationYear  = locale.Text{EN: "Year of the population", FR: "Année de la population", ES: "Año de la población"}
	areaLabel       = locale.Text{EN: "Area (km²)", FR: "Superficie (km²)", ES: "Superficie (km²)"}
	areaYear        = locale.Text{EN: "Year of the area", FR: "Année de la superficie", ES: "Año de la superficie"}
	gdpCityLabel    = locale.Text{
		EN: "GDP per capita of the city (USD)", FR: "PIB par habitant de la ville (USD)", ES: "PIB per cápita de la ciudad (USD)",
	}
	gdpCityYear = locale.Text{
		EN: "Year of the GDP of the city", FR: "Année du PIB de la ville", ES: "Año del PIB de la ciudad",
	}
	gdpCountryLabel = locale.Text{
		EN: "GDP per capita of the country (USD)", FR: "PIB par habitant du pays (USD)", ES: "PIB per cápita del país (USD)",
	}
	gdpCountryYear = locale.Text{
		EN: "Year of the GDP of the country", FR: "Année du PIB du pays", ES: "Año del PIB del país",
	}
	schoolingWomen = locale.Text{
		EN: "Mean years of schooling, women", FR: "Durée moyenne de scolarisation des femmes (années)", ES: "Años medios de escolaridad, mujeres",
	}
	schoolingMen = locale.Text{
		EN: "Mean years of schooling, men", FR: "Durée moyenne de scolarisation des hommes (années)", ES: "Años medios de escolaridad, hombres",
	}
	schoolingYear = locale.Text{
		EN: "Year of the years of schooling", FR: "Année de la durée de scolarisation", ES: "Año de los años de escolaridad",
	}
)

// Texts, choices and lists.
var (
	plansTitle      = locale.Text{EN: "Why, and how", FR: "Pourquoi et comment", ES: "Por qué y cómo"}
	motivationLabel = locale.Text{EN: "Motivation", FR: "Motivation", ES: "Motivación"}
	motivationHint  = locale.Text{
		EN: "Why the city wants to be a member.", FR: "Pourquoi la ville souhaite devenir membre.", ES: "Por qué la ciudad quiere ser miembro.",
	}
	plansLabel = locale.Text{EN: "Plans for implementation", FR: "Plans de mise en œuvre", ES: "Planes de aplicación"}
	plansHint  = locale.Text{
		EN: "What the city will do as a member.", FR: "Ce que la ville fera en tant que membre.", ES: "Qué hará la ciudad como miembro.",
	}

	challengesTitle = locale.Text{EN: "Challenges", FR: "Défis", ES: "Desafíos"}
	challengesNote  = locale.Text{
		EN: "How great each challenge is for the city, from {lowest} (none) to {highest} (very great). Leave open what isn't known.",
		FR: "L'importance de chaque défi pour la ville, de {lowest} (aucun) à {highest} (très grand). Laissez ouvert ce qui n'est pas connu.",
		ES: "La magnitud de cada desafío para la ciudad, de {lowest} (ninguno) a {highest} (muy grande). Deje abierto lo que no se sepa.",
	}

	fieldsTitle    = locale.Text{EN: "Fields of work", FR: "Domaines de travail", ES: "Ámbitos de trabajo"}
	interestsLabel = locale.Text{EN: "Fields of interest", FR: "Domaines d'intérêt", ES: "Ámbitos de interés"}
	interestsHint  = locale.Text{
		EN: "What the city wants to learn from others.", FR: "Ce que la ville veut apprendre des autres.",
		ES: "Lo que la ciudad quiere aprender de otras.",
	}
	expertiseLabel = locale.Text{EN: "Fields of expertise", FR: "Domaines d'expertise", ES: "Ámbitos de experiencia"}
	expertiseHint  = locale.Text{
		EN: "What others can learn from the city.", FR: "Ce que d'autres peuvent apprendre de la ville.",
		ES: "Lo que otras pueden aprender de la ciudad.",
	}

	frameworkTitle = locale.Text{
		EN: "The framework of a learning city", FR: "Le cadre d'une ville apprenante", ES: "El marco de una ciudad del aprendizaje",
	}
	frameworkNote = locale.Text{
		EN: "What the application speaks of.", FR: "Ce dont parle la candidature.", ES: "De qué habla la solicitud.",
	}
	featuresLabel = locale.Text{
		EN: "Features of a learning city", FR: "Caractéristiques d'une ville apprenante", ES: "Características de una ciudad del aprendizaje",
	}
	benefitsLabel   = locale.Text{EN: "Wider benefits", FR: "Bénéfices élargis", ES: "Beneficios más amplios"}
	blocksLabel     = locale.Text{EN: "Building blocks", FR: "Composantes principales", ES: "Componentes principales"}
	conditionsLabel = locale.Text{EN: "Fundamental conditions", FR: "Conditions fondamentales", ES: "Condiciones fundamentales"}

	partnersTitle = locale.Text{
		EN: "Partners, committee and stages", FR: "Partenaires, comité et étapes", ES: "Instituciones, comité y etapas",
	}
	partnersLabel = locale.Text{EN: "Partner institutions", FR: "Institutions partenaires", ES: "Instituciones asociadas"}
	partnersHint  = locale.Text{
		EN: "Those that carry the application with the city, one a line.",
		FR: "Celles qui portent la candidature avec la ville, une par ligne.",
		ES: "Las que presentan la solicitud con la ciudad, una por línea.",
	}
	committeeLabel = locale.Text{
		EN: "Learning City Development Committee", FR: "Comité de développement de la ville apprenante",
		ES: "Comité de desarrollo de la ciudad del aprendizaje",
	}
	committeeHint = locale.Text{
		EN: "Its members with their institutions, one a line.", FR: "Ses membres et leurs institutions, un par ligne.",
		ES: "Sus miembros y sus instituciones, uno por línea.",
	}
	stagesLabel = locale.Text{EN: "Stages of implementation", FR: "Étapes de la mise en œuvre", ES: "Etapas de la aplicación"}
	stagesHint  = locale.Text{
		EN: "In their order, one a line.", FR: "Dans l'ordre, une par ligne.", ES: "En su orden, una por línea.",
	}
)
