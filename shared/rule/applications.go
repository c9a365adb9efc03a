package rule

// The rules of applications and membership.
var applications = []Rule{
	{"R-APP-1", say(
		"A city applies by the call's deadline for cities, its last day included; a deadline can be extended, never moved forward.",
		"Une ville présente sa candidature au plus tard à l'échéance de l'appel pour les villes, dernier jour compris ; une échéance peut être prolongée, jamais avancée.",
		"Una ciudad presenta su candidatura a más tardar en el plazo de la convocatoria para las ciudades, último día incluido; un plazo puede prorrogarse, nunca adelantarse.",
	), codes("CYCLE_CLOSED_CITY", "DEADLINE_NOT_EXTENDED"), []string{"000", "practice"}},
	{"R-APP-2", say(
		"The National Commission endorses by the second deadline, with a date, and not before the application was received.",
		"La Commission nationale avalise au plus tard à la seconde échéance, avec une date, et pas avant la réception de la candidature.",
		"La Comisión Nacional avala a más tardar en el segundo plazo, con una fecha, y no antes de recibirse la candidatura.",
	), codes("CYCLE_CLOSED_NATCOM", "CELL_REQUIRED", "DATE_ORDER", "DEADLINE_NOT_EXTENDED"), []string{"000"}},
	{"R-APP-3", say(
		"A National Commission submits at most as many cities as the call's quota. A declined or deferred application keeps its place in it.",
		"Une Commission nationale soumet au plus le nombre de villes du quota de l'appel. Une candidature refusée ou reportée y garde sa place.",
		"Una Comisión Nacional presenta como máximo tantas ciudades como fija el cupo de la convocatoria. Una candidatura rechazada o aplazada conserva su lugar.",
	), codes("NATCOM_QUOTA_EXCEEDED"), []string{"000"}},
	{"R-APP-4", say(
		"An application without an endorsement waits and can't be accepted; an acceptance is not dated before the endorsement.",
		"Une candidature sans aval reste en attente et ne peut être acceptée ; une acceptation n'est pas antérieure à l'aval.",
		"Una candidatura sin aval queda en espera y no puede aceptarse; una aceptación no es anterior al aval.",
	), codes("ENDORSEMENT_MISSING", "DATE_ORDER", "APPLICATION_NOT_SUBMITTED"), nil},
	{"R-APP-5", say(
		"A member doesn't apply, and a city applies once to a call.",
		"Une ville membre ne présente pas de candidature, et une ville n'en présente qu'une par appel.",
		"Una ciudad miembro no presenta candidatura, y una ciudad presenta una sola por convocatoria.",
	), codes("ALREADY_MEMBER", "ALREADY_APPLIED", "APPLICATION_OPEN"), nil},
	{"R-APP-6", say(
		"An application names what it speaks of in the framework of a learning city: features, wider benefits, building blocks and fundamental conditions.",
		"Une candidature nomme ce dont elle traite dans le cadre d'une ville apprenante : caractéristiques, retombées, éléments constitutifs et conditions fondamentales.",
		"Una candidatura indica de qué trata en el marco de una ciudad del aprendizaje: características, beneficios, elementos constitutivos y condiciones fundamentales.",
	), codes("ENUM_UNKNOWN"), []string{"002"}},
	{"R-APP-7", say(
		"An application may be joint, with one or more partner institutions.",
		"Une candidature peut être conjointe, avec une ou plusieurs institutions partenaires.",
		"Una candidatura puede ser conjunta, con una o varias instituciones asociadas.",
	), nil, nil},
	{"R-APP-8", say(
		"A city may name its development committee and the stages of its implementation.",
		"Une ville peut indiquer son comité de développement et les étapes de sa mise en œuvre.",
		"Una ciudad puede indicar su comité de desarrollo y las etapas de su ejecución.",
	), nil, nil},
	{"R-APP-9", say(
		"An accepted application makes the city a member from the day of the decision.",
		"Une candidature acceptée fait de la ville un membre à compter du jour de la décision.",
		"Una candidatura aceptada hace de la ciudad un miembro desde el día de la decisión.",
	), codes("ALREADY_MEMBER"), nil},
	{"R-APP-10", say(
		"The form says what must be filled in: the mayor's pledge, texts of limited length, ratings within their range, figures each with its year.",
		"Le formulaire dit ce qui doit être rempli : l'engagement du maire, des textes de longueur limitée, des notes dans leur échelle, des chiffres avec leur année.",
		"El formulario dice qué debe rellenarse: el compromiso del alcalde, textos de longitud limitada, valoraciones dentro de su escala, cifras con su año.",
	), codes("PLEDGE_MISSING", "TEXT_TOO_LONG", "NUMBER_OUT_OF_RANGE", "CELL_REQUIRED", "ENUM_UNKNOWN", "EMAIL_INVALID", "NUMBER_INVALID"),
		[]string{"practice"}},
	{"R-MEM-1", say(
		"The network's size is counted from the records; published sizes are only compared with it.",
		"La taille du réseau se compte à partir de ce qui est enregistré ; les tailles publiées ne servent qu'à comparer.",
		"El tamaño de la red se cuenta a partir de lo que consta; los tamaños publicados solo sirven para comparar.",
	), nil, []string{"000", "001", "003", "004"}},
	{"R-MEM-2", say(
		"Members that the sources name are looked for on record, and those that are missing are named.",
		"Les membres que citent les sources sont recherchés parmi ce qui est enregistré, et ceux qui manquent sont nommés.",
		"Los miembros que citan las fuentes se buscan en lo que consta, y se nombran los que faltan.",
	), nil, []string{"001", "004"}},
	{"R-MEM-3", say(
		"What members can use, the Learning City Award among it, is data of the programme.",
		"Ce dont les membres peuvent bénéficier, dont le prix de la ville apprenante, fait partie des données du programme.",
		"Aquello de lo que pueden valerse los miembros, como el premio Ciudad del Aprendizaje, son datos del programa.",
	), codes("PROGRAMME_INVALID"), []string{"002", "practice"}},
}
