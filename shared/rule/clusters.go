package rule

// The rules of clusters, regions and languages.
var clusters = []Rule{
	{"R-CLU-1", say(
		"A city takes part in at most three thematic clusters at a time.",
		"Une ville participe à trois pôles thématiques au plus à la fois.",
		"Una ciudad participa como máximo en tres grupos temáticos a la vez.",
	), codes("CLUSTER_LIMIT_EXCEEDED"), []string{"003"}},
	{"R-CLU-2", say(
		"Participation in a cluster lasts two years, then lapses unless it is renewed; two periods never overlap.",
		"La participation à un pôle dure deux ans, puis prend fin si elle n'est pas renouvelée ; deux périodes ne se chevauchent jamais.",
		"La participación en un grupo dura dos años y después caduca si no se renueva; dos periodos nunca se solapan.",
	), codes("TERM_OVERLAP", "CELL_REQUIRED", "CLUSTER_ALREADY_JOINED", "CLUSTER_NOT_JOINED", "CLUSTER_RENEWED", "NOT_A_MEMBER"),
		[]string{"003", "practice"}},
	{"R-CLU-3", say(
		"A cluster has two coordinators in a term.",
		"Un pôle a deux coordinateurs par mandat.",
		"Un grupo tiene dos coordinadores por periodo.",
	), codes("COORDINATOR_SEATS_TAKEN"), []string{"003"}},
	{"R-CLU-4", say(
		"A city coordinates the same cluster for one term only, however short; its appointment lies within the term.",
		"Une ville ne coordonne le même pôle que pendant un seul mandat, si court soit-il ; sa nomination tient dans le mandat.",
		"Una ciudad coordina el mismo grupo durante un solo periodo, por corto que sea; su nombramiento queda dentro del periodo.",
	), codes("COORDINATOR_SECOND_TERM", "OUTSIDE_TERM"), nil},
	{"R-CLU-5", say(
		"A city coordinates one cluster at a time.",
		"Une ville ne coordonne qu'un pôle à la fois.",
		"Una ciudad coordina un solo grupo a la vez.",
	), codes("COORDINATOR_ELSEWHERE"), nil},
	{"R-CLU-6", say(
		"Coordinators are selected by a questionnaire, with regional balance: candidates are ranked, all seats proposed at once with reasons, and the secretariat says why where it departs.",
		"Les coordinateurs sont choisis sur questionnaire, avec un équilibre régional : les candidats sont classés, tous les sièges proposés ensemble avec leurs raisons, et le secrétariat motive ses écarts.",
		"Los coordinadores se eligen por un cuestionario, con equilibrio regional: los candidatos se ordenan, todos los puestos se proponen a la vez con sus razones, y la secretaría motiva sus desviaciones.",
	), codes("COORDINATOR_NOT_A_CANDIDATE", "COORDINATOR_REASON_MISSING", "NUMBER_OUT_OF_RANGE", "REF_NOT_FOUND", "DATE_ORDER"), []string{"practice"}},
	{"R-CLU-7", say(
		"A coordinator is a member and takes part in the cluster on the first day of its mandate.",
		"Un coordinateur est membre et participe au pôle le premier jour de son mandat.",
		"Un coordinador es miembro y participa en el grupo el primer día de su mandato.",
	), codes("COORDINATOR_NOT_IN_CLUSTER", "NOT_A_MEMBER"), nil},
	{"R-CLU-8", say(
		"Coordinators, members and a technical partner draw up a work plan; hosts and responsible cities are of the cluster, and days within the term.",
		"Coordinateurs, membres et un partenaire technique établissent un plan de travail ; les villes hôtes et responsables sont du pôle, et les jours dans le mandat.",
		"Coordinadores, miembros y un socio técnico elaboran un plan de trabajo; las ciudades anfitrionas y responsables son del grupo, y los días quedan dentro del periodo.",
	), codes("PARTNER_MISSING", "NOT_A_COORDINATOR", "NOT_IN_CLUSTER", "OUTSIDE_TERM", "ACTIVITY_STATUS", "CELL_REQUIRED", "REF_NOT_FOUND"), nil},
	{"R-CLU-9", say(
		"Three outcomes are expected of every cluster; what has come of each is noted by cities of the cluster.",
		"Trois résultats sont attendus de chaque pôle ; ce qu'il en est advenu est noté par des villes du pôle.",
		"De cada grupo se esperan tres resultados; lo que se ha logrado lo anotan ciudades del grupo.",
	), codes("REF_NOT_FOUND", "NOT_IN_CLUSTER"), []string{"003"}},
	{"R-CLU-10", say(
		"A coordinating city sends news every six months; a cluster meets every year and reports once a term.",
		"Une ville coordinatrice envoie des nouvelles tous les six mois ; un pôle se réunit chaque année et rend compte une fois par mandat.",
		"Una ciudad coordinadora envía noticias cada seis meses; un grupo se reúne cada año e informa una vez por periodo.",
	), codes("NOT_A_COORDINATOR"), []string{"003", "practice"}},
	{"R-REG-1", say(
		"A member's UNESCO region follows from its country, and is never read from a sheet.",
		"La région UNESCO d'un membre découle de son pays, et n'est jamais lue dans une feuille.",
		"La región UNESCO de un miembro se deduce de su país, y nunca se lee de una hoja.",
	), codes("COUNTRY_UNKNOWN"), nil},
	{"R-LAN-1", say(
		"Columns, choices and notes are in English, French and Spanish, and a sheet in any of them is recognised.",
		"Colonnes, choix et notes sont en anglais, en français et en espagnol, et une feuille dans l'une de ces langues est reconnue.",
		"Columnas, opciones y notas están en inglés, francés y español, y se reconoce una hoja en cualquiera de ellos.",
	), codes("ENUM_UNKNOWN", "HEADER_NOT_FOUND"), nil},
}
